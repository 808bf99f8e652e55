package safe

import (
	"regexp"
	"strings"
)

// secretForms are the forms in which secrets stand in texts of others, each with a mark that
// every text has which it fits, in small letters: what a service or a proxy says back of the
// request, a link that lets in whoever has it, an address with a password, a member of JSON
// whose name says so. The first group stays.
func secretForms() []struct{ mark, form string } {
	return []struct{ mark, form string }{
		{"bearer", `(\b[Bb](?:earer|EARER)\s+)[^\s"'\\,;}=]*[0-9A-Z][^\s"'\\,;}=]*`},
		{"eyj", `()\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+`},
		{"pat_", `()\b(?:[ks]pat|npat)_[A-Za-z0-9_.~+/=-]+`},
		{"sig=", `(?i)([?&]sig=)[^\s"'\\&]+`},
		{"://", `(://[^\s/:@"'\\]*:)[^\s/@"'\\]+@`},
		{"secret", memberForm},
		{"password", memberForm},
		{"token", memberForm},
		{"assertion", memberForm},
	}
}

const memberForm = `(?i)(\\*"[\w-]*(?:secret|password|_token|accesstoken|assertion)\\*"\s*:\s*\\*")[^"\\]+`

// Secretless returns a text of somebody else without what looks like a secret: services,
// proxies and programs say back what they were sent. What is only near to one, such as the
// word token, stays.
func Secretless(text string) string {
	small := strings.ToLower(text)
	for _, s := range secretForms() {
		if !strings.Contains(small, s.mark) {
			continue
		}
		put := "${1}***"
		if s.mark == "://" {
			put += "@"
		}
		text = regexp.MustCompile(s.form).ReplaceAllString(text, put)
	}
	return text
}

// Secretless is [Secretless] of a text.
func (t Text) Secretless() Text {
	if was, is := t.Raw(), Secretless(t.Raw()); is != was {
		return New(is)
	}
	return t
}
