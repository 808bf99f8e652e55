package setup

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// ConsentLink is the page on which an administrator of a tenant lets an application
// in. Base is the address of the Microsoft sign-in. Whatever the tenant holds, it
// stays one segment of the path.
func ConsentLink(base, tenant, app safe.Text) safe.Text {
	return safe.New(strings.TrimSuffix(base.Raw(), "/") + "/" + percent(tenant.Raw()) + "/adminconsent?client_id=" + percent(app.Raw()))
}

// percent escapes everything but what may stand unescaped anywhere in a URL.
func percent(s string) string {
	const hexadecimal = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '~':
			b.WriteByte(c)
		case c == '.' && strings.Trim(s, ".") != "":
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hexadecimal[c>>4])
			b.WriteByte(hexadecimal[c&15])
		}
	}
	return b.String()
}
