package setup

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

const titleMappings = "DNS mappings"

// JudgeMappings tells what the rules of the mapping table have against the mappings of a
// request, with all that is known by now, and what they could not look at.
func (r Request) JudgeMappings(around dnstable.Surroundings) []Checked {
	var out []Checked
	quiet := true
	for _, w := range r.Problems(around) {
		if w.Field != FieldMappings {
			continue
		}
		c := w.checked()
		quiet = quiet && !c.Stops && !c.Asks
		out = append(out, c)
	}
	for _, text := range dnstable.UncheckedText(r.Unchecked(around)) {
		out = append(out, Checked{Title: titleMappings, About: text, Finding: finding.Finding{
			Code: "setup-unchecked", Severity: model.SeverityUnknown, Word: "not checked", Cause: text,
		}})
	}
	if quiet {
		out = append(out, good("setup-dns", titleMappings, "nothing in the way of %s", phrase.Count(model.CountDomains(r.Mappings), "domain")))
	}
	return out
}

// checked is the problem as the result of a check. Its code is that of the rule.
func (p Problem) checked() Checked {
	code := finding.Code(p.Rule)
	if code == "" {
		code = "setup-mapping"
	}
	c := good(code, titleMappings, "%s", p.Sentence())
	switch {
	case p.Fatal():
		c = stop(code, titleMappings, p.Sentence(), form("Mend the mapping, and start the set-up again."))
	case p.Asks():
		c = warning(code, titleMappings, p.Sentence(), finding.Next{})
	}
	c.About = p.Text
	return c
}
