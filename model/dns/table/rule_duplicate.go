package table

// duplicateRules are about a domain that stands more than once. The map of a resolver
// has one entry for a domain; a second one would win or lose without a word.
func duplicateRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "D10"},
			line: func(f *finder, l *line) {
				if first := f.first(l); first != nil && first.key != l.key {
					p := f.on(l, "%s is listed twice (%s / %s). Put all its servers into one entry.", l.shown(), first.asks(), l.asks())
					p.Other = first.row.ID
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "D11"},
			line: func(f *finder, l *line) {
				if first := f.first(l); first != nil && first.key == l.key {
					p := f.on(l, "%s is listed twice, with the same servers; stored once.", l.shown())
					p.Other, p.Fix = first.row.ID, &Fix{Label: "remove this row", Remove: true}
				}
			},
		},
	}
}

// first returns the row before this one that has the same domain, nil for none.
func (f *finder) first(l *line) *line {
	if first := f.byName[l.name.ASCII]; first != nil && first.at < l.at {
		return first
	}
	return nil
}
