package file

import (
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// pairs reads a mapping a line, with the parser that reads what is typed.
func (r *reader) pairs() {
	at := 0
	for line := range strings.Lines(r.text) {
		e := entry{from: at, to: at + len(line)}
		at = e.to
		m, problem := dnstable.ParseMappingLine(line)
		if problem == nil && len(m.Domains) == 0 {
			continue
		}
		if problem != nil {
			e.problem, e.rule = problem.Text, problem.Rule
		}
		e.domains, e.servers = raws(m.Domains), raws(m.Servers)
		r.put(e)
	}
}

func raws(texts []safe.Text) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = t.Raw()
	}
	return out
}

func writePairs(w *writer) {
	w.head("#")
	for _, m := range w.mappings {
		w.line(strings.Join(raws(m.Domains), ", ") + " -> " + strings.Join(raws(m.Servers), ", "))
	}
}
