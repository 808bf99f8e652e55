package file

import "strings"

// scutil reads the resolvers that scutil --dns prints. Those without a domain are for all
// other names, and those of mDNS ask nobody.
func (r *reader) scutil() {
	var l link
	port := ""
	end := func() {
		if len(l.servers) > 0 && len(l.domains) > 0 {
			e := entry{from: l.from, to: l.to, domains: l.domains}
			for _, s := range l.servers {
				e.server(s, port)
			}
			r.put(e)
		} else if l.seen {
			r.pass(l.name)
		}
		l, port = link{}, ""
	}
	at := 0
	for line := range strings.Lines(r.text) {
		from := at
		at += len(line)
		text := strings.TrimSpace(line)
		key, value, found := strings.Cut(text, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case strings.HasPrefix(text, "resolver #"):
			end()
			l.name = text
			l.at(from, at)
		case !found || !l.seen:
		case key == "domain":
			l.at(from, at)
			l.domains = append(l.domains, undot(value))
		case strings.HasPrefix(key, "nameserver["):
			l.at(from, at)
			l.servers = append(l.servers, value)
		case key == "port" && value != "0":
			port = value
		}
	}
	end()
	r.notePassed("resolver")
}
