package setup

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// stepView draws the selected step: its parts from the top, what a person needs
// first, and the log at the bottom. What does not fit can be scrolled to.
func (s *Screen) stepView(now time.Time, width, height int) []string {
	step := s.step()
	if step == nil {
		return nil
	}
	parts := s.stepParts(step, now, width, true)
	log := s.log.of(step.ID)
	// The log gets what the parts leave, and some lines in any case; but where a
	// person must do something, what that is has all the room.
	const some = 4
	tail := height - len(parts) - 1
	if step.Failure == nil && step.Asks == nil {
		tail = max(tail, min(some, height/3))
	}
	end := logTail(s.th, log, now, width, tail)
	tail = len(end)
	room := height - tail
	if tail > 0 {
		room-- // the line between
	}
	lines := scrolled(s.th, parts, &s.pane.top, room, width)
	if tail == 0 {
		return lines
	}
	lines = append(lines, "")
	return append(lines, end...)
}

// scrolled cuts lines to a room, from the first one that is looked at; a last line
// tells what is below.
func scrolled(th *theme.Theme, lines []string, top *int, room, width int) []string {
	if len(lines) <= room {
		*top = 0
		return slices.Clone(lines)
	}
	room = max(1, room)
	*top = max(0, min(*top, len(lines)-room+1))
	if below := len(lines) - *top - room + 1; below > 1 {
		out := slices.Clone(lines[*top : *top+room-1])
		l := cell.NewLine(th, width).Space(1).Put(theme.Accent, "pgdn").Put(theme.Muted, fmt.Sprintf(" %d lines more, ", below)).Put(theme.Accent, "enter").Put(theme.Muted, " all")
		return append(out, l.String())
	}
	return slices.Clone(lines[max(0, len(lines)-room):])
}

// stepParts are the parts of a step, in the order in which a person needs them. In
// the narrow view of the pane, requests are shortened.
func (s *Screen) stepParts(step *setup.Step, now time.Time, width int, short bool) []string {
	lines := []string{s.stepTitle(step, now, width)}
	const low = 12 // lines of a screen on which every one counts
	if !short || width >= 70 || step.Failure == nil && step.Asks == nil && s.height > low {
		lines = append(lines, about(s.th, step.ID.About(), width)...)
	}
	add := func(part []string) {
		if len(part) > 0 {
			lines = append(lines, "")
			lines = append(lines, part...)
		}
	}
	if f := step.Failure; f != nil {
		add(s.failurePart(*f, width, short))
	}
	add(s.endPart(step, width))
	add(s.askPart(step, width))
	add(s.waitPart(step, now, width))
	add(halvesPart(s.th, step.Halves, now, width))
	add(findingsPart(s.th, step.Findings, width))
	add(s.planPart(step, width, short))
	return lines
}

// endPart says, at the step where the run ended or pauses, what that means.
func (s *Screen) endPart(step *setup.Step, width int) []string {
	if step.State == setup.StepPaused {
		return marked(s.th, model.SeverityAttention, theme.Plain, "Paused before this step changes anything. a goes on, X ends the run.", width)
	}
	if step.ID != s.run.Current {
		return nil
	}
	switch {
	case s.run.State == setup.RunCancelled:
		if s.run.DryRun {
			return marked(s.th, model.SeverityUnknown, theme.Plain, "The dry run was ended. Nothing was written.", width)
		}
		return marked(s.th, model.SeverityUnknown, theme.Plain, "The run was ended. E lists it, to resume or to tear down.", width)
	case s.run.State == setup.RunFailed && s.run.DryRun:
		return marked(s.th, model.SeverityUnknown, theme.Plain, "The dry run ends here. esc leads to the form, to put it right.", width)
	case s.run.State == setup.RunFailed && step.ID == setup.StepPreflight:
		return marked(s.th, model.SeverityUnknown, theme.Plain, "What the form says can be put right there: esc, then R begins anew.", width)
	case s.run.State != setup.RunDone:
		return nil
	case s.run.DryRun:
		return s.dryEnd(width)
	case s.remarks() != "":
		return marked(s.th, model.SeverityAttention, theme.Plain, "Done, but: "+s.remarks()+".", width)
	case s.run.Kind == setup.RunTeardown:
		return marked(s.th, model.SeverityOK, theme.Plain, "The teardown is done.", width)
	case s.run.Kind == setup.RunMend && !s.run.Request.Mend.By.OfPeering():
		return marked(s.th, model.SeverityOK, theme.Plain, "What was wrong is well. It took "+phrase.Count(s.run.Writes, "request")+" that changed something.", width)
	case s.run.Kind == setup.RunMend:
		return marked(s.th, model.SeverityOK, theme.Plain, "Both halves are well. It took "+phrase.Count(s.run.Writes, "request")+" that changed something.", width)
	case s.run.Writes == 0:
		return marked(s.th, model.SeverityOK, theme.Plain, "The set-up is done. All of it was there; nothing was sent to change anything.", width)
	default: // refused ones are among them
		return marked(s.th, model.SeverityOK, theme.Plain, fmt.Sprintf("The set-up is done. It sent %s to change something.", phrase.Count(s.run.Writes, "request")), width)
	}
}

// remarks names the steps that were gone on without, or that found something.
func (s *Screen) remarks() string {
	var names []string
	for i := range s.run.Steps {
		if st := &s.run.Steps[i]; st.State == setup.StepSkipped || st.State == setup.StepNoted {
			names = append(names, strings.TrimSpace(st.ID.Title()+" "+st.Summary))
		}
	}
	return strings.Join(names, ", ")
}

// dryEnd lists what a run would send.
func (s *Screen) dryEnd(width int) []string {
	var list []string
	for i := range s.run.Steps {
		for _, w := range s.run.Steps[i].Plan {
			if s.run.Steps[i].State == setup.StepPlanned {
				list = append(list, w.Method+"  "+w.Makes)
			}
		}
	}
	text := fmt.Sprintf("A run would send %s. Nothing was written.", phrase.Count(len(list), "request"))
	if s.env.ReadOnly {
		text += " peerdeck is read-only here."
	} else {
		text += " esc, then R runs it."
	}
	lines := marked(s.th, model.SeverityOK, theme.Plain, text, width)
	for _, l := range list {
		lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, cell.Cut(l, width-4)).String())
	}
	return lines
}

func (s *Screen) stepTitle(step *setup.Step, now time.Time, width int) string {
	right, tone := step.State.Word(), theme.Of(step.State.Severity())
	if !step.StartedAt.IsZero() {
		end := step.EndedAt
		if end.IsZero() {
			end = now
		}
		right = strings.TrimSpace(right + "  " + phrase.Elapsed(end.Sub(step.StartedAt)))
	}
	if step.State == setup.StepPending && step.StopHere {
		right, tone = "pauses here", theme.Warn
	}
	l := cell.NewLine(s.th, width).Space(1)
	l.Put(theme.Strong, cell.Cut(step.ID.Title(), width-cell.Width(right)-4))
	return l.To(width-cell.Width(right)-1).Put(tone, right).String()
}

// about is the sentence of what a step is for.
func about(th *theme.Theme, text string, width int) []string {
	var lines []string
	for _, part := range cell.Wrap(text, width-2, 0) {
		lines = append(lines, cell.NewLine(th, width).Space(1).Put(theme.Muted, part).String())
	}
	return lines
}

// failurePart says what failed and why, what to do, and the ids.
func (s *Screen) failurePart(f model.Failure, width int, short bool) []string {
	lines := marked(s.th, model.SeverityBroken, theme.Bad, phrase.Capital(f.Error()), width)
	const most = 7 // clouds can be wordy; what to do now must stay on the screen
	if short && len(lines) > most {
		lines = append(lines[:most-1], cell.NewLine(s.th, width).Space(3).Put(theme.Muted, "… ").Put(theme.Accent, "enter").Put(theme.Muted, " shows all").String())
	}
	lines = append(lines, arrow(s.th, f.Cure, width)...)
	for _, id := range ids(f) {
		for _, part := range cell.Wrap(id, width-4, 0) {
			lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, part).String())
		}
	}
	if !short && !f.Detail.IsEmpty() && !strings.Contains(f.Cause.String(), f.Detail.String()) {
		for _, part := range cell.Wrap("in its own words: "+f.Detail.String(), width-4, 0) {
			lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Muted, part).String())
		}
	}
	// A dialog has keys of its own.
	if short && s.run.State == setup.RunFailed && !s.run.Over() {
		ways := cell.NewLine(s.th, width).Space(3).Put(theme.Accent, "R").Put(theme.Muted, " retries  ").Put(theme.Accent, "X").Put(theme.Muted, " ends it")
		switch {
		case f.Kind == model.FailureAuth:
			ways.Put(theme.Accent, "  A").Put(theme.Muted, " signs in")
		case s.noSkip() == "":
			ways.Put(theme.Accent, "  s").Put(theme.Muted, " skips it")
		}
		lines = append(lines, ways.String())
	}
	return lines
}

// askPart says what is wanted from a person, and the keys that answer.
func (s *Screen) askPart(step *setup.Step, width int) []string {
	ask := step.Asks
	if ask == nil {
		return nil
	}
	lines := marked(s.th, model.SeverityAttention, theme.Plain, ask.Text, width)
	if !ask.Link.IsEmpty() {
		for _, part := range cell.Wrap(ask.Link.String(), width-4, 0) {
			lines = append(lines, cell.NewLine(s.th, width).Space(3).Put(theme.Accent, part).String())
		}
		lines = append(lines, cell.NewLine(s.th, width).Space(3).
			Put(theme.Accent, "o").Put(theme.Muted, " open  ").Put(theme.Accent, "y").Put(theme.Muted, " copy  ").Put(theme.Accent, "Q").Put(theme.Muted, " QR code").String())
	}
	for i, o := range ask.Options {
		key, text := optionText(o)
		if i < len(ask.Labels) && ask.Labels[i] != "" {
			text = ask.Labels[i]
		}
		for i, part := range cell.Wrap(text, width-7, 0) {
			l := cell.NewLine(s.th, width)
			if i == 0 {
				l.Space(3).Put(theme.Accent, key)
			}
			lines = append(lines, l.To(6).Put(theme.Plain, part).String())
		}
	}
	return lines
}

// optionText is the key of a command, and what it does.
func optionText(k setup.RunCommandKind) (key, text string) {
	switch k {
	case setup.CommandContinue:
		return "a", "go on"
	case setup.CommandReplace:
		return "a", "replace it"
	case setup.CommandSendAgain:
		return "a", "send it again"
	case setup.CommandBeside:
		return "a", "make another one beside it"
	case setup.CommandRetry:
		return "R", "look again now"
	case setup.CommandCancel:
		return "X", "end the run"
	case setup.CommandSkip:
		return "s", "go on without it"
	case setup.CommandCreatePrincipal:
		return "M", "create the principal: no consent recorded"
	case setup.CommandGivePrincipal:
		return "i", "type the principal's object id"
	case setup.CommandConfirm:
		return "x", "type the name to remove it"
	case setup.CommandStopAt:
		return "S", "pause before a step"
	default:
		return "", string(k)
	}
}

// waitPart says what a step waits for, and when it looks again.
func (s *Screen) waitPart(step *setup.Step, now time.Time, width int) []string {
	if step.Wait == nil {
		return nil
	}
	return marked(s.th, model.SeverityWorking, theme.Plain, phrase.Capital(step.Wait.Text(now)), width)
}
