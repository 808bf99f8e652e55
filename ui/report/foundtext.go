package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
)

// places are the findings of a report, each with the names of what it is about.
func places(r Report) (where []string, list []Finding) {
	for _, n := range r.Networks {
		for _, f := range n.Findings {
			name := n.Name.String()
			if f.Name != n.Name {
				name += " › " + f.Name.String()
			}
			where, list = append(where, name), append(list, f)
		}
	}
	for _, f := range r.Failures {
		where = append(where, strings.TrimSpace(f.Operation+" "+f.Subject.String()))
		list = append(list, Finding{Code: f.Code, Cause: f.Cause.String()})
	}
	return where, list
}

// FoundText lists the codes that a report has, each with where it was found.
func FoundText(r Report) string {
	where, list := places(r)
	byCode := map[finding.Code][]string{}
	for i, f := range list {
		if !slices.Contains(byCode[f.Code], where[i]) {
			byCode[f.Code] = append(byCode[f.Code], where[i])
		}
	}
	if len(byCode) == 0 {
		return "Nothing was found in the recording.\n"
	}
	rows := [][]string{}
	for _, e := range finding.Entries() {
		if places := byCode[e.Code]; len(places) > 0 {
			rows = append(rows, []string{string(e.Code), e.Title, strings.Join(places, ", ")})
		}
	}
	var b strings.Builder
	columns(&b, rows)
	return b.String()
}

// FoundOf tells where a report has a code.
func FoundOf(r Report, code finding.Code) string {
	where, list := places(r)
	var b strings.Builder
	for i, f := range list {
		if f.Code == code {
			fmt.Fprintf(&b, "  found     %s: %s\n", where[i], f.Cause)
		}
	}
	if b.Len() == 0 {
		return "  found     nowhere in the recording\n"
	}
	return b.String()
}
