package paths

import (
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// list is one of the two lists of the screen: the services, or the subnets.
type list interface {
	table() *widget.Table
	filter() *widget.Filter
	// set takes what was read, and shows what passes the filter.
	set(v paths.View)
	// noun is what a row is called.
	noun() string
	// count is how many rows are shown, how many of those need a look, and how many there are.
	count() (shown, troubled, all int)
	// findings are those of a row that is shown, the most urgent first.
	findings(i int) []finding.Finding
	// sortBy sorts by a column, or turns the order round when it is sorted so; false: it
	// cannot be sorted by.
	sortBy(column string) bool
	// nextSort sorts by the next column.
	nextSort()
	// order is how the rows are sorted, where nothing else shows it; the most urgent come
	// first as a rule, which goes without saying.
	order() string
	// arrange gives the columns their widths.
	arrange(width, height int)
}

// list is the one that is shown.
func (s *Screen) list() list {
	if s.ways {
		return &s.subnets
	}
	return &s.services
}

// rebuild lists the rows anew: what was read, filtered or sorted has changed.
func (s *Screen) rebuild() {
	v := s.view()
	s.services.set(v)
	s.subnets.set(v)
	s.arrange()
}

// renew lists what was read. Who looks at the most urgent row goes on looking at the most
// urgent; who has moved away stays with the row.
func (s *Screen) renew() {
	first := []bool{s.services.t.Index() == 0, s.subnets.t.Index() == 0}
	s.rebuild()
	for i, t := range []*widget.Table{s.services.t, s.subnets.t} {
		if first[i] {
			t.MoveTo(0)
		}
	}
}

// refilter shows what passes now.
func (s *Screen) refilter() {
	t := s.list().table()
	selected := t.Selected()
	s.rebuild()
	if t.Selected() != selected {
		t.MoveTo(0) // the filter hides what was selected
	}
}

// resort shows another order from its beginning.
func (s *Screen) resort() {
	s.rebuild()
	s.list().table().MoveTo(0)
}

// sortBy sorts by a column.
func (s *Screen) sortBy(column string) {
	if s.list().sortBy(column) {
		s.resort()
	}
}

func (s *Screen) nextSort() {
	s.list().nextSort()
	s.resort()
}

// nextProblem goes to the next row that needs a look, or to the one before, counted round.
func (s *Screen) nextProblem(by int) {
	l := s.list()
	n, _, _ := l.count()
	for k := 1; k <= n; k++ {
		if i := (l.table().Index() + by*k + n) % n; worst(l.findings(i)).NeedsPerson() {
			l.table().MoveTo(i)
			return
		}
	}
}
