package azurenet

import (
	"net/netip"
	"slices"
)

// span is a run of addresses, both ends included.
type span struct{ low, high netip.Addr }

// spans is a set of addresses: runs in their order, none of which touches another. A rule
// may have 4,000 ranges and a group 1,000 rules, so sets are parted by walking along both,
// and what is left of a range never falls into more runs than it has addresses.
type spans []span

func spansOf(ranges ...netip.Prefix) spans {
	all := make(spans, 0, len(ranges))
	for _, p := range ranges {
		if p.IsValid() {
			all = append(all, span{p.Masked().Addr(), last(p)})
		}
	}
	return all.tidy()
}

// tidy puts runs into their order and joins those that touch.
func (s spans) tidy() spans {
	slices.SortFunc(s, func(a, b span) int { return a.low.Compare(b.low) })
	out := s[:0]
	for _, r := range s {
		if n := len(out); n > 0 && touches(out[n-1], r) {
			if r.high.Compare(out[n-1].high) > 0 {
				out[n-1].high = r.high
			}
			continue
		}
		out = append(out, r)
	}
	return out
}

// touches reports whether a run begins in another one before it, or right behind it.
func touches(before, r span) bool {
	if before.high.Is4() != r.low.Is4() {
		return false
	}
	return r.low.Compare(before.high) <= 0 || before.high.Next() == r.low
}

// last is the last address of a range.
func last(p netip.Prefix) netip.Addr {
	bytes := p.Masked().Addr().AsSlice()
	for i := range bytes {
		switch host := p.Bits() - i*8; {
		case host <= 0:
			bytes[i] = 0xff
		case host < 8:
			bytes[i] |= 0xff >> host
		}
	}
	a, _ := netip.AddrFromSlice(bytes)
	return a
}

// split parts the set into what lies in another one and what does not.
func (s spans) split(by spans) (in, out spans) {
	at := 0
	for _, r := range s {
		for at < len(by) && by[at].high.Compare(r.low) < 0 {
			at++
		}
		low, whole := r.low, false
		for i := at; i < len(by) && by[i].low.Compare(r.high) <= 0; i++ {
			b := by[i]
			if b.low.Compare(low) > 0 {
				out, low = append(out, span{low, b.low.Prev()}), b.low
			}
			if b.high.Compare(r.high) >= 0 {
				in, whole = append(in, span{low, r.high}), true
				break
			}
			in, low = append(in, span{low, b.high}), b.high.Next()
		}
		if !whole {
			out = append(out, span{low, r.high})
		}
	}
	return in, out
}

func (s spans) overlaps(t spans) bool {
	in, _ := s.split(t)
	return len(in) > 0
}

// holds reports whether all of another set is in this one.
func (s spans) holds(t spans) bool {
	_, out := t.split(s)
	return len(out) == 0
}

// first is the first range of the set, as wide as it can be; nothing for an empty set.
func (s spans) first() netip.Prefix {
	if len(s) == 0 {
		return netip.Prefix{}
	}
	low, high := s[0].low, s[0].high
	for bits := range low.BitLen() {
		p := netip.PrefixFrom(low, bits)
		if p.Masked().Addr() == low && last(p).Compare(high) <= 0 {
			return p
		}
	}
	return netip.PrefixFrom(low, low.BitLen())
}

// name is the first range of the set for people: a single address without its length.
func (s spans) name() string {
	p := s.first()
	if p.IsSingleIP() {
		return p.Addr().String()
	}
	return p.String()
}
