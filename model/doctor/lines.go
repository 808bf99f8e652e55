package doctor

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// Role is what a line of a report is for.
type Role int

// The roles of lines.
const (
	RoleHead    Role = iota // the conclusion
	RoleArea                // above the checks of an area
	RoleCheck               // what was looked at, and what was found
	RoleDetail              // a fact beside it
	RoleNext                // what to do
	RoleCommand             // a command that runs as it stands
	RoleOpen                // what has not answered yet
)

// Line is a line of a report before it is drawn.
type Line struct {
	Role     Role
	Severity finding.Severity
	Topic    string
	Text     string
	Code     finding.Code
}

// Lines are the report as people read it, the conclusion first. Doors leaves out what is
// well, and the facts beside.
func (r Report) Lines(doors bool) []Line {
	out := []Line{{Role: RoleHead, Severity: r.Worst(), Text: r.Conclusion()}}
	for _, area := range Areas() {
		checks := r.Of(area)
		begun := false
		for _, c := range checks {
			if doors && !c.NeedsPerson() {
				continue
			}
			if !begun {
				out, begun = append(out, Line{Role: RoleArea, Text: area.Title()}), true
			}
			out = append(out, c.lines(doors)...)
		}
	}
	if len(r.Open) > 0 {
		out = append(out, Line{Role: RoleOpen, Severity: finding.Working, Text: "Not answered yet: " + phrase.Few(r.Open, 8) + "."})
	}
	return out
}

func (c Check) lines(short bool) []Line {
	text := c.Cause
	if s := c.Subject.String(); s != "" && !strings.Contains(text, s) {
		text = s + ": " + text
	}
	out := []Line{{Role: RoleCheck, Severity: c.Severity, Topic: c.Topic, Text: text, Code: c.Code}}
	if !short || c.NeedsPerson() {
		for _, d := range c.Details {
			out = append(out, Line{Role: RoleDetail, Text: d.String()})
		}
	}
	if c.Next.Text != "" {
		out = append(out, Line{Role: RoleNext, Severity: c.Severity, Text: c.Next.Text})
	}
	if c.Next.Command != "" && !strings.Contains(c.Next.Text, c.Next.Command) {
		out = append(out, Line{Role: RoleCommand, Text: c.Next.Command})
	}
	return out
}

// Conclusion is the report in one sentence.
func (r Report) Conclusion() string {
	doors := r.Doors()
	switch {
	case !r.Over:
		return fmt.Sprintf("Looking: %s so far, %s not answered yet.", phrase.Count(len(r.Checks), "check"), phrase.Count(len(r.Open), "question"))
	case len(doors) == 0:
		return fmt.Sprintf("Every way in is open: %s, all well.", phrase.Count(len(r.Checks), "check"))
	case len(doors) == 1:
		return fmt.Sprintf("One of %s needs somebody: %s.", phrase.Count(len(r.Checks), "check"), doors[0].name())
	default:
		names := make([]string, 0, len(doors))
		for _, c := range doors {
			if n := c.name(); len(names) == 0 || names[len(names)-1] != n {
				names = append(names, n)
			}
		}
		return fmt.Sprintf("%d of %s need somebody: %s.", len(doors), phrase.Count(len(r.Checks), "check"), phrase.Few(names, 4))
	}
}

// name is what a check is called in a sentence.
func (c Check) name() string {
	if s := c.Subject.String(); s != "" {
		return c.Topic + " " + s
	}
	return c.Topic
}

// Text is the report without columns, for a ticket.
func (r Report) Text() string {
	var b strings.Builder
	for _, l := range r.Lines(false) {
		switch l.Role {
		case RoleHead:
			fmt.Fprintf(&b, "%s %s: %s\n", "peerdeck "+r.Version, r.At.UTC().Format("2006-01-02 15:04:05 UTC"), l.Text)
		case RoleArea:
			fmt.Fprintf(&b, "\n%s\n", l.Text)
		case RoleCheck:
			fmt.Fprintf(&b, "  %-9s  %s: %s (%s)\n", l.Severity, l.Topic, l.Text, l.Code)
		case RoleNext:
			fmt.Fprintf(&b, "             next: %s\n", l.Text)
		case RoleDetail, RoleCommand:
			fmt.Fprintf(&b, "             %s\n", l.Text)
		case RoleOpen:
			fmt.Fprintf(&b, "\n%s\n", l.Text)
		}
	}
	return b.String()
}
