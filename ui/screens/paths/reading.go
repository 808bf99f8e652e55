package paths

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// refused is what the service said to the wish to read a network.
type refused struct {
	network safe.Text
	failure model.Failure
}

// take keeps what was read, unless something newer is known.
func (s *Screen) take(v paths.View) {
	of := viewed(v)
	if v.Number < s.views[of].Number {
		return
	}
	s.views[of] = v
	delete(s.refused, of)
	if s.pending == of {
		s.pending = safe.Text{}
	}
	if of == s.chosen {
		s.renew()
	}
}

// viewed is the id of the network that a view is of.
func viewed(v paths.View) safe.Text {
	if v.Network != nil {
		return v.Network.ID
	}
	return v.Of
}

// view is what is known of the network that is shown; its number is 0 when nothing is.
func (s *Screen) view() paths.View { return s.views[s.chosen] }

// Visit reads the network that is shown, unless it was read already and nothing that it
// rests on has changed since.
func (s *Screen) Visit() tea.Cmd {
	s.visited = true
	if s.stale() && !s.going() {
		return s.read()
	}
	return s.readFirst()
}

// Ask reads it as soon as it is known, where the tab was gone to before that.
func (s *Screen) Ask() tea.Cmd {
	if !s.visited {
		return nil
	}
	return s.readFirst()
}

// readFirst reads what is shown when nothing is known of it, when its reading gave way to
// another one, or when it was read too early: which control planes use the network was not
// known then, and is now.
func (s *Screen) readFirst() tea.Cmd {
	n := s.network()
	if n == nil || s.foreign(n) != "" || s.going() {
		return nil
	}
	v := s.view()
	_, shut := s.refused[s.chosen]
	switch {
	case v.Number == 0 && !shut, v.State == paths.Cancelled && !s.stopped[s.chosen]:
		return s.read()
	case v.Number > 0 && !v.PlanesRead.Read() && n.ReferencesRead.Read() && !s.again[s.chosen]:
		s.again[s.chosen] = true
		return s.read()
	default:
		return nil
	}
}

// stale reports whether what the ways rest on, the mappings and the peerings of the network,
// has changed since they were read.
func (s *Screen) stale() bool {
	n, v := s.network(), s.view()
	if n == nil || v.Network == nil || !v.State.Over() {
		return false
	}
	return s.old[s.chosen] || basis(n) != basis(v.Network)
}

// basis are the versions and states of what the ways of a network rest on.
func basis(n *model.NetworkStatus) string {
	var b strings.Builder
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		fmt.Fprintln(&b, d.ID, d.EntityVersion, d.State, d.DNS)
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		fmt.Fprintln(&b, p.ID, p.EntityVersion, p.State, p.Finding.Code)
	}
	return b.String()
}

// read begins to read the network that is shown.
func (s *Screen) read() tea.Cmd {
	network := s.chosen
	s.pending = network
	delete(s.refused, network)
	delete(s.stopped, network)
	delete(s.old, network)
	s.rebuild()
	service := s.service
	return func() tea.Msg {
		if err := service.Read(network); err != nil {
			failure, _ := model.AsFailure(err)
			return refused{network, failure}
		}
		return nil
	}
}

// made hears what becomes of a service that is made or removed from here: the networks on
// which its control plane runs are read anew, the one that is shown at once.
func (s *Screen) made(m gateway.Making) tea.Cmd {
	if !m.State.Over() {
		return nil
	}
	for id, v := range s.views {
		for _, p := range v.Planes {
			s.old[id] = s.old[id] || p.ID == m.Order.Plane.ID
		}
	}
	if s.old[s.chosen] && !s.going() {
		return s.read()
	}
	return nil
}

// refuse shows why a network is not read.
func (s *Screen) refuse(r refused) {
	s.refused[r.network] = r.failure
	if s.pending == r.network {
		s.pending = safe.Text{}
	}
	s.rebuild()
}

// going reports whether the network that is shown is being read.
func (s *Screen) going() bool {
	v := s.view()
	return s.pending == s.chosen && !s.chosen.IsEmpty() || v.Number > 0 && !v.State.Over()
}

// stop ends the reading.
func (s *Screen) stop() tea.Cmd {
	s.stopped[s.chosen] = true
	service := s.service
	return func() tea.Msg { service.Cancel(); return nil }
}

// foreign says why the ways of a network cannot be told here, empty when they can.
func (s *Screen) foreign(n *model.NetworkStatus) string {
	if n.Provider != model.ProviderAzure && n.Provider != "" {
		return "it is on " + n.Provider.Label() + ", and peerdeck knows the ways of networks on Azure"
	}
	return ""
}

// noRead says why what is shown cannot be read.
func (s *Screen) noRead() string {
	n := s.network()
	if n == nil {
		return "there is no network"
	}
	return s.foreign(n)
}
