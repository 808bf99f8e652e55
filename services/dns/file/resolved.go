package file

import (
	"regexp"
	"strings"
)

const resolvectl = "resolvectl status prints both"

// resolved reads resolved.conf, the .network files of networkd, and what resolvectl prints.
func (r *reader) resolved() {
	for line := range strings.Lines(r.text) {
		if text := strings.TrimSpace(line); text != "" && text[0] != '#' && text[0] != ';' {
			if text[0] == '[' {
				r.resolvedFile()
			} else {
				r.resolvectl()
			}
			return
		}
	}
}

func (r *reader) resolvedFile() {
	var l link
	for _, s := range r.settings() {
		words := strings.Fields(s.value)
		switch name := strings.ToLower(s.name); {
		case s.unreadable:
			r.refuseSetting(s, "Domains=~corp.example.com")
		case name == "dns" && len(words) == 0:
			l.servers = nil // an empty value takes back what stood before
		case name == "domains" && len(words) == 0:
			l.domains, l.searched = nil, nil
		case name == "dns":
			l.at(s.from, s.to)
			l.servers = append(l.servers, words...)
		case name == "domains":
			l.at(s.from, s.to)
			l.route(words)
		case strings.EqualFold(s.section, "match"):
		default:
			r.pass(s.name)
		}
	}
	r.putLink(l, "write DNS= beside them")
	r.notePassed("setting")
}

// resolvectl reads the blocks of resolvectl status, and the lines of resolvectl dns and
// resolvectl domain, which belong together where both were copied.
func (r *reader) resolvectl() {
	head := regexp.MustCompile(`^(Global|Link \d+ \([^)]*\))(:?)(.*)$`)
	field := regexp.MustCompile(`^\s*([A-Za-z][A-Za-z /+-]*):(?:\s+(.*))?$`)
	var links []*link
	named := map[string]*link{}
	var current *link
	key, at := "", 0
	for line := range strings.Lines(r.text) {
		from := at
		at += len(line)
		line = strings.TrimRight(line, "\n")
		if h := head.FindStringSubmatch(strings.TrimSpace(line)); h != nil {
			current = named[h[1]]
			if current == nil {
				current = &link{name: h[1]}
				named[h[1]] = current
				links = append(links, current)
			}
			if key = ""; h[2] == ":" {
				r.resolvectlWords(current, strings.Fields(h[3]), from, at)
			}
			continue
		}
		value := strings.TrimSpace(line)
		if f := field.FindStringSubmatch(line); f != nil {
			key, value = strings.ToLower(f[1]), strings.TrimSpace(f[2])
		}
		switch {
		case value == "" && key == "" || strings.TrimSpace(line) == "":
		case current == nil:
			r.refuseSetting(setting{name: strings.TrimSpace(line), from: from, to: at}, "Link 2 (eth0), as resolvectl status prints it")
		case key == "dns servers":
			current.at(from, at)
			current.servers = append(current.servers, strings.Fields(value)...)
		case key == "dns domain":
			current.at(from, at)
			current.route(strings.Fields(value))
		}
	}
	for _, l := range links {
		r.putLink(*l, resolvectl)
	}
}

// resolvectlWords takes the words behind a link: of resolvectl dns they are addresses, of
// resolvectl domain they are domains.
func (r *reader) resolvectlWords(l *link, words []string, from, to int) {
	if len(words) == 0 {
		return
	}
	l.at(from, to)
	if bare, _, _ := strings.Cut(words[0], "#"); address(bare) {
		l.servers = append(l.servers, words...)
		return
	}
	l.route(words)
}
