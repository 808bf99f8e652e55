package dns

import (
	"time"

	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// blankPage reports whether there is no table to draw.
func (s *Screen) blankPage(b *workspace.Network) bool { return b == nil || len(s.rows.all) == 0 }

// blank says why there is no table, and what to do; nil when there is one.
func (s *Screen) blank(now time.Time) []string {
	n := s.network()
	if !s.blankPage(n) {
		return nil
	}
	page := widget.NewBlank(s.th, s.width)
	if n == nil {
		page.NoNetwork(s.snapshot, now, "there is no mapping table", "its networks and their mappings")
	} else {
		s.blankNetwork(n, page)
	}
	return page.Lines()
}

// blankNetwork says why a network has no row to show.
func (s *Screen) blankNetwork(n *workspace.Network, page *widget.Blank) {
	page.Gap()
	if f := n.Status().PrivateDNSRead.Failure; !n.Read() {
		if f != nil {
			page.Failure("The private DNS of "+n.Name()+" cannot be read: ", *f)
			return
		}
		page.Put(theme.Busy, "◐ Reading the mappings of "+n.Name()+"…")
		return
	}
	page.Put(theme.Strong, "No private domain is mapped on "+n.Name()+".")
	page.Gap()
	page.Put(theme.Plain, "Its gateways ask the platform's own DNS for every name, so private names do not resolve.")
	page.Gap()
	if why := s.shut(); why != "" {
		page.Put(theme.Warn, "▲ Nothing can be edited here: "+why+".")
		return
	}
	page.Key("a", "add a domain and the servers that are asked for it")
	page.Key("i", "read a file; or paste a table here, in any of the usual formats")
	page.Key("o", "show another network")
	if len(n.Tables()) == 0 {
		page.Gap()
		page.Put(theme.Muted, "The network has no outbound resolver yet; applying makes one.")
	}
}
