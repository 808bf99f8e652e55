package model

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"peerdeck/model/safe"
)

// The limits of DNS, RFC 1035.
const (
	MaxDomain = 253 // characters of a name, without the dot at its end
	MaxLabel  = 63  // between two dots
)

// DomainName returns a domain as DNS carries it: in small letters, without the dot
// at its end, other scripts in their xn-- form. What is no domain gets a problem
// that names it and the way out, and no name. Underscores are taken: zones such as
// _msdcs.example.com exist.
func DomainName(text string) (name, problem string) {
	typed := strings.TrimSpace(text)
	if problem := unlikeDomain(typed); problem != "" {
		return "", problem
	}
	show := safe.New(typed).Quoted()
	name = strings.ToLower(strings.TrimSuffix(typed, "."))
	if !IsASCII(name) || strings.Contains(name, "xn--") {
		mapped, err := International().ToASCII(name)
		if err != nil {
			return "", show + " is no valid international domain name; write it as its owner registered it"
		}
		name = strings.TrimSuffix(mapped, ".")
	}
	if problem := labelProblem(show, name); problem != "" {
		return "", problem
	}
	return name, ""
}

// International is how names of other scripts are read: mapped as for a look-up
// (UTS 46, not transitional), their labels and directions checked. It takes any ASCII
// character: what may stand in a name is decided afterwards. Options are added last.
func International(options ...idna.Option) *idna.Profile {
	return idna.New(append([]idna.Option{
		idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(), idna.StrictDomainName(false),
	}, options...)...)
}

// unlikeDomain finds what people put in the place of a domain.
func unlikeDomain(typed string) string {
	show := safe.New(typed).Quoted()
	_, notAddress := netip.ParseAddr(typed)
	_, notRange := netip.ParsePrefix(typed)
	switch {
	case typed == "":
		return "a domain is missing; give one, such as corp.example.com"
	case typed == ".":
		return "\".\" stands for every name there is; give the domains that your servers answer for"
	case !safe.New(typed).Visible():
		return "the domain " + show + " holds a character that cannot be seen; write it again by hand"
	case notAddress == nil || notRange == nil:
		return show + " is an address; domains stand before the servers, addresses among them"
	case strings.HasPrefix(typed, "*."):
		return show + " begins with a star; write " + safe.New(typed[2:]).Quoted() + ": a domain covers every name below it"
	case strings.Contains(typed, "*"):
		return show + " holds a star; give the domain alone: it covers every name below it"
	case strings.HasPrefix(typed, "."):
		return show + " begins with a dot; write " + safe.New(typed[1:]).Quoted() + ": a domain covers every name below it"
	case strings.ContainsAny(typed, ":/@"):
		return show + " is more than a domain; give it without scheme, port, path or account"
	default:
		return ""
	}
}

func labelProblem(show, name string) string {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		switch r, found := foreign(label, func(r rune) bool { return alphanumeric(r) || r == '-' || r == '_' }); {
		case label == "":
			return "the domain " + show + " has two dots in a row, or one at its edge; take one away"
		case found:
			return "the domain " + show + " holds " + character(r) + "; a domain is made of letters, digits, hyphens and dots"
		case len(label) > MaxLabel:
			return fmt.Sprintf("the domain %s has a part of %d characters; DNS takes %d between two dots", show, len(label), MaxLabel)
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return "the part " + safe.New(label).Quoted() + " of the domain " + show + " begins or ends with a hyphen, which DNS does not allow there"
		}
	}
	if len(name) > MaxDomain {
		return fmt.Sprintf("the domain %s has %d characters; DNS takes %d", show, len(name), MaxDomain)
	}
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "the domain " + show + " ends with a number, so programs take it for an address; give the domain"
	}
	return ""
}

// IsASCII reports whether a text holds ASCII characters alone.
func IsASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
