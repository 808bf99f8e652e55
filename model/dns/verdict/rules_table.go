package verdict

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// tableRules are about the mapping table and the name itself.
func tableRules() []rule {
	return []rule{
		{"N39", privateZoneOnly},
		{"N23", noRow},
		{"N24", longerRow},
		{"N28", singleLabel},
		{"N29", stagedRow},
	}
}

func noRow(c Case) (symptom, bool) {
	row, known := c.Facts.Row.Get()
	if !known || !row.Domain.IsEmpty() || !row.Private.IsEmpty() {
		return none()
	}
	f := found(finding.Sure, model.SeverityAttention, "no row of the mapping table matches %s: the gateway asks its default resolver, which knows public names only", c.Name)
	if len(row.Near) == 0 {
		return f.next("Nothing, if %s is a public name. If it is not, add a row for its domain, or correct the domain of the row that was meant for it.", c.Name).
			sort(finding.NextTable).run(c.listing()), true
	}
	var rows, names []string
	for _, d := range row.Near {
		rows, names = append(rows, safe.Clean(d.Domain)), append(names, safe.Clean(d.Name))
	}
	f.Cause += "; the nearest " + phrase.Either(len(rows), "row is ", "rows are ") + phrase.And(rows)
	return f.next("If %s is meant, trace that name. If not, add a row for the domain of %s.", phrase.Or(names), c.Name).
		sort(finding.NextTable).run(c.tracing(row.Near[0].Name)), true
}

func longerRow(c Case) (symptom, bool) {
	row, known := c.Facts.Row.Get()
	if !known || row.Domain.IsEmpty() || row.Expected.IsEmpty() || key(row.Domain) == key(row.Expected) {
		return none()
	}
	severity := model.SeverityOK // worth knowing, and nothing fails by it
	asked := c.with(func(r Report) bool { return r.Best(StepA).Answered() })
	if len(asked) > 0 && len(c.with(good)) == 0 {
		severity = model.SeverityAttention
	}
	return found(finding.Sure, severity, "the row %s is longer than %s and takes %s", row.Domain, row.Expected, c.Name).
		next("Look at the row %s: its servers are asked for %s, not those of %s.", row.Domain, c.Name, row.Expected).sort(finding.NextTable), true
}

func singleLabel(c Case) (symptom, bool) {
	if strings.Contains(key(c.Name), ".") || !is(c.Facts.Laptop, false) || len(c.with(good)) == 0 {
		return none()
	}
	return found(finding.Sure, model.SeverityOK, "this machine's own resolver does not send names of one label to DNS servers; the servers do answer %s", c.Name).
		next("Nothing is wrong with %s. Test it with the server named.", c.Name).at(c.with(good)...), true
}

func stagedRow(c Case) (symptom, bool) {
	row, known := c.Facts.Row.Get()
	if !known || !row.Staged {
		return none()
	}
	return found(finding.Sure, model.SeverityAttention, "the row %s is in the draft only; the gateway does not know it yet", row.Domain).
		next("Apply the draft, and trace %s again.", c.Name).sort(finding.NextTable).run(c.listing()), true
}
