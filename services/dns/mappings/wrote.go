package mappings

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// sinceSlack is how much earlier a write may lie than the look that saw what was there
// before it: the look is noted when it is judged.
const sinceSlack = 5 * time.Minute

// Wrote reports whether the step of a resolver's map from one content to another was made
// with a peerdeck on this machine, since a time: an order was to bring it to what is there
// now, or whatever changed it (a set-up, a teardown) kept what was there before as a
// restore point. It reads what is kept on this machine and asks nobody.
func (s *Store) Wrote(network, resolver safe.Text, before, after []model.DNSMapping, since time.Time) bool {
	was, is := model.PackTable(before), model.PackTable(after)
	names, err := s.entries(network)
	if err != nil {
		return false
	}
	for _, n := range names {
		e, err := s.entry(n)
		if err != nil {
			continue
		}
		if e.At.Before(since.Add(-sinceSlack)) {
			break // the newest are first
		}
		if e.Answer.IsEmpty() && e.End == "" || e.Target.Resolver.Text != resolver {
			continue
		}
		if packed(unpackRows(e.Rows)) == is {
			return true
		}
	}
	points, err := s.points(network)
	if err != nil {
		return false
	}
	for _, n := range points {
		p, err := s.point(pointID(n))
		switch {
		case err != nil:
		case p.At.Before(since.Add(-sinceSlack)):
			return false
		case p.Target.Resolver == resolver && packed(p.Rows) == was && len(before) > 0:
			return true
		}
	}
	return false
}

// packed is how the history keeps a table.
func packed(rows []dnstable.Row) safe.Text { return model.PackTable(dnstable.ToMappings(rows)) }
