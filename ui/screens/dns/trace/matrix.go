package trace

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Matrix is the page of all domains of a network at all their servers.
type Matrix struct {
	env     screen.Env
	th      *theme.Theme
	results *Results
	width   int
	height  int

	network safe.Text
	status  *model.NetworkStatus
	matrix  dnstrace.Matrix
	there   bool // there is a matrix to show
	counts  struct{ bad, good, unknown int }
	pending bool // one was asked for, and its first state has not come
	newest  int  // the number of the matrix when it was asked for
	failure *model.Failure

	rows    matrixRows
	table   *widget.Table
	column  int  // the chosen server
	moved   bool // somebody has moved the cursor: it stays where it was put
	bare    bool
	sort    dnstrace.LineOrder
	reverse bool
	filter  *widget.Filter

	marked    place // the cell that another one is held against
	repeat    int   // place in the intervals
	repeating int   // of the tick that counts
	due       time.Time
}

// place is a cell.
type place struct{ domain, from, server safe.Text }

// NewMatrix returns the page. It asks anew when it is opened, unless that goes on.
func NewMatrix(env screen.Env, th *theme.Theme, results *Results, network safe.Text) *Matrix {
	p := &Matrix{env: env, th: th, results: results, network: network, sort: dnstrace.ByWorst, filter: widget.NewFilter("failures", dnstrace.LineKeys())}
	p.rows.p = p
	p.table = widget.NewTable(p.columns())
	p.table.SetRows(&p.rows)
	if m, there := results.Matrix(network); there {
		p.show(m)
	}
	return p
}

// Start asks all servers, unless they are being asked.
func (p *Matrix) Start() tea.Cmd {
	if p.there && !p.matrix.State.Over() {
		return nil
	}
	return p.run()
}

// run asks for a matrix.
func (p *Matrix) run() tea.Cmd {
	p.failure, p.pending, p.newest = nil, true, p.matrix.Number
	r, service := dnstrace.ProbeRequest{Network: p.network, Via: p.matrix.Via}, p.results.service
	return func() tea.Msg {
		if err := service.ProbeAll(r); err != nil {
			failure, _ := model.AsFailure(err)
			return refused{page: p, failure: failure}
		}
		return nil
	}
}

func (p *Matrix) running() bool { return p.pending || p.there && !p.matrix.State.Over() }

// Name is the last step of the path.
func (p *Matrix) Name() string { return "probe all" }

// Theme changes the looks.
func (p *Matrix) Theme(th *theme.Theme) { p.th = th }

// Resize gives the room.
func (p *Matrix) Resize(width, height int) {
	p.width, p.height = width, height
	p.arrange()
}

// Receive takes a snapshot: the name of the network.
func (p *Matrix) Receive(s *model.Snapshot) {
	for _, n := range s.Networks {
		if n.ID == p.network {
			p.status = n
		}
	}
}

// Looking names the network.
func (p *Matrix) Looking() []safe.Text { return []safe.Text{p.network} }

func (p *Matrix) networkName() string {
	if p.status == nil {
		return p.matrix.NetworkName.Or("the network").String()
	}
	return p.status.Name.Or(p.network.String()).String()
}

// Head tells the place from which was asked, how far it is, and how many domains are bad.
func (p *Matrix) Head() screen.Head {
	h := screen.Head{Path: []string{tab, p.networkName(), "probe all"}, Chip: p.filter.Chip()}
	if !p.there {
		return h
	}
	bad, good, unknown := p.counts.bad, p.counts.good, p.counts.unknown
	switch {
	case p.running():
		h.Counts = append(h.Counts, fmt.Sprintf("◐ %d of %d", p.matrix.Done, p.matrix.Total))
	case bad > 0:
		h.Counts = append(h.Counts, fmt.Sprintf("✖ %d bad", bad))
	}
	h.Counts = append(h.Counts, fmt.Sprintf("%d fine", good))
	if p.running() && bad > 0 {
		h.Counts = append(h.Counts, fmt.Sprintf("%d bad", bad))
	}
	if unknown > 0 {
		h.Counts = append(h.Counts, fmt.Sprintf("%d not known", unknown))
	}
	return h
}

// Counting reports whether something changes with the time alone: the countdown of the
// repetition.
func (p *Matrix) Counting() bool { return !p.due.IsZero() && !p.running() }

// show takes how the matrix stands.
func (p *Matrix) show(m dnstrace.Matrix) {
	p.pending = p.pending && m.Number == p.newest // a late state of the one before
	p.matrix, p.there = m, true
	p.counts.bad, p.counts.good, p.counts.unknown = m.Counts()
	p.rebuild()
	if !p.moved {
		p.toWorst()
	}
}

// Update takes how matrices stand, keys while the filter is typed, and the mouse.
func (p *Matrix) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Probed:
		p.results.KeepMatrix(msg.Matrix)
		if msg.Matrix.Network == p.network {
			p.show(msg.Matrix)
			return p.wait()
		}
	case refused:
		if msg.page == screen.Screen(p) {
			p.failure, p.pending = &msg.failure, false
		}
	case saved:
		return p.savedText(msg)
	case repeatDue:
		return p.again(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		p.filterTyped(msg)
	case tea.MouseWheelMsg:
		p.moved = true
		p.table.Move(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		p.click(msg)
	}
	return nil
}

func (p *Matrix) click(msg tea.MouseClickMsg) {
	y := msg.Y - len(p.banner())
	if p.filter.Typing() || y <= 0 || y > p.table.Page() {
		return
	}
	p.moved = true
	if row := p.table.RowAt(y); row >= 0 {
		p.table.MoveTo(row)
	}
	if at := p.serverOf(p.table.ColumnAt(msg.X)); at >= 0 {
		p.column = at
	}
}

// selected is the line of the cursor, nil for none.
func (p *Matrix) selected() *dnstrace.Line {
	if i := p.table.Index(); i < len(p.rows.shown) {
		return &p.matrix.Lines[p.rows.shown[i]]
	}
	return nil
}

// cell is the cell of the cursor; false when the row does not name the server.
func (p *Matrix) cell() (dnstrace.Entry, bool) {
	l := p.selected()
	if l == nil || p.column >= len(l.Cells) || !l.Cells[p.column].Asked {
		return dnstrace.Entry{}, false
	}
	return l.Cells[p.column], true
}
