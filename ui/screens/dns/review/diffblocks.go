package review

import (
	"strconv"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// The keys of the list begin with what they name.
const (
	keyProblem = "problem "
	keyChange  = "change "
)

// blocks lists what changes, then what is to be put right or decided, then what is worth
// knowing: first of all a person looks at what they have done.
func (d *Diff) blocks() []block {
	if !d.review() {
		return d.progressBlocks()
	}
	l := blockList{d: d}
	l.changes()
	l.problems()
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

// problems adds what was found, each severity under its title. Rows that break the same rule
// share a block.
func (l *blockList) problems() {
	titles := map[dnstable.Severity]string{
		dnstable.Error:   "TO PUT RIGHT (enter leads to the row)",
		dnstable.Warning: "TO ACCEPT (A asks once for all, space accepts one)",
		dnstable.Note:    "WORTH KNOWING",
	}
	d := l.d
	last := dnstable.Severity(-1)
	for _, g := range d.problems.groups() {
		x := d.problems.list[g[0]]
		if x.Severity != last {
			last = x.Severity
			l.section(titles[last])
		}
		l.list = append(l.list, d.groupBlock(g))
	}
}

// groupBlock draws the problems that share a rule.
func (d *Diff) groupBlock(g []int) block {
	key, as, o := keyProblem+strconv.Itoa(g[0]), d.problems.look(g[0]), d.table.Order()
	if len(g) == 1 {
		x := d.problems.list[g[0]]
		return problemBlock(d.th, key, x, as, domainIn(o, x.Row), d.width)
	}
	return problemsBlock(d.th, key, as, d.problems.words(g, o), d.width)
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
	if i := d.selectedProblem(); i >= 0 && len(d.problems.groupOf(i)) > 1 {
		for _, k := range d.problems.groupOf(i) {
			x := d.problems.list[k]
			facts = append(facts, [2]string{domainIn(d.table.Order(), x.Row), cleanLine(x.Text)})
		}
		facts = append(facts, [2]string{"Rule", cleanLine(d.problems.list[i].Rule)}, [2]string{"How bad", d.problems.list[i].Severity.String()})
		if help := d.problems.list[i].Help; help != "" {
			facts = append(facts, [2]string{"Why, and what to do", cleanLine(help)})
		}
		return "Problem of " + phrase.Count(len(d.problems.groupOf(i)), "row"), facts
	}
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
