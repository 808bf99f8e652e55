package redact

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode"

	"github.com/peerdeck/peerdeck/model"
)

// forms lists secrets with the forms in which they may stand, each with its mask.
func forms(secrets []string) []string {
	const least = 6 // letters; a shorter one would take words with it
	var out []string
	for _, s := range secrets {
		if len(s) < least {
			continue
		}
		for _, f := range []string{s, url.QueryEscape(s), url.PathEscape(s), base64.StdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s))} {
			out = append(out, f, Mask)
		}
	}
	return out
}

// mask takes secrets out of a text: those that are known, and what looks like one.
func (r *Redactor) mask(s string) string {
	const least = 6 // letters of the shortest pattern
	if len(s) < 4 {
		return s
	}
	was := s
	s = r.secrets.Replace(s)
	if len(s) >= least && !model.IsGUID(s) {
		s = r.maskPatterns(s)
	}
	if s != was {
		r.masked++
	}
	return s
}

// maskPatterns takes out what looks like a secret. A pattern is tried only where
// something in the text makes it possible: most texts have nothing of that.
func (r *Redactor) maskPatterns(s string) string {
	small := strings.ToLower(s)
	for _, try := range r.tries {
		if strings.Contains(small, try.sign) {
			s = try.mask(s)
		}
	}
	const long = 24
	if len(s) < long {
		return s
	}
	return r.patterns.dense.ReplaceAllStringFunc(s, func(v string) string {
		if !dense(v) || r.patterns.guid.MatchString(v) {
			return v
		}
		return r.opaque(v)
	})
}

// try is a pattern, with what stands in every text that it fits.
type try struct {
	sign string
	mask func(string) string
}

// newTries are the patterns of secrets, in their order.
func (r *Redactor) newTries() []try {
	p := r.patterns
	scheme := func(s string) string {
		return replaceGroups(p.scheme.FindAllStringSubmatchIndex(s, -1), s, 3, func(v string) string {
			if r.vocabulary.plain(v) {
				return v // basic authentication
			}
			return Mask
		})
	}
	pair := func(s string) string {
		if !strings.ContainsAny(s, "=:") {
			return s
		}
		return p.pair.ReplaceAllStringFunc(s, r.maskPair)
	}
	code := func(s string) string {
		return replaceGroups(p.deviceCode.FindAllStringSubmatchIndex(s, -1), s, 2, func(v string) string {
			if strings.ToUpper(v) != v || strings.Trim(v, "0123456789") == "" || r.vocabulary.plain(v) {
				return v
			}
			return Mask
		})
	}
	return []try{
		{"-----begin ", func(s string) string { return p.pem.ReplaceAllLiteralString(s, Mask) }},
		{"eyj", func(s string) string { return p.jwt.ReplaceAllLiteralString(s, Mask) }},
		{"pat_", func(s string) string { return p.pat.ReplaceAllLiteralString(s, Mask) }},
		{"cookie", func(s string) string { return p.cookie.ReplaceAllString(s, "$1$2"+Mask) }},
		{"://", func(s string) string { return p.userinfo.ReplaceAllString(s, "$1:"+Mask+"@") }},
		{"--", func(s string) string { return p.flag.ReplaceAllString(s, "$1"+Mask) }},
		{"bearer", scheme},
		{"basic", scheme},
		{"negotiate", scheme},
		{"ntlm", scheme},
		{"digest", scheme},
		{"", pair}, // it is tried once: a mark of a page is not made twice
		{"code", code},
	}
}

// maskPair masks the value of a name that is called like a secret.
func (r *Redactor) maskPair(pair string) string {
	p := r.patterns
	m := p.pair.FindStringSubmatch(pair)
	word := strings.TrimRight(m[2], ".:)")
	switch {
	case p.page.MatchString(m[1]):
		return m[1] + r.opaque(m[2])
	case strings.ContainsAny(m[1][:1], "?&") || !p.said.MatchString(m[1]):
		return m[1] + Mask
	case r.vocabulary.plain(word), p.measure.MatchString(word), p.provider.MatchString(word):
		return pair // exit code=3, token: refused
	default:
		return m[1] + Mask
	}
}

// replaceGroups replaces one group of each match.
func replaceGroups(matches [][]int, s string, group int, by func(string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range matches {
		from, to := m[2*group], m[2*group+1]
		b.WriteString(s[at:from])
		b.WriteString(by(s[from:to]))
		at = to
	}
	b.WriteString(s[at:])
	return b.String()
}

// dense reports whether a word is as random as a token is: small and capital letters and
// digits in turns.
func dense(word string) bool {
	const often = 4
	upper, lower, digit, turns := false, false, false, 0
	last := ' '
	for _, c := range word {
		switch {
		case unicode.IsUpper(c):
			upper = true
			turns += one(unicode.IsLower(last) || unicode.IsDigit(last))
		case unicode.IsLower(c):
			lower = true
			turns += one(unicode.IsDigit(last)) // a capital before it may begin a word
		case unicode.IsDigit(c):
			digit = true
			turns += one(unicode.IsLetter(last))
		}
		last = c
	}
	return upper && lower && digit && turns*often >= len(word)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// opaque stands for what may be a secret and may be the mark of a page, which must stay
// the same in the link and in the request that follows it. It cannot be translated back.
func (r *Redactor) opaque(word string) string {
	sum := r.key.digest("opaque", word)
	return "x" + hex.EncodeToString(sum[:8])
}

// secretMember reports whether the value of a member is a secret by the member's name.
func secretMember(small string) bool {
	switch small {
	case "key", "pwd", "sig", "signature", "sas", "claims", "usercode", "devicecode", "authorization", "pin":
		return true
	case "skiptoken", "nexttoken", "continuationtoken", "pagetoken", "nextpagetoken":
		return false // marks of a page
	}
	for _, part := range []string{"secret", "password", "passwd", "passphrase", "token", "assertion", "connectionstring", "credential", "cookie", "privatekey", "accesskey", "sharedkey", "accountkey", "primarykey", "secondarykey", "apikey"} {
		if strings.Contains(small, part) {
			return true
		}
	}
	return false
}
