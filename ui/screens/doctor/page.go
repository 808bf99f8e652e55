// Package doctor is the page that looks at every way in: settings, network, tokens,
// sign-ins and rights. It opens from everywhere, by its name.
package doctor

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Service looks. Its methods return at once; what is found comes as [screen.Looked].
type Service interface{ Look() }

// Page shows the report as it grows.
type Page struct {
	env     screen.Env
	th      *theme.Theme
	service Service
	width   int
	height  int
	report  doctor.Report
	known   bool
	doors   bool // only what needs somebody
	scroll  widget.Scroll
}

// New returns the page, which looks when it is opened.
func New(env screen.Env, th *theme.Theme, service Service) *Page {
	return &Page{env: env, th: th, service: service}
}

// Start begins to look.
func (p *Page) Start() tea.Cmd {
	return func() tea.Msg { p.service.Look(); return nil }
}

// Name is the last step of the path.
func (p *Page) Name() string { return "Doctor" }

// Head is the second line of the frame.
func (p *Page) Head() screen.Head {
	h := screen.Head{Path: []string{"Doctor"}}
	if p.doors {
		h.Chip = "only what needs somebody"
	}
	if p.known {
		n := p.report.Count()
		for _, s := range finding.Severities() {
			if n[s] > 0 {
				h.Counts = append(h.Counts, phrase.Count(n[s], "check")+" "+s.String())
			}
		}
	}
	return h
}

// Resize gives the room.
func (p *Page) Resize(width, height int) { p.width, p.height = width, height }

// Theme changes the looks.
func (p *Page) Theme(th *theme.Theme) { p.th = th }

// Receive is for snapshots, which say nothing of the ways in that is not looked at here.
func (p *Page) Receive(*model.Snapshot) {}

// Looking names no network.
func (p *Page) Looking() []safe.Text { return nil }

// Typing is false: nothing is typed here.
func (p *Page) Typing() (bool, *tea.Cursor) { return false, nil }

// Update takes reports, and the keys and the wheel that scroll.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(screen.Looked); ok {
		p.report, p.known = msg.Report, true
		return nil
	}
	p.scroll.Take(msg)
	return nil
}

// Actions lists what can be done here.
func (p *Page) Actions() []action.Action {
	const group = "Doctor"
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }
	looking := func() string {
		if p.known && !p.report.Over {
			return "it is looking"
		}
		return ""
	}
	nothing := func() string {
		if !p.known {
			return "nothing is known yet"
		}
		return ""
	}
	return []action.Action{
		{ID: "doctor.again", Name: "look again", Keys: []string{"r"}, Group: group, Footer: 1, Help: "Look at every way in again.", Why: looking, Run: p.Start},
		{ID: "doctor.doors", Name: "problems", Keys: []string{"f"}, Group: group, Footer: 2, Help: "Show only what needs somebody, or everything.", Run: do(func() { p.doors = !p.doors; p.scroll.Start() })},
		{ID: "doctor.copy", Name: "copy", Keys: []string{"y"}, Group: group, Footer: 3, Help: "Copy the report, which holds no secret.", Why: nothing, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the doctor's report", Text: p.report.Text()})
		}},
		{ID: "doctor.command", Name: "copy command", Keys: []string{"c"}, Group: group, Footer: 3, Help: "Copy the command that mends the most urgent of what is shut.", Why: p.noCommand, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the command", Text: p.command()})
		}},
		{ID: "doctor.ticket", Name: "ticket", Keys: []string{"Y"}, Group: group, Footer: 4, Help: "Copy a ticket in Markdown, with the whole report.", Why: nothing, Run: p.copyTicket},
		{ID: "doctor.close", Name: "back", Keys: []string{"esc"}, Group: group, Footer: 4, Help: "Go back.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
	}
}

// View draws the report.
func (p *Page) View(time.Time) string {
	if !p.known {
		return "\n" + cell.NewLine(p.th, p.width).Space(2).Put(theme.Busy, theme.Symbol(finding.Working)+" ").Put(theme.Muted, "Looking at every way in…").String()
	}
	var lines []string
	for _, l := range p.report.Lines(p.doors) {
		if l.Role == doctor.RoleArea {
			lines = append(lines, "")
		}
		lines = append(lines, p.line(l)...)
	}
	return strings.Join(p.scroll.Window(lines, p.height), "\n")
}

// column is where texts begin, behind symbol and topic.
const column = 24

func (p *Page) line(l doctor.Line) []string {
	switch l.Role {
	case doctor.RoleHead:
		return p.wrapped(theme.Of(l.Severity), theme.Symbol(l.Severity)+" ", theme.Strong, l.Text, 2)
	case doctor.RoleArea:
		return []string{cell.NewLine(p.th, p.width).Space(2).Put(theme.Muted, strings.ToUpper(l.Text)).String()}
	case doctor.RoleCheck:
		return p.check(l)
	case doctor.RoleDetail:
		return p.wrapped(theme.Plain, "", theme.Muted, l.Text, column)
	case doctor.RoleNext:
		return p.wrapped(theme.Accent, "→ ", theme.Accent, l.Text, column)
	case doctor.RoleCommand:
		return p.wrapped(theme.Plain, "", theme.Plain, l.Text, column+2)
	case doctor.RoleOpen:
		return append([]string{""}, p.wrapped(theme.Busy, theme.Symbol(l.Severity)+" ", theme.Muted, l.Text, 2)...)
	default:
		return nil
	}
}

// check draws what was looked at and what was found; the code of what is wrong stands
// behind it, for explain.
func (p *Page) check(l doctor.Line) []string {
	text := l.Text
	tone := theme.Muted
	if l.Severity.NeedsPerson() {
		text, tone = text+" ("+string(l.Code)+")", theme.Plain
	}
	var out []string
	for i, part := range cell.Wrap(text, p.width-column-1, 0) {
		line := cell.NewLine(p.th, p.width)
		if i == 0 {
			line.Space(2).Put(theme.Of(l.Severity), theme.Symbol(l.Severity)+" ").Put(theme.Plain, cell.Cut(l.Topic, column-5))
		}
		out = append(out, line.To(column).Put(tone, part).String())
	}
	return out
}

func (p *Page) wrapped(leadTone theme.Tone, lead string, tone theme.Tone, text string, indent int) []string {
	var out []string
	room := p.width - indent - cell.Width(lead) - 1
	for i, part := range cell.Wrap(text, room, 0) {
		line := cell.NewLine(p.th, p.width).Space(indent)
		if i == 0 {
			line.Put(leadTone, lead)
		} else {
			line.Space(cell.Width(lead))
		}
		out = append(out, line.Put(tone, part).String())
	}
	return out
}
