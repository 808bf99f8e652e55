package table

// nameRules are the rules of what is no domain. A text breaks one of them at a time:
// what comes after the first fault is not looked at.
func nameRules() []rule {
	return []rule{
		nameFault("D01"),
		nameFault("D02"),
		nameFault("D03"),
		nameFault("D04"),
		nameFault("D05"),
		nameFault("D06"),
		nameFault("D07"),
		nameFault("D08"),
		nameFault("D09"),
	}
}

func nameFault(id string) rule {
	return rule{
		RuleInfo: RuleInfo{ID: id},
		line: func(f *finder, l *line) {
			if l.fault == nil || l.fault.rule != id {
				return
			}
			p := f.on(l, "%s", l.fault.text)
			if l.fault.fix != "" {
				p.Fix = use(l.fault.fix)
			}
		},
	}
}

// use is the fix that takes another domain.
func use(domain string) *Fix { return &Fix{Label: fill("use %s", domain), Domain: domain} }
