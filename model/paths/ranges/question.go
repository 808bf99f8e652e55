package ranges

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// ParseSize reads the size of a range: /20, or 20.
func ParseSize(text string) (int, error) {
	digits := strings.TrimPrefix(strings.TrimSpace(text), "/")
	n, err := strconv.Atoi(digits)
	if err != nil || digits == "" || digits[0] < '0' || digits[0] > '9' {
		return 0, fmt.Errorf("%s is no size of a range: give a prefix length such as /%d", safe.New(text).Quoted(), DefaultSize)
	}
	if n < Widest || n > Narrowest {
		return 0, fmt.Errorf("the size /%d cannot be had: Konnect takes /%d to /%d for a network on Azure", n, Widest, Narrowest)
	}
	return n, nil
}

// ParseRange reads an IPv4 range such as 10.20.0.0/20. It must begin where a range of its
// size does.
func ParseRange(text string) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(strings.TrimSpace(text))
	switch {
	case err != nil:
		return netip.Prefix{}, fmt.Errorf("%s is no address range: give one such as 10.20.0.0/%d", safe.New(text).Quoted(), DefaultSize)
	case !p.Addr().Is4():
		return netip.Prefix{}, fmt.Errorf("%s is no IPv4 range, and a Konnect network has no other", p)
	case p != p.Masked():
		return netip.Prefix{}, fmt.Errorf("%s begins inside of a range: the range that it lies in is %s", p, p.Masked())
	}
	return p, nil
}

// Answer says whether one range is free.
type Answer struct {
	Range netip.Prefix
	// Refused says why Konnect would not take it, whoever has it; empty where it would.
	Refused string
	// By are the ranges that it meets, what Konnect keeps among them.
	By    []Taken
	Below *Taken
	Above *Taken
	Usual string
	Gaps  []Gap
}

// Free reports whether the range can be had, as far as can be seen.
func (a Answer) Free() bool { return a.Refused == "" && len(a.By) == 0 }

// Ask says whether a range is free, and if not, who has it.
func Ask(f Facts, p netip.Prefix) Answer {
	list := all(f)
	out := Answer{Range: p, Refused: f.Limits.Allows(p), Gaps: f.Gaps, Usual: usual(p)}
	for _, t := range list {
		if t.Range.Overlaps(p) {
			out.By = append(out.By, t)
		}
	}
	out.Below, out.Above = nearest(list, p)
	return out
}

// Sentence is the answer in one sentence.
func (a Answer) Sentence() string {
	switch {
	case len(a.By) > 0 && (a.Refused == "" || a.By[0].Kind != KindKonnect):
		return a.Range.String() + " is taken: it meets " + phrase.Few(phrase.Strings(a.By), 3)
	case a.Refused != "":
		return a.Refused
	case len(a.Gaps) > 0:
		return a.Range.String() + " is free as far as can be seen; not everything could be read"
	default:
		return a.Range.String() + " is free: nothing that can be seen has any of it"
	}
}
