package review

import (
	"slices"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// grouped gathers the problems by their rules, in the order of the list, and tells the group
// of each. Errors stand alone: each of them is put right in its row.
func grouped(list []dnstable.Problem) (groups [][]int, at []int) {
	at = make([]int, len(list))
	of := map[string]int{}
	for i, x := range list {
		k, there := of[groupKey(x)]
		if x.Severity == dnstable.Error || !there {
			k = len(groups)
			of[groupKey(x)] = k
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], i)
		at[i] = k
	}
	return groups, at
}

func (p problems) groups() [][]int { return p.grouped }

func groupKey(x dnstable.Problem) string { return x.Severity.String() + " " + x.Rule }

// groupOf is the group of a problem.
func (p problems) groupOf(i int) []int { return p.grouped[p.at[i]] }

// words are a group in words: one sentence for all rows where all say the same, or else
// what the rule says in general, and below it what is so of each row.
func (p problems) words(g []int, o dnstable.Order) groupWords {
	var w groupWords
	for _, i := range g {
		x := p.list[i]
		name := domainIn(o, x.Row)
		text := cleanLine(x.Text)
		if name != "" {
			text = strings.ReplaceAll(text, name, "the domain")
		}
		w.names = append(w.names, name)
		w.each = append(w.each, strings.TrimPrefix(name+": "+cleanLine(x.Text), ": "))
		switch {
		case w.text == "":
			w.text = text
		case w.text != text:
			w.differ = true
		}
	}
	x := p.list[g[0]]
	if w.differ {
		w.text = x.Rule
		if e, known := finding.Lookup(x.Rule); known {
			w.text = e.Title
		}
	}
	w.names = slices.DeleteFunc(w.names, func(name string) bool { return name == "" })
	w.rule = cleanLine(x.Rule)
	return w
}

// groupWords are the problems that share a rule, in words.
type groupWords struct {
	text   string // what is so of all of them
	rule   string
	names  []string // the domains
	each   []string // what is so of each row
	differ bool     // the rows say different things
}

// lines are the words in lines of a width.
func (w groupWords) lines(width int) []string {
	out := cell.Wrap(w.text+"  "+w.rule, width, 0)
	if !w.differ {
		return append(out, cell.Wrap(strings.Join(w.names, ", "), width, 0)...)
	}
	for _, text := range w.each {
		out = append(out, cell.Wrap(text, width, 0)...)
	}
	return out
}

// problemsBlock draws the problems that share a rule, behind their symbol and word.
func problemsBlock(th *theme.Theme, key string, as look, w groupWords, width int) block {
	const column = 13
	parts := w.lines(width - column - 1)
	return block{key: key, height: len(parts), draw: func(selected bool) []string {
		lines := make([]string, len(parts))
		for i, part := range parts {
			l := cell.NewLine(th, width)
			tone := theme.Muted
			if i == 0 {
				tone = theme.Plain
				if selected {
					l.Select()
				}
				l.To(1).Put(theme.Of(as.severity), theme.Symbol(as.severity)+" "+as.word)
			}
			if selected {
				tone = theme.Accent
			}
			lines[i] = l.To(column).Put(tone, part).String()
		}
		return lines
	}}
}
