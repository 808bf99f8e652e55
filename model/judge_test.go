package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant, were there constants of time

func text(s string) safe.Text { return safe.New(s) }

func prefixes(list ...string) []model.Prefix {
	out := make([]model.Prefix, len(list))
	for i, s := range list {
		out[i] = model.NewPrefix(text(s))
	}
	return out
}

// facts is a peering that is fine on both sides, changed by the edits.
func facts(edits ...func(*model.PeeringFacts)) model.PeeringFacts {
	f := model.PeeringFacts{
		Network: model.Network{ID: text("n1"), Name: text("eu-prod"), CIDR: model.NewPrefix(text("10.0.0.0/16")), State: model.NetworkReady},
		Peering: model.Peering{
			ID: text("p1"), Name: text("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady,
			VNet: model.VNetRef{TenantID: text("t"), SubscriptionID: text("s"), ResourceGroup: text("rg net"), Name: text("vnet-hub")},
		},
		Azure: model.AzureHalf{Status: model.HalfPresent, Proof: model.ProofRange, Removable: true, Peering: model.VNetPeering{
			Name: text("kong"), State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded,
			Routed: prefixes("10.0.0.0/16"), RemoteNow: prefixes("10.0.0.0/16"), AllowAccess: model.Yes,
		}},
		Now: now,
	}
	for _, e := range edits {
		e(&f)
	}
	return f
}

func konnect(s model.PeeringState, reason string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { f.Peering.State, f.Peering.Reason = s, text(reason) }
}

func azure(edit func(*model.VNetPeering)) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { edit(&f.Azure.Peering) }
}

func half(s model.HalfStatus, failure *model.Failure) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { f.Azure = model.AzureHalf{Status: s, Failure: failure} }
}

func kind(k model.PeeringKind) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { f.Peering.Kind = k }
}

func reports(status, reason string) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { f.Peering.ReportedStatus, f.Peering.Reason = text(status), text(reason) }
}

func lastSeen(ago time.Duration, failure *model.Failure) func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) { f.Azure.ReadAt, f.Azure.Failure = f.Now.Add(-ago), failure }
}

func outdated(f *model.PeeringFacts) { f.Azure.Outdated = true }

func state(s model.VNetPeeringState) func(*model.PeeringFacts) {
	return azure(func(p *model.VNetPeering) { p.State = s })
}

func syncLevel(s model.SyncLevel) func(*model.PeeringFacts) {
	return azure(func(p *model.VNetPeering) { p.Sync = s })
}

func provisioning(s model.ProvisioningState) func(*model.PeeringFacts) {
	return azure(func(p *model.VNetPeering) { p.Provisioning = s })
}

func overlap() func(*model.PeeringFacts) {
	return func(f *model.PeeringFacts) {
		f.Overlaps = []model.Overlap{{Network: f.Network.CIDR, Other: model.NewPrefix(text("10.0.4.0/22")), Of: text("vnet-hub")}}
	}
}

func TestPeeringVerdicts(t *testing.T) {
	denied := &model.Failure{Kind: model.FailurePermission, Cause: text("you may not read it."), Cure: "Ask for Reader."}
	signedOut := &model.Failure{Kind: model.FailureAuth, Cause: text("no sign-in")}
	for name, c := range map[string]struct {
		facts    model.PeeringFacts
		rule     finding.Code
		severity model.Severity
		says     string // a part of the sentence
		next     finding.NextKind
		command  string // a part of the command
	}{
		"both fine":                   {facts(), "azure-connected", model.SeverityOK, "in sync", finding.NextNone, ""},
		"no sync level":               {facts(syncLevel("")), "azure-connected", model.SeverityOK, "states no sync level", finding.NextNone, ""},
		"kong has not written":        {facts(konnect(model.PeeringPendingUserAction, ""), half(model.HalfAbsent, nil)), "waiting-not-written", model.SeverityAttention, "Kong has not written", finding.NextSetUp, ""},
		"waits, half unreadable":      {facts(konnect(model.PeeringPendingUserAction, ""), half(model.HalfUnreadable, denied)), "waiting-unreadable", model.SeverityAttention, "does not say", finding.NextSetUp, ""},
		"waits, reason given":         {facts(konnect(model.PeeringPendingUserAction, "grant it"), half(model.HalfAbsent, nil)), "waiting-not-written", model.SeverityAttention, "Konnect reported: grant it", finding.NextSetUp, ""},
		"waits though connected":      {facts(konnect(model.PeeringPendingUserAction, "")), "waiting-connected", model.SeverityAttention, "is connected, and Konnect still", finding.NextSupport, ""},
		"waits, half initiated":       {facts(konnect(model.PeeringPendingUserAction, ""), state(model.VNetInitiated)), "waiting-initiated", model.SeverityAttention, "Kong's own half is missing", finding.NextWait, ""},
		"waits, write failed":         {facts(konnect(model.PeeringPendingUserAction, ""), state(model.VNetInitiated), provisioning(model.ProvisioningFailed)), "half-write-failed", model.SeverityAttention, "last write to it is Failed", finding.NextAdmin, "activity-log list"},
		"waits, old half":             {facts(konnect(model.PeeringPendingUserAction, ""), state(model.VNetDisconnected)), "waiting-disconnected", model.SeverityAttention, "old, disconnected half", finding.NextCommand, "peering delete"},
		"waits, virtual hub":          {facts(konnect(model.PeeringPendingUserAction, ""), kind(model.KindAzureVHub), half(model.HalfNotApplicable, nil)), "waiting-hub", model.SeverityAttention, "Azure side of the hub", finding.NextAdmin, ""},
		"waits, new kind":             {facts(konnect(model.PeeringPendingUserAction, ""), kind("satellite-uplink"), half(model.HalfNotApplicable, nil)), "waiting-unknown-kind", model.SeverityAttention, "a step of yours", finding.NextKonnect, ""},
		"initiated, being written":    {facts(state(model.VNetInitiated), provisioning(model.ProvisioningUpdating)), "azure-initiating", model.SeverityWorking, "writing", finding.NextWait, ""},
		"provisioning unknown":        {facts(provisioning("Migrating")), "azure-provisioning-unknown", model.SeverityUnknown, `"Migrating"`, finding.NextAdmin, "peering show"},
		"ready, reports trouble":      {facts(reports("INVALID", "")), "azure-reports-trouble", model.SeverityAttention, "INVALID", finding.NextSupport, ""},
		"ready, reports success":      {facts(reports("READY", "")), "azure-connected", model.SeverityOK, "in sync", finding.NextNone, ""},
		"ready elsewhere, trouble":    {facts(kind(model.KindAWSVPCPeering), reports("", "route table is full")), "ready-reports-trouble", model.SeverityAttention, "route table is full", finding.NextSupport, ""},
		"connected, cannot tell":      {facts(lastSeen(time.Hour, signedOut)), "azure-last-seen", model.SeverityUnknown, "cannot tell (no sign-in)", finding.NextSignIn, ""},
		"connected, one miss":         {facts(lastSeen(time.Minute, denied)), "azure-connected", model.SeverityOK, "in sync", finding.NextNone, ""},
		"waits, no such VNET":         {facts(konnect(model.PeeringPendingUserAction, ""), half(model.HalfNoVNet, nil)), "waiting-no-vnet", model.SeverityAttention, "no VNET vnet-hub", finding.NextAdmin, "az network vnet list"},
		"waits, will overlap":         {facts(konnect(model.PeeringPendingUserAction, ""), half(model.HalfAbsent, nil), overlap()), "waiting-overlap", model.SeverityBroken, "10.0.4.0/22", finding.NextAdmin, "peerdeck ranges --size /16"},
		"aws acceptance":              {facts(konnect(model.PeeringPendingAcceptance, ""), half(model.HalfNotApplicable, nil), func(f *model.PeeringFacts) { f.Peering.Kind = model.KindAWSTransitGateway }), "waiting-acceptance", model.SeverityAttention, "accepted", finding.NextAdmin, ""},
		"created":                     {facts(konnect(model.PeeringCreated, ""), half(model.HalfAbsent, nil)), "starting", model.SeverityWorking, "not written Azure's half yet", finding.NextWait, ""},
		"initializing":                {facts(konnect(model.PeeringInitializing, ""), state(model.VNetInitiated)), "starting", model.SeverityWorking, "Initiated", finding.NextWait, ""},
		"initializing, no network":    {facts(konnect(model.PeeringInitializing, ""), func(f *model.PeeringFacts) { f.Network.State = model.NetworkInitializing }), "starting", model.SeverityWorking, "when the network is ready", finding.NextWait, ""},
		"initializing for long":       {facts(konnect(model.PeeringInitializing, ""), func(f *model.PeeringFacts) { f.Since = model.SinceExactly(now.Add(-2 * time.Hour)) }), "starting-long", model.SeverityAttention, "2 h", finding.NextSetUp, ""},
		"initializing, overlap":       {facts(konnect(model.PeeringInitializing, ""), overlap()), "starting-overlap", model.SeverityBroken, "will refuse", finding.NextAdmin, "peerdeck ranges --size /16"},
		"initializing, dead half":     {facts(konnect(model.PeeringInitializing, ""), state(model.VNetDisconnected)), "starting-disconnected", model.SeverityAttention, "blocks", finding.NextCommand, "peering delete"},
		"error":                       {facts(konnect(model.PeeringError, "no such thing"), half(model.HalfAbsent, nil)), "peering-error", model.SeverityBroken, "no such thing", finding.NextSetUp, "az role assignment list"},
		"error without reason":        {facts(konnect(model.PeeringError, ""), half(model.HalfAbsent, nil)), "peering-error", model.SeverityBroken, "gave no reason", finding.NextSetUp, "az role assignment list"},
		"error, overlap relayed":      {facts(konnect(model.PeeringError, "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet: x")), "peering-error-overlap", model.SeverityBroken, "overlap", finding.NextAdmin, "vnet peering list"},
		"error, rights relayed":       {facts(konnect(model.PeeringError, "LinkedAuthorizationFailed: x")), "peering-error-rights", model.SeverityBroken, "may not write to vnet-hub", finding.NextSetUp, "az role assignment list"},
		"error, old half":             {facts(konnect(model.PeeringError, "RemotePeeringIsDisconnected"), state(model.VNetDisconnected)), "peering-error-old-half", model.SeverityBroken, "old half", finding.NextCommand, "peerdeck mend"},
		"error, busy":                 {facts(konnect(model.PeeringError, "ReferencedResourceNotProvisioned")), "peering-error-busy", model.SeverityBroken, "busy", finding.NextKonnect, ""},
		"terminating":                 {facts(konnect(model.PeeringTerminating, "")), "peering-terminating", model.SeverityWorking, "deleting", finding.NextWait, ""},
		"terminated":                  {facts(konnect(model.PeeringTerminated, "")), "peering-terminated", model.SeverityOK, "deleted", finding.NextNone, ""},
		"unknown state":               {facts(konnect("levitating", "")), "peering-unknown", model.SeverityUnknown, `"levitating"`, finding.NextKonnect, ""},
		"ready, not read yet":         {facts(half(model.HalfUnread, nil)), "azure-unread", model.SeverityUnknown, "being read", finding.NextWait, ""},
		"ready, signed out":           {facts(half(model.HalfUnreadable, signedOut)), "azure-signed-out", model.SeverityUnknown, "cannot tell (no sign-in)", finding.NextSignIn, ""},
		"ready, no rights":            {facts(half(model.HalfUnreadable, denied)), "azure-unreadable", model.SeverityUnknown, "cannot tell (you may not read it)", finding.NextAdmin, ""},
		"ready, no VNET":              {facts(half(model.HalfNoVNet, nil)), "azure-no-vnet", model.SeverityBroken, "no VNET vnet-hub", finding.NextAdmin, "az network vnet list"},
		"ready, half gone":            {facts(half(model.HalfAbsent, nil)), "azure-absent", model.SeverityBroken, "no peering of vnet-hub leads", finding.NextKonnect, "peerdeck mend"},
		"ready, read before":          {facts(half(model.HalfAbsent, nil), outdated), "azure-outdated", model.SeverityWorking, "being read again", finding.NextWait, ""},
		"ready, read before, now not": {facts(half(model.HalfAbsent, denied), outdated), "azure-outdated-unreadable", model.SeverityUnknown, "cannot tell (you may not read it)", finding.NextAdmin, ""},
		"connected before ready":      {facts(outdated), "azure-outdated", model.SeverityWorking, "being read again", finding.NextWait, ""},
		"initiated":                   {facts(state(model.VNetInitiated)), "azure-initiated", model.SeverityBroken, "Kong's half is missing", finding.NextKonnect, "peerdeck mend --network eu-prod --peering hub"},
		"disconnected":                {facts(state(model.VNetDisconnected)), "azure-disconnected", model.SeverityBroken, "Kong's half was deleted", finding.NextCommand, "peerdeck mend --network eu-prod --peering hub"},
		"azure state unknown":         {facts(state("Levitating")), "azure-state-unknown", model.SeverityUnknown, `"Levitating"`, finding.NextAdmin, "peering show"},
		"azure state missing":         {facts(state("")), "azure-state-unknown", model.SeverityUnknown, "no peering state", finding.NextAdmin, "peering show"},
		"local behind":                {facts(syncLevel(model.SyncLocalBehind)), "azure-local-behind", model.SeverityAttention, "Kong's address range changed", finding.NextCommand, "peering sync"},
		"remote behind":               {facts(syncLevel(model.SyncRemoteBehind)), "azure-remote-behind", model.SeverityAttention, "Kong's half has the old ones", finding.NextSupport, ""},
		"both behind":                 {facts(syncLevel(model.SyncBothBehind)), "azure-both-behind", model.SeverityAttention, "both changed", finding.NextCommand, "peering sync"},
		"sync unknown":                {facts(syncLevel("Sideways")), "azure-sync-unknown", model.SeverityUnknown, `"Sideways"`, finding.NextAdmin, "peering show"},
		"updating":                    {facts(provisioning(model.ProvisioningUpdating)), "azure-writing", model.SeverityWorking, "writing", finding.NextWait, ""},
		"creating":                    {facts(provisioning(model.ProvisioningCreating)), "azure-writing", model.SeverityWorking, "writing", finding.NextWait, ""},
		"deleting":                    {facts(provisioning(model.ProvisioningDeleting)), "azure-deleting", model.SeverityAttention, "deleting its half", finding.NextAdmin, "activity-log list"},
		"write failed":                {facts(provisioning(model.ProvisioningFailed)), "azure-write-failed", model.SeverityAttention, "Failed", finding.NextCommand, "peering sync"},
		"write cancelled":             {facts(provisioning(model.ProvisioningCanceled)), "azure-write-failed", model.SeverityAttention, "Canceled", finding.NextCommand, "peering sync"},
		"no access":                   {facts(azure(func(p *model.VNetPeering) { p.AllowAccess = model.No })), "azure-no-access", model.SeverityAttention, "does not let the gateways in", finding.NextCommand, "allowVirtualNetworkAccess=true"},
		"stale ranges":                {facts(azure(func(p *model.VNetPeering) { p.RemoteNow = prefixes("10.0.0.0/16", "10.1.0.0/16") })), "azure-stale-ranges", model.SeverityAttention, "10.1.0.0/16", finding.NextCommand, "peering sync"},
		"other range": {facts(azure(func(p *model.VNetPeering) {
			p.Routed, p.RemoteNow = prefixes("10.9.0.0/16"), prefixes("10.9.0.0/16")
		})), "azure-other-range", model.SeverityAttention, "10.9.0.0/16", finding.NextSupport, ""},
		"network terminating": {facts(func(f *model.PeeringFacts) { f.Network.State = model.NetworkTerminating }), "peering-network-ending", model.SeverityWorking, "terminating", finding.NextNone, ""},
		"aws ready":           {facts(half(model.HalfNotApplicable, nil), func(f *model.PeeringFacts) { f.Peering.Kind = model.KindAWSTransitGateway }), "ready-konnect-only", model.SeverityOK, "Konnect reported ready", finding.NextNone, ""},
		"virtual hub unread":  {facts(half(model.HalfNotApplicable, nil), func(f *model.PeeringFacts) { f.Peering.Kind = model.KindAzureVHub }), "azure-unread", model.SeverityUnknown, "being read", finding.NextWait, ""},
		"unknown kind ready":  {facts(half(model.HalfNotApplicable, nil), func(f *model.PeeringFacts) { f.Peering.Kind = "ibm-thing" }), "ready-konnect-only", model.SeverityOK, "Konnect reported ready", finding.NextNone, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := model.NewJudge().Peering(c.facts)
			if v.Code != c.rule || v.Severity != c.severity || v.Next.Kind != c.next {
				t.Errorf("got rule %s, %v, next %d; want %s, %v, %d", v.Code, v.Severity, v.Next.Kind, c.rule, c.severity, c.next)
			}
			if !strings.Contains(v.Cause, c.says) {
				t.Errorf("%q does not say %q", v.Cause, c.says)
			}
			if (c.command == "") != (v.Next.Command == "") || !strings.Contains(v.Next.Command, c.command) {
				t.Errorf("command %q, want one with %q", v.Next.Command, c.command)
			}
		})
	}
}

func TestNetworkVerdicts(t *testing.T) {
	for name, c := range map[string]struct {
		network  model.Network
		since    time.Duration
		rule     finding.Code
		severity model.Severity
	}{
		"created":           {model.Network{State: model.NetworkCreated}, 0, "network-created", model.SeverityWorking},
		"initializing":      {model.Network{State: model.NetworkInitializing}, 30 * time.Minute, "network-initializing", model.SeverityWorking},
		"initializing long": {model.Network{State: model.NetworkInitializing}, 61 * time.Minute, "network-building-long", model.SeverityAttention},
		"offline":           {model.Network{State: model.NetworkOffline}, 0, "network-offline", model.SeverityOK},
		"offline in use":    {model.Network{State: model.NetworkOffline, PeeringCount: 1}, 0, "network-offline-in-use", model.SeverityAttention},
		"ready":             {model.Network{State: model.NetworkReady}, 0, "network-ready", model.SeverityOK},
		"ready, status":     {model.Network{State: model.NetworkReady, ReportedStatus: text("INVALID")}, 0, "network-reports-trouble", model.SeverityAttention},
		"ready, fine":       {model.Network{State: model.NetworkReady, ReportedStatus: text("READY")}, 0, "network-ready", model.SeverityOK},
		"ready, reason":     {model.Network{State: model.NetworkReady, Reason: text("INVALID")}, 0, "network-reports-trouble", model.SeverityAttention},
		"terminating":       {model.Network{State: model.NetworkTerminating}, 0, "network-terminating", model.SeverityWorking},
		"terminated":        {model.Network{State: model.NetworkTerminated}, 0, "network-terminated", model.SeverityOK},
		"unknown":           {model.Network{State: "melting"}, 0, "network-unknown", model.SeverityUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			v := model.NewJudge().Network(model.NetworkFacts{Network: c.network, Since: model.SinceExactly(now.Add(-c.since)), Now: now})
			if v.Code != c.rule || v.Severity != c.severity {
				t.Errorf("got %s, %v; want %s, %v", v.Code, v.Severity, c.rule, c.severity)
			}
		})
	}
}

// A half that is disconnected has one way out, before Konnect has seen it and after.
func TestTheWayOutOfADisconnectedHalfStaysTheSame(t *testing.T) {
	judge := model.NewJudge()
	unseen := judge.Peering(facts(state(model.VNetDisconnected)))
	seen := judge.Peering(facts(state(model.VNetDisconnected), konnect(model.PeeringError, "RemotePeeringIsDisconnected: the remote peering is disconnected.")))
	if !unseen.Next.Same(seen.Next) || unseen.Severity != seen.Severity {
		t.Errorf("before Konnect has seen it %v %+v, after %v %+v", unseen.Severity, unseen.Next, seen.Severity, seen.Next)
	}
}

func TestPrivateDNSVerdicts(t *testing.T) {
	for state, want := range map[model.PrivateDNSState]struct {
		code     finding.Code
		severity model.Severity
	}{
		model.PrivateDNSCreated:            {"dns-working", model.SeverityWorking},
		model.PrivateDNSInitializing:       {"dns-working", model.SeverityWorking},
		model.PrivateDNSPendingAssociation: {"dns-association", model.SeverityAttention},
		model.PrivateDNSReady:              {"dns-ready", model.SeverityOK},
		model.PrivateDNSError:              {"dns-error", model.SeverityBroken},
		model.PrivateDNSTerminating:        {"dns-terminating", model.SeverityWorking},
		model.PrivateDNSTerminated:         {"dns-terminated", model.SeverityOK},
		"melting":                          {"dns-unknown", model.SeverityUnknown},
	} {
		if v := model.NewJudge().PrivateDNS(model.PrivateDNSFacts{PrivateDNS: model.PrivateDNS{State: state}}); v.Code != want.code || v.Severity != want.severity {
			t.Errorf("%s: %s %v, want %+v", state, v.Code, v.Severity, want)
		}
	}
}

func TestCodesAreUnique(t *testing.T) {
	seen := map[finding.Code]bool{}
	for _, id := range model.NewJudge().Codes() {
		if seen[id] {
			t.Errorf("two rules are called %s", id)
		}
		seen[id] = true
	}
}

// Every code that a rule can give has an entry in the catalogue, with the severity that
// the rule gives it; and no entry of these subjects is left over.
func TestCodesAreInTheCatalogue(t *testing.T) {
	given := map[finding.Code]bool{"peerings-unread": true, "peerings-unreadable": true, "peerings-partly": true, "dns-unreadable": true, "none": true}
	for _, code := range model.NewJudge().Codes() {
		given[code] = true
		if _, found := finding.Lookup(string(code)); !found {
			t.Errorf("the catalogue has no %s", code)
		}
	}
	for _, e := range finding.Entries() {
		if slices.Contains([]finding.Subject{finding.OfNetwork, finding.OfPeering, finding.OfPrivateDNS}, e.Subject) && !given[e.Code] && !e.Retired() {
			t.Errorf("no rule gives %s", e.Code)
		}
	}
}
