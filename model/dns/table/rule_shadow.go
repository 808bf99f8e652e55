package table

// shadowRules are about a domain inside another one. The longest match wins, whatever
// the order of the rows is.
func shadowRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "D25"},
			line: func(f *finder, l *line) {
				up := l.up
				if up == nil || up.name.ASCII == root || up.key == l.key || len(l.servers) == 0 {
					return
				}
				f.on(l, "Names under %s use %s; all other %s names use %s.", l.shown(), l.asks(), up.shown(), up.asks()).Other = up.row.ID
			},
		},
		{
			RuleInfo: RuleInfo{ID: "D26"},
			line: func(f *finder, l *line) {
				up := l.up
				if up == nil || up.key != l.key || len(l.servers) == 0 || up.name.ASCII == root && belowAzure(l.name.ASCII) {
					return
				}
				p := f.on(l, "Redundant: %s already sends this to the same servers.", up.shown())
				p.Other, p.Fix = up.row.ID, &Fix{Label: "remove this row", Remove: true}
			},
		},
	}
}
