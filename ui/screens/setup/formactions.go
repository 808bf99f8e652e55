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

const (
	groupForm = "Set-up form"
	groupMove = "Move"
	groupRun  = "Set-up run"
	groupMore = "Earlier set-ups"
)

// formActions lists what can be done in the form.
func (s *Screen) formActions() []action.Action {
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); s.check(); return nil } }
	f := &s.form
	edit := 3
	if s.enterName() == "type" {
		edit = 0 // enter says so already
	}
	list := []action.Action{
		{ID: "setup.enter", Name: s.enterName(), Keys: []string{"enter"}, Group: groupForm, Footer: 1, Help: "Pick the value from a list, type it, or change it.", Run: s.enter},
		{ID: "setup.edit", Name: "type", Types: true, Keys: []string{"e"}, Group: groupForm, Footer: edit, Help: "Type the value of the selected field.", Why: s.notTyped, Run: do(s.edit)},
		{ID: "setup.mode", Name: "change", Keys: []string{"right", "space"}, Group: groupForm, Help: "The next DNS mode.", Why: s.notMode, Run: do(func() { f.nextMode(1) })},
		{ID: "setup.modeback", Name: "change back", Keys: []string{"left"}, Group: groupForm, Help: "The DNS mode before.", Why: s.notMode, Run: do(func() { f.nextMode(-1) })},
		{ID: "setup.add", Name: "add mapping", Keys: []string{"a"}, Group: groupForm, Help: "Add a DNS mapping.", Why: s.noMappings, Run: do(s.addMapping)},
		{ID: "setup.remove", Name: "remove", Keys: []string{"x"}, Group: groupForm, Footer: 2, Help: "Remove the selected DNS mapping from the form; u brings it back.", Why: s.noMapping, Run: do(f.remove)},
		{ID: "setup.new", Name: s.newName(), Keys: []string{"M"}, Group: groupForm, Help: "Make the network first, which takes 30 to 40 minutes, or use one that is there.", Run: do(s.toggleNew)},
		{ID: "setup.undo", Name: "undo", Keys: []string{"u"}, Group: groupForm, Help: "Take back what was typed, picked, removed or replaced last.", Run: do(f.back), Why: func() string {
			if len(f.undo) == 0 {
				return "nothing was typed, removed or replaced"
			}
			return ""
		}},
	}
	list = append(list, s.startActions()...)
	list = append(list, s.fileActions()...)
	list = append(list, s.signIn(groupForm, func() safe.Text { return f.request().VNet.TenantID }))
	return append(list, s.formMoves()...)
}

// startActions begin something with what the form says.
func (s *Screen) startActions() []action.Action {
	return []action.Action{
		{ID: "setup.run", Name: "run", Keys: []string{"R"}, Group: groupForm, Footer: 4, Help: "Run the set-up. It reads first, and shows each request before it is sent.", Why: s.noRun, Run: func() tea.Cmd { return s.askRun(setup.Options{}) }},
		{ID: "setup.steps", Name: "run in steps", Keys: []string{"P"}, Group: groupForm, Help: "Run the set-up, and pause before each change.", Why: s.noRun, Run: func() tea.Cmd {
			return s.askRun(setup.Options{StopAt: changing(s.form.request())})
		}},
		{ID: "setup.dry", Name: "dry run", Keys: []string{"D"}, Group: groupForm, Footer: 5, Help: "Read both clouds and list every request that a run would send. Nothing is written.", Why: s.noDryRun, Run: func() tea.Cmd {
			return s.start(setup.Options{DryRun: true})
		}},
		{ID: "setup.handoff", Name: "hand-off", Keys: []string{"h"}, Group: groupForm, Footer: 8, Help: "The text for the Azure administrator, as a script or as Markdown.", Why: s.form.noHandoff, Run: func() tea.Cmd {
			return s.handoff(s.form.request())
		}},
		{ID: "setup.watch", Name: "watch the run", Keys: []string{"w"}, Group: groupRun, Footer: 1, Help: "Show the run in hand, or the last one.", Run: func() tea.Cmd { s.part = partRun; return nil }, Why: func() string {
			if s.run == nil {
				return "no set-up was run since the start; E lists earlier ones"
			}
			return ""
		}},
		{ID: "setup.earlier", Name: "earlier runs", Keys: []string{"E"}, Group: groupMore, Footer: 7, Help: "List earlier runs: to look at, to resume, to tear down.", Run: s.openEarlier},
	}
}

func (s *Screen) fileActions() []action.Action {
	return []action.Action{
		{ID: "setup.load", Name: "load", Keys: []string{"o"}, Group: groupForm, Footer: 6, Help: "Load a set-up file into the form.", Run: s.askLoad},
		{ID: "setup.save", Name: "save", Keys: []string{"ctrl+s"}, Group: groupForm, Footer: 6, Help: "Save the form as a set-up file.", Run: s.askSave, Why: func() string {
			if s.form.empty() {
				return "the form is empty"
			}
			return ""
		}},
		{ID: "setup.clear", Name: "clear", Keys: []string{"C"}, Group: groupForm, Help: "Empty the form; u brings it back.", Run: func() tea.Cmd {
			s.form.fill(setup.Request{})
			s.form.changed, s.form.touched, s.form.path, s.failure = false, false, "", nil
			s.check()
			return screen.Say(screen.Toast{Text: "The form is empty; u brings back what was in it."})
		}, Why: func() string {
			if s.form.empty() {
				return "the form is empty"
			}
			return ""
		}},
		{ID: "setup.dismiss", Name: "dismiss", Keys: []string{"esc"}, Group: groupForm, Help: "Put away the message about what failed.", Run: func() tea.Cmd { s.failure = nil; return nil }, Why: func() string {
			if s.failure == nil {
				return "there is no message"
			}
			return ""
		}},
	}
}

func (s *Screen) formMoves() []action.Action {
	f := &s.form
	move := func(by int) func() tea.Cmd { return func() tea.Cmd { f.move(by); return nil } }
	cycle := func(by int) func() tea.Cmd { return func() tea.Cmd { f.cycle(by); return nil } }
	return []action.Action{
		{ID: "move.down", Name: "down", Keys: []string{"j", "down"}, Group: groupMove, Help: "Next row.", Run: move(1)},
		{ID: "move.up", Name: "up", Keys: []string{"k", "up"}, Group: groupMove, Help: "Row before.", Run: move(-1)},
		{ID: "setup.next", Name: "next field", Keys: []string{"tab"}, Group: groupForm, Help: "Next field of the form; behind the last comes the first.", Run: cycle(1)},
		{ID: "setup.previous", Name: "field before", Keys: []string{"shift+tab"}, Group: groupForm, Help: "Field before.", Run: cycle(-1)},
		{ID: "move.first", Name: "first", Keys: []string{"g", "home"}, Group: groupMove, Help: "First row.", Run: move(-1000)},
		{ID: "move.last", Name: "last", Keys: []string{"G", "end"}, Group: groupMove, Help: "Last row.", Run: move(1000)},
	}
}

// changing lists the steps of a set-up that may write.
func changing(r setup.Request) []setup.StepID {
	writes := []setup.StepID{setup.StepNetwork, setup.StepConsent, setup.StepRole, setup.StepAssignment, setup.StepPeering, setup.StepDNS, setup.StepRoute}
	return slices.DeleteFunc(r.Steps(), func(id setup.StepID) bool { return !slices.Contains(writes, id) })
}

func (s *Screen) newName() string {
	if s.form.makes {
		return "use a network"
	}
	return "new network"
}

// enterName is what enter does with the selected row.
func (s *Screen) enterName() string {
	switch r := s.form.row(); {
	case r.pick:
		return "pick"
	case r.kind == rowMode:
		return "change"
	case r.kind == rowAdd:
		return "add"
	case r.kind == rowMore, r.kind == rowRoute:
		return "show"
	default:
		return "type"
	}
}

func (s *Screen) enter() tea.Cmd {
	f := &s.form
	switch r := f.row(); {
	case r.pick:
		return s.pick()
	case r.kind == rowMode:
		f.nextMode(1)
		s.check()
	case r.kind == rowRoute:
		return s.showRoute()
	case r.kind == rowMore:
		f.more = !f.more
	default:
		s.edit()
		s.check()
	}
	return nil
}

func (s *Screen) addMapping() {
	for i, r := range s.form.rows() {
		if r.kind == rowAdd {
			s.form.at = i
			s.edit()
			return
		}
	}
}

func (s *Screen) notTyped() string {
	if k := s.form.row().kind; k == rowMode || k == rowMore || k == rowRoute {
		return "this row is not typed; enter changes it"
	}
	return ""
}

func (s *Screen) notMode() string {
	if s.form.row().kind != rowMode {
		return "it is for the row DNS"
	}
	return ""
}

func (s *Screen) noMappings() string {
	if s.form.mode == setup.DNSNone {
		return "there are no mappings in the DNS mode none"
	}
	return ""
}

func (s *Screen) noMapping() string {
	if k := s.form.row().kind; k != rowMapping && k != rowRoute {
		return "no DNS mapping is selected"
	}
	return ""
}

// noRun says why nothing that writes can be started.
func (s *Screen) noRun() string {
	if s.env.ReadOnly {
		return "this is the read-only mode; D shows what a run would do, h makes the hand-off"
	}
	return s.noDryRun()
}

func (s *Screen) noDryRun() string {
	if s.active() && !s.failedChecks() {
		return "a run is in hand; w watches it"
	}
	return s.form.whyNot()
}

// failedChecks reports whether the run in hand failed before it could change
// anything. The form may cure that: a new run takes its place.
func (s *Screen) failedChecks() bool {
	return s.run != nil && s.run.Kind == setup.RunSetup && s.run.State == setup.RunFailed && (s.run.Current == setup.StepPreflight || s.run.Current == setup.StepNetwork && s.run.Writes == 0)
}

// askRun asks before anything is sent: what for, and where it can be stopped.
func (s *Screen) askRun(o setup.Options) tea.Cmd {
	r := s.form.request()
	title, yes, how := "Run the set-up", "run it", "It checks both clouds first. S pauses it before a step, X ends it; what it made stays."
	if len(o.StopAt) > 0 {
		title, yes, how = "Run the set-up in steps", "run it in steps", "It checks both clouds first, and pauses before each change. X ends it; what it made stays."
	}
	if r.Create != nil {
		how = "It makes the network with " + r.Create.CIDR.String() + " in " + r.Create.Region.String() + " first, which takes 30 to 40 minutes; nothing of it can be changed. " + how
	}
	text := []string{"Peer " + r.Network.String() + " with " + r.VNet.Name.String() + " in " + r.VNet.ResourceGroup.String() + "?", how}
	if s.active() {
		text = append(text, "The run that failed in its checks is ended for this one.")
	}
	return screen.Say(screen.Show{Dialog: dialog.NewAsk(s.th, dialog.Question{
		Title: title, Text: text, Yes: yes, No: "not yet", Do: s.start(o),
	})})
}

// signIn signs a person in to the tenant that a set-up is for.
func (s *Screen) signIn(group string, tenant func() safe.Text) action.Action {
	return action.Action{
		ID: "setup.signin", Name: "sign in", Keys: []string{"A"}, Group: group, Help: "Sign in to the Azure tenant of the set-up with a device code.",
		Run: func() tea.Cmd { return screen.Say(screen.SignIn{Tenant: tenant()}) },
		Why: func() string {
			if tenant().IsEmpty() {
				return "no tenant is given"
			}
			return ""
		},
	}
}
