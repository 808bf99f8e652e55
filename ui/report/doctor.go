package report

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Doctor is the document of "peerdeck doctor -o json". Its keys are stable.
type Doctor struct {
	GeneratedAt time.Time     `json:"generated_at"`
	Version     string        `json:"version"`
	Severity    string        `json:"severity"` // the most urgent of all checks
	Conclusion  string        `json:"conclusion"`
	Cut         bool          `json:"cut"` // the time was over before everything had answered
	Checks      []DoctorCheck `json:"checks"`
}

// DoctorCheck is one thing that was looked at.
type DoctorCheck struct {
	Area     string       `json:"area"` // machine, way, konnect, azure, dns
	Topic    string       `json:"topic"`
	Subject  safe.Text    `json:"subject"`
	Code     finding.Code `json:"code"`
	Severity string       `json:"severity"`
	Cause    string       `json:"cause"`
	NextStep string       `json:"next_step"`
	Command  string       `json:"command"`
	Details  []safe.Text  `json:"details"`
	TookMS   int64        `json:"took_ms"` // milliseconds until it was known
}

// NewDoctor makes the document of a report.
func NewDoctor(r doctor.Report) Doctor {
	d := Doctor{
		GeneratedAt: r.At.UTC(), Version: r.Version, Severity: r.Worst().String(), Conclusion: r.Conclusion(), Cut: r.Cut,
		Checks: make([]DoctorCheck, 0, len(r.Checks)),
	}
	for _, c := range r.Checks {
		d.Checks = append(d.Checks, DoctorCheck{
			Area: string(c.Area), Topic: c.Topic, Subject: c.Subject, Code: c.Code, Severity: c.Severity.String(), Cause: c.Cause,
			NextStep: c.Next.Text, Command: c.Next.Command, Details: append([]safe.Text{}, c.Details...), TookMS: c.Took.Milliseconds(),
		})
	}
	return d
}

// Report is the report that the document was made of.
func (d Doctor) Report() doctor.Report {
	r := doctor.Report{At: d.GeneratedAt, Version: d.Version, Cut: d.Cut, Over: true}
	for _, c := range d.Checks {
		r.Checks = append(r.Checks, doctor.Kept{
			Area: c.Area, Topic: c.Topic, Subject: c.Subject, Code: c.Code, Severity: c.Severity, Cause: c.Cause, Next: c.NextStep, Command: c.Command,
			Details: c.Details, Took: time.Duration(c.TookMS) * time.Millisecond,
		}.Check())
	}
	return r
}

// The columns of a report as text.
const (
	doctorTopic = 18 // where the text begins, behind symbol and topic
	doctorWide  = 100
)

// DoctorText is a report for people, wrapped for a width in cells; 0 for the usual one.
func DoctorText(r doctor.Report, width int, ascii bool) string {
	if width <= 0 {
		width = doctorWide
	}
	width = max(60, min(width, doctorWide))
	var b strings.Builder
	write := func(lead, text string) {
		for i, part := range cell.Wrap(text, width-doctorTopic-3, 0) {
			if i == 0 {
				b.WriteString(cell.Fit(lead, doctorTopic+3))
			} else {
				b.WriteString(strings.Repeat(" ", doctorTopic+3))
			}
			b.WriteString(part + "\n")
		}
	}
	for _, l := range r.Lines(false) {
		switch l.Role {
		case doctor.RoleHead:
			b.WriteString(strings.Join(cell.Wrap(theme.Symbol(l.Severity)+" "+l.Text, width, 0), "\n") + "\n")
		case doctor.RoleArea:
			b.WriteString("\n" + l.Text + "\n")
		case doctor.RoleCheck:
			write(" "+theme.Symbol(l.Severity)+" "+l.Topic, l.Text)
			if l.Severity.NeedsPerson() {
				write("", "("+string(l.Code)+")")
			}
		case doctor.RoleDetail:
			write("", l.Text)
		case doctor.RoleNext:
			write("", "→ "+l.Text)
		case doctor.RoleCommand: // whole, so that it can be pasted
			b.WriteString(strings.Repeat(" ", doctorTopic+3) + l.Text + "\n")
		case doctor.RoleOpen:
			b.WriteString("\n" + l.Text + "\n")
		}
	}
	if ascii {
		return theme.ASCII(b.String())
	}
	return b.String()
}
