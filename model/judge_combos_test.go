package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// vnet gives the half a VNET with two subnets.
func vnet(f *model.PeeringFacts) {
	f.Azure.VNet = model.VNet{
		ID: f.Peering.VNet.ID(), Name: text("vnet-hub"), AddressPrefixes: prefixes("10.20.0.0/22"),
		Subnets: []model.Subnet{{Name: text("snet-a"), Prefixes: prefixes("10.20.0.0/24")}, {Name: text("snet-dns"), Prefixes: prefixes("10.20.1.0/24")}},
	}
}

// subnets makes a peering of some subnets, with the ranges that Azure gives for it.
func subnets(local string, ranges ...string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) {
		vnet(f)
		f.Azure.Peering.WholeVNets, f.Azure.Peering.LocalSubnets, f.Azure.Peering.Local = model.No, texts(local), prefixes(ranges...)
	}
}

func servers(list ...string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { f.Servers = texts(list...) }
}

func network(s model.NetworkState) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { f.Network.State = s }
}

func ranges(routed, now []model.Prefix) func(*model.PeeringFacts) {
	return azure(func(p *model.VNetPeering) { p.Routed, p.RemoteNow = routed, now })
}

// wanted is a finding that a row of a table wants: the code, how urgent, words of the cause
// and of the step with its command.
type wanted struct {
	code       finding.Code
	severity   model.Severity
	says, next string
}

func check(t *testing.T, rows map[string]struct {
	facts model.PeeringFacts
	want  wanted
},
) {
	t.Helper()
	for name, row := range rows {
		v := model.NewJudge().Peering(row.facts)
		if v.Code != row.want.code || v.Severity != row.want.severity {
			t.Errorf("%s: %s, %v (%s); want %s, %v", name, v.Code, v.Severity, v.Cause, row.want.code, row.want.severity)
		}
		for word := range strings.SplitSeq(row.want.says, "|") {
			if !strings.Contains(v.Cause, word) {
				t.Errorf("%s: %q does not say %q", name, v.Cause, word)
			}
		}
		for word := range strings.SplitSeq(row.want.next, "|") {
			if !strings.Contains(v.Next.Line(), word) {
				t.Errorf("%s: the next step %q does not say %q", name, v.Next.Line(), word)
			}
		}
	}
}

func TestHalvesInCombination(t *testing.T) {
	pending, setting := konnect(model.PeeringPendingUserAction, ""), konnect(model.PeeringInitializing, "")
	check(t, map[string]struct {
		facts model.PeeringFacts
		want  wanted
	}{
		"failed while initializing":        {facts(setting, state(model.VNetInitiated), provisioning(model.ProvisioningFailed)), wanted{"half-write-failed", model.SeverityAttention, "vnet-hub is Initiated|Failed|initializing", "az monitor activity-log list"}},
		"canceled while waiting":           {facts(pending, state(model.VNetConnected), provisioning(model.ProvisioningCanceled)), wanted{"half-write-failed", model.SeverityAttention, "Connected|Canceled", "consent, role"}},
		"succeeded while initializing":     {facts(setting, state(model.VNetInitiated)), wanted{"starting", model.SeverityWorking, "Initiated", "Wait"}},
		"failed while ready":               {facts(state(model.VNetInitiated), provisioning(model.ProvisioningFailed)), wanted{"azure-initiated-failed", model.SeverityBroken, "vnet-hub|Failed", "activity-log|Do not delete"}},
		"failed while ready and connected": {facts(provisioning(model.ProvisioningFailed)), wanted{"azure-write-failed", model.SeverityAttention, "Failed", "peering sync"}},
		"written while waiting":            {facts(pending, state(model.VNetInitiated), provisioning(model.ProvisioningUpdating)), wanted{"half-writing", model.SeverityWorking, "writing", "Wait"}},
		"deleted while waiting":            {facts(pending, state(model.VNetInitiated), provisioning(model.ProvisioningDeleting)), wanted{"half-deleting", model.SeverityAttention, "deleting the half in vnet-hub", "activity-log"}},
		"dead one going while waiting":     {facts(pending, state(model.VNetDisconnected), provisioning(model.ProvisioningDeleting)), wanted{"half-dead-deleting", model.SeverityWorking, "old, disconnected half", "Wait"}},
		"dead one staying while waiting":   {facts(pending, state(model.VNetDisconnected)), wanted{"waiting-disconnected", model.SeverityAttention, "blocks", "peering delete"}},
		"dead one going while ready":       {facts(state(model.VNetDisconnected), provisioning(model.ProvisioningDeleting)), wanted{"azure-disconnected-deleting", model.SeverityBroken, "nothing passes", "When the half is gone"}},
		"alone and going while ready":      {facts(state(model.VNetInitiated), provisioning(model.ProvisioningDeleting)), wanted{"azure-initiated-deleting", model.SeverityBroken, "Kong's half is missing", "Ask who deletes it"}},
		"error, connected":                 {facts(konnect(model.PeeringError, "something")), wanted{"peering-error-connected", model.SeverityBroken, "vnet-hub is Connected, so traffic may pass|something", "Delete neither half"}},
		"error, disconnected":              {facts(konnect(model.PeeringError, "something"), state(model.VNetDisconnected)), wanted{"peering-error-old-half", model.SeverityBroken, "something", ""}},
		"error, which half is meant":       {facts(konnect(model.PeeringError, "RemotePeeringIsDisconnected")), wanted{"peering-error-old-half", model.SeverityBroken, "old half", "peering list"}},
		"waiting, network offline":         {facts(pending, network(model.NetworkOffline)), wanted{"peering-network-offline", model.SeverityAttention, "eu-prod is offline", "configuration"}},
		"ready, network offline":           {facts(network(model.NetworkOffline)), wanted{"peering-network-offline", model.SeverityAttention, "nothing passes", "configuration"}},
		"ready, network building":          {facts(network(model.NetworkInitializing)), wanted{"peering-network-building", model.SeverityWorking, "initializing", "30 to 40 min"}},
		"ready, network in a new state":    {facts(network("melting")), wanted{"peering-network-unknown", model.SeverityUnknown, `"melting"`, "Konnect"}},
		"on AWS, network building":         {facts(kind(model.KindAWSVPCPeering), network(model.NetworkCreated)), wanted{"peering-network-building", model.SeverityWorking, "created", ""}},
	})
}

func TestWhatAHalfCarries(t *testing.T) {
	none := []model.Prefix(nil)
	check(t, map[string]struct {
		facts model.PeeringFacts
		want  wanted
	}{
		"the range in two parts":               {facts(syncLevel(""), ranges(prefixes("10.0.128.0/17", "10.0.0.0/17"), none)), wanted{"azure-connected", model.SeverityOK, "the ranges are those of now", ""}},
		"no sync level, ranges of now":         {facts(syncLevel(""), ranges(prefixes("10.0.0.0/16"), prefixes("10.0.0.0/17", "10.0.128.0/17"))), wanted{"azure-connected", model.SeverityOK, "no sync level", ""}},
		"no sync level, old ranges":            {facts(syncLevel(""), ranges(prefixes("10.0.0.0/16"), prefixes("10.0.0.0/16", "10.1.0.0/16"))), wanted{"azure-stale-ranges", model.SeverityAttention, "10.1.0.0/16", "peering sync"}},
		"no sync level, no ranges":             {facts(syncLevel(""), ranges(none, none)), wanted{"azure-part-unknown", model.SeverityUnknown, "not what the half routes", "peering show"}},
		"no sync level, half of the range":     {facts(syncLevel(""), ranges(prefixes("10.0.0.0/17"), none)), wanted{"azure-other-range", model.SeverityAttention, "10.0.0.0/17|10.0.0.0/16", "Ask Kong"}},
		"no sync level, the network's unknown": {facts(syncLevel(""), ranges(prefixes("10.0.0.0/16"), none), func(f *model.PeeringFacts) { f.Network.CIDR = model.Prefix{} }), wanted{"azure-part-unknown", model.SeverityUnknown, "Kong's present ranges", ""}},
		"no sync level, a new range here":      {facts(syncLevel(""), vnet, azure(func(p *model.VNetPeering) { p.Local = prefixes("10.20.0.0/23") })), wanted{"azure-part-unknown", model.SeverityUnknown, "10.20.0.0/22|10.20.0.0/23", ""}},
		"in sync, no ranges":                   {facts(ranges(none, none)), wanted{"azure-connected", model.SeverityOK, "in sync", ""}},
		"more than the network":                {facts(ranges(prefixes("10.0.0.0/15"), prefixes("10.0.0.0/15"))), wanted{"azure-connected", model.SeverityOK, "in sync", ""}},
		"access not stated":                    {facts(azure(func(p *model.VNetPeering) { p.AllowAccess = model.Unstated })), wanted{"azure-part-unknown", model.SeverityUnknown, "lets the gateways in", "peering show"}},
		"write not stated":                     {facts(provisioning("")), wanted{"azure-part-unknown", model.SeverityUnknown, "no provisioning state", "peering show"}},
		"IPv6 alone":                           {facts(azure(func(p *model.VNetPeering) { p.IPv6Only = model.Yes })), wanted{"azure-ipv6-only", model.SeverityBroken, "vnet-hub carries IPv6 alone|10.0.0.0/16", "peering show"}},
		"IPv6 alone is meant": {facts(azure(func(p *model.VNetPeering) {
			p.IPv6Only, p.Routed, p.RemoteNow = model.Yes, prefixes("fd00::/48"), prefixes("fd00::/48")
		}), func(f *model.PeeringFacts) { f.Network.CIDR = model.NewPrefix(text("fd00::/48")) }), wanted{"azure-connected", model.SeverityOK, "in sync", ""}},
		"one subnet of two":              {facts(subnets("snet-a", "10.20.0.0/24"), servers("10.20.1.4", "10.20.0.4", "10.99.0.4")), wanted{"azure-subnets", model.SeverityAttention, "snet-dns (10.20.1.0/24) cannot be reached|mapped DNS server 10.20.1.4", "cannot be changed"}},
		"one subnet, its ranges by name": {facts(subnets("SNET-A")), wanted{"azure-subnets", model.SeverityAttention, "snet-dns", ""}},
		"every subnet":                   {facts(subnets("snet-a", "10.20.0.0/24", "10.20.1.0/24")), wanted{"azure-connected", model.SeverityOK, "in sync", ""}},
		"which subnets is not known":     {facts(subnets("gone")), wanted{"azure-subnets", model.SeverityAttention, "Azure does not say", ""}},
		"some of Kong's subnets":         {facts(subnets("snet-a", "10.20.0.0/23"), ranges(prefixes("10.0.1.0/24"), prefixes("10.0.0.0/16"))), wanted{"azure-subnets", model.SeverityAttention, "10.0.0.0/24|cannot reach it", ""}},
		"whole, in so many words":        {facts(vnet, azure(func(p *model.VNetPeering) { p.WholeVNets = model.Yes })), wanted{"azure-connected", model.SeverityOK, "in sync", ""}},
		"encrypts and drops":             {facts(azure(func(p *model.VNetPeering) { p.Encryption, p.Enforcement = model.Yes, model.EncryptionDrops })), wanted{"azure-encrypted", model.SeverityAttention, "drops what is not encrypted|vnet-hub", "Send to Kong"}},
		"encrypts in a new way":          {facts(azure(func(p *model.VNetPeering) { p.Encryption, p.Enforcement = model.Yes, "Perhaps" })), wanted{"azure-encrypted", model.SeverityAttention, `"Perhaps"`, "Perhaps"}},
		"encrypts and allows":            {facts(azure(func(p *model.VNetPeering) { p.Encryption, p.Enforcement = model.Yes, model.EncryptionAllows })), wanted{"azure-connected", model.SeverityOK, "", ""}},
		"gateways of the remote side": {facts(azure(func(p *model.VNetPeering) {
			p.RemoteGateways, p.GatewayTransit, p.AllowForward = model.Yes, model.Yes, model.No
		})), wanted{"azure-connected", model.SeverityOK, "", ""}},
	})
}

const other = "11111111-2222-4333-8444-555555555555"

// gone is a VNET that is not where the peering says, with the code of Azure's refusal.
func gone(code string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) {
		f.Azure = model.AzureHalf{Status: model.HalfNoVNet, Failure: &model.Failure{Kind: model.FailureNotFound, Code: text(code), Cause: text("not there")}, ReadAt: now.Add(-time.Minute)}
	}
}

// refusal is a VNET that could not be read for a reason of its subscription.
func refusal(kind model.FailureKind, code, detail string) func(*model.PeeringFacts) {
	return half(model.HalfUnreadable, &model.Failure{Kind: kind, Code: text(code), Cause: text(code), Detail: text(detail), Cure: "Look."})
}

func found(same bool, half model.VNetPeeringState, groups ...string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) {
		f.Azure.Place.Searched = true
		for _, g := range groups {
			f.Azure.Place.Elsewhere = append(f.Azure.Place.Elsewhere, model.Moved{
				Ref: model.VNetRef{SubscriptionID: text(other), ResourceGroup: text(g), Name: text("vnet-hub")}, Same: same, Half: half,
			})
		}
	}
}

func searched(subscriptions, left int, unread ...string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) {
		f.Azure.Place.Searched, f.Azure.Place.Search = true, model.VNetSearch{Subscriptions: subscriptions, Left: left, Unread: texts(unread...)}
	}
}

func subscription(state string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) {
		f.Azure.Place.Subscription = model.Subscription{ID: text("s"), Name: text("acme-prod"), State: text(state)}
	}
}

func TestAVNetThatIsNotWhereThePeeringSays(t *testing.T) {
	pending, setting := konnect(model.PeeringPendingUserAction, ""), konnect(model.PeeringInitializing, "")
	wrong := "The access token is from the wrong issuer 'https://sts.windows.net/aaaaaaaa-2222-4333-8444-555555555555/'. It must match the tenant 'https://sts.windows.net/" + other + "/' associated with this subscription."
	tenant := func(id string) func(*model.PeeringFacts) {
		return func(f *model.PeeringFacts) { f.Peering.VNet.TenantID = text(id) }
	}
	denied := half(model.HalfUnreadable, &model.Failure{Kind: model.FailurePermission, Code: text("AuthorizationFailed"), Cause: text("you may not read it"), Cure: "Ask for Reader."})
	check(t, map[string]struct {
		facts model.PeeringFacts
		want  wanted
	}{
		"gone":                          {facts(gone("ResourceNotFound")), wanted{"azure-no-vnet", model.SeverityBroken, "no VNET vnet-hub in resource group rg net.", "az network vnet list"}},
		"gone, looked for":              {facts(gone("ResourceNotFound"), searched(3, 2, "acme-audit")), wanted{"azure-no-vnet", model.SeverityBroken, "none of that name in the 3 subscriptions that you can read (3 more could not", ""}},
		"gone, waiting":                 {facts(gone("NotFound"), pending), wanted{"waiting-no-vnet", model.SeverityAttention, "no VNET vnet-hub", "Check the names"}},
		"gone, being set up":            {facts(gone("ResourceNotFound"), setting), wanted{"starting-no-vnet", model.SeverityAttention, "no VNET vnet-hub", "Check the names"}},
		"gone with its group":           {facts(gone("ResourceGroupNotFound")), wanted{"azure-no-group", model.SeverityBroken, "no resource group rg net|vnet-hub", "az group list|cannot be renamed"}},
		"gone with its group, waiting":  {facts(gone("ResourceGroupNotFound"), pending), wanted{"azure-no-group", model.SeverityBroken, "pending-user-action", "az group list"}},
		"moved, by its GUID":            {facts(gone("ResourceGroupNotFound"), found(true, "", "rg-new")), wanted{"azure-vnet-moved", model.SeverityBroken, "it is in resource group rg-new of subscription " + other + "|resource GUID|No half there leads to eu-prod", "az network vnet show|rg-new|cannot be changed"}},
		"moved, by its name":            {facts(gone("ResourceNotFound"), found(false, "", "rg-new")), wanted{"azure-vnet-moved", model.SeverityBroken, "the name alone does not show", "az network vnet show"}},
		"several of its name":           {facts(gone("ResourceNotFound"), found(false, "", "rg-1", "rg-2")), wanted{"azure-vnet-moved", model.SeverityBroken, "rg-1|and resource group rg-2", ""}},
		"moved, and connected there":    {facts(gone("ResourceNotFound"), found(true, model.VNetConnected, "rg-new")), wanted{"azure-vnet-moved-connected", model.SeverityAttention, "connected, so traffic may pass", "Delete nothing"}},
		"may not be read is not gone":   {facts(denied, found(true, "", "rg-new")), wanted{"azure-unreadable", model.SeverityUnknown, "cannot tell (you may not read it)", "Reader"}},
		"no such subscription":          {facts(refusal(model.FailureNotFound, "SubscriptionNotFound", "")), wanted{"azure-subscription-missing", model.SeverityAttention, "no subscription s in the tenant t|vnet-hub", "az account list"}},
		"no such subscription, moved":   {facts(refusal(model.FailureNotFound, "SubscriptionNotFound", ""), found(true, "", "rg-new")), wanted{"azure-vnet-moved", model.SeverityBroken, other, "rg-new"}},
		"a subscription that is none":   {facts(refusal(model.FailureInvalid, "InvalidSubscriptionId", ""), pending), wanted{"azure-subscription-invalid", model.SeverityAttention, "no valid id|vnet-hub", "az account list"}},
		"moved to another tenant":       {facts(tenant("aaaaaaaa-2222-4333-8444-555555555555"), refusal(model.FailureAuth, "InvalidAuthenticationTokenTenant", wrong)), wanted{"azure-subscription-tenant", model.SeverityAttention, "is of the tenant " + other + "|aaaaaaaa", "az login --tenant " + other}},
		"signed in to another tenant":   {facts(tenant(other), refusal(model.FailureAuth, "InvalidAuthenticationTokenTenant", wrong)), wanted{"azure-signed-out", model.SeverityUnknown, "cannot tell", "Sign in"}},
		"which tenant, Azure is silent": {facts(tenant(other), refusal(model.FailureAuth, "InvalidAuthenticationTokenTenant", "no")), wanted{"azure-signed-out", model.SeverityUnknown, "cannot tell", "Sign in"}},
		"disabled, connected":           {facts(subscription("Disabled")), wanted{"azure-subscription-disabled", model.SeverityAttention, "acme-prod of vnet-hub is Disabled|half is Connected", "az account show"}},
		"disabled, waiting":             {facts(subscription("disabled"), pending, half(model.HalfAbsent, nil), subscription("disabled")), wanted{"azure-subscription-disabled", model.SeverityAttention, "Kong's too|pending-user-action", "enable it"}},
		"disabled, by a refusal":        {facts(refusal(model.FailureConflict, "ReadOnlyDisabledSubscription", "")), wanted{"azure-subscription-disabled", model.SeverityAttention, "is disabled", "az account show"}},
		"being deleted":                 {facts(subscription("Deleted")), wanted{"azure-subscription-disabled", model.SeverityAttention, "Deleted", ""}},
		"warned":                        {facts(subscription("Warned")), wanted{"azure-subscription-warned", model.SeverityAttention, "is Warned", "billing"}},
		"past due":                      {facts(subscription("PastDue")), wanted{"azure-subscription-warned", model.SeverityAttention, "PastDue", "az account show"}},
		"warned, and worse":             {facts(subscription("Warned"), state(model.VNetDisconnected)), wanted{"azure-disconnected", model.SeverityBroken, "disconnected", ""}},
		"a state that nobody knows":     {facts(subscription("Frozen")), wanted{"azure-subscription-state", model.SeverityUnknown, "Frozen", "az account show"}},
		"enabled":                       {facts(subscription("Enabled")), wanted{"azure-connected", model.SeverityOK, "in sync", ""}},
	})
}

func TestWhereAVNetIs(t *testing.T) {
	at := model.VNetRef{TenantID: text("t"), SubscriptionID: text("S1"), ResourceGroup: text("rg"), Name: text("vnet-hub")}
	in := func(sub, group, name, guid string) model.VNet {
		ref := model.VNetRef{SubscriptionID: text(sub), ResourceGroup: text(group), Name: text(name)}
		return model.VNet{ID: ref.ID(), Name: text(name), GUID: text(guid)}
	}
	s := model.VNetSearch{VNets: []model.VNet{in("s1", "RG", "VNET-HUB", "g9"), in("s1", "rg-new", "Vnet-Hub", "g1"), in("s2", "rg", "vnet-new", "G2"), in("s2", "rg", "vnet-hub", "")}}
	for guid, want := range map[string]string{"": "rg-new rg", "g2": "rg", "g1": "rg-new", "g7": "rg"} {
		var groups []string
		for _, v := range s.Find(at, text(guid)) {
			groups = append(groups, model.RefOf(at.TenantID, v).ResourceGroup.String())
		}
		if got := strings.Join(groups, " "); got != want {
			t.Errorf("with the GUID %q: %s, want %s", guid, got, want)
		}
	}
	if got := model.RefOf(text("t"), in("s2", "rg", "v", "")); got.Key() != (model.VNetRef{SubscriptionID: text("S2"), ResourceGroup: text("RG"), Name: text("V")}).Key() || got.TenantID.Raw() != "t" {
		t.Errorf("%+v", got)
	}
	for code, want := range map[string]bool{"ResourceNotFound": true, "ResourceGroupNotFound": true, "SubscriptionNotFound": true, "AuthorizationFailed": false, "": false} {
		if got := model.Lost(model.Failure{Kind: model.FailureNotFound, Code: text(code)}); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}
