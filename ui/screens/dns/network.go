package dns

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// pick opens a list to pick from.
func (s *Screen) pick(title string, items []dialog.Item) tea.Cmd {
	d, load := dialog.NewPick(s.ctx, s.th, dialog.List{
		Title: title, Empty: "There is nothing to pick from.",
		Load: func(context.Context) ([]dialog.Item, error) { return items, nil },
	})
	return screen.Say(screen.Show{Dialog: d, Then: load})
}

// pickNetwork lets a person pick the network to show.
func (s *Screen) pickNetwork() tea.Cmd {
	return dialog.PickNetwork(s.ctx, s.th, s.snapshot.Networks, s.networkNote, s.show)
}

// OpenNetwork shows the table of a network that was named.
func (s *Screen) OpenNetwork(network safe.Text) tea.Cmd { return s.show(network) }

// openFor shows the table that another screen asks for, and begins the row that it wants to
// be added.
func (s *Screen) openFor(msg screen.Mappings) tea.Cmd {
	if !msg.Edit.IsEmpty() {
		return s.openToEdit(msg)
	}
	if msg.Add.IsEmpty() {
		return tea.Batch(s.show(msg.Network), screen.Say(screen.GoTo{Tab: tab}))
	}
	if s.edit != nil {
		return screen.Say(screen.GoTo{Tab: tab, Own: true, Then: screen.Say(screen.Toast{Text: "A row is being typed here. Finish it, then add " + msg.Add.String() + ".", Trouble: true})})
	}
	cmd := s.show(msg.Network)
	then := func() tea.Msg { return addRow{msg.Network, msg.Add} }
	return tea.Batch(cmd, screen.Say(screen.GoTo{Tab: tab, Own: true, Then: then}))
}

// openToEdit shows the row of a domain and begins to type its servers.
func (s *Screen) openToEdit(msg screen.Mappings) tea.Cmd {
	if s.edit != nil {
		return screen.Say(screen.GoTo{Tab: tab, Own: true, Then: screen.Say(beingTyped())})
	}
	cmd := s.show(msg.Network)
	want := sought{network: msg.Network, domain: msg.Edit, from: msg.From, edit: true}
	return tea.Batch(cmd, screen.Say(screen.GoTo{Tab: tab, Own: true, Then: screen.Say(want)}))
}

// beingTyped says that another row is in hand.
func beingTyped() screen.Toast {
	return screen.Toast{Text: "A row is being typed here. Finish it with enter, or leave it as it was with esc, and try again.", Trouble: true}
}

// addRow begins a row for a domain, now that the table is on the screen.
type addRow struct{ network, domain safe.Text }

// addFor begins a row for a domain in the table that is open, and asks for its servers. A
// table that is still being read is waited for.
func (s *Screen) addFor(msg addRow) tea.Cmd {
	s.wanted = nil
	n := s.network()
	switch {
	case msg.network != s.chosen || s.edit != nil || n == nil:
		return nil
	case n.Coming():
		s.wanted = &msg
		return nil
	}
	if why := s.noAdd(); why != "" {
		return screen.Say(screen.Toast{Text: "No row can be added for " + msg.domain.String() + ": " + why + ".", Trouble: true})
	}
	return s.toAdd(func(t *workspace.Table) tea.Cmd {
		return s.typing(&edit{table: t}, msg.domain.String(), nil, cellServers)
	})
}

// addWanted begins the row that waited for its table.
func (s *Screen) addWanted() tea.Cmd {
	if s.wanted == nil {
		return nil
	}
	return s.addFor(*s.wanted)
}

// networkNote says how many rules a network has, and what is staged on it.
func (s *Screen) networkNote(n *model.NetworkStatus) string {
	text := phrase.Count(n.DNSRules(), "rule")
	switch rules := n.DNSRules(); {
	case rules < 0:
		text = "not read yet"
	case rules == 0:
		text = "no rule"
	}
	if open := s.work.Network(n.ID); open != nil && open.Changes() > 0 {
		text += fmt.Sprintf(" · %s not applied", phrase.Count(open.Changes(), "change"))
	}
	return text
}

// step shows the network that stands so many places after the present one.
func (s *Screen) step(by int) tea.Cmd {
	all := s.snapshot.Networks
	for i, n := range all {
		if n.ID == s.chosen {
			return s.show(all[((i+by)%len(all)+len(all))%len(all)].ID)
		}
	}
	return nil
}

// pickTable lets a person pick one of several resolvers.
func (s *Screen) pickTable(title string, tables []*workspace.Table, then func(*workspace.Table) tea.Cmd) tea.Cmd {
	items := make([]dialog.Item, len(tables))
	for i, t := range tables {
		items[i] = dialog.Item{Name: t.Name(), Note: phrase.Count(len(t.Draft().Rows()), "rule"), Then: func() tea.Cmd { return then(t) }}
	}
	return s.pick(title, items)
}
