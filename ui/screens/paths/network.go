package paths

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
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

// show changes to another network, and reads it.
func (s *Screen) show(network safe.Text) tea.Cmd {
	s.turn(network)
	if !s.visited {
		return nil
	}
	return s.readFirst()
}

// OpenNetwork shows the paths of a network that was named.
func (s *Screen) OpenNetwork(network safe.Text) tea.Cmd { return s.show(network) }

// turn changes to another network. What was filtered there is not meant here.
func (s *Screen) turn(network safe.Text) {
	if network == s.chosen {
		return
	}
	s.chosen = network
	s.services.f, s.services.past, s.subnets.f = newServices().f, false, newSubnets().f
	s.rebuild()
	s.services.t.MoveTo(0)
	s.subnets.t.MoveTo(0)
}

// Follow shows the network that was selected on the screen before, once for each time that
// another one is. The visit that comes after it reads.
func (s *Screen) Follow(network safe.Text) tea.Cmd {
	if network != s.followed {
		s.followed = network
		s.turn(network)
	}
	return nil
}

// ChangesOf names the network that is shown, whose changes stand below the services.
func (s *Screen) ChangesOf() safe.Text { return s.chosen }

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
