package app

import (
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// The frame: two lines and a rule above the screen, a rule and a line below it.
const (
	headLines  = 3
	footLines  = 2
	leastWide  = 60
	leastHigh  = 15
	product    = "peerdeck"
	tabsBeside = 112 // columns from which organization and accounts stand in the first line
)

// bodyHeight is the lines of the screen: those that neither frame nor notices need, nor
// the changes under it.
func (a *App) bodyHeight() int {
	return max(1, a.roomHeight()-a.noticesHeight()-a.underHeight())
}

// roomHeight is the lines between the frame's, for the screen and the notices.
func (a *App) roomHeight() int { return max(1, a.height-headLines-footLines) }

func (a *App) tooSmall() bool { return a.width < leastWide || a.height < leastHigh }

// View draws everything. It changes nothing that could be seen.
func (a *App) View() (v tea.View) {
	defer func() {
		if value := recover(); value != nil {
			if a.o.Crashed != nil && !a.crashed {
				a.o.Crashed("drawing the screen", value, debug.Stack())
			}
			v = tea.NewView("peerdeck met a fault while drawing; press ctrl+c.")
		}
	}()
	content, cursor := a.frameText()
	v = tea.NewView(content)
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = a.titleCount() + a.title + a.workTitle()
	if a.o.ASCII {
		v.Content, v.WindowTitle = theme.ASCII(content), theme.ASCII(v.WindowTitle)
	}
	v.ProgressBar = a.progressBar()
	v.Cursor = cursor
	if a.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// titleOf is the window's title for a snapshot. It is made of cleaned text only:
// the terminal gets it as it is.
func (a *App) titleOf(s *model.Snapshot) string {
	title := product
	if name := a.o.Context.Name; !name.IsEmpty() {
		title += " · " + name.String()
	}
	if !s.Organization.Name.IsEmpty() {
		title += " · " + s.Organization.Name.String()
	}
	counts := s.Count()
	if n := counts[model.SeverityBroken] + counts[model.SeverityAttention]; n > 0 {
		title += fmt.Sprintf(" · %d to look at", n)
	}
	return title
}

func (a *App) frameText() (string, *tea.Cursor) {
	if a.width == 0 || a.height == 0 {
		return "", nil
	}
	if a.tooSmall() {
		return a.smallText(), nil
	}
	s := a.screen()
	var b strings.Builder
	b.Grow(a.size + a.size/8) //nolint:mnd // the next frame is about as long as the last one
	for _, l := range [...]string{a.firstLine(), a.secondLine(), widget.RuleOf(a.th, theme.LineOfContext(a.o.Context.Colour), a.width)} {
		b.WriteString(l)
		b.WriteByte('\n')
	}
	a.drawBody(&b, s)
	for _, list := range [...][]string{a.underLines(a.now), a.noticeLines(), {a.footer()}} {
		for _, l := range list {
			b.WriteByte('\n')
			b.WriteString(l)
		}
	}
	var cursor *tea.Cursor
	if typing, c := s.Typing(); typing && c != nil {
		cursor = tea.NewCursor(c.X, c.Y+headLines)
	}
	content := b.String()
	a.size = len(content)
	if d := a.dialog(); d != nil {
		content, cursor = a.withDialog(content, d)
	}
	return content, cursor
}

// drawBody draws the screen, and blank lines as far as it leaves any.
func (a *App) drawBody(into *strings.Builder, s screen.Screen) {
	height := a.bodyHeight()
	if d, is := s.(screen.Drawer); is {
		fill(into, height-d.Draw(into, a.now))
		return
	}
	body := s.View(a.now)
	lines := 1 + strings.Count(body, "\n")
	if lines > height {
		body, lines = strings.Join(strings.SplitN(body, "\n", height+1)[:height], "\n"), height
	}
	into.WriteString(body)
	fill(into, height-lines)
}

// fill adds blank lines.
func fill(into *strings.Builder, lines int) {
	for range lines {
		into.WriteByte('\n')
	}
}

// smallText is the page for a window that is too small to work in.
func (a *App) smallText() string {
	text := []string{
		"peerdeck needs a little more room.",
		fmt.Sprintf("The window is %dx%d; it takes %dx%d.", a.width, a.height, leastWide, leastHigh),
		"Nothing is lost. q quits.",
	}
	if name := a.o.Context.Name; !name.IsEmpty() {
		text = append(text, "Context: "+name.String())
	}
	if a.asked() {
		text[2] = "Leave it? A run, or values that were typed, would be left: y leaves, n stays."
	}
	var lines []string
	for _, t := range text {
		lines = append(lines, cell.Wrap(t, a.width, 0)...)
	}
	return strings.Join(lines[:min(len(lines), a.height)], "\n")
}

// firstLine holds the product, the tabs and the badges; on a wide screen also
// the organization and who is signed in.
func (a *App) firstLine() string {
	l := cell.NewLine(a.th, a.width)
	l.Space(1).Put(theme.Strong, product).Space(2)
	badges, width := a.badges()
	for i, label := range a.tabLabels() {
		news := a.newsOf(i)
		if i == a.current {
			l.Put(theme.Accent, label)
		} else {
			l.Put(theme.Muted, strings.TrimSuffix(label, news)).Put(theme.Bad, news)
		}
		l.Space(2)
	}
	if a.width >= tabsBeside {
		who := a.who()
		room := a.width - l.Used() - width - 2
		if text := cell.Cut(who, room-1); text != "" {
			l.To(a.width-width-1-cell.Width(text)-1).Put(theme.Muted, text)
		}
	}
	l.To(a.width - width - 1)
	for i, b := range badges {
		if i > 0 {
			l.Space(1)
		}
		l.Put(b.tone, " "+b.text+" ")
	}
	return l.String()
}

// who names the organization, the person, and who is signed in to Azure.
func (a *App) who() string {
	var parts []string
	if n := a.snapshot.Organization.Name; !n.IsEmpty() {
		parts = append(parts, n.String())
	}
	if e := a.snapshot.User.Email; !e.IsEmpty() {
		parts = append(parts, e.String())
	}
	for _, t := range a.snapshot.Tenants {
		if !t.Account.IsEmpty() && t.Account != a.snapshot.User.Email {
			parts = append(parts, "Azure "+t.Account.String())
			break
		}
	}
	return strings.Join(parts, " · ")
}

type badge struct {
	text string
	tone theme.Tone
}

// badges are the labels of the first line, and their width together.
func (a *App) badges() ([]badge, int) {
	var out []badge
	if b, has := a.contextBadge(); has {
		out = append(out, b)
	}
	if a.stale() {
		out = append(out, badge{"STALE", theme.BadgeWarn})
	}
	if at := a.o.Replay; !at.IsZero() { // which is read-only, always
		out = append(out, badge{"REPLAY " + at.UTC().Format("2006-01-02 15:04Z"), theme.BadgeWarn})
	} else if a.o.ReadOnly {
		out = append(out, badge{"READ-ONLY", theme.Badge})
	}
	if a.o.Demo {
		out = append(out, badge{"DEMO", theme.Badge})
	}
	width := 0
	for _, b := range out {
		width += cell.Width(b.text) + 3
	}
	return out, max(0, width-1)
}

// tabLabels are the tabs as they are called in the first line: all but the present
// one by their number alone, where the badges need the room.
func (a *App) tabLabels() []string {
	labels := make([]string, len(a.tabs))
	used := 1 + len(product)
	for i := range a.tabs {
		labels[i] = fmt.Sprintf("%d %s", i+1, a.tabs[i].stack[0].Name()) + a.newsOf(i)
		used += 2 + cell.Width(labels[i])
	}
	if _, badges := a.badges(); used+2+badges+1 > a.width {
		for i := range labels {
			if i != a.current {
				labels[i] = strconv.Itoa(i+1) + a.newsOf(i)
			}
		}
	}
	return labels
}

// newsOf is what stands behind the label of a tab: what broke since the person looked,
// while they are elsewhere.
func (a *App) newsOf(i int) string {
	t, tells := a.tabs[i].stack[0].(screen.Teller)
	if !tells || i == a.current || a.showsChanges() {
		return ""
	}
	if n := t.Broke(); n > 0 {
		return fmt.Sprintf(" %s %d", theme.Symbol(model.SeverityBroken), n)
	}
	return ""
}

// tabAt returns the tab at a column of the first line, -1 for none.
func (a *App) tabAt(x int) int {
	at := 1 + len(product) + 2
	for i, label := range a.tabLabels() {
		w := cell.Width(label)
		if x >= at && x < at+w {
			return i
		}
		at += w + 2
	}
	return -1
}

// secondLine holds the path, the filter in force, and the counts.
func (a *App) secondLine() string {
	h := a.screen().Head()
	l := cell.NewLine(a.th, a.width)
	l.Space(1)
	path := h.Path
	if a.width < tabsBeside && !a.snapshot.Organization.Name.IsEmpty() {
		path = append([]string{a.snapshot.Organization.Name.String()}, path...)
	}
	for i, p := range path {
		p = cell.Cut(p, a.width/3)
		if i < len(path)-1 {
			l.Put(theme.Muted, p+" › ")
		} else {
			l.Put(theme.Plain, p)
		}
	}
	if h.Chip != "" {
		l.Space(2).Put(theme.Badge, cell.Cut(" / "+h.Chip+" ", max(8, l.Left()-24)))
	}
	work, _ := a.workLabel()
	room := l.Left() - 3
	if work != "" {
		room -= cell.Width(work) + 2
	}
	counts := ""
	for _, c := range h.Counts {
		more := c
		if counts != "" {
			more = counts + " · " + c
		}
		if cell.Width(more) > room {
			break
		}
		counts = more
	}
	if work == "" {
		return l.To(a.width-cell.Width(counts)-1).Put(theme.Muted, counts).String()
	}
	l.To(a.width-cell.Width(counts)-cell.Width(work)-3).Put(theme.Muted, counts)
	a.putWork(l)
	return l.String()
}
