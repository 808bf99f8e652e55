package dns

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
	dnstrace "peerdeck/ui/screens/dns/trace"
)

// tab is the label of the tab.
const tab = "DNS"

// Screen is the tab: the mapping table of one network.
type Screen struct {
	ctx      context.Context //nolint:containedctx // of what the screen asks the service
	env      screen.Env
	th       *theme.Theme
	service  Service
	results  *dnstrace.Results
	width    int
	height   int
	snapshot *model.Snapshot

	chosen safe.Text // the network that is shown
	// followed is the network that was selected elsewhere last, see Follow.
	followed safe.Text
	books    map[safe.Text]*book
	rows     rows
	table    *widget.Table

	sort    string
	reverse bool
	filter  string
	query   model.Query
	problem string // with the filter
	prompt  *widget.Prompt
	before  string // the filter before the prompt was opened

	marked map[safe.Text]bool    // the rows that are selected
	anchor safe.Text             // where a range of rows begins; empty: there is none
	edit   *edit                 // what is being typed; nil: nothing
	apply  *dnstable.Apply       // the write in hand, or the last one
	open   []dnstable.Unfinished // the orders of earlier sessions that are still to be looked at
}

// New returns the screen. Its context ends what it asks of the service; the results keeps
// what was traced and probed.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service, results *dnstrace.Results) *Screen {
	s := &Screen{ctx: ctx, env: env, th: th, service: service, results: results, snapshot: &model.Snapshot{}, books: map[safe.Text]*book{}, sort: colPlace, marked: map[safe.Text]bool{}}
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

// Receive takes a snapshot. Staged edits stay as they are, and so does the row that is
// selected.
func (s *Screen) Receive(snapshot *model.Snapshot) {
	s.snapshot = snapshot
	atTop := false
	for _, n := range snapshot.Networks {
		if b := s.books[n.ID]; b != nil && b.network != n {
			atTop = atTop || n.ID == s.chosen && !b.read() && n.PrivateDNSRead.Read() && s.table.Index() == 0
			b.take(n, s.apply)
			b.offer()
		}
	}
	s.choose()
	s.rebuild()
	if atTop && s.edit == nil {
		s.table.MoveTo(0) // the rows above were not there when it was selected
	}
}

// Start looks for orders of which an earlier session has not seen the end.
func (s *Screen) Start() tea.Cmd {
	return func() tea.Msg {
		list, err := s.service.Unfinished(s.ctx)
		return unfinished{list, err}
	}
}

// Ask asks for the drafts of a network that is shown for the first time.
func (s *Screen) Ask() tea.Cmd {
	b := s.book()
	if b == nil {
		return nil
	}
	if b.asked {
		return s.save()
	}
	b.asked = true
	network := b.network.ID
	return tea.Batch(s.results.Load(network), func() tea.Msg {
		list, notes, err := s.service.Draft(s.ctx, network)
		return draftsRead{network, list, notes, err}
	})
}

// Follow shows the network that was selected on the screen before, once for each time
// that another one is. One that maps nothing is not shown unasked: it is likely the
// first of a list, which nobody has chosen.
func (s *Screen) Follow(network safe.Text) tea.Cmd {
	if network == s.followed || s.edit != nil {
		return nil
	}
	s.followed = network
	if n := s.network(network); n == nil || n.DNSRules() <= 0 {
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
	if n := s.network(s.chosen); n != nil && s.books[n.ID] == nil {
		b := &book{}
		b.take(n, s.apply)
		s.books[n.ID] = b
	}
}

// show changes to another network.
func (s *Screen) show(network safe.Text) tea.Cmd {
	if network != s.chosen {
		s.chosen, s.filter, s.query, s.problem = network, "", model.Query{}, ""
		if s.edit != nil {
			s.abandon()
		}
		s.marked, s.anchor, s.prompt = map[safe.Text]bool{}, safe.Text{}, nil
		s.choose()
		s.rebuild()
		s.table.MoveTo(0)
	}
	return s.Ask()
}

// book is the network that is shown, nil for none.
func (s *Screen) book() *book { return s.books[s.chosen] }

func (s *Screen) network(id safe.Text) *model.NetworkStatus {
	for _, n := range s.snapshot.Networks {
		if n.ID == id {
			return n
		}
	}
	return nil
}

// Looking names the network that is shown.
func (s *Screen) Looking() []safe.Text {
	if s.chosen.IsEmpty() {
		return nil
	}
	return []safe.Text{s.chosen}
}

// Update takes keys while something is typed, the mouse, and the answers of the service.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Mappings:
		return tea.Batch(s.show(msg.Network), screen.Say(screen.GoTo{Tab: tab}))
	case screen.Applied:
		return tea.Batch(s.applied(msg.Apply), announce(msg.Apply))
	case screen.Traced, screen.Probed, dnstrace.Loaded:
		s.looked(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		switch {
		case s.edit != nil:
			return s.typed(msg)
		case s.prompt != nil:
			s.filterTyped(msg)
		}
	case tea.MouseWheelMsg:
		if s.edit == nil {
			s.table.Move(widget.Wheel(msg.Button))
		}
	case tea.MouseClickMsg:
		s.click(msg)
	default:
		return s.answer(msg)
	}
	return nil
}

func (s *Screen) click(msg tea.MouseClickMsg) {
	w, h := s.tableSize()
	y := msg.Y - len(s.banner())
	if s.edit != nil || s.prompt != nil || msg.X >= w || y < 0 || y >= h {
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
