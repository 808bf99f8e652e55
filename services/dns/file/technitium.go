package file

import (
	"strings"
)

// technitium reports whether a text is the zone file of a forwarder zone of Technitium,
// whose records FWD name the servers.
func technitium(text string) bool {
	for line := range strings.Lines(text) {
		if _, ok := forwarderFields(line); ok {
			return true
		}
	}
	return false
}

// forwarderFields returns the words behind FWD of a line of a zone file.
func forwarderFields(line string) (fields []string, ok bool) {
	line, _, _ = strings.Cut(line, ";")
	all := strings.Fields(line)
	for i, f := range all {
		if i > 0 && i < 4 && f == "FWD" && len(all) > i+2 {
			return all[i+1:], true
		}
	}
	return nil, false
}

// technitium reads the zone files of forwarder zones, one behind the other.
func (r *reader) technitium() {
	if bracketed(r.text) {
		r.json()
		return
	}
	origin, at := "", 0
	rows := map[string]*entry{}
	var order []string
	for line := range strings.Lines(r.text) {
		from := at
		at += len(line)
		text := strings.TrimSpace(line)
		fields, forwards := forwarderFields(text)
		switch {
		case strings.HasPrefix(strings.ToUpper(text), "$ORIGIN") && len(strings.Fields(text)) > 1:
			origin = undot(strings.Fields(text)[1])
		case forwards:
			domain := technitiumName(strings.Fields(text)[0], origin)
			if rows[domain] == nil {
				rows[domain] = &entry{from: from}
				order = append(order, domain)
			}
			e := rows[domain]
			e.to = at
			if domain != "" {
				e.domains = []string{domain}
			} else {
				e.failf("the zone has no name here; write $ORIGIN corp.example.com. before its records")
			}
			e.technitiumServer(fields[0], strings.Trim(fields[1], `"`))
		case text != "" && text[0] != ';' && text[0] != '$':
			r.pass("a record of another type")
		}
	}
	for _, domain := range order {
		r.put(*rows[domain])
	}
	r.notePassed("record")
}

// technitiumName is the name of a record.
func technitiumName(name, origin string) string {
	switch {
	case name == "@":
		return origin
	case strings.HasSuffix(name, "."):
		return undot(name)
	case origin == "":
		return name
	default:
		return name + "." + origin
	}
}

func (e *entry) technitiumServer(protocol, server string) {
	switch {
	case strings.EqualFold(server, "this-server"):
		e.failf("its forwarder is this-server, the program itself; give the address of a server")
	case !strings.EqualFold(protocol, "udp") && !strings.EqualFold(protocol, "tcp"):
		e.failf("%s is asked with %s; Konnect asks with plain DNS: give a server that answers that", quoted(server), short(protocol))
	}
	e.upstream(server)
}

// forwarderRecord reports a record of the kind in the JSON of Technitium's interface.
func forwarderRecord(n node) bool {
	data, ok := n.get("rData")
	return ok && strings.EqualFold(n.textOf("type"), "FWD") && data.has("forwarder")
}

// technitiumDocument reads the records of a forwarder zone as JSON.
func (r *reader) technitiumDocument(root node) {
	rows := map[string]*entry{}
	var order []string
	for _, n := range find(root, forwarderRecord) {
		domain := undot(n.textOf("name"))
		if rows[domain] == nil {
			rows[domain] = &entry{from: n.from, domains: []string{domain}}
			order = append(order, domain)
		}
		e := rows[domain]
		e.to = n.to
		data, _ := n.get("rData")
		if n.textOf("disabled") == "true" {
			e.notef("%s is switched off there and was left out", short(data.textOf("forwarder")))
			continue
		}
		e.technitiumServer(data.textOf("protocol"), data.textOf("forwarder"))
	}
	for _, domain := range order {
		r.put(*rows[domain])
	}
}
