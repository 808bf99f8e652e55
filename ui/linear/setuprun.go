package linear

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	setupscreen "github.com/peerdeck/peerdeck/ui/screens/setup"
)

// progress is what was said of a run.
type progress struct {
	aloud bool   // each line of it is read; else only that it needs somebody, or is over
	last  string // the text of that line
	seen  uint64 // the newest line of the log that was read
	plans map[string]bool
	cures map[string]bool
	state setup.RunState
	asked string // the question that was answered last
}

// active reports whether a run is in hand and has not come to its end.
func (s *session) active() bool { return s.run != nil && !s.run.Over() }

// receiveRun takes how the run stands. What is followed is read; else it is said that it
// needs somebody, or is over.
func (s *session) receiveRun(r setup.Run) {
	s.run = &r
	if s.told.aloud {
		s.readRun(r)
	} else if r.State != s.told.state {
		what := "The " + setupscreen.Noun(r) + " for " + setupscreen.Target(r.Request)
		switch r.State {
		case setup.RunNeedsPerson:
			s.sayf("%s needs you, at %s.", what, r.Current.Title())
		case setup.RunFailed:
			s.sayf("%s failed at %s.", what, r.Current.Title())
		case setup.RunDone:
			s.sayf("%s is done.", what)
		case setup.RunRunning, setup.RunPaused, setup.RunCancelled, setup.RunInterrupted:
		}
	}
	s.told.state = r.State
}

// readRun reads what is new of a run: its log, how to mend what was found, the link that is
// to be opened, and in a dry run the requests.
func (s *session) readRun(r setup.Run) {
	if s.told.plans == nil {
		s.told.plans, s.told.cures = map[string]bool{}, map[string]bool{}
	}
	for _, l := range s.Setup.Log(s.told.seen) {
		if l.Number > r.Log {
			break
		}
		s.told.seen, s.told.last = l.Number, l.Text.String()
		at := l.At.Format("15:04:05")
		if l.Step != "" {
			at += " " + setup.StepID(l.Step).Title() + ":"
		}
		s.sayf("%s %s", at, sentence(l.Text.String()))
	}
	for i := range r.Steps {
		s.readStep(r, &r.Steps[i])
	}
}

func (s *session) readStep(r setup.Run, step *setup.Step) {
	once := func(set map[string]bool, key string) bool {
		first := !set[key]
		set[key] = true
		return first
	}
	for _, f := range step.Findings {
		if f.Next.Line() == "" || !f.Severity.NeedsPerson() || !once(s.told.cures, string(step.ID)+f.Key()+f.Cause) {
			continue
		}
		s.sayf("  To mend %s: %s", phrase.Lower(f.Title), f.Next.Text)
		s.command(f.Next.Command)
	}
	for _, w := range step.Plan {
		if r.DryRun && once(s.told.plans, string(step.ID)+w.Key()) {
			s.verbatim("  " + step.ID.Title() + " would send: " + w.Method + " " + w.URL.String())
		}
	}
}

// follow reads the run as it goes on, and asks what it asks, until it is over or is left to
// itself.
func (s *session) follow() error {
	s.told.aloud = true
	defer func() { s.told.aloud = false }()
	s.sayf("stop asks whether to end the run, leave lets it go on while you do something else.")
	if s.run != nil {
		s.readRun(*s.run)
	}
	for {
		left, stop := false, false
		err := s.until(func() bool {
			return s.Runs == nil || left || stop || s.run != nil && (s.run.Over() || s.run.State == setup.RunFailed || s.run.State == setup.RunPaused || s.question() != "")
		}, func(line string) bool {
			switch strings.ToLower(strings.TrimSpace(line)) {
			case "leave":
				left = true
			case "stop":
				stop = true
			default:
				return false
			}
			return true
		})
		switch {
		case err != nil:
			return err
		case left:
			s.sayf("The run goes on. It is said when it needs you or is over; set-up leads back to it.")
			return nil
		case s.run == nil:
			s.sayf("The run was ended.")
			return nil
		case stop && !s.run.Over():
			err = s.stopRun()
		case s.run.State == setup.RunFailed && !s.run.Over():
			err = s.runFailed()
		case s.run.State == setup.RunPaused:
			err = s.answer("It is paused before "+s.run.Current.Title()+".", s.run.Step(s.run.Current), []setup.RunCommandKind{setup.CommandContinue, setup.CommandCancel}, nil)
		case s.question() != "":
			err = s.runAsks()
		default:
			return s.runOver()
		}
		if isBack(err) {
			s.sayf("The run is left to itself. It is said when it needs you or is over; set-up leads back to it.")
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// question is what the run asks and nobody has answered, by its words; empty for nothing. A
// question stays in what comes of the run until it has taken the answer.
func (s *session) question() string {
	if s.run == nil || s.run.State != setup.RunNeedsPerson {
		return ""
	}
	step := s.stepThatAsks()
	if step == nil {
		return ""
	}
	key := string(step.ID) + step.StartedAt.String() + step.Asks.Text
	if key == s.told.asked {
		return ""
	}
	return key
}

// stepThatAsks is the step that wants something from a person, nil for none.
func (s *session) stepThatAsks() *setup.Step {
	for i := range s.run.Steps {
		if s.run.Steps[i].Asks != nil {
			return &s.run.Steps[i]
		}
	}
	return nil
}

// runAsks reads what the run asks, and answers it.
func (s *session) runAsks() error {
	step := s.stepThatAsks()
	ask := *step.Asks
	if s.told.last == ask.Text { // the log has said it a moment ago
		s.sayf("%s needs you.", step.ID.Title())
	} else {
		s.sayf("%s needs you: %s", step.ID.Title(), ask.Text)
	}
	for _, w := range step.Plan {
		if !w.Sent {
			s.verbatim("  Will send: " + w.Method + " " + w.URL.String() + " (" + w.Makes + ")")
		}
	}
	if !ask.Link.IsEmpty() {
		s.verbatim("  Link: " + ask.Link.String())
	}
	return s.answer("What now?", step, append(slices.Clone(ask.Options), setup.CommandCancel), ask.Labels)
}

// words are what commands do, where nobody says it better.
func (s *session) commandWord(k setup.RunCommandKind) string {
	teardown := s.run.Kind == setup.RunTeardown
	switch {
	case k == setup.CommandSkip && teardown:
		return "keep it"
	case k == setup.CommandSkip:
		return "go on without it"
	}
	words := map[setup.RunCommandKind]string{
		setup.CommandContinue: "go on", setup.CommandRetry: "try again now", setup.CommandCancel: "end the run", setup.CommandReplace: "replace it",
		setup.CommandSendAgain: "send it again", setup.CommandBeside: "make another one beside it", setup.CommandCreatePrincipal: "create the principal without consent",
		setup.CommandGivePrincipal: "type its object id", setup.CommandConfirm: "remove it",
	}
	if w := words[k]; w != "" {
		return w
	}
	return string(k)
}

// answer offers commands, and gives the run the one that is chosen.
func (s *session) answer(text string, step *setup.Step, kinds []setup.RunCommandKind, labels []string) error {
	key := s.question()
	q := question{text: text, help: "The run waits. back leaves it to itself, and set-up leads back to it."}
	if step != nil {
		q.help = step.ID.About() + " " + q.help
	}
	writes := whyIf(s.Env.ReadOnly && !s.run.DryRun, "this is the read-only mode")
	for i, k := range kinds {
		word := s.commandWord(k)
		if i < len(labels) && labels[i] != "" {
			word = labels[i]
		}
		why := writes
		if k == setup.CommandCancel {
			why = ""
		}
		q.items = append(q.items, item{word: word, text: word, why: why})
	}
	consent := step != nil && step.ID == setup.StepConsent && slices.Contains(kinds, setup.CommandCreatePrincipal)
	if consent {
		q.items = append(q.items, item{word: "wait", text: "wait until it is given", help: "The run looks every few seconds."})
	}
	a, err := s.ask(q)
	switch {
	case err != nil:
		return err
	case a.index == len(kinds):
		s.told.asked = key
		return nil
	case kinds[a.index] == setup.CommandCancel:
		return s.stopRun()
	}
	c, err := s.commandOf(kinds[a.index], step)
	if err != nil || c.Kind == "" {
		if isBack(err) {
			return nil // the question is asked again
		}
		return err
	}
	before := s.run
	if s.trouble(s.Setup.Do(c)) {
		return nil
	}
	s.told.asked = key
	// What the run said last is from before the answer.
	return s.until(func() bool { return s.run != before || s.Runs == nil }, nil)
}

// commandOf asks for what a command needs beside its name. A command without a kind is
// none: the person has thought better of it.
func (s *session) commandOf(k setup.RunCommandKind, step *setup.Step) (setup.RunCommand, error) {
	c := setup.RunCommand{Kind: k}
	var text []string
	yes := s.commandWord(k)
	switch k {
	case setup.CommandConfirm:
		for _, line := range setupscreen.ConfirmText(s.run.Request, step) {
			s.sayf("%s", line)
		}
		c.Text = step.Asks.Confirm
		typed, err := s.typedName("", c.Text.String())
		if !typed {
			return setup.RunCommand{}, err
		}
		return c, err
	case setup.CommandGivePrincipal:
		id, err := s.text("Object id:", setupscreen.ObjectText(s.run.Request), "", false, setupscreen.ObjectProblem)
		c.Text = safe.New(id)
		return c, err
	case setup.CommandSkip:
		text = setupscreen.SkipText(s.run.Kind, step.ID)
	case setup.CommandCreatePrincipal:
		text = setupscreen.PrincipalText(s.run.Request)
	default:
		return c, nil
	}
	for _, line := range text {
		s.sayf("%s", line)
	}
	agreed, err := s.agree(capital(yes)+"?", yes, "not now")
	if !agreed {
		return setup.RunCommand{}, err
	}
	return c, err
}

// stopRun asks whether to end the run, and ends it.
func (s *session) stopRun() error {
	for _, line := range setupscreen.CancelText(s.run) {
		s.sayf("%s", line)
	}
	yes, err := s.agree("End the run?", "end it", "not now")
	if err != nil || !yes {
		return err
	}
	if s.trouble(s.Setup.Do(setup.RunCommand{Kind: setup.CommandCancel})) {
		return nil
	}
	return s.until(func() bool { return s.run.Over() || s.Runs == nil }, nil)
}

// runFailed says why a step failed and what mends it, and asks what to do.
func (s *session) runFailed() error {
	step, f := s.run.Step(s.run.Current), s.run.Failure
	if step != nil && step.Failure != nil {
		f = step.Failure
	}
	if f == nil {
		f = &model.Failure{Operation: "run the set-up"}
	}
	title := "The run"
	if step != nil {
		title = step.ID.Title()
	}
	s.sayf("%s failed.", title)
	s.failure(*f)
	s.sayf("  More about it: peerdeck explain %s", f.FindingCode())
	kinds := []setup.RunCommandKind{setup.CommandRetry, setup.CommandCancel}
	if s.run.Current != setup.StepPreflight && s.run.Current != setup.StepPeering {
		kinds = append(kinds, setup.CommandSkip)
	}
	return s.answer("What now?", step, kinds, nil)
}

// runOver says how a run has ended and what it has made, and leads on.
func (s *session) runOver() error {
	r := s.run
	over, all := r.Progress()
	how := map[setup.RunState]string{setup.RunDone: "is done", setup.RunCancelled: "was ended", setup.RunFailed: "failed", setup.RunInterrupted: "was interrupted"}[r.State]
	s.sayf("The %s for %s %s: %d of %s, %s sent.", setupscreen.Noun(*r), setupscreen.Target(r.Request), how, over, phrase.Count(all, "step"), phrase.Count(r.Writes, "change"))
	if r.Kind == setup.RunSetup {
		s.sayf("%s", setupscreen.Standing(r))
	}
	for i := range r.Steps {
		for _, f := range r.Steps[i].Findings {
			if r.Steps[i].State == setup.StepNoted && f.Severity.NeedsPerson() {
				s.sayf("  Worth a look, %s: %s", phrase.Lower(f.Title), f.Cause)
			}
		}
	}
	if r.State == setup.RunFailed && r.Failure != nil {
		s.failure(*r.Failure)
	}
	if r.State != setup.RunDone || r.Kind != setup.RunSetup || r.DryRun {
		return nil
	}
	return s.runDone(*r)
}

// runDone offers what one wants after a set-up: the network, the names, and the way back
// last.
func (s *session) runDone(r setup.Run) error {
	var list []choice
	for _, n := range s.snapshot.Networks {
		if n.ID == r.Request.Network || n.Name == r.Request.Network {
			id := n.ID
			list = append(list,
				choice{item{word: "network", text: "the network " + nameOf(n.Name)}, func(string) error { return s.oneNetwork(id) }},
				choice{item{word: "trace", text: "trace a name on it"}, func(string) error { return s.traceOn(id, "") }},
			)
			break
		}
	}
	list = append(list, choice{item{word: "tear down", text: "take down what it made", help: strings.Join(setupscreen.TeardownText(r.Request, len(r.Made)), " "), why: whyIf(len(r.Made) == 0, "it has made nothing")}, func(string) error {
		return s.begin(setupscreen.TeardownText(r.Request, len(r.Made)), "Begin the teardown?", func() error { return s.Setup.Teardown(r.ID) })
	}})
	q := question{text: "And now?", help: "The set-up is done."}
	for _, c := range list {
		q.items = append(q.items, c.item)
	}
	a, err := s.ask(q)
	if err != nil {
		return err
	}
	return list[a.index].do("")
}
