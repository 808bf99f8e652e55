package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	hubID    = "/subscriptions/s/resourceGroups/rg wan/providers/Microsoft.Network/virtualHubs/hub-we"
	table    = hubID + "/hubRouteTables/defaultRouteTable"
	none     = hubID + "/hubRouteTables/noneRouteTable"
	kongVNet = "/subscriptions/kong/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-kong"
	appsVNet = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-apps"
	dataVNet = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-data"
	firewall = "/subscriptions/s/resourceGroups/rg wan/providers/Microsoft.Network/azureFirewalls/fw-we"
)

func connectionID(name string) safe.Text {
	return text(hubID + "/hubVirtualNetworkConnections/" + name)
}

// connects is a connection as a wizard makes it: routed by the default table, which learns it.
func connects(name, remote string) model.HubConnection {
	return model.HubConnection{
		ID: connectionID(name), Name: text(name), Provisioning: model.ProvisioningSucceeded, RemoteVNetID: text(remote), Configured: true,
		Table: text(table), Propagates: texts(table), Labels: texts("default"),
	}
}

func routeOver(name string, destinations ...string) model.HubRoute {
	return model.HubRoute{Destinations: prefixes(destinations...), Hops: []safe.Text{connectionID(name)}, HopType: text("Virtual Network Connection")}
}

// hubRead is a hub that is fine, with Kong's VNET and two of the customer's.
func hubRead() model.HubRead {
	at := model.Part{At: now}
	return model.HubRead{
		Part: at,
		Hub: model.VirtualHub{
			ID: text(hubID), Name: text("hub-we"), Prefix: model.NewPrefix(text("10.45.0.0/23")), Provisioning: model.ProvisioningSucceeded, Routing: model.HubRoutingProvisioned,
			Connections: []model.HubConnection{connects("kong", kongVNet), connects("apps", appsVNet), connects("data", dataVNet)},
		},
		Ways: model.HubWays{
			TablesOf: at, IntentOf: at, EffectiveOf: at,
			Tables:    []model.HubRouteTable{{ID: text(table), Name: text("defaultRouteTable"), Labels: texts("default")}, {ID: text(none), Name: text("noneRouteTable"), Labels: texts("none")}},
			Effective: []model.HubEffective{{Table: text(table), Routes: []model.HubRoute{routeOver("kong", "10.0.0.0/16"), routeOver("apps", "10.20.0.0/16"), routeOver("data", "10.21.0.0/16")}}},
		},
	}
}

// onHub makes the facts of a peering with a hub that was read.
func onHub(edit func(*model.HubRead), edits ...func(*model.PeeringFacts)) model.PeeringFacts {
	f := facts()
	f.Peering.Kind, f.Peering.VNet = model.KindAzureVHub, model.VNetRef{}
	f.Peering.Hub = model.HubRef{TenantID: text("t"), SubscriptionID: text("s"), ResourceGroup: text("rg wan"), Name: text("hub-we")}
	f.Network.VPCID = text(kongVNet)
	r := hubRead()
	edit(&r)
	f.Azure, f.Overlaps = model.HubHalfOf(f.Network, model.Around{Whole: true, Ours: texts("s")}, r)
	for _, e := range edits {
		e(&f)
	}
	return f
}

func hubFacts(edits ...func(*model.PeeringFacts)) model.PeeringFacts {
	return onHub(func(*model.HubRead) {}, edits...)
}

// cutOff leaves the gateways' range out of what the hub routes.
func cutOff(f *model.PeeringFacts) {
	w := &f.Azure.Hub.Ways
	w.Effective = []model.HubEffective{{Table: text(table), Routes: w.Effective[0].Routes[1:2]}}
}

// written leaves out what is in effect, so that the route tables as they are written decide.
func written(r *model.HubRead) {
	r.Ways.Effective, r.Ways.EffectiveOf = nil, model.Part{Failure: &model.Failure{Kind: model.FailurePermission, Cause: text("the action is missing"), Cure: "Ask for it."}}
}

func intent(r *model.HubRead) {
	r.Ways.Intent = []model.RoutingPolicy{{Name: text("private"), Destinations: texts("PrivateTraffic"), Hop: text(firewall)}}
}

// TestHubVerdicts has a row for each rule about a peering with a virtual hub, and those
// beside it that nearly meet it.
func TestHubVerdicts(t *testing.T) {
	t.Parallel()
	edit := func(do func(*model.HubRead)) model.PeeringFacts { return onHub(do) }
	hub := func(do func(*model.VirtualHub)) model.PeeringFacts {
		return edit(func(r *model.HubRead) { do(&r.Hub) })
	}
	kong := func(do func(*model.HubConnection)) model.PeeringFacts {
		return hub(func(h *model.VirtualHub) { do(&h.Connections[0]) })
	}
	waits := func(f model.PeeringFacts) model.PeeringFacts {
		f.Peering.State = model.PeeringPendingUserAction
		return f
	}
	gone := func(r *model.HubRead) { r.Gone = true }
	lost := func(h *model.VirtualHub) { h.Connections = h.Connections[1:] }
	denied := model.Failure{Kind: model.FailurePermission, Cause: text("you may not read it"), Cure: "Ask for Reader."}
	for name, c := range map[string]struct {
		facts    model.PeeringFacts
		code     finding.Code
		severity model.Severity
		says     string
		command  string
	}{
		"well":                     {hubFacts(), "azure-hub-connected", model.SeverityOK, "between the gateways and 2 VNETs", ""},
		"well, as written":         {edit(written), "azure-hub-connected", model.SeverityOK, "what it really routes was not read", ""},
		"well, names in capitals":  {kong(func(c *model.HubConnection) { c.RemoteVNetID = text(strings.ToUpper(kongVNet)) }), "azure-hub-connected", model.SeverityOK, "", ""},
		"well, by its range alone": {onHub(func(*model.HubRead) {}, byRange), "azure-hub-connected", model.SeverityOK, "", ""},
		"not read yet":             {edit(func(r *model.HubRead) { *r = model.HubRead{} }), "azure-unread", model.SeverityUnknown, "being read", ""},
		"may not be read":          {edit(func(r *model.HubRead) { *r = model.HubRead{Part: model.Part{Failure: &denied}} }), "azure-unreadable", model.SeverityUnknown, "you may not read it", ""},
		"no hub":                   {edit(gone), "azure-no-hub", model.SeverityBroken, "no virtual hub hub-we in resource group rg wan", "az network vhub list --output table --subscription s"},
		"waits, no hub":            {waits(edit(gone)), "waiting-no-hub", model.SeverityAttention, "no virtual hub hub-we", ""},
		"connection gone":          {hub(lost), "azure-hub-absent", model.SeverityBroken, "apps leads to vnet-apps and data leads to vnet-data", "az network vhub connection list"},
		"no connection":            {hub(func(h *model.VirtualHub) { h.Connections = nil }), "azure-hub-absent", model.SeverityBroken, "no connection at all", ""},
		"waits, not written":       {waits(hub(lost)), "waiting-hub-not-written", model.SeverityAttention, "may not write to it", "az role assignment list"},
		"waits, connected":         {waits(hubFacts()), "waiting-hub-connected", model.SeverityAttention, "still reported pending-user-action", ""},
		"waits, failed":            {waits(kong(func(c *model.HubConnection) { c.Provisioning = model.ProvisioningFailed })), "waiting-hub-failed", model.SeverityAttention, "the connection kong", "activity-log"},
		"waits, no routing":        {waits(hub(func(h *model.VirtualHub) { h.Routing = model.HubRoutingFailed })), "waiting-hub-routing", model.SeverityAttention, "Failed", ""},
		"waits, not read":          {waits(edit(func(r *model.HubRead) { *r = model.HubRead{} })), "waiting-hub", model.SeverityAttention, "which one, it does not say", ""},
		"waits, may not be read":   {waits(edit(func(r *model.HubRead) { *r = model.HubRead{Part: model.Part{Failure: &denied}} })), "waiting-hub", model.SeverityAttention, "you may not read it", ""},
		"waits, being written":     {waits(kong(func(c *model.HubConnection) { c.Provisioning = model.ProvisioningUpdating })), "waiting-hub", model.SeverityAttention, "connection Updating", ""},
		"routing failed":           {hub(func(h *model.VirtualHub) { h.Routing = model.HubRoutingFailed }), "azure-hub-routing-failed", model.SeverityBroken, "", "az network vhub show"},
		"no routing":               {hub(func(h *model.VirtualHub) { h.Routing = model.HubRoutingNone }), "azure-hub-routing-none", model.SeverityBroken, "", ""},
		"routing is made":          {hub(func(h *model.VirtualHub) { h.Routing = model.HubRoutingProvisioning }), "azure-hub-routing", model.SeverityWorking, "", ""},
		"routing nobody knows":     {hub(func(h *model.VirtualHub) { h.Routing = "Resetting" }), "azure-hub-unknown", model.SeverityUnknown, "Resetting", ""},
		"hub is deleted":           {hub(func(h *model.VirtualHub) { h.Provisioning = model.ProvisioningDeleting }), "azure-hub-deleting", model.SeverityBroken, "", ""},
		"hub write failed":         {hub(func(h *model.VirtualHub) { h.Provisioning = model.ProvisioningFailed }), "azure-hub-write-failed", model.SeverityAttention, "", ""},
		"hub is written":           {hub(func(h *model.VirtualHub) { h.Provisioning = model.ProvisioningUpdating }), "azure-hub-writing", model.SeverityWorking, "Connected", ""},
		"connection failed":        {kong(func(c *model.HubConnection) { c.Provisioning = model.ProvisioningFailed }), "azure-connection-failed", model.SeverityBroken, "is Failed", "activity-log"},
		"connection is deleted":    {kong(func(c *model.HubConnection) { c.Provisioning = model.ProvisioningDeleting }), "azure-connection-deleting", model.SeverityAttention, "", ""},
		"connection is written":    {kong(func(c *model.HubConnection) { c.Provisioning = model.ProvisioningUpdating }), "azure-connection-writing", model.SeverityWorking, "", ""},
		"connection nobody knows":  {kong(func(c *model.HubConnection) { c.Provisioning = "" }), "azure-connection-unknown", model.SeverityUnknown, "not stated", "connection show"},
		"another connection fails": {hub(func(h *model.VirtualHub) { h.Connections[1].Provisioning = model.ProvisioningFailed }), "azure-hub-connected", model.SeverityOK, "", ""},
		"seen an hour ago":         {onHub(func(*model.HubRead) {}, lastSeen(time.Hour, &denied)), "azure-hub-last-seen", model.SeverityUnknown, "the connection kong", ""},
		"hub meets the network":    {hub(func(h *model.VirtualHub) { h.Prefix = model.NewPrefix(text("10.0.4.0/23")) }), "azure-hub-overlap", model.SeverityAttention, "10.0.4.0/23 of hub-we", "peerdeck ranges"},
		"a VNET meets the network": {edit(func(r *model.HubRead) { r.Ways.Effective[0].Routes[1] = routeOver("apps", "10.0.128.0/17") }), "azure-hub-overlap", model.SeverityAttention, "connection apps of the hub", ""},
		"waits, hub meets":         {waits(hub(func(h *model.VirtualHub) { h.Prefix = model.NewPrefix(text("10.0.4.0/23")) })), "waiting-overlap", model.SeverityBroken, "", ""},
		"which one cannot be told": {onHub(written, byNothing), "azure-hub-cannot-tell", model.SeverityUnknown, "what lies behind it is not known", ""},
		"no way back":              {onHub(func(*model.HubRead) {}, cutOff), "azure-hub-no-way-back", model.SeverityBroken, "has no route to 10.0.0.0/16", "az network vhub route-table route add"},
		"no way back, as written": {edit(func(r *model.HubRead) {
			written(r)
			r.Hub.Connections[0].Propagates, r.Hub.Connections[0].Labels = texts(none), texts("none")
		}), "azure-hub-no-way-back", model.SeverityBroken, "propagates to no table", "--next-hop"},
		"other label": {edit(func(r *model.HubRead) {
			written(r)
			r.Hub.Connections[0].Propagates, r.Hub.Connections[0].Labels = nil, texts("shared")
		}), "azure-hub-no-way-back", model.SeverityBroken, "label shared alone", ""},
		"learned by its label": {edit(func(r *model.HubRead) { written(r); r.Hub.Connections[0].Propagates = nil }), "azure-hub-connected", model.SeverityOK, "", ""},
		"written by hand": {edit(func(r *model.HubRead) {
			written(r)
			r.Hub.Connections[0].Propagates, r.Hub.Connections[0].Labels = texts(none), nil
			r.Ways.Tables[0].Routes = []model.HubRoute{routeOver("kong", "10.0.0.0/16")}
		}), "azure-hub-connected", model.SeverityOK, "", ""},
		"half of it by hand": {edit(func(r *model.HubRead) {
			written(r)
			r.Hub.Connections[0].Propagates, r.Hub.Connections[0].Labels = texts(none), nil
			r.Ways.Tables[0].Routes = []model.HubRoute{routeOver("kong", "10.0.0.0/17")}
		}), "azure-hub-no-way-back", model.SeverityBroken, "", ""},
		"no way there": {edit(func(r *model.HubRead) {
			written(r)
			for i := range r.Hub.Connections[1:] {
				r.Hub.Connections[i+1].Propagates, r.Hub.Connections[i+1].Labels = texts(none), nil
			}
		}), "azure-hub-no-way-there", model.SeverityBroken, "vnet-apps and vnet-data", "connection show"},
		"some apart": {edit(func(r *model.HubRead) {
			written(r)
			r.Hub.Connections[2].Propagates, r.Hub.Connections[2].Labels = texts(none), nil
		}), "azure-hub-some-apart", model.SeverityAttention, "vnet-data", ""},
		"another table": {edit(func(r *model.HubRead) {
			r.Hub.Connections[2].Table = text(hubID + "/hubRouteTables/isolated")
			r.Ways.Effective = append(r.Ways.Effective, model.HubEffective{Table: text(hubID + "/hubRouteTables/isolated")})
		}), "azure-hub-some-apart", model.SeverityAttention, "isolated has no route to 10.0.0.0/16", "--name isolated"},
		"firewall by intent":        {edit(intent), "azure-hub-firewall", model.SeverityUnknown, "the firewall fw-we", "routing-intent list"},
		"firewall for the Internet": {edit(func(r *model.HubRead) { intent(r); r.Ways.Intent[0].Destinations = texts("Internet") }), "azure-hub-connected", model.SeverityOK, "", ""},
		"firewall by a route":       {edit(func(r *model.HubRead) { r.Ways.Effective[0].Routes[0].Hops = texts(firewall) }), "azure-hub-firewall", model.SeverityUnknown, "its routes send", "get-effective-routes"},
		"a part by a route": {edit(func(r *model.HubRead) {
			r.Ways.Effective[0].Routes = append(r.Ways.Effective[0].Routes, model.HubRoute{Destinations: prefixes("10.0.8.0/24"), Hops: texts(firewall)})
		}), "azure-hub-firewall", model.SeverityUnknown, "fw-we", ""},
		"everything else by a route": {edit(func(r *model.HubRead) {
			r.Ways.Effective[0].Routes = append(r.Ways.Effective[0].Routes, model.HubRoute{Destinations: prefixes("0.0.0.0/0"), Hops: texts(firewall)})
		}), "azure-hub-connected", model.SeverityOK, "", ""},
		"by a route as written": {edit(func(r *model.HubRead) {
			written(r)
			r.Ways.Tables[0].Routes = []model.HubRoute{{Destinations: prefixes("10.0.0.0/16"), Hops: texts(firewall)}}
		}), "azure-hub-firewall", model.SeverityUnknown, "", ""},
		"a wider one as written": {edit(func(r *model.HubRead) {
			written(r)
			r.Ways.Tables[0].Routes = []model.HubRoute{{Destinations: prefixes("10.0.0.0/8"), Hops: texts(firewall)}}
		}), "azure-hub-connected", model.SeverityOK, "", ""},
		"intent, range beyond":  {onHub(intent, outside(written)), "azure-hub-no-way-back", model.SeverityBroken, "100.64.0.0/16", ""},
		"another hub behind it": {hub(func(h *model.VirtualHub) { h.Connections = h.Connections[:1] }), "azure-hub-connected", model.SeverityOK, "", ""},
		"alone": {edit(func(r *model.HubRead) {
			r.Hub.Connections = r.Hub.Connections[:1]
			r.Ways.Effective[0].Routes = r.Ways.Effective[0].Routes[:1]
		}), "azure-hub-alone", model.SeverityAttention, "to nothing else", ""},
		"alone with a gateway": {edit(func(r *model.HubRead) {
			r.Hub.Connections, r.Hub.Gateways = r.Hub.Connections[:1], texts("vpn")
			r.Ways.Effective[0].Routes = r.Ways.Effective[0].Routes[:1]
		}), "azure-hub-connected", model.SeverityOK, "", ""},
		"alone, as far as is known": {edit(func(r *model.HubRead) { written(r); r.Hub.Connections = r.Hub.Connections[:1] }), "azure-hub-part-unknown", model.SeverityUnknown, "whether anything is behind it", ""},
		"tables may not be read": {edit(func(r *model.HubRead) {
			written(r)
			r.Ways.Tables, r.Ways.TablesOf = nil, r.Ways.EffectiveOf
			r.Hub.Connections[0].Propagates = nil
		}), "azure-hub-part-unknown", model.SeverityUnknown, "the action is missing", ""},
		"intent may not be read": {edit(func(r *model.HubRead) { r.Ways.IntentOf = model.Part{Failure: &denied} }), "azure-hub-part-unknown", model.SeverityUnknown, "through a firewall", ""},
		"no routing configuration": {edit(func(r *model.HubRead) {
			written(r)
			r.Hub.Connections[0] = model.HubConnection{ID: connectionID("kong"), Name: text("kong"), RemoteVNetID: text(kongVNet), Provisioning: model.ProvisioningSucceeded}
		}), "azure-hub-part-unknown", model.SeverityUnknown, "does not say", ""},
		"reports trouble": {onHub(func(*model.HubRead) {}, reports("degraded", "")), "azure-reports-trouble", model.SeverityAttention, "", ""},
		"other tenant": {edit(func(r *model.HubRead) {
			*r = model.HubRead{Part: model.Part{Failure: &model.Failure{Kind: model.FailureAuth, Code: text("InvalidAuthenticationTokenTenant"), Cause: text("x"), Detail: text("the token must match 11111111-1111-1111-1111-111111111111")}}}
		}), "azure-subscription-tenant", model.SeverityAttention, "hub-we", "az network vhub show"},
		"no subscription": {edit(func(r *model.HubRead) {
			*r = model.HubRead{Part: model.Part{Failure: &model.Failure{Kind: model.FailureNotFound, Code: text("SubscriptionNotFound"), Cause: text("x")}}}
		}), "azure-subscription-missing", model.SeverityAttention, "hub-we", ""},
		"error, and connected": {onHub(func(*model.HubRead) {}, konnect(model.PeeringError, "Something broke.")), "peering-error-connected", model.SeverityBroken, "hub-we", "connection show"},
		"no rights":            {waits(onHub(func(r *model.HubRead) { lost(&r.Hub) }, func(f *model.PeeringFacts) { f.Peering.Reason = text("AuthorizationFailed") })), "peering-reason", model.SeverityAttention, "hub-we", "virtualHubs/hub-we"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := model.NewJudge().Peering(c.facts)
			if got.Code != c.code || got.Severity != c.severity {
				t.Fatalf("got %s, %v: %s; want %s, %v", got.Code, got.Severity, got.Cause, c.code, c.severity)
			}
			if !strings.Contains(got.Cause, c.says) {
				t.Errorf("%q does not say %q", got.Cause, c.says)
			}
			if !strings.Contains(got.Next.Command, c.command) {
				t.Errorf("command %q, want one with %q", got.Next.Command, c.command)
			}
			if got.NeedsPerson() && got.Next.Text == "" {
				t.Error("it asks for a person and does not say for what")
			}
		})
	}
}

// byRange takes what Konnect names away, so that the ranges behind the connections decide.
func byRange(f *model.PeeringFacts) {
	f.Network.VPCID = safe.Text{}
	f.Azure, f.Overlaps = model.HubHalfOf(f.Network, model.Around{Whole: true, Ours: texts("s")}, hubRead())
}

// byNothing takes that away too.
func byNothing(f *model.PeeringFacts) {
	f.Network.VPCID = safe.Text{}
	r := hubRead()
	written(&r)
	f.Azure, f.Overlaps = model.HubHalfOf(f.Network, model.Around{Whole: true, Ours: texts("s")}, r)
}

// outside gives the network a range that is none of the private ones of RFC 1918.
func outside(edit func(*model.HubRead)) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) {
		f.Network.CIDR = model.NewPrefix(text("100.64.0.0/16"))
		r := hubRead()
		intent(&r)
		edit(&r)
		f.Azure, f.Overlaps = model.HubHalfOf(f.Network, model.Around{Whole: true, Ours: texts("s")}, r)
	}
}

// Of several connections of other gateway networks, none is taken for a VNET of the customer's.
func TestOtherGatewayNetworksAreNoVNETsOfTheCustomers(t *testing.T) {
	t.Parallel()
	f := onHub(func(r *model.HubRead) {
		r.Hub.Connections = append(r.Hub.Connections, connects("kong-two", strings.Replace(kongVNet, "vnet-kong", "vnet-other", 1)))
		r.Ways.Effective[0].Routes = append(r.Ways.Effective[0].Routes, routeOver("kong-two", "10.2.0.0/16"))
	})
	if others := f.Azure.Hub.Others(); len(others) != 2 || f.Azure.Hub.Connection.Name.Raw() != "kong" {
		t.Errorf("of the customer's: %v, own: %v", others, f.Azure.Hub.Connection.Name)
	}
	if got := model.NewJudge().Peering(f); got.Code != "azure-hub-connected" {
		t.Errorf("%s: %s", got.Code, got.Cause)
	}
}
