package sandbox

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// The prefix lengths of a network's range on Azure, and the fewest addresses for its zones,
// by Kong's documentation.
const (
	widestNetwork    = 16
	narrowestNetwork = 21
)

// toNetworks reports whether a path of Konnect is that of its networks, or of one.
func toNetworks(path []string) bool {
	return (len(path) == 3 || len(path) == 4) && path[0] == "v2" && path[1] == "cloud-gateways" && path[2] == "networks"
}

// writeNetwork answers what makes or deletes a network.
func (w *World) writeNetwork(r *http.Request, path []string, token string) reply {
	if token == ViewerToken {
		return problem(w, http.StatusForbidden, "Forbidden", "You do not have permission to perform this action.")
	}
	if len(path) == 3 {
		if r.Method != http.MethodPost {
			return problem(w, http.StatusMethodNotAllowed, "Method Not Allowed", "Method Not Allowed")
		}
		return w.postNetwork(r)
	}
	n := w.byID[path[3]]
	switch {
	case n == nil && uuid.Validate(path[3]) != nil:
		return invalid(w, invalidParameter{Field: "networkId", Rule: "is_uuid", Reason: "must be a UUID", Source: "path"})
	case n == nil:
		return w.nothingHere()
	case r.Method == http.MethodDelete:
		return w.deleteNetwork(n)
	case r.Method == http.MethodPatch:
		return problem(w, http.StatusNotImplemented, "Not Implemented", "The sandbox does not rename networks.")
	default:
		return problem(w, http.StatusMethodNotAllowed, "Method Not Allowed", "Method Not Allowed")
	}
}

// postNetwork makes a network, which is ready some time later.
func (w *World) postNetwork(r *http.Request) reply {
	var c bodyCheck
	body := c.readBody(r)
	if body == nil {
		return invalid(w, c.wrong...)
	}
	name := c.name(body)
	account := w.accountOf(&c, c.text("", body, "cloud_gateway_provider_account_id"))
	region := c.text("", body, "region")
	zones := c.texts("", body, "availability_zones")
	cidr := c.text("", body, "cidr_block")
	state := stateNew
	if _, there := body["state"]; there {
		if state = c.text("", body, "state"); state != stateNew && state != "offline" {
			c.choice("state", stateNew, "offline")
		}
	}
	c.members("", body, "name", "cloud_gateway_provider_account_id", "region", "availability_zones", "cidr_block", "state")
	if len(c.wrong) == 0 && account.provider != "azure" {
		return problem(w, http.StatusNotImplemented, "Not Implemented", "The sandbox makes networks on Azure only.")
	}
	if len(c.wrong) == 0 {
		c.site(region, zones, cidr)
	}
	if len(c.wrong) > 0 {
		return invalid(w, c.wrong...)
	}
	// Assumed: the contract lists 409 and does not say when.
	if slices.ContainsFunc(w.networks, func(n *network) bool { return n.name == name }) {
		return w.conflict("A network with the name [" + name + "] already exists.")
	}
	if w.networkLimit > 0 && state != "offline" && w.built() >= w.networkLimit {
		return problem(w, http.StatusForbidden, "Quota Exceeded", "Maximum number of networks exceeded. Max allowed: "+strconv.Itoa(w.networkLimit)+".")
	}
	now := w.clock.Now().UTC()
	n := &network{
		id: w.id("network", name, strconv.Itoa(w.traces), now.String()), name: name, region: region, cidr: cidr, account: account, zones: zones,
		state: state, version: 1, created: now, updated: now,
	}
	w.traces++
	w.networks = append(w.networks, n)
	w.byID[n.id] = n
	w.written(lagNetworks, n, nil, now)
	if state == stateNew {
		w.after(now, w.networkTime, func(w *World, now time.Time) {
			if w.byID[n.id] == n && n.state == stateNew {
				n.vpcID = n.remoteID()
				n.setState(stateReady, "", "", now)
			}
		})
	}
	return reply{status: http.StatusCreated, kind: jsonType, body: renderNetwork(n)}
}

// accountOf finds a provider account.
func (w *World) accountOf(c *bodyCheck, id string) *account {
	for _, a := range w.accounts {
		if a.id == id {
			return a
		}
	}
	if id != "" {
		c.add("cloud_gateway_provider_account_id", "missing_reference", "does not name a provider account of this organization")
	}
	return nil
}

// built counts the networks that are not offline, which is what the quota counts.
func (w *World) built() int {
	n := 0
	for _, o := range w.networks {
		if o.state != "offline" {
			n++
		}
	}
	return n
}

// site checks region, zones and range against the document that tells what there is.
func (c *bodyCheck) site(region string, zones []string, cidr string) {
	if !slices.Contains(azureRegions(), region) {
		c.add("region", "is_supported_provider_region", "is not a supported region of the provider")
		return
	}
	all := azureZones(region)
	seen := map[string]bool{}
	for _, z := range zones {
		if seen[z] || !slices.Contains(all, z) {
			seen = nil
			break
		}
		seen[z] = true
	}
	if len(seen) == 0 {
		c.add("availability_zones", "is_supported_network_availability_zone_list", "is not a supported list of availability zones of the region")
	}
	if !supported(cidr, networkBlocks(), keptBlocks()) {
		c.add("cidr_block", "is_supported_network_cidr_block", "is not a supported CIDR block of the region")
	}
}

// supported reports whether a network can have a range.
func supported(cidr string, blocks, kept []string) bool {
	p, err := netip.ParsePrefix(cidr)
	if err != nil || p != p.Masked() || p.Bits() < widestNetwork || p.Bits() > narrowestNetwork || firstOverlap(kept, []string{cidr}) != "" {
		return false
	}
	return slices.ContainsFunc(blocks, func(b string) bool {
		block, err := netip.ParsePrefix(b)
		return err == nil && block.Bits() <= p.Bits() && block.Contains(p.Addr())
	})
}

// deleteNetwork deletes a network with all that is on it. One that a configuration refers
// to is refused, and one that is changing, which is assumed: a refusal is a 400 here.
func (w *World) deleteNetwork(n *network) reply {
	switch {
	case len(n.configurations) > 0:
		return invalid(w, invalidParameter{Field: "networkId", Rule: "invalid", Reason: "the network is referenced by an active configuration", Source: "path"})
	case n.state == "created" || n.state == stateNew || n.state == stateGoing:
		return invalid(w, invalidParameter{Field: "networkId", Rule: "invalid", Reason: "the network is " + n.state + " and cannot be deleted now", Source: "path"})
	}
	now := w.clock.Now().UTC()
	n.setState(stateGoing, "", "", now)
	for _, p := range n.peerings {
		w.end(n, p, now)
	}
	w.after(now, w.networkTime/3, func(w *World, now time.Time) {
		if w.byID[n.id] != n {
			return
		}
		delete(w.byID, n.id)
		w.networks = slices.DeleteFunc(w.networks, func(o *network) bool { return o == n })
		w.removed(lagNetworks, w, n, now)
	})
	return reply{status: http.StatusNoContent}
}
