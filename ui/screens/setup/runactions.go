package setup

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// asks reports whether a command is among the answers to what is asked, or to how
// the run stands.
func (s *Screen) asks(k setup.RunCommandKind) bool {
	if s.run == nil {
		return false
	}
	for i := range s.run.Steps {
		if a := s.run.Steps[i].Asks; a != nil && slices.Contains(a.Options, k) {
			return true
		}
	}
	return false
}

// asking is the step that wants something from a person.
func (s *Screen) asking() *setup.Step {
	if s.run == nil {
		return nil
	}
	for i := range s.run.Steps {
		if s.run.Steps[i].Asks != nil {
			return &s.run.Steps[i]
		}
	}
	return nil
}

// link is the link that is to be opened, empty for none.
func (s *Screen) link() safe.Text {
	if step := s.asking(); step != nil && !step.Asks.Link.IsEmpty() {
		return step.Asks.Link
	}
	if step := s.step(); step != nil && step.Asks != nil {
		return step.Asks.Link
	}
	if step := s.step(); step != nil && step.ID == setup.StepConsent && s.run.Kind == setup.RunSetup {
		return s.service.ConsentLink(s.run.Request)
	}
	return safe.Text{}
}

// runActions lists what can be done with the run in hand.
func (s *Screen) runActions() []action.Action {
	list := append(s.answers(), s.signIn(groupRun, func() safe.Text {
		if s.run == nil {
			return safe.Text{}
		}
		return s.run.Request.VNet.TenantID
	}))
	list = append(list, s.orders()...)
	list = append(list, s.views()...)
	list = append(list, s.runMoves()...)
	if s.run != nil && s.run.Over() {
		list = append(s.after(), slices.DeleteFunc(list, func(a action.Action) bool {
			return slices.Contains([]string{"run.open", "run.qr", "run.link"}, a.ID) && a.Disabled() != ""
		})...)
		for i := range list { // the ways on are what one wants then
			switch list[i].ID {
			case "setup.earlier":
				list[i].Footer = 8
			case "run.teardown":
				list[i].Footer = 9
			}
		}
	}
	return list
}

// answers are the actions that answer what is asked.
func (s *Screen) answers() []action.Action {
	cmd := func(k setup.RunCommandKind) func() tea.Cmd {
		return func() tea.Cmd { return s.order(setup.RunCommand{Kind: k}) }
	}
	return []action.Action{
		{ID: "run.confirm", Name: "remove", Keys: []string{"x"}, Group: groupRun, Footer: 1, Danger: true, Help: "Type the name of what is to be removed.", Why: func() string { return s.notAsked(setup.CommandConfirm) }, Run: s.askConfirm},
		{ID: "run.accept", Name: "go on", Keys: []string{"a"}, Group: groupRun, Footer: 1, Help: "Go on after a pause, or do what the step proposes.", Run: cmd(s.proposed()), Why: func() string {
			if s.run != nil && s.run.State == setup.RunPaused {
				return s.mayWrite()
			}
			return s.notAsked(s.proposed())
		}},
		{ID: "run.retry", Name: "retry", Keys: []string{"R"}, Group: groupRun, Footer: 1, Help: "Try the step again now; it ends a wait, too.", Run: cmd(setup.CommandRetry), Why: s.noRetry},
		{ID: "run.open", Name: "open link", Keys: []string{"o"}, Group: groupRun, Footer: 2, Help: "Open the link in the browser of this machine.", Why: s.noLink, Run: func() tea.Cmd { return s.openLink(s.link()) }},
		{ID: "run.qr", Name: "QR code", Keys: []string{"Q"}, Group: groupRun, Footer: 3, Help: "Show the link as a QR code, for a telephone.", Why: s.noLink, Run: func() tea.Cmd {
			return screen.Say(screen.Show{Dialog: newQR(s.th, s.link(), s.env.ASCII, s.asking() != nil)})
		}},
		{ID: "run.link", Name: "copy link", Keys: []string{"y", "l"}, Group: groupRun, Footer: 2, Help: "Copy the link.", Why: s.noLink, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the link", Text: s.link().String()})
		}},
		{ID: "run.principal", Name: "create principal", Keys: []string{"M"}, Group: groupRun, Help: "Create Kong's service principal without a consent: no consent is recorded.", Why: func() string { return s.notAsked(setup.CommandCreatePrincipal) }, Run: s.askPrincipal},
		{ID: "run.object", Name: "object id", Keys: []string{"i"}, Group: groupRun, Footer: 3, Help: "Type the object id of Kong's service principal, where Graph may not be read.", Why: func() string { return s.notAsked(setup.CommandGivePrincipal) }, Run: s.askObject},
		{ID: "run.skip", Name: "skip", Keys: []string{"s"}, Group: groupRun, Footer: 5, Help: "Go on without the step, or keep what a teardown offers to remove.", Why: s.noSkip, Run: s.askSkip},
	}
}

// orders are the actions that steer the run.
func (s *Screen) orders() []action.Action {
	return []action.Action{
		{ID: "run.back", Name: s.backName(), Keys: []string{"esc"}, Group: groupRun, Footer: 4, Help: "Leave the run to itself and show the form; the run goes on.", Run: func() tea.Cmd { s.part = partForm; return nil }},
		{ID: "run.cancel", Name: "cancel", Keys: []string{"X"}, Group: groupRun, Footer: 6, Help: "End the run. What it made stays and is listed.", Why: s.notActive, Run: s.askCancel},
		{ID: "run.stop", Name: "pause at", Keys: []string{"S"}, Group: groupRun, Footer: 9, Help: "Pause before the selected step changes anything, or no longer.", Why: s.noStop, Run: func() tea.Cmd {
			return s.order(setup.RunCommand{Kind: setup.CommandStopAt, Step: s.step().ID})
		}},
		{ID: "run.teardown", Name: "tear down", Keys: []string{"T"}, Group: groupRun, Danger: true, Help: "Remove what this run made, each thing with its name typed.", Why: s.noTeardown, Run: func() tea.Cmd {
			return s.askTeardown(s.run.ID, s.run.Request, len(s.run.Made))
		}},
		{ID: "setup.handoff", Name: "hand-off", Keys: []string{"h"}, Group: groupRun, Footer: 8, Help: "The text for the Azure administrator, as a script or as Markdown.", Why: s.noRunYet, Run: func() tea.Cmd {
			return s.handoff(s.run.Request)
		}},
		{ID: "setup.earlier", Name: "earlier runs", Keys: []string{"E"}, Group: groupMore, Help: "List earlier runs: to look at, to resume, to tear down.", Run: s.openEarlier},
	}
}

// views are the actions that show more of the run.
func (s *Screen) views() []action.Action {
	return []action.Action{
		{ID: "run.details", Name: "whole step", Keys: []string{"enter", "d"}, Group: groupRun, Footer: 6, Help: "Show all of the selected step: findings, requests, failure, log.", Why: s.noRunYet, Run: s.describeStep},
		{ID: "run.command", Name: "copy command", Keys: []string{"c"}, Group: groupRun, Footer: 7, Help: "Copy the command that does the same as the step: az, or curl for Konnect.", Why: s.noPlan, Run: s.copyCommand},
		{ID: "run.ticket", Name: "ticket", Keys: []string{"Y"}, Group: groupRun, Help: "Copy a ticket in Markdown about the run: how it stands, what to do, the log.", Why: s.noRunYet, Run: s.copyTicket},
		{ID: "run.body", Name: "request", Keys: []string{"v"}, Group: groupRun, Footer: 7, Help: "Show the requests of the step with their whole bodies.", Why: s.noPlan, Run: s.showRequests},
		{ID: "run.log", Name: "log", Keys: []string{"L"}, Group: groupRun, Footer: 9, Help: "Show the whole log of the run, as it grows.", Why: s.noRunYet, Run: s.showLog},
		{ID: "run.journal", Name: "journal", Keys: []string{"J"}, Group: groupRun, Footer: 9, Help: "Show the journal of the run, as it is on the disk.", Why: s.noRunYet, Run: func() tea.Cmd { return s.openJournal(s.run.ID) }},
		{ID: "run.follow", Name: "follow", Keys: []string{"f"}, Group: groupRun, Help: "Show the step that is worked on, and go with it.", Run: func() tea.Cmd {
			s.pane = pane{selected: s.run.Current, follow: true}
			return nil
		}, Why: func() string {
			if s.run == nil || s.pane.follow {
				return "it does already"
			}
			return ""
		}},
	}
}

func (s *Screen) runMoves() []action.Action {
	move := func(by int) func() tea.Cmd { return func() tea.Cmd { s.moveStep(by); return nil } }
	scroll := func(by int) func() tea.Cmd {
		return func() tea.Cmd { s.pane.top = max(0, s.pane.top+by); return nil }
	}
	return []action.Action{
		{ID: "move.down", Name: "down", Keys: []string{"j", "down"}, Group: groupMove, Help: "Next step.", Run: move(1)},
		{ID: "move.up", Name: "up", Keys: []string{"k", "up"}, Group: groupMove, Help: "Step before.", Run: move(-1)},
		{ID: "move.first", Name: "first", Keys: []string{"g", "home"}, Group: groupMove, Help: "First step.", Run: move(-1000)},
		{ID: "move.last", Name: "last", Keys: []string{"G", "end"}, Group: groupMove, Help: "Last step.", Run: move(1000)},
		{ID: "move.pagedown", Name: "page down", Keys: []string{"ctrl+d", "pgdown"}, Group: groupMove, Help: "More of the selected step.", Run: scroll(6)},
		{ID: "move.pageup", Name: "page up", Keys: []string{"ctrl+u", "pgup"}, Group: groupMove, Help: "Back to the beginning of the step.", Run: scroll(-6)},
	}
}

func (s *Screen) backName() string {
	if s.active() {
		return "background"
	}
	return "form"
}

// mayWrite says why a run that writes gets no order to go on.
func (s *Screen) mayWrite() string {
	if s.env.ReadOnly && s.run != nil && !s.run.DryRun {
		return "this is the read-only mode"
	}
	return ""
}

func (s *Screen) notAsked(k setup.RunCommandKind) string {
	if !s.asks(k) {
		return "nothing asks for it"
	}
	return s.mayWrite()
}

// proposed is the command by which what is asked is agreed to.
func (s *Screen) proposed() setup.RunCommandKind {
	for _, k := range []setup.RunCommandKind{setup.CommandReplace, setup.CommandSendAgain, setup.CommandBeside} {
		if s.asks(k) {
			return k
		}
	}
	return setup.CommandContinue
}

// noSkip says why the step cannot be skipped. A failed one can, unless the steps
// after it stand on what it finds or makes.
func (s *Screen) noSkip() string {
	if s.run == nil || s.run.State != setup.RunFailed {
		return s.notAsked(setup.CommandSkip)
	}
	if s.run.Current == setup.StepPreflight || s.run.Current == setup.StepPeering {
		return "the steps after this one need it"
	}
	return s.mayWrite()
}

func (s *Screen) noRetry() string {
	switch {
	case s.run == nil || s.run.Over():
		return "no run is in hand"
	case s.run.State == setup.RunFailed || s.asks(setup.CommandRetry):
		return s.mayWrite()
	}
	for i := range s.run.Steps {
		if s.run.Steps[i].State == setup.StepWaiting {
			return s.mayWrite()
		}
	}
	return "nothing has failed and nothing waits"
}

func (s *Screen) noLink() string {
	if s.link().IsEmpty() {
		return "the step has no link"
	}
	return ""
}

func (s *Screen) notActive() string {
	if !s.active() {
		return "no run is in hand"
	}
	return ""
}

func (s *Screen) noRunYet() string {
	if s.run == nil {
		return "there is no run"
	}
	return ""
}

func (s *Screen) noStop() string {
	step := s.step()
	switch {
	case !s.active() || step == nil:
		return "no run is in hand"
	case step.State != setup.StepPending && !step.StopHere:
		return "the step has begun already"
	default:
		return ""
	}
}

func (s *Screen) noPlan() string {
	if step := s.step(); step == nil || len(step.Plan) == 0 {
		return "the step sends no request that changes something, so far as is known"
	}
	return ""
}

func (s *Screen) noTeardown() string {
	switch {
	case s.env.ReadOnly:
		return "this is the read-only mode"
	case s.run == nil || len(s.run.Made) == 0:
		return "the run has made nothing"
	case s.active():
		return "the run must end first (X)"
	case !slices.ContainsFunc(s.run.Made, func(m setup.Made) bool { return !m.Gone }):
		return "all that the run made is removed"
	default:
		return ""
	}
}

func (s *Screen) copyCommand() tea.Cmd {
	text := ""
	for _, w := range s.step().Plan {
		text += w.Command() + "\n"
	}
	return screen.Say(screen.Copy{What: "the command of " + s.step().ID.Title(), Text: text})
}

func (s *Screen) ask(q dialog.Question) tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewAsk(s.th, q)})
}
