package table

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
)

// Rulebook holds the rules with their words from the catalogue. Whoever judges one table
// after the other makes it once: the catalogue is longer than most tables. It is safe for use
// by many goroutines.
type Rulebook struct {
	rules []rule
	next  map[string]string // what to do in general, by the id of a rule
}

// NewRulebook returns a book of all rules.
func NewRulebook() *Rulebook {
	all := slices.Concat(nameRules(), duplicateRules(), meaningRules(), scopeRules(), shadowRules(), elsewhereRules(), sizeRules(),
		serverRules(), addressRules(), placeRules(), spareRules(), orderRules(), changeRules())
	entries := finding.MappingEntries()
	next := make(map[string]string, len(entries))
	for _, e := range entries {
		next[string(e.Code)] = strings.TrimSpace(e.Next)
	}
	for i := range all {
		all[i].RuleInfo = infoOf(entries, all[i].ID)
	}
	return &Rulebook{rules: all, next: next}
}
