package verdict_test

import (
	"reflect"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// states are facts of a network with a peering and a resolver, as the judge of the
// snapshot has judged them.
func states(n, p, d finding.Finding) dnsverdict.Facts {
	f := allKnown()
	network, _ := f.Network.Get()
	peering, _ := f.Peering.Get()
	resolver, _ := f.Resolver.Get()
	network.Own, peering.Finding, resolver.Finding = n, p, d
	f.Network, f.Peering, f.Resolver = dnsverdict.Know(network), dnsverdict.Know(peering), dnsverdict.Know(resolver)
	return f
}

// What the clouds say stands among the findings as it is, and what stops everything
// stands first.
func TestTheCloudsSpeakForThemselves(t *testing.T) {
	t.Parallel()
	well := finding.Finding{Code: "well"}
	broken := finding.Finding{Code: "azure-disconnected", Severity: finding.Broken, Cause: "Kong's half was deleted.", Next: finding.Next{Kind: finding.NextCommand, Text: "Delete both.", Command: "az x"}}
	behind := finding.Finding{Code: "azure-local-behind", Severity: finding.Attention, Cause: "The range changed."}
	unread := finding.Finding{Code: "azure-unreadable", Severity: finding.Unknown, Cause: "Cannot tell."}
	refused := caseOf(codes(one, dnsverdict.Refused))
	for about, c := range map[string]struct {
		facts dnsverdict.Facts
		want  []finding.Code
	}{
		"all is well":             {states(well, well, well), []finding.Code{"N07"}},
		"the peering is broken":   {states(well, broken, well), []finding.Code{"azure-disconnected", "N07"}},
		"the peering is behind":   {states(well, behind, well), []finding.Code{"azure-local-behind", "N07"}},
		"Azure cannot be read":    {states(well, unread, well), []finding.Code{"N07", "azure-unreadable"}},
		"the network is troubled": {states(behind, broken, well), []finding.Code{"azure-disconnected", "azure-local-behind", "N07"}},
	} {
		all := dnsverdict.Diagnose(knowing(refused, c.facts))
		var got []finding.Code
		for _, f := range all {
			got = append(got, f.Code)
			if f.Code == broken.Code && !reflect.DeepEqual(f, broken) {
				t.Errorf("%s: %+v is not what the snapshot says", about, f)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", about, got, c.want)
		}
	}
	offline := states(finding.Finding{Code: "network-offline", Cause: "It is not built."}, well, well)
	n, _ := offline.Network.Get()
	n.State = model.NetworkOffline
	offline.Network = dnsverdict.Know(n)
	if all := dnsverdict.Diagnose(knowing(refused, offline)); all[0].Code != "network-offline" {
		t.Errorf("a network that is not ready stops everything: %+v", all)
	}
}

// What Azure's facts say of a server stands there once for all servers of which it is
// said, and no symptom guesses beside it.
func TestAzureExplainsASilentServer(t *testing.T) {
	t.Parallel()
	closed := finding.Finding{Code: "server-port-closed", Severity: finding.Broken, Cause: "Port 53 is denied by a rule.", Next: finding.Next{Kind: finding.NextCommand, Text: "Open it.", Command: "az open"}}
	facts := dnsverdict.Facts{Route: dnsverdict.Know(true), GatewayFails: dnsverdict.Know(true), Peering: ready(), Servers: map[safe.Text]dnsverdict.ServerFacts{
		safe.New(one): {Findings: []finding.Finding{closed}}, safe.New(two): {Findings: []finding.Finding{closed}},
	}}
	udpOnly := gives(one, "10.1.0.9")
	udpOnly.Exchanges[1] = unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent)
	for about, c := range map[string]dnsverdict.Case{
		"all are silent": caseOf(silent(one), silent(two)),
		"one is silent":  caseOf(gives(one, "10.1.0.9"), silent(two)),
		"UDP alone":      caseOf(udpOnly, gives(two, "10.1.0.9")),
	} {
		all := dnsverdict.Diagnose(knowing(c, facts))
		if len(all) != 1 || all[0].Code != closed.Code || !all[0].Next.Same(closed.Next) || len(all[0].Servers) != 2 {
			t.Errorf("%s: %+v", about, all)
		}
	}
	half := facts
	half.Servers = map[safe.Text]dnsverdict.ServerFacts{safe.New(one): {Findings: []finding.Finding{closed}}}
	all := dnsverdict.Diagnose(knowing(caseOf(silent(one), silent(two)), half))
	if f, there := found(all, "N02"); !there || len(f.Servers) != 1 || f.Servers[0].Raw() != two {
		t.Errorf("nothing explains the silence of the other one: %+v", all)
	}
}

// Whether the missing link of a zone matters, the answers say; what it is and what to do,
// Azure's facts.
func TestAZoneThatIsNotLinked(t *testing.T) {
	t.Parallel()
	endpoint := dnsverdict.ServerFacts{Endpoint: dnsverdict.Know(true)}
	for what, c := range map[string]struct {
		it   dnsverdict.Case
		says bool
	}{
		"the endpoint knows no such name":     {caseOf(says(one, beside(reply(dnsverdict.NXDomain)))), true},
		"a public address for a private name": {caseOf(gives(one, "20.50.2.1"), gives(two, "10.1.0.9")), true},
		"the server has the zone itself":      {caseOf(gives(one, "10.1.0.9")), false},
	} {
		facts := about(endpoint)
		facts.Zone = unlinked()
		f, there := found(dnsverdict.Diagnose(knowing(c.it, facts)), "zone-unlinked")
		if there != c.says || there && (f.Next.Command == "" || len(f.Servers) != 1) {
			t.Errorf("%s: %+v", what, f)
		}
	}
}
