package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Diff shows what the edits of a table come to, and then how they are applied.
type Diff struct {
	page
	changes  []dnstable.Change // that the edits come to
	guard    dnstable.Guard
	problems problems
	asked    bool // an order was given, and how it goes is shown
}

// NewDiff returns the page of the changes of a table. While an order is carried out it
// shows how that goes.
func NewDiff(env screen.Env, th *theme.Theme, table Table) screen.Screen {
	return newDiff(env, th, table, problems{})
}

// newDiff is the page with what was accepted before: the same warning is not asked for
// twice.
func newDiff(env screen.Env, th *theme.Theme, table Table, known problems) *Diff {
	d := &Diff{page: page{env: env, th: th, table: table, name: "changes"}, problems: problems{accepted: known.accepted}}
	d.page.make, d.page.look = d.blocks, d.look
	p := table.Progress()
	d.asked = p != nil && !p.Over()
	d.refresh()
	return d
}

// look works out what the edits come to now.
func (d *Diff) look() {
	o := d.table.Order()
	d.changes, d.guard = o.Changes(), o.Guard()
	d.problems = d.problems.with(d.table.Problems())
	if d.asked && d.table.Progress() == nil {
		d.asked = false // it was not begun
	}
}

// progress is how the order goes that was given last.
func (d *Diff) progress() dnstable.Progress {
	if p := d.table.Progress(); p != nil && d.asked {
		return *p
	}
	return dnstable.Progress{}
}

// Head is the second line of the frame.
func (d *Diff) Head() screen.Head {
	h := screen.Head{Path: d.path(), Counts: []string{d.counts()}}
	if p := d.progress(); p.Apply != nil {
		h.Path[len(h.Path)-1] = "apply"
		h.Counts = []string{p.Word()}
		if took, begun := p.Elapsed(d.env.Now()); begun {
			h.Counts[0] += "  " + phrase.Elapsed(took)
		}
	}
	return h
}

// counts says how many domains are touched, of those that are there.
func (d *Diff) counts() string {
	words := dnstable.CountWords(d.changes)
	if words == "" {
		return "no change"
	}
	return fmt.Sprintf("%s of %d", words, len(d.table.Order().Base))
}

// Counting reports whether a clock runs on the page.
func (d *Diff) Counting() bool {
	p := d.progress()
	return p.Apply != nil && !p.Over()
}

// Shows reports whether the page shows how its order is carried out.
func (d *Diff) Shows(topic screen.Topic) bool { return topic == screen.TopicApply && d.asked }

// Update handles the number that was typed, the mouse, and a table that has changed.
func (d *Diff) Update(msg tea.Msg) tea.Cmd {
	if msg, typed := msg.(confirmed); typed {
		if msg.page == d {
			return d.give(msg.number)
		}
		return nil
	}
	d.follow(msg, d.listTop())
	return nil
}

// review reports whether the changes are looked at, and nothing is on its way.
func (d *Diff) review() bool { return !d.asked }

// missing says what a person must put right before the order can be given, nothing when
// all is. What is to be accepted is asked for when it is given.
func (d *Diff) missing() []string {
	var out []string
	if n := d.problems.errors(); n > 0 {
		out = append(out, "put "+phrase.Count(n, "error")+" right")
	}
	return out
}

// names lists the domains of problems, a few of them.
func (d *Diff) names(list []int) string {
	var names []string
	for _, i := range list {
		x := d.problems.list[i]
		name := domainIn(d.table.Order(), x.Row)
		if name == "" {
			name = cleanLine(x.Rule)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return phrase.Few(names, 2)
}

// notNow says why the order cannot be given, empty when it can.
func (d *Diff) notNow() string {
	missing, shut := d.missing(), d.table.Shut()
	switch {
	case shut != "":
		return cleanLine(strings.TrimRight(shut, ". "))
	case d.table.Meanwhile():
		return "somebody else has changed the table; M merges"
	case len(d.changes) == 0:
		return "the table is as it is in Konnect already"
	case len(missing) > 0:
		return "first " + phrase.And(missing)
	default:
		return ""
	}
}

// View draws the changes, or how they are applied.
func (d *Diff) View(now time.Time) string {
	if !d.review() {
		return strings.Join(d.applying(now), "\n")
	}
	lines := d.top()
	foot := d.request()
	lines = append(lines, d.list.view(d.th, d.width, max(1, d.height-len(lines)-len(foot)))...)
	for len(lines) < d.height-len(foot) {
		lines = append(lines, "")
	}
	lines = append(lines, foot...)
	return strings.Join(lines[:min(len(lines), d.height)], "\n")
}

// listTop is the line at which the list begins.
func (d *Diff) listTop() int {
	if d.review() {
		return len(d.top())
	}
	return len(stepLines(d.progress(), d.th, d.env.Now(), d.width)) + len(d.outcome(d.env.Now())) + 2
}

// top says how far it is from being applied.
func (d *Diff) top() []string {
	if !d.review() {
		return nil
	}
	shut := d.table.Shut()
	severity, text := model.SeverityOK, "Nothing stands in the way. A applies it: the table is read again first, and kept as a restore point."
	switch missing := d.missing(); {
	case shut != "":
		severity, text = model.SeverityAttention, "It cannot be applied now: "+cleanLine(shut)
	case d.table.Meanwhile():
		severity, text = model.SeverityAttention, "Somebody else has changed the table since these edits began. M brings both together; nothing is sent before."
	case len(d.changes) == 0:
		severity, text = model.SeverityUnknown, "Nothing to apply: the table is as it is in Konnect already."
	case len(missing) > 0:
		severity, text = model.SeverityAttention, "Before it can be applied: "+phrase.And(missing)+"."
		if d.problems.errors() > 0 {
			severity = model.SeverityBroken
		}
	case len(d.problems.open()) > 0:
		open := d.problems.open()
		severity, text = model.SeverityAttention, phrase.Count(len(open), "warning")+" to accept ("+d.names(open)+"): A asks once for all, and applies."
	case d.guard.Number() > 0:
		severity, text = model.SeverityAttention, fmt.Sprintf("%s %s. A asks for the number before it applies that.", phrase.Capital(d.guard.Words()), phrase.Either(d.guard.Removed, "goes", "go"))
	}
	const most = 2 // lines; what is cut stands in the list
	lines := widget.Marked(d.th, severity, theme.Plain, text, d.width, most)
	if names := d.table.Order().Without; len(names) > 0 {
		text := "Not sent back, because Konnect refuses it, and perhaps lost: " + cleanLine(strings.Join(names, ", ")) + ". peerdeck does not know what it means."
		lines = append(lines, widget.Marked(d.th, model.SeverityAttention, theme.Plain, text, d.width, most)...)
	}
	if f := d.table.Refusal(); f != nil {
		lines = append(lines, widget.Marked(d.th, model.SeverityBroken, theme.Bad, phrase.Capital(f.Error()), d.width, most)...)
		lines = append(lines, widget.Arrow(d.th, f.Cure, d.width)...)
	}
	return append(lines, widget.Rule(d.th, d.width))
}

// request names the request that will be sent, in one line below the list.
func (d *Diff) request() []string {
	w := d.write()
	if w.Method == "" || len(d.changes) == 0 {
		return nil
	}
	l := cell.NewLine(d.th, d.width).Space(1).Put(theme.Muted, "sends ").Put(theme.Plain, cleanLine(w.Method)+" ")
	const keys = "v whole  y as curl"
	l.Put(theme.Plain, widget.PathEnd(widget.URLPath(w.URL.String()), l.Left()-len(keys)-4))
	l.To(d.width-len(keys)-1).Put(theme.Accent, "v").Put(theme.Muted, " whole  ").Put(theme.Accent, "c").Put(theme.Muted, " as curl")
	return []string{widget.Rule(d.th, d.width), l.String()}
}

// write is the request: that of the order in hand, or what applying would send.
func (d *Diff) write() model.Write {
	if a := d.progress().Apply; a != nil && a.Write != nil {
		return *a.Write
	}
	return d.table.Request()
}
