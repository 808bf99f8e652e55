package review

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

const groupDiff = "Changes of a DNS table"

// Actions lists what can be done with the changes, or while they are applied.
func (d *Diff) Actions() []action.Action {
	if !d.review() {
		return append(d.applyActions(), d.moves()...)
	}
	list := []action.Action{
		{ID: "diff.apply", Name: "apply", Keys: []string{"A"}, Group: groupDiff, Footer: 1, Help: "Send the table to Konnect. Warnings that nobody has accepted are listed in one question first.", Why: d.notNow, Run: d.askAndApply},
		{ID: "diff.open", Name: d.openName(), Keys: []string{"enter"}, Group: groupDiff, Footer: 2, Help: "Go to the row of what is chosen, or accept the warning.", Why: d.noOpen, Run: d.open},
		{ID: "diff.accept", Name: "accept", Keys: []string{"space", "w"}, Group: groupDiff, Footer: 3, Help: "Accept the warning that is chosen, or the next one; again takes it back.", Why: d.noWarning, Run: d.accept},
		{ID: "diff.all", Name: "accept all", Keys: []string{"W"}, Group: groupDiff, Footer: 4, Help: "Accept all warnings. Those that are not accepted yet are listed first.", Why: d.noOpenWarning, Run: d.askAll},
		{ID: "diff.edit", Name: "edit row", Keys: []string{"e"}, Group: groupDiff, Footer: 6, Help: "Go to the row of what is chosen.", Why: d.noEdit, Run: d.edit},
		{ID: "diff.problem", Name: "next problem", Keys: []string{"n"}, Group: groupDiff, Help: "To the next problem.", Why: d.noProblem, Run: d.nextProblem},
		{ID: "diff.describe", Name: "describe", Keys: []string{"d"}, Group: groupDiff, Help: "Show all that is known of what is chosen.", Why: d.nothingChosen, Run: func() tea.Cmd { return screen.Say(screen.Show{Dialog: d.describe()}) }},
	}
	list = append(list, action.Action{ID: "diff.merge", Name: "merge", Keys: []string{"M"}, Group: groupDiff, Footer: d.mergeFirst(), Help: "Bring the edits together with what somebody else has done since they began.", Why: d.noMerge, Run: d.merge})
	list = append(list, d.requestActions()...)
	list = append(list, action.Action{ID: "diff.back", Name: "back", Keys: []string{"esc", "q"}, Group: groupMove, Footer: 5, Help: "Back to the table. The edits stay as they are.", Run: d.back})
	return append(list, d.moves()...)
}

// requestActions show the request, and copy it.
func (d *Diff) requestActions() []action.Action {
	none := func() string {
		if d.write().Method == "" {
			return "there is no request"
		}
		return ""
	}
	return []action.Action{
		{ID: "diff.request", Name: "request", Keys: []string{"v"}, Group: groupDiff, Footer: 7, Help: "Show the request: method, path and body.", Why: none, Run: func() tea.Cmd {
			return screen.Say(screen.Show{Dialog: dialog.NewRequests(d.th, "The request", []model.Write{d.write()})})
		}},
		{ID: "diff.ticket", Name: "ticket", Keys: []string{"Y"}, Group: groupDiff, Help: "Copy a ticket in Markdown: what changes, and what the rules find.", Why: none, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "a ticket about the changes of " + d.network(), Text: d.ticket().Markdown()})
		}},
		{ID: "diff.command", Name: "copy curl", Keys: []string{"c"}, Group: groupDiff, Help: "Copy the command that sends the same request.", Why: none, Run: func() tea.Cmd {
			return screen.Say(screen.Copy{What: "the command for the table of " + d.network(), Text: d.write().Command()})
		}},
	}
}

// openName is what enter does to what is chosen.
func (d *Diff) openName() string {
	if i := d.selectedProblem(); i >= 0 && asks(d.problems.list[i]) {
		return "accept"
	}
	return "to the row"
}

func (d *Diff) noOpen() string {
	if i := d.selectedProblem(); i >= 0 && asks(d.problems.list[i]) {
		return ""
	}
	return d.noEdit()
}

func (d *Diff) open() tea.Cmd {
	if i := d.selectedProblem(); i >= 0 && asks(d.problems.list[i]) {
		return d.accept()
	}
	return d.edit()
}

func (d *Diff) noEdit() string {
	if d.domain() == "" {
		return "it is about the whole table, not about one row"
	}
	return ""
}

func (d *Diff) edit() tea.Cmd {
	return screen.Say(screen.Pop{Then: screen.Say(Show{d.table, d.domain()})})
}

func (d *Diff) noMerge() string {
	if d.table.Meanwhile() {
		return ""
	}
	return "nobody else has changed the table"
}

// mergeFirst is the place of the merge among the keys of the footer: it is what one wants
// when it is possible.
func (d *Diff) mergeFirst() int {
	const last = 8
	if d.table.Meanwhile() {
		return 1
	}
	return last
}

func (d *Diff) noWarning() string {
	if slices.ContainsFunc(d.problems.list, asks) {
		return ""
	}
	return "there is no warning"
}

func (d *Diff) noOpenWarning() string {
	if len(d.problems.open()) == 0 {
		return "no warning is open"
	}
	return ""
}

func (d *Diff) noProblem() string {
	if len(d.problems.list) == 0 {
		return "there is no problem"
	}
	return ""
}

func (d *Diff) nothingChosen() string {
	if d.list.selected == "" {
		return "nothing is chosen"
	}
	return ""
}

// accept accepts the chosen warning, or takes that back. When something else is chosen,
// it goes to the next warning that is open, so that nothing is accepted unseen.
func (d *Diff) accept() tea.Cmd {
	if i := d.selectedProblem(); i >= 0 && asks(d.problems.list[i]) {
		yes := !d.problems.isAccepted(i)
		for _, k := range d.problems.groupOf(i) {
			d.problems.accept(k, yes)
		}
		if open := d.problems.open(); d.problems.isAccepted(i) && len(open) > 0 {
			d.toProblem(open[0])
		}
		d.refresh()
		return nil
	}
	if open := d.problems.open(); len(open) > 0 {
		d.toProblem(open[0])
	}
	return nil
}

func (d *Diff) toProblem(i int) {
	d.list.selected = keyProblem + strconv.Itoa(d.problems.groupOf(i)[0])
	d.list.reveal()
}

func (d *Diff) nextProblem() tea.Cmd {
	groups := d.problems.groups()
	at := slices.IndexFunc(groups, func(g []int) bool { return g[0] == d.selectedProblem() })
	d.toProblem(groups[(at+1)%len(groups)][0])
	return nil
}

// askAll lists the open warnings before all of them are accepted.
func (d *Diff) askAll() tea.Cmd { return d.ask("accept all", nil) }

// askAndApply gives the order. Where warnings are open, one question lists them, accepts
// them and applies.
func (d *Diff) askAndApply() tea.Cmd {
	if len(d.problems.open()) == 0 {
		return d.apply()
	}
	return d.ask("accept and apply", d.apply)
}

// ask lists the open warnings, accepts them, and does what comes then.
func (d *Diff) ask(what string, then func() tea.Cmd) tea.Cmd {
	open := d.problems.open()
	return screen.Say(screen.Show{Dialog: newAcceptAll(d.th, d.problems, open, d.table.Order(), what, func() tea.Cmd {
		for _, i := range open {
			d.problems.accept(i, true)
		}
		d.refresh()
		if then == nil {
			return nil
		}
		if why := d.notNow(); why != "" {
			return say("It is not applied: " + why + ".")
		}
		return then()
	})})
}

// order is what is given: with what was accepted, and the number that was typed.
func (d *Diff) order(number int) dnstable.Order {
	o := d.table.Order()
	o.Accepted = d.problems.rules()
	if number > 0 {
		o.Confirmed = number
		o.Accepted = append(o.Accepted, manyGo)
	}
	return o
}

// apply gives the order; where many domains go, the number is typed first.
func (d *Diff) apply() tea.Cmd {
	number := d.guard.Number()
	if number == 0 {
		return d.give(0)
	}
	var gone []string
	for _, c := range d.changes {
		if c.Kind == dnstable.Removed {
			gone = append(gone, c.Name())
		}
	}
	const few = 6
	what := fmt.Sprintf("This removes %s of %s: %s.", d.guard.Words(), d.network(), phrase.Few(gone, few))
	return screen.Say(screen.Show{Dialog: dialog.NewConfirm(d.th, dialog.Destruction{
		Title: "Many domains go",
		Text:  []string{what, "From then on the gateway does not ask your servers for them. The table as it is now is kept as a restore point."},
		Name:  safe.New(strconv.Itoa(number)), Ask: "To go on, type how many domains are there now", What: "apply",
		Do: func() tea.Msg { return confirmed{d, number} },
	})})
}

// confirmed tells that the number was typed.
type confirmed struct {
	page   *Diff
	number int
}

func (d *Diff) give(number int) tea.Cmd {
	d.asked = true
	d.list = list{}
	cmd := d.table.Apply(d.order(number))
	d.refresh()
	return cmd
}

func (d *Diff) back() tea.Cmd {
	if n := len(d.problems.list) - len(d.problems.open()); n > 0 && len(d.problems.rules()) > 0 {
		return screen.Say(screen.Pop{Then: say("The edits are kept as they were. What was accepted is asked again next time.")})
	}
	return screen.Say(screen.Pop{})
}
