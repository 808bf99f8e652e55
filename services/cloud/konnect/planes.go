package konnect

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// References lists the control planes' configurations that run on a network.
func (c *Client) References(ctx context.Context, network safe.Text) (List[model.ConfigurationReference], error) {
	r := c.get("list configurations of network", network, "v2", "cloud-gateways", "networks", network.Raw(), "configuration-references")
	return list(ctx, c, r, decodeReference, nil)
}

// Configurations lists the configurations of a control plane, on whatever network they run,
// as far as the token may read them.
func (c *Client) Configurations(ctx context.Context, plane model.ControlPlane) (List[model.ConfigurationReference], error) {
	r := c.get("list configurations of control plane", plane.Label(), "v2", "cloud-gateways", "configurations")
	r.query = url.Values{"filter[control_plane_id][eq]": {plane.ID.Raw()}}
	return list(ctx, c, r, decodeReference, nil)
}

func decodeReference(raw json.RawMessage) (safe.Text, model.ConfigurationReference, error) {
	var w struct {
		ID             safe.Text `json:"id"`
		ControlPlaneID safe.Text `json:"control_plane_id"`
		Geo            safe.Text `json:"control_plane_geo"`
		Version        safe.Text `json:"version"`
		APIAccess      safe.Text `json:"api_access"`
		Kind           safe.Text `json:"kind"`
		Groups         []struct {
			ID            safe.Text   `json:"id"`
			Provider      safe.Text   `json:"provider"`
			Region        safe.Text   `json:"region"`
			NetworkID     safe.Text   `json:"cloud_gateway_network_id"`
			State         safe.Text   `json:"state"`
			StateMetadata metadata    `json:"state_metadata"`
			PrivateIPs    []safe.Text `json:"private_ip_addresses"`
			EgressIPs     []safe.Text `json:"egress_ip_addresses"`
			Hostnames     []safe.Text `json:"hostnames"`
		} `json:"dataplane_groups"`
	}
	if err := json.Unmarshal(raw, &w); err != nil {
		return safe.Text{}, model.ConfigurationReference{}, err
	}
	if w.ID.IsEmpty() {
		return safe.Text{}, model.ConfigurationReference{}, errNoID()
	}
	ref := model.ConfigurationReference{ID: w.ID, ControlPlaneID: w.ControlPlaneID, Geo: w.Geo, Version: w.Version, APIAccess: w.APIAccess, Kind: w.Kind}
	for _, g := range w.Groups {
		ref.DataPlanes = append(ref.DataPlanes, model.DataPlaneGroup{
			ID: g.ID, NetworkID: g.NetworkID, Provider: model.Provider(g.Provider.String()), Region: g.Region, State: g.State, Reason: g.StateMetadata.Reason,
			PrivateIPs: g.PrivateIPs, EgressIPs: g.EgressIPs, Hostnames: g.Hostnames,
		})
	}
	return w.ID, ref, nil
}

// idsPerCall bounds the length of the address that names them: 50 ids are 2 KB.
const idsPerCall = 50

// ControlPlanes names the control planes with the given ids. They live in one
// region each, and every region has a host of its own.
func (c *Client) ControlPlanes(ctx context.Context, geo safe.Text, ids []safe.Text) ([]model.ControlPlane, error) {
	r := c.get("list control planes of region", geo, "v2", "control-planes")
	if !isGeo(geo.Raw()) {
		// The region becomes part of the host that gets the token.
		return nil, r.failure(model.Failure{Kind: model.FailureContract, Cause: safe.New("that is no region of Konnect")})
	}
	if c.region != "" && !strings.EqualFold(c.region, geo.Raw()) {
		return nil, nil // the person wants no other region to be asked
	}
	var out []model.ControlPlane
	for len(ids) > 0 {
		n := min(idsPerCall, len(ids))
		words := make([]string, n)
		for i, id := range ids[:n] {
			words[i] = id.Raw()
		}
		ids = ids[n:]
		r := r.at(c.base.Geo(geo.Raw()))
		r.query = url.Values{"filter[id][oeq]": {strings.Join(words, ",")}}
		got, err := list(ctx, c, r, planeDecoder(geo), nil)
		if err != nil {
			return out, err
		}
		out = append(out, got.Items...)
	}
	return out, nil
}

// planeDecoder reads a control plane of a region.
func planeDecoder(geo safe.Text) func(json.RawMessage) (safe.Text, model.ControlPlane, error) {
	return func(raw json.RawMessage) (safe.Text, model.ControlPlane, error) {
		var w struct {
			ID     safe.Text `json:"id"`
			Name   safe.Text `json:"name"`
			Config struct {
				ClusterType safe.Text `json:"cluster_type"`
			} `json:"config"`
		}
		if err := json.Unmarshal(raw, &w); err != nil {
			return safe.Text{}, model.ControlPlane{}, err
		}
		return w.ID, model.ControlPlane{ID: w.ID, Geo: geo, Name: w.Name, ClusterType: w.Config.ClusterType}, nil
	}
}

// isGeo reports whether a text can be a region such as "eu": a new one is taken,
// anything that could change the host is not.
func isGeo(text string) bool {
	if len(text) < 2 || len(text) > 8 {
		return false
	}
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
