package paths

import (
	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/dialog"
)

// network is the one that is shown, nil for none.
func (s *Screen) network() *model.NetworkStatus {
	for _, n := range s.snapshot.Networks {
		if n.ID == s.chosen {
			return n
		}
	}
	return nil
}

// choose picks the network to show when none was chosen: the first one on Azure, else the
// first.
func (s *Screen) choose() {
	if !s.chosen.IsEmpty() {
		return
	}
	for _, n := range s.snapshot.Networks {
		if n.Provider == model.ProviderAzure {
			s.chosen = n.ID
			return
		}
	}
	if len(s.snapshot.Networks) > 0 && s.snapshot.Progress.Complete() {
		s.chosen = s.snapshot.Networks[0].ID
	}
}

// show changes to another network.
func (s *Screen) show(network safe.Text) tea.Cmd {
	s.chosen = network
	return nil
}

// Follow shows the network that was selected on the screen before.
func (s *Screen) Follow(network safe.Text) tea.Cmd { return s.show(network) }

// Looking names the network that is shown.
func (s *Screen) Looking() []safe.Text {
	if s.chosen.IsEmpty() {
		return nil
	}
	return []safe.Text{s.chosen}
}

// pickNetwork lets a person pick the network to show.
func (s *Screen) pickNetwork() tea.Cmd {
	return dialog.PickNetwork(s.ctx, s.th, s.snapshot.Networks, planesNote, s.show)
}

// planesNote says how many control planes use a network.
func planesNote(n *model.NetworkStatus) string {
	switch {
	case !n.ReferencesRead.Read():
		return "its control planes are not known"
	case len(n.ControlPlanes) == 0:
		return "no control plane"
	default:
		return phrase.Count(len(n.ControlPlanes), "control plane")
	}
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
