package setup

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// mappingText writes a mapping as it is typed.
func mappingText(m model.DNSMapping) string {
	return strings.TrimSpace(dnstable.FormatMappings([]model.DNSMapping{m}))
}

// readMapping understands a typed row. What cannot be read is kept as it was typed.
func readMapping(typed string) mapping {
	m := mapping{typed: safe.Clean(typed)}
	list, problems := dnstable.ParseMappings(typed)
	switch {
	case len(problems) > 0:
		m.problem, m.rule = problems[0].Text, problems[0].Rule
	case len(list) == 0:
		m.problem = "there is no mapping in it; write domains, an arrow and servers"
	default:
		m.means = list[0]
	}
	return m
}
