package program_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// The networks of the world in which things happen.
const (
	stageNetwork = "eu-stage" // with a resolver
	labNetwork   = "uk-lab"   // without a resolver, and without a peering
	oldNetwork   = "us-west"  // whose peering breaks
	oldPeering   = "inventory"
)

func tableNetworks() []string { return []string{stageNetwork, labNetwork} }

// machine is a world with peerdeck in the hands of a person, and with somebody else.
type machine struct {
	*sandboxtest.Property

	root   string
	clock  *sandbox.ManualClock
	world  *sandbox.World
	plain  *konnect.Client // of somebody else
	me     *session
	orders int // of mapping tables, that are under way
	folds  int
	lags   atomic.Bool // readers of the clouds learn late
	// several: the person was told that a network has several resolvers.
	several bool

	mu     sync.Mutex        // between the person and who answers the program
	theirs map[string]string // "network domain" → servers of whoever wrote last, where that is not me
	log    []string
}

// A person and somebody else work for a while, and whatever can go wrong does. Whenever it is
// quiet again, the screens, the journals and the clouds say the same, and what somebody else
// has made is there, unless the person has changed it with open eyes. More than a few worlds
// are tried with -rapid.checks, and in the long tests.
func TestStateMachine(t *testing.T) {
	n := "1"
	if os.Getenv("PEERDECK_LONG") != "" {
		n = "10"
	}
	sandboxtest.Checks(t, n)
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		p := &sandboxtest.Property{TB: t, Of: rt}
		defer p.End()
		m := newMachine(p)
		defer func() {
			if rt.Failed() {
				rt.Logf("what happened:\n%s", m.story())
			}
			m.me.quits()
		}()
		for range rapid.IntRange(3, 16).Draw(rt, "actions") {
			m.act()
			if rt.Failed() {
				return
			}
		}
		m.rest()
	})
}

func newMachine(p *sandboxtest.Property) *machine {
	m := &machine{Property: p, root: p.TempDir(), clock: sandbox.NewManualClock(sandboxtest.Epoch()), theirs: map[string]string{}}
	slow := time.Duration(rapid.SampledFrom([]int{0, 40}).Draw(p.Of, "replication")) * time.Second
	server := sandboxtest.Start(p, sandbox.Options{Clock: m.clock, Replication: slow, RBACDelay: slow})
	m.world = server.World
	m.world.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	sender := transport.New()
	p.Cleanup(sender.Close)
	m.plain = konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(p, server.Konnect), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: sender, Retry: transport.Once()})
	m.starts(m.folder())
	return m
}

// folder is a new one for the state of the program.
func (m *machine) folder() string {
	m.folds++
	dir := filepath.Join(m.root, fmt.Sprint(m.Of != nil, m.folds, m.clock.Now().UnixNano()))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		m.Fatal(err)
	}
	return dir
}

func (m *machine) note(text string, a ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.log = append(m.log, m.clock.Now().Format("15:04:05 ")+fmt.Sprintf(text, a...))
}

// act lets one thing happen, and what comes of it.
func (m *machine) act() {
	type act struct {
		name string
		do   func()
	}
	a := rapid.SampledFrom([]act{ // what stands first comes more often
		{"kill", m.kills},
		{"set-up", m.setsUp},
		{"somebody else, later", m.somebodyLater},
		{"apply", m.applies},
		{"bad luck", m.badLuck},
		{"teardown", m.tearsDown},
		{"merge", m.merges},
		{"somebody else", m.somebody},
		{"mend", m.mends},
		{"restore", m.restores},
		{"edit", m.edits},
		{"undo", m.undoes},
		{"import", m.imports},
		{"look", m.looks},
		{"quit", m.restarts},
		{"wait", func() { m.clock.Advance(time.Minute) }},
	}).Draw(m.Of, "act")
	m.note("— %s", a.name)
	a.do()
	if m.me.air.dead() {
		m.comesBack()
	}
}

func (m *machine) looks() { m.me.refresh() }

func (m *machine) restarts() {
	was := m.staged()
	m.me.quits()
	m.starts(m.me.dir)
	m.kept(was)
}

// comesBack starts peerdeck after it was killed.
func (m *machine) comesBack() {
	was := m.staged()
	m.me.quits()
	m.orders = 0
	m.starts(m.me.air.left)
	m.kept(was)
}

// staged are the edits of all tables: what each domain is to become.
func (m *machine) staged() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, name := range tableNetworks() {
		for _, t := range m.me.network(name).Changed() {
			rows := values(t.Draft().Rows())
			out[name] = map[string]string{}
			for _, c := range t.Draft().Changes() {
				out[name][c.Name()] = rows[c.Name()]
			}
		}
	}
	return out
}

// kept fails where edits of before are not there any more, neither as edits nor in the cloud.
func (m *machine) kept(was map[string]map[string]string) {
	for name, edits := range was {
		for domain, servers := range edits {
			if !slices.ContainsFunc(m.me.network(name).Tables(), func(t *workspace.Table) bool { return values(t.Draft().Rows())[domain] == servers }) {
				m.Errorf("the edit of %s to %q is lost: there is %s", domain, servers, m.shown(m.me.network(name)))
			}
		}
	}
}

func (m *machine) networkName() string {
	return rapid.SampledFrom(tableNetworks()).Draw(m.Of, "network")
}

func (m *machine) domain(network string) string {
	names := []string{"a.corp.internal", "b.corp.internal", "c.corp.internal"}
	if network == stageNetwork {
		names = append(names, "stage.example.org", "db.stage.example.org")
	} else {
		names = append(names, "labs.example.org")
	}
	return rapid.SampledFrom(names).Draw(m.Of, "domain")
}

func (m *machine) server(network string) string {
	net := "10.64.0."
	if network == stageNetwork {
		net = "10.24.0."
	}
	return fmt.Sprint(net, rapid.IntRange(4, 9).Draw(m.Of, "server"))
}

func rowOf(d dnstable.Draft, domain string) dnstable.RowID {
	for _, r := range d.Rows() {
		if r.Domain() == domain {
			return r.ID
		}
	}
	return 0
}

func (m *machine) edits() {
	name := m.networkName()
	t := m.me.table(name)
	if t.Shut() != "" {
		m.note("shut: %s", t.Shut())
		return
	}
	d, domain := t.Draft(), m.domain(name)
	switch id := rowOf(d, domain); {
	case id == 0:
		d, _ = d.Add(0, domain, []string{m.server(name)})
	case rapid.Bool().Draw(m.Of, "remove"):
		d = d.Remove([]dnstable.RowID{id})
	default:
		d = d.Set(id, domain, []string{m.server(name)})
	}
	m.me.do(m.me.network(name).Stage(workspace.Change{Table: t, Draft: d}))
}

// undoes takes edits back, and does some of them again: the table is the same after both.
func (m *machine) undoes() {
	n := m.me.network(m.networkName())
	for range rapid.IntRange(1, 3).Draw(m.Of, "times") {
		if n.CanUndo() == "" {
			return
		}
		before := m.shown(n)
		m.me.do(n.Undo())
		if rapid.Bool().Draw(m.Of, "redo") {
			m.me.do(n.Redo())
			if now := m.shown(n); now != before {
				m.Errorf("undone and done again, %s became %s", before, now)
			}
		}
	}
}

func (*machine) shown(n *workspace.Network) string {
	var out []string
	for _, t := range n.Tables() {
		out = append(out, t.Name()+": "+flat(values(t.Draft().Rows())))
	}
	return strings.Join(out, " / ")
}

func (m *machine) imports() {
	name := m.networkName()
	t := m.me.table(name)
	if t.Shut() != "" {
		return
	}
	var lines []string
	for range rapid.IntRange(1, 3).Draw(m.Of, "lines") {
		domain, server := m.domain(name), m.server(name)
		lines = append(lines, rapid.SampledFrom([]string{domain + " -> " + server, "server=/" + domain + "/" + server, "not a mapping"}).Draw(m.Of, "line"))
	}
	p := dnstable.NewPreview(m.me.writer.Parse(strings.Join(lines, "\n")), t.Order().Rows, rapid.Bool().Draw(m.Of, "replace"))
	m.me.do(m.me.network(name).Stage(workspace.Change{Table: t, Draft: t.Draft().Replace("import", p.Rows)}))
}

func (m *machine) applies() {
	if len(m.staged()) == 0 {
		m.edits()
	}
	for _, name := range tableNetworks() {
		for _, t := range m.me.network(name).Changed() {
			if t.Shut() == "" && !t.Meanwhile() {
				m.me.apply(t)
				return
			}
		}
	}
}

// merges brings the edits together with what others have done, and applies them.
func (m *machine) merges() {
	for _, name := range tableNetworks() {
		for _, t := range m.me.network(name).Changed() {
			if !t.Meanwhile() {
				continue
			}
			merged := t.Merged()
			for i := range merged.Conflicts {
				merged = merged.Choose(i, rapid.SampledFrom([]dnstable.Choice{dnstable.ChooseMine, dnstable.ChooseTheirs}).Draw(m.Of, "choice"))
			}
			m.me.do(t.Merge(merged))
		}
	}
}

// restores stages an earlier table.
func (m *machine) restores() {
	t := m.me.table(m.networkName())
	if t.Shut() != "" {
		return
	}
	load, stop := t.RestorePoints()
	defer stop()
	list, err := load()
	if err != nil {
		m.Errorf("restore points: %v", err)
	}
	if len(list) == 0 {
		return
	}
	p := rapid.SampledFrom(list).Draw(m.Of, "point")
	if p.Problem != "" {
		m.Errorf("a restore point that cannot be read: %s", p.Problem)
	}
	m.me.do(t.StagePoint(p))
}

func (m *machine) request() setup.Request {
	r := setup.Request{
		Network: safe.New(labNetwork), Peering: safe.New("labs"), DNS: rapid.SampledFrom([]setup.DNSMode{setup.DNSNone, setup.DNSResolver}).Draw(m.Of, "mode"),
		VNet: model.VNetRef{
			TenantID: safe.New(m.world.TenantID(sandbox.LabsDomain)), SubscriptionID: safe.New(m.world.SubscriptionID("labs-sandbox")),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-labs"),
		},
	}
	if r.DNS == setup.DNSResolver {
		r.Mappings = []model.DNSMapping{{Domains: safe.Texts(m.domain(labNetwork)), Servers: safe.Texts(m.server(labNetwork))}}
	}
	return r
}

func (m *machine) setsUp() {
	r := m.request()
	m.note("set-up with %v", r.Mappings)
	m.meansOf(r, true)
	m.me.run(m.me.runner.Start(r, setup.Options{}))
}

// meansOf says what a run about a request may take from a table: its own rows; a set-up only
// where they are not there, or as it wants them.
func (m *machine) meansOf(r setup.Request, adds bool) {
	own := map[string]string{}
	for _, g := range r.Mappings {
		for _, d := range g.Domains {
			var servers []string
			for _, s := range g.Servers {
				servers = append(servers, s.Raw())
			}
			own[d.Raw()] = strings.Join(servers, " ")
		}
	}
	m.me.air.means(func(domain, before string) bool { return !adds && own[domain] == before })
}

func (m *machine) tearsDown() {
	list, err := m.me.runner.Earlier(m.Context())
	if err != nil {
		m.Errorf("%v", err)
	}
	for _, l := range list {
		if l.Kind == setup.RunSetup && len(l.Standing()) > 0 {
			m.meansOf(l.Request, false)
			m.me.run(m.me.runner.Teardown(l.ID))
			return
		}
	}
}

func (m *machine) breaks() {
	e := rapid.SampledFrom([]sandbox.Event{
		{Azure: "Disconnected"}, {Azure: "none"}, {Sync: "LocalNotInSync"}, {Half: map[string]any{"allowVirtualNetworkAccess": false}},
	}).Draw(m.Of, "breaks")
	e.Network, e.Peering = oldNetwork, oldPeering
	m.world.Apply(e)
}

// mends breaks a peering and has it mended as the page of the network offers.
func (m *machine) mends() {
	m.breaks()
	m.me.refresh()
	if r, can := m.mendable(); can {
		m.me.run(m.me.runner.Start(r, setup.Options{}))
	}
}

func (m *machine) mendable() (setup.Request, bool) {
	for _, n := range m.me.snapshot.Networks {
		if n.Name.Raw() != oldNetwork {
			continue
		}
		for _, p := range n.Peerings {
			if p.Name.Raw() == oldPeering {
				return setup.MendOf(n.Network, p)
			}
		}
	}
	return setup.Request{}, false
}

// badLuck meets coming requests.
func (m *machine) badLuck() {
	spells := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) spell {
		return spell{
			After: rapid.IntRange(0, 12).Draw(t, "after"), Kind: rapid.SampledFrom(spellKinds()).Draw(t, "kind"),
			Delay: time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds")) * time.Second,
		}
	}), 1, 8).Draw(m.Of, "spells")
	m.me.air.mu.Lock()
	m.me.air.spells = spells
	m.me.air.mu.Unlock()
	lags := rapid.Bool().Draw(m.Of, "lag")
	if m.lags.Store(lags); lags {
		m.world.Apply(sandbox.Event{Lag: &sandbox.Lag{For: 2 * time.Minute, Hides: rapid.SampledFrom([]string{"lists", "reads"}).Draw(m.Of, "hides"), Flapping: rapid.Bool().Draw(m.Of, "flapping")}})
	}
}

// kills lets the program end at one of its next writes.
func (m *machine) kills() {
	a := m.me.air
	a.mu.Lock()
	a.kill, a.dies = rapid.IntRange(1, 4).Draw(m.Of, "write"), rapid.SampledFrom([]string{"before", "after"}).Draw(m.Of, "when")
	a.mu.Unlock()
	switch rapid.SampledFrom([]string{"set-up", "teardown", "apply", "mend"}).Draw(m.Of, "in") {
	case "apply":
		m.applies()
	case "set-up":
		m.setsUp()
	case "teardown":
		m.tearsDown()
	case "mend":
		m.mends()
	}
}

func (m *machine) deed() deed {
	name := m.networkName()
	d := deed{Network: name, Domain: m.domain(name), Quiet: rapid.Bool().Draw(m.Of, "quiet")}
	if rapid.IntRange(0, 3).Draw(m.Of, "drops") > 0 {
		d.Servers = []string{m.server(name), "10.77.0.4"}
	}
	return d
}

func (m *machine) somebody() { m.does(m.deed()) }

func (m *machine) somebodyLater() {
	d, wait := m.deed(), rapid.IntRange(0, 6).Draw(m.Of, "wait")
	m.me.air.mu.Lock()
	m.me.air.theirs, m.me.air.wait = &d, wait
	m.me.air.mu.Unlock()
}

// does lets somebody else change a table, as another program does or quietly. It reports
// whether anything came of it.
func (m *machine) does(d deed) bool {
	id, list := m.world.NetworkID(d.Network), m.resolvers(d.Network)
	table := map[string]string{}
	if len(list) > 0 {
		table = tableOf(list[0])
	}
	if table[d.Domain] == strings.Join(d.Servers, " ") {
		return false
	}
	if delete(table, d.Domain); len(d.Servers) > 0 {
		table[d.Domain] = strings.Join(d.Servers, " ")
	}
	var err error
	switch {
	case len(list) == 0 && (len(d.Servers) == 0 || len(m.world.Resolvers(d.Network)) > 0 || m.lags.Load()):
		return false // of a resolver that lists do not show yet nobody can know, and a second one is made
	case len(list) == 0:
		w := m.plain.CreateResolverWrite(safe.New(id), safe.New("their-dns"), mapped(table))
		_, err = m.plain.CreateResolver(m.Context(), safe.New(id), w)
	case d.Quiet:
		e := sandbox.Event{Network: d.Network, DNS: list[0].Name}
		if e.Drop = []string{d.Domain}; len(d.Servers) > 0 {
			e.Drop, e.Map = nil, map[string][]string{d.Domain: d.Servers}
		}
		m.world.Apply(e)
	default:
		w := m.plain.PatchResolverWrite(safe.New(id), safe.New(list[0].ID), mapped(table), nil)
		_, err = m.plain.PatchResolver(m.Context(), safe.New(id), w)
	}
	if err != nil {
		m.note("somebody else could not give %s to %v in %s: %v", d.Domain, d.Servers, d.Network, err)
		return false
	}
	m.note("somebody else gives %s to %v in %s, quiet %v", d.Domain, d.Servers, d.Network, d.Quiet)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.theirs[id+" "+d.Domain] = strings.Join(d.Servers, " ")
	return true
}

func mapped(table map[string]string) []model.DNSMapping {
	var out []model.DNSMapping
	for _, domain := range slices.Sorted(maps.Keys(table)) {
		out = append(out, model.DNSMapping{Domains: safe.Texts(domain), Servers: safe.Texts(strings.Fields(table[domain])...)})
	}
	return out
}

// owned says that what stands at a domain is mine from now on.
func (m *machine) owned(network, domain string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.theirs, network+" "+domain)
}

// ofTheirs is what somebody else wrote last, and still counts.
func (m *machine) ofTheirs() map[string]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.theirs)
}

// story is what happened.
func (m *machine) story() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.log, "\n")
}
