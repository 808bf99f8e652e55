package dns

import (
	tea "charm.land/bubbletea/v2"

	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/screen"
)

// fixedPeering says why the rows of a peering are fixed, and offers the way that is open
// here: the same rows in the resolver's map.
func (s *Screen) fixedPeering(l *line) tea.Cmd {
	name := l.peer.Name.Or(l.peer.ID.String()).String()
	text := []string{
		l.row.Key.String() + " stands in the peering's own table. Konnect has no way to change a peering of this kind after it was made, so the table is fixed.",
		"There are two ways. The rows can stand in the network's resolver as well, which can be edited at any time. Or the peering is deleted and made again with another table: an outage for all that goes over it, which is not done from this screen.",
	}
	rows, notes := dnstable.FromList(l.peer.DNS)
	why := s.shut()
	target := s.moveTarget()
	if why == "" && target != nil {
		why = s.closed(target)
	}
	if why != "" {
		text = append(text, "Nothing can be staged here now: "+why+".")
		return screen.Say(screen.Show{Dialog: dialog.NewText("The table of "+name, "the text", text[0]+"\n"+text[1], func(width int) []string {
			return dialog.Paragraphs(s.th, text, width)
		})})
	}
	where := "a new resolver"
	if target != nil {
		where = target.name()
	}
	text = append(text, "Stage "+phrase.Count(len(rows), "row")+" in "+where+"? The peering keeps its own as well; which of the two Konnect prefers is not documented, so keep them equal.")
	text = append(text, notes...)
	return screen.Say(screen.Show{Dialog: dialog.NewAsk(s.th, dialog.Question{
		Title: "The table of " + name, Text: text, Yes: "stage them in " + where, No: "leave it",
		Do: screen.Say(moveRows{s.book(), rows}),
	})})
}

// moveRows asks for rows of a peering to be staged in the resolver.
type moveRows struct {
	book *book
	rows []dnstable.Row
}

// moveTarget is the resolver that rows of a peering are staged in: the first that can be
// edited, nil when the network has none.
func (s *Screen) moveTarget() *table {
	b := s.book()
	if open := s.openTables(); len(open) > 0 {
		return open[0]
	}
	if len(b.tables) > 0 {
		return b.tables[0]
	}
	return nil
}

// takeRows stages the rows of a peering. A domain that the resolver has already gets the
// servers of the peering.
func (s *Screen) takeRows(msg moveRows) tea.Cmd {
	if msg.book != s.book() || s.shut() != "" {
		return nil
	}
	t := s.moveTarget()
	if t == nil {
		t = stagedTable(msg.book.network)
	}
	rows := append([]dnstable.Row{}, t.draft.Rows()...)
	var first string
	for _, r := range msg.rows {
		at := -1
		for i := range rows {
			if rows[i].Label() == r.Label() {
				at = i
			}
		}
		if at >= 0 {
			rows[at].Servers = r.Servers
		} else {
			rows = append(rows, r)
		}
		if first == "" {
			first = r.Label()
		}
	}
	cmd := s.stage(change{t, t.draft.Replace("rows of the peering", rows)})
	for _, r := range t.draft.Rows() {
		if r.Label() == first {
			s.table.Select(rowID(t, r.ID))
		}
	}
	return cmd
}
