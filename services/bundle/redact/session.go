package redact

import (
	"net/netip"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
)

// session redacts what a replay needs beside what passed.
func (r *Redactor) session(s *bundle.Session) *bundle.Session {
	if s == nil {
		return nil
	}
	out := &bundle.Session{Login: r.Name(s.Login), Looks: s.Looks, Cut: s.Cut, LeftOut: s.LeftOut}
	if s.Hosts != nil {
		out.Hosts = map[bundle.Service]string{}
	}
	for service, host := range s.Hosts {
		out.Hosts[enum(r, service)] = r.Name(host)
	}
	for _, p := range s.Places {
		out.Places = append(out.Places, r.machine(p))
	}
	return out
}

func (r *Redactor) machine(p bundle.Place) bundle.Place {
	out := bundle.Place{Via: r.Name(p.Via), Kind: r.Text(p.Kind), Name: r.safe(p.Name, r.Name), NoCards: r.Text(p.NoCards), NoRoutes: r.Text(p.NoRoutes)}
	for _, c := range p.Interfaces {
		card := bundle.Interface{Name: r.safe(c.Name, r.card), Kind: r.Text(c.Kind)}
		for _, n := range c.Prefixes {
			card.Prefixes = append(card.Prefixes, r.prefix(n))
		}
		out.Interfaces = append(out.Interfaces, card)
	}
	for _, way := range p.Routes {
		out.Routes = append(out.Routes, bundle.Route{To: r.prefix(way.To), Card: r.safe(way.Card, r.card), Metric: way.Metric, Reject: way.Reject})
	}
	for _, way := range p.Ways {
		out.Ways = append(out.Ways, bundle.Way{To: r.addr(way.To), From: r.addr(way.From), None: r.Text(way.None)})
	}
	return out
}

// card is the name of a network card: eth0 says nothing of its owner.
func (r *Redactor) card(s string) string {
	if r.keep {
		return r.mask(s)
	}
	return r.plainOrNot(r.mask(s), false)
}

func (r *Redactor) addr(ip netip.Addr) netip.Addr {
	if r.keep || !ip.IsValid() {
		return ip
	}
	return r.ip(ip)
}

func (r *Redactor) prefix(n netip.Prefix) netip.Prefix {
	if r.keep || !n.IsValid() {
		return n
	}
	stand := r.addresses.prefix(n)
	if stand != n {
		r.used[stand.String()] = true
	}
	return stand
}

// host redacts a host with its port, as a request names it.
func (r *Redactor) hostPort(s string) string {
	s = r.mask(s)
	if r.keep || s == "" {
		return s
	}
	return r.authority(s)
}

func (r *Redactor) list(lines []safe.Text, by func(string) string) []safe.Text {
	var out []safe.Text
	for _, l := range lines {
		out = append(out, r.safe(l, by))
	}
	return out
}
