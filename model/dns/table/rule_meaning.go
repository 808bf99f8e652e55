package table

import (
	"fmt"
	"strings"
	"unicode"
)

// meaningRules are about a domain that may not be the one that is meant.
func meaningRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{
				ID: "D12", Severities: []Severity{Note}, Title: "The domain is stored in another form than it was written.",
				Help: "Case, a dot at the end, and a \"*.\" or a dot before a domain make no difference: an entry covers the domain and every name below it anyway. Other scripts are stored in their xn-- form. One key writes the row as it is stored.",
			},
			line: func(f *finder, l *line) {
				if l.fault == nil && l.name.Changed && !l.name.Mapped {
					f.on(l, "Stored as %s. It also covers every name below it.", l.name.ASCII).Fix = use(l.name.ASCII)
				}
			},
		},
		{
			RuleInfo: RuleInfo{
				ID: "D13", Severities: []Severity{Warning}, Title: "Letters of an international name were replaced or left out.",
				Help: "The rules of international names (UTS 46) replace letters of full width, ligatures and the like, and leave out characters that cannot be seen. So what is stored is not what was typed. Compare the name with the one that its owner registered; one key writes the row as it is stored.",
			},
			line: mapped,
		},
		{
			RuleInfo: RuleInfo{
				ID: "D14", Severities: []Severity{Warning}, Title: "The domain mixes scripts, or looks like another one.",
				Help: "Letters of different scripts can look the same: a Cyrillic a for a Latin one. A name with such letters is another name than the one it looks like, and its owner may be another. Type the name by hand, or compare its xn-- form with the one that you know.",
			},
			line: func(f *finder, l *line) {
				if l.name.Unicode == l.name.ASCII {
					return
				}
				if doubt := imitates(l.name.Unicode); doubt != "" {
					f.on(l, "%s "+doubt+" and may imitate another name. It is %s.", l.shown(), l.name.ASCII)
				}
			},
		},
	}
}

func mapped(f *finder, l *line) {
	if l.fault != nil || !l.name.Mapped {
		return
	}
	var p *Problem
	switch unseen := unseenIn(l.row.Key.Raw()); {
	case unseen != "":
		p = f.on(l, "Stored as %s, without the unseen %s. Check that this is the name you mean.", l.name.ASCII, unseen)
	case l.name.Unicode == l.name.ASCII:
		p = f.on(l, "Typed in other letters, stored as %s. Check that this is the name you mean.", l.name.ASCII)
	default:
		p = f.on(l, "Stored as %s, shown as %s. Check that this is the name you mean.", l.name.ASCII, l.name.Unicode)
	}
	p.Fix = use(l.name.ASCII)
}

// unseenIn names the first character of a text that cannot be seen.
func unseenIn(text string) string {
	for _, r := range strings.TrimSpace(text) {
		if !unicode.IsPrint(r) || unicode.Is(unicode.Variation_Selector, r) || r == 0x34f {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}
