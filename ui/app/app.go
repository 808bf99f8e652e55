package app

import (
	"context"
	"runtime/debug"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/look"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/changepane"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// App is the frame. It is the root model of Bubble Tea.
type App struct {
	o          Options
	ctx        context.Context //nolint:containedctx // of everything that the frame starts
	env        screen.Env
	th         *theme.Theme
	dark       bool
	colourless bool
	sixteen    bool // colours, and no more
	width      int
	height     int
	given      int // the lines that the screens were given last
	size       int // bytes of the last frame
	now        time.Time
	mouse      bool

	snapshot   *model.Snapshot
	leaving    *dialog.Ask     // the question whether to leave
	title      string          // of the window
	offer      offer           // the actions that can be done now
	everywhere []action.Action // those of every screen
	typed      look.Look       // the commands of this session
	teller     *telling.Teller
	telling    teller // how the program of the person does
	tabs       []*tab
	current    int
	ways       []way // back to where the person was, the last one first to be gone
	dialogs    []screen.Dialog
	toasts     []toast
	seen       uint64 // the last entry of the activity log
	failures   map[string]bool
	looking    []safe.Text
	looks      looks
	under      *changepane.Pane // the changes under a screen of one network
	crashed    bool
	contexts   []model.Context // of the configuration file, as they were at the start
	opening    string          // the context that is being prepared
	next       string          // the context to change to; the frame ends for it

	tickDue   time.Time // when the frame wakes next; zero when it does not
	tickToken int
}

// tab is a screen with the pages above it.
type tab struct{ stack []screen.Screen }

func (t *tab) top() screen.Screen { return t.stack[len(t.stack)-1] }

// New returns the frame. Its context ends what it starts, such as a sign-in.
func New(ctx context.Context, o Options) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &App{o: o, ctx: ctx, dark: true, mouse: o.Mouse, now: o.Now(), snapshot: &model.Snapshot{}, failures: map[string]bool{}}
	a.teller = telling.New(o.Notify)
	a.th = theme.New(o.Theme, a.dark)
	a.env = screen.Env{Log: o.Log, Saver: o.Saver, Looks: o.Looks, Known: o.Known, ReadOnly: o.ReadOnly, ASCII: o.ASCII, Now: o.Now}
	for _, p := range o.Parts {
		a.tabs = append(a.tabs, &tab{stack: []screen.Screen{p.Open(ctx, a.env, a.th)}})
	}
	a.title = a.titleOf(a.snapshot)
	for _, w := range o.Warnings {
		a.addToast(screen.Toast{Text: safe.Clean(w), Trouble: true})
	}
	return a
}

// Init asks the terminal for its background and begins to listen.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, makeWidths}
	for _, f := range feeds(a.o) {
		cmds = append(cmds, listen(f))
	}
	a.everyScreen(func(s screen.Screen) {
		if starter, ok := s.(screen.Starter); ok {
			cmds = append(cmds, starter.Start())
		}
	})
	if a.o.First.Remembered != nil {
		cmds = append(cmds, a.receiveSnapshot(a.o.First)...)
	}
	cmds = append(cmds, a.listContexts())
	return a.guard(tea.Batch(cmds...))
}

// makeWidths has the table of widths made, which takes some milliseconds, while the renderer
// waits for its first tick; else the first frame would wait for it.
func makeWidths() tea.Msg {
	_ = ansi.StringWidthWc("\u2500")
	return nil
}

// Update routes. A fault in it ends the program in order, with a report.
func (a *App) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if v := recover(); v != nil {
			next, cmd = a, a.crash("handling a message", v)
		}
	}()
	a.now = a.o.Now()
	cmd = a.route(msg)
	a.followLooks(msg)
	return a, a.guard(tea.Batch(cmd, a.after()))
}

// after does what may follow from any message: the networks on the screen may be
// others now, notices may take other room, and a countdown may have begun.
func (a *App) after() tea.Cmd {
	a.attend()
	a.renewLeaving()
	a.arrangeUnder()
	if a.bodyHeight() != a.given {
		a.resize()
	}
	return a.tick()
}

// crash reports a fault and ends the program.
func (a *App) crash(doing string, value any) tea.Cmd {
	if a.o.Crashed != nil && !a.crashed {
		a.o.Crashed(doing, value, debug.Stack())
	}
	a.crashed = true
	return tea.Quit
}

// crashedElsewhere is a fault in a command.
type crashedElsewhere struct {
	value any
	stack []byte
}

// guard catches faults in commands, which run on goroutines of Bubble Tea: left
// alone they would print their value, which may be anything, to the terminal.
func (a *App) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil {
				msg = crashedElsewhere{v, debug.Stack()}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = a.guard(batch[i])
			}
		}
		return msg
	}
}

// screen returns what is on the screen now.
func (a *App) screen() screen.Screen { return a.tabs[a.current].top() }

// everyScreen calls f for all screens, shown or not.
func (a *App) everyScreen(f func(screen.Screen)) {
	for _, t := range a.tabs {
		for _, s := range t.stack {
			f(s)
		}
	}
	a.eachParked(f)
}

// attend tells the watcher which networks are on the screen, when they change.
func (a *App) attend() {
	looking := a.screen().Looking()
	if slices.Equal(looking, a.looking) {
		return
	}
	a.looking = looking
	a.o.Watcher.Attend(looking)
}
