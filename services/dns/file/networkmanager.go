package file

import "strings"

// networkManager reads the sections global-dns-domain of NetworkManager.conf, the file of
// a connection, and what nmcli prints of one.
func (r *reader) networkManager() {
	links := map[string]*link{}
	var order []string
	for _, s := range r.settings() {
		if s.unreadable && !s.nmcli() {
			r.refuseSetting(s, "servers=10.1.0.4")
			continue
		}
		section := strings.ToLower(s.section)
		l := links[section]
		if l == nil {
			l = &link{name: section}
			links[section] = l
			order = append(order, section)
		}
		if !l.networkManager(s) {
			r.pass(s.name)
		}
	}
	for _, name := range order {
		r.putLink(*links[name], "write dns= beside them")
	}
	r.notePassed("setting")
}

// nmcli reads a line as nmcli prints it, "ipv4.dns-search:   ~corp.example.com".
func (s *setting) nmcli() bool {
	before, value, found := strings.Cut(s.name, ":")
	section, name, dotted := strings.Cut(strings.TrimSpace(before), ".")
	if !found || !dotted {
		return false
	}
	s.section, s.name, s.value = section, name, strings.TrimSpace(value)
	if s.value == "--" {
		s.value = ""
	}
	return true
}

// networkManager takes a setting, and reports whether it is one of servers or domains.
func (l *link) networkManager(s setting) bool {
	name, words := strings.ToLower(s.name), splitCell(s.value)
	const global = "global-dns-domain-"
	switch {
	case strings.HasPrefix(l.name, global) && name == "servers":
		l.servers = words
		if domain := s.section[len(global):]; domain != "*" {
			l.domains = []string{domain}
		}
	case l.name != "ipv4" && l.name != "ipv6":
		return false
	case name == "dns":
		l.servers = append(l.servers, words...)
	case name == "dns-search":
		l.route(words)
	default:
		return false
	}
	l.at(s.from, s.to)
	return true
}
