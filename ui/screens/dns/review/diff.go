package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// DiffInput is what the page of the changes shows.
type DiffInput struct {
	Target   dnstable.Target
	Order    dnstable.Order
	Problems []dnstable.Problem
	Write    model.Write
	Why      string // why it cannot be applied now, such as read-only; empty: it can
}

// DiffActions are what a person can ask for on the page. Those that are nil are not
// offered.
type DiffActions struct {
	Apply   func(dnstable.Order) tea.Cmd
	Cancel  func() tea.Cmd
	Edit    func(domain string) tea.Cmd
	Merge   func(dnstable.Apply) tea.Cmd
	Restore func(dnstable.RestorePointID) tea.Cmd
	// Without shows the changes again, less the members that Konnect has refused.
	Without func(dnstable.Apply) tea.Cmd
}

// Refused tells the page that its order was not taken at all, such as while another one
// is carried out.
type Refused struct {
	Target  dnstable.Target
	Failure model.Failure
}

// Diff shows what the edits of a table come to, and then how they are applied.
type Diff struct {
	page
	in       DiffInput
	do       DiffActions
	changes  []dnstable.Change
	guard    dnstable.Guard
	problems problems
	refused  *model.Failure
	asked    bool // the order was given
	progress progress
}

// NewDiff returns the page of the changes of a table.
func NewDiff(env screen.Env, th *theme.Theme, in DiffInput, do DiffActions) screen.Screen {
	d := newDiff(env, th, in, do)
	d.refresh()
	return d
}

// NewProgress returns the page of an order that is carried out already: the way back to
// one that was left.
func NewProgress(env screen.Env, th *theme.Theme, a dnstable.Apply, do DiffActions) screen.Screen {
	in := DiffInput{Target: a.Order.Target, Order: a.Order}
	if a.Write != nil {
		in.Write = *a.Write
	}
	d := newDiff(env, th, in, do)
	d.asked = true
	d.take(a)
	return d
}

func newDiff(env screen.Env, th *theme.Theme, in DiffInput, do DiffActions) *Diff {
	d := &Diff{page: page{env: env, th: th, target: in.Target, name: "changes"}, in: in, do: do}
	d.changes, d.guard, d.problems = in.Order.Changes(), in.Order.Guard(), newProblems(in.Problems)
	d.make = d.blocks
	return d
}

// Head is the second line of the frame.
func (d *Diff) Head() screen.Head {
	h := screen.Head{Path: d.path(), Counts: []string{d.counts()}}
	if a := d.progress.apply; a != nil {
		h.Path[len(h.Path)-1] = "apply"
		h.Counts = []string{strings.TrimSpace(d.progress.word() + "  " + d.progress.elapsed(d.env.Now()))}
	}
	return h
}

// counts says how many domains are touched, of those that are there.
func (d *Diff) counts() string {
	added, changed, removed := dnstable.Count(d.changes)
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{added, "new"}, {changed, "changed"}, {removed, "removed"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	if len(parts) == 0 {
		return "no change"
	}
	return strings.Join(parts, " · ") + fmt.Sprintf(" of %d", len(d.in.Order.Base))
}

// Counting reports whether a clock runs on the page.
func (d *Diff) Counting() bool { return d.progress.apply != nil && !d.progress.over() }

// Shows reports whether the page shows how its order is carried out.
func (d *Diff) Shows(topic screen.Topic) bool { return topic == screen.TopicApply && d.asked }

// Update takes how the writing stands, and the mouse.
func (d *Diff) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Applied:
		if d.asked && sameTarget(msg.Apply.Order.Target, d.target) && (d.progress.apply == nil || msg.Apply.Number >= d.progress.apply.Number) {
			d.take(msg.Apply)
		}
	case Refused:
		if d.asked && d.progress.apply == nil && sameTarget(msg.Target, d.target) {
			d.asked, d.refused = false, &msg.Failure
			d.refresh()
		}
	case confirmed:
		if msg.page == d {
			return d.give(msg.number)
		}
	default:
		d.mouse(msg, d.listTop())
	}
	return nil
}

func sameTarget(a, b dnstable.Target) bool { return a.Network == b.Network && a.Resolver == b.Resolver }

// take shows how the writing stands.
func (d *Diff) take(a dnstable.Apply) {
	d.progress.take(a, d.env.Now())
	d.refresh()
}

// review reports whether the changes are looked at, and nothing is on its way.
func (d *Diff) review() bool { return !d.asked }

// missing says what a person must do before the order can be given, nothing when all is
// done.
func (d *Diff) missing() []string {
	var out []string
	if n := d.problems.errors(); n > 0 {
		out = append(out, "put "+phrase.Count(n, "error")+" right")
	}
	if open := d.problems.open(); len(open) > 0 {
		out = append(out, "accept "+phrase.Count(len(open), "warning")+" ("+d.names(open)+")")
	}
	return out
}

// names lists the domains of problems, a few of them.
func (d *Diff) names(list []int) string {
	var names []string
	for _, i := range list {
		x := d.problems.list[i]
		name := domainIn(d.in.Order, x.Row)
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
	missing := d.missing()
	switch {
	case d.do.Apply == nil:
		return "it is not offered here"
	case d.in.Why != "":
		return cleanLine(strings.TrimRight(d.in.Why, ". "))
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
	return len(d.progress.lines(d.th, d.env.Now(), d.width)) + len(d.outcome(d.env.Now())) + 2
}

// top says how far it is from being applied.
func (d *Diff) top() []string {
	if !d.review() {
		return nil
	}
	severity, text := model.SeverityOK, "Nothing stands in the way. A applies it: the table is read again first, and kept as a restore point."
	switch missing := d.missing(); {
	case d.in.Why != "":
		severity, text = model.SeverityAttention, "It cannot be applied now: "+cleanLine(d.in.Why)
	case len(d.changes) == 0:
		severity, text = model.SeverityUnknown, "Nothing to apply: the table is as it is in Konnect already."
	case len(missing) > 0:
		severity, text = model.SeverityAttention, "Before it can be applied: "+phrase.And(missing)+"."
		if d.problems.errors() > 0 {
			severity = model.SeverityBroken
		}
	case d.guard.Number() > 0:
		severity, text = model.SeverityAttention, fmt.Sprintf("%s %s. A asks for the number before it applies that.", phrase.Capital(d.guard.Words()), phrase.Either(d.guard.Removed, "goes", "go"))
	}
	const most = 2 // lines; what is cut stands in the list
	lines := widget.Marked(d.th, severity, theme.Plain, text, d.width, most)
	if names := d.in.Order.Without; len(names) > 0 {
		text := "Not sent back, because Konnect refuses it, and perhaps lost: " + cleanLine(strings.Join(names, ", ")) + ". peerdeck does not know what it means."
		lines = append(lines, widget.Marked(d.th, model.SeverityAttention, theme.Plain, text, d.width, most)...)
	}
	if d.refused != nil {
		lines = append(lines, widget.Marked(d.th, model.SeverityBroken, theme.Bad, phrase.Capital(d.refused.Error()), d.width, most)...)
		lines = append(lines, widget.Arrow(d.th, d.refused.Cure, d.width)...)
	}
	return append(lines, widget.Rule(d.th, d.width))
}

// request names the request that will be sent, in one line below the list.
func (d *Diff) request() []string {
	w := d.in.Write
	if w.Method == "" || len(d.changes) == 0 {
		return nil
	}
	l := cell.NewLine(d.th, d.width).Space(1).Put(theme.Muted, "sends ").Put(theme.Plain, cleanLine(w.Method)+" ")
	const keys = "v whole  y as curl"
	l.Put(theme.Plain, ending(path(w.URL.String()), l.Left()-len(keys)-4))
	l.To(d.width-len(keys)-1).Put(theme.Accent, "v").Put(theme.Muted, " whole  ").Put(theme.Accent, "y").Put(theme.Muted, " as curl")
	return []string{widget.Rule(d.th, d.width), l.String()}
}
