package setup

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// earlierLines is the height of the details of a run, their rule included.
const earlierLines = 8

func (s *Screen) earlierListHeight() int { return max(3, s.height-earlierLines) }

func earlierColumns() []widget.Column {
	return []widget.Column{
		{ID: "when", Title: "LAST ENTRY", Min: 14},
		{ID: "what", Title: "SET-UP", Min: 20, Max: 46},
		{ID: "state", Title: "STATE", Min: 13, Max: 24},
		{ID: "step", Title: "AT", Min: 12, Max: 24, Rank: 1},
	}
}

// earlierRows are the runs, the newest first.
type earlierRows struct {
	list []setup.RunSummary
	now  time.Time
}

// Len is the number of rows.
func (r *earlierRows) Len() int { return len(r.list) }

// ID is the id of a run.
func (r *earlierRows) ID(i int) safe.Text { return safe.New(r.list[i].ID) }

// Cells fills the cells of a row.
func (r *earlierRows) Cells(i int, into []widget.Cell) {
	run := r.list[i]
	severity, word := summaryWord(run)
	what := target(run.Request)
	if run.Kind == setup.RunTeardown {
		what = "tear down " + what
	}
	if run.Kind == setup.RunMend {
		what = "mend " + what
	}
	into[0] = widget.Cell{Lead: theme.Symbol(severity) + " ", LeadTone: theme.Of(severity), Text: widget.Clock(run.ChangedAt, r.now), Tone: theme.Muted}
	into[1] = widget.Cell{Text: what}
	into[2] = widget.Cell{Text: word, Tone: theme.Of(severity)}
	into[3] = widget.Cell{Text: run.Last.Title(), Tone: theme.Muted}
}

// summaryWord is how an earlier run stands, in some words.
func summaryWord(r setup.RunSummary) (model.Severity, string) {
	severity, word := runWord(r.State)
	switch {
	case r.Problem != "":
		severity = max(severity, model.SeverityAttention)
	case r.Active:
		severity, word = model.SeverityWorking, "in hand here"
	case r.Elsewhere:
		severity, word = model.SeverityWorking, "elsewhere"
	case !r.Unfinished() && severity > model.SeverityUnknown:
		severity = model.SeverityUnknown
	}
	if r.DryRun {
		word = "dry run " + word
	}
	return severity, word
}

// earlierDetails draws the selected run.
func (s *Screen) earlierDetails(now time.Time) []string {
	if f := s.failure; f != nil {
		return failureLines(s.th, *f, s.width, earlierLines-1)
	}
	r := s.chosen()
	if r == nil {
		return nil
	}
	fact := func(label, value string, tone theme.Tone) string {
		return cell.NewLine(s.th, s.width).Space(3).Put(theme.Muted, cell.Fit(label, 14)).Put(tone, value).String()
	}
	severity, word := summaryWord(*r)
	l := cell.NewLine(s.th, s.width).Space(1).Put(theme.Of(severity), theme.Symbol(severity)+" ")
	l.Put(theme.Strong, cell.Cut(target(r.Request), s.width-30)).Put(theme.Muted, "  "+word+" "+phrase.Age(r.ChangedAt, now))
	lines := []string{
		l.String(), fact("Stood at", r.Last.Title(), theme.Plain),
		fact("VNET", r.Request.VNet.Name.String()+" in "+r.Request.VNet.ResourceGroup.String(), theme.Plain), fact("Made", madeText(*r), theme.Plain),
	}
	if r.Problem != "" {
		for i, part := range cell.Wrap(r.Problem, s.width-19, 2) {
			label := ""
			if i == 0 {
				label = "Journal"
			}
			lines = append(lines, fact(label, part, theme.Warn))
		}
	}
	if r.Unfinished() {
		l := cell.NewLine(s.th, s.width).Space(3).Put(theme.Accent, "→ R").Put(theme.Plain, "  resume it")
		if len(r.Standing()) > 0 {
			l.Put(theme.Plain, ", or ").Put(theme.Accent, "T").Put(theme.Plain, "  tear down what it made")
		}
		lines = append(lines, l.String())
	}
	return lines
}

// madeText says what a run made and what of that is left.
func madeText(r setup.RunSummary) string {
	left := r.Standing()
	if len(r.Made) == 0 {
		return "nothing"
	}
	text := ""
	for i, m := range left {
		if i > 0 {
			text += ", "
		}
		text += string(m.Kind)
	}
	switch gone := len(r.Made) - len(left); {
	case len(left) == 0:
		return phrase.Count(gone, "thing") + ", all removed"
	case gone > 0:
		return text + fmt.Sprintf("; %d removed", gone)
	default:
		return text
	}
}
