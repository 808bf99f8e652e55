package dns

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/screens/dns/workspace"
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
