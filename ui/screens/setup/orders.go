package setup

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// began tells whether the service took a run on.
type began struct {
	err  error
	form bool // it is the run of what the form says
}

// ordered tells whether the run took an order.
type ordered struct{ err error }

// loaded brings the contents of a set-up file.
type loaded struct {
	path    string
	request setup.Request
	err     error
}

// saved tells whether a file was written.
type saved struct {
	path string
	form bool // the form is in it
	err  error
}

// answer takes the answers of the service.
func (s *Screen) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case began:
		if s.fails(msg.err) {
			return nil
		}
		if msg.form {
			s.form.changed = false // the journal has it now
		}
		s.part, s.pane = partRun, pane{follow: true}
		return screen.Say(screen.Quiet{}) // what they say is of the form
	case ordered:
		return trouble(msg.err)
	case loaded:
		return s.receiveFile(msg)
	case filled:
		s.fillIn(msg.request, "")
	case filledFrom:
		s.fillIn(msg.request, msg.why)
		if !msg.request.Network.IsEmpty() && msg.request.Create == nil {
			return s.onward(setup.FieldSubscription)
		}
	case saved:
		if s.fails(msg.err) {
			return trouble(msg.err)
		}
		if msg.form {
			s.form.changed, s.form.path = false, msg.path
		}
		return screen.Say(screen.Toast{Text: "Saved to " + safe.Clean(msg.path) + "."})
	case earlierRuns:
		return s.receiveEarlier(msg)
	case journal:
		return s.receiveJournal(msg)
	case logDue:
		s.log.waits = false
		return s.fetchLog()
	}
	return nil
}

// fails keeps what went wrong for the screen. It reports whether something did.
func (s *Screen) fails(err error) bool {
	f, failed := model.AsFailure(err)
	s.failure = nil
	if failed {
		s.failure = &f
	}
	return failed
}

// trouble is a notice of an error, nothing for none.
func trouble(err error) tea.Cmd {
	f, failed := model.AsFailure(err)
	if !failed {
		return nil
	}
	text := f.Error()
	if f.Cure != "" {
		text += " " + f.Cure
	}
	return screen.Say(screen.Toast{Text: phrase.Capital(text), Trouble: true})
}

// start begins a set-up with what the form says.
func (s *Screen) start(o setup.Options) tea.Cmd {
	service, request := s.service, s.form.request()
	return func() tea.Msg { return began{service.Start(request, o), true} }
}

// receiveMend begins a run that mends a peering, and shows it.
func (s *Screen) receiveMend(r setup.Request) tea.Cmd {
	if s.active() && s.run.State != setup.RunFailed {
		return screen.Say(screen.Toast{Text: "Another run is in hand, for " + target(s.run.Request) + "; it must end first.", Trouble: true})
	}
	service := s.service
	begin := func() tea.Msg { return began{err: service.Start(r, setup.Options{})} }
	return tea.Batch(screen.Say(screen.GoTo{Tab: tab}), begin)
}

// order gives the run an order.
func (s *Screen) order(c setup.RunCommand) tea.Cmd {
	service := s.service
	return func() tea.Msg { return ordered{service.Do(c)} }
}

func (s *Screen) askLoad() tea.Cmd {
	return screen.Say(screen.Show{Dialog: dialog.NewInput(s.th, dialog.Field{
		Title: "Load a set-up file", Text: "A YAML file as ctrl+s writes it. What is in the form now can be brought back with u.", Value: s.form.path, What: "load",
		Do: func(path string) tea.Cmd {
			ctx, service := s.ctx, s.service
			return func() tea.Msg {
				request, err := service.ReadFile(ctx, path)
				return loaded{path, request, err}
			}
		},
	})})
}

func (s *Screen) receiveFile(msg loaded) tea.Cmd {
	if s.fails(msg.err) {
		return nil
	}
	s.form.fill(msg.request)
	s.form.changed, s.form.path = false, msg.path
	s.check()
	return screen.Say(screen.Toast{Text: "Loaded " + safe.Clean(msg.path) + "; u brings back what was in the form."})
}

func (s *Screen) askSave() tea.Cmd {
	name := s.form.path
	if name == "" {
		name = "peering.yaml"
	}
	request := s.form.request()
	return screen.Say(screen.Show{Dialog: dialog.NewInput(s.th, dialog.Field{
		Title: "Save the form", Text: "A YAML file for this form and for peerdeck setup -f. It holds no secret.", Value: name, What: "save",
		Do: func(path string) tea.Cmd {
			ctx, service := s.ctx, s.service
			return func() tea.Msg { return saved{path, true, service.WriteFile(ctx, path, request)} }
		},
	})})
}

// openLink shows a link in a browser, where there is one.
func (s *Screen) openLink(link safe.Text) tea.Cmd {
	ctx, service := s.ctx, s.service
	return func() tea.Msg {
		if err := service.OpenLink(ctx, link); err != nil {
			if f, _ := model.AsFailure(err); !errors.Is(err, ctx.Err()) {
				return screen.Toast{Text: phrase.Capital(f.Error()) + " y copies the link, Q shows it as a QR code.", Trouble: true}
			}
		}
		return screen.Toast{Text: "Asked for a browser with the link. What it does is not seen from here."}
	}
}

// receiveSetUp fills in what another screen knows, and asks first when that would take
// the place of something typed.
func (s *Screen) receiveSetUp(r setup.Request, why string) tea.Cmd {
	fill := func() tea.Msg { return filledFrom{r, why} }
	what := r.Peering.Or(r.Network.String()).String()
	if r.Create != nil {
		what = "a new network with " + r.Create.CIDR.String()
	}
	if s.form.changed && !s.form.empty() {
		s.part = partForm
		return tea.Batch(screen.Say(screen.GoTo{Tab: tab}), screen.Say(screen.Show{Dialog: dialog.NewAsk(s.th, dialog.Question{
			Title: "Fill in the form anew", Yes: "fill in anew", No: "keep the form", Do: fill,
			Text: []string{"The form holds values that are in no file. They would give way to those of " + what + "; u brings them back."},
		})}))
	}
	return tea.Batch(screen.Say(screen.GoTo{Tab: tab}), fill)
}

// fillIn replaces the contents of the form and says so: why it did, and that the ones
// before can be brought back.
func (s *Screen) fillIn(r setup.Request, why string) {
	replaces := !s.form.empty()
	s.form.fill(r)
	if replaces {
		why = strings.TrimSpace(why + " u brings back what stood here before.")
	}
	s.form.say(why)
	s.part, s.failure = partForm, nil
	s.check()
}

// filled brings values for the form.
type filled struct{ request setup.Request }

// filledFrom brings values for the form of a peering that is there.
type filledFrom struct {
	request setup.Request
	why     string // how it stands
}
