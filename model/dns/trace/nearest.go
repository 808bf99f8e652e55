package trace

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/near"
)

// nearest adds to the fact that no row matches the rows that the name may have been meant
// for.
func (t Trace) nearest() dnsverdict.Known[dnsverdict.Row] {
	row, known := t.Facts.Row.Get()
	n, there := t.Facts.Network.Get()
	if !known || !there || !row.Domain.IsEmpty() {
		return t.Facts.Row
	}
	row.Near = Nearest(&n, t.Query)
	return dnsverdict.Know(row)
}

// Nearest are the rows of a network that a name may have been meant for, where it falls
// under none.
func Nearest(n *model.NetworkStatus, q Query) []near.Domain {
	return NearestIn([]*model.NetworkStatus{n}, q)
}

// NearestIn are the rows of any of some networks that a name may have been meant for.
func NearestIn(networks []*model.NetworkStatus, q Query) []near.Domain {
	var domains []string
	known := map[string]bool{}
	for _, n := range networks {
		for _, r := range AllRules(n) {
			if d := dnstable.NameOf(r.Domain).ASCII; !known[d] {
				known[d] = true
				domains = append(domains, d)
			}
		}
	}
	return near.Domains(q.Name.ASCII, domains)
}
