package vantage

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Question is what is to be asked on a machine inside the VNET.
type Question struct {
	Domain  safe.Text // the row of the mapping table
	Name    safe.Text // to be resolved; empty asks for the domain itself
	Servers []safe.Text
	// NoRecursion asks for the SOA record without a wish for recursion too.
	NoRecursion bool
	// Random is a name that cannot exist, empty to leave it out.
	Random safe.Text
}

// Commands returns the lines to run, the same questions that peerdeck asks: for each
// server the SOA record of the domain over UDP and over TCP, and the addresses of the
// name. UDP is not followed by TCP, so that a cut answer shows. A server that is no
// address, and a name that cannot be asked for, are left out.
func (q Question) Commands() []string {
	name := q.Name.Or(q.Domain.Raw())
	var out []string
	for _, s := range q.Servers {
		server, ok := dnstable.NormalServer(s.Raw())
		if !ok {
			continue
		}
		line := func(n safe.Text, more string) {
			if word, ok := asked(n); ok {
				out = append(out, "dig @"+model.ShellQuote(server)+" "+word+" "+more+" +time=2 +tries=2")
			}
		}
		line(q.Domain, "SOA +ignore")
		line(q.Domain, "SOA +tcp")
		if q.NoRecursion {
			line(q.Domain, "SOA +norecurse")
		}
		line(name, "A")
		line(name, "AAAA")
		if !q.Random.IsEmpty() {
			line(q.Random, "A")
		}
	}
	return out
}

// asked returns a name as one word of a shell that dig takes for a name.
func asked(n safe.Text) (string, bool) {
	name := dnstable.Normalise(n.Raw()).ASCII
	if name == "" {
		return "", false
	}
	return model.ShellQuote(strings.TrimSuffix(name, ".") + "."), true
}

// Script is the lines as one script for sh, to be run or pasted as it is. It writes each
// command before its output, which dig does not do when it cannot connect.
func (q Question) Script() string { return script(q.Commands()) }

func script(commands []string) string {
	if len(commands) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("ask() { printf '$ dig %s\\n' \"$*\"; dig \"$@\" 2>&1; }\n")
	for _, c := range commands {
		b.WriteString("ask " + strings.TrimPrefix(c, "dig ") + "\n")
	}
	return b.String()
}
