package gateway

import (
	"errors"
	"regexp/syntax"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// pathSigns are the signs that a path may have beside letters and digits (RFC 3986).
const pathSigns = "-._~%!$&'()*+,;=:@/"

// servicePath checks the path that is put before that of each request.
func (p *problems) servicePath(s ServiceDraft) {
	if s.Path.IsEmpty() {
		return
	}
	switch familyOf(s.protocol().Raw()) {
	case familyHTTP, familyWebSocket, "":
		if text := pathFault(s.Path.Raw()); text != "" {
			p.wrongf(FieldPath, "the path %s %s", s.Path.Quoted(), text)
		}
	default:
		p.wrongf(FieldPath, "a service of %s has no path; leave %s out", s.protocol(), s.Path.Quoted())
	}
}

// routePath checks a path of a route: a fixed one, or an expression after a tilde.
func (p *problems) routePath(path safe.Text) {
	raw := path.Raw()
	if !strings.HasPrefix(raw, "~") {
		switch text := pathFault(raw); {
		case text != "" && strings.HasPrefix(raw, "/") && looksLikeExpression(raw):
			p.wrongf(FieldPaths, "the path %s %s; if it is an expression, write ~%s", path.Quoted(), text, path)
		case text != "":
			p.wrongf(FieldPaths, "the path %s %s", path.Quoted(), text)
		case looksLikeExpression(raw):
			p.warnf(FieldPaths, "the path %s is taken letter by letter; if it is an expression, write ~%s", path.Quoted(), path)
		}
		return
	}
	if !strings.HasPrefix(raw, "~/") {
		p.wrongf(FieldPaths, "the expression %s begins with ~/, such as ~/orders/\\d+$", path.Quoted())
		return
	}
	if strings.Contains(raw, "//") {
		p.wrongf(FieldPaths, "the path %s has an empty part between two slashes; take out one of them", path.Quoted())
	}
	if fault := expressionFault(raw[1:]); fault != "" {
		p.wrongf(FieldPaths, "the expression %s cannot be read: %s", path.Quoted(), fault)
	}
}

// pathFault says what is wrong with a fixed path, with the way out; empty for nothing.
func pathFault(path string) string {
	switch {
	case !strings.HasPrefix(path, "/"):
		return "does not begin with a slash; write " + safe.New("/"+path).Quoted()
	case strings.Contains(path, "//"):
		return "has an empty part between two slashes; take out one of them"
	case strings.ContainsAny(path, "?#"):
		return "has a query or a fragment, which is no part of a path; leave it out"
	case strings.ContainsAny(path, " \t"):
		return "has a blank in it; write %20, or leave it out"
	}
	for i := range len(path) {
		c := path[i]
		switch {
		case c == '%' && !hexPair(path[i+1:]):
			return "has a % that two hexadecimal digits do not follow; write %25 for the sign itself"
		case c >= 0x80:
			return "has letters that a path has in escaped form only (%C3%A9 for é)"
		case !labelRune(rune(c)) && !strings.ContainsRune(pathSigns, rune(c)):
			return "has " + safe.New(string(rune(c))).Quoted() + " in it, which a path has in escaped form only"
		}
	}
	return ""
}

func hexPair(s string) bool {
	const digits = "0123456789abcdefABCDEF"
	return len(s) >= 2 && strings.IndexByte(digits, s[0]) >= 0 && strings.IndexByte(digits, s[1]) >= 0
}

// looksLikeExpression reports whether a fixed path has what only an expression has.
func looksLikeExpression(path string) bool {
	return strings.ContainsAny(path, `\[]{}^|`) || strings.Contains(path, ".*") || strings.Contains(path, "(?") || strings.HasSuffix(path, "$")
}

// expressionFault says why an expression is none for certain: the gateway knows more than
// the reader that is used here, so only what nobody can read counts.
func expressionFault(expression string) string {
	_, err := syntax.Parse(expression, syntax.Perl)
	if e, ok := errors.AsType[*syntax.Error](err); ok {
		switch e.Code {
		case syntax.ErrMissingParen:
			return "a bracket ( is not closed"
		case syntax.ErrUnexpectedParen:
			return "a bracket ) was not opened"
		case syntax.ErrMissingBracket:
			return "a bracket [ is not closed"
		case syntax.ErrTrailingBackslash:
			return "it ends with a backslash"
		default: // may be what the gateway reads and Go does not
		}
	}
	return ""
}
