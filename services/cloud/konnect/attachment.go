package konnect

import (
	"encoding/json"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// label is the name that people use for a member of an attachment.
type label struct{ member, text string }

// labels returns the members of every kind in the contract, in the order in
// which they are shown. A member that is not here is shown under its own name,
// and so is every member of a kind that is not known.
func labels() []label {
	return []label{
		{"tenant_id", "Tenant"},
		{"peer_tenant_id", "Tenant"},
		{"subscription_id", "Subscription"},
		{"peer_subscription_id", "Subscription"},
		{"resource_group_name", "Resource group"},
		{"peer_resource_group_id", "Resource group"},
		{"vnet_name", "VNET"},
		{"vhub_name", "Virtual hub"},
		{"peer_vnet_link_name", "VNET link"},
		{"peer_account_id", "Account"},
		{"peer_vpc_id", "VPC"},
		{"peer_vpc_region", "VPC region"},
		{"peering_connection_id", "Peering connection"},
		{"transit_gateway_id", "Transit gateway"},
		{"attachment_id", "Attachment"},
		{"ram_share_arn", "Resource share"},
		{"peer_project_id", "Project"},
		{"peer_vpc_name", "VPC"},
		{"domain_name", model.LabelDomain},
		{"hosted_zone_id", "Hosted zone"},
	}
}

// attachment reads the configuration of a transit gateway or of a private DNS
// by its kind. Members that hold a mapping or a list of endpoints of their own
// are read elsewhere or unfolded.
func attachment(raw json.RawMessage) (kind string, target []model.Field, members map[string]json.RawMessage, err error) {
	members, err = object(raw)
	if err != nil {
		return "", nil, nil, err
	}
	kind = value(members["kind"]).String()
	known := []string{"kind", "dns_config", "resource_config"}
	for _, l := range labels() {
		if m, ok := members[l.member]; ok {
			target = append(target, model.Field{Label: safe.New(l.text), Value: value(m)})
			known = append(known, l.member)
		}
	}
	target = append(target, endpoints(members["resource_config"])...)
	return kind, append(target, fields(members, known)...), members, nil
}

// endpoints unfolds the resources of an AWS resource endpoint, each with its
// own state.
func endpoints(raw json.RawMessage) []model.Field {
	if raw == nil {
		return nil
	}
	var list []struct {
		ID     safe.Text `json:"resource_config_id"`
		Domain safe.Text `json:"domain_name"`
		State  safe.Text `json:"state"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return []model.Field{{Label: safe.New("Resources"), Value: value(raw)}}
	}
	out := make([]model.Field, len(list))
	for i, e := range list {
		out[i] = model.Field{
			Label: safe.New("Resource"),
			Value: safe.New(e.Domain.Raw() + " (" + e.ID.Raw() + "): " + e.State.Or("no state").Raw()),
		}
	}
	return out
}
