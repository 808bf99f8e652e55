package table

// nameRules are the rules of what is no domain. A text breaks one of them at a time:
// what comes after the first fault is not looked at.
func nameRules() []rule {
	return []rule{
		nameFault("D01", "The domain is empty.",
			"A row needs a domain. It covers the domain itself and every name below it."),
		nameFault("D02", "Two dots stand side by side.",
			"Between two dots of a name stands at least one character. A dot at the end, or one before the name, is taken away by itself."),
		nameFault("D03", "A label is longer than 63 characters.",
			"DNS carries at most 63 characters between two dots (RFC 1035). A name of another script is counted in its xn-- form."),
		nameFault("D04", "The name is longer than 253 characters.",
			"DNS carries names of at most 253 characters (RFC 1035), in the xn-- form where there is one."),
		nameFault("D05", "A character is not allowed in a domain.",
			"A domain is made of letters, digits, hyphens, underscores and dots. A character that cannot be seen is named by its code point: such ones come along when text is copied from a page. Type the name by hand."),
		nameFault("D06", "A label starts or ends with a hyphen.",
			"A hyphen stands between letters and digits of a label, not at its edges (RFC 1123). Often a dash came along when a list was copied."),
		nameFault("D07", "The international name is not valid.",
			"Names of other scripts follow IDNA: their letters have one spelling, right-to-left and left-to-right letters are not mixed, and an xn-- label stands for exactly one name. Write the name as its owner registered it."),
		nameFault("D08", "An address stands in the place of a domain.",
			"Addresses belong to the servers of a row. For reverse look-ups give the reverse zone: the numbers from right to left before in-addr.arpa, so 10.0.0.0/24 is 0.0.10.in-addr.arpa. A name that ends with a number is taken for an address by many programs."),
		nameFault("D09", "A URL, a port, a path or an account stands in the place of a domain.",
			"Only the domain is compared with the names that are asked for: no scheme, port, path or account. Where a domain can be found in the text, one key takes it."),
	}
}

func nameFault(id, title, help string) rule {
	return rule{
		RuleInfo: RuleInfo{ID: id, Severities: []Severity{Error}, Title: title, Help: help},
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
