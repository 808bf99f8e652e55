package changes

import "time"

// flapWithin is the most time between two changes of a thing that goes to and fro.
const flapWithin = 15 * time.Minute

// chain is changes of one thing that came one soon after the other.
type chain struct{ members []int }

// fold makes one entry of a thing that went to and fro: it stands where the last of its
// changes stood, and says how often it came and went. The oldest are first.
func fold(entries []Entry) []Entry {
	type key struct {
		network, peering, subject string
		reading                   bool
	}
	open := map[key]*chain{}
	drop := make([]bool, len(entries))
	for i, e := range entries {
		switch e.Kind {
		case KindState, KindFinding, KindReading:
		default:
			continue
		}
		k := key{e.Network.Raw(), e.Peering.Raw(), e.Subject.Raw(), e.Kind == KindReading}
		c := open[k]
		if c != nil && e.At.Sub(entries[c.members[len(c.members)-1]].At).Abs() > flapWithin {
			c.fold(entries, drop)
			c = nil
		}
		if c == nil {
			c = &chain{}
			open[k] = c
		}
		c.members = append(c.members, i)
	}
	for _, c := range open {
		c.fold(entries, drop)
	}
	out := entries[:0]
	for i, e := range entries {
		if !drop[i] {
			out = append(out, e)
		}
	}
	return out
}

// fold leaves the last member of a chain that went to and fro.
func (c *chain) fold(entries []Entry, drop []bool) {
	times := c.flaps(entries)
	if times < 2 {
		return
	}
	first, last := c.members[0], &entries[c.members[len(c.members)-1]]
	last.Times, last.First = times, entries[first].At
	last.Lasted = 0 // of the last time alone, which is not what it says then
	for _, i := range c.members[:len(c.members)-1] {
		drop[i] = true
		last.Unseen = last.Unseen || entries[i].Unseen
	}
}

// flaps counts how often the thing came back to what it was: 0 for one that went its way.
func (c *chain) flaps(entries []Entry) int {
	type value struct {
		to       string
		severity int
		text     string
	}
	broke, back := 0, 0
	seen := map[value]bool{}
	for _, i := range c.members {
		e := entries[i]
		if e.Sense == Broke {
			broke++
		}
		v := value{e.To.Raw(), int(e.Severity), ""}
		if e.To.IsEmpty() {
			v.text = e.Text
		}
		if seen[v] {
			back++
		}
		seen[v] = true
	}
	switch {
	case broke > 1:
		return broke
	case back > 0:
		return back + 1
	default:
		return 0
	}
}
