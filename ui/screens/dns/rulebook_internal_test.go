package dns

import (
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/dns/table/tabletest"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// A row that is typed cell by cell, and one that is typed as a whole line into the cell of
// the domain, have the rules of the mapping table.
func TestTheRowEntryHasTheRulesOfTheTable(t *testing.T) {
	t.Parallel()
	for _, c := range tabletest.Cases() {
		domains, whole := dnstable.Words(c.Domains), [2]string{c.Line(), ""}
		for name, cells := range map[string][2]string{"cells": {c.Domains, c.Servers}, "a line": whole} {
			if name == "cells" && len(domains) > 1 {
				continue // a cell holds one domain
			}
			if got := entered(cells); got != c.Want && (len(domains) > 0 && c.Servers != "" || name == "cells") {
				t.Errorf("%s as %s: %q, want %q", c.Line(), name, got, c.Want)
			}
		}
	}
}

// entered is what is found in the rows that come of two cells.
func entered(cells [2]string) string {
	e := &edit{cells: [2]*widget.Prompt{widget.NewPrompt(cells[0]), widget.NewPrompt(cells[1])}}
	domains, servers := e.words()
	d, id := dnstable.NewDraft(nil), dnstable.RowID(0)
	for _, domain := range domains {
		d, id = d.Add(id, domain, servers)
	}
	return tabletest.Findings(tabletest.Of(dnstable.Check(d.Rows(), dnstable.Surroundings{})))
}

// A whole line is read as in every other place.
func TestALineInTheCellOfTheDomain(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][2]int{ // domains and servers
		"b.example.com -> 10.64.0.4":                 {1, 1},
		"a.acme.net, b.acme.net = 10.1.0.4 10.2.0.4": {2, 2},
		"b.acme.net →":                               {1, 0},
		"b.acme.net":                                 {1, 0},
	} {
		e := &edit{cells: [2]*widget.Prompt{widget.NewPrompt(typed), widget.NewPrompt("")}}
		if domains, servers := e.words(); len(domains) != want[0] || len(servers) != want[1] {
			t.Errorf("%s: %q %q", typed, domains, servers)
		}
	}
}
