package paths

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func nameOf(n *model.NetworkStatus) string { return n.Name.Or("(no name)").String() }

// blankPage reports whether there is no list to draw.
func (s *Screen) blankPage() bool {
	n := s.network()
	if n == nil || s.foreign(n) != "" {
		return true
	}
	v := s.view()
	return len(v.Hosts) == 0 && len(v.Ways) == 0 && !s.unread()
}

// unread reports whether there is a control plane of which not all is known.
func (s *Screen) unread() bool {
	for _, p := range s.view().ControlPlanes {
		if p.Finding.Code != "" {
			return true
		}
	}
	return false
}

// blank says why there is no list, and what to do.
func (s *Screen) blank(now time.Time) []string {
	page := widget.NewBlank(s.th, s.width)
	n := s.network()
	if n == nil {
		page.NoNetwork(s.snapshot, now, "there are no paths", "its networks")
		return page.Lines()
	}
	page.Gap()
	v := s.view()
	failure, shut := s.refused[s.chosen]
	switch why := s.foreign(n); {
	case why != "":
		page.Put(theme.Strong, "The paths of "+nameOf(n)+" are not known here.")
		page.Gap()
		page.Put(theme.Plain, "That network is no subject of this screen: "+why+".")
		page.Gap()
		page.Key("o", "show another network")
	case shut:
		page.Failure("The paths of "+nameOf(n)+" cannot be read: ", failure)
	case s.going():
		page.Put(theme.Busy, "◐ Reading the paths of "+nameOf(n)+"…")
		if doing := s.doing(now); doing != justReading {
			page.Put(theme.Muted, "  "+phrase.Capital(doing)+".")
		}
		page.Gap()
		page.Key("x", "stops it")
	case v.State == paths.Failed && v.Failure != nil:
		page.Failure("The paths of "+nameOf(n)+" cannot be read: ", *v.Failure)
	case v.Number == 0 || v.State == paths.Cancelled || v.State == paths.Cut:
		page.Put(theme.Plain, "Nothing is known of the paths of "+nameOf(n)+".")
		page.Gap()
		page.Key("r", "reads them")
	default:
		s.blankRead(page, n, v)
	}
	return page.Lines()
}

// blankRead says why a network that was read has nothing to list.
func (s *Screen) blankRead(page *widget.Blank, n *model.NetworkStatus, v paths.View) {
	switch {
	case !v.PlanesRead.Read() && v.PlanesRead.Failure != nil:
		page.Failure("Which control planes use "+nameOf(n)+" is not known: ", *v.PlanesRead.Failure)
	case !v.PlanesRead.Read():
		page.Put(theme.Busy, "◐ Which control planes use "+nameOf(n)+" is being read.")
	case len(v.ControlPlanes) == 0:
		page.Put(theme.Strong, "No control plane uses "+nameOf(n)+".")
		page.Gap()
		page.Put(theme.Plain, "A control plane uses a network when its data-plane groups are configured on it; its services are listed here then.")
	default:
		page.Put(theme.Strong, "The control planes on "+nameOf(n)+" have no service.")
		page.Gap()
		page.Put(theme.Plain, "A gateway service says where the requests of its routes go.")
	}
	page.Gap()
	for _, p := range s.pages {
		if p.Footer > 0 && (p.Why == nil || p.Why(s.at()) == "") {
			page.Key(p.Key, p.Name)
		}
	}
	page.Key("o", "show another network")
	page.Key("r", "read again")
}
