package table

// shadowRules are about a domain inside another one. The longest match wins, whatever
// the order of the rows is.
func shadowRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{
				ID: "D25", Severities: []Severity{Note}, Title: "A longer row takes a part out of a shorter one.",
				Help: "The row with the most labels wins for a name, so the servers of the domain above are not asked for what lies below this one. That is often meant: a zone of a team, or of Private Link, inside the company's. Rows under the root are not spoken of: to be taken out is its purpose.",
			},
			line: func(f *finder, l *line) {
				up := f.above(l)
				if up == nil || up.name.ASCII == root || up.key == l.key || len(l.servers) == 0 {
					return
				}
				f.on(l, "Names under %s use %s; all other %s names use %s.", l.shown(), l.asks(), up.shown(), up.asks()).Other = up.row.ID
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "D26", Severities: []Severity{Note}, Title: "A row says what the row above it says already.",
				Help: "The domain above covers every name below it and asks the same servers in the same order, so this row changes nothing. It may stay, as a note to people; one key removes it. Below the root a row for an Azure service changes something: the root does not cover those.",
			},
			line: func(f *finder, l *line) {
				up := f.above(l)
				if up == nil || up.key != l.key || len(l.servers) == 0 || up.name.ASCII == root && belowAzure(l.name.ASCII) {
					return
				}
				p := f.on(l, "Redundant: %s already sends this to the same servers.", up.shown())
				p.Other, p.Fix = up.row.ID, &Fix{Label: "remove this row", Remove: true}
			},
		},
	}
}
