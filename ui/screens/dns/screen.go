package dns

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
	dnsreview "github.com/peerdeck/peerdeck/ui/screens/dns/review"
	dnstrace "github.com/peerdeck/peerdeck/ui/screens/dns/trace"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// tab is the label of the tab.
const tab = "DNS"

// Screen is the tab: the mapping table of one network.
type Screen struct {
	ctx      context.Context //nolint:containedctx // of what the screen asks the service
	env      screen.Env
	th       *theme.Theme
	work     *workspace.Workspace
	results  *dnstrace.Results
	width    int
	height   int
	snapshot *model.Snapshot

	chosen safe.Text // the network that is shown
	// followed is the network that was selected elsewhere last, see Follow.
	followed safe.Text
	rows     rows
	table    *widget.Table

	sort    string
	reverse bool
	filter  *widget.Filter

	asked   map[safe.Text]bool // the networks whose results were asked for
	marked  map[safe.Text]bool // the rows that are selected
	anchor  safe.Text          // where a range of rows begins; empty: there is none
	indexed tableIndex
	edit    *edit   // what is being typed; nil: nothing
	wanted  *addRow // a row that is to be begun when its table was read; nil: none
	sought  *sought // a row that is to be found when its table was read; nil: none
}

// New returns the screen. Its context ends what it asks of the service; the results keeps
// what was traced and probed.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service, results *dnstrace.Results) *Screen {
	s := &Screen{ctx: ctx, env: env, th: th, work: workspace.New(ctx, env, service), results: results, snapshot: &model.Snapshot{}, sort: colPlace, filter: newFilter(), asked: map[safe.Text]bool{}, marked: map[safe.Text]bool{}}
	s.rows.s = s
	s.table = widget.NewTable(s.columns())
	s.table.SetRows(&s.rows)
	return s
}

// Name is the label of the tab.
func (s *Screen) Name() string { return tab }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) { s.th = th }

// Resize gives the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.arrange()
}

// Receive shows a snapshot. Staged edits stay as they are, and so does the row that is
// selected.
func (s *Screen) Receive(snapshot *model.Snapshot) {
	s.snapshot = snapshot
	n := s.network()
	unread := n != nil && !n.Read() && s.table.Index() == 0
	s.work.Receive(snapshot)
	s.choose()
	s.rebuild()
	if unread && n.Read() && s.edit == nil {
		s.table.MoveTo(0) // the rows above were not there when it was selected
	}
}

// Start looks for orders of which an earlier session has not seen the end.
func (s *Screen) Start() tea.Cmd { return s.work.Start() }

// Ask asks for the drafts and the results of a network that is shown for the first time.
func (s *Screen) Ask() tea.Cmd {
	n := s.network()
	if n == nil {
		return nil
	}
	if s.asked[s.chosen] {
		return tea.Batch(n.Keep(), s.addWanted(), s.seek())
	}
	s.asked[s.chosen] = true
	return tea.Batch(s.results.Load(s.chosen), n.Keep(), s.addWanted(), s.seek())
}

// Leaving says what would be left when the program ends.
func (s *Screen) Leaving() []string { return s.work.Leaving() }

// Follow shows the network that was selected on the screen before, once for each time that
// another one is.
func (s *Screen) Follow(network safe.Text) tea.Cmd {
	if network == s.followed || s.edit != nil {
		return nil
	}
	s.followed = network
	if s.work.Status(network) == nil {
		return nil
	}
	return s.show(network)
}

// choose picks the network to show, when none is chosen: the first with mappings, else
// the first on Azure, else the first. Those before it must have been read, so that the
// choice is the same every time.
func (s *Screen) choose() {
	if s.chosen.IsEmpty() {
		var best *model.NetworkStatus
		rank := 0
		for _, n := range s.snapshot.Networks {
			r := 1
			if n.Provider == model.ProviderAzure && !n.PrivateDNSRead.Read() && n.PrivateDNSRead.Failure == nil && !s.snapshot.Progress.Complete() {
				break // it may have mappings
			}
			switch {
			case n.DNSRules() > 0 && n.Provider == model.ProviderAzure:
				r = 3
			case n.Provider == model.ProviderAzure:
				r = 2
			}
			if r > rank {
				best, rank = n, r
			}
		}
		// While they are still being read a better one may come.
		if best == nil || (rank < 3 && !s.snapshot.Progress.Complete()) {
			return
		}
		s.chosen = best.ID
	}
	s.work.Open(s.chosen)
}

// show changes to another network.
func (s *Screen) show(network safe.Text) tea.Cmd {
	if network != s.chosen {
		s.chosen, s.filter = network, newFilter()
		if s.edit != nil {
			s.abandon()
		}
		s.marked, s.anchor = map[safe.Text]bool{}, safe.Text{}
		s.choose()
		s.rebuild()
		s.table.MoveTo(0)
	}
	return s.Ask()
}

// network is the one that is shown, nil for none.
func (s *Screen) network() *workspace.Network { return s.work.Network(s.chosen) }

// ChangesOf names the network that is shown, whose changes stand below the table.
func (s *Screen) ChangesOf() safe.Text { return s.chosen }

// Looking names the network that is shown.
func (s *Screen) Looking() []safe.Text {
	if s.chosen.IsEmpty() {
		return nil
	}
	return []safe.Text{s.chosen}
}

// Update handles keys while something is typed, the mouse, and what the services say.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Mappings:
		return s.openFor(msg)
	case screen.Trace:
		page := dnstrace.NewTraceOf(s.env, s.th, s.results, s.networkOf(msg), msg.Name.String(), "")
		return screen.Say(screen.GoTo{Tab: tab, Own: true, Page: page})
	case screen.Applied:
		return tea.Batch(s.hear(msg), announce(msg.Apply))
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.edit != nil {
			return s.typed(msg)
		}
		s.filterTyped(msg)
	case tea.MouseWheelMsg:
		if s.edit == nil {
			s.table.Move(widget.Wheel(msg.Button))
		}
	case tea.MouseClickMsg:
		s.click(msg)
	default:
		return s.hear(msg)
	}
	return nil
}

// hear handles what the services say and what pages ask for, in the one place for it. The
// pages behind the table are drawn after it.
func (s *Screen) hear(msg tea.Msg) tea.Cmd {
	s.looked(msg)
	switch msg := msg.(type) {
	case imported:
		return s.openImport(msg)
	case addRow:
		return s.addFor(msg)
	case sought:
		s.sought = &msg
		return s.seek()
	case moveRows:
		return s.moveRows(msg)
	case chosen:
		return s.choseRows(msg)
	case dnsreview.Show:
		s.goTo(msg)
		return nil
	}
	cmd, changed := s.work.Update(msg)
	if changed {
		s.rebuild()
		cmd = tea.Batch(cmd, s.addWanted(), s.seek())
	}
	return cmd
}

func (s *Screen) click(msg tea.MouseClickMsg) {
	w, h := s.tableSize()
	y := msg.Y - len(s.banner())
	if s.edit != nil || s.filter.Typing() || msg.X >= w || y < 0 || y >= h {
		return
	}
	if y == 0 {
		if column := s.table.ColumnAt(msg.X); column != "" {
			s.sortBy(column)
		}
		return
	}
	if row := s.table.RowAt(y); row >= 0 {
		s.table.MoveTo(row)
	}
}

// View draws the notices, the table and what there is to say of the selected row.
func (s *Screen) View(now time.Time) string {
	lines := s.blank(now)
	if lines == nil {
		lines = s.tableView()
	}
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}
