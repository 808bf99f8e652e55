package table

// maxDomains is how many rules a ruleset of Azure holds. Konnect states no limit.
const maxDomains = 1000

// sizeRules are about the number of domains and about reverse zones.
func sizeRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "D29"},
			table: func(f *finder) {
				if n := len(f.byName); n > maxDomains {
					f.whole("%s domains; Azure rulesets hold 1000. Remove those that a domain above covers.", number(n))
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "D30"},
			line: func(f *finder, l *line) {
				if odd := reverseProblem(l.name.ASCII); odd != "" {
					f.on(l, "Check the reverse zone %s: %s.", l.shown(), odd)
				}
			},
		},
	}
}
