package networks

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/changepane"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Page shows one network: its peerings in a list, both halves of the selected
// one, what the network is, and the time line.
type Page struct {
	env      screen.Env
	th       *theme.Theme
	id       safe.Text
	name     string // kept, for when the network is gone
	peering  safe.Text
	snapshot *model.Snapshot
	network  *model.NetworkStatus
	width    int
	height   int
	changes  *changepane.Pane
	view     changes.View // the time line
	aside    bool         // narrow: what the network is stands where the peering was
}

// NewPage returns the page of a network.
func NewPage(env screen.Env, th *theme.Theme, id safe.Text) *Page {
	p := &Page{env: env, th: th, id: id, snapshot: &model.Snapshot{}, changes: changepane.New(th)}
	p.changes.Only(id)
	return p
}

// Name is the last step of the path.
func (p *Page) Name() string { return p.name }

// Theme changes the looks.
func (p *Page) Theme(th *theme.Theme) {
	p.th = th
	p.changes.Theme(th)
}

// Resize gives the room.
func (p *Page) Resize(width, height int) { p.width, p.height = width, height }

// Receive takes a snapshot.
func (p *Page) Receive(s *model.Snapshot) {
	p.snapshot, p.network = s, nil
	for _, n := range s.Networks {
		if n.ID == p.id {
			p.network, p.name = n, nameOf(n.Name)
			return
		}
	}
}

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	h := screen.Head{Path: []string{"Networks", p.name}}
	if n := p.network; n != nil {
		h.Counts = []string{phrase.Count(len(n.Peerings), "peering")}
		if !n.PeeringsRead.At.IsZero() {
			h.Counts = append(h.Counts, "read "+phrase.Age(n.PeeringsRead.At, p.env.Now()))
		}
	}
	return h
}

// Typing is never so here.
func (p *Page) Typing() (bool, *tea.Cursor) { return false, nil }

// Looking names this network.
func (p *Page) Looking() []safe.Text { return []safe.Text{p.id} }

// Update takes the mouse.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Changes:
		p.view = msg.View
		p.changes.Receive(msg.View)
	case tea.MouseWheelMsg:
		p.move(widget.Wheel(msg.Button) / 3)
	case tea.MouseClickMsg:
		if p.network != nil && msg.Y >= p.listTop() && msg.Y < p.listTop()+len(p.network.Peerings) {
			p.peering = p.network.Peerings[msg.Y-p.listTop()].ID
		}
	}
	return nil
}

// listTop is the line of the first peering of the list.
func (p *Page) listTop() int { return len(p.verdict(p.width)) + 2 }

func (p *Page) move(by int) {
	if p.network == nil || len(p.network.Peerings) == 0 {
		return
	}
	_, i := pickPeering(p.network, p.peering)
	to := max(0, min(i+by, len(p.network.Peerings)-1))
	p.peering = p.network.Peerings[to].ID
}

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	gone := func() string {
		if p.network == nil {
			return "this network is gone"
		}
		return ""
	}
	list := []action.Action{
		{ID: "page.back", Name: "back", Keys: []string{"esc", "q"}, Group: groupMove, Footer: 1, Help: "Back to the list.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
		{ID: "page.down", Name: "down", Keys: []string{"j", "down"}, Group: groupMove, Help: "Next peering.", Run: do(func() { p.move(1) })},
		{ID: "page.up", Name: "up", Keys: []string{"k", "up"}, Group: groupMove, Help: "Peering before.", Run: do(func() { p.move(-1) })},
		{ID: "page.aside", Name: "time line", Keys: []string{"v"}, Group: groupThis, Footer: 2, Help: "Show the network, its DNS and its time line instead of the peering, or the peering again.", Run: do(func() { p.aside = !p.aside }), Why: func() string {
			if p.width >= sideFrom {
				return "it is on the screen already"
			}
			return ""
		}},
	}
	return append(list, peeringActions(p.about, gone)...)
}

func (p *Page) about() subject {
	if p.network == nil {
		return subject{th: p.th, choose: func(int) {}}
	}
	shown, i := pickPeering(p.network, p.peering)
	return subject{th: p.th, readOnly: p.env.ReadOnly, at: p.snapshot.At, snapshot: p.snapshot, known: p.env.Known, view: p.view, network: p.network, peering: shown, number: i, choose: func(by int) { p.peering = step(p.network, i, by) }}
}

// View draws the page; on a wide screen what the network is and the time line
// stand beside the peerings.
func (p *Page) View(now time.Time) string {
	if p.network == nil {
		return p.goneText()
	}
	width, side := p.width, 0
	if p.width >= sideFrom {
		side = p.width * 42 / 100
		width = p.width - side - 2
	}
	lines := p.verdict(width)
	lines = append(lines, "")
	lines = append(lines, p.list(width)...)
	lines = append(lines, widget.Rule(p.th, width))
	switch {
	case side > 0:
		lines = append(lines, p.peeringPart(now, width, p.height-len(lines))...)
		lines = widget.Beside(p.th, widget.Fill(lines, p.height), p.networkPart(now, side, p.height), width)
	case p.aside:
		lines = append(lines, p.networkPart(now, width, p.height-len(lines))...)
	default:
		lines = append(lines, p.peeringPart(now, width, p.height-len(lines))...)
		if room := p.height - len(lines); room > 8 {
			lines = append(lines, "")
			lines = append(lines, p.networkPart(now, width, room-1)...)
		}
	}
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

func (p *Page) goneText() string {
	text := "This network is no longer in Konnect. esc goes back to the list."
	return "\n" + cell.NewLine(p.th, p.width).Space(3).Put(theme.Warn, "▲ ").Put(theme.Plain, text).String()
}

// verdict is the network's own line, and its next step where a peering has none
// to say.
func (p *Page) verdict(width int) []string {
	n := p.network
	v := n.Finding
	shown, _ := pickPeering(n, p.peering)
	sentence := v.Cause
	if shown != nil && shown.Finding.Code == v.Code {
		sentence = n.PeeringWords() // the sentence stands with the peering, below
	}
	var lines []string
	for i, part := range cell.Wrap(sentence, width-4, 2) {
		l := cell.NewLine(p.th, width).Space(1)
		if i == 0 {
			l.Put(theme.Of(v.Severity), theme.Symbol(v.Severity))
		}
		lines = append(lines, l.To(3).Put(theme.Plain, part).String())
	}
	if shown == nil || shown.Finding.Severity < v.Severity {
		lines = append(lines, widget.NextLines(p.th, v.Next, nextKeys(), width, 2)...)
	}
	return lines
}

// list draws the peerings of the network as a table.
func (p *Page) list(width int) []string {
	n := p.network
	head := cell.NewLine(p.th, width)
	name, state := columnsOf(width)
	head.Space(3).Put(theme.Muted, cell.Fit("PEERING", name)).Space(1).Put(theme.Muted, cell.Fit("KONNECT", state)).Space(1).Put(theme.Muted, "AZURE")
	lines := []string{head.String()}
	if len(n.Peerings) == 0 {
		text := "none"
		if f := n.PeeringsRead.Failure; f != nil {
			text = "cannot be read: " + f.Cause.String()
		}
		return append(lines, cell.NewLine(p.th, width).Space(3).Put(theme.Muted, text).String())
	}
	_, chosen := pickPeering(n, p.peering)
	for i := range n.Peerings {
		q := &n.Peerings[i]
		l := cell.NewLine(p.th, width)
		tone := theme.Plain
		if i == chosen {
			l.Select()
			tone = theme.Accent
		}
		_, azure := q.Azure.Summary()
		if q.Azure.Status == model.HalfNotApplicable && q.Kind.Cloud() != model.ProviderAzure {
			azure = q.Kind.Label()
		}
		l.To(1).Put(theme.Of(q.Finding.Severity), theme.Symbol(q.Finding.Severity)+" ")
		l.Put(tone, cell.Fit(nameOf(q.Name), name)).Space(1).Put(theme.Plain, cell.Fit(string(q.State), state)).Space(1).Put(theme.Muted, azure)
		lines = append(lines, l.String())
	}
	return lines
}

func columnsOf(width int) (name, state int) {
	return max(14, width*30/100), max(14, width*28/100)
}

func (p *Page) peeringPart(now time.Time, width, height int) []string {
	shown, i := pickPeering(p.network, p.peering)
	if shown == nil || height <= 0 {
		return nil
	}
	view := widget.PeeringView{Network: p.network, Peering: shown, Number: i + 1, Of: len(p.network.Peerings), Keys: nextKeys(), Now: now}
	lines := widget.PeeringHead(p.th, view, width, height)
	lines = put(p.th, lines, []section{halfSection(p.th, shown, width)}, width, height)
	return lines[:min(len(lines), height)]
}

// networkPart draws what the network is, its DNS and its time line.
func (p *Page) networkPart(now time.Time, width, height int) []string {
	n := p.network
	first := networkSection(p.th, n, now, width)
	lines := append([]string{widget.Section(p.th, first.title, width)}, first.lines...)
	const kept = 5 // lines for the newest changes
	lines = put(p.th, lines, []section{
		dnsSection(p.th, n, now, width), {"PATHS", pathFindings(p.th, n, width)}, {"DNS MAPPINGS", mappingLines(p.th, n, width)},
	}, width, max(len(lines), height-kept))
	if room := height - len(lines) - 1; room > 1 {
		p.changes.Resize(width, room)
		lines = append(append(lines, ""), p.changes.Lines(now)...)
	}
	return lines[:min(len(lines), height)]
}

// dnsFindings draws what is wrong with the resolvers and the mapping tables, but for the
// finding that speaks for the whole network and stands at the top of the page.
func dnsFindings(th *theme.Theme, n *model.NetworkStatus, width int) []string {
	var lines []string
	for i := range n.PrivateDNS {
		if f := n.PrivateDNS[i].Finding; !saidAbove(n, f.Cause) {
			lines = append(lines, besideLines(th, f, nameOf(n.PrivateDNS[i].Name)+": "+f.Cause, width)...)
		}
	}
	for i := range n.Mappings {
		if f := n.Mappings[i].Finding; !saidAbove(n, f.Cause) {
			lines = append(lines, besideLines(th, f, f.Cause, width)...)
		}
	}
	return lines
}

// saidAbove reports whether a cause is the one that speaks for the whole network, which
// stands at the top; there it may begin with the name of what it is of.
func saidAbove(n *model.NetworkStatus, cause string) bool {
	return n.Finding.Cause == cause || strings.HasSuffix(n.Finding.Cause, ": "+cause)
}

// pathFindings draws what is wrong with the paths, but for the finding that speaks for the
// whole network.
func pathFindings(th *theme.Theme, n *model.NetworkStatus, width int) []string {
	var lines []string
	for i := range n.Paths {
		if f := n.Paths[i].Finding; !saidAbove(n, f.Cause) {
			lines = append(lines, besideLines(th, f, f.Cause, width)...)
		}
	}
	return lines
}

// besideLines draws a finding of what stands beside the peerings, where somebody should
// look.
func besideLines(th *theme.Theme, f finding.Finding, cause string, width int) []string {
	const most = 3 // lines of a sentence
	if !f.NeedsPerson() {
		return nil
	}
	var lines []string
	for i, part := range cell.Wrap(cause, width-5, most) {
		l := cell.NewLine(th, width)
		if i == 0 {
			l.Space(3).Put(theme.OfFinding(f), theme.SymbolOf(f))
		}
		lines = append(lines, l.To(5).Put(theme.Plain, part).String())
	}
	return lines
}

// mappingLines draws the DNS mappings of the peerings and of the resolvers, in
// three columns: domains, servers, and where they come from.
func mappingLines(th *theme.Theme, n *model.NetworkStatus, width int) []string {
	var rows [][3]string
	var widths [2]int
	add := func(m model.DNSMapping, from string) {
		row := [3]string{phrase.List(m.Domains), phrase.List(m.Servers), from}
		rows = append(rows, row)
		for i := range widths {
			widths[i] = max(widths[i], cell.Width(row[i]))
		}
	}
	for i := range n.Peerings {
		for _, m := range n.Peerings[i].DNS {
			add(m, "peering "+nameOf(n.Peerings[i].Name))
		}
	}
	for i := range n.PrivateDNS {
		for _, m := range n.PrivateDNS[i].DNS {
			add(m, nameOf(n.PrivateDNS[i].Name))
		}
	}
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		l := cell.NewLine(th, width)
		l.Space(3).Put(theme.Plain, cell.Fit(row[0], min(widths[0], width*45/100))).Space(2)
		l.Put(theme.Plain, cell.Fit(row[1], min(widths[1], width*30/100))).Space(2).Put(theme.Muted, row[2])
		lines = append(lines, l.String())
	}
	return lines
}
