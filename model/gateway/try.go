package gateway

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Try is a command that sends a request which the route is to match, to a name or an
// address of the data planes. Empty where none can be made of the route: it is matched by an
// expression, or not by HTTP.
func (r Route) Try(dataPlane safe.Text) string {
	path, ok := r.tryPath()
	if dataPlane.IsEmpty() || family(r.Protocols) != familyHTTP || !ok {
		return ""
	}
	scheme, port := "http", "80"
	if slices.Contains(r.Protocols, safe.New("https")) {
		scheme, port = "https", "443"
	}
	at := dataPlane.Raw()
	name := at
	if names := append(slices.Clone(r.SNIs), r.Hosts...); len(names) > 0 {
		name = tryName(names[0].Raw())
	}
	var b strings.Builder
	b.WriteString("curl --include")
	if len(r.Methods) > 0 && !slices.Contains(r.Methods, safe.New("GET")) {
		b.WriteString(" --request " + model.ShellQuote(r.Methods[0].Raw()))
	}
	if name != at {
		host, _, _ := strings.Cut(name, ":")
		b.WriteString(" --connect-to " + model.ShellQuote(host+":"+port+":"+at+":"+port))
		name = host
	}
	b.WriteString(" " + model.ShellQuote(scheme+"://"+name+path))
	return b.String()
}

// tryPath is a path that the route matches: a fixed one where it has one.
func (r Route) tryPath() (path string, ok bool) {
	if !r.Expression.IsEmpty() {
		return "", false
	}
	if len(r.Paths) == 0 {
		return "/", true
	}
	for _, p := range r.Paths {
		if strings.HasPrefix(p.Raw(), "/") {
			return p.Raw(), true
		}
	}
	return "", false
}

// tryName puts a word where a name has a star.
func tryName(name string) string { return strings.ReplaceAll(name, "*", "example") }
