// Package near finds what may have been meant by a name that nothing has: names and
// domains that differ from it by a slip of the fingers. It offers little rather than
// much: a name that is another one on purpose is not called a slip.
package near

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// most is how many names are offered, and far is a distance at which nothing is.
const (
	most = 3
	far  = 1 << 10
)

// Names returns those of some names that may have been meant by one that is not among
// them, the nearest first. Case does not count.
func Names(typed string, of []string) []string {
	var found []match
	for _, name := range of {
		if d := slips(strings.ToLower(typed), strings.ToLower(name)); d < far {
			found = append(found, match{Domain{Domain: name, Name: name}, d})
		}
	}
	var out []string
	for _, d := range nearest(found) {
		out = append(out, d.Name)
	}
	return out
}

// Domain is a domain that a name may have been meant to lie in.
type Domain struct {
	Domain string
	Name   string // the name as it is then: its own first labels, and the domain
}

// Domains returns those of some domains that a name may have been meant to lie in, the
// nearest first, by what its labels have in common with theirs. Both are written as DNS
// carries them. A name in which other labels stand is one of another domain, and so is
// one below another registered domain, unless a single letter tells the two apart.
func Domains(name string, domains []string) []Domain {
	labels := strings.Split(strings.ToLower(name), ".")
	var found []match
	for _, domain := range domains {
		want := strings.Split(strings.ToLower(strings.TrimSuffix(domain, ".")), ".")
		best := match{distance: far}
		for n := max(1, len(want)-1); n <= min(len(want)+1, len(labels)); n++ {
			own, rest := labels[:len(labels)-n], labels[len(labels)-n:]
			if d := labelSlips(rest, want); d < best.distance {
				meant := strings.Join(slices.Concat(own, want), ".")
				best = match{Domain{Domain: domain, Name: meant}, d}
			}
		}
		if best.distance > 0 && best.distance < far && !apart(name, best) {
			found = append(found, best)
		}
	}
	return nearest(found)
}

// match is what is near, and how near.
type match struct {
	Domain

	distance int
}

// nearest are the first of what was found. Where two domains lead to one name, the longer
// one takes it.
func nearest(found []match) []Domain {
	slices.SortStableFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(len(b.Domain.Domain), len(a.Domain.Domain)))
	})
	var out []Domain
	for _, m := range found {
		said := slices.ContainsFunc(out, func(d Domain) bool { return d.Name == m.Name })
		if len(out) < most && !said && m.distance <= found[0].distance+1 {
			out = append(out, m.Domain)
		}
	}
	return out
}

// apart reports whether the name lies below a registered domain of its own, which more
// than one letter tells from that of the domain: gitlab.com is no slip for github.com.
func apart(name string, m match) bool {
	own, theirs := Registered(name), Registered(m.Domain.Domain)
	if own == "" || own == theirs {
		return false
	}
	same := strings.HasPrefix(own, strings.Split(theirs, ".")[0]+".") // only what stands behind it differs
	deep := strings.Count(m.Domain.Domain, ".") > strings.Count(theirs, ".")
	return m.distance > 1 && (!same || !deep)
}

// Registered is the domain that somebody has registered, empty where no registry is
// known for it.
func Registered(name string) string {
	if _, icann := publicsuffix.PublicSuffix(name); !icann {
		return ""
	}
	r, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return ""
	}
	return r
}
