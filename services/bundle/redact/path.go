package redact

import (
	"net/netip"
	"net/url"
	"strings"
)

// url redacts a link: its user, its host, its path and its query.
func (r *Redactor) url(s string) string {
	scheme, rest, _ := strings.Cut(s, "://")
	at := strings.IndexAny(rest, "/?#")
	if at < 0 {
		at = len(rest)
	}
	return scheme + "://" + r.authority(rest[:at]) + r.path(rest[at:])
}

// authority redacts user@host:port. A password is gone by now.
func (r *Redactor) authority(s string) string {
	user, host, named := cutLast(s, "@")
	if !named {
		user, host = "", s
	}
	if user != "" {
		parts := strings.SplitN(user, ":", 2)
		name, guest := strings.CutSuffix(parts[0], "#EXT#")
		parts[0] = r.word(name)
		if guest {
			parts[0] += "#EXT#"
		}
		if len(parts) > 1 {
			parts[1] = Mask
		}
		user = strings.Join(parts, ":")
	}
	if named {
		user += "@"
	}
	if ap, err := netip.ParseAddrPort(host); err == nil {
		return user + netip.AddrPortFrom(r.ip(ap.Addr()), ap.Port()).String()
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if ip, err := netip.ParseAddr(bare); err == nil {
		return user + strings.Replace(host, bare, r.ip(ip).String(), 1)
	}
	name, port, _ := cutLast(host, ":")
	if port != "" && strings.Trim(port, "0123456789") == "" {
		return user + r.domain(name) + ":" + port
	}
	return user + r.domain(host)
}

func cutLast(s, sep string) (before, after string, found bool) {
	at := strings.LastIndex(s, sep)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(sep):], true
}

// Path redacts the path of a request with its query, the id of a resource, or the path of
// a file.
func (r *Redactor) Path(s string) string {
	s = r.mask(s)
	if r.keep {
		return s
	}
	return r.path(s)
}

func (r *Redactor) path(s string) string {
	s, fragment, marked := strings.Cut(s, "#")
	if marked {
		fragment = "#" + r.segmentOr(fragment, r.sentence)
	}
	s, query, asked := strings.Cut(s, "?")
	if asked {
		query = "?" + r.query(query)
	}
	separator := "/"
	if !strings.Contains(s, "/") && strings.Contains(s, `\`) {
		separator = `\`
	}
	segments := strings.Split(s, separator)
	place := 0 // behind providers: 1 for the namespace, even ones for types, odd ones for names
	last := ""
	for i, seg := range segments {
		small := strings.ToLower(seg)
		switch {
		case seg == "":
		case small == "providers":
			place = 1
		case place > 0:
			if place > 1 && place%2 == 1 {
				segments[i] = r.segmentOr(seg, r.Name)
			} else {
				segments[i] = r.segmentOr(seg, r.kept)
			}
			place++
		case last == "subscriptions" || last == "resourcegroups" || last == "tenants" || last == "managementgroups":
			segments[i] = r.segmentOr(seg, r.Name)
		default:
			segments[i] = r.segmentOr(seg, r.place)
		}
		last = small
	}
	return strings.Join(segments, separator) + query + fragment
}

// kept is a namespace or a type of a resource: it stays if it looks like one.
func (r *Redactor) kept(s string) string {
	if r.patterns.provider.MatchString(s) || r.vocabulary.plain(s) || r.patterns.enum.MatchString(s) && !strings.ContainsAny(s, " 0123456789:-") {
		return s
	}
	return r.Name(s)
}

// place is a segment of any other path.
func (r *Redactor) place(s string) string {
	small := strings.ToLower(s)
	switch {
	case r.dictionary[small] && !r.vocabulary[small]:
		return r.named(s)
	case r.vocabulary.plain(s), r.patterns.measure.MatchString(s), s == "~", len(s) == 2 && s[1] == ':':
		return s
	case strings.ContainsAny(s, "('"):
		return r.sentence(s)
	}
	if m := r.patterns.extension.FindStringSubmatch(s); m != nil {
		return r.plainOrNot(m[1], false) + m[2]
	}
	return r.Name(s)
}

// segmentOr redacts an escaped part of a path.
func (r *Redactor) segmentOr(seg string, by func(string) string) string {
	plain, err := url.PathUnescape(seg)
	if err != nil || plain == seg {
		return by(seg)
	}
	return url.PathEscape(by(plain))
}

func (r *Redactor) query(q string) string {
	pairs := strings.Split(q, "&")
	for i, pair := range pairs {
		name, value, valued := strings.Cut(pair, "=")
		stand := name
		if plain, err := url.QueryUnescape(name); err != nil || !r.vocabulary.plain(plain) && !strings.HasPrefix(plain, "$") {
			stand = url.QueryEscape(r.sentence(plain))
		}
		pairs[i] = stand
		if valued {
			pairs[i] += "=" + r.queryValue(name, value)
		}
	}
	return strings.Join(pairs, "&")
}

func (r *Redactor) queryValue(name, value string) string {
	plain, err := url.QueryUnescape(value)
	small := memberName(name)
	switch {
	case err != nil:
		return r.opaque(value)
	case plain == Mask || small == "code" || secretMember(small):
		return Mask
	case strings.HasSuffix(small, "token") || small == "skip" || strings.HasSuffix(small, "after"):
		return r.opaque(plain)
	}
	stand := r.sentence(plain)
	if r.patterns.run.FindString(plain) == plain && (strings.Contains(small, "name") || strings.Contains(small, "id")) {
		stand = r.Name(plain)
	}
	if stand == plain {
		return value
	}
	escaped := url.QueryEscape(stand)
	if !strings.Contains(value, "+") {
		escaped = strings.ReplaceAll(escaped, "+", "%20")
	}
	return escaped
}
