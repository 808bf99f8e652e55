package file

import (
	"slices"
	"strings"
)

// unbound reads the clauses forward-zone of an unbound configuration.
func (r *reader) unbound() {
	words := r.words(syntax{})
	var zone *entry // the clause that is being read
	end := func() {
		if zone != nil {
			r.put(*zone)
			zone = nil
		}
	}
	for i := 0; i < len(words); {
		w := words[i]
		key, isKey := strings.CutSuffix(w.text, ":")
		key = strings.ToLower(key)
		valued := i+1 < len(words) && words[i+1].line == w.line
		switch {
		case w.quoted || !isKey || key == "":
			e := entry{from: w.from, to: lineEnd(words, i).to}
			e.failf("%s is no option of unbound; an option ends with a colon, such as: forward-addr: 10.1.0.4", quoted(w.text))
			if zone != nil {
				zone.failf("line %d: %s", w.line, e.problem)
			} else {
				r.put(e)
			}
			i = nextLine(words, i)
		case clause(key) || !valued && key != "name" && !strings.HasPrefix(key, "forward-") && !strings.HasPrefix(key, "stub-"):
			end()
			i++
			zone = r.clause(key, w)
		case zone != nil:
			i += zone.attribute(key, words[i:min(len(words), i+2)])
		default:
			if key == "include" || key == "include-toplevel" {
				r.noteIncluded(key)
			}
			i = nextKey(words, i+2)
		}
	}
	end()
	r.notePassed("clause")
}

// nextKey finds the next option from a place on: some options have several values.
func nextKey(words []word, i int) int {
	for i < len(words) && i > 0 && words[i].line == words[i-1].line && (words[i].quoted || !strings.HasSuffix(words[i].text, ":")) {
		i++
	}
	return i
}

// clause reports the names that begin a part of the configuration.
func clause(key string) bool {
	return slices.Contains([]string{
		"server", "forward-zone", "stub-zone", "auth-zone", "view", "remote-control", "python", "dynlib",
		"dnscrypt", "cachedb", "ipset", "rpz", "dnstap",
	}, key)
}

// clause begins a part of the configuration. One that is no zone is passed over.
func (r *reader) clause(key string, w word) *entry {
	e := &entry{from: w.from, to: w.to}
	switch key {
	case "forward-zone":
	case "stub-zone":
		e.notef(stubNote)
	default:
		r.pass(key)
		return nil
	}
	return e
}

// stubNote is what is to be known of a stub zone, in whatever format.
const stubNote = "it is a stub zone, whose servers hold its names themselves: they must answer for what an alias or a delegation leads to as well"

// attribute reads an option of a zone and returns how many words it has.
func (e *entry) attribute(key string, words []word) int {
	e.to = max(e.to, words[0].to)
	if len(words) < 2 || words[1].line != words[0].line {
		e.failf("%s has no value; write one behind it", short(words[0].text))
		return 1
	}
	value := words[1].text
	e.to = words[1].to
	if words[1].open {
		e.failf("the quotation mark of line %d is not closed; close it", words[1].line)
	}
	yes := strings.EqualFold(value, "yes")
	switch key {
	case "name":
		if len(e.domains) > 0 {
			e.failf("it has two names, %s and %s; write a forward-zone for each", quoted(e.domains[0]), quoted(value))
		}
		e.domains = append(e.domains, value)
	case "forward-addr", "stub-addr":
		address, name, tls := strings.Cut(value, "#")
		if tls {
			e.notef("the name %s of a certificate was left out: Konnect asks with plain DNS", short(name))
		}
		address, port, _ := strings.Cut(address, "@")
		e.server(address, port)
	case "forward-host", "stub-host":
		e.failf("its server %s is a name; Konnect takes addresses: write %s-addr with the address", quoted(value), strings.TrimSuffix(key, "-host"))
	case "forward-tls-upstream", "forward-ssl-upstream", "stub-tls-upstream", "stub-ssl-upstream":
		if yes {
			e.failf("its servers are asked with TLS; Konnect asks with plain DNS: give servers that answer that")
		}
	case "forward-first", "stub-first":
		if yes {
			e.notef("%s was left out: without an answer Konnect does not ask elsewhere", key)
		}
	default:
		e.notef("%s was left out", short(key))
	}
	return 2
}

func writeUnbound(w *writer) {
	w.head("#")
	for _, m := range w.mappings {
		for _, d := range m.Domains {
			w.line("")
			w.line("forward-zone:")
			w.line(`    name: "` + d.Raw() + `"`)
			for _, s := range m.Servers {
				w.line("    forward-addr: " + s.Raw())
			}
		}
	}
}
