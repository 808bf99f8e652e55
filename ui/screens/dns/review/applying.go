package review

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// applying draws how the order is carried out: the steps, what it comes to, what is not
// as it was wanted, and the log in what is left.
func (d *Diff) applying(now time.Time) []string {
	p := d.progress()
	lines := append(stepLines(p, d.th, now, d.width), "")
	lines = append(lines, d.outcome(now)...)
	lines = lines[:min(len(lines), d.height)]
	room := d.height - len(lines)
	if len(d.list.blocks) > 0 && room > 1 {
		lines = append(lines, widget.Rule(d.th, d.width))
		return append(lines, d.list.view(d.th, d.width, room-1)...)
	}
	if p.Apply == nil || len(p.Apply.Log) == 0 || room < 2 {
		return lines
	}
	lines = append(lines, "")
	return append(lines, widget.LogTail(d.th, p.Apply.Log, now, d.width, room-1)...)
}

// outcome says what the order has come to, and what a person can do.
func (d *Diff) outcome(now time.Time) []string {
	a := d.progress().Apply
	put := func(severity model.Severity, text string) []string {
		return widget.Marked(d.th, severity, theme.Plain, text, d.width, 0)
	}
	arrow := func(text string) []string { return widget.Arrow(d.th, text, d.width) }
	if a == nil {
		return put(model.SeverityWorking, "It was asked for and begins in a moment.")
	}
	switch a.State {
	case dnstable.ApplyDone:
		lines := put(model.SeverityOK, a.Said())
		if a.Note != "" {
			lines = append(lines, put(model.SeverityAttention, cleanLine(a.Note))...)
		}
		return append(lines, arrow("esc leads back to the table.")...)
	case dnstable.ApplyMeanwhile:
		lines := put(model.SeverityAttention, a.Said())
		return append(lines, arrow("enter brings both together, domain by domain. This is what they did:")...)
	case dnstable.ApplyDiffers:
		lines := put(model.SeverityAttention, a.Said())
		return append(lines, arrow(d.restoreText(a))...)
	case dnstable.ApplyFailed:
		return d.failed(a)
	case dnstable.ApplyCancelled:
		return append(put(model.SeverityUnknown, a.Said()), arrow("b leads to the changes, esc to the table.")...)
	case dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting:
	}
	text := "It goes on when you leave this page."
	if a.Wait != nil {
		text = phrase.Capital(a.Wait.Text(now))
	}
	return put(model.SeverityWorking, text)
}

func (d *Diff) restoreText(a *dnstable.Apply) string {
	if a.Restore == "" {
		return "No restore point was kept: the network had no table before."
	}
	return "R stages the table as it was before, as a new edit. b leads to your changes."
}

// failed says what failed and why, whether something was written, what to do, and the
// ids that support asks for.
func (d *Diff) failed(a *dnstable.Apply) []string {
	var lines []string
	f := a.Failure
	if f == nil {
		f = &model.Failure{Operation: "apply the table of " + d.network(), Cure: "Look at the log (L)."}
	}
	lines = append(lines, widget.Marked(d.th, model.SeverityBroken, theme.Bad, phrase.Capital(f.Error()), d.width, 0)...)
	lines = append(lines, widget.Arrow(d.th, f.Cure, d.width)...)
	written := "Nothing was written, and your edits are kept. b leads to them, to try again."
	if a.Sent {
		written = "The request had left: it may have been carried out. Your edits are kept; b leads to them, and A there reads the table again before anything is sent."
		if a.Restore != "" {
			written += " R stages the table as it was before."
		}
	}
	if d.noWithout() == "" {
		written = "Nothing was written, and your edits are kept. o shows the changes without " + cleanLine(strings.Join(a.Unwanted, ", ")) + ", to apply them so; b shows them as they are."
	}
	lines = append(lines, widget.Paragraph(d.th, theme.Plain, written, d.width, 0)...)
	for _, id := range widget.FailureIDs(*f) {
		lines = append(lines, widget.Paragraph(d.th, theme.Muted, id, d.width, 0)...)
	}
	return lines
}

// progressBlocks list what is not as it was wanted.
func (d *Diff) progressBlocks() []block {
	a := d.progress().Apply
	if a == nil {
		return nil
	}
	var changes []dnstable.Change
	switch a.State {
	case dnstable.ApplyMeanwhile:
		changes = dnstable.Diff(a.Order.Base, a.Theirs)
	case dnstable.ApplyDiffers:
		changes = a.Left
	case dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting, dnstable.ApplyDone, dnstable.ApplyFailed, dnstable.ApplyCancelled:
		return nil
	default:
		return nil
	}
	v := newChangeView(d.th, d.width, changes)
	var out []block
	if heading := v.heading(); heading != nil {
		out = append(out, textBlock(heading...))
	}
	for i, c := range changes {
		out = append(out, v.block(keyChange+strconv.Itoa(i), c))
	}
	return out
}

// applyActions are what can be done while the order is carried out, and after.
func (d *Diff) applyActions() []action.Action {
	a := d.progress().Apply
	state := dnstable.ApplyState("")
	if a != nil {
		state = a.State
	}
	only := func(ok bool, why string) func() string {
		return func() string {
			if ok {
				return ""
			}
			return why
		}
	}
	list := []action.Action{
		{ID: "apply.merge", Name: "merge", Keys: []string{"enter"}, Group: groupDiff, Footer: 1, Help: "Bring both changes together, when somebody else has changed the table.", Why: only(state == dnstable.ApplyMeanwhile, "nobody else has changed the table"), Run: d.merge},
		{ID: "apply.cancel", Name: "cancel", Keys: []string{"X"}, Group: groupDiff, Footer: 2, Help: "Stop before the request has left.", Why: d.noCancel, Run: d.table.Cancel},
		{ID: "apply.restore", Name: "restore", Keys: []string{"R"}, Group: groupDiff, Footer: 2, Help: "Stage the table as it was before, as a new edit.", Why: d.noRestore, Run: d.restore},
		{ID: "apply.without", Name: "omit unknown", Keys: []string{"o"}, Group: groupDiff, Footer: 2, Help: "Show the changes again without the members that Konnect refuses and peerdeck does not know.", Why: d.noWithout, Run: d.omit},
		{ID: "apply.review", Name: "changes", Keys: []string{"b"}, Group: groupDiff, Footer: 3, Help: "Back to the changes, when it has failed or was cancelled.", Why: d.noReview, Run: d.reviewAgain},
		{ID: "apply.log", Name: "log", Keys: []string{"L"}, Group: groupDiff, Footer: 6, Help: "Show the whole log.", Why: only(a != nil && len(a.Log) > 0, "nothing was logged so far"), Run: d.showLog},
		{ID: "apply.leave", Name: "to the table", Keys: []string{"esc", "q"}, Group: groupDiff, Footer: 5, Help: "Back to the table. What is on its way goes on.", Run: d.leaveApply},
	}
	return append(list, d.requestActions()...)
}

func (d *Diff) noCancel() string {
	a := d.progress().Apply
	switch {
	case a == nil:
		return "it has not begun"
	case a.State.Over():
		return "it is over"
	case a.Sent:
		return "the request has left, and cannot be called back"
	default:
		return ""
	}
}

func (d *Diff) noRestore() string {
	a := d.progress().Apply
	switch {
	case a == nil || !a.State.Over() || !a.Sent:
		return "nothing was written that could be taken back"
	case a.Restore == "":
		return "no restore point was kept"
	default:
		return ""
	}
}

func (d *Diff) noWithout() string {
	a := d.progress().Apply
	if a == nil || a.State != dnstable.ApplyFailed || a.Sent || len(a.Unwanted) == 0 {
		return "Konnect has refused nothing that peerdeck does not know"
	}
	return ""
}

func (d *Diff) noReview() string {
	a := d.progress().Apply
	if a == nil || a.State != dnstable.ApplyFailed && a.State != dnstable.ApplyCancelled && a.State != dnstable.ApplyDiffers {
		return "the changes can be looked at again when it has failed, differs, or was cancelled"
	}
	return ""
}

// reviewAgain shows the changes again. What was accepted stays accepted.
func (d *Diff) reviewAgain() tea.Cmd {
	d.asked = false
	d.list = list{}
	d.refresh()
	return nil
}

// omit shows the changes again, less the members that Konnect has refused.
func (d *Diff) omit() tea.Cmd {
	a := d.progress().Apply
	d.table.Omit(slices.Concat(a.Order.Without, a.Unwanted))
	return d.reviewAgain()
}

// restore stages the table as it was before the write.
func (d *Diff) restore() tea.Cmd {
	page := newRestoreOf(d.env, d.th, d.table, d.progress().Apply.Restore)
	return screen.Say(screen.Pop{Then: screen.Say(screen.Push{Screen: page})})
}

// merge brings both changes together.
func (d *Diff) merge() tea.Cmd {
	return screen.Say(screen.Pop{Then: screen.Say(screen.Push{Screen: newMerge(d.env, d.th, d.table, d.problems)})})
}

func (d *Diff) leaveApply() tea.Cmd {
	if d.progress().Over() {
		return screen.Say(screen.Pop{})
	}
	return screen.Say(screen.Pop{Then: say("The table of " + d.network() + " is written further while you are elsewhere.")})
}

// showLog opens the log, at its end. It grows with the order.
func (d *Diff) showLog() tea.Cmd {
	plain := ""
	for _, line := range d.progress().Apply.Log {
		plain += line.At.UTC().Format("2006-01-02T15:04:05Z") + "  " + line.Text.String() + "\n"
	}
	text := dialog.NewText("Log", "the log", plain, func(width int) []string {
		a := d.progress().Apply
		if a == nil {
			return nil
		}
		return widget.LogLines(d.th, a.Log, d.env.Now(), width)
	})
	text.End()
	return screen.Say(screen.Show{Dialog: text})
}
