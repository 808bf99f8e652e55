package dnstable

import (
	"net/netip"
	"strings"

	"peerdeck/model"
)

// Name is a domain in its normal form.
type Name struct {
	ASCII   string // small letters, no dot at the end, other scripts as xn--; "." for the root; empty when the text is no domain
	Unicode string // as people read it
	Changed bool   // the case, a dot or a star was changed
	Mapped  bool   // letters of another script were mapped
}

// Normalise returns the normal form of a domain. A text that is no domain has none.
func Normalise(text string) Name {
	typed := strings.TrimSpace(text)
	bare := strings.TrimPrefix(strings.TrimPrefix(typed, "*"), ".")
	if typed == "." {
		return Name{ASCII: ".", Unicode: "."}
	}
	ascii, problem := model.DomainName(bare)
	if problem != "" {
		return Name{}
	}
	return Name{ASCII: ascii, Unicode: ascii, Changed: ascii != typed}
}

// NormalServer returns the usual spelling of a server's address.
func NormalServer(text string) (addr string, ok bool) {
	typed := strings.TrimSpace(text)
	if ap, err := netip.ParseAddrPort(typed); err == nil && ap.Port() == 53 {
		return ap.Addr().Unmap().String(), true
	}
	a, err := netip.ParseAddr(typed)
	if err != nil {
		return "", false
	}
	return a.Unmap().String(), true
}
