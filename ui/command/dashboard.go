package command

import (
	"context"
	"errors"
	"time"

	modeldoctor "github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/services/doctor"
	"github.com/peerdeck/peerdeck/services/local/looks"
	"github.com/peerdeck/peerdeck/services/local/saved"
	pathsfile "github.com/peerdeck/peerdeck/services/paths/file"
	rangesread "github.com/peerdeck/peerdeck/services/paths/ranges"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
	"github.com/peerdeck/peerdeck/ui/app"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/program"
)

// session is everything that a command works with.
type session struct {
	*wiring.Bundle
	settings settings.Settings
	close    func()
	finish   func() // writes the recording, if there is one
	// examined is what the doctor has found, where it was asked; nil else.
	examined *modeldoctor.Report
}

// contextNow is the name by which the context of the session is asked for again.
func (s *session) contextNow() string {
	if name := s.settings.Context.Name; !name.IsEmpty() {
		return name.String()
	}
	return settings.NoContext
}

// open loads the settings and puts the services together: for the accounts of
// the user, or for the embedded sandbox.
func (c *cli) open(ctx context.Context, keepHistory bool) (*session, error) {
	s := &session{close: func() {}, finish: func() {}}
	var err error
	if (c.demo || c.replay != "") && c.flags.Context != "" && c.flags.Context != settings.NoContext {
		return nil, errors.New("--context: the demo and a replay have no contexts; leave it out")
	}
	goesOn := keepHistory || c.goesOn
	switch {
	case c.replay != "":
		if s.settings, err = settings.Manner(c.flags, c.world.Getenv); err != nil {
			return nil, err
		}
		s.settings, s.close, err = wiring.Replay(ctx, s.settings, c.replay, goesOn, c.world.Panicked)
	case c.demo:
		if s.settings, err = settings.Manner(c.flags, c.world.Getenv); err != nil {
			return nil, err
		}
		s.settings, s.close, err = wiring.Demo(ctx, s.settings, c.world.Panicked)
	default:
		s.settings, err = c.load(ctx)
	}
	if err != nil {
		return nil, err
	}
	if err := c.toRecord(s, goesOn); err != nil {
		s.close()
		return nil, err
	}
	if err := s.settings.OpenLog(c.world.Logging); err != nil {
		s.close()
		return nil, err
	}
	s.Bundle = wiring.Open(s.settings, c.world.Build.Version, keepHistory, c.world.Panicked)
	return s, nil
}

// end closes a session.
func (s *session) end() {
	s.finish()
	s.Bundle.Close()
	s.close()
}

// dashboard runs the full-screen program, in one context after the other: each has a
// session of its own, with its own sign-ins and connections, and the one before has ended.
func (c *cli) dashboard(ctx context.Context) (int, error) {
	lines, because, err := c.isLinear()
	if err != nil {
		return ExitFailed, err
	}
	if lines {
		return c.linearly(ctx, because)
	}
	if !c.world.OutTTY || !c.world.InTTY {
		return ExitFailed, errors.New("the dashboard needs a terminal; for scripts and pipes there is: peerdeck status")
	}
	for {
		next, err := c.show(ctx)
		if err != nil {
			return ExitFailed, err
		}
		if next == "" {
			return ExitOK, nil
		}
		c.flags.Context = next
	}
}

// show runs the full-screen program until it ends. Next is the context to go on with,
// empty for none.
func (c *cli) show(ctx context.Context) (next string, err error) {
	s, err := c.open(ctx, true)
	if err != nil {
		return "", err
	}
	defer s.end()
	first := s.Remember()
	group := work.NewGroup(ctx, c.world.Panicked)
	defer group.Stop()
	group.Go("watching", s.Watcher.Run)
	service := s.Setup(ctx, c.world.Panicked)
	// A request that is on its way is waited for, and its outcome goes into the journal.
	defer service.Close()
	tables := s.Mappings(ctx, c.world.Panicked)
	defer tables.Close()
	tracer := s.Tracer(ctx, c.world.Panicked)
	defer tracer.Close()
	reader := s.Paths(ctx, tracer, c.world.Panicked)
	defer reader.Close()
	free := rangesread.NewService(ctx, s.Ranges(c.world.Panicked))
	defer free.Close()
	maker := s.Making(ctx, c.world.Panicked)
	defer maker.Close()
	made := c.doctors(s)
	examiner := doctor.NewService(ctx, func() *doctor.Doctor { return made(c.seen(s, nil)) }, c.world.Panicked)
	defer examiner.Close()
	services := program.Services{
		Setup: service, Runs: service.Runs(), Mappings: tables, Applies: tables.Applies(),
		Tracer: tracer, Traces: tracer.Traces(), Probes: tracer.Matrices(), Doctor: examiner, Looks: examiner.Reports(),
		Paths: reader, Ways: reader.Views(), Map: reader, Ranges: free, Free: free.Views(), WhatIf: pathsfile.Files{}, Making: maker, Makings: maker.Makings(),
	}
	contexts, why := c.contexts(s)
	arranged := s.Looks()
	defer c.keepLook(ctx, arranged)
	return app.Run(ctx, app.Options{
		Context: s.settings.Context, Contexts: contexts, NoContexts: why,
		Parts: program.Parts(services), Pages: program.Pages(services),
		Watcher: s.Watcher, First: first, SignIn: s.SignIn, Log: s.Log, Known: s.Acknowledger(ctx), Saver: saved.Activity{Dir: saveDir(s.settings)}, Looks: arranged,
		Theme: theme.Kind(s.settings.Theme), Demo: c.demo, Replay: recordedAt(s.settings), ReadOnly: s.settings.ReadOnly, Mouse: s.settings.Mouse,
		ASCII: s.settings.ASCII, Warnings: s.settings.Warnings, Crashed: c.world.Crashed,
		Now: s.settings.Time.Now, Notify: c.notifyRules(s.settings), Tell: s.tell,
	}, c.world.In, c.world.Out, c.world.Environment)
}

// keepLook writes how the screens were arranged by the last keys: the program may have ended
// before what was begun with them had its turn.
func (c *cli) keepLook(ctx context.Context, arranged *looks.Store) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second) // another program may hold the file
	defer cancel()
	if err := arranged.Save(ctx); err != nil {
		c.complain(err)
	}
}

// saveDir is where the activity is saved: the state folder, or where the person
// is when nothing else is kept.
func saveDir(s settings.Settings) string {
	if s.StateDir == "" {
		return "."
	}
	return s.StateDir
}
