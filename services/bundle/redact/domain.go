package redact

import (
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// domain returns the stand-in of a domain, label by label from the right: what is the same
// for everybody at its end stays. A domain that lies in another lies in the stand-in of
// that, so the same rule of a table wins.
func (r *Redactor) domain(name string) string {
	if stand, ok := r.reverseZone(name); ok {
		return stand
	}
	labels := strings.Split(name, ".")
	end := len(labels)
	for end > 0 && labels[end-1] == "" {
		end--
	}
	keep := end
	for keep > 0 && r.everybodys(strings.ToLower(strings.Join(labels[keep-1:end], "."))) {
		keep--
	}
	for i, l := range labels[:keep] {
		labels[i] = r.label(l)
	}
	return strings.Join(labels, ".")
}

// everybodys reports whether a domain identifies nobody. It is asked from the right, and
// only as long as it says yes.
func (r *Redactor) everybodys(name string) bool {
	if r.known.zones[name] {
		return true
	}
	suffix, managed := publicsuffix.PublicSuffix(name)
	return managed && suffix == name
}

// label returns the stand-in of one label. It depends on nothing but the label.
func (r *Redactor) label(l string) string {
	small := strings.ToLower(l)
	if l == "" || l == "*" || r.known.labels[small] || r.known.region(small) {
		return l
	}
	if strings.Trim(l, "0123456789") == "" { // a name must not end with a number, and a stand-in still must not
		if r.patterns.long.MatchString(l) {
			return r.digits(l)
		}
		return l
	}
	if a, err := idna.Lookup.ToASCII(l); err == nil && strings.ContainsFunc(l, func(c rune) bool { return c >= 0x80 }) {
		l = a // the forms of one label are one
	}
	if _, err := idna.Lookup.ToUnicode(l); err != nil && strings.HasPrefix(small, "xn--") {
		return "xn--" + r.word(l) + "-" // no form of anything, and its stand-in is none
	}
	// Characters that a label must not have stay, because rules speak of them.
	odd := strings.Map(func(c rune) rune {
		if c < 0x80 && !alphanumeric(c) && c != '-' {
			return c
		}
		return -1
	}, l)
	stand := r.word(l)
	if odd != "" {
		const most = 4
		stand = stand[:2] + odd[:min(len(odd), most)] + stand[2:]
	}
	if strings.HasPrefix(l, "-") {
		stand = "-" + stand
	}
	if strings.HasSuffix(l, "-") {
		stand += "-"
	}
	return stand
}

func alphanumeric(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// reverseZone returns the stand-in of a zone or name of reverse look-ups: it holds an
// address, or the beginning of one, the other way round.
func (r *Redactor) reverseZone(name string) (string, bool) {
	small := strings.ToLower(name)
	for _, kind := range []struct {
		zone       string
		base, bits int
		most       int
	}{{".in-addr.arpa", 10, 8, 4}, {".ip6.arpa", 16, 4, 32}} {
		at := strings.LastIndex(small, kind.zone)
		if at < 0 || strings.Trim(small[at+len(kind.zone):], ".") != "" {
			continue
		}
		labels := strings.Split(small[:at], ".")
		// Behind what is no number, such as a star or the name of a part (RFC 2317), the
		// numbers begin.
		n := 0
		for n < min(len(labels), kind.most) {
			l := labels[len(labels)-1-n]
			if v, err := strconv.ParseUint(l, kind.base, kind.bits); err != nil || strconv.FormatUint(v, kind.base) != l {
				break
			}
			n++
		}
		numbers := r.turned(labels[len(labels)-n:], kind.base, kind.bits, kind.most)
		for i, l := range labels[:len(labels)-n] {
			labels[i] = r.label(l)
		}
		return strings.Join(append(labels[:len(labels)-n:len(labels)-n], numbers...), ".") + name[at:], true
	}
	return "", false
}

// turned permutes the address whose last numbers are given in reverse order.
func (r *Redactor) turned(labels []string, base, bits, most int) []string {
	bytes := make([]byte, most*bits/8)
	n := len(labels)
	for i := range n {
		v, _ := strconv.ParseUint(labels[n-1-i], base, bits) // it was looked at
		bytes[i*bits/8] |= byte(v) << (8 - bits - i*bits%8)  //nolint:gosec // it has so many bits
	}
	ip, _ := netip.AddrFromSlice(bytes)
	out := r.addresses.prefix(netip.PrefixFrom(ip, n*bits)).Addr().AsSlice()
	stand := make([]string, n)
	for i := range n {
		v := out[i*bits/8] >> (8 - bits - i*bits%8) & (1<<bits - 1)
		stand[n-1-i] = strconv.FormatUint(uint64(v), base)
	}
	return stand
}
