package review

import (
	"strconv"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// The keys of the list begin with what they name.
const (
	keyProblem = "problem "
	keyChange  = "change "
)

// blocks lists what is to be decided, then what changes, then what is worth knowing.
func (d *Diff) blocks() []block {
	if !d.review() {
		return d.progressBlocks()
	}
	l := blockList{d: d}
	l.problems(func(s dnstable.Severity) bool { return s != dnstable.Note })
	l.changes()
	l.problems(func(s dnstable.Severity) bool { return s == dnstable.Note })
	return l.list
}

// blockList is the list while it is made.
type blockList struct {
	d    *Diff
	list []block
}

// section begins a part under a title.
func (l *blockList) section(title string) {
	if len(l.list) > 0 {
		l.list = append(l.list, textBlock(""))
	}
	l.list = append(l.list, textBlock(widget.Section(l.d.th, title, l.d.width)))
}

// problems adds those of some severities, each severity under its title.
func (l *blockList) problems(pass func(dnstable.Severity) bool) {
	titles := map[dnstable.Severity]string{
		dnstable.Error:   "TO PUT RIGHT (enter leads to the row)",
		dnstable.Warning: "TO ACCEPT (space accepts one, W all)",
		dnstable.Note:    "WORTH KNOWING",
	}
	d := l.d
	for i, x := range d.problems.list {
		if !pass(x.Severity) {
			continue
		}
		if i == 0 || x.Severity != d.problems.list[i-1].Severity {
			l.section(titles[x.Severity])
		}
		l.list = append(l.list, problemBlock(d.th, keyProblem+strconv.Itoa(i), x, d.problems.look(i), domainIn(d.table.Order(), x.Row), d.width))
	}
}

// changes adds the changes, under a title where something stands above them.
func (l *blockList) changes() {
	if len(l.d.changes) == 0 {
		return
	}
	v := newChangeView(l.d.th, l.d.width, l.d.changes)
	if heading := v.heading(); len(l.list) > 0 || len(heading) > 0 {
		if len(l.list) > 0 {
			l.section("CHANGES")
		}
		l.list = append(l.list, textBlock(heading...))
	}
	for i, c := range l.d.changes {
		l.list = append(l.list, v.block(keyChange+strconv.Itoa(i), c))
	}
}

// selectedProblem returns the number of the chosen problem, -1 for none.
func (d *Diff) selectedProblem() int { return d.number(keyProblem) }

// selectedChange returns the number of the chosen change, -1 for none.
func (d *Diff) selectedChange() int { return d.number(keyChange) }

func (d *Diff) number(prefix string) int {
	text, found := strings.CutPrefix(d.list.selected, prefix)
	if n, err := strconv.Atoi(text); found && err == nil {
		return n
	}
	return -1
}

// domain is the domain that is chosen, in a change or in a problem, as the model tells
// domains apart; empty for none.
func (d *Diff) domain() string {
	if i := d.selectedProblem(); i >= 0 {
		if row := rowIn(d.table.Order(), d.problems.list[i].Row); row != nil {
			return row.Label()
		}
		return ""
	}
	if i := d.selectedChange(); i >= 0 {
		return d.changes[i].Domain
	}
	return ""
}

// explain lists all that is known of what is chosen.
func (d *Diff) explain() (title string, facts [][2]string) {
	if i := d.selectedProblem(); i >= 0 {
		x := d.problems.list[i]
		facts = [][2]string{{"Found", cleanLine(x.Text)}, {"Rule", cleanLine(x.Rule)}, {"How bad", x.Severity.String()}}
		if name := domainIn(d.table.Order(), x.Row); name != "" {
			facts = append([][2]string{{"Domain", name}}, facts...)
		}
		if name := domainIn(d.table.Order(), x.Other); name != "" {
			facts = append(facts, [2]string{"Other domain", name})
		}
		if x.Help != "" {
			facts = append(facts, [2]string{"Why, and what to do", cleanLine(x.Help)})
		}
		if x.Fix != nil {
			facts = append(facts, [2]string{"In the table", cleanLine(x.Fix.Label)})
		}
		return "Problem", facts
	}
	i := d.selectedChange()
	if i < 0 {
		return "", nil
	}
	return "Change", changeFacts(d.changes[i])
}

// changeFacts lists all of a change, for a dialog and for a ticket.
func changeFacts(c dnstable.Change) [][2]string {
	facts := [][2]string{{"Domain", c.Name()}, {"Becomes", c.Word()}}
	side := func(label string, r *dnstable.Row) {
		if r == nil {
			facts = append(facts, [2]string{label, "not there"})
			return
		}
		facts = append(facts, [2]string{label, r.Key.Or("(no domain)").String() + " → " + dnstable.ServerList(r.Servers)})
		for _, m := range r.Extra {
			facts = append(facts, [2]string{label + ", unknown", m.Name.String() + " " + m.JSON.String()})
		}
	}
	side("Before", c.From)
	side("After", c.To)
	return facts
}

// describe opens all that is known of what is chosen.
func (d *Diff) describe() *dialog.Text {
	title, facts := d.explain()
	th := d.th
	return dialog.NewText(title, "the "+strings.ToLower(title), dialog.Plain(facts), func(width int) []string { return dialog.Facts(th, facts, width) })
}
