package widget

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Filter is what a person lets a list show: a query that is typed, and beside it only
// what needs a look. The two are apart, so that one key turns the second on and off and
// what was typed stays.
type Filter struct {
	keys  []string // the fields that a query may name
	label string   // of what needs a look, for the chip: "problems"

	text    string
	query   model.Query
	problem string // with what is typed; the list stays as it was
	only    bool
	prompt  *Prompt
	before  string // the text before the prompt was opened
}

// NewFilter returns a filter that shows all. Its queries may name the fields of keys;
// label is how the chip calls what needs a look.
func NewFilter(label string, keys []string) *Filter { return &Filter{keys: keys, label: label} }

// Keys are the fields that a query may name.
func (f *Filter) Keys() []string { return f.keys }

// Typed is what came of a key in a filter that is being typed.
type Typed int

// What a key in a filter does.
const (
	TypedNothing Typed = iota
	TypedQuery         // other rows pass now
	TypedUp            // the row before is meant
	TypedDown          // the next row is meant
	TypedEnd           // the line is closed; other rows may pass
)

// Open lets the query be typed.
func (f *Filter) Open() { f.before, f.prompt = f.text, NewFilled(f.text) }

// Typing reports whether the query is being typed.
func (f *Filter) Typing() bool { return f.prompt != nil }

// Type takes a key or a paste while the query is typed: enter keeps it, esc brings back
// the one before, ctrl+u clears it.
func (f *Filter) Type(msg tea.Msg) Typed {
	if f.prompt == nil {
		return TypedNothing
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter":
			if f.problem != "" {
				return TypedNothing // it says what is wrong, and what was typed is not lost
			}
			f.prompt = nil
			return TypedEnd
		case "esc":
			f.prompt = nil
			f.Set(f.before)
			return TypedEnd
		case "up":
			return TypedUp
		case "down":
			return TypedDown
		case "ctrl+u":
			f.prompt = NewPrompt("")
			f.Set("")
			return TypedQuery
		}
	}
	if f.prompt.Update(msg) && f.Set(f.prompt.Value()) {
		return TypedQuery
	}
	return TypedNothing
}

// Set takes a query. It reports whether it is one; if it is not, the one before stays.
func (f *Filter) Set(text string) bool {
	query, err := model.ParseQuery(text, f.keys)
	f.problem = ""
	if err != nil {
		f.problem = safe.Clean(err.Error())
		return false
	}
	f.text, f.query = strings.TrimSpace(text), query
	return true
}

// Toggle shows only what needs a look, or all again that passes the query.
func (f *Filter) Toggle() { f.only = !f.only }

// Only reports whether only what needs a look is shown.
func (f *Filter) Only() bool { return f.only }

// Drop shows all.
func (f *Filter) Drop() {
	f.only = false
	f.Set("")
}

// Hides reports whether it may hide rows.
func (f *Filter) Hides() bool { return f.only || !f.query.IsEmpty() }

// Why says why there is nothing to drop, empty when there is.
func (f *Filter) Why() string {
	if f.only || f.text != "" {
		return ""
	}
	return "there is no filter"
}

// Match reports whether a row passes the query. Fields gives its values for a key.
func (f *Filter) Match(fields func(key string) []string) bool {
	return f.query.IsEmpty() || f.query.Match(fields)
}

// Chip is what the frame shows of it.
func (f *Filter) Chip() string {
	text := f.text
	if f.prompt != nil {
		text, _ = f.prompt.Shown()
	}
	if f.only {
		text = "only " + f.label + " " + text
	}
	return strings.TrimSpace(text)
}

// Count is how many rows are shown, of all where some are hidden: "9 networks", "2 of 9".
func (f *Filter) Count(shown, all int, noun string) string {
	if f.Hides() {
		return strconv.Itoa(shown) + " of " + strconv.Itoa(all)
	}
	return phrase.Count(all, noun)
}

// Empty says why there is no row to show, for a list of things that a noun names.
func (f *Filter) Empty(noun string) string {
	text := "No " + noun + " passes the filter."
	if f.only && f.query.IsEmpty() {
		text = "No " + noun + " is among the " + f.label + "."
	}
	if f.prompt == nil {
		text += " esc shows all."
	}
	return text
}

// Unknown says that the query names a field that there is none of, empty when it does
// not.
func (f *Filter) Unknown() string {
	if key, unknown := f.query.Unknown(f.keys); unknown {
		return strconv.Quote(safe.Clean(key)) + " is no key, so it is searched as it stands; keys are " + phrase.And(f.keys) + "."
	}
	return ""
}

const filterMark = " / "

// Line draws the query while it is typed, with what is wrong with it, or how to begin.
func (f *Filter) Line(th *theme.Theme, width int) string {
	const keys = 5
	text, _ := f.prompt.Window(f.room(width))
	l := cell.NewLine(th, width).Put(theme.Accent, filterMark).Put(f.prompt.Tone(), text)
	switch {
	case f.problem != "":
		l.Space(2).Put(theme.Warn, f.problem)
	case text == "":
		l.Put(theme.Muted, "  words, !word, "+strings.Join(f.keys[:min(keys, len(f.keys))], ": ")+": …")
	}
	return l.String()
}

// Cursor is where the query is typed, in a line that stands at y.
func (f *Filter) Cursor(width, y int) *tea.Cursor {
	_, at := f.prompt.Window(f.room(width))
	return tea.NewCursor(len(filterMark)+at, y)
}

func (*Filter) room(width int) int { return max(1, width-len(filterMark)-1) }
