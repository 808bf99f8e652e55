package mappings

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Write makes the request that gives a resolver the rows of an order. Now is the
// resolver as it was read last.
func (d *Writer) Write(o dnstable.Order, now model.PrivateDNS) model.Write {
	return d.sender.Write(d.plan(o, now))
}

// plan is the change that an order comes to at a look.
func (*Writer) plan(o dnstable.Order, now model.PrivateDNS) Plan {
	return Plan{Target: o.Target, Now: now, Rows: o.Rows, Without: o.Without}
}

// sendable is the form in which rows are sent: a domain that stands in Konnect goes back
// as it stands there, another one in its normal form, and so do servers; what was
// entered twice goes once. A map has no order.
func sendable(rows []dnstable.Row, now model.PrivateDNS) []dnstable.Row {
	there := map[safe.Text]dnstable.Row{}
	for _, r := range dnstable.FromMappings(now.DNS) {
		there[r.Key] = r
	}
	seen := map[string]int{}
	var out []dnstable.Row
	for _, r := range rows {
		old, kept := there[r.Key]
		if domain := r.Domain(); !kept && domain != "" {
			r.Key = safe.New(domain)
		}
		if !kept || !old.SameServers(r) {
			r.Servers = normalServers(r.Servers)
		} else {
			r.Servers = old.Servers
		}
		if i, twice := seen[r.Label()]; twice && !kept && out[i].Same(r) {
			continue
		}
		seen[r.Label()] = len(out)
		out = append(out, r)
	}
	return out
}

// normalServers gives addresses their usual spelling, each once.
func normalServers(servers []safe.Text) []safe.Text {
	var out []safe.Text
	for _, s := range servers {
		if a, ok := dnstable.NormalServer(s.Raw()); ok {
			s = safe.New(a)
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// rowsOf are the rows of a resolver as it was read.
func rowsOf(p model.PrivateDNS) []dnstable.Row { return dnstable.FromMappings(p.DNS) }

// reached reports whether a table is the one that was sent. Konnect may write a domain
// in its own way; but a table that was the same before in all but the spelling is not
// reached by that.
func reached(now, before, sent []dnstable.Row) bool {
	return dnstable.Same(now, sent) || (dnstable.Equivalent(now, sent) && !dnstable.Equivalent(before, sent))
}

// keptByMerge lists the domains that were not sent and are still there, when that is all
// that is different: it is what a service does that merges what it is sent.
func keptByMerge(now, before, sent []dnstable.Row) []dnstable.Change {
	changes := dnstable.Diff(sent, now)
	for _, c := range changes {
		was := slices.ContainsFunc(before, func(r dnstable.Row) bool { return c.To != nil && r.Same(*c.To) })
		if c.Kind != dnstable.Added || !was {
			return nil
		}
	}
	return changes
}

// shows reports whether a table has at least one of the changes that were sent. One that
// has none may be another's, with the write still to show.
func shows(now, before, sent []dnstable.Row) bool {
	missing := map[string]bool{}
	for _, c := range dnstable.Diff(now, sent) {
		missing[c.Domain] = true
	}
	return slices.ContainsFunc(dnstable.Diff(before, sent), func(c dnstable.Change) bool { return !missing[c.Domain] })
}
