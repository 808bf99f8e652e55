package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// WhatIf is the document of "peerdeck paths --assume FILE -o json". Its keys are stable.
type WhatIf struct {
	GeneratedAt time.Time         `json:"generated_at"`
	Network     safe.Text         `json:"network"`
	NetworkID   safe.Text         `json:"network_id"`
	State       string            `json:"state"` // of the reading: done, cut
	Says        string            `json:"says"`
	Written     bool              `json:"written"` // false: nothing is ever written
	Changes     []string          `json:"changes"`
	Counts      map[string]int    `json:"counts"` // better, worse, other, new, gone, same
	Effects     []WhatIfEffect    `json:"effects"`
	Same        []WhatIfUntouched `json:"same"`
	Findings    []PathFinding     `json:"findings"` // that remain
}

// WhatIfEffect is a verdict that would be another one.
type WhatIfEffect struct {
	Subject string         `json:"subject"` // service, way in, subnet, peering, mapping table
	Name    string         `json:"name"`
	Turn    string         `json:"turn"`   // better, worse, other, new, gone
	Before  *WhatIfVerdict `json:"before"` // null for what is new
	After   *WhatIfVerdict `json:"after"`  // null for what is gone
}

// WhatIfUntouched is a verdict that would stay as it is.
type WhatIfUntouched struct {
	Subject  string `json:"subject"`
	Name     string `json:"name"`
	Severity string `json:"severity"`
}

// WhatIfVerdict is what is thought of something.
type WhatIfVerdict struct {
	Severity string       `json:"severity"`
	Code     finding.Code `json:"code"`
	Word     string       `json:"word"`
	Why      string       `json:"why"`
	NextStep string       `json:"next_step"`
	Command  string       `json:"command"`
}

// NewWhatIf makes the document of a judgement of changes.
func NewWhatIf(r assume.Result, state string) WhatIf {
	d := WhatIf{
		GeneratedAt: r.Facts.At.UTC(), State: state, Says: r.Says(), Changes: []string{}, Counts: map[string]int{}, Effects: []WhatIfEffect{}, Same: []WhatIfUntouched{}, Findings: pathFindings(needing(r.After.Findings)),
	}
	if n := r.Facts.Network; n != nil {
		d.Network, d.NetworkID = n.Name, n.ID
	}
	for _, c := range r.Proposal.Changes {
		d.Changes = append(d.Changes, c.String())
	}
	for _, t := range []assume.Turn{assume.Better, assume.Worse, assume.Other, assume.New, assume.Gone} {
		d.Counts[string(t)] = r.Count(t)
	}
	d.Counts[string(assume.Same)] = len(r.Stay)
	for _, e := range r.Effects {
		one := WhatIfEffect{Subject: string(e.Subject), Name: e.Name, Turn: string(e.Turn)}
		if e.Turn != assume.New {
			one.Before = whatIfVerdict(e.Before)
		}
		if e.Turn != assume.Gone {
			one.After = whatIfVerdict(e.After)
		}
		d.Effects = append(d.Effects, one)
	}
	for _, e := range r.Stay {
		d.Same = append(d.Same, WhatIfUntouched{Subject: string(e.Subject), Name: e.Name, Severity: e.After.Severity.String()})
	}
	return d
}

func whatIfVerdict(v assume.Verdict) *WhatIfVerdict {
	return &WhatIfVerdict{Severity: v.Severity.String(), Code: v.Code, Word: v.Word, Why: v.Why, NextStep: v.Next.Text, Command: v.Next.Command}
}

// needing are the findings that need somebody.
func needing(list []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f finding.Finding) bool { return !f.NeedsPerson() })
}

// WhatIfText is a judgement of changes for people.
func WhatIfText(r assume.Result, ascii bool) string {
	var b strings.Builder
	name := r.Facts.Network.Name.Or(r.Facts.Network.ID.String())
	fmt.Fprintf(&b, "%s › what if: %s Nothing was written.\n", name, r.Says())
	for _, c := range r.Proposal.Changes {
		fmt.Fprintf(&b, "  %s\n", c)
	}
	for _, e := range r.Effects {
		whatIfEffect(&b, e)
	}
	if n := len(r.Stay); n > 0 {
		fmt.Fprintf(&b, "\nAs before: %s.\n", phrase.Few(namesOfStay(r.Stay), 12))
	}
	if left := needing(r.After.Findings); len(left) > 0 {
		b.WriteString("\nWhat would need somebody then:\n")
		for _, f := range left {
			pathSentence(&b, f)
		}
	}
	return asciiOr(b.String(), ascii)
}

func namesOfStay(list []assume.Effect) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = e.Name
	}
	return out
}

func whatIfEffect(b *strings.Builder, e assume.Effect) {
	symbol := theme.Symbol(e.After.Severity)
	if e.Turn == assume.Gone {
		symbol = "–"
	}
	fmt.Fprintf(b, "\n%s %s %s: %s\n", symbol, e.Subject, e.Name, e.Turn)
	if e.Turn != assume.New {
		fmt.Fprintf(b, "  now   %s\n", e.Before.Line())
	}
	if e.Turn != assume.Gone {
		fmt.Fprintf(b, "  then  %s\n", e.After.Line())
	}
}
