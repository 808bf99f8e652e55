package verdict

import (
	"strings"

	"peerdeck/model"
)

// tableRules are about the mapping table and the name itself.
func tableRules() []Rule {
	return []Rule{
		{23, "the name matches no row", noRow},
		{24, "a longer row takes the name", longerRow},
		{28, "a name of one label is found by the servers and not by this machine", singleLabel},
		{29, "the row is not applied", stagedRow},
	}
}

func noRow(c Case) (Finding, bool) {
	row, known := c.Facts.Row.Get()
	if !known || !row.Domain.IsEmpty() {
		return none()
	}
	return finding(Sure, model.SeverityAttention, "no row of the mapping table matches %s: the gateway asks its default resolver, which knows public names only", c.Name).
		next("Add a row for the domain of %s, or correct the domain of the row that was meant for it.", c.Name), true
}

func longerRow(c Case) (Finding, bool) {
	row, known := c.Facts.Row.Get()
	if !known || row.Domain.IsEmpty() || row.Expected.IsEmpty() || key(row.Domain) == key(row.Expected) {
		return none()
	}
	severity := model.SeverityOK // worth knowing, and nothing fails by it
	asked := c.with(func(r Report) bool { return r.Best(StepA).Answered() })
	if len(asked) > 0 && len(c.with(good)) == 0 {
		severity = model.SeverityAttention
	}
	return finding(Sure, severity, "the row %s is longer than %s and takes %s", row.Domain, row.Expected, c.Name).
		next("Look at the row %s: its servers are asked for %s, not those of %s.", row.Domain, c.Name, row.Expected), true
}

func singleLabel(c Case) (Finding, bool) {
	if strings.Contains(key(c.Name), ".") || !is(c.Facts.Laptop, false) || len(c.with(good)) == 0 {
		return none()
	}
	return finding(Sure, model.SeverityOK, "this machine's own resolver does not send names of one label to DNS servers; the servers do answer %s", c.Name).
		next("Nothing is wrong with %s. Test it with the server named: %s.", c.Name, dig(c.with(good)[0])).at(c.with(good)...), true
}

func stagedRow(c Case) (Finding, bool) {
	row, known := c.Facts.Row.Get()
	if !known || !row.Staged {
		return none()
	}
	return finding(Sure, model.SeverityAttention, "the row %s is in the draft only; the gateway does not know it yet", row.Domain).
		next("Apply the draft, and trace %s again.", c.Name), true
}
