package redact

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text redacts a sentence: words of peerdeck and of the clouds stay, everything else is
// replaced.
func (r *Redactor) Text(s string) string {
	if r.learning {
		return s // a sentence teaches no names
	}
	s = r.mask(s)
	if r.keep {
		return s
	}
	return r.sentence(s)
}

func (r *Redactor) sentence(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range r.patterns.run.FindAllStringIndex(s, -1) {
		if m[0] < at {
			continue // it was part of a name of several words
		}
		if from, name, ok := r.phrase(s, at, m[0], m[1]); ok {
			b.WriteString(s[at:from])
			b.WriteString(r.word(name))
			at = from + len(name)
			continue
		}
		b.WriteString(s[at:m[0]])
		b.WriteString(r.run(s[m[0]:m[1]], r.marked(s, m[0], m[1])))
		at = m[1]
	}
	b.WriteString(s[at:])
	return b.String()
}

// phrase finds a name of several words whose first word stands at a place of a text. What
// was written already, up to at, is no part of it.
func (r *Redactor) phrase(s string, at, from, to int) (begins int, name string, ok bool) {
	for _, p := range r.phrases[strings.ToLower(s[from:to])] {
		begins := from - p.first
		if begins >= at && strings.HasPrefix(s[begins:], p.name) && bounded(s, begins, len(p.name)) {
			return begins, p.name, true
		}
	}
	return 0, "", false
}

// phrase is a name of several words, with the place of its first one in it.
type phrase struct {
	name  string
	first int
}

// bounded reports whether no letter or digit touches a part of a text.
func bounded(s string, at, length int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	behind, _ := utf8.DecodeRuneInString(s[at+length:])
	return !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.IsLetter(behind) && !unicode.IsDigit(behind)
}

// marked reports whether a word of a text stands where a value stands: in quotation
// marks, or behind a flag.
func (r *Redactor) marked(s string, from, to int) bool {
	const reach = 40
	if from == 0 {
		return false
	}
	if to < len(s) && strings.IndexByte("\"'`", s[from-1]) >= 0 && s[to] == s[from-1] {
		return true
	}
	return r.patterns.flagged.MatchString(s[max(0, from-reach):from])
}

// run redacts what stands between two blanks.
func (r *Redactor) run(s string, marked bool) string {
	head := len(s) - len(strings.TrimLeft(s, ".:*&+→—–-#"))
	if strings.HasPrefix(s, "*.") {
		head = 0
	}
	tail := len(strings.TrimRight(s, ".:*&+→—–-#!?"))
	if head >= tail {
		return s
	}
	return s[:head] + r.core(s[head:tail], marked) + s[tail:]
}

func (r *Redactor) core(s string, marked bool) string {
	p := r.patterns
	switch {
	case strings.Contains(s, Mask):
		if strings.Contains(s, "://") {
			return r.url(s)
		}
		return s
	case p.stamp.MatchString(s):
		return s
	}
	if stand, ok := r.structure(s); ok {
		return stand
	}
	if p.measure.MatchString(s) {
		return s
	}
	if r.dictionary[strings.ToLower(s)] && (marked || !r.vocabulary[strings.ToLower(s)]) {
		return r.named(s)
	}
	if m := p.guid.FindStringIndex(s); m != nil {
		return r.run(s[:m[0]], false) + r.guid(s[m[0]:m[1]]) + r.run(s[m[1]:], false)
	}
	if m := p.ip4.FindStringIndex(s); m != nil && bounded(s, m[0], m[1]-m[0]) {
		if stand, ok := r.structure(s[m[0]:m[1]]); ok {
			return r.run(s[:m[0]], false) + stand + r.run(s[m[1]:], false)
		}
	}
	if at := strings.IndexAny(s, `:/\%#@&`); at >= 0 {
		return r.run(s[:at], marked) + s[at:at+1] + r.run(s[at+1:], marked)
	}
	if p.dotted.MatchString(s) && !r.vocabulary.plain(s) {
		return r.dottedName(s)
	}
	return r.plainOrNot(s, marked)
}

// plainOrNot redacts a single word.
func (r *Redactor) plainOrNot(s string, marked bool) string {
	small := strings.ToLower(s)
	switch {
	case r.vocabulary.plain(s):
		if rare := !r.vocabulary[small] && small == s && r.vocabulary.has(small); marked && rare {
			return r.word(s)
		}
		return s
	case r.known.names[small], r.known.region(small):
		return s
	case !strings.ContainsFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }):
		return s
	case strings.Trim(s, "0123456789") == "":
		return r.digits(s)
	default:
		return r.word(s)
	}
}

// structure redacts what has a shape of its own: an address, a range, an id, a link, the
// path of a resource or a file, an e-mail address.
func (r *Redactor) structure(s string) (string, bool) {
	p := r.patterns
	if ip, err := netip.ParseAddr(s); err == nil {
		return r.ip(ip).String(), true
	}
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return netip.AddrPortFrom(r.ip(ap.Addr()), ap.Port()).String(), true
	}
	if n, err := netip.ParsePrefix(s); err == nil {
		stand := r.addresses.prefix(n)
		r.used[stand.String()] = r.used[stand.String()] || stand != n
		return stand.String(), true
	}
	switch {
	case len(s) == 36 && p.guid.MatchString(s):
		return r.guid(s), true
	case p.provider.MatchString(s):
		return s, true
	case strings.Contains(s, "://"):
		return r.url(s), true
	case strings.HasPrefix(s, "/"), strings.HasPrefix(s, "~/"), strings.HasPrefix(strings.ToLower(s), "subscriptions/"), len(s) > 3 && s[1:3] == `:\`:
		return r.path(s), true
	case strings.HasPrefix(s, "ssh:") && len(s) > len("ssh:"):
		return "ssh:" + r.authority(s[len("ssh:"):]), true
	case p.email.MatchString(s):
		return r.authority(s), true
	}
	return "", false
}

func (r *Redactor) ip(ip netip.Addr) netip.Addr {
	stand := r.addresses.address(ip)
	if stand != ip {
		r.used[stand.String()] = true
	}
	return stand
}

// dottedName redacts a name with dots, which is a domain, a file or the name of a thing.
func (r *Redactor) dottedName(s string) string {
	if m := r.patterns.extension.FindStringSubmatch(s); m != nil && !r.known.zones[strings.ToLower(strings.TrimPrefix(m[2], "."))] {
		return r.plainOrNot(m[1], false) + m[2]
	}
	return r.domain(s)
}

// kongSuffix is what Azure's copies of Kong's role end with.
const kongSuffix = " - Kong"

// named redacts the name of a thing, and learns it.
func (r *Redactor) named(s string) string {
	bare, ours := strings.CutSuffix(s, kongSuffix)
	small := strings.ToLower(bare)
	if r.known.names[small] {
		return s
	}
	end := ""
	if ours {
		end = kongSuffix
	}
	switch {
	case r.patterns.dotted.MatchString(bare):
		r.learn(bare)
		return r.domain(bare) + end
	case strings.Trim(bare, "0123456789") == "":
		if r.patterns.long.MatchString(bare) {
			return r.digits(bare) + end
		}
		return s
	case !strings.ContainsFunc(bare, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }):
		return s
	}
	r.learn(bare)
	return r.word(bare) + end
}

// learn takes a name into the dictionary, so that it is known in texts.
func (r *Redactor) learn(name string) {
	small := strings.ToLower(name)
	const most = 10_000 // letters
	if r.dictionary[small] || len(name) > most {
		return
	}
	r.dictionary[small] = true
	if r.patterns.run.FindString(name) == name {
		return
	}
	m := r.patterns.run.FindStringIndex(name)
	if m == nil {
		return
	}
	first := strings.ToLower(name[m[0]:m[1]])
	list := append(slices.Clone(r.phrases[first]), phrase{name, m[0]})
	slices.SortFunc(list, func(a, b phrase) int {
		return cmp.Or(cmp.Compare(len(b.name), len(a.name)), strings.Compare(a.name, b.name))
	})
	r.phrases[first] = list
}

// Name redacts a value that names something, whatever it looks like.
func (r *Redactor) Name(s string) string {
	s = r.mask(s)
	if r.keep || s == "" || s == Mask {
		return s
	}
	p := r.patterns
	if p.stamp.MatchString(s) || s == "true" || s == "false" {
		return s
	}
	if stand, ok := r.structure(s); ok {
		return stand
	}
	if p.measure.MatchString(s) {
		return s
	}
	if strings.Contains(s, Mask) {
		return r.sentence(s)
	}
	if first, rest, ok := strings.Cut(s, "/"); ok && !strings.ContainsAny(s, " ()") {
		return r.Name(first) + "/" + r.Name(rest)
	}
	return r.named(s)
}

// Domain redacts a domain, whatever it looks like.
func (r *Redactor) Domain(s string) string {
	s = r.mask(s)
	if r.keep || strings.Contains(s, Mask) {
		return s
	}
	if ip, err := netip.ParseAddr(s); err == nil {
		return r.ip(ip).String()
	}
	trimmed := strings.TrimSpace(s)
	if strings.ContainsAny(trimmed, "/:@ ") {
		return r.Name(s)
	}
	return r.domain(s)
}

// enum redacts a word of an interface: a state, a kind, a region. It stays if it is made
// of words that the clouds use.
func (r *Redactor) enum(s string) string {
	if r.learning {
		return s
	}
	s = r.mask(s)
	if r.keep || r.vocabulary.plain(s) && len(s) <= maxEnum || r.patterns.short.MatchString(s) || r.known.region(s) || strings.Trim(s, "*") == "" {
		return s
	}
	return r.sentence(s)
}

// maxEnum is the most letters of a word of an interface.
const maxEnum = 80
