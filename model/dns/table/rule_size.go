package table

// maxDomains is how many rules a ruleset of Azure holds. Konnect states no limit.
const maxDomains = 1000

// sizeRules are about the number of domains and about reverse zones.
func sizeRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{
				ID: "D29", Severities: []Severity{Warning}, Title: "There are more than 1000 domains.",
				Help: "An Azure ruleset holds 1000 rules. Konnect states no limit of its own, and has the last word. Rows that a domain above covers with the same servers can go (D26).",
			},
			table: func(f *finder) {
				if n := len(f.byName); n > maxDomains {
					f.whole("%s domains; Azure rulesets hold 1000. Remove those that a domain above covers.", number(n))
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "D30", Severities: []Severity{Warning}, Title: "The reverse zone is cut oddly, or is one of IPv6.",
				Help: "Reverse look-ups go number by number: 10.in-addr.arpa, 1.10.in-addr.arpa. A range that ends within a number (a /20, or a delegation such as 0-127) needs a row for each number. Names below ip6.arpa are asked for IPv6 addresses, and the servers of a row are IPv4 only.",
			},
			line: func(f *finder, l *line) {
				if odd := reverseProblem(l.name.ASCII); odd != "" {
					f.on(l, "Check the reverse zone %s: %s.", l.shown(), odd)
				}
			},
		},
	}
}
