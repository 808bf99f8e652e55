package trace

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// tab is the label of the tab that the pages stand above.
const tab = "DNS"

// Trace is the page of one name: the rule that wins, the checks from the table to the
// address, what each server says, and what to do.
type Trace struct {
	env     screen.Env
	th      *theme.Theme
	results *Results
	width   int
	height  int

	network  safe.Text
	status   *model.NetworkStatus // nil: it is not known any more
	snapshot *model.Snapshot
	anywhere bool    // a name of any network is asked for
	meaning  meaning // of what is typed, see meant
	turn     int     // how often another network was aimed at
	number   int     // of the trace that is shown; 0 for none
	trace    dnstrace.Trace
	list     []evidence
	chosen   int  // place of the evidence that was chosen by hand
	byHand   bool // else the first red is shown
	pending  bool // a trace was asked for, and its first state has not come
	newest   int  // the highest number when it was asked for
	failure  *model.Failure
	begin    string // a name that is traced at once; empty: one is asked for
	prompt   *widget.Prompt
	past     int // place in the history while a name is typed; its length for none
	typed    string
	cursor   tea.Cursor
	selected string // the server to choose when the trace has it
}

// NewTrace returns the page. It asks for a name, which stands there already if one is
// given.
func NewTrace(env screen.Env, th *theme.Theme, results *Results, network safe.Text, name string) *Trace {
	p := &Trace{env: env, th: th, results: results, network: network, snapshot: &model.Snapshot{}}
	p.ask(name)
	return p
}

// NewTraceOf returns the page of a name that is traced at once, with one server in view
// where one is given.
func NewTraceOf(env screen.Env, th *theme.Theme, results *Results, network safe.Text, name, server string) *Trace {
	return &Trace{env: env, th: th, results: results, network: network, snapshot: &model.Snapshot{}, begin: name, selected: server}
}

// Start traces the name that was given with a server.
func (p *Trace) Start() tea.Cmd {
	if p.begin == "" {
		return nil
	}
	return p.run(p.begin)
}

// Name is the last step of the path.
func (p *Trace) Name() string { return "trace" }

// Theme changes the looks.
func (p *Trace) Theme(th *theme.Theme) { p.th = th }

// Resize gives the room.
func (p *Trace) Resize(width, height int) { p.width, p.height = width, height }

// Receive takes a snapshot: the rules that a typed name falls under.
func (p *Trace) Receive(s *model.Snapshot) {
	p.snapshot, p.status = s, nil
	for _, n := range s.Networks {
		if n.ID == p.network {
			p.status = n
		}
	}
}

// Looking names the network.
func (p *Trace) Looking() []safe.Text {
	if p.network.IsEmpty() {
		return nil
	}
	return []safe.Text{p.network}
}

// networkName is what the network is called.
func (p *Trace) networkName() string {
	if p.status == nil {
		return p.trace.NetworkName.Or("the network").String()
	}
	return p.status.Name.Or(p.network.String()).String()
}

// Head tells the place from which was asked before anything else.
func (p *Trace) Head() screen.Head {
	h := screen.Head{Path: []string{tab, p.networkName(), "trace"}}
	if p.prompt != nil || p.number == 0 {
		return h
	}
	h.Counts = append(h.Counts, cell.Cut(p.vantage(), max(24, p.width/2)))
	switch t := p.trace; {
	case p.pending:
		h.Counts = append(h.Counts, "begins")
	case t.State == dnstrace.Running:
		h.Counts = append(h.Counts, "◐ running "+phrase.Elapsed(p.env.Now().Sub(t.Begun)))
	case t.State == dnstrace.Cancelled:
		h.Counts = append(h.Counts, "cancelled")
	case t.State == dnstrace.Cut:
		h.Counts = append(h.Counts, "cut short")
	default:
		h.Counts = append(h.Counts, widget.Clock(t.Begun, p.env.Now()))
	}
	return h
}

// vantage is the place from which was asked, or that nothing can be said from there.
func (p *Trace) vantage() string {
	where := vantageText(p.trace.Vantage)
	if p.away() {
		return "not testable " + strings.Replace(where, "from this machine", "from here", 1)
	}
	return where
}

// away reports whether the place has no way to the servers, and none was heard: then
// their silence says nothing.
func (p *Trace) away() bool {
	t := p.trace
	if len(t.Servers) == 0 || !t.State.Over() {
		return false
	}
	for _, s := range t.Servers {
		if way, known := s.Route.Get(); s.Report.Heard() || !s.Report.Asked() || known && way {
			return false
		}
	}
	return true
}

// Counting reports whether a trace runs, whose time is shown.
func (p *Trace) Counting() bool { return p.running() && p.prompt == nil }

func (p *Trace) running() bool {
	return p.pending || p.number != 0 && !p.trace.State.Over() && p.trace.State != ""
}

// evidence is what there is to look at, worked out once for each state of the trace.
func (p *Trace) evidence() []evidence { return p.list }

// at is the place of the evidence that is shown: the chosen one, or the first red.
func (p *Trace) at() int {
	if p.byHand {
		return min(p.chosen, len(p.list)-1)
	}
	return firstRed(p.list)
}

// show puts a trace on the screen.
func (p *Trace) show(t dnstrace.Trace) {
	if t.Number != p.number {
		p.byHand = false
	}
	p.pending = p.pending && t.Number <= p.newest // a late state of the one before
	p.number, p.trace, p.failure = t.Number, t, nil
	p.list = evidenceOf(t)
	if p.selected != "" {
		for i, e := range p.list {
			if e.isServer() && t.Servers[e.server].Report.Server.String() == p.selected {
				p.chosen, p.byHand, p.selected = i, true, ""
				break
			}
		}
	}
}

// run asks for a trace of a text.
func (p *Trace) run(text string) tea.Cmd {
	p.prompt, p.failure, p.pending = nil, nil, true
	p.newest = p.results.newest()
	p.results.remember(text)
	r := dnstrace.Request{Network: p.network, Text: text, Via: p.trace.Via}
	return p.attempt(func() error { return p.results.service.Trace(r) })
}

// attempt asks the service for something. What it refuses is shown on the page.
func (p *Trace) attempt(ask func() error) tea.Cmd {
	return func() tea.Msg {
		if err := ask(); err != nil {
			failure, _ := model.AsFailure(err)
			return refused{page: p, failure: failure}
		}
		return nil
	}
}

// refused is what the service said to a page.
type refused struct {
	page    screen.Screen
	failure model.Failure
}

// Update takes how traces stand, and what is typed.
func (p *Trace) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Traced:
		p.receive(msg.Trace)
	case refused:
		if msg.page == screen.Screen(p) {
			p.failure, p.pending = &msg.failure, false
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if p.prompt != nil {
			return p.typedKey(msg)
		}
	case tea.MouseWheelMsg:
		if p.prompt == nil {
			p.next(widget.Wheel(msg.Button))
		}
	case tea.MouseClickMsg:
		p.click(msg)
	}
	return nil
}

// receive shows a trace that this page asked for, or that it shows already.
func (p *Trace) receive(t dnstrace.Trace) {
	p.results.KeepTrace(t)
	if t.Network == p.network && (t.Number == p.number || p.pending && t.Number > p.newest) {
		p.show(t)
	}
}

// next chooses the evidence so many places on, counted round.
func (p *Trace) next(by int) {
	n := len(p.list)
	if n == 0 {
		return
	}
	at := p.at()
	if at < 0 && by < 0 {
		at = 0
	}
	p.chosen, p.byHand = ((at+by)%n+n)%n, true
}

// View draws the page.
func (p *Trace) View(now time.Time) string {
	var lines []string
	switch {
	case p.prompt != nil:
		lines = p.typingView(now)
	case p.failure != nil:
		lines = p.failureLines()
	case p.number == 0:
		lines = widget.Marked(p.th, model.SeverityWorking, theme.Plain, "It was asked for and begins in a moment.", p.width, 0)
	case p.width >= sideFrom:
		lines = p.wide()
	default:
		lines = p.narrow()
	}
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

func (p *Trace) failureLines() []string {
	lines := widget.Marked(p.th, model.SeverityBroken, theme.Bad, phrase.Capital(p.failure.Error()), p.width, 0)
	lines = append(lines, widget.Arrow(p.th, p.failure.Cure, p.width)...)
	for _, id := range widget.FailureIDs(*p.failure) {
		lines = append(lines, widget.Paragraph(p.th, theme.Muted, id, p.width, 0)...)
	}
	return lines
}
