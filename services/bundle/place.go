package bundle

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// PlaceOf is what was known of a place, for a bundle. What was heard there of servers
// comes with their answers.
func PlaceOf(via string, f vantage.Facts) Place {
	p := Place{Via: via, Kind: string(f.Kind), Name: f.Name}
	if list, known := f.Interfaces.Get(); known {
		p.Interfaces = []Interface{}
		for _, i := range list {
			p.Interfaces = append(p.Interfaces, Interface{Name: i.Name, Kind: string(i.Kind), Prefixes: i.Prefixes})
		}
	} else {
		p.NoCards = f.Interfaces.Why()
	}
	if list, known := f.Routes.Get(); known {
		p.Routes = []Route{}
		for _, r := range list {
			p.Routes = append(p.Routes, Route(r))
		}
	} else {
		p.NoRoutes = f.Routes.Why()
	}
	for to, w := range f.Ways {
		p.Ways = append(p.Ways, Way{To: to, From: w.From, None: w.None})
	}
	slices.SortFunc(p.Ways, func(a, b Way) int { return a.To.Compare(b.To) })
	return p
}

// Facts is the place for the program, which knows that it is not one of its own.
func (p Place) Facts() vantage.Facts {
	f := vantage.Facts{Kind: vantage.Kind(p.Kind), Name: p.Name, Recorded: true, Ways: map[netip.Addr]vantage.Way{}}
	f.Interfaces, f.Routes = dnsverdict.NotKnown[[]vantage.Interface](p.NoCards), dnsverdict.NotKnown[[]vantage.Route](p.NoRoutes)
	if p.NoCards == "" {
		list := []vantage.Interface{}
		for _, i := range p.Interfaces {
			list = append(list, vantage.Interface{Name: i.Name, Kind: vantage.Card(i.Kind), Prefixes: i.Prefixes})
		}
		f.Interfaces = dnsverdict.Know(list)
	}
	if p.NoRoutes == "" {
		list := []vantage.Route{}
		for _, r := range p.Routes {
			list = append(list, vantage.Route(r))
		}
		f.Routes = dnsverdict.Know(list)
	}
	for _, w := range p.Ways {
		f.Ways[w.To] = vantage.Way{From: w.From, None: w.None}
	}
	return f
}
