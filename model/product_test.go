package model_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// dimensions are the values that each part of the facts can have: those that are known,
// none at all, and one that nobody knows.
type dimensions struct {
	konnect   []model.PeeringState
	azure     []model.VNetPeeringState
	sync      []model.SyncLevel
	write     []model.ProvisioningState
	flags     []model.Ternary
	statuses  []model.HalfStatus
	networks  []model.NetworkState
	resolvers []model.PrivateDNSState
	kinds     []model.PeeringKind
}

func every() dimensions {
	return dimensions{
		konnect: []model.PeeringState{
			model.PeeringCreated, model.PeeringInitializing, model.PeeringPendingAcceptance, model.PeeringPendingUserAction, model.PeeringReady,
			model.PeeringTerminating, model.PeeringTerminated, model.PeeringError, "", "new-one",
		},
		azure: []model.VNetPeeringState{model.VNetInitiated, model.VNetConnected, model.VNetDisconnected, "", "NewOne"},
		sync:  []model.SyncLevel{model.SyncFull, model.SyncLocalBehind, model.SyncRemoteBehind, model.SyncBothBehind, model.SyncUnstated, "NewOne"},
		write: []model.ProvisioningState{
			model.ProvisioningSucceeded, model.ProvisioningUpdating, model.ProvisioningCreating, model.ProvisioningDeleting,
			model.ProvisioningFailed, model.ProvisioningCanceled, model.ProvisioningUnstated, "NewOne",
		},
		flags:    []model.Ternary{model.Yes, model.No, model.Unstated},
		statuses: []model.HalfStatus{model.HalfNotApplicable, model.HalfUnread, model.HalfUnreadable, model.HalfNoVNet, model.HalfAbsent, model.HalfUnclear, model.HalfPresent},
		networks: []model.NetworkState{
			model.NetworkCreated, model.NetworkInitializing, model.NetworkOffline, model.NetworkReady, model.NetworkTerminating, model.NetworkTerminated, "", "new-one",
		},
		resolvers: []model.PrivateDNSState{
			model.PrivateDNSCreated, model.PrivateDNSInitializing, model.PrivateDNSPendingAssociation, model.PrivateDNSReady, model.PrivateDNSError,
			model.PrivateDNSTerminating, model.PrivateDNSTerminated, "", "new-one",
		},
		kinds: []model.PeeringKind{model.KindAzureVNet, model.KindAzureVHub, model.KindAWSVPCPeering, model.KindGCPVPCPeering, "new-kind", ""},
	}
}

// situations calls a function with every combination of the halves, and of what is around
// them. The facts are the same value each time, changed.
func situations(do func(*model.PeeringFacts)) {
	d := every()
	with := func(edits ...func(*model.PeeringFacts)) {
		f := facts(edits...)
		for _, konnect := range d.konnect {
			for _, network := range d.networks {
				f.Peering.State, f.Network.State = konnect, network
				do(&f)
			}
		}
	}
	for _, status := range d.statuses[:len(d.statuses)-1] {
		for _, kind := range d.kinds {
			with(half(status, nil), func(f *model.PeeringFacts) { f.Peering.Kind = kind })
			with(half(status, nil), func(f *model.PeeringFacts) { f.Peering.Kind, f.Peering.VNet = kind, model.VNetRef{} })
		}
	}
	for _, azure := range d.azure {
		for _, level := range d.sync {
			for _, write := range d.write {
				for _, access := range d.flags {
					halves(func(edit func(*model.PeeringFacts)) {
						with(state(azure), syncLevel(level), provisioning(write), func(f *model.PeeringFacts) { f.Azure.Peering.AllowAccess = access }, edit)
					}, access == model.Yes)
				}
			}
		}
	}
}

// hubSituations calls a function with every combination of a hub and its connection to Kong's
// VNET, and of how the hub routes.
func hubSituations(do func(*model.PeeringFacts)) {
	d := every()
	for _, routing := range []model.HubRoutingState{model.HubRoutingProvisioned, model.HubRoutingProvisioning, model.HubRoutingFailed, model.HubRoutingNone, "", "NewOne"} {
		for _, own := range d.write {
			for _, connection := range d.write {
				for _, edit := range hubEdits() {
					f := hubFacts(edit)
					f.Azure.Hub.Hub.Routing, f.Azure.Hub.Hub.Provisioning = routing, own
					f.Azure.Hub.Connection.Provisioning, f.Azure.Peering.Provisioning = connection, connection
					for _, konnect := range d.konnect {
						for _, network := range []model.NetworkState{model.NetworkReady, model.NetworkOffline, "new-one"} {
							f.Peering.State, f.Network.State = konnect, network
							do(&f)
						}
					}
				}
			}
		}
	}
}

// hubEdits is what else can be so with a hub.
func hubEdits() []func(*model.PeeringFacts) {
	failed := model.Part{Failure: &model.Failure{Kind: model.FailurePermission, Cause: text("you may not read it"), Cure: "Ask for Reader."}}
	ways := func(edit func(*model.HubWays)) func(*model.PeeringFacts) {
		return func(f *model.PeeringFacts) { edit(&f.Azure.Hub.Ways) }
	}
	return []func(*model.PeeringFacts){
		func(*model.PeeringFacts) {},
		outdated,
		lastSeen(time.Hour, failed.Failure),
		func(f *model.PeeringFacts) { f.Azure.Proof = model.ProofPart },
		func(f *model.PeeringFacts) { f.Azure.Status = model.HalfAbsent },
		func(f *model.PeeringFacts) { f.Azure.Status = model.HalfUnclear },
		func(f *model.PeeringFacts) { f.Azure.Place.Subscription.State = text("Disabled") },
		func(f *model.PeeringFacts) { f.Network.CIDR = model.NewPrefix(text("odd")) },
		ways(func(w *model.HubWays) { *w = model.HubWays{} }),
		ways(func(w *model.HubWays) { *w = model.HubWays{TablesOf: failed, IntentOf: failed, EffectiveOf: failed} }),
		ways(func(w *model.HubWays) { w.EffectiveOf, w.Effective = failed, nil }),
		ways(func(w *model.HubWays) { w.IntentOf, w.Intent = failed, nil }),
		ways(func(w *model.HubWays) {
			w.Intent = []model.RoutingPolicy{{Destinations: texts("PrivateTraffic"), Hop: text(firewall)}}
		}),
		cutOff,
	}
}

// wellHub is what must be known, all of it, before a peering with a hub may be called well.
func wellHub(f *model.PeeringFacts) bool {
	h := f.Azure.Hub
	if h == nil || f.Azure.Status != model.HalfPresent || f.Azure.Outdated || f.Azure.Failure != nil && f.Now.Sub(f.Azure.ReadAt) >= 5*time.Minute {
		return false
	}
	routed := h.Ways.IntentOf.Read() && len(h.Ways.Intent) == 0 && len(f.Overlaps) == 0 && (h.Ways.EffectiveOf.Read() || h.Ways.TablesOf.Read())
	for _, e := range h.Ways.Effective {
		routed = routed && len(e.Routes) > 1
	}
	return h.Hub.Routing == model.HubRoutingProvisioned && h.Hub.Provisioning == model.ProvisioningSucceeded && f.Azure.Peering.Provisioning == model.ProvisioningSucceeded &&
		routed && f.Azure.Place.Subscription.State.IsEmpty() && f.Azure.Proof >= model.ProofRange
}

// halves calls a function with what else can be so with a half; with all of it where the
// rest of the half is worth it.
func halves(do func(func(*model.PeeringFacts)), whole bool) {
	do(func(*model.PeeringFacts) {})
	if !whole {
		return
	}
	for _, edit := range []func(*model.PeeringFacts){
		outdated,
		lastSeen(time.Hour, &model.Failure{Kind: model.FailurePermission, Cause: text("you may not read it"), Cure: "Ask for Reader."}),
		azure(func(p *model.VNetPeering) { p.IPv6Only = model.Yes }),
		azure(func(p *model.VNetPeering) { p.WholeVNets, p.LocalSubnets = model.No, texts("snet-a") }),
		azure(func(p *model.VNetPeering) { p.Routed = prefixes("10.0.0.0/17", "10.0.128.0/17") }),
		azure(func(p *model.VNetPeering) { p.Routed, p.RemoteNow = nil, nil }),
		azure(func(p *model.VNetPeering) { p.RemoteNow = prefixes("10.0.0.0/16", "10.1.0.0/16") }),
		azure(func(p *model.VNetPeering) { p.Routed, p.RemoteNow = prefixes("10.9.0.0/16"), prefixes("10.9.0.0/16") }),
		azure(func(p *model.VNetPeering) { p.Encryption, p.Enforcement = model.Yes, model.EncryptionDrops }),
		func(f *model.PeeringFacts) { f.Azure.Place.Subscription.State = text("Disabled") },
		func(f *model.PeeringFacts) { f.Azure.Proof = model.ProofPart },
		func(f *model.PeeringFacts) { f.Azure.Removable = false },
	} {
		do(edit)
	}
}

// well is what must be known, all of it, before a peering may be called well.
func well(f *model.PeeringFacts) bool {
	if f.Peering.State == model.PeeringTerminated {
		return true // it is deleted, and nothing is asked of it
	}
	if f.Peering.State != model.PeeringReady || f.Network.State != model.NetworkReady {
		return false
	}
	switch f.Peering.Kind {
	case model.KindAzureVNet:
	case model.KindAzureVHub:
		return wellHub(f)
	default:
		return true // only Konnect tells of it
	}
	p := f.Azure.Peering
	fresh := !f.Azure.Outdated && (f.Azure.Failure == nil || f.Now.Sub(f.Azure.ReadAt) < 5*time.Minute)
	ranges := (p.Sync == model.SyncFull || p.Sync == model.SyncUnstated && len(p.Routed) > 0) &&
		(len(p.Routed) == 0 || model.SameRanges(p.Routed, p.RemoteNow) && model.SameRanges(p.Routed, []model.Prefix{f.Network.CIDR}))
	return f.Azure.Status == model.HalfPresent && fresh && p.State == model.VNetConnected && p.Provisioning == model.ProvisioningSucceeded &&
		ranges && p.AllowAccess == model.Yes && p.WholeVNets != model.No && p.IPv6Only != model.Yes && p.Encryption != model.Yes &&
		f.Azure.Place.Subscription.State.IsEmpty() && f.Azure.Proof >= model.ProofRange
}

// reallyUnknown says for each sentence that stands for a value that nobody knows whether
// there is such a value.
func reallyUnknown(code finding.Code, f *model.PeeringFacts) bool {
	p := f.Azure.Peering
	odd := p.State == "" || p.State == "NewOne"
	switch code {
	case "peering-unknown":
		return f.Peering.State == "" || f.Peering.State == "new-one"
	case "azure-state-unknown", "waiting-half":
		return odd
	case "azure-provisioning-unknown":
		return p.Provisioning == "NewOne"
	case "azure-sync-unknown":
		return p.Sync == "NewOne"
	case "azure-part-unknown":
		return p.Provisioning == "" || p.AllowAccess == model.Unstated || p.Sync == ""
	case "azure-hub-unknown":
		h := f.Azure.Hub.Hub
		return h.Routing == "" || h.Routing == "NewOne" || h.Provisioning == "" || h.Provisioning == "NewOne"
	case "azure-connection-unknown":
		return p.Provisioning == "" || p.Provisioning == "NewOne"
	case "peering-network-unknown":
		return f.Network.State == "" || f.Network.State == "new-one"
	case "waiting-unknown-kind":
		return f.Peering.Kind == "" || f.Peering.Kind == "new-kind"
	default:
		return true
	}
}

// deletes reports whether a next step has somebody delete something.
func deletes(n finding.Next) bool {
	text := strings.ToLower(n.Text)
	for _, not := range []string{"do not delete", "delete neither", "delete nothing", "who deletes", "was deleted"} {
		text = strings.ReplaceAll(text, not, "")
	}
	return strings.Contains(text, "delete") || strings.Contains(n.Command, " delete ")
}

// wrong says what is wrong with a finding for some facts, empty for nothing.
func wrong(v finding.Finding, f *model.PeeringFacts) string {
	// A half that is alone carries nothing; where Konnect has given up, the only way is a new peering.
	alone := f.Azure.Peering.State == model.VNetInitiated && f.Peering.State == model.PeeringError
	living := f.Azure.Status == model.HalfPresent && f.Azure.Peering.State != model.VNetDisconnected && !alone
	vnet := f.Peering.Kind == model.KindAzureVNet && !f.Peering.VNet.IsZero()
	switch {
	case v.Code == "none" || v.Cause == "" || v.Word == "":
		return "there is no verdict"
	case !reallyUnknown(v.Code, f):
		return "a default sentence, although every value is known"
	case (v.Severity == model.SeverityOK) != well(f):
		return fmt.Sprintf("it is called %v, and well: %v", v.Severity, well(f))
	case v.NeedsPerson() && v.Next.Text == "":
		return "it asks for a person and does not say for what"
	case living && deletes(v.Next):
		return "it has a half deleted that lives"
	case !f.Azure.Removable && f.Azure.Status == model.HalfPresent && strings.Contains(v.Next.Command, " delete "):
		return "it has a half deleted that may be another network's"
	case v.Next.Mend != "" && mendsWrongly(v, f):
		return "it offers to mend by " + string(v.Next.Mend) + " what is not proved or not known"
	case strings.Contains(v.Next.Line(), "by itself"):
		return "it promises what a command that ends does not do"
	case vnet && v.NeedsPerson() && !strings.Contains(v.Cause, "vnet-hub") && !strings.Contains(v.Cause, "eu-prod") && !strings.HasPrefix(v.Cause, "Konnect"):
		return "the cause names nothing"
	case f.Peering.State == model.PeeringError && v.Severity != model.SeverityBroken:
		return "an error is less than broken"
	case f.Peering.State == model.PeeringReady && f.Network.State == model.NetworkReady && vnet && f.Azure.Peering.State == model.VNetDisconnected && !f.Azure.Outdated &&
		v.Severity != model.SeverityBroken && f.Azure.Place.Subscription.State.IsEmpty():
		return "a peering over which nothing passes is less than broken"
	default:
		return ""
	}
}

// mendsWrongly: a sequence is offered where what it changes may be in use, or another's, or
// is not known to be as it says.
func mendsWrongly(v finding.Finding, f *model.PeeringFacts) bool {
	h := f.Azure
	here := f.Network.State == model.NetworkReady && f.Peering.Kind == model.KindAzureVNet && !f.Peering.ID.IsEmpty() && h.Failure == nil && !h.Outdated && !h.Place.Subscription.State.EqualFold(safe.New("Disabled"))
	switch v.Next.Mend {
	case finding.MendRemake:
		_, dead := h.Dead()
		return !here || h.Status == model.HalfPresent && !dead && h.Peering.State != model.VNetInitiated || h.Status != model.HalfPresent && h.Status != model.HalfAbsent
	case finding.MendClear:
		_, dead := h.Dead()
		return !here || !dead || f.Peering.State == model.PeeringReady || f.Peering.State == model.PeeringError
	default:
		return !here || h.Status != model.HalfPresent || h.Proof < model.ProofRange || h.Peering.State != model.VNetConnected
	}
}

// Every combination of both halves and the network has a verdict that says what is known
// and no more, and that has nobody delete what may be in use.
func TestTheWholeProductOfStates(t *testing.T) {
	judge, seen, faults := model.NewJudge(), map[finding.Code]bool{}, map[string]int{}
	number, step := 0, stride()
	look := func(f *model.PeeringFacts) {
		if number++; number%step != 0 {
			return
		}
		v := judge.Peering(*f)
		seen[v.Code] = true
		if why := wrong(v, f); why != "" {
			key := string(v.Code) + ": " + why
			if faults[key]++; faults[key] == 1 {
				t.Errorf("%s\nsays %q, next %q\nof network %q, Konnect %q, half %d %+v", key, v.Cause, v.Next.Line(), f.Network.State, f.Peering.State, f.Azure.Status, f.Azure.Peering)
			}
		}
	}
	situations(look)
	hubSituations(look)
	if len(seen) < 60 {
		t.Errorf("only %d codes were met", len(seen))
	}
}

// A network is called well only where it, all its peerings and its resolvers are, and the
// most urgent of them speaks for it.
func TestTheWholeProductOfANetwork(t *testing.T) {
	judge, byCode := model.NewJudge(), map[string]finding.Finding{}
	number, step := 0, stride()
	situations(func(f *model.PeeringFacts) {
		if number++; number%step != 0 {
			return
		}
		v := judge.Peering(*f)
		byCode[string(v.Code)] = v
	})
	d := every()
	read := model.Part{At: now}
	for _, state := range d.networks {
		n := model.NetworkStatus{Network: model.Network{ID: text("n"), Name: text("eu-prod"), State: state, PeeringCount: 1}, PeeringsRead: read, PrivateDNSRead: read}
		n.Own = judge.Network(model.NetworkFacts{Network: n.Network, Now: now})
		for _, resolver := range d.resolvers {
			dns := judgeDNS(judge, model.PrivateDNS{Name: text("corp-dns"), State: resolver})
			n.PrivateDNS = []model.PrivateDNSStatus{dns}
			for _, v := range byCode {
				n.Peerings = []model.PeeringStatus{{Peering: model.Peering{Name: text("hub")}, Finding: v}}
				got := judge.RollUp(n)
				if want := max(n.Own.Severity, v.Severity, dns.Finding.Severity); got.Severity != want {
					t.Fatalf("network %q, resolver %q, peering %s: %v, want %v", state, resolver, v.Code, got.Severity, want)
				}
				if got.NeedsPerson() && got.Next.Text == "" {
					t.Fatalf("network %q, resolver %q, peering %s: no next step", state, resolver, v.Code)
				}
			}
		}
	}
}

// stride is how far apart the situations are that are judged: every one with
// PEERDECK_LONG=1, as in .ci/run.
func stride() int {
	if os.Getenv("PEERDECK_LONG") != "" {
		return 1
	}
	return 7
}

func judgeDNS(j *model.Judge, d model.PrivateDNS) model.PrivateDNSStatus {
	return model.PrivateDNSStatus{PrivateDNS: d, Finding: j.PrivateDNS(model.PrivateDNSFacts{PrivateDNS: d, Now: now})}
}

func texts(list ...string) []safe.Text {
	out := make([]safe.Text, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}
