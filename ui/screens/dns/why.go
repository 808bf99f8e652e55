package dns

import dnstable "github.com/peerdeck/peerdeck/model/dns/table"

// Why an action is not possible now: a reason each, empty when it is.

// noBegin is for editing a row in its place. A fixed row explains itself.
func (s *Screen) noBegin() string {
	l := s.selected()
	switch {
	case l == nil:
		return "no row is selected"
	case !l.mine():
		return ""
	default:
		return s.noRow()
	}
}

// noRow is for what is done with the row of the cursor.
func (s *Screen) noRow() string {
	l := s.selected()
	switch {
	case l == nil:
		return "no row is selected"
	case !l.mine():
		return l.why
	case s.shut() != "":
		return s.shut()
	case l.table.Closed() != "":
		return l.table.Closed()
	case l.gone():
		return "the row is staged to be removed; b takes that back"
	default:
		return ""
	}
}

// noAdd is for new rows.
func (s *Screen) noAdd() string {
	if why := s.shut(); why != "" {
		return why
	}
	if l := s.selected(); l != nil && l.mine() {
		return l.table.Closed()
	}
	if n := s.network(); len(n.Tables()) > 0 && len(n.OpenTables()) == 0 {
		return n.Tables()[0].Closed()
	}
	return ""
}

// noRows is for what is done with the selection.
func (s *Screen) noRows() string { return s.noneOf(here) }

// noneOf is for what is done with those of the selection that pass.
func (s *Screen) noneOf(pass func(*line) bool) string {
	if why := s.shut(); why != "" {
		return why
	}
	chosen := s.mine(pass)
	if len(chosen) == 0 {
		if l := s.selected(); l != nil && !l.mine() {
			return l.why
		}
		return "no row is selected that this can be done with"
	}
	for _, c := range chosen {
		if why := c.table.Closed(); why != "" {
			return why
		}
	}
	return ""
}

func (s *Screen) noChange() string {
	if len(s.mine(func(l *line) bool { return l.mark != "" })) == 0 {
		return "the row stands as it was loaded"
	}
	return s.shut()
}

func (s *Screen) noFix() string {
	if _, can := fixable(s.problemsOf(s.selected())); !can {
		return "nothing is wrong with the row that one key could mend"
	}
	return s.noRow()
}

// noOneTable is for what is done with several rows of one resolver.
func (s *Screen) noOneTable() string {
	if why := s.noRows(); why != "" {
		return why
	}
	if len(s.mine(here)) > 1 {
		return "the selected rows belong to different resolvers"
	}
	return ""
}

func (s *Screen) noOtherGroup() string {
	if why := s.noOneTable(); why != "" {
		return why
	}
	if c := s.mine(here)[0]; len(dnstable.Groups(c.table.Draft().Rows())) < 2 {
		return "all rows ask the same servers"
	}
	return ""
}

func (s *Screen) noSeveral() string {
	if why := s.noOneTable(); why != "" {
		return why
	}
	c := s.mine(here)[0]
	first, _ := c.table.Draft().Row(c.ids[0])
	for _, id := range c.ids[1:] {
		if r, _ := c.table.Draft().Row(id); !r.SameServers(first) {
			return ""
		}
	}
	return "select rows of two groups or more (space)"
}

func (s *Screen) noUndo() string {
	if n := s.network(); n == nil || n.CanUndo() == "" {
		return "nothing was edited"
	}
	return ""
}

func (s *Screen) noRedo() string {
	if n := s.network(); n == nil || n.CanRedo() == "" {
		return "nothing was taken back"
	}
	return ""
}

func (s *Screen) noDiff() string {
	if n := s.network(); n == nil || len(n.Changed()) == 0 {
		return "nothing is staged"
	}
	return ""
}

// noApply is for sending. While a write is under way it shows that.
func (s *Screen) noApply() string {
	if s.work.Written(s.chosen) != nil {
		return ""
	}
	if why := s.noDiff(); why != "" {
		return why
	}
	return s.shut()
}

func (s *Screen) noRestore() string {
	if s.network() == nil {
		return "no network is shown"
	}
	return ""
}
