package redact

import (
	"net/netip"
	"slices"
	"strings"
)

// Pair is a stand-in with what it stands for.
type Pair struct{ Stand, Name string }

// Back translates the stand-ins of a text back: names, ids and addresses that this key has
// made.
func (r *Redactor) Back(text string) string {
	return r.patterns.back.ReplaceAllStringFunc(text, func(s string) string {
		if name, ok := r.back(s); ok {
			return name
		}
		return s
	})
}

func (r *Redactor) back(s string) (string, bool) {
	if name, ok := r.names[strings.ToLower(s)]; ok {
		return name, true
	}
	address, _, ranged := strings.Cut(s, "/")
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "", false
	}
	if ranged {
		if p, err := netip.ParsePrefix(s); err == nil {
			return r.addresses.originalPrefix(p).String(), true
		}
		return "", false
	}
	return r.addresses.original(ip).String(), true
}

// Pairs lists the stand-ins that are in a text, by what they stand for.
func (r *Redactor) Pairs(text string) []Pair {
	seen := map[string]bool{}
	var out []Pair
	for _, s := range r.patterns.back.FindAllString(text, -1) {
		small := strings.ToLower(s)
		name, ok := r.back(small)
		if !ok || seen[small] || name == small {
			continue
		}
		seen[small] = true
		out = append(out, Pair{small, name})
	}
	slices.SortFunc(out, func(a, b Pair) int { return strings.Compare(a.Name+"\x00"+a.Stand, b.Name+"\x00"+b.Stand) })
	return out
}
