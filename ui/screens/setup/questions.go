package setup

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// askCancel asks before a run is ended, and says what stays.
func (s *Screen) askCancel() tea.Cmd {
	return s.ask(dialog.Question{
		Title: "End the run", Yes: "end it", No: "not now",
		Text: append(cancelText(s.run), s.afterCancel()),
		Do:   s.order(setup.RunCommand{Kind: setup.CommandCancel}),
	})
}

// cancelText says what becomes of a run that is ended.
func cancelText(r *setup.Run) []string {
	return []string{"A request that is under way is still answered; nothing more is sent.", standing(r)}
}

// afterCancel says what can be done with a run that was ended.
func (s *Screen) afterCancel() string {
	if s.run.DryRun {
		return "It can be run again at any time."
	}
	return "The journal keeps where it stood: E lists it, to resume or to tear down."
}

// standing says what a run has made so far.
func standing(r *setup.Run) string {
	text := ""
	for _, m := range r.Made {
		if m.Gone {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += "the " + string(m.Kind) + " " + m.Name.String()
	}
	switch {
	case r.DryRun:
		return "It is a dry run: nothing was written."
	case text == "":
		return "It has made nothing so far."
	default:
		return "It has made, and this stays: " + text + "."
	}
}

// runLeaving says what the end of the program means for a run.
func runLeaving(r *setup.Run) []string {
	over, all := r.Progress()
	how := "goes on"
	switch r.State {
	case setup.RunFailed:
		how = "has failed"
	case setup.RunNeedsPerson:
		how = "waits for you"
	case setup.RunPaused:
		how = "is paused"
	case setup.RunRunning, setup.RunDone, setup.RunCancelled, setup.RunInterrupted:
	}
	if r.DryRun {
		return []string{fmt.Sprintf("A dry run of the set-up of %s is at step %d of %d. Nothing was written; it would just end.", target(r.Request), min(over+1, all), all)}
	}
	return []string{
		fmt.Sprintf("The run for %s %s, with %d of %d steps done.", target(r.Request), how, over, all),
		"It stops after the request in hand. " + standing(r),
		"The journal keeps where it stands: on the Set-up screen, E lists it, to resume at any time.",
	}
}

func (s *Screen) askSkip() tea.Cmd {
	step := s.asking()
	if step == nil { // it failed
		step = s.run.Step(s.run.Current)
	}
	if step == nil {
		return nil
	}
	q := dialog.Question{
		Title: "Go on without it", Yes: "go on without it", No: "not yet", Do: s.order(setup.RunCommand{Kind: setup.CommandSkip}),
		Text: skipText(s.run.Kind, step.ID),
	}
	if s.run.Kind == setup.RunTeardown {
		q.Title, q.Yes = "Keep it", "keep it"
	}
	return s.ask(q)
}

// skipText says what it means to go on without a step.
func skipText(kind setup.RunKind, step setup.StepID) []string {
	if kind == setup.RunTeardown {
		return []string{step.Title() + " is left out: what it would remove is kept. The teardown goes on with the next."}
	}
	return []string{
		"peerdeck does not know that this is done: " + step.Title() + ".",
		"A later step fails if it is not. The run can be repeated; what is done is found then.",
	}
}

func (s *Screen) askPrincipal() tea.Cmd {
	return s.ask(dialog.Question{
		Title: "Create the principal without consent", Yes: "create it", No: "not now", Do: s.order(setup.RunCommand{Kind: setup.CommandCreatePrincipal}),
		Text: principalText(s.run.Request),
	})
}

// principalText says what it means to make the principal without a consent.
func principalText(r setup.Request) []string {
	return []string{
		"Kong's application gets a service principal in tenant " + r.VNet.TenantID.String() + " by a request of yours.",
		"No consent is recorded: the tenant's list of consents will not name it. Kong's instructions ask for the consent; take this way when your administrator agrees.",
	}
}

func (s *Screen) askObject() tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewInput(s.th, dialog.Field{
		Title: "Object id of the service principal", What: "take it",
		Text: objectText(s.run.Request), Check: objectProblem,
		Do: func(text string) tea.Cmd {
			return s.order(setup.RunCommand{Kind: setup.CommandGivePrincipal, Text: safe.New(text)})
		},
	})})
}

// objectText says where the object id of the principal is found.
func objectText(r setup.Request) string {
	return "Who may read the directory finds it with: az ad sp show --id " + r.App().String() + " --query id --output tsv"
}

// objectProblem says what is wrong with an object id, empty for nothing.
func objectProblem(text string) string {
	if !model.IsGUID(text) {
		return "an object id is a GUID, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301"
	}
	return ""
}

// askConfirm lets the name of what is to be removed be typed.
func (s *Screen) askConfirm() tea.Cmd {
	step := s.asking()
	title, what := step.ID.Title(), phrase.Lower(step.ID.Title())
	if step.ID == setup.StepMend {
		title, what = "Begin to mend", "begin"
	}
	return screen.Say(screen.Show{Dialog: dialog.NewConfirm(s.th, dialog.Destruction{
		Title: title, Name: step.Asks.Confirm, What: what,
		Text: confirmText(s.run.Request, step),
		Do:   s.order(setup.RunCommand{Kind: setup.CommandConfirm, Text: step.Asks.Confirm}),
	})})
}

// confirmText says what is removed when its name is typed.
func confirmText(r setup.Request, step *setup.Step) []string {
	if r.Mend != nil {
		return []string{step.Asks.Text, "What is deleted cannot be brought back, only made anew. A run that is stopped on its way can be gone on with."}
	}
	return []string{
		step.Asks.Text, "It belongs to the set-up of " + target(r) + ", with VNET " + r.VNet.Name.String() + ".",
		"This cannot be undone; the set-up can be run again.",
	}
}

// askTeardown asks before a teardown begins. It removes nothing by itself: each
// thing asks for its name.
func (s *Screen) askTeardown(id string, r setup.Request, made int) tea.Cmd {
	service := s.service
	return s.ask(dialog.Question{
		Title: "Tear down", Yes: "begin", No: "leave it all",
		Text: teardownText(r, made),
		Do:   func() tea.Msg { return began{err: service.Teardown(id)} },
	})
}

// teardownText says what a teardown looks for.
func teardownText(r setup.Request, made int) []string {
	return []string{
		"Looks for what the set-up of " + target(r) + " made (" + phrase.Count(made, "thing") + ") and offers to remove it, one by one, the peering before the role.",
		"Nothing is removed until its name is typed; each can be left.",
	}
}
