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
			RuleInfo: RuleInfo{ID: "D12"},
			line: func(f *finder, l *line) {
				if l.fault == nil && l.name.Changed && !l.name.Mapped {
					f.on(l, "Stored as %s. It also covers every name below it.", l.name.ASCII).Fix = use(l.name.ASCII)
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "D13"},
			line:     mapped,
		},
		{
			RuleInfo: RuleInfo{ID: "D14"},
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
