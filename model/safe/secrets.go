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

// Secrets knows the forms of secrets, made ready for whoever cleans one text after the other.
// It is safe for use by many goroutines.
type Secrets struct{ forms []secretForm }

type secretForm struct {
	mark string
	form *regexp.Regexp
	put  string
}

// NewSecrets makes all forms ready.
func NewSecrets() Secrets {
	var s Secrets
	for _, f := range secretForms() {
		s.forms = append(s.forms, ready(f.mark, f.form))
	}
	return s
}

func ready(mark, form string) secretForm {
	put := "${1}***"
	if mark == "://" {
		put += "@"
	}
	return secretForm{mark, regexp.MustCompile(form), put}
}

// Out returns a text without what looks like a secret: see [Secretless].
func (s Secrets) Out(text string) string {
	small := strings.ToLower(text)
	for _, f := range s.forms {
		if strings.Contains(small, f.mark) {
			text = f.form.ReplaceAllString(text, f.put)
		}
	}
	return text
}

// Secretless returns a text of somebody else without what looks like a secret: services,
// proxies and programs say back what they were sent. What is only near to one, such as the
// word token, stays. Whoever has many texts makes a [Secrets] of the forms once.
func Secretless(text string) string {
	small, s := strings.ToLower(text), Secrets{}
	for _, f := range secretForms() {
		if strings.Contains(small, f.mark) {
			s.forms = append(s.forms, ready(f.mark, f.form))
		}
	}
	return s.Out(text)
}

// Secretless is [Secretless] of a text.
func (t Text) Secretless() Text {
	if was, is := t.Raw(), Secretless(t.Raw()); is != was {
		return New(is)
	}
	return t
}
