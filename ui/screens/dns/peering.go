package dns

import (
	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
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
		why = target.Closed()
	}
	if why != "" {
		text = append(text, "Nothing can be staged here now: "+why+".")
		return screen.Say(screen.Show{Dialog: dialog.NewText("The table of "+name, "the text", text[0]+"\n"+text[1], func(width int) []string {
			return dialog.Paragraphs(s.th, text, width)
		})})
	}
	where := "a new resolver"
	if target != nil {
		where = target.Name()
	}
	text = append(text, "Stage "+phrase.Count(len(rows), "row")+" in "+where+"? The peering keeps its own as well; which of the two Konnect prefers is not documented, so keep them equal.")
	text = append(text, notes...)
	return screen.Say(screen.Show{Dialog: dialog.NewAsk(s.th, dialog.Question{
		Title: "The table of " + name, Text: text, Yes: "stage them in " + where, No: "leave it",
		Do: screen.Say(moveRows{s.network(), rows}),
	})})
}

// moveRows asks for rows of a peering to be staged in the resolver.
type moveRows struct {
	network *workspace.Network
	rows    []dnstable.Row
}

// moveTarget is the resolver that rows of a peering are staged in: the first that can be
// edited, nil when the network has none.
func (s *Screen) moveTarget() *workspace.Table {
	n := s.network()
	if open := n.OpenTables(); len(open) > 0 {
		return open[0]
	}
	if len(n.Tables()) > 0 {
		return n.Tables()[0]
	}
	return nil
}

// moveRows stages the rows of a peering. A domain that the resolver has already gets the
// servers of the peering.
func (s *Screen) moveRows(msg moveRows) tea.Cmd {
	if msg.network != s.network() || s.shut() != "" {
		return nil
	}
	t := s.moveTarget()
	if t == nil {
		t = msg.network.NewTable()
	}
	rows := append([]dnstable.Row{}, t.Draft().Rows()...)
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
	cmd := s.stage(workspace.Change{Table: t, Draft: t.Draft().Replace("rows of the peering", rows)})
	for _, r := range t.Draft().Rows() {
		if r.Label() == first {
			s.table.Select(t.RowID(r.ID))
		}
	}
	return cmd
}
