package whatif

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// form is a change that is being typed.
type form struct {
	verb    assume.Verb
	kind    assume.Kind
	fields  []assume.Field
	prompts []*widget.Prompt
	at      int
	wrong   string // why it cannot be assumed as it stands
}

// begin opens the form. A mapping begins with the domain of the service that was selected.
func (p *Page) begin(v assume.Verb, k assume.Kind) {
	f := &form{verb: v, kind: k, fields: assume.Fields(v, k)}
	for i, field := range f.fields {
		value := ""
		if field.Key == assume.KeyDomain && v == assume.Add {
			value = domainOf(p.host)
			if value != "" {
				f.at = i + 1
			}
		}
		f.prompts = append(f.prompts, widget.NewFilled(value))
	}
	f.at = min(f.at, len(f.fields)-1)
	p.form = f
}

// domainOf is the domain of a service whose requests go past the peerings.
func domainOf(h *paths.Host) string {
	if h == nil || !h.By.Past() {
		return ""
	}
	_, domain, found := strings.Cut(h.Service.Host.String(), ".")
	if !found || strings.Trim(domain, "0123456789.:") == "" {
		return ""
	}
	return domain
}

// change is what is typed, as a change.
func (f *form) change() assume.Change {
	c := assume.Change{Verb: f.verb, Kind: f.kind, Values: map[assume.Key][]safe.Text{}}
	for i, field := range f.fields {
		value := strings.TrimSpace(f.prompts[i].Value())
		if value == "" {
			continue
		}
		if !field.Many {
			c.Values[field.Key] = safe.Texts(value)
			continue
		}
		for _, one := range strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' }) {
			c.Values[field.Key] = append(c.Values[field.Key], safe.New(one))
		}
	}
	return c
}

// Typing reports whether the form is open, and where the text cursor stands.
func (p *Page) Typing() (bool, *tea.Cursor) {
	if p.form == nil {
		return false, nil
	}
	return true, p.formCursor()
}

// TypingKeys are the keys of the form.
func (p *Page) TypingKeys() []action.Action {
	last := "next field"
	if p.form != nil && p.form.at == len(p.form.fields)-1 {
		last = "assume it"
	}
	return []action.Action{{Name: last, Keys: []string{"enter"}}, {Name: "assume it", Keys: []string{"ctrl+s"}}, {Name: "next field", Keys: []string{"tab"}}, {Name: "as before", Keys: []string{"esc"}}}
}

// typed takes a key or a paste while the form is open.
func (p *Page) typed(msg tea.Msg) tea.Cmd {
	f := p.form
	if f == nil {
		if key, is := msg.(tea.KeyPressMsg); is {
			p.scroll.Take(key)
		}
		return nil
	}
	n := len(f.fields)
	if key, is := msg.(tea.KeyPressMsg); is {
		switch key.String() {
		case "esc":
			p.form = nil
			return nil
		case "tab", "down":
			f.at = (f.at + 1) % n
			return nil
		case "shift+tab", "up":
			f.at = (f.at + n - 1) % n
			return nil
		case "enter":
			if f.at < n-1 {
				f.at++
				return nil
			}
			return p.submit()
		case "ctrl+s":
			return p.submit()
		}
	}
	if f.prompts[f.at].Update(msg) {
		f.wrong = ""
	}
	return nil
}

// submit assumes what is typed, where it can be assumed after what is assumed already.
func (p *Page) submit() tea.Cmd {
	f := p.form
	c := f.change()
	if problems := assume.Check(c); len(problems) > 0 {
		f.wrong = phrase.Capital(problems[0].Text) + "."
		for i, field := range f.fields {
			if field.Key == problems[0].Key {
				f.at = i
			}
		}
		return nil
	}
	next := append(append([]assume.Change{}, p.changes...), c)
	_, refused := assume.Apply(p.view.Facts, next)
	for _, r := range refused {
		if r.Index == len(next)-1 {
			f.wrong = r.Error()
			return nil
		}
	}
	p.changes, p.form = next, nil
	p.judge()
	return nil
}
