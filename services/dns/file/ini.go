package file

import "strings"

// setting is a line "name = value" of a file with sections.
type setting struct {
	section    string // as written, without brackets
	name       string // as written
	value      string
	from, to   int
	unreadable bool // a line that is neither a section nor a setting
}

// settings cuts a text into its settings. A line that ends with a backslash goes on.
func (r *reader) settings() []setting {
	var out []setting
	section, at := "", 0
	open := false // the line before went on
	for line := range strings.Lines(r.text) {
		from := at
		at += len(line)
		text := strings.TrimSpace(line)
		goesOn := strings.HasSuffix(text, `\`)
		text = strings.TrimSpace(strings.TrimSuffix(text, `\`))
		switch {
		case open && len(out) > 0 && at-out[len(out)-1].from > maxList:
		case open && len(out) > 0:
			out[len(out)-1].value += " " + text
			out[len(out)-1].to = at
		case text == "" || text[0] == '#' || text[0] == ';':
		case text[0] == '[' && strings.HasSuffix(text, "]"):
			section = strings.TrimSpace(text[1 : len(text)-1])
		default:
			name, value, found := strings.Cut(text, "=")
			out = append(out, setting{section: section, name: strings.TrimSpace(name), value: strings.TrimSpace(value), from: from, to: at, unreadable: !found})
		}
		open = goesOn
	}
	return out
}

// refuseSetting says of a line that it is none.
func (r *reader) refuseSetting(s setting, example string) {
	e := entry{from: s.from, to: s.to}
	e.failf("%s is no setting; write one such as: %s", quoted(s.name), example)
	r.put(e)
}

// link is what is known of one link, or of one file: its servers and its domains.
type link struct {
	name             string
	from, to         int
	servers, domains []string
	searched         []string // domains that are also put behind short names
	seen             bool
}

func (l *link) at(from, to int) {
	if !l.seen {
		l.from, l.seen = from, true
	}
	l.to = max(l.to, to)
}

// route adds domains as systemd writes them: with ~ names below are asked there, without
// it the domain is put behind short names as well.
func (l *link) route(words []string) {
	for _, w := range words {
		domain, only := strings.CutPrefix(w, "~")
		if !only {
			l.searched = append(l.searched, domain)
		}
		l.domains = append(l.domains, domain)
	}
}

// putLink makes a mapping of a link. One without domains is for all other names.
func (r *reader) putLink(l link, how string) {
	if !l.seen {
		return
	}
	e := entry{from: l.from, to: l.to, domains: l.domains}
	name := ""
	if l.name != "" {
		name = " of " + short(l.name)
	}
	switch {
	case len(l.domains) == 0 && len(l.servers) == 0:
		return
	case len(l.domains) == 0:
		e.failf("the servers%s are for all names that nothing else is for; a mapping has a domain: write lines such as: corp.example.com -> 10.1.0.4", name)
	case len(l.servers) == 0:
		e.failf("the domains%s stand here without servers: %s", name, how)
	}
	for _, s := range l.servers {
		e.resolvedServer(s)
	}
	if len(l.searched) > 0 {
		e.notef("%s %s put behind short names there, which has no counterpart", short(strings.Join(l.searched, ", ")), isOrAre(len(l.searched)))
	}
	r.put(e)
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// resolvedServer reads address:port%link#name, of which only the address is needed.
func (e *entry) resolvedServer(text string) {
	address, name, named := strings.Cut(text, "#")
	if named {
		e.notef("the name %s of a certificate was left out: Konnect asks with plain DNS", short(name))
	}
	address, zone, scoped := strings.Cut(address, "%")
	if scoped {
		e.notef("it is asked through the link %s, which was left out", short(zone))
	}
	e.upstream(address)
}
