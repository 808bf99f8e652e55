package ranges

import (
	"fmt"
	"math/bits"
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// mostOffers is how many ranges are offered: a handful to choose from.
const mostOffers = 5

// Facts is what was read of who has which ranges.
type Facts struct {
	Limits Limits
	Taken  []Taken
	Gaps   []Gap
	Seen   Seen
}

// Offer is a range that is free as far as can be seen.
type Offer struct {
	Range netip.Prefix
	// Below and Above are what lies nearest; nil where nothing does.
	Below, Above *Taken
	// Room is the free range around it, that no known neighbour comes into.
	Room netip.Prefix
	// Usual says who uses such a range by default, so that it may be met later.
	Usual string
}

// Report is the answer to the question for free ranges of a size.
type Report struct {
	Size   int // the prefix length
	Limits Limits
	Offers []Offer
	// Free is everything of that size or wider that is free, in as few ranges as can be:
	// each free range of the size lies in one of them.
	Free  []netip.Prefix
	Count int // free ranges of the size
	Taken []Taken
	Gaps  []Gap
	Seen  Seen
}

// Whole reports whether everything was read that could be asked for.
func (r *Report) Whole() bool { return len(r.Gaps) == 0 }

// Find looks for free ranges of a size, the prefix length. The size is one that
// [ParseSize] gives.
func Find(f Facts, length int) *Report {
	r := &Report{Size: length, Limits: f.Limits, Taken: all(f), Gaps: f.Gaps, Seen: f.Seen}
	used := make([]netip.Prefix, len(r.Taken))
	for i, t := range r.Taken {
		used[i] = t.Range
	}
	free := r.free(spans(used))
	for _, s := range free {
		for _, b := range s.blocks() {
			if b.Bits() <= length {
				r.Free = append(r.Free, b)
				r.Count += 1 << (length - b.Bits())
			}
		}
	}
	slices.SortFunc(r.Free, netip.Prefix.Compare)
	r.offer(used)
	return r
}

// all is what is taken and what Konnect keeps, in order.
func all(f Facts) []Taken {
	list := slices.Clone(f.Taken)
	for _, k := range f.Limits.Kept {
		list = append(list, Taken{Range: k, Kind: KindKonnect})
	}
	return inOrder(list)
}

// free is what is left of each block.
func (r *Report) free(used []span) []span {
	var out []span
	for _, b := range r.Limits.Blocks {
		if s, ok := spanOf(b); ok {
			out = append(out, without([]span{s}, used)...)
		}
	}
	return out
}

// mostInOne is how many offers come from one free stretch while another has room.
const mostInOne = 2

// offer picks ranges: first where nobody's defaults lie, the one with the most room on both
// sides, then the next as if the first were taken, so that they lie apart.
func (r *Report) offer(used []netip.Prefix) {
	var usual []netip.Prefix
	for _, h := range habits() {
		usual = append(usual, h.at)
	}
	stretches := r.free(spans(used))
	var picked []netip.Prefix
	for _, avoided := range [][]netip.Prefix{usual, nil} {
		for len(picked) < mostOffers {
			p, ok := r.pick(spans(slices.Concat(used, picked, avoided)), crowded(stretches, picked))
			if !ok {
				break
			}
			picked = append(picked, p)
			r.Offers = append(r.Offers, r.around(p, stretches))
		}
	}
}

// crowded are the stretches that have given their share of offers.
func crowded(stretches []span, picked []netip.Prefix) []span {
	var out []span
	for _, s := range stretches {
		n := 0
		for _, p := range picked {
			if at, _ := spanOf(p); s.low <= at.low && at.high <= s.high {
				n++
			}
		}
		if n >= mostInOne {
			out = append(out, s)
		}
	}
	return out
}

// pick returns the free range with the most room on both sides, the lowest of equal ones;
// one in a crowded stretch only where there is no other.
func (r *Report) pick(used, crowded []span) (best netip.Prefix, found bool) {
	room, last := uint64(0), false
	for _, s := range r.free(used) {
		p, ok := s.middle(r.Size)
		if !ok {
			continue
		}
		at, _ := spanOf(p)
		margin := min(at.low-s.low, s.high-at.high)
		full := slices.ContainsFunc(crowded, func(c span) bool { return c.low <= at.low && at.high <= c.high })
		if !found || last && !full || last == full && margin > room {
			best, room, last, found = p, margin, full, true
		}
	}
	return best, found
}

// middle is the roundest range of a length in the middle half of a span, or the first that
// fits.
func (s span) middle(length int) (netip.Prefix, bool) {
	step := size(length)
	first := (s.low + step - 1) / step * step
	if first+step-1 > s.high {
		return netip.Prefix{}, false
	}
	quarter := s.length() / 4
	inner := span{s.low + quarter, s.high - quarter}
	for n := bits.Len64(s.length()); n >= 32-length; n-- { // from the roundest address on
		unit := uint64(1) << n
		low := (inner.low + unit - 1) / unit * unit
		if low+step-1 <= inner.high {
			return prefixAt(low, length), true
		}
	}
	return prefixAt(first, length), true
}

// around says what lies next to a range.
func (r *Report) around(p netip.Prefix, stretches []span) Offer {
	o := Offer{Range: p, Room: p, Usual: usual(p)}
	o.Below, o.Above = nearest(r.Taken, p)
	for _, s := range stretches {
		for _, b := range s.blocks() {
			if b.Overlaps(p) && b.Bits() <= p.Bits() {
				o.Room = b
			}
		}
	}
	return o
}

// nearest finds what ends last below a range and what begins first above it.
func nearest(list []Taken, p netip.Prefix) (below, above *Taken) {
	at, ok := spanOf(p)
	if !ok {
		return nil, nil
	}
	var end uint64
	for i := range list {
		s, ok := spanOf(list[i].Range)
		switch {
		case !ok:
		case s.high < at.low:
			if below == nil || s.high > end {
				below, end = &list[i], s.high
			}
		case s.low > at.high && above == nil: // they are in order
			above = &list[i]
		}
	}
	return below, above
}

// Conclusion is the report in one sentence.
func (r *Report) Conclusion() string {
	where := "on Azure"
	if !r.Limits.Region.IsEmpty() {
		where = "in " + r.Limits.Region.String()
	}
	unread := ""
	if !r.Whole() {
		unread = ", as far as can be seen: " + phrase.Count(len(r.Gaps), "part") + " could not be read"
	}
	if r.Count == 0 {
		return fmt.Sprintf("No range of the size /%d is free for a network %s%s.", r.Size, where, unread)
	}
	return fmt.Sprintf("%s of the size /%d %s free for a network %s%s.", phrase.Count(r.Count, "range"), r.Size, phrase.Either(r.Count, "is", "are"), where, unread)
}
