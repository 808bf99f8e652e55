package dialog

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Item is one thing to pick.
type Item struct {
	Marked   bool // it has a mark, that of Severity
	Severity model.Severity
	Name     string
	Note     string // beside it: a state, a range, an account
	More     string // searched and shown for the chosen one: an id
	// Do is carried out when it is picked, or Then when something follows from that.
	Do   func()
	Then func() tea.Cmd
}

// List says what to pick from.
type List struct {
	Title string
	Empty string // what to do when there is nothing to pick
	// Only: what is wanted can be picked and nowhere be typed.
	Only bool
	// Load brings the items. It may wait, and ends with its context.
	Load func(ctx context.Context) ([]Item, error)
	// Anew makes the list again of what is known by then, nil for one that asks a service.
	// A list that was empty is made anew whenever more is known.
	Anew func() List
	// Tenant is whom to sign in to when the list needs a sign-in; empty: it is not
	// known.
	Tenant safe.Text
}

// Pick is a list to pick one thing from; typing filters it.
type Pick struct {
	ctx    context.Context //nolint:containedctx // of the loading; closing the dialog ends it
	cancel context.CancelFunc
	th     *theme.Theme
	list   List
	search search
	all    []Item
	found  []Item
	width  int // of the last drawing
	loaded bool
	err    error
	try    int // of the loading whose answer counts
}

// picked brings the items of a loading.
type picked struct {
	pick  *Pick
	try   int
	items []Item
	err   error
}

// NewPick returns the dialog, and the command that loads its items.
func NewPick(ctx context.Context, th *theme.Theme, list List) (*Pick, tea.Cmd) {
	d := &Pick{th: th, list: list, search: newSearch()}
	d.ctx, d.cancel = context.WithCancel(ctx)
	return d, d.load()
}

func (d *Pick) load() tea.Cmd {
	d.try++
	d.loaded, d.err = false, nil
	try := d.try
	return func() tea.Msg {
		items, err := d.list.Load(d.ctx)
		return picked{d, try, items, err}
	}
}

// anew makes the list again. What it said stands until the items are there.
func (d *Pick) anew() tea.Cmd {
	d.list = d.list.Anew()
	load := d.load()
	d.loaded = true
	return load
}

// Title stands in the upper edge.
func (d *Pick) Title() string { return d.list.Title }

// Hint tells the keys that work now.
func (d *Pick) Hint() string {
	switch {
	case !d.loaded:
		return "esc close"
	case d.needsSignIn():
		return "enter sign in   r try again   esc close"
	case d.err != nil || len(d.all) == 0:
		return "r try again   esc close"
	default:
		return "type to search   ↑ ↓ choose   enter take it   esc close"
	}
}

func (d *Pick) needsSignIn() bool {
	f, failed := model.AsFailure(d.err)
	return failed && f.Kind == model.FailureAuth && !d.list.Tenant.IsEmpty()
}

// ready reports whether there is something to search in.
func (d *Pick) ready() bool { return d.loaded && d.err == nil && len(d.all) > 0 }

// Cursor stands in the search line.
func (d *Pick) Cursor() *tea.Cursor {
	if !d.ready() {
		return nil
	}
	return d.search.cursor(d.width)
}

// Size asks for a room that does not change while one types.
func (d *Pick) Size(width, height int) (int, int) {
	const lines = 16
	return min(width, 84), min(height, lines)
}

// Update takes the items, typed text, and chooses.
func (d *Pick) Update(msg tea.Msg) (bool, tea.Cmd) {
	switch msg := msg.(type) {
	case picked:
		if msg.pick == d && msg.try == d.try {
			d.loaded, d.all, d.err = true, msg.items, msg.err
			d.find()
		}
		return false, nil
	case screen.Known:
		if d.loaded && d.err == nil && len(d.all) == 0 && d.list.Anew != nil {
			return false, d.anew()
		}
		return false, nil
	case SignInDone:
		if msg.Err == nil && d.err != nil {
			return false, d.load()
		}
		return false, nil
	case tea.KeyPressMsg:
		return d.key(msg)
	}
	d.searched(msg)
	return false, nil
}

// searched takes what moves the choice or edits the line.
func (d *Pick) searched(msg tea.Msg) {
	if d.ready() && d.search.receive(msg) {
		d.find()
	}
}

func (d *Pick) key(key tea.KeyPressMsg) (bool, tea.Cmd) {
	switch key.String() {
	case "esc":
		d.cancel()
		return true, nil
	case "enter":
		return d.choose()
	}
	if !d.ready() {
		if key.String() == "r" && d.loaded {
			if d.list.Anew != nil {
				return false, d.anew()
			}
			return false, d.load()
		}
		return false, nil
	}
	d.searched(key)
	return false, nil
}

// choose picks the chosen item, or begins the sign-in that the list needs.
func (d *Pick) choose() (bool, tea.Cmd) {
	if d.needsSignIn() {
		return false, screen.Say(screen.SignIn{Tenant: d.list.Tenant})
	}
	item, there := d.chosen()
	if !d.ready() || !there {
		return false, nil
	}
	d.cancel()
	if item.Then != nil {
		return true, item.Then()
	}
	item.Do()
	return true, nil
}

// chosen is the item of the cursor; false when nothing was found.
func (d *Pick) chosen() (Item, bool) {
	if i := d.search.chosen.At(); i < len(d.found) {
		return d.found[i], true
	}
	return Item{}, false
}

// find keeps the items that hold every word that was typed.
func (d *Pick) find() {
	words := strings.Fields(strings.ToLower(d.search.text()))
	d.found = nil
	for _, item := range d.all {
		text := strings.ToLower(item.Name + " " + item.Note + " " + item.More)
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			d.found = append(d.found, item)
		}
	}
	d.search.result(len(d.found), len(d.all))
}

// View draws the search line and the items, or why there are none.
func (d *Pick) View(width, height int) string {
	d.width = width
	if !d.ready() {
		lines := d.blank(width)
		return strings.Join(lines[:min(len(lines), height)], "\n")
	}
	const around = 4 // the search, what the chosen one says, and a blank line at each
	lines := []string{d.search.line(d.th, width), ""}
	d.search.chosen.Room(height - around)
	from, to := d.search.chosen.Visible()
	for i := from; i < to; i++ {
		lines = append(lines, d.row(i, width))
	}
	if len(d.found) == 0 {
		lines = append(lines, nothingFound(d.th, width))
	}
	lines = widget.Fill(lines, max(len(lines), height-1))
	if item, there := d.chosen(); there && len(lines) < height {
		lines = append(lines, cell.NewLine(d.th, width).Put(theme.Muted, item.More).String())
	}
	return strings.Join(lines[:min(len(lines), height)], "\n")
}

func (d *Pick) row(i, width int) string {
	item := d.found[i]
	longest := 0
	for _, other := range d.all {
		longest = max(longest, cell.Width(other.Name))
	}
	names := max(10, min(longest, width/2))
	l := cell.NewLine(d.th, width)
	tone := theme.Plain
	if i == d.search.chosen.At() {
		l.Select()
		tone = theme.Accent
	}
	l.To(1)
	if item.Marked {
		l.Put(theme.Of(item.Severity), theme.Symbol(item.Severity)+" ")
	}
	return l.Put(tone, cell.Fit(item.Name, names)).Space(2).Put(theme.Muted, item.Note).String()
}

// blank says why there is nothing to pick, and what to do.
func (d *Pick) blank(width int) []string {
	var lines []string
	put := func(tone theme.Tone, text string) {
		for _, part := range cell.Wrap(text, width, 5) {
			lines = append(lines, cell.NewLine(d.th, width).Put(tone, part).String())
		}
	}
	f, failed := model.AsFailure(d.err)
	switch {
	case !d.loaded:
		put(theme.Busy, "◐ Asking…")
	case failed:
		put(theme.Bad, "✖ "+f.Error())
		lines = append(lines, "")
		put(theme.Plain, f.Cure)
		for _, id := range widget.FailureIDs(f) {
			put(theme.Muted, id)
		}
	default:
		put(theme.Plain, d.list.Empty)
	}
	if !d.list.Only {
		lines = append(lines, "")
		put(theme.Muted, "The value can be typed as well: esc, then e.")
	}
	return lines
}
