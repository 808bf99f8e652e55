package konnect

import (
	"context"
	"encoding/json"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

type privateDNSWire struct {
	ID            safe.Text       `json:"id"`
	Name          safe.Text       `json:"name"`
	State         safe.Text       `json:"state"`
	StateMetadata metadata        `json:"state_metadata"`
	Attachment    json.RawMessage `json:"private_dns_attachment_config"`
	EntityVersion number          `json:"entity_version"`
	CreatedAt     timestamp       `json:"created_at"`
	UpdatedAt     timestamp       `json:"updated_at"`
}

func decodePrivateDNS(raw json.RawMessage) (safe.Text, model.PrivateDNS, error) {
	var w privateDNSWire
	extra, err := decode(raw, &w)
	if err != nil {
		return safe.Text{}, model.PrivateDNS{}, err
	}
	if w.ID.IsEmpty() {
		return safe.Text{}, model.PrivateDNS{}, errNoID()
	}
	kind, target, members, err := attachment(w.Attachment)
	if err != nil {
		return safe.Text{}, model.PrivateDNS{}, err
	}
	var table dnsTable
	if raw, ok := members["dns_config"]; ok {
		if err := table.UnmarshalJSON(raw); err != nil {
			return safe.Text{}, model.PrivateDNS{}, err
		}
	}
	return w.ID, model.PrivateDNS{
		ID: w.ID, Name: w.Name, Kind: model.PrivateDNSKind(kind), State: model.PrivateDNSState(w.State.String()),
		ReportedStatus: w.StateMetadata.ReportedStatus, Reason: w.StateMetadata.Reason,
		DNS: table.mappings, Unknown: unknownMembers(members, configMembers()...), Target: target,
		EntityVersion: int(w.EntityVersion), CreatedAt: w.CreatedAt.Time, UpdatedAt: w.UpdatedAt.Time, Extra: extra,
	}, nil
}

// configMembers are the members of a configuration that are known, of whatever kind.
func configMembers() []string {
	names := []string{"kind", "dns_config"}
	for _, l := range labels() {
		names = append(names, l.member)
	}
	return names
}

// PrivateDNS lists the private DNS attachments of a network. A token with the
// role Network Viewer may be refused here although it may read the network.
func (c *Client) PrivateDNS(ctx context.Context, network safe.Text) (List[model.PrivateDNS], error) {
	r := c.get("list private DNS of network", network, "v2", "cloud-gateways", "networks", network.Raw(), "private-dns")
	return list(ctx, c, r, decodePrivateDNS, nil)
}

// PrivateDNSByID reads one private DNS attachment.
func (c *Client) PrivateDNSByID(ctx context.Context, network, id safe.Text) (model.PrivateDNS, error) {
	r := c.get("read private DNS", id, "v2", "cloud-gateways", "networks", network.Raw(), "private-dns", id.Raw())
	return readOne(ctx, c, r, decodePrivateDNS)
}
