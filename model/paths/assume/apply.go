package assume

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// Refusal is a change that cannot be assumed, and why.
type Refusal struct {
	Index  int // of the change in its list
	Change Change
	Text   string // what is in the way, one sentence
	Next   string // what to do; may be empty
}

// Error is the refusal as one line.
func (r Refusal) Error() string {
	text := r.Text
	if r.Change.Line > 0 {
		text = fmt.Sprintf("line %d: %s", r.Change.Line, r.Text)
	}
	if r.Next != "" {
		text += " " + r.Next
	}
	return text
}

// Apply makes the facts as they would be after some changes, one after the other. What it is
// given stays as it is. A change that names what is not there, or that the clouds would not
// take, is refused, and the others are made all the same.
func Apply(f paths.Facts, list []Change) (paths.Facts, []Refusal) {
	if f.Network == nil || len(list) == 0 {
		return f, nil
	}
	var refused []Refusal
	for i, c := range list {
		next := begin(f)
		if r := next.apply(c); r != nil {
			r.Index, r.Change = i, c
			refused = append(refused, *r)
			continue
		}
		f = next.judged()
	}
	return f, refused
}

// apply makes one change; nil where it was made.
func (w *world) apply(c Change) *Refusal {
	if problems := Check(c); len(problems) > 0 {
		texts := make([]string, len(problems))
		for i, p := range problems {
			texts[i] = p.Text
		}
		return refuse(phrase.Capital(phrase.And(texts))+".", "")
	}
	how := map[Kind]func(Change) *Refusal{
		Prefix: w.prefix, Route: w.route, Table: w.table, Subnet: w.subnet, Rule: w.rule, AdminRule: w.adminRule, Mapping: w.mapping, Peering: w.peering,
	}
	return how[c.Kind](c)
}

func refuse(text, next string) *Refusal { return &Refusal{Text: text, Next: next} }

// replaced is a copy of a list with one item changed.
func replaced[T any](list []T, i int, how func(*T)) []T {
	out := slices.Clone(list)
	how(&out[i])
	return out
}

// without is a copy of a list without one item.
func without[T any](list []T, i int) []T {
	return slices.Delete(slices.Clone(list), i, i+1)
}
