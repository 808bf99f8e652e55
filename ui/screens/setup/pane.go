package setup

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// pane is what the person looks at of a run.
type pane struct {
	selected setup.StepID
	follow   bool // the selection goes with the step that is worked on
	top      int  // the first line of the step on the screen
}

// choose selects a step; the selection then stays where it is.
func (p *pane) choose(id setup.StepID) {
	p.selected, p.follow, p.top = id, false, 0
}

// receiveRun notes how the run stands now.
func (s *Screen) receiveRun(r setup.Run) tea.Cmd {
	announced := tea.Cmd(nil)
	if s.run == nil || s.run.ID != r.ID || s.run.State != r.State {
		announced = announce(r)
	}
	begun := tea.Cmd(nil)
	if s.run == nil || s.run.ID != r.ID || !s.run.StartedAt.Equal(r.StartedAt) {
		s.log = runLog{}
		s.pane = pane{follow: true}
		begun = screen.Say(screen.Withdraw{About: unfinished})
	}
	s.run = &r
	if s.pane.follow && s.pane.selected != r.Current {
		s.pane.selected, s.pane.top = r.Current, 0
	}
	return tea.Batch(s.fetchLog(), announced, begun)
}

// step is the selected step.
func (s *Screen) step() *setup.Step {
	if s.run == nil {
		return nil
	}
	if step := s.run.Step(s.pane.selected); step != nil {
		return step
	}
	if len(s.run.Steps) > 0 {
		return &s.run.Steps[0]
	}
	return nil
}

// moveStep selects another step.
func (s *Screen) moveStep(by int) {
	step := s.step()
	if step == nil {
		return
	}
	for i := range s.run.Steps {
		if s.run.Steps[i].ID == step.ID {
			s.pane.choose(s.run.Steps[max(0, min(i+by, len(s.run.Steps)-1))].ID)
			return
		}
	}
}

// stateNote says how a run stands, in some words.
func stateNote(r *setup.Run, now time.Time) note {
	spent := ""
	if !r.StartedAt.IsZero() {
		end := r.EndedAt
		// A run that failed does nothing until somebody says so.
		if st := r.Step(r.Current); end.IsZero() && r.State == setup.RunFailed && st != nil {
			end = st.EndedAt
		}
		if end.IsZero() {
			end = now
		}
		spent = " · " + phrase.Elapsed(end.Sub(r.StartedAt))
	}
	severity, word := runWord(r.State)
	if r.State == setup.RunDone && slices.ContainsFunc(r.Steps, func(st setup.Step) bool { return st.State == setup.StepNoted || st.State == setup.StepSkipped }) {
		severity, word = model.SeverityAttention, "done, with remarks"
	}
	return note{marked: true, severity: severity, text: word + spent}
}

// runWord is the state of a run in a word, with its severity.
func runWord(s setup.RunState) (model.Severity, string) {
	switch s {
	case setup.RunRunning:
		return model.SeverityWorking, "running"
	case setup.RunNeedsPerson:
		return model.SeverityAttention, "needs you"
	case setup.RunPaused:
		return model.SeverityAttention, "paused"
	case setup.RunFailed:
		return model.SeverityBroken, "failed"
	case setup.RunCancelled:
		return model.SeverityUnknown, "cancelled"
	case setup.RunDone:
		return model.SeverityOK, "done"
	case setup.RunInterrupted:
		return model.SeverityAttention, "interrupted"
	default:
		return model.SeverityUnknown, string(s)
	}
}

func (s *Screen) runHead(now time.Time) screen.Head {
	h := screen.Head{Path: []string{tab}}
	if s.run == nil {
		return h
	}
	r := s.run
	verb := "set up "
	if r.Kind == setup.RunTeardown {
		verb = "tear down "
	}
	if r.Kind == setup.RunMend {
		verb = "mend "
	}
	h.Path = []string{r.Request.Network.Or("(no network)").String(), verb + r.Request.Peering.Or(r.Request.VNet.Name.String()).String()}
	h.Counts = []string{stateNote(r, now).text}
	return h
}

// stepsWidth is the width of the steps at the left.
func (s *Screen) stepsWidth() int {
	switch {
	case s.width >= sideFrom:
		return max(44, s.width*30/100)
	case s.width >= 76:
		return s.width/2 - 1
	default:
		return max(26, s.width*44/100)
	}
}

// progressLines is the room below: a rule and the progress.
const progressLines = 2

func (s *Screen) runView(now time.Time) []string {
	if s.run == nil {
		return paragraph(s.th, theme.Muted, "No set-up was run since the start. esc shows the form, E lists earlier runs.", s.width)
	}
	height := max(1, s.height-progressLines)
	left := s.stepsWidth()
	right := s.width - left - 1
	lines := widget.Beside(s.th, widget.Fill(s.steps(now, left-1, height), height), s.stepView(now, right, height), left)
	return append(lines, widget.Rule(s.th, s.width), s.progress())
}

// steps draws the steps, and below them what was made.
func (s *Screen) steps(now time.Time, width, height int) []string {
	selected := s.step()
	var lines []string
	for i := range s.run.Steps {
		step := &s.run.Steps[i]
		lines = append(lines, s.stepLine(step, step.ID == selected.ID, now, width))
	}
	if f := s.run.Failure; f != nil {
		lines = append(lines, "")
		lines = append(lines, failureLines(s.th, *f, width, height-len(lines))...)
	}
	return append(lines, s.made(width, height-len(lines))...)
}

func (s *Screen) stepLine(step *setup.Step, selected bool, now time.Time, width int) string {
	const names = 22
	l := cell.NewLine(s.th, width)
	tone := theme.Plain
	if step.State == setup.StepPending || step.State == setup.StepCancelled {
		tone = theme.Muted
	}
	if selected {
		l.Select()
		tone = theme.Accent
	}
	severity := step.State.Severity()
	l.To(1).Put(theme.Of(severity), theme.Symbol(severity)+" ")
	right, rightTone := stepNote(step, now)
	room := width - 4 - cell.Width(right)
	l.Put(tone, cell.Cut(step.ID.Title(), max(10, min(names, max(room, 12))))).To(3 + names + 1)
	if over := cell.Width(right) - l.Left(); over > 0 {
		l = cell.NewLine(s.th, width)
		if selected {
			l.Select()
		}
		l.To(1).Put(theme.Of(severity), theme.Symbol(severity)+" ").Put(tone, cell.Cut(step.ID.Title(), max(10, room))).Space(1)
	}
	return l.Put(rightTone, right).String()
}

// stepNote is what stands beside a step: what came of it, or how long it goes on.
func stepNote(step *setup.Step, now time.Time) (string, theme.Tone) {
	switch {
	case step.State == setup.StepPerson, step.State == setup.StepPaused:
		return step.State.Word(), theme.Warn
	case step.State == setup.StepFailed:
		return step.State.Word(), theme.Bad
	case step.State.Working():
		if step.StartedAt.IsZero() {
			return step.State.Word(), theme.Busy
		}
		return phrase.Elapsed(now.Sub(step.StartedAt)), theme.Busy
	case step.StopHere && step.State == setup.StepPending:
		return "pauses here", theme.Warn
	case step.Summary != "":
		return step.Summary, theme.Muted
	default:
		return step.State.Word(), theme.Muted
	}
}

// made lists what the run has made and what still stands.
func (s *Screen) made(width, room int) []string {
	var lines []string
	for _, m := range s.run.Made {
		verb, tone := "", theme.Muted
		switch {
		case m.Gone:
			verb, tone = " (removed)", theme.Faint
		case m.Changed:
			verb = " (changed)"
		}
		lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(tone, string(m.Kind)+verb+"  "+m.Name.String()).String())
	}
	const head = 2
	if len(lines) == 0 || room < head+1 {
		return nil
	}
	title := "MADE SO FAR"
	if s.run.Kind == setup.RunTeardown {
		title = "WHAT THE SET-UP MADE"
	}
	if len(lines) > room-head {
		lines = append(lines[:room-head-1], cell.NewLine(s.th, width).Space(3).Put(theme.Muted, fmt.Sprintf("and %d more", len(lines)-room+head+1)).String())
	}
	return append([]string{"", widget.Section(s.th, title, width)}, lines...)
}

// progress draws the last line: how far the run is.
func (s *Screen) progress() string {
	over, all := s.run.Progress()
	text := fmt.Sprintf("%d of %d steps", over, all)
	dry := s.run.DryRun
	if dry {
		text += "   "
	}
	const badge, say = " DRY RUN ", " nothing is written"
	room := s.width - cell.Width(text) - 4
	if dry {
		room -= len(badge) + len(say)
	}
	full := 0
	if all > 0 {
		full = max(0, room) * over / all
	}
	severity, _ := runWord(s.run.State)
	tone := theme.Accent
	if severity != model.SeverityWorking {
		tone = theme.Of(severity)
	}
	l := cell.NewLine(s.th, s.width).Space(1)
	l.Put(tone, strings.Repeat("━", full)).Put(theme.Faint, strings.Repeat("─", max(0, room-full)))
	l.Space(2).Put(theme.Muted, text)
	if dry {
		l.Put(theme.BadgeWarn, badge).Put(theme.Muted, say)
	}
	return l.String()
}
