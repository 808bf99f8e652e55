package konnect

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

type networkWire struct {
	ID                 safe.Text   `json:"id"`
	Name               safe.Text   `json:"name"`
	Default            bool        `json:"default"`
	ProviderAccountID  safe.Text   `json:"cloud_gateway_provider_account_id"`
	Region             safe.Text   `json:"region"`
	AvailabilityZones  []safe.Text `json:"availability_zones"`
	CIDRBlock          safe.Text   `json:"cidr_block"`
	State              safe.Text   `json:"state"`
	StateMetadata      metadata    `json:"state_metadata"`
	PeeringCount       count       `json:"transit_gateway_count"`
	ConfigurationCount count       `json:"configuration_reference_count"`
	EntityVersion      number      `json:"entity_version"`
	CreatedAt          timestamp   `json:"created_at"`
	UpdatedAt          timestamp   `json:"updated_at"`
	ProviderMetadata   struct {
		VPCID     safe.Text   `json:"vpc_id"`
		SubnetIDs []safe.Text `json:"subnet_ids"`
	} `json:"provider_metadata"`
}

func decodeNetwork(raw json.RawMessage) (safe.Text, model.Network, error) {
	w := networkWire{PeeringCount: uncounted, ConfigurationCount: uncounted}
	extra, err := decode(raw, &w)
	if err != nil {
		return safe.Text{}, model.Network{}, err
	}
	if w.ID.IsEmpty() {
		return safe.Text{}, model.Network{}, errNoID()
	}
	return w.ID, model.Network{
		ID: w.ID, Name: w.Name, Default: w.Default, ProviderAccountID: w.ProviderAccountID,
		Region: w.Region, AvailabilityZones: w.AvailabilityZones, CIDR: model.NewPrefix(w.CIDRBlock),
		State: model.NetworkState(w.State.String()), ReportedStatus: w.StateMetadata.ReportedStatus, Reason: w.StateMetadata.Reason,
		VPCID: w.ProviderMetadata.VPCID, SubnetIDs: w.ProviderMetadata.SubnetIDs,
		PeeringCount: int(w.PeeringCount), ConfigurationCount: int(w.ConfigurationCount), EntityVersion: int(w.EntityVersion),
		CreatedAt: w.CreatedAt.Time, UpdatedAt: w.UpdatedAt.Time, Extra: extra,
	}, nil
}

// Networks lists all networks. OnPage, if any, gets each page as it comes, one
// at a time, with the total that Konnect tells.
func (c *Client) Networks(ctx context.Context, onPage func([]model.Network, int)) (List[model.Network], error) {
	r := c.get("list networks", safe.Text{}, "v2", "cloud-gateways", "networks")
	return list(ctx, c, r, decodeNetwork, onPage)
}

// Network reads one network.
func (c *Client) Network(ctx context.Context, id safe.Text) (model.Network, error) {
	r := c.get("read network", id, "v2", "cloud-gateways", "networks", id.Raw())
	return readOne(ctx, c, r, decodeNetwork)
}

// ProviderAccounts lists the cloud accounts that Kong runs networks in. A
// network names its account, and only the account names the cloud.
func (c *Client) ProviderAccounts(ctx context.Context) (List[model.ProviderAccount], error) {
	r := c.get("list provider accounts", safe.Text{}, "v2", "cloud-gateways", "provider-accounts")
	return list(ctx, c, r, func(raw json.RawMessage) (safe.Text, model.ProviderAccount, error) {
		var w struct {
			ID        safe.Text `json:"id"`
			Provider  safe.Text `json:"provider"`
			AccountID safe.Text `json:"provider_account_id"`
		}
		if err := json.Unmarshal(raw, &w); err != nil {
			return safe.Text{}, model.ProviderAccount{}, err
		}
		if w.ID.IsEmpty() {
			return safe.Text{}, model.ProviderAccount{}, errNoID()
		}
		return w.ID, model.ProviderAccount{ID: w.ID, Provider: model.Provider(w.Provider.String()), AccountID: w.AccountID}, nil
	}, nil)
}

// Organization reads the organization that the token belongs to. It is the
// check of a token: it answers for tokens of people and of system accounts.
func (c *Client) Organization(ctx context.Context) (model.Organization, error) {
	var w struct {
		ID   safe.Text `json:"id"`
		Name safe.Text `json:"name"`
	}
	err := c.one(ctx, c.get("read the organization", safe.Text{}, "v3", "organizations", "me"), &w)
	return model.Organization{ID: w.ID, Name: w.Name}, err
}

// User reads the person behind the token. A system account has none, for which
// Konnect answers 401 or 403; that is no failure.
func (c *Client) User(ctx context.Context) (model.User, error) {
	var w struct {
		ID    safe.Text `json:"id"`
		Email safe.Text `json:"email"`
		Name  safe.Text `json:"full_name"`
	}
	err := c.one(ctx, c.get("read the user", safe.Text{}, "v3", "users", "me"), &w)
	if f, failed := model.AsFailure(err); failed {
		if f.Status == http.StatusUnauthorized || f.Status == http.StatusForbidden || f.Status == http.StatusNotFound {
			return model.User{}, nil
		}
		return model.User{}, err
	}
	return model.User{ID: w.ID, Email: w.Email, Name: w.Name}, nil
}

// readOne reads a single object with the decoder of its list.
func readOne[T any](ctx context.Context, c *Client, r call, decode func(json.RawMessage) (safe.Text, T, error)) (T, error) {
	var raw json.RawMessage
	var none T
	if err := c.one(ctx, r, &raw); err != nil {
		return none, err
	}
	_, item, err := decode(raw)
	if err != nil {
		return none, r.failure(transport.Unreadable(err, 0, "Konnect", r.base.Host()))
	}
	return item, nil
}
