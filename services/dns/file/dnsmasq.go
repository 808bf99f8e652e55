package file

import (
	"slices"
	"strings"
)

// dnsmasq reads the lines server=/domain/domain/address of a dnsmasq configuration.
// A domain that stands on several lines has several servers, in their order.
func (r *reader) dnsmasq() {
	t := dnsmasqTable{reader: r, at: map[string]int{}}
	at := 0
	for line := range strings.Lines(r.text) {
		e := entry{from: at, to: at + len(line)}
		at = e.to
		t.line(e, line)
	}
	t.end()
	r.notePassed("option")
}

// mostTaken bounds how often domains are named: each line has one server of each.
const mostTaken = 10 * MaxLines

// dnsmasqTable gathers the servers of each domain.
type dnsmasqTable struct {
	*reader

	taken   int // domains of all lines
	rows    []dnsmasqRow
	at      map[string]int // the row of each domain
	refused []entry
}

// dnsmasqRow is a domain and what its lines say.
type dnsmasqRow struct {
	entry

	domain string
}

func (t *dnsmasqTable) line(e entry, line string) {
	if t.out.Problem != "" {
		return
	}
	option := strings.TrimSpace(line)
	if i := strings.Index(option, " #"); i >= 0 { // a remark has a blank before it: # alone parts a port
		option = strings.TrimSpace(option[:i])
	}
	if i := strings.Index(option, "\t#"); i >= 0 {
		option = strings.TrimSpace(option[:i])
	}
	if option == "" || option[0] == '#' {
		return
	}
	key, value, _ := strings.Cut(strings.TrimPrefix(option, "--"), "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	switch {
	case key == "server" || key == "local":
		t.server(e, value)
	case key == "rev-server":
		t.reverse(e, value)
	case strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || key == "":
		e.failf("%s is no option of dnsmasq; write server=/corp.example.com/10.1.0.4", quoted(option))
		t.refused = append(t.refused, e)
	case key == "conf-file" || key == "conf-dir" || key == "servers-file":
		t.noteIncluded(key)
	default:
		t.pass(key)
	}
}

// reverse reads a range and its server: rev-server=10.1.0.0/16,10.1.0.4.
func (t *dnsmasqTable) reverse(e entry, value string) {
	prefix, address, _ := strings.Cut(value, ",")
	e.reverse(strings.TrimSpace(prefix))
	domains := e.domains
	e.domains = nil
	if strings.TrimSpace(address) == "" {
		e.failf("it has no server; write: rev-server=%s,10.1.0.4", short(prefix))
	}
	t.add(e, domains, strings.TrimSpace(address))
}

func (t *dnsmasqTable) server(e entry, value string) {
	parts := strings.Split(value, "/")
	domains, address := parts, strings.TrimSpace(parts[len(parts)-1])
	if len(parts) > 2 {
		domains = parts[1 : len(parts)-1]
	}
	switch {
	case len(parts) < 3 || parts[0] != "":
		e.failf("it names no domain, so it is for all other names; a mapping has one: server=/corp.example.com/10.1.0.4")
	case slices.Contains(domains, ""):
		e.failf("it has an empty domain, which stands for names without a dot; a mapping needs a domain: name it")
	case address == "":
		e.failf("it has no server: dnsmasq answers for %s itself; Konnect has no such entry: give a server, or leave the line out", quoted(domains[0]))
	case address == "#":
		e.failf("its server is #, the usual servers of dnsmasq; Konnect does not know them: give their addresses, or leave the line out")
	}
	t.add(e, domains, address)
}

// add adds a server to each of some domains, unless something speaks against it.
func (t *dnsmasqTable) add(e entry, domains []string, address string) {
	if address, source, from := strings.Cut(address, "@"); from {
		e.notef("it is asked from %s, which has no counterpart and was left out", short(source))
		e.target(address)
	} else {
		e.target(address)
	}
	for i, word := range append(slices.Clone(domains), e.servers...) {
		if rule, problem := refusedWord(word, i >= len(domains)); problem != "" {
			e.refuse(rule, problem)
		}
	}
	if e.problem != "" {
		t.refused = append(t.refused, e)
		return
	}
	if t.taken += len(domains); len(t.rows) > MaxLines || t.taken > mostTaken {
		t.problemf("it holds more than %d domains, or the same ones again and again; split it", MaxLines)
		return
	}
	for _, d := range domains {
		t.take(d, e)
	}
}

// target reads address#port.
func (e *entry) target(address string) {
	address, port, _ := strings.Cut(address, "#")
	e.server(address, port)
}

func (t *dnsmasqTable) take(domain string, e entry) {
	label := strings.ToLower(strings.TrimSuffix(domain, "."))
	i, again := t.at[label]
	if !again {
		t.at[label] = len(t.rows)
		e.servers, e.notes = slices.Clone(e.servers), slices.Clone(e.notes)
		t.rows = append(t.rows, dnsmasqRow{e, domain})
		return
	}
	row := &t.rows[i]
	row.ports += e.ports
	for _, note := range e.notes {
		row.notef("%s", note)
	}
	if slices.Contains(row.servers, e.servers[0]) {
		row.notef("%s stands twice; once was kept", short(e.servers[0]))
		return
	}
	row.servers = append(row.servers, e.servers[0])
}

// end makes lines again: domains that began on the same line and have the same servers
// stay together.
func (t *dnsmasqTable) end() {
	var whole []entry
	for _, row := range t.rows {
		last := len(whole) - 1
		if last >= 0 && whole[last].from == row.from && slices.Equal(whole[last].servers, row.servers) {
			whole[last].domains = append(whole[last].domains, row.domain)
			continue
		}
		row.domains = []string{row.domain}
		whole = append(whole, row.entry)
	}
	whole = append(whole, t.refused...)
	slices.SortStableFunc(whole, func(a, b entry) int { return a.from - b.from })
	for _, e := range whole {
		t.put(e)
	}
}

func writeDnsmasq(w *writer) {
	w.head("#")
	w.line("# The servers of a domain are asked as dnsmasq likes; strict-order keeps their order.")
	for _, m := range w.mappings {
		for _, s := range m.Servers {
			w.line("server=/" + strings.Join(raws(m.Domains), "/") + "/" + s.Raw())
		}
	}
}
