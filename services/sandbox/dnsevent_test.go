package sandbox_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func scenario(t *testing.T, o sandbox.Options, lines ...string) visitor {
	t.Helper()
	events, err := sandbox.ParseScenario([]byte("events:\n  - {" + strings.Join(lines, "}\n  - {") + "}\n"))
	if err != nil {
		t.Fatal(err)
	}
	o.Events = events
	return visitor{t, sandboxtest.Start(t, o)}
}

func TestASecondOperator(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := scenario(t, sandbox.Options{Clock: clock},
		"at: 10s, network: eu-stage, dns: stage-dns, map: {hr.example.org: [10.24.0.7], stage.example.org: [10.24.0.4, 10.24.0.5]}, drop: [pay.stage.example.org, nothing.example.org]",
		"at: 20s, network: eu-stage, dns: stage-dns, state: initializing, drop: [hr.example.org]",
		"at: 30s, network: eu-stage, dns: stage-dns, delete: true",
	)
	one := v.resolverAt("eu-stage")
	v.wants(200, "", "PATCH", one, sandbox.Token, table("stage.example.org: 10.24.0.4", "db.stage.example.org: 10.24.0.4 10.24.0.5", "pay.stage.example.org: 10.24.0.4"))
	clock.Advance(9 * time.Second)
	_, before, _ := v.shown(one)
	clock.Advance(time.Second)
	state, version, got := v.shown(one)
	want := map[string][]string{"hr.example.org": {"10.24.0.7"}, "stage.example.org": {"10.24.0.4", "10.24.0.5"}, "db.stage.example.org": {"10.24.0.4", "10.24.0.5"}}
	if state != "ready" || version != before+1 || !reflect.DeepEqual(got, want) {
		t.Errorf("%s in version %d after %d: %v", state, version, before, got)
	}
	clock.Advance(10 * time.Second)
	if state, version, got = v.shown(one); state != "initializing" || version != before+2 || len(got) != 2 {
		t.Errorf("%s in version %d: %v", state, version, got)
	}
	v.wants(409, "initializing", "PATCH", one, sandbox.Token, table())
	clock.Advance(4 * time.Second)
	if state, _, _ = v.shown(one); state != "ready" {
		t.Errorf("it is %s after its time", state)
	}
	clock.Advance(6 * time.Second)
	v.wants(404, "", "GET", one, sandbox.Token, nil)
}

// A change by somebody else must not keep a resolver from getting ready.
func TestASecondOperatorWhileAResolverIsAtWork(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	one := v.resolverAt("eu-stage")
	v.wants(200, "", "PATCH", one, sandbox.Token, table("a.example.org: 10.24.0.4"))
	v.s.World.Apply(sandbox.Event{Network: "eu-stage", DNS: "stage-dns", Map: map[string][]string{"b.example.org": {"10.24.0.4"}}})
	clock.Advance(5 * time.Second)
	if state, _, got := v.shown(one); state != "ready" || len(got) != 2 {
		t.Errorf("%s: %v", state, got)
	}
}

func TestAnEventBeforeARequest(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := scenario(t, sandbox.Options{Clock: clock},
		`at: 5s, network: eu-stage, dns: stage-dns, before: {service: konnect, method: GET, path: "/private-dns/{dns}"}, map: {qa.example.org: [10.24.0.4]}`,
		`at: 0s, network: us-prod, dns: us-dns, fault: {method: PATCH, path: "/private-dns/{dns}", status: 500, after: true, times: 1}`,
	)
	one := v.resolverAt("eu-stage")
	has := func(want bool) {
		t.Helper()
		if got := v.wants(200, "", "GET", one, sandbox.Token, nil); strings.Contains(got, "qa.example.org") != want {
			t.Errorf("want the change: %t\n%s", want, got)
		}
	}
	has(false) // its time has not come
	clock.Advance(5 * time.Second)
	v.s.World.CatchUp()
	if len(v.s.World.Resolvers("eu-stage")[0].Servers) != 3 {
		t.Error("it has not waited for the request")
	}
	v.wants(200, "", "GET", v.network("eu-stage")+"/private-dns", sandbox.Token, nil)
	v.wants(200, "", "GET", v.resolverAt("us-prod"), sandbox.Token, nil)
	v.wants(401, "", "PATCH", one, "nobody", table())
	if len(v.s.World.Resolvers("eu-stage")[0].Servers) != 3 {
		t.Error("other requests have set it off")
	}
	has(true)
	version := v.s.World.Resolvers("eu-stage")[0].Version
	has(true)
	if got := v.s.World.Resolvers("eu-stage")[0].Version; got != version {
		t.Error("it has happened twice")
	}
	v.wants(500, "", "PATCH", v.resolverAt("us-prod"), sandbox.Token, table("a.example.org: 10.9.0.4"))
	if _, _, got := v.shown(v.resolverAt("us-prod")); len(got) != 1 {
		t.Errorf("it was not applied: %v", got)
	}

	v.s.World.Apply(sandbox.Event{
		Network: "eu-stage", DNS: "stage-dns", Delete: true, Before: &sandbox.Request{Method: http.MethodPatch, Path: "/private-dns/{dns}"},
	})
	has(true)
	v.wants(404, "", "PATCH", one, sandbox.Token, table())
}

func TestAChangeThatShowsLate(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := scenario(t, sandbox.Options{Clock: clock}, "at: 0s, fault: {late: 10s, times: 1}")
	one := v.resolverAt("eu-stage")
	all := strings.TrimSuffix(one, "/"+v.s.World.Resolvers("eu-stage")[0].ID)
	_, before, old := v.shown(one)
	v.wants(200, `"state":"initializing"`, "PATCH", one, sandbox.Token, table("a.example.org: 10.24.0.4"))
	for range 2 {
		if state, version, got := v.shown(one); state != "ready" || version != before || !reflect.DeepEqual(got, old) {
			t.Errorf("%s in version %d: %v", state, version, got)
		}
		if list := v.wants(200, "", "GET", all, sandbox.Token, nil); strings.Contains(list, "a.example.org") {
			t.Errorf("the list shows it: %s", list)
		}
		if d := v.s.World.Resolvers("eu-stage")[0]; len(d.Servers) != 1 || d.Version <= before {
			t.Errorf("it was not changed: %+v", d)
		}
		clock.Advance(5*time.Second - 1)
	}
	clock.Advance(2)
	if state, version, got := v.shown(one); state != "ready" || version != before+2 || len(got) != 1 {
		t.Errorf("%s in version %d: %v", state, version, got)
	}
	v.wants(200, "", "PATCH", one, sandbox.Token, table())
	if _, _, got := v.shown(one); len(got) != 0 {
		t.Error("the second change is late, too")
	}

	// Late and without an answer: what a client cannot tell from nothing.
	clock.Advance(5 * time.Second)
	v.s.World.AddFault(sandbox.Fault{Late: time.Minute, Status: 500, After: true, Times: 1})
	v.wants(500, "", "PATCH", one, sandbox.Token, table("b.example.org: 10.24.0.4"))
	if _, _, got := v.shown(one); len(got) != 0 {
		t.Errorf("it shows: %v", got)
	}
	clock.Advance(time.Minute)
	if _, _, got := v.shown(one); len(got) != 1 {
		t.Errorf("it was not applied: %v", got)
	}

	// A refused change shows nothing late.
	v.s.World.AddFault(sandbox.Fault{Late: time.Minute, Times: 1})
	v.wants(400, "", "PATCH", one, sandbox.Token, "{")
	v.s.World.Apply(sandbox.Event{Network: "eu-stage", DNS: "stage-dns", Drop: []string{"b.example.org"}})
	if _, _, got := v.shown(one); len(got) != 0 {
		t.Errorf("an old map is shown: %v", got)
	}
}

func TestANewerKonnect(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := scenario(t, sandbox.Options{Clock: clock},
		"at: 0s, network: eu-stage, dns: stage-dns, newer: {members: {tier: gold}, config: {mode: strict}, entries: {stage.example.org: {priority: 5}, nobody.example.org: {priority: 1}}}",
	)
	one := v.resolverAt("eu-stage")
	has := func(text string, want ...bool) {
		t.Helper()
		for i, part := range []string{`"tier":"gold"`, `"mode":"strict"`, `"priority":5`} {
			if strings.Contains(text, part) != want[i] {
				t.Errorf("%s: want %t\n%s", part, want[i], text)
			}
		}
	}
	_, version, got := v.shown(one)
	text := v.wants(200, "", "GET", one, sandbox.Token, nil)
	if has(text, true, true, true); version != 2 || len(got) != 3 {
		t.Errorf("version %d, %v", version, got)
	}
	v.s.World.Apply(sandbox.Event{Network: "eu-stage", DNS: "stage-dns", Map: map[string][]string{"stage.example.org": {"10.24.0.9"}}})
	has(v.wants(200, "10.24.0.9", "GET", one, sandbox.Token, nil), true, true, true)

	// All of it back: the configuration's member is one that today's contract refuses.
	var all map[string]any
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	v.wants(400, `config.mode","rule":"unknown_property"`, "PATCH", one, sandbox.Token, all)
	delete(all["private_dns_attachment_config"].(map[string]any), "mode")
	all["tier"] = "silver"
	has(v.wants(200, `"tier":"silver"`, "PATCH", one, sandbox.Token, map[string]any{"tier": "silver"}), false, true, true)
	all["tier"] = "gold"
	has(v.wants(200, "", "PATCH", one, sandbox.Token, all), true, true, true)
	clock.Advance(5 * time.Second)
	// An entry without it has lost it.
	has(v.wants(200, "", "PATCH", one, sandbox.Token, table("stage.example.org: 10.24.0.4")), true, true, false)
	has(v.s.World.ResolverJSON("eu-stage", "stage-dns"), true, true, false)
}

func TestDNSEventsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"{at: 1s, network: eu-prod, map: {a.example.org: [10.0.0.1]}}":                              "give dns",
		"{at: 1s, network: eu-prod, newer: {members: {a: 1}}}":                                      "give dns",
		"{at: 1s, dns: corp-dns, drop: [a.example.org]}":                                            `network ""`,
		"{at: 1s, network: eu-prod, dns: corp-dns, newer: {members: {state: x}}}":                   `"state" is a member`,
		"{at: 1s, network: eu-prod, dns: corp-dns, newer: {config: {kind: x}}}":                     `"kind" is a member`,
		"{at: 1s, network: eu-prod, dns: corp-dns, newer: {entries: {a: {" + inServers + ": x}}}}":  "is a member",
		"{at: 1s, network: eu-prod, dns: corp-dns, newer: {config: {a: .nan}}}":                     "JSON",
		"{at: 1s, every: 1m, network: eu-prod, dns: corp-dns, state: error, before: {method: GET}}": "leave every out",
		"{at: 1s, network: eu-prod, dns: corp-dns, state: error, before: {service: aws}}":           `"aws"; there are konnect`,
		"{at: 1s, network: eu-prod, dns: corp-dns, state: error, before: {verb: GET}}":              "line 1, column",
		"{at: 1s, network: eu-prod, dns: corp-dns, map: {a.example.org: {servers: [10.0.0.1]}}}":    "line 1, column",
	} {
		events, err := sandbox.ParseScenario([]byte("events: [" + text + "]"))
		if err == nil {
			_, err = sandbox.New(sandbox.Options{Events: events})
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want words with %q", text, err, says)
		}
	}
}

const inServers = "remote_dns_server_ip_addresses"

// Every scenario in the manual is one that the sandbox takes.
func TestTheScenariosOfTheManual(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "scenarios.md"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "```yaml\n")[1:]
	if len(blocks) < 4 {
		t.Fatalf("%d scenarios", len(blocks))
	}
	for _, b := range blocks {
		block, _, _ := strings.Cut(b, "```")
		events, err := sandbox.ParseScenario([]byte(block))
		if err != nil || len(events) == 0 {
			t.Errorf("%v\n%s", err, block)
		}
		clock := manual()
		w, err := sandbox.New(sandbox.Options{Clock: clock, Events: events})
		if err != nil {
			t.Fatalf("%v\n%s", err, block)
		}
		clock.Advance(time.Hour)
		w.CatchUp()
	}
	// And every key stands in it.
	for _, of := range []any{
		sandbox.Event{},
		sandbox.Fault{},
		sandbox.Request{},
		sandbox.Newer{},
		sandbox.Move{},
		sandbox.Around{},
		sandbox.AroundRule{},
		sandbox.UserRoute{},
		sandbox.AroundCard{},
		sandbox.AroundSubnet{},
		sandbox.AroundAdminRule{},
		sandbox.AroundBalancer{},
		sandbox.AroundAppGateway{},
		sandbox.Plane{},
		sandbox.PlaneService{},
		sandbox.PlaneUpstream{},
		sandbox.PlaneRequests{},
		sandbox.HubEvent{},
		sandbox.HubTableEvent{},
		sandbox.HubRouteEvent{},
		sandbox.HubConnects{},
	} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(of)) {
			if key := f.Tag.Get("yaml"); key != "" && !strings.Contains(string(text), "`"+key) && !strings.Contains(string(text), key+":") {
				t.Errorf("the manual does not name %s of %T", key, of)
			}
		}
	}
}

func TestPrivateDNSInTheStory(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Story: true, Clock: clock})}
	w, tok := v.s.World, sandbox.Token
	stage, us, prod := v.resolverAt("eu-stage"), v.resolverAt("us-prod"), v.resolverAt("eu-prod")

	// A colleague was at eu-stage, but only once somebody looks closer.
	for range 2 {
		v.wants(200, "stage-dns", "GET", v.network("eu-stage")+"/private-dns", tok, nil)
		v.wants(200, "corp-dns", "GET", prod, tok, nil)
		clock.Advance(20 * time.Second)
	}
	if before := w.Resolvers("eu-stage")[0]; len(before.Servers) != 3 || before.Version != 2 {
		t.Errorf("it was changed before anybody read it: %+v", before)
	}
	for range 2 {
		state, version, got := v.shown(stage)
		want := map[string][]string{
			"stage.example.org": {"10.24.0.4"}, "db.stage.example.org": {"10.24.0.4", "10.24.0.5"},
			"pay.stage.example.org": {"10.24.0.5"}, "qa.stage.example.org": {"10.24.0.4"},
		}
		if state != "ready" || version != 3 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s in version %d: %v", state, version, got)
		}
	}
	v.wants(200, "", "PATCH", stage, tok, table("stage.example.org: 10.24.0.4"))
	if _, _, got := v.shown(stage); len(got) != 1 {
		t.Errorf("the colleague came again: %v", got)
	}

	// In us-prod the first answer is lost, and no other.
	v.wants(500, "Internal Server Error", "PATCH", us, tok, table("us.example.org: 10.9.0.4"))
	if state, _, got := v.shown(us); state != "initializing" || len(got) != 1 {
		t.Errorf("it was not applied: %s, %v", state, got)
	}
	clock.Advance(5 * time.Second)
	v.wants(200, "", "PATCH", us, tok, table("us.example.org: 10.9.0.5"))

	// In eu-prod the work can be watched.
	v.wants(200, `"state":"initializing"`, "PATCH", prod, tok, table("corp.example.org: 10.20.0.4"))
	for _, want := range []string{"initializing", "ready"} {
		if state, _, _ := v.shown(prod); state != want {
			t.Errorf("corp-dns is %s, want %s", state, want)
		}
		clock.Advance(4 * time.Second)
	}
}

// What an operator can meet besides: a table that cannot be changed, and a domain in
// two tables.
func TestTablesOfPeeringsInTheStory(t *testing.T) {
	t.Parallel()
	w, err := sandbox.New(sandbox.Options{Story: true, Clock: manual()})
	if err != nil {
		t.Fatal(err)
	}
	for network, domain := range map[string]string{"eu-prod": "legacy.example.org", "de-core": "ldap.core.example.org"} {
		if p := w.Peerings(network)[0]; len(p.Domains) != 1 || p.Domains[0] != domain {
			t.Errorf("%s of %s maps %v", p.Name, network, p.Domains)
		}
	}
	if _, both := w.Resolvers("de-core")[0].Servers["ldap.core.example.org"]; !both {
		t.Error("no domain is in two tables")
	}
}
