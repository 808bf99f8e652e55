package review

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const groupMerge = "Merge of a DNS table"

// Merge is the page on which two people's changes of one table are brought together,
// domain by domain.
type Merge struct {
	page
	merged dnstable.Merged // with what was decided
	past   []decided       // what undo takes back, the newest last
	known  problems        // what was accepted in the review before
}

// decided is a merge as it was before a decision, and what was chosen then.
type decided struct {
	merged   dnstable.Merged
	selected string
}

// NewMerge returns the page on which the edits of a table are brought together with what
// somebody else has done.
func NewMerge(env screen.Env, th *theme.Theme, table Table) screen.Screen {
	return newMerge(env, th, table, problems{})
}

// newMerge is the merge after a review in which something was accepted.
func newMerge(env screen.Env, th *theme.Theme, table Table, known problems) *Merge {
	p := &Merge{page: page{env: env, th: th, table: table, name: "merge"}, known: known}
	p.page.make, p.page.look = p.blocks, p.look
	p.refresh()
	return p
}

// look merges what is there now. What was decided stays so, as long as both sides of the
// domain are what they were.
func (p *Merge) look() {
	p.merged = p.table.Merged().Decided(p.merged)
}

// Head is the second line of the frame.
func (p *Merge) Head() screen.Head {
	open, all := p.merged.Open(), len(p.merged.Conflicts)
	counts := fmt.Sprintf("%d of %s decided", all-open, phrase.Count(all, "conflict"))
	if n := len(p.merged.Quiet); n > 0 {
		counts += fmt.Sprintf(" · %d taken over", n)
	}
	return screen.Head{Path: p.path(), Counts: []string{counts}}
}

// Update handles the mouse, and a table that has changed.
func (p *Merge) Update(msg tea.Msg) tea.Cmd {
	p.follow(msg, len(p.top()))
	return nil
}

// View draws the conflicts, and below them what was taken over.
func (p *Merge) View(time.Time) string {
	lines := p.top()
	lines = append(lines, p.list.view(p.th, p.width, max(1, p.height-len(lines)))...)
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

// top says how far the merge is.
func (p *Merge) top() []string {
	severity, text := model.SeverityAttention, fmt.Sprintf("You and somebody else have changed %s in different ways: m takes yours, t theirs.", phrase.Count(len(p.merged.Conflicts), "domain"))
	switch open := p.merged.Open(); {
	case len(p.merged.Conflicts) == 0:
		severity, text = model.SeverityOK, "Both changes fit together. enter puts theirs into your edits; nothing is sent."
	case open == 0:
		severity, text = model.SeverityOK, "All is decided. enter puts it into your edits; nothing is sent."
	case open < len(p.merged.Conflicts):
		text = phrase.Count(open, "domain") + " not decided yet: m takes yours, t theirs."
	}
	lines := widget.Marked(p.th, severity, theme.Plain, text, p.width, 2)
	lines = append(lines, widget.Rule(p.th, p.width))
	if p.beside() && len(p.merged.Conflicts) > 0 {
		l := cell.NewLine(p.th, p.width).Space(leadWidth).Put(theme.Muted, cell.Fit("BEFORE", p.side()))
		l.Put(theme.Muted, cell.Fit("MINE (m)", p.side())).Put(theme.Muted, "THEIRS (t)")
		lines = append(lines, l.String())
	}
	return lines
}

// chosen returns the number of the conflict that is chosen, -1 for none.
func (p *Merge) chosen() int {
	if n, err := strconv.Atoi(p.list.selected); err == nil {
		return n
	}
	return -1
}

// Actions lists what can be done here.
func (p *Merge) Actions() []action.Action {
	none := func() string {
		if p.chosen() < 0 {
			return "there is no conflict"
		}
		return ""
	}
	allDone := func() string {
		if p.merged.Open() == 0 {
			return "all is decided"
		}
		return ""
	}
	take := func(c dnstable.Choice) func() tea.Cmd {
		return func() tea.Cmd { return p.decide(c, p.chosen()) }
	}
	rest := func(c dnstable.Choice) func() tea.Cmd {
		return func() tea.Cmd { return p.decide(c, p.openOnes()...) }
	}
	list := []action.Action{
		{ID: "merge.done", Name: "put into edits", Keys: []string{"enter", "A"}, Group: groupMerge, Footer: 1, Help: "Put what was decided into your edits, and show what they come to now. Nothing is sent.", Why: p.notDone, Run: p.finish},
		{ID: "merge.mine", Name: "mine", Keys: []string{"m", "left"}, Group: groupMerge, Footer: 2, Help: "Take your side of the chosen domain.", Why: none, Run: take(dnstable.ChooseMine)},
		{ID: "merge.theirs", Name: "theirs", Keys: []string{"t", "right"}, Group: groupMerge, Footer: 3, Help: "Take the other side of the chosen domain.", Why: none, Run: take(dnstable.ChooseTheirs)},
		{ID: "merge.allmine", Name: "rest mine", Keys: []string{"M"}, Group: groupMerge, Footer: 5, Help: "Take your side of all domains that are open.", Why: allDone, Run: rest(dnstable.ChooseMine)},
		{ID: "merge.alltheirs", Name: "rest theirs", Keys: []string{"T"}, Group: groupMerge, Footer: 6, Help: "Take the other side of all domains that are open.", Why: allDone, Run: rest(dnstable.ChooseTheirs)},
		{ID: "merge.undo", Name: "undo", Keys: []string{"u"}, Group: groupMerge, Footer: 4, Help: "Take the last decision back.", Why: p.noUndo, Run: p.undo},
		{ID: "merge.open", Name: "next open", Keys: []string{"n"}, Group: groupMerge, Help: "To the next domain that is not decided.", Why: allDone, Run: func() tea.Cmd { p.toOpen(); return nil }},
		{ID: "merge.back", Name: "back", Keys: []string{"esc", "q"}, Group: groupMove, Footer: 7, Help: "Leave the merge. Your edits stay as they are.", Run: p.back},
	}
	return append(list, p.moves()...)
}

func (p *Merge) notDone() string {
	if open := p.merged.Open(); open > 0 {
		return phrase.Count(open, "domain") + " not decided yet"
	}
	return ""
}

// finish stages the merge, and shows what is to be applied then.
func (p *Merge) finish() tea.Cmd {
	staged := p.table.Merge(p.merged)
	if len(p.table.Order().Changes()) == 0 {
		return screen.Say(screen.Pop{Then: tea.Batch(staged, say("All of it is theirs, and stands in Konnect already: nothing is left to apply."))})
	}
	review := newDiff(p.env, p.th, p.table, p.known)
	return screen.Say(screen.Pop{Then: tea.Batch(staged, screen.Say(screen.Push{Screen: review}))})
}

// decide takes a side of some conflicts, and goes to the next one that is open.
func (p *Merge) decide(c dnstable.Choice, which ...int) tea.Cmd {
	before := decided{p.merged, p.list.selected}
	for _, i := range which {
		p.merged = p.merged.Choose(i, c)
	}
	p.past = append(p.past, before)
	p.refresh()
	p.toOpen()
	return nil
}

func (p *Merge) openOnes() []int {
	var out []int
	for i, c := range p.merged.Conflicts {
		if c.Choice == "" {
			out = append(out, i)
		}
	}
	return out
}

// toOpen goes to the next conflict that is open, from the chosen one on and round; when
// there is none it stays.
func (p *Merge) toOpen() {
	n := len(p.merged.Conflicts)
	for k := 1; k <= n; k++ {
		i := (p.chosen() + k) % n
		if i >= 0 && p.merged.Conflicts[i].Choice == "" {
			p.list.selected = strconv.Itoa(i)
			break
		}
	}
	p.list.reveal()
}

func (p *Merge) noUndo() string {
	if len(p.past) == 0 {
		return "nothing was decided"
	}
	return ""
}

func (p *Merge) undo() tea.Cmd {
	last := p.past[len(p.past)-1]
	p.past = p.past[:len(p.past)-1]
	p.merged, p.list.selected = last.merged, last.selected
	p.refresh()
	p.list.reveal()
	return nil
}

// back leaves the page. Decisions would be lost, so it asks when there are some.
func (p *Merge) back() tea.Cmd {
	made := len(p.merged.Conflicts) - p.merged.Open()
	if made == 0 {
		return screen.Say(screen.Pop{Then: say("Nothing was merged. Your edits are kept, and what others did stands in Konnect.")})
	}
	return screen.Say(screen.Show{Dialog: dialog.NewAsk(p.th, dialog.Question{
		Title: "Leave the merge",
		Text:  []string{fmt.Sprintf("You have decided %s. To leave drops that.", phrase.Count(made, "conflict")), "Your edits stay as they were, and what others did stands in Konnect: nothing of either is lost."},
		Yes:   "leave", No: "stay", Do: screen.Say(screen.Pop{}),
	})})
}
