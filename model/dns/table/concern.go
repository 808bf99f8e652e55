package table

// Concerning returns the problems that an order brings about or leaves in what it
// touches: those of rows that it adds or changes, and those of the table as a whole. What
// was wrong with other rows before is no reason to ask about this order. Errors are
// always among them, because the whole table is sent.
func (o Order) Concerning(problems []Problem) []Problem {
	base := index(o.Base)
	touched := map[RowID]bool{}
	rows := index(o.Rows)
	for _, key := range rows.keys {
		r := rows.rows[key]
		touched[r.ID] = !sameRow(base.rows[key], r)
	}
	var out []Problem
	for _, p := range problems {
		if p.Severity == Error || p.Row == 0 || touched[p.Row] {
			out = append(out, p)
		}
	}
	return out
}
