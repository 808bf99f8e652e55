package table

// duplicateRules are about a domain that stands more than once. The map of a resolver
// has one entry for a domain; a second one would win or lose without a word.
func duplicateRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{
				ID: "D10", Severities: []Severity{Error}, Title: "A domain is listed twice, with different servers.",
				Help: "The resolver keeps one entry per domain. Two spellings of a domain (case, a dot at the end, a star before it) are one domain. Put all its servers into one row, or take one of the rows away. The order of the servers counts: the first one is asked first.",
			},
			line: func(f *finder, l *line) {
				if first := f.first(l); first != nil && first.key != l.key {
					p := f.on(l, "%s is listed twice (%s / %s). Put all its servers into one entry.", l.shown(), first.asks(), l.asks())
					p.Other = first.row.ID
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "D11", Severities: []Severity{Note}, Title: "A domain is listed twice, with the same servers.",
				Help: "Both rows say the same, so they are stored as one entry. One key removes the second row.",
			},
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
