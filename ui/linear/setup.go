package linear

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	setupscreen "github.com/peerdeck/peerdeck/ui/screens/setup"
)

// setup is all that has to do with set-ups: a new one, the run in hand, earlier ones.
func (s *session) setup(string) error {
	for {
		list := []choice{
			{item{word: "new", text: "answer questions for a new set-up", help: "Network, VNET, DNS: one question after the other. Nothing is changed before you run it."}, func(string) error { return s.setupForm() }},
			{item{word: "file", text: "take a set-up file", help: "A YAML file as peerdeck setup -f takes it."}, func(string) error { return s.setupFile() }},
			{item{word: "earlier", text: "earlier runs", help: "What was run on this machine: to go on with it, or to take down what it made."}, func(string) error { return s.setupEarlier() }},
			{item{word: "run", text: "the run in hand", help: "Follow it and answer what it asks.", why: whyIf(!s.active(), "no run is in hand")}, func(string) error { return s.follow() }},
		}
		if s.form.Unkept() {
			list = append(list, choice{item{word: "answers", text: "the answers that were given", help: "Look at them again, change them, run them."}, func(string) error { return s.setupReview() }})
		}
		q := question{text: "Set-up:", help: "A set-up gives Kong its role on a VNET, makes the peering and its DNS, and waits until both halves are well. What is done already is found and left."}
		for _, c := range list {
			q.items = append(q.items, c.item)
		}
		a, err := s.ask(q)
		if err != nil {
			return err
		}
		if err := list[a.index].do(""); err != nil && !isBack(err) {
			return err
		}
	}
}

// setupFile takes the answers from a file.
func (s *session) setupFile() error {
	path, err := s.text("The path of the set-up file:", "A YAML file; peerdeck's README shows one.", "", false, anyText)
	if err != nil {
		return err
	}
	r, err := s.Setup.ReadFile(s.ctx, path)
	if s.trouble(err) {
		return nil
	}
	s.form.Fill(r)
	s.form.Kept()
	return s.setupReview()
}

// setupEarlier lists earlier runs, and asks what to do with one.
func (s *session) setupEarlier() error {
	for {
		list, err := s.Setup.Earlier(s.ctx)
		if s.trouble(err) {
			return nil
		}
		if len(list) == 0 {
			s.sayf("No set-up was run on this machine so far.")
			return nil
		}
		q := question{text: "Which run?", long: true, help: "The newest comes first."}
		for _, r := range list {
			q.items = append(q.items, item{word: setupscreen.Target(r.Request), text: setupscreen.Target(r.Request) + ", " + setupscreen.Stood(r) + ", " + changes.Moment(r.ChangedAt, s.now()) + "."})
		}
		a, err := s.ask(q)
		if err != nil {
			return err
		}
		if err := s.earlierRun(list[a.index]); err != nil && !isBack(err) {
			return err
		}
	}
}

// earlierRun reads what a run was, and asks whether to go on with it.
func (s *session) earlierRun(r setup.RunSummary) error {
	for _, f := range setupscreen.Facts(r) {
		if f[1] == "" {
			s.sayf("%s:", f[0])
			continue
		}
		s.sayf("  %s: %s", f[0], f[1])
	}
	busy := either(whyIf(r.Active || r.Elsewhere, "it goes on"), either(whyIf(s.active(), "another run is in hand; it must end first"), whyIf(s.Env.ReadOnly && !r.DryRun, "this is the read-only mode")))
	list := []choice{
		{item{word: "resume", text: "go on with it", help: strings.Join(setupscreen.ResumeText(r), " "), why: either(busy, whyIf(r.Kind == setup.RunTeardown && r.State == setup.RunDone, "the teardown is done"))}, func(string) error {
			return s.begin(setupscreen.ResumeText(r), "Go on with it?", func() error { return s.Setup.Resume(r.ID, setup.Options{DryRun: r.DryRun}) })
		}},
		{item{word: "tear down", text: "take down what it made", help: strings.Join(setupscreen.TeardownText(r.Request, len(r.Standing())), " "), why: either(busy, whyIf(len(r.Standing()) == 0, "nothing that it made is left"))}, func(string) error {
			return s.begin(setupscreen.TeardownText(r.Request, len(r.Standing())), "Begin the teardown?", func() error { return s.Setup.Teardown(r.ID) })
		}},
		{item{word: "answers", text: "take its answers for a new set-up"}, func(string) error {
			s.form.Fill(r.Request)
			return s.setupReview()
		}},
		{item{word: "journal", text: "read its journal", help: "What was written down, line by line."}, func(string) error {
			lines, err := s.Setup.Journal(s.ctx, r.ID)
			if s.trouble(err) {
				return nil
			}
			for _, l := range lines {
				s.sayf("  %s %s", changes.Moment(l.At, s.now()), l.Text)
			}
			return nil
		}},
	}
	q := question{text: setupscreen.Target(r.Request) + ":", help: "What to do with the run."}
	for _, c := range list {
		q.items = append(q.items, c.item)
	}
	a, err := s.ask(q)
	if err != nil {
		return err
	}
	return list[a.index].do("")
}

// begin asks before something begins, begins it, and follows it.
func (s *session) begin(text []string, question string, do func() error) error {
	for _, line := range text {
		s.sayf("%s", line)
	}
	yes, err := s.agree(question, "begin", "leave it all")
	if err != nil || !yes {
		return err
	}
	s.told = progress{}
	if s.trouble(do()) {
		return nil
	}
	s.run = nil
	return s.follow()
}

// saveText writes a text to a file that the person names.
func (s *session) saveText(what, usual string, write func(path string) error) error {
	path, err := s.text("The path of the file for "+what+":", "A new file. It holds no secret.", usual, false, anyText)
	if err != nil {
		return err
	}
	if !s.trouble(write(path)) {
		s.sayf("Saved to %s.", path)
	}
	return nil
}

// numbered is a phrase for things that were given.
func numbered(n int, noun string) string { return capital(phrase.Count(n, noun)) }
