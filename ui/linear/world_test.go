package linear_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
	setupscreen "github.com/peerdeck/peerdeck/ui/screens/setup"
)

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func text(s string) safe.Text { return safe.New(s) }

// network is one that is fine, with its mapping table.
func network(name, cidr string, edits ...func(*model.NetworkStatus)) *model.NetworkStatus {
	n := &model.NetworkStatus{
		Network: model.Network{
			ID: text("id-" + name), Name: text(name), Region: text("northeurope"), CIDR: model.NewPrefix(text(cidr)), State: model.NetworkReady, CreatedAt: noon().AddDate(0, -3, 0),
		},
		Provider: model.ProviderAzure, PeeringsRead: model.Part{At: noon()}, PrivateDNSRead: model.Part{At: noon()}, ReferencesRead: model.Part{At: noon()},
	}
	for _, e := range edits {
		e(n)
	}
	j := model.NewJudge()
	n.PeeringCount = len(n.Peerings)
	n.Own = j.Network(model.NetworkFacts{Network: n.Network, Since: n.Since, Now: noon()})
	for i := range n.Peerings {
		p := &n.Peerings[i]
		p.Finding = j.Peering(model.PeeringFacts{Network: n.Network, Peering: p.Peering, Azure: p.Azure, Since: p.Since, Now: noon()})
	}
	for i := range n.PrivateDNS {
		n.PrivateDNS[i].Finding = j.PrivateDNS(model.PrivateDNSFacts{PrivateDNS: n.PrivateDNS[i].PrivateDNS, Now: noon()})
	}
	n.Finding = j.RollUp(*n)
	return n
}

// peered adds a peering whose half in Azure is in a state.
func peered(name string, state model.VNetPeeringState) func(*model.NetworkStatus) {
	return func(n *model.NetworkStatus) {
		n.Peerings = append(n.Peerings, model.PeeringStatus{
			Since: model.SinceExactly(noon().Add(-26 * time.Minute)),
			Peering: model.Peering{
				ID: text("id-" + name), Name: text(name), Kind: model.KindAzureVNet, State: model.PeeringReady,
				VNet: model.VNetRef{
					TenantID: text("40000000-0000-4000-8000-000000000001"), SubscriptionID: text("50000000-0000-4000-8000-000000000001"), ResourceGroup: text("rg-network"), Name: text("vnet-" + name),
				},
			},
			Azure: model.AzureHalf{
				Status: model.HalfPresent, ReadAt: noon(), Proof: model.ProofRange, Removable: true,
				VNet:    model.VNet{Name: text("vnet-" + name), AddressPrefixes: model.NewPrefixes([]safe.Text{text("10.20.0.0/22")})},
				Peering: model.VNetPeering{Name: text("kong-" + name), State: state, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded, Routed: []model.Prefix{n.CIDR}, RemoteNow: []model.Prefix{n.CIDR}, AllowAccess: model.Yes},
			},
		})
	}
}

// mapped adds an outbound resolver with rows of "domain server server".
func mapped(rows ...model.DNSMapping) func(*model.NetworkStatus) {
	return func(n *model.NetworkStatus) {
		n.PrivateDNS = append(n.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: resolver(n.Name.String()+"-dns", 1, rows...)})
	}
}

func resolver(name string, version int, rows ...model.DNSMapping) model.PrivateDNS {
	return model.PrivateDNS{ID: text("id-" + name), Name: text(name), Kind: model.KindAzureResolver, State: model.PrivateDNSReady, EntityVersion: version, DNS: rows}
}

func row(domain string, servers ...string) model.DNSMapping {
	return model.DNSMapping{Domains: []safe.Text{text(domain)}, Servers: safe.Texts(servers...)}
}

// few is a small organization.
func few() []*model.NetworkStatus {
	return []*model.NetworkStatus{
		network("eu-prod", "10.0.0.0/16", peered("hub", model.VNetConnected), mapped(row("corp.acme.internal", "10.20.0.4", "10.20.0.5"), row("hr.acme.internal", "10.20.0.5"))),
		network("us-prod", "10.8.0.0/16", peered("billing", model.VNetDisconnected)),
		network("uk-lab", "10.60.0.0/16"),
	}
}

// many is a large one.
func many(n int) []*model.NetworkStatus {
	var out []*model.NetworkStatus
	for i := range n {
		out = append(out, network(fmt.Sprintf("net-%02d", i+1), fmt.Sprintf("10.%d.0.0/16", i)))
	}
	return out
}

// world is what a session talks to: it does what a test says, in its order.
type world struct {
	list      []*model.NetworkStatus
	read      int // snapshots so far
	snapshots chan model.Snapshot
	views     chan changes.View
	looks     int
	runs      chan setup.Run
	applies   chan dnstable.Apply
	traces    chan dnstrace.Trace
	probes    chan dnstrace.Matrix
	orders    []dnstable.Order
	commands  []setup.RunCommand
	log       []model.LogLine
	meanwhile []model.DNSMapping // what the next order meets
	saved     []dnstable.Saved
	known     []known.Problem
	started   []setup.Request
}

func newWorld(list []*model.NetworkStatus) *world {
	const room = 20
	w := &world{
		list: list, snapshots: make(chan model.Snapshot, room), views: make(chan changes.View, room), runs: make(chan setup.Run, room), applies: make(chan dnstable.Apply, room),
		traces: make(chan dnstrace.Trace, room), probes: make(chan dnstrace.Matrix, room),
	}
	w.snapshots <- w.snapshot()
	return w
}

func (w *world) snapshot() model.Snapshot {
	w.read++
	s := model.Snapshot{At: noon().Add(time.Duration(w.read) * time.Second), Organization: model.Organization{Name: text("acme-corp")}, Networks: w.list}
	s.Progress = model.Progress{Listed: len(w.list), Total: len(w.list), ListedAll: true}
	return s
}

func (w *world) Snapshots() <-chan model.Snapshot { return w.snapshots }
func (w *world) Changes() <-chan changes.View     { return w.views }
func (w *world) Attend([]safe.Text)               {}
func (w *world) Refresh()                         { w.snapshots <- w.snapshot() }
func (w *world) Look(bool)                        { w.looks++ }

// tables are the mapping tables of a world.
type tables struct {
	workspace.Service

	w *world
}

func (s tables) Unfinished(context.Context) ([]dnstable.Unfinished, error) { return nil, nil }

func (s tables) Draft(context.Context, safe.Text) ([]dnstable.Saved, []string, error) {
	return nil, nil, nil
}

func (s tables) SaveDraft(_ context.Context, d dnstable.Saved) error {
	s.w.saved = append(s.w.saved, d)
	return nil
}

func (s tables) DropDraft(context.Context, dnstable.Target) error { return nil }

func (s tables) Write(dnstable.Order, model.PrivateDNS) model.Write {
	return model.Write{Method: "PATCH", URL: text("https://konnect.example/private-dns")}
}

func (s tables) Apply(o dnstable.Order) error {
	s.w.orders = append(s.w.orders, o)
	a := dnstable.Apply{Number: uint64(len(s.w.orders)), Order: o, State: dnstable.ApplyReading, StartedAt: noon()}
	a.Log = []model.LogLine{{At: noon(), Text: text("the table is read again")}}
	s.w.applies <- a
	a.EndedAt = noon()
	if s.w.meanwhile != nil {
		a.State, a.Theirs, a.Resolver = dnstable.ApplyMeanwhile, dnstable.FromMappings(s.w.meanwhile), resolver("eu-prod-dns", 2, s.w.meanwhile...)
		s.w.meanwhile = nil
	} else {
		a.State, a.Sent, a.Resolver = dnstable.ApplyDone, true, resolver("eu-prod-dns", 3, dnstable.ToMappings(o.Rows)...)
		a.Log = append(a.Log, model.LogLine{At: noon(), Text: text("PATCH https://konnect.example/private-dns")})
	}
	s.w.applies <- a
	return nil
}

// setups are the set-ups of a world.
type setups struct {
	setupscreen.Service

	w *world
}

func (s setups) Earlier(context.Context) ([]setup.RunSummary, error) { return nil, nil }

func (s setups) Subscriptions(context.Context, safe.Text) ([]model.Subscription, error) {
	return []model.Subscription{{ID: text("50000000-0000-4000-8000-000000000001"), Name: text("acme-prod"), TenantID: text("40000000-0000-4000-8000-000000000001"), State: text("Enabled")}}, nil
}

func (s setups) VNets(context.Context, safe.Text, safe.Text) ([]model.VNet, error) {
	return []model.VNet{{
		ID:   text("/subscriptions/50000000-0000-4000-8000-000000000001/resourceGroups/rg-lab/providers/Microsoft.Network/virtualNetworks/vnet-lab"),
		Name: text("vnet-lab"), Location: text("uksouth"), AddressPrefixes: model.NewPrefixes([]safe.Text{text("10.61.0.0/20")}),
	}}, nil
}

func (s setups) Start(r setup.Request, o setup.Options) error {
	s.w.started = append(s.w.started, r)
	run := setup.Run{ID: "run", Kind: setup.RunSetup, Request: r, DryRun: o.DryRun, State: setup.RunFailed, Current: setup.StepAssignment, StartedAt: noon(), Writes: 1}
	if r.Mend != nil {
		s.w.runs <- asksFor(r)
		return nil
	}
	for _, id := range r.Steps() {
		run.Steps = append(run.Steps, setup.Step{ID: id, State: setup.StepPending})
	}
	run.Step(setup.StepPreflight).State = setup.StepDone
	run.Step(setup.StepRole).State = setup.StepDone
	run.Made = []setup.Made{{Step: setup.StepRole, Kind: model.ObjectRole, Name: text("Kong Cloud Gateway Peering Creator")}}
	run.Step(setup.StepAssignment).State = setup.StepFailed
	run.Step(setup.StepAssignment).Failure = &model.Failure{
		Kind: model.FailurePermission, Operation: "assign the role on", Subject: text("vnet-lab"), Cause: text("you may not assign roles there"), Cure: "Ask an Owner of the VNET.",
		Command: "az role assignment create --role x\x1b[31m", Status: 403, Code: text("AuthorizationFailed"), RequestID: text("req-1"),
	}
	s.w.say(setup.StepPreflight, "7 checks \x1b[2J\rwent well")
	s.w.say(setup.StepAssignment, "403 AuthorizationFailed")
	run.Log = uint64(len(s.w.log))
	s.w.runs <- run
	return nil
}

// asksFor is a run that shows what it would send to mend a peering, and asks for its name.
func asksFor(r setup.Request) setup.Run {
	return setup.Run{ID: "run", Kind: setup.RunMend, Request: r, State: setup.RunNeedsPerson, Current: setup.StepMend, StartedAt: noon(), Steps: []setup.Step{{
		ID: setup.StepMend, State: setup.StepPerson, Plan: []model.Write{{Method: "DELETE", URL: text("https://konnect.example/transit-gateways/1"), Makes: "the peering billing is deleted"}},
		Asks: &setup.Ask{Text: "This deletes the peering and makes it anew.", Options: []setup.RunCommandKind{setup.CommandConfirm}, Labels: []string{"begin (the name is typed)"}, Confirm: text("billing")},
	}}}
}

func (w *world) say(step setup.StepID, line string) {
	w.log = append(w.log, model.LogLine{Number: uint64(len(w.log) + 1), At: noon(), Step: string(step), Text: text(line)})
}

func (s setups) Do(c setup.RunCommand) error {
	s.w.commands = append(s.w.commands, c)
	run := setup.Run{ID: "run", Kind: setup.RunSetup, State: setup.RunDone, Current: setup.StepReady, Request: setup.Request{Network: text("uk-lab"), Peering: text("vnet-lab")}, Writes: 2, Steps: []setup.Step{{ID: setup.StepReady, State: setup.StepDone}}}
	if c.Kind == setup.CommandCancel {
		run.State, run.Steps[0].State = setup.RunCancelled, setup.StepCancelled
	}
	s.w.say(setup.StepReady, string(c.Kind))
	run.Log = uint64(len(s.w.log))
	s.w.runs <- run
	return nil
}

func (s setups) Log(after uint64) []model.LogLine { return s.w.log[after:] }

func (s setups) Handoff(setup.Request, string) string { return "# what to do\naz login\n" }

func (s setups) WriteFile(context.Context, string, setup.Request) error { return nil }

// notes keep what somebody knows of: the next snapshot has it.
type notes struct{ w *world }

func (k notes) Add(p known.Problem, _ map[string]safe.Text) error {
	k.w.known = append(k.w.known, p)
	k.w.reread()
	return nil
}

func (k notes) Remove(n *model.NetworkStatus, f model.Found) error {
	k.w.known = slices.DeleteFunc(k.w.known, func(p known.Problem) bool { return p.Covers(n, f) })
	k.w.reread()
	return nil
}

// reread judges the networks anew with what is known, and hands them over.
func (w *world) reread() {
	for i := range w.list {
		n := *w.list[i]
		n.Peerings = slices.Clone(n.Peerings)
		for k := range n.Peerings {
			n.Peerings[k].Finding.Known = nil
		}
		n.Acknowledge(func(f model.Found) *finding.Known {
			if p, is := known.Find(w.known, &n, f, noon()); is {
				return p.Known()
			}
			return nil
		})
		n.Finding = model.NewJudge().RollUp(n)
		w.list[i] = &n
	}
	w.snapshots <- w.snapshot()
}

// tracer answers each trace at once.
type tracer struct{ w *world }

func (t tracer) Trace(r dnstrace.Request) error {
	q := dnstrace.Read(r.Text)
	n := t.w.list[0]
	out := dnstrace.Trace{
		Number: 1, Query: q, Network: n.ID, NetworkName: n.Name, Vantage: "from this machine", State: dnstrace.Running, Doing: "asking 1 server",
		Rules: dnstrace.RulesFor(q.Name, n), Begun: noon(),
	}
	t.w.traces <- out
	out.State, out.Doing, out.Ended = dnstrace.Done, "", noon()
	out.Findings = []finding.Finding{{
		Code: "0201", Severity: finding.Broken, Confidence: finding.Likely, Cause: "10.20.0.5 is silent: \x1b]0;evil\x07 nothing came",
		Next: finding.Next{Text: "Look whether it runs.", Command: "dig @10.20.0.5 hr.acme.internal"}, Missing: []string{"whether port 53 is open"},
	}}
	out.Agreement = dnsverdict.Agreement{Word: "one server"}
	t.w.traces <- out
	return nil
}

// ProbeAll answers at once, too.
func (t tracer) ProbeAll(r dnstrace.ProbeRequest) error {
	m := dnstrace.Matrix{Network: r.Network, NetworkName: t.w.list[0].Name, Vantage: "from this machine", State: dnstrace.Running, Begun: noon(), Total: 1}
	t.w.probes <- m
	m.State, m.Ended, m.Done = dnstrace.Done, noon(), 1
	m.Columns = []dnstrace.Column{{Server: text("10.20.0.5")}}
	m.Lines = []dnstrace.Line{{
		Domain: text("hr.acme.internal"), Agreement: dnsverdict.Agreement{Word: "one server"},
		Cells: []dnstrace.Entry{{Asked: true, Known: true, Cell: dnsverdict.Cell{Word: "TIMEOUT 2/2", Severity: model.SeverityBroken, Text: "nothing came"}}},
	}}
	t.w.probes <- m
	return nil
}

func (tracer) Judge(dnstrace.Request, string) error { return nil }
func (tracer) Cancel()                              {}
func (tracer) Script(dnstrace.Request) (string, error) {
	return "dig @10.20.0.5 hr.acme.internal A\n", nil
}
