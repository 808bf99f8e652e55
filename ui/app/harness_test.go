package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/look"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/ui/app"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/program"
	dnsreview "github.com/peerdeck/peerdeck/ui/screens/dns/review"
)

// stage is the whole frame with fakes behind it, in a bubble of virtual time.
// Commands run as goroutines, as under Bubble Tea; a step ends when all of them
// wait.
type stage struct {
	t        *testing.T
	app      *app.App
	msgs     chan tea.Msg
	watcher  *fakeWatcher
	log      *fakeLog
	setup    *fakeSetup
	mappings *fakeMappings
	tracer   *fakeTracer
	doctor   *fakeDoctor
	paths    *fakePaths
	making   *fakeMaking
	ranges   *fakeRanges
	began    time.Time
	copied   string
	raw      string    // what was sent to the terminal beside the frames
	reviewed *reviewed // the table of the page of changes that was opened last
	toRows   []string  // the rows that a page led to
	quit     bool
	width    int
	height   int

	typing  bool           // more of a word follows
	unseen  bool           // a message came since the last frame
	widths  map[string]int // of lines that were drawn, in cells
	drawn   string
	drawnAt time.Time
}

type fakeWatcher struct {
	snapshots chan model.Snapshot
	attended  [][]safe.Text
	refreshed int
	focus     []bool
	changes   chan changes.View
	looks     []bool
}

func (w *fakeWatcher) Snapshots() <-chan model.Snapshot { return w.snapshots }
func (w *fakeWatcher) Attend(ids []safe.Text)           { w.attended = append(w.attended, ids) }
func (w *fakeWatcher) Refresh()                         { w.refreshed++ }
func (w *fakeWatcher) Focus(f bool)                     { w.focus = append(w.focus, f) }
func (w *fakeWatcher) Changes() <-chan changes.View     { return w.changes }
func (w *fakeWatcher) Look(here bool)                   { w.looks = append(w.looks, here) }

type fakeLog struct {
	entries []model.Activity
	saved   []model.Activity
	saveErr error
}

func (l *fakeLog) Since(n uint64) []model.Activity {
	if int(n) >= len(l.entries) {
		return nil
	}
	return l.entries[n:]
}

func (l *fakeLog) add(a model.Activity) {
	a.Number = uint64(len(l.entries) + 1)
	l.entries = append(l.entries, a)
}

func (l *fakeLog) Note(string) {}

func (l *fakeLog) Save(entries []model.Activity, _ time.Time) (string, error) {
	l.saved = entries
	return "/home/alice/.local/state/peerdeck/activity-20261122-120000.000.log", l.saveErr
}

// byName are the looks of a person who wants the networks in the order of their names: most
// tests walk to one by its place.
type byName struct{}

func (byName) Of(string) look.Look        { return look.Look{Order: "name"} }
func (byName) Set(string, look.Look)      {}
func (byName) Save(context.Context) error { return nil }

// services are the fakes behind the screens.
type services struct {
	setup    *fakeSetup
	mappings *fakeMappings
	tracer   *fakeTracer
	doctor   *fakeDoctor
	paths    *fakePaths
	making   *fakeMaking
	ranges   *fakeRanges
}

// pages are those that open from everywhere, over the fakes.
func (f services) pages() []screen.Page {
	return program.Pages(program.Services{Doctor: f.doctor, Looks: f.doctor.looks})
}

// parts are the screens of the program over the fakes.
func (f services) parts() []screen.Part {
	return program.Parts(program.Services{
		Setup: f.setup, Runs: f.setup.runs, Mappings: f.mappings, Applies: f.mappings.applies,
		Tracer: f.tracer, Traces: f.tracer.traces, Probes: f.tracer.probes,
		Paths: f.paths, Ways: f.paths.views, Making: f.making, Makings: f.making.makings, Ranges: f.ranges, Free: f.ranges.views,
		WhatIf: newFakeWhatIf(),
	})
}

// setting is what a stage is made of, for a test to change.
type setting struct {
	app.Options
	services
}

// play runs a test on a stage of a size.
func play(t *testing.T, width, height int, test func(s *stage), edits ...func(*setting)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		s := &stage{
			widths: map[string]int{},
			t:      t, msgs: make(chan tea.Msg, 1000), began: time.Now(), width: width, height: height,
			watcher: &fakeWatcher{snapshots: make(chan model.Snapshot), changes: make(chan changes.View)}, log: &fakeLog{},
			setup: &fakeSetup{runs: make(chan setup.Run)}, mappings: &fakeMappings{applies: make(chan dnstable.Apply), files: map[string]string{}},
			tracer: newFakeTracer(), doctor: &fakeDoctor{looks: make(chan doctor.Report)}, paths: newFakePaths(), making: newFakeMaking(), ranges: newFakeRanges(),
		}
		o := &setting{services: services{s.setup, s.mappings, s.tracer, s.doctor, s.paths, s.making, s.ranges}, Options: app.Options{
			Watcher: s.watcher, Log: s.log, Saver: s.log, Theme: "dark", Mouse: true, Looks: byName{},
			Now:     func() time.Time { return noon.Add(time.Since(s.began)) },
			SignIn:  func(ctx context.Context, _ safe.Text, _ func(model.DeviceCode)) error { <-ctx.Done(); return ctx.Err() },
			Crashed: func(doing string, v any, stack []byte) { t.Errorf("a fault while %s: %v\n%s", doing, v, stack) },
		}}
		o.Parts, o.Pages = o.parts(), o.pages()
		for _, e := range edits {
			e(o)
		}
		s.app = app.New(ctx, o.Options)
		s.run(s.app.Init())
		s.send(tea.WindowSizeMsg{Width: width, Height: height})
		test(s)
		s.law()
		// Everything that waits must end: the sign-in by its context, the feed by
		// the end of the watcher, ticks by themselves.
		cancel()
		close(s.watcher.snapshots)
		close(s.watcher.changes)
		close(s.setup.runs)
		close(s.mappings.applies)
		close(s.tracer.traces)
		close(s.tracer.probes)
		close(s.doctor.looks)
		close(s.paths.views)
		close(s.making.makings)
		close(s.ranges.views)
		time.Sleep(time.Minute)
	})
}

// run starts a command.
func (s *stage) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() { s.msgs <- cmd() }()
}

// drain hands over messages until every command waits. What is then on the screen keeps to
// the law, unless more of a word follows; with all cases asked for, so does what is there after each
// message.
func (s *stage) drain() {
	for {
		synctest.Wait()
		select {
		case msg := <-s.msgs:
			s.receive(msg)
		default:
			if s.unseen && !s.typing {
				s.law()
			}
			return
		}
	}
}

func (s *stage) receive(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			s.run(cmd)
		}
		return
	case tea.QuitMsg:
		s.quit = true
		return
	case tea.RawMsg:
		s.raw += fmt.Sprint(msg.Msg)
		return
	}
	if fmt.Sprintf("%T", msg) == "tea.setClipboardMsg" {
		s.copied = fmt.Sprint(msg)
		return
	}
	if msg, leads := msg.(dnsreview.Show); leads {
		s.toRows = append(s.toRows, msg.Domain)
	}
	_, cmd := s.app.Update(msg)
	s.run(cmd)
	if s.unseen = true; longtest.All() {
		s.law()
	}
}

// send hands over one message and what follows from it.
func (s *stage) send(msg tea.Msg) {
	s.receive(msg)
	s.drain()
}

// rest lets virtual time pass.
func (s *stage) rest(d time.Duration) {
	time.Sleep(d)
	s.drain()
}

// know hands over a snapshot.
func (s *stage) know(snapshot model.Snapshot) {
	s.watcher.snapshots <- snapshot
	s.drain()
}

// tell hands over a time line.
func (s *stage) tell(v changes.View) {
	s.watcher.changes <- v
	s.drain()
}

// keys presses keys; a word in quotes is typed letter by letter.
func (s *stage) keys(keys ...string) {
	for _, k := range keys {
		if text, ok := strings.CutPrefix(k, `"`); ok {
			word := []rune(strings.TrimSuffix(text, `"`))
			for i, r := range word {
				s.typing = i < len(word)-1
				s.send(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			continue
		}
		s.send(press(k))
	}
	s.rest(200 * time.Millisecond) // the details follow
}

func press(k string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"tab": tea.KeyTab, "space": tea.KeySpace, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "home": tea.KeyHome, "end": tea.KeyEnd, "f1": tea.KeyF1, "backspace": tea.KeyBackspace,
	}
	if k == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	if letter, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if code, ok := special[k]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
}

// selection is the mark of the selected row: a blank with a background, which is
// shown as a bar in plain text.
var selection = regexp.MustCompile(`\x1b\[48;2;[0-9;]+m `)

// content is what is sent to the terminal. It is drawn again when something has come, or time
// has passed.
func (s *stage) content() string {
	if now := time.Now(); s.unseen || s.drawn == "" || !now.Equal(s.drawnAt) {
		s.drawn, s.drawnAt, s.unseen = s.app.View().Content, now, false
	}
	return s.drawn
}

// frame is what is on the screen, as plain text.
func (s *stage) frame() string {
	lines := strings.Split(ansi.Strip(selection.ReplaceAllString(s.content(), "▌")), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func (s *stage) shows(parts ...string) {
	s.t.Helper()
	for _, p := range parts {
		if !strings.Contains(s.frame(), p) {
			s.t.Errorf("%q is not on the screen:\n%s", p, s.frame())
		}
	}
}

func (s *stage) hides(parts ...string) {
	s.t.Helper()
	for _, p := range parts {
		if strings.Contains(s.frame(), p) {
			s.t.Errorf("%q is on the screen:\n%s", p, s.frame())
		}
	}
}

// law is the law of frames: never wider or taller than the window.
func (s *stage) law() {
	s.t.Helper()
	lines := strings.Split(s.content(), "\n")
	if len(lines) > max(1, s.height) {
		s.t.Fatalf("%d lines in a window of %d:\n%s", len(lines), s.height, s.frame())
	}
	for i, l := range lines {
		w, known := s.widths[l] // most lines are those of the frame before
		if !known {
			w = cell.Width(l)
			s.widths[l] = w
		}
		if w > s.width {
			s.t.Fatalf("line %d takes %d cells in a window of %d:\n%s", i, w, s.width, s.frame())
		}
	}
}

const goldenDir = "../../testdata/screens"

// golden compares the screen with a file. With UPDATE_SCREENS set it writes the
// file; whoever does that looks at the difference.
func (s *stage) golden(name string) {
	s.t.Helper()
	s.compare(name, s.frame())
}

func (s *stage) compare(name, got string) {
	s.t.Helper()
	path := filepath.Join(goldenDir, name)
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatalf("%v; run: make screens", err)
	}
	if got != string(want) {
		s.t.Errorf("%s differs. Got:\n%s\nWant:\n%s", name, got, want)
	}
}
