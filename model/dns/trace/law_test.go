package trace_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// situation is a network as a watcher hands it out: each object with its finding.
func situation(state model.NetworkState, peering model.PeeringState, half model.AzureHalf, resolver model.PrivateDNS) *model.NetworkStatus {
	judge, n := model.NewJudge(), network()
	n.State = state
	n.Own = judge.Network(model.NetworkFacts{Network: n.Network, Now: noon()})
	p := &n.Peerings[0]
	p.State, p.Azure.Status, p.Azure.Peering, p.Azure.Failure = peering, half.Status, half.Peering, half.Failure
	p.Finding = judge.Peering(model.PeeringFacts{Network: n.Network, Peering: p.Peering, Azure: p.Azure, Since: model.SinceExactly(noon().Add(-20 * time.Minute)), Now: noon()})
	d := &n.PrivateDNS[0]
	resolver.ID, resolver.Name, resolver.Kind, resolver.DNS = d.ID, d.Name, d.Kind, append(resolver.DNS, d.DNS...)
	d.PrivateDNS = resolver
	d.Finding = judge.PrivateDNS(model.PrivateDNSFacts{PrivateDNS: resolver, Now: noon()})
	return n
}

// halves are the states of Azure's half that there can be.
func halves() []model.AzureHalf {
	unreadable := &model.Failure{Kind: model.FailurePermission, Cause: safe.New("you may not read it"), Cure: "Ask for the role Reader."}
	out := []model.AzureHalf{
		{Status: model.HalfUnread},
		{Status: model.HalfNoVNet},
		{Status: model.HalfAbsent},
		{Status: model.HalfUnreadable, Failure: unreadable},
		{Status: model.HalfUnreadable, Failure: &model.Failure{Kind: model.FailureAuth, Cause: safe.New("signed out")}},
	}
	for _, state := range []model.VNetPeeringState{model.VNetConnected, model.VNetInitiated, model.VNetDisconnected, "Dreaming"} {
		for _, sync := range []model.SyncLevel{model.SyncFull, model.SyncLocalBehind, model.SyncRemoteBehind, model.SyncBothBehind, model.SyncUnstated, "Dreaming"} {
			for _, written := range []model.ProvisioningState{model.ProvisioningSucceeded, model.ProvisioningUpdating, model.ProvisioningFailed, model.ProvisioningDeleting} {
				out = append(out, model.AzureHalf{Status: model.HalfPresent, Proof: model.ProofRange, Peering: model.VNetPeering{Name: safe.New("to-kong"), State: state, Sync: sync, Provisioning: written}})
			}
		}
	}
	return out
}

// A trace has the findings of the network, the peering and the resolver as status shows
// them, whatever the clouds say, and nothing else about them.
func TestATraceSaysOfTheCloudsWhatStatusSays(t *testing.T) {
	t.Parallel()
	peerings := []model.PeeringState{
		model.PeeringCreated, model.PeeringInitializing, model.PeeringPendingAcceptance, model.PeeringPendingUserAction, model.PeeringReady,
		model.PeeringTerminating, model.PeeringError, "dreaming",
	}
	resolvers := []model.PrivateDNS{
		{State: model.PrivateDNSReady},
		{State: model.PrivateDNSError, Reason: safe.New("quota")},
		{State: model.PrivateDNSInitializing},
		{State: "dreaming"},
		{State: model.PrivateDNSError, DNS: []model.DNSMapping{mapping("corp.example.org", "168.63.129.16")}},
	}
	seen := map[finding.Code]bool{}
	for _, network := range []model.NetworkState{model.NetworkReady, model.NetworkInitializing, model.NetworkOffline, model.NetworkTerminating, "dreaming"} {
		for _, peering := range peerings {
			for i, half := range halves() {
				n := situation(network, peering, half, resolvers[i%len(resolvers)])
				for _, code := range sameAsStatus(t, n) {
					seen[code] = true
				}
			}
		}
	}
	for _, code := range []finding.Code{"azure-initiated", "azure-disconnected", "azure-absent", "waiting-initiated", "dns-error", "dns-error-target", "network-offline"} {
		if !seen[code] {
			t.Errorf("%s was not met", code)
		}
	}
}

// sameAsStatus compares the trace of a network with what status shows, and returns the
// codes that are shown.
func sameAsStatus(t *testing.T, n *model.NetworkStatus) []finding.Code {
	t.Helper()
	tr := traced(n, dnsverdict.Know(true), says("10.20.0.5", dnsverdict.NoError), says("10.20.0.6", dnsverdict.NoError)).Judged()
	var codes []finding.Code
	for _, f := range tr.Findings {
		if !strings.HasPrefix(string(f.Code), "N") && !strings.HasPrefix(string(f.Code), "trace-") {
			codes = append(codes, f.Code)
		}
	}
	for _, o := range []struct {
		own   finding.Finding
		ready bool
	}{
		{n.Own, n.State == model.NetworkReady},
		{n.Peerings[0].Finding, n.Peerings[0].State == model.PeeringReady},
		{n.PrivateDNS[0].Finding, true},
	} {
		at := slices.IndexFunc(tr.Findings, func(f finding.Finding) bool { return f.Code == o.own.Code })
		switch {
		case o.own.Severity == finding.OK && o.ready:
			if at >= 0 {
				t.Errorf("what is well is no finding: %+v", tr.Findings[at])
			}
			continue
		case at < 0:
			t.Errorf("%s is missing:\n%s", o.own.Code, tr.Text())
		case !reflect.DeepEqual(tr.Findings[at], o.own):
			t.Errorf("the trace has\n%+v\nand status\n%+v", tr.Findings[at], o.own)
		}
		codes = slices.DeleteFunc(codes, func(c finding.Code) bool { return c == o.own.Code })
	}
	if len(codes) > 0 {
		t.Errorf("the trace has something of its own: %v\n%s", codes, tr.Text())
	}
	out := []finding.Code{n.Own.Code, n.Peerings[0].Finding.Code, n.PrivateDNS[0].Finding.Code}
	for _, r := range slices.Concat(tr.Konnect, tr.Azure) {
		if r.State == dnsverdict.RungFailed && r.Code != "" && !slices.Contains(out, r.Code) {
			t.Errorf("the check %s leads to %s, which nobody gives", r.Check, r.Code)
		}
	}
	return out
}

// A half that only Azure has: its cause and its cure were two in status and in a trace.
func TestAHalfThatIsInitiatedHasOneCure(t *testing.T) {
	t.Parallel()
	half := model.AzureHalf{Status: model.HalfPresent, Proof: model.ProofRange, Peering: model.VNetPeering{Name: safe.New("to-kong"), State: model.VNetInitiated}}
	for _, state := range []model.PeeringState{model.PeeringReady, model.PeeringPendingUserAction} {
		n := situation(model.NetworkReady, state, half, model.PrivateDNS{State: model.PrivateDNSReady})
		tr := traced(n, dnsverdict.Know(true), says("10.20.0.5", dnsverdict.NoError)).Judged()
		if first := tr.Findings[0]; !reflect.DeepEqual(first, n.Peerings[0].Finding) || strings.Contains(first.Next.Text, "elete the peering") {
			t.Errorf("%s: %+v", state, first)
		}
		if text := tr.Text(); !strings.Contains(text, "["+string(n.Peerings[0].Finding.Code)+"]") || strings.Contains(text, "elete the peering") {
			t.Errorf("%s", text)
		}
	}
}
