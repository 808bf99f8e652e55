package history

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// group is the key of what several findings are of.
func group(c model.Change) model.ChangeKey {
	return model.ChangeKey{Network: c.Network, Object: c.Object, Aspect: c.Aspect}
}

// Judge compares what is wrong in a thing with what is known, and returns what came and
// went. What was wrong when somebody first looked has not come.
func (s *Store) Judge(j model.Judged, now time.Time) []model.Change { //nolint:gocognit // what came and what went are read together
	key := group(j.Of)
	first := s.check(j.Of)
	known := slices.Clone(s.codes[key])
	of := s.seen[thingOf(j.Of)]
	base := first && len(known) == 0 && !of.there
	if s.settling(now) && len(known) > 0 && worst(j.Found) <= s.worst(j.Of, known) {
		if !s.based(j.Of, known) {
			return nil // as more is read, it may be as it was
		}
		base = true
	}
	var out []model.Change
	for _, code := range known {
		if !slices.ContainsFunc(j.Found, func(c model.Change) bool { return c.Code == code }) {
			if c := s.went(j.Of, code, first, base, now); !base {
				out = append(out, c)
			}
		}
	}
	for _, c := range j.Found {
		was, already := s.last[c.Key()]
		if already && was.Severity == c.Severity {
			continue
		}
		if finding.SeverityNamed(c.Severity) < finding.Attention && len(known) == 0 {
			continue // it is being made, and nothing was wrong
		}
		c.At, c.From, c.Before, c.Base = now, was.To, was.Severity, base
		c.Gap = first && of.earlier
		if c = s.keep(c, now); !base {
			out = append(out, c)
		}
	}
	return out
}

// settleFor is how long a judgement may still be one of what was read first: another one
// that is no worse is taken in then without a word where it takes the place of what was
// there at the first look, and later where an earlier session knew better.
const settleFor = 2 * time.Minute

func (s *Store) settling(now time.Time) bool {
	return !s.session.At.IsZero() && now.Sub(s.session.At) < settleFor
}

// worst is the most urgent severity of findings.
func worst(found []model.Change) finding.Severity {
	out := finding.OK
	for _, c := range found {
		out = max(out, finding.SeverityNamed(c.Severity))
	}
	return out
}

func (s *Store) worst(of model.Change, codes []finding.Code) finding.Severity {
	out := finding.OK
	for _, code := range codes {
		of.Code = code
		out = max(out, finding.SeverityNamed(s.last[of.Key()].Severity))
	}
	return out
}

// based reports whether all findings of a thing were there at the first look of this
// watching.
func (s *Store) based(of model.Change, codes []finding.Code) bool {
	return !slices.ContainsFunc(codes, func(code finding.Code) bool {
		of.Code = code
		was := s.last[of.Key()]
		return !was.Base || was.At.Before(s.session.At)
	})
}

// went notes that a finding is no longer so.
func (s *Store) went(of model.Change, code finding.Code, gap, base bool, now time.Time) model.Change {
	of.Code = code
	was := s.last[of.Key()]
	of.At, of.From, of.To, of.Reason, of.Before, of.Gap = now, was.To, safe.Text{}, was.Reason, was.Severity, gap
	of.Base = base
	if !was.Base && !was.Gap {
		of.Since = was.At // else nobody saw it begin
	}
	return s.keep(of, now)
}

// Read compares how the reading of something went with what is known: To is why it
// cannot be read, empty where it can. It returns what changed; false for nothing.
func (s *Store) Read(c model.Change, now time.Time) (model.Change, bool) {
	key := c.Key()
	first := s.check(c)
	was, known := s.last[key]
	if was.To == c.To || !known && c.To.IsEmpty() {
		return c, false
	}
	c.At, c.From = now, was.To
	if c.To.IsEmpty() && !was.Base {
		c.Since = was.At
	}
	c.Base = first && !known && !s.knew(c)
	return s.keep(c, now), !c.Base
}

// knew reports whether what a reading is of was there before this watching, or came in it:
// what cannot be read when somebody first looks has not changed.
func (s *Store) knew(c model.Change) bool {
	if c.Network.IsEmpty() {
		return s.kept
	}
	return s.seen[thing{network: c.Network}].there
}

// Readings are what cannot be read, of a network by its id or, with the empty one, beside
// all networks.
func (s *Store) Readings(network safe.Text) []model.Change {
	var out []model.Change
	for key, c := range s.last {
		if key.Aspect == model.AspectReading && key.Network == network {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b model.Change) int { return a.Object.Compare(b.Object) })
	return out
}

// Table compares a mapping table with what is known of it and returns the rows that
// changed. Here tells of two tables whether the step from one to the other was made with
// peerdeck on this machine; it is asked when there is one.
func (s *Store) Table(of model.Change, mappings []model.DNSMapping, here func(before []model.DNSMapping, since time.Time) bool, now time.Time) []model.Change {
	of.Aspect = model.AspectTable
	first := s.check(of)
	was, known := s.last[of.Key()]
	of.To, of.At = model.PackTable(mappings), now
	if known && was.To == of.To {
		return nil
	}
	s.keep(of, now)
	if !known {
		return nil
	}
	rows := model.TableChanges(of, was.To, of.To)
	byUs := here(model.UnpackTable(was.To), was.At)
	for i := range rows {
		rows[i].Gap, rows[i].Here = first, byUs
		rows[i] = s.keep(rows[i], now)
	}
	return rows
}

// Note keeps something that happened and that no cloud has a state of, such as how a run
// ended.
func (s *Store) Note(c model.Change, now time.Time) {
	c.At = now
	s.keep(c, now)
}
