package program_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	pathsfile "github.com/peerdeck/peerdeck/services/paths/file"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/wiring"
)

// readIn reads the paths of us-prod in a simulated world to which some events have happened.
func readIn(t *testing.T, events string) paths.View {
	t.Helper()
	list, err := sandbox.ParseScenario([]byte("events:\n" + events))
	if err != nil {
		t.Fatal(err)
	}
	world, err := sandbox.New(sandbox.Options{Seed: 1, Events: list})
	if err != nil {
		t.Fatal(err)
	}
	panicked := func(p work.Panic) { t.Errorf("%v: %v\n%s", p, p.Value, p.Stack) }
	server, err := sandbox.Listen(t.Context(), world, "127.0.0.1:0", panicked)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	s, err := toSandbox(world, server)
	if err != nil {
		t.Fatal(err)
	}
	services := wiring.Open(s, "test", false, panicked)
	defer services.Close()
	snapshot := services.Watcher.Collect(t.Context())
	reader := services.Paths(t.Context(), nil, panicked)
	defer reader.Close()
	for _, n := range snapshot.Networks {
		if n.Name.Raw() != "us-prod" {
			continue
		}
		if err := reader.Read(n.ID); err != nil {
			t.Fatal(err)
		}
		for v := range reader.Views() {
			if v.State.Over() {
				return v
			}
		}
	}
	t.Fatal("there is no network us-prod")
	return paths.View{}
}

// What is assumed is judged as it is judged once it has been done: a route, a rule and a
// mapping are assumed of one world and are there in another one.
func TestWhatIsAssumedIsJudgedAsWhatIsSo(t *testing.T) {
	t.Parallel()
	const at = "  - at: 0s\n    subscription: acme-prod\n    vnet: vnet-orders\n    around: "
	rules := func(more string) string {
		return at + "{subnet: snet-sap, rules: [{name: In, priority: 300, access: Allow, from: [10.8.0.0/16], ports: [\"8000\"]}" + more + "]}\n"
	}
	for name, c := range map[string]struct{ before, after, file, turns string }{
		"a route": {
			at + "{subnet: snet-ledger, routes: [{name: away, prefix: 10.8.0.0/16, next_hop: VirtualAppliance, address: 10.9.14.4}, {name: other, prefix: 10.99.0.0/16, next_hop: None}]}\n",
			at + "{subnet: snet-ledger, routes: [{name: other, prefix: 10.99.0.0/16, next_hop: None}]}\n",
			"changes: [{remove: route, table: rt-fw, name: away}]", "ledger-us better",
		},
		"another next hop": {
			at + "{subnet: snet-ledger, routes: [{name: away, prefix: 10.8.0.0/16, next_hop: VirtualAppliance, address: 10.9.14.4}]}\n",
			at + "{subnet: snet-ledger, routes: [{name: away, prefix: 10.8.0.0/16, next_hop: None}]}\n",
			"changes: [{change: route, table: rt-fw, name: away, next_hop: None}]", "ledger-us worse",
		},
		"a rule": {
			rules(""), rules(`, {name: No, priority: 200, access: Deny, from: [10.8.0.68], ports: ["8000-8010"]}`),
			"changes: [{add: rule, group: nsg-sap, name: No, priority: 200, direction: Inbound, access: Deny, from: 10.8.0.68, ports: 8000-8010}]", "sap worse",
		},
		"a mapping": {
			"", "  - {at: 0s, network: us-prod, dns: us-dns, map: {example.com: [10.9.0.4]}}\n",
			"changes: [{add: mapping, domain: example.com, servers: 10.9.0.4}]", "status other",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := pathsfile.Parse([]byte(c.file))
			if err != nil {
				t.Fatal(err)
			}
			is, was := readIn(t, eventsOr(c.after)), readIn(t, eventsOr(c.before))
			r := assume.Judge(was.Facts, p)
			for _, x := range r.Refused {
				t.Fatal(x.Error())
			}
			apart, same := assume.Compare(r.Facts, r.After, is.Facts, is.Report)
			for _, e := range apart {
				t.Errorf("%s %s: assumed %s; so %s", e.Subject, e.Name, e.Before.Line(), e.After.Line())
			}
			if len(same) < 10 {
				t.Errorf("only %d verdicts were compared", len(same))
			}
			var turns []string
			for _, e := range r.Effects {
				turns = append(turns, e.Name+" "+string(e.Turn))
			}
			if !strings.Contains(strings.Join(turns, ", "), c.turns) {
				t.Errorf("turns: %v, want %s", turns, c.turns)
			}
		})
	}
}

// eventsOr is a list of events; none is written as an empty list.
func eventsOr(events string) string {
	if events == "" {
		return "  []\n"
	}
	return events
}
