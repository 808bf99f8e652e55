package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Acknowledged is what somebody said of a finding who knows of it.
type Acknowledged struct {
	Reason safe.Text `json:"reason"`
	By     safe.Text `json:"by"`
	At     string    `json:"at"`    // empty: not written down
	Until  string    `json:"until"` // empty: until the finding changes
}

func acknowledged(f finding.Finding) *Acknowledged {
	if f.Known == nil {
		return nil
	}
	return &Acknowledged{Reason: f.Known.Reason, By: f.Known.By, At: stamp(f.Known.At), Until: stamp(f.Known.Until)}
}

// KnownList is the document of "peerdeck known -o json".
type KnownList struct {
	File    safe.Text      `json:"file"` // empty: kept in memory alone
	Entries []KnownProblem `json:"entries"`
	Faults  []KnownFault   `json:"faults"` // entries that cannot be used
	Problem string         `json:"problem"`
}

// KnownProblem is an entry of the list with how it stands.
type KnownProblem struct {
	Acknowledged

	Code        finding.Code `json:"code"`
	State       string       `json:"state"` // known, changed since, time is over, not found now, not known now
	Network     safe.Text    `json:"network"`
	NetworkName safe.Text    `json:"network_name"`
	Subject     safe.Text    `json:"subject"`
	SubjectName safe.Text    `json:"subject_name"`
	Severity    string       `json:"severity"` // of the finding as it is now; empty where there is none
	Cause       string       `json:"cause"`
	Line        int          `json:"line"` // of the file
}

// KnownFault is an entry that cannot be used.
type KnownFault struct {
	Line    int    `json:"line"`
	Problem string `json:"problem"`
}

// WriteKnown writes a list of known problems in a form.
func WriteKnown(w io.Writer, f Format, l known.List, entries []known.Entry, now time.Time, ascii bool) error {
	if f != Table {
		return WriteDocument(w, f, knownDocument(l, entries))
	}
	text := knownTable(l, entries, now)
	if ascii {
		text = theme.ASCII(text)
	}
	_, err := io.WriteString(w, text)
	return err
}

func knownDocument(l known.List, entries []known.Entry) KnownList {
	out := KnownList{File: l.Path, Entries: []KnownProblem{}, Faults: []KnownFault{}, Problem: l.Whole}
	for _, e := range entries {
		one := KnownProblem{
			Acknowledged: Acknowledged{Reason: e.Reason, By: e.By, At: stamp(e.At), Until: stamp(e.Until)},
			Code:         e.Code, State: string(e.State), Network: e.Network, NetworkName: e.NetworkName, Subject: e.Subject, SubjectName: e.SubjectName,
			Cause: e.Finding.Cause, Line: e.Line,
		}
		if e.Finding.Code != "" {
			one.Severity = e.Finding.Severity.String()
		}
		out.Entries = append(out.Entries, one)
	}
	for _, f := range l.Faults {
		out.Faults = append(out.Faults, KnownFault{Line: f.Line, Problem: f.Text})
	}
	return out
}

func knownTable(l known.List, entries []known.Entry, now time.Time) string {
	var b strings.Builder
	if len(entries) == 0 {
		b.WriteString("No problem is known.\n")
	} else {
		knownRows(&b, entries, now)
	}
	if l.Whole != "" {
		fmt.Fprintf(&b, "\n▲ %s cannot be used, %s\n", l.Path, l.Whole)
	}
	for _, f := range l.Faults {
		fmt.Fprintf(&b, "\n▲ %s, %s\n", l.Path, f)
	}
	if !l.Path.IsEmpty() {
		fmt.Fprintf(&b, "\nThe file: %s\n", l.Path)
	}
	return b.String()
}

// knownRows lists what is known, and says each in a sentence below.
func knownRows(b *strings.Builder, entries []known.Entry, now time.Time) {
	rows := [][]string{{"", "STATE", "CODE", "NETWORK", "SUBJECT", "UNTIL", "BY"}}
	for _, e := range entries {
		mark := " "
		if e.Finding.Code != "" {
			f := e.Finding
			if f.Known = nil; e.State == known.Holds {
				f.Known = e.Known()
			}
			mark = theme.SymbolOf(f)
		}
		rows = append(rows, []string{mark, string(e.State), string(e.Code), e.NetworkName.String(), e.SubjectName.String(), known.EndText(e.Until, now), e.By.String()})
	}
	columns(b, rows)
	for _, e := range entries {
		fmt.Fprintf(b, "\n%s %s\n  %s\n", e.Code, strings.TrimSuffix(e.NetworkName.String()+" › "+e.SubjectName.String(), " › "), known.Sentence(*e.Known(), now))
		if e.Finding.Cause != "" {
			fmt.Fprintf(b, "  now: %s\n", e.Finding.Cause)
		}
	}
}
