package model_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

func remote(sub, vnet string) safe.Text {
	return text("/subscriptions/" + sub + "/resourceGroups/kong/providers/Microsoft.Network/virtualNetworks/" + vnet)
}

func ref() model.VNetRef {
	return model.VNetRef{TenantID: text("t"), SubscriptionID: text("mine"), ResourceGroup: text("rg"), Name: text("vnet-hub")}
}

// neighbour is another network on Azure, "two", that is peered with the VNET of the tests.
func neighbour(cidr string, edits ...func(*model.Neighbour)) model.Neighbour {
	o := model.Neighbour{
		ID: text("id-two"), Name: text("two"), CIDR: model.NewPrefix(text(cidr)), State: model.NetworkReady, Provider: model.ProviderAzure,
		Peered: model.Yes, Peering: model.Peering{ID: text("p-two"), Kind: model.KindAzureVNet, State: model.PeeringReady, VNet: ref()},
	}
	for _, e := range edits {
		e(&o)
	}
	return o
}

func notPeered(o *model.Neighbour) { o.Peered, o.Peering = model.No, model.Peering{} }
func notRead(o *model.Neighbour)   { o.Peered, o.Peering = model.Unstated, model.Peering{} }
func onAWS(o *model.Neighbour)     { o.Provider = model.ProviderAWS }
func isDeleted(o *model.Neighbour) { o.State = model.NetworkTerminated }
func isRefused(o *model.Neighbour) {
	o.Peering.State, o.Peering.Reason = model.PeeringError, text("VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: x")
}

func hasVNet(id safe.Text) func(*model.Neighbour) { return func(o *model.Neighbour) { o.VPCID = id } }

// look is the half as it is found in a VNET.
func look(n model.Network, a model.Around, peerings ...model.VNetPeering) model.AzureHalf {
	h, _ := model.HalfOf(n, a, model.VNetRead{VNet: model.VNet{ID: ref().ID(), Name: text("vnet-hub"), Peerings: peerings}, Part: model.Part{At: now}})
	return h
}

func TestWhoseAHalfIs(t *testing.T) {
	network := model.Network{ID: text("id-n"), Name: text("n"), CIDR: model.NewPrefix(text("10.4.0.0/16")), State: model.NetworkReady}
	byID := network
	byID.VPCID = text(strings.ToUpper(remote("kong", "kong-vnet").Raw()) + "/")
	byURL := network
	byURL.VPCID = text("https://management.azure.com" + remote("kong", "kong-vnet").Raw() + "?api-version=2025-05-01")
	byName := network
	byName.VPCID = text("kong-vnet")
	elsewhere := network
	elsewhere.VPCID = remote("kong", "another")
	half := func(id, sub string, state model.VNetPeeringState, ranges ...string) model.VNetPeering {
		return model.VNetPeering{ID: text(id), Name: text(id), RemoteVNetID: remote(sub, "kong-vnet"), Routed: prefixes(ranges...), RemoteNow: prefixes(ranges...), State: state}
	}
	const live, dead = model.VNetConnected, model.VNetDisconnected
	kong := half("kong", "kong", live, "10.4.0.0/16")
	grave := half("grave", "kong", dead, "10.4.0.0/16")
	whole := model.Around{Whole: true, Kong: text("kong")}
	with := func(others ...model.Neighbour) model.Around { a := whole; a.Others = others; return a }
	account := func(id string) model.Around { a := whole; a.Kong = text(id); return a }
	born := func(id string, others ...model.Neighbour) model.Around {
		a := with(others...)
		a.Born = safe.Texts(id)
		return a
	}
	same := func(edits ...func(*model.Neighbour)) model.Neighbour {
		return neighbour("10.4.0.0/16", edits...)
	}
	unpeered := whole
	unpeered.Unpeered = true

	type want struct {
		status model.HalfStatus
		id     string
		proof  model.Proof
		whose  model.Whose
	}
	own := func(id string, p model.Proof) want { return want{model.HalfPresent, id, p, model.WhoseNobody} }
	unclear := func(id string, w model.Whose) want { return want{model.HalfUnclear, id, model.ProofNone, w} }
	other := func(id string, w model.Whose) want { return want{model.HalfAbsent, id, model.ProofNone, w} }
	none := want{status: model.HalfAbsent}

	for name, c := range map[string]struct {
		network  model.Network
		around   model.Around
		peerings []model.VNetPeering
		want     want
		removes  bool // the dead half may be deleted
	}{
		"the id that Konnect names, in another case":     {byID, model.Around{}, []model.VNetPeering{kong}, own("kong", model.ProofNamed), false},
		"the id with a host before it":                   {byURL, model.Around{}, []model.VNetPeering{kong}, own("kong", model.ProofNamed), false},
		"the id, whatever its range":                     {byID, whole, []model.VNetPeering{half("kong", "kong", live, "10.77.0.0/16")}, own("kong", model.ProofNamed), false},
		"the id, beside a network of the same range":     {byID, with(same()), []model.VNetPeering{kong}, own("kong", model.ProofNamed), false},
		"the name alone is a hint":                       {byName, whole, []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"the name alone decides nothing":                 {byName, with(same()), []model.VNetPeering{kong}, unclear("kong", model.WhoseUnclear), false},
		"the range, and nobody else has it":              {network, whole, []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"an account that is another GUID":                {network, account("0f0f"), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"an account that is a name":                      {network, account("kong-prod-1"), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"an account that is a path":                      {network, account("/subscriptions/KONG"), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"no account":                                     {network, account(""), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"two halves of the range":                        {network, whole, []model.VNetPeering{half("kong", "kong", live, "10.4.128.0/17", "10.4.0.0/17")}, own("kong", model.ProofRange), false},
		"a range that was, and one now":                  {network, whole, []model.VNetPeering{{ID: text("kong"), RemoteVNetID: remote("kong", "v"), Routed: prefixes("10.4.0.0/16"), RemoteNow: prefixes("10.77.0.0/16"), State: live}}, own("kong", model.ProofRange), false},
		"the range among others":                         {network, whole, []model.VNetPeering{half("kong", "kong", live, "10.4.0.0/16", "100.64.0.0/24")}, own("kong", model.ProofRange), false},
		"a part of the range":                            {network, whole, []model.VNetPeering{half("kong", "kong", live, "10.4.0.0/17")}, own("kong", model.ProofPart), false},
		"more than the range, in Kong's account":         {network, whole, []model.VNetPeering{half("kong", "kong", live, "10.4.0.0/15")}, unclear("kong", model.WhoseUnclear), false},
		"more than the range, anywhere":                  {network, account(""), []model.VNetPeering{half("x", "kong", live, "10.4.0.0/15")}, other("x", model.WhoseStranger), false},
		"no range at all":                                {network, account(""), []model.VNetPeering{half("kong", "kong", live)}, unclear("kong", model.WhoseUnclear), false},
		"the list of networks is not whole":              {network, model.Around{Kong: text("kong")}, []model.VNetPeering{kong}, unclear("kong", model.WhoseUnread), false},
		"another has the range and is peered":            {network, with(same()), []model.VNetPeering{kong}, unclear("kong", model.WhoseUnclear), false},
		"another overlaps and is peered":                 {network, with(neighbour("10.4.128.0/17")), []model.VNetPeering{kong}, unclear("kong", model.WhoseUnclear), false},
		"another has the range, and its peerings unread": {network, with(same(notRead)), []model.VNetPeering{kong}, unclear("kong", model.WhoseUnread), false},
		"another has the range, with other VNETs":        {network, with(same(notPeered)), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"another has the range, on AWS":                  {network, with(same(onAWS)), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"another had the range":                          {network, with(same(isDeleted)), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"another was refused for it":                     {network, with(same(isRefused)), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"another is named by its VNET":                   {network, with(same(hasVNet(remote("KONG", "kong-vnet")))), []model.VNetPeering{kong}, other("kong", model.WhoseNetwork), false},
		"another's VNET is named, and is another":        {network, with(same(hasVNet(remote("kong", "x")))), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"another's half came with its peering":           {network, with(same(func(o *model.Neighbour) { o.Born = safe.Texts("kong") })), []model.VNetPeering{kong}, other("kong", model.WhoseNetwork), false},
		"it came with this peering":                      {network, born("kong", same()), []model.VNetPeering{kong}, own("kong", model.ProofBirth), false},
		"another came with this peering":                 {network, born("x", same()), []model.VNetPeering{kong}, unclear("kong", model.WhoseUnclear), false},
		"it was there before the other's peering":        {network, with(same(func(o *model.Neighbour) { o.Before = safe.Texts("kong") })), []model.VNetPeering{kong}, own("kong", model.ProofRange), false},
		"it was there before this peering":               {network, func() model.Around { a := with(same()); a.Before = safe.Texts("kong"); return a }(), []model.VNetPeering{kong}, other("kong", model.WhoseNetwork), false},
		"Konnect names another VNET":                     {elsewhere, whole, []model.VNetPeering{kong}, other("kong", model.WhoseStranger), false},
		"it leads to a subscription of ours":             {network, whole, []model.VNetPeering{half("spoke", "MINE", live, "10.4.0.0/16")}, other("spoke", model.WhoseOurs), false},
		"it leads to another subscription of ours":       {network, func() model.Around { a := whole; a.Ours = safe.Texts("kong"); return a }(), []model.VNetPeering{kong}, other("kong", model.WhoseOurs), false},
		"this one was refused for the range":             {network, func() model.Around { a := with(same()); a.Peering = same(isRefused).Peering; return a }(), []model.VNetPeering{kong}, other("kong", model.WhoseNetwork), false},
		"no peering of this network":                     {network, unpeered, []model.VNetPeering{kong}, other("kong", model.WhoseStranger), false},
		"other people's":                                 {network, whole, []model.VNetPeering{half("x", "else", live, "10.9.0.0/16"), half("y", "kong", dead, "10.8.0.0/16")}, none, false},
		"nothing":                                        {network, whole, nil, none, false},
		"a network without a good range":                 {model.Network{CIDR: model.NewPrefix(text("soon"))}, account(""), []model.VNetPeering{{ID: text("x"), Routed: prefixes("soon")}}, unclear("x", model.WhoseUnclear), false},
		"the living before the dead":                     {network, whole, []model.VNetPeering{grave, kong}, own("kong", model.ProofRange), false},
		"hints for the dead one":                         {network, whole, []model.VNetPeering{grave, half("x", "else", live, "10.4.0.0/16")}, unclear("x", model.WhoseUnclear), false},
		"no hints for either":                            {network, account("?"), []model.VNetPeering{grave, half("x", "else", live, "10.4.0.0/16")}, own("x", model.ProofRange), false},
		"two that live":                                  {network, whole, []model.VNetPeering{kong, half("x", "kong", live, "10.4.0.0/16")}, unclear("kong", model.WhoseUnclear), false},
		"a dead one of its own":                          {network, whole, []model.VNetPeering{grave}, own("grave", model.ProofRange), true},
		"a dead one, and others have the range":          {network, with(same(notPeered)), []model.VNetPeering{grave}, own("grave", model.ProofRange), false},
		"a dead one, and others are peered":              {network, with(same()), []model.VNetPeering{grave}, unclear("grave", model.WhoseUnclear), false},
		"a dead one, and others were deleted":            {network, with(same(isDeleted)), []model.VNetPeering{grave}, own("grave", model.ProofRange), true},
		"a dead one that Konnect names":                  {byID, with(same()), []model.VNetPeering{grave}, own("grave", model.ProofNamed), true},
		"a dead one of a network that is gone":           {elsewhere, whole, []model.VNetPeering{grave}, other("grave", model.WhoseStranger), true},
		"a dead one of a gone network, or of another":    {elsewhere, with(same(notPeered)), []model.VNetPeering{grave}, other("grave", model.WhoseNetwork), false},
		"a dead one of another that is named":            {elsewhere, with(same(hasVNet(remote("kong", "kong-vnet")))), []model.VNetPeering{grave}, other("grave", model.WhoseNetwork), false},
		"a dead one of ours":                             {network, whole, []model.VNetPeering{half("spoke", "mine", dead, "10.4.0.0/16")}, none, false},
		"a dead one, and the list is not whole":          {elsewhere, model.Around{}, []model.VNetPeering{grave}, other("grave", model.WhoseStranger), false},
	} {
		t.Run(name, func(t *testing.T) {
			h := look(c.network, c.around, c.peerings...)
			id := h.Peering.ID
			if h.Status != model.HalfPresent {
				id = h.Other.Peering.ID
			}
			if got := (want{h.Status, id.Raw(), h.Proof, h.Other.Whose}); got != c.want {
				t.Errorf("got %+v, want %+v (%s)", got, c.want, h.How)
			}
			if got := h.Removable || h.Other.Removable; got != c.removes {
				t.Errorf("removable %v, want %v", got, c.removes)
			}
			if (h.How == "") != (h.Proof == model.ProofNone) {
				t.Errorf("the proof %d is told as %q", h.Proof, h.How)
			}
		})
	}
}

func TestFindOverlaps(t *testing.T) {
	network := model.Network{CIDR: model.NewPrefix(text("10.0.0.0/16"))}
	vnet := model.VNet{
		Name: text("vnet"), AddressPrefixes: prefixes("10.1.0.0/16", "10.0.4.0/22", "fd00::/8", "nonsense"),
		Peerings: []model.VNetPeering{
			{ID: text("kong"), Name: text("to-kong"), Routed: prefixes("10.0.0.0/16")},
			{ID: text("spoke"), Name: text("to-spoke"), Routed: prefixes("10.0.128.0/17")},
			{ID: text("dead"), Name: text("to-dead"), Routed: prefixes("10.0.0.0/16"), State: model.VNetDisconnected},
		},
	}
	got := model.FindOverlaps(network, vnet, text("kong"))
	if len(got) != 2 || got[0].Other.String() != "10.0.4.0/22" || got[0].Peered || got[1].Of.Raw() != "to-spoke" || !got[1].Peered {
		t.Errorf("got %+v", got)
	}
	if got := model.FindOverlaps(network, vnet, safe.Text{}); len(got) != 3 {
		t.Errorf("without Kong's half there are 3 overlaps, got %d", len(got))
	}
}

func TestPrefix(t *testing.T) {
	p := model.NewPrefix(text("10.0.0.1/16"))
	if !p.Same(model.NewPrefix(text("10.0.0.0/16"))) || p.String() != "10.0.0.1/16" {
		t.Error("a range keeps its text and is compared by its addresses")
	}
	for address, want := range map[string]bool{"10.0.3.4": true, "::ffff:10.0.3.4": true, "10.1.0.0": false, "host": false, "": false} {
		if got := p.Contains(text(address)); got != want {
			t.Errorf("%s in %s: %v", address, p, got)
		}
	}
}

func TestRemoteSubscription(t *testing.T) {
	for id, want := range map[string]string{
		remote("abc", "v").Raw(): "abc", "/Subscriptions/x": "x", "": "", "/resourceGroups/x/y": "", "subscriptions": "",
	} {
		if got := (model.VNetPeering{RemoteVNetID: text(id)}).RemoteSubscription(); got.Raw() != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

// The age of what is said of a half is the half's, and that of anything else Konnect's.
func TestOfHalf(t *testing.T) {
	for code, want := range map[finding.Code]bool{
		"azure-disconnected": true, "half-cannot-tell": true, "peering-error": false, "waiting-initiated": false, "": false,
	} {
		if model.OfHalf(code) != want {
			t.Errorf("%q: %v", code, !want)
		}
	}
}
