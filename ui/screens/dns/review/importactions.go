package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Actions lists what can be done here.
func (p *Import) Actions() []action.Action {
	unusable := func() string {
		if p.imported.Problem != "" {
			return "the text cannot be used"
		}
		return ""
	}
	list := []action.Action{
		{ID: "import.stage", Name: "put into edits", Keys: []string{"enter", "A"}, Group: groupImport, Footer: 1, Help: "Make one edit of it, which u takes back. Nothing is sent.", Why: p.notNow, Run: p.finish},
		{ID: "import.whole", Name: p.wholeName(), Keys: []string{"w"}, Group: groupImport, Footer: 2, Help: "Take the text as the whole table, so that other domains go, or add and change only.", Why: unusable, Run: p.toggle},
		{ID: "import.filter", Name: "filter", Keys: []string{"f"}, Group: groupImport, Footer: 3, Help: "Show only refused lines, only new ones and so on, or all again.", Why: unusable, Run: p.filter},
		{ID: "import.describe", Name: "describe", Keys: []string{"d"}, Group: groupImport, Footer: 5, Help: "Show the chosen line whole, with what was found.", Why: p.nothingChosen, Run: p.describe},
		{ID: "import.back", Name: "back", Keys: []string{"esc", "q"}, Group: groupMove, Footer: 4, Help: "Back to the table. Nothing of the text is staged.", Run: p.back},
	}
	return append(list, p.moves()...)
}

func (p *Import) wholeName() string {
	if p.replace {
		return "add only"
	}
	return "whole table"
}

func (p *Import) notNow() string {
	counts := p.preview.Count()
	switch {
	case p.imported.Problem != "":
		return "the text cannot be used"
	case p.replace && len(p.preview.Rows) == 0 && len(p.table.Order().Rows) > 0:
		return "no line could be read, and the table would be empty"
	case counts[dnstable.OutcomeNew]+counts[dnstable.OutcomeChanged]+counts[dnstable.OutcomeGoes] == 0:
		return "it would change nothing"
	default:
		return ""
	}
}

func (p *Import) finish() tea.Cmd {
	staged := p.table.Replace("import", p.preview.Rows)
	return screen.Say(screen.Pop{Then: tea.Batch(staged, screen.Say(p.said()))})
}

// said is what the import did. Lines that were refused are named, and stay until somebody
// has read them.
func (p *Import) said() screen.Toast {
	counts := p.preview.Count()
	var did []string
	for _, o := range []dnstable.Outcome{dnstable.OutcomeNew, dnstable.OutcomeChanged, dnstable.OutcomeGoes} {
		if n := counts[o]; n > 0 {
			did = append(did, fmt.Sprintf("%d %s", n, outcomeWord(o)))
		}
	}
	t := screen.Toast{Text: "The import is staged: " + phrase.And(did) + ". u takes it back.", About: "import"}
	var refused []string
	for _, l := range p.preview.Lines {
		if l.Outcome == dnstable.OutcomeRefused {
			refused = append(refused, fmt.Sprintf("line %d, %s: %s", l.Line, cell.Cut(l.Source.String(), 40), strings.TrimRight(cleanLine(l.Reason()), ".")))
		}
	}
	if n := len(refused); n > 0 {
		const few = 3
		t.Trouble = true
		t.Text += " " + phrase.Capital(phrase.Count(n, "line")) + phrase.Either(n, " was", " were") + " refused and " + phrase.Either(n, "is", "are") + " not in it: " + phrase.Few(refused, few) + "."
	}
	return t
}

func (p *Import) toggle() tea.Cmd {
	p.replace = !p.replace
	if p.only == dnstable.OutcomeGoes {
		p.only = ""
	}
	p.refresh()
	p.list.reveal()
	return nil
}

// filter goes round: all lines, then those of each outcome that there is.
func (p *Import) filter() tea.Cmd {
	counts := p.preview.Count()
	all := append([]dnstable.Outcome{""}, slices.DeleteFunc(dnstable.Outcomes(), func(o dnstable.Outcome) bool { return counts[o] == 0 })...)
	p.only = all[(max(0, slices.Index(all, p.only))+1)%len(all)]
	p.refresh()
	p.list.first()
	return nil
}

func (p *Import) nothingChosen() string {
	if p.list.selected == "" {
		return "no line is chosen"
	}
	return ""
}

func (p *Import) describe() tea.Cmd {
	i, err := strconv.Atoi(p.list.selected)
	if err != nil || i >= len(p.preview.Lines) {
		return nil
	}
	l := p.preview.Lines[i]
	word, _ := lead(l.Outcome)
	facts := [][2]string{{"Becomes", strings.TrimLeft(word, "+~-✖ ")}}
	for _, f := range [][2]string{{"As it stands", l.Source.String()}, {"Domain", l.Domain.String()}, {"Why", cleanLine(l.Reason())}} {
		if f[1] != "" {
			facts = append(facts, f)
		}
	}
	if l.Before != nil {
		facts = append(facts, [2]string{"Before", dnstable.ServerList(l.Before.Servers)})
	}
	if l.After != nil {
		facts = append(facts, [2]string{"After", dnstable.ServerList(l.After.Servers)})
	}
	for _, n := range l.Notes {
		facts = append(facts, [2]string{"Note", cleanLine(n)})
	}
	th := p.th
	title := fmt.Sprintf("Line %d", l.Line)
	if l.Column > 0 {
		title += fmt.Sprintf(", column %d", l.Column)
	}
	return screen.Say(screen.Show{Dialog: dialog.NewText(title, "the line", dialog.Plain(facts), func(width int) []string { return dialog.Facts(th, facts, width) })})
}

func (p *Import) back() tea.Cmd {
	return screen.Say(screen.Pop{Then: say("Nothing was staged; the table is as it was.")})
}
