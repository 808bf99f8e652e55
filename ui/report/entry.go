package report

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// Entry is an entry of the catalogue of findings as "peerdeck explain -o json" prints it.
type Entry struct {
	Code       finding.Code   `json:"code"`
	Subject    string         `json:"subject"`
	Severities []string       `json:"severities"` // the usual one first
	Title      string         `json:"title"`
	Means      string         `json:"means"`
	NextStep   string         `json:"next_step"`
	Reads      string         `json:"reads"`
	Source     string         `json:"source"`
	Now        []finding.Code `json:"now"` // the codes that speak in its place
}

// Catalogue is the document of "peerdeck explain -o json".
type Catalogue struct {
	Findings []Entry `json:"findings"`
}

// NewEntry makes the document of an entry.
func NewEntry(e finding.Entry) Entry {
	return Entry{
		Code: e.Code, Subject: string(e.Subject), Severities: severities(e), Title: e.Title, Means: e.Means, NextStep: e.Next,
		Reads: e.Reads, Source: e.Source, Now: append([]finding.Code{}, e.Now...),
	}
}

func severities(e finding.Entry) []string {
	out := make([]string, 0, len(e.Severities))
	for _, s := range e.Severities {
		out = append(out, s.String())
	}
	return out
}

// EntryText is an entry for people.
func EntryText(e finding.Entry) string {
	const width = 76
	var b strings.Builder
	fmt.Fprintf(&b, "%s  (%s, %s)\n%s.\n", e.Code, e.Subject, phrase.Or(severities(e)), strings.TrimRight(e.Title, "."))
	part := func(label, text string) {
		if text == "" {
			return
		}
		for i, line := range cell.Wrap(text, width-12, 0) {
			if i > 0 {
				label = ""
			}
			fmt.Fprintf(&b, "  %s %s\n", cell.Fit(label, 9), line)
		}
	}
	b.WriteString("\n")
	part("means", e.Means)
	part("next", e.Next)
	part("read from", e.Reads)
	part("source", e.Source)
	if e.Retired() {
		var now []string
		for _, c := range e.Now {
			now = append(now, string(c))
		}
		part("today", "this code is not given any more; "+strings.Join(now, ", ")+" say it")
	}
	return b.String()
}

// EntryList is the catalogue, a line an entry.
func EntryList(entries []finding.Entry) string {
	var b strings.Builder
	subject := finding.Subject("")
	rows := make([][]string, 0, len(entries))
	flush := func() {
		if len(rows) > 0 {
			columns(&b, rows)
		}
		rows = nil
	}
	for _, e := range entries {
		if e.Subject != subject {
			flush()
			if subject != "" {
				b.WriteString("\n")
			}
			subject = e.Subject
			fmt.Fprintf(&b, "%s\n", strings.ToUpper(string(subject)))
		}
		rows = append(rows, []string{string(e.Code), strings.Join(severities(e), "/"), e.Title})
	}
	flush()
	return b.String()
}
