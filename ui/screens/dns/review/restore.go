package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const groupRestore = "Restore points of a DNS table"

// Restore is the page of the restore points of a table.
type Restore struct {
	page
	pick    dnstable.RestorePointID // the one that is staged as soon as it is read; empty: a person chooses
	points  []dnstable.RestorePoint
	reading *reading // nil: nothing is read now
	loaded  bool
	stopped bool // by a person
	failure *model.Failure
}

// reading is one reading of the restore points, which can be stopped.
type reading struct{ stop func() }

// loadedPoints brings the restore points of a page.
type loadedPoints struct {
	from   *reading
	points []dnstable.RestorePoint
	err    error
}

// NewRestore returns the page of the restore points of a table.
func NewRestore(env screen.Env, th *theme.Theme, table Table) screen.Screen {
	p := &Restore{page: page{env: env, th: th, table: table, name: "restore points"}}
	p.make = p.blocks
	return p
}

// newRestoreOf returns the page for one restore point, which is staged as soon as it is
// read.
func newRestoreOf(env screen.Env, th *theme.Theme, table Table, id dnstable.RestorePointID) screen.Screen {
	p := &Restore{page: page{env: env, th: th, table: table, name: "restore points"}, pick: id}
	p.make = p.blocks
	return p
}

// Start reads the restore points.
func (p *Restore) Start() tea.Cmd {
	load, stop := p.table.RestorePoints()
	r := &reading{stop}
	p.reading, p.stopped, p.failure = r, false, nil
	return func() tea.Msg {
		points, err := load()
		return loadedPoints{r, points, err}
	}
}

// stop ends the reading: what comes of it does not count.
func (p *Restore) stop() tea.Cmd {
	if p.reading != nil {
		p.reading.stop()
		p.reading, p.stopped = nil, true
	}
	return nil
}

// read shows the restore points, or stages the one that was asked for.
func (p *Restore) read(msg loadedPoints) tea.Cmd {
	p.reading, p.loaded, p.points = nil, msg.err == nil, slices.Clone(msg.points)
	slices.SortStableFunc(p.points, func(a, b dnstable.RestorePoint) int { return strings.Compare(string(b.ID), string(a.ID)) })
	if f, failed := model.AsFailure(msg.err); failed {
		p.failure = &f
	}
	p.refresh()
	if p.pick == "" || p.failure != nil {
		return nil
	}
	at := slices.IndexFunc(p.points, func(r dnstable.RestorePoint) bool { return r.ID == p.pick })
	p.pick = ""
	switch {
	case at < 0:
		return screen.Say(screen.Toast{Text: "The restore point is not there any more; these are.", Trouble: true})
	case p.points[at].Problem != "":
		return screen.Say(screen.Toast{Text: "The restore point cannot be read: " + cleanLine(p.points[at].Problem), Trouble: true})
	default:
		return screen.Say(screen.Pop{Then: p.table.StagePoint(p.points[at])})
	}
}

// Head is the second line of the frame.
func (p *Restore) Head() screen.Head {
	h := screen.Head{Path: p.path()}
	if p.loaded {
		h.Counts = []string{phrase.Count(len(p.points), "restore point")}
	}
	return h
}

// Update handles the restore points, the mouse, and a table that has changed.
func (p *Restore) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(loadedPoints); ok {
		if p.reading == nil || msg.from != p.reading {
			return nil
		}
		return p.read(msg)
	}
	p.follow(msg, len(p.top()))
	return nil
}

// View draws the restore points, the newest first, each with what it would change.
func (p *Restore) View(time.Time) string {
	lines := p.top()
	lines = append(lines, p.list.view(p.th, p.width, max(1, p.height-len(lines)))...)
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

func (p *Restore) top() []string {
	switch {
	case p.failure != nil:
		lines := widget.Marked(p.th, model.SeverityBroken, theme.Bad, phrase.Capital(p.failure.Error()), p.width, 0)
		return append(lines, widget.Arrow(p.th, p.failure.Cure, p.width)...)
	case p.stopped:
		lines := widget.Marked(p.th, model.SeverityUnknown, theme.Plain, "Stopped. Nothing was staged.", p.width, 0)
		return append(lines, widget.Arrow(p.th, "r reads the restore points again.", p.width)...)
	case !p.loaded:
		return widget.Marked(p.th, model.SeverityWorking, theme.Plain, "The restore points are read…  x stops it.", p.width, 0)
	case len(p.points) == 0:
		return widget.Marked(p.th, model.SeverityUnknown, theme.Plain, "There is no restore point of this table yet. One is kept on this machine each time before peerdeck writes it.", p.width, 0)
	default:
		lines := widget.Marked(p.th, model.SeverityOK, theme.Plain, "enter stages the chosen one as a new edit, which u takes back. Nothing is sent.", p.width, 2)
		return append(lines, widget.Rule(p.th, p.width))
	}
}

// blocks lists the restore points, each with what it would change now.
func (p *Restore) blocks() []block {
	now, known := p.table.Read()
	var out []block
	for i := range p.points {
		r := &p.points[i]
		var changes []dnstable.Change
		if known && r.Problem == "" {
			changes = dnstable.Diff(now, r.Rows)
		}
		out = append(out, p.point(strconv.Itoa(i), r, known, changes))
	}
	return out
}

func (p *Restore) point(key string, r *dnstable.RestorePoint, known bool, changes []dnstable.Change) block {
	const few = 6 // changes that are listed
	texts := []string{would(r, known, changes)}
	if r.Problem != "" {
		texts = cell.Wrap(texts[0], p.width-6, 0)
	}
	shown := changes[:min(len(changes), few)]
	rest := len(changes) - len(shown)
	height := 1 + len(texts) + len(shown) + 1
	if rest > 0 {
		height++
	}
	return block{key: key, height: height, draw: func(selected bool) []string {
		head := cell.NewLine(p.th, p.width)
		tone := theme.Plain
		if selected {
			head.Select()
			tone = theme.Accent
		}
		severity := model.SeverityOK
		if r.Problem != "" {
			severity = model.SeverityBroken
		}
		when := cleanLine(string(r.ID))
		if !r.At.IsZero() {
			when = r.At.In(p.env.Now().Location()).Format("2006-01-02 15:04:05")
		}
		head.To(1).Put(theme.Of(severity), theme.Symbol(severity)+" ").Put(tone, when)
		if r.Problem == "" {
			head.Put(theme.Muted, fmt.Sprintf("  %s   version %d   %s", phrase.Age(r.At, p.env.Now()), r.Version, phrase.Count(len(r.Rows), "domain")))
		}
		out := []string{head.String()}
		for _, text := range texts {
			out = append(out, cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, text).String())
		}
		for _, c := range shown {
			out = append(out, cell.NewLine(p.th, p.width).Space(5).Put(markTone(c.Kind), c.Kind.Mark()+" ").Put(theme.Plain, c.Name()).Put(theme.Muted, "  "+cleanLine(c.Summary())).String())
		}
		if rest > 0 {
			out = append(out, cell.NewLine(p.th, p.width).Space(5).Put(theme.Muted, fmt.Sprintf("and %d more", rest)).String())
		}
		return append(out, "")
	}}
}

// would says what applying a restore point now would change.
func would(r *dnstable.RestorePoint, known bool, changes []dnstable.Change) string {
	switch {
	case r.Problem != "":
		return "It cannot be read: " + cleanLine(r.Problem)
	case !known:
		return "What it would change is not known: the table of now was not read."
	case len(changes) == 0:
		return "It would change nothing: the table is like this now."
	default:
		added, changed, removed := dnstable.Count(changes)
		return fmt.Sprintf("It would bring back %d, change %d and remove %d:", added, changed, removed)
	}
}

func (p *Restore) chosen() *dnstable.RestorePoint {
	if i, err := strconv.Atoi(p.list.selected); err == nil && i < len(p.points) {
		return &p.points[i]
	}
	return nil
}

// Actions lists what can be done here.
func (p *Restore) Actions() []action.Action {
	why := func() string {
		switch r := p.chosen(); {
		case r == nil:
			return "there is no restore point"
		case r.Problem != "":
			return "this restore point cannot be read"
		default:
			return ""
		}
	}
	busy := func() string {
		if p.reading == nil {
			return "nothing is read now"
		}
		return ""
	}
	again := func() string {
		if p.reading != nil {
			return "they are being read"
		}
		return ""
	}
	list := []action.Action{
		{ID: "restore.stage", Name: "put into edits", Keys: []string{"enter"}, Group: groupRestore, Footer: 1, Help: "Make an edit of the chosen restore point. Nothing is sent.", Why: why, Run: func() tea.Cmd { return screen.Say(screen.Pop{Then: p.table.StagePoint(*p.chosen())}) }},
		{ID: "restore.stop", Name: "stop", Keys: []string{"x"}, Group: groupRestore, Footer: 3, Help: "Stop reading the restore points.", Why: busy, Run: p.stop},
		{ID: "restore.again", Name: "read again", Keys: []string{"r"}, Group: groupRestore, Footer: 4, Help: "Read the restore points again.", Why: again, Run: p.Start},
		{ID: "restore.back", Name: "back", Keys: []string{"esc", "q"}, Group: groupMove, Footer: 2, Help: "Back to the table. What is still read is stopped.", Run: p.back},
	}
	return append(list, p.moves()...)
}

// back leaves the page, and stops what is still read for it.
func (p *Restore) back() tea.Cmd {
	p.stop()
	return screen.Say(screen.Pop{})
}
