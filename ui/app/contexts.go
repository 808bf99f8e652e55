package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// groupContexts is the heading of the contexts in the palette.
const groupContexts = "Contexts"

// contextsListed brings the contexts of the configuration file.
type contextsListed struct{ list []model.Context }

// contextReady says that a context can be opened, or why not.
type contextReady struct {
	name string
	err  error
}

// contextAgreed is the yes to leaving for another context.
type contextAgreed struct{ name string }

// listContexts reads the contexts for the palette.
func (a *App) listContexts() tea.Cmd {
	if a.o.Contexts == nil {
		return nil
	}
	return func() tea.Msg {
		list, err := a.o.Contexts.List(a.ctx)
		if err != nil {
			return nil // the list to pick from says why
		}
		return contextsListed{list}
	}
}

// contextAction shows the contexts to change to.
func (a *App) contextAction() action.Action {
	return action.Action{
		ID: "app.context", Name: "context", Words: []string{"context", "ctx"}, Keys: []string{"ctrl+o"}, Group: groupContexts, Help: "Change to another context (ctx): its organization, tenant and cloud.",
		Why: a.noContexts, Run: a.pickContext,
	}
}

// eachContext are actions without a key, one for each context: its name can be typed
// behind the word.
func (a *App) eachContext() []action.Action {
	var list []action.Action
	for _, c := range a.contexts {
		list = append(list, action.Action{
			ID: "app.context." + c.Name.String(), Name: "context " + c.Name.String(), Group: groupContexts, Help: "Change to " + c.Name.String() + ": " + contextNote(c) + ".",
			Why: func() string {
				if a.isCurrent(c) {
					return "it is the one that is shown"
				}
				return c.Problem.String()
			},
			Run: func() tea.Cmd { return a.change(c) },
		})
	}
	return list
}

func (a *App) noContexts() string {
	if a.o.Contexts == nil {
		return cmp.Or(a.o.NoContexts, "there are no contexts here")
	}
	return ""
}

func (a *App) isCurrent(c model.Context) bool { return c.Name == a.o.Context.Name }

// contextNote is a context in some words.
func contextNote(c model.Context) string {
	var parts []string
	if !c.Konnect.IsEmpty() {
		parts = append(parts, c.Konnect.String())
	}
	if c.Cloud != azurecloud.Public {
		parts = append(parts, c.Cloud.Title())
	}
	if c.ReadOnly {
		parts = append(parts, "read-only")
	}
	if !c.Token.IsEmpty() {
		parts = append(parts, "token of "+c.Token.String())
	}
	if len(parts) == 0 {
		return "nothing is known of it"
	}
	return strings.Join(parts, " · ")
}

// pickContext shows the contexts to pick one from.
func (a *App) pickContext() tea.Cmd {
	d, load := dialog.NewPick(a.ctx, a.th, dialog.List{
		Title: "Contexts", Only: true,
		Empty: "The configuration file has no contexts. Each has a name and, under konnect and azure, what differs from the rest of the file; docs/contexts.md has examples.",
		Load: func(ctx context.Context) ([]dialog.Item, error) {
			list, err := a.o.Contexts.List(ctx)
			if err != nil {
				return nil, model.Failure{
					Kind: model.FailureInvalid, Operation: "read the contexts", Cause: safe.New(err.Error()),
					Cure: model.CureConfiguration,
				}
			}
			items := make([]dialog.Item, len(list))
			for i, c := range list {
				items[i] = a.contextItem(c)
			}
			return items, nil
		},
	})
	return screen.Say(screen.Show{Dialog: d, Then: load}) // the palette closes first
}

func (a *App) contextItem(c model.Context) dialog.Item {
	// Nobody has asked with its token: nothing is known for it, only against it.
	item := dialog.Item{Marked: true, Severity: model.SeverityUnknown, Name: c.Name.String(), Note: contextNote(c), More: contextNote(c), Then: func() tea.Cmd { return a.change(c) }}
	switch {
	case !c.Problem.IsEmpty():
		item.Severity, item.Note, item.More = model.SeverityAttention, c.Problem.String(), c.Problem.String()
	case a.isCurrent(c):
		item.Severity, item.Note = model.SeverityOK, "shown now · "+item.Note
	}
	return item
}

// change begins the change to another context. What is on the screen stays until it is
// certain that the other one can be opened.
func (a *App) change(c model.Context) tea.Cmd {
	name := c.Name.String()
	switch {
	case a.isCurrent(c):
		a.addToast(screen.Toast{Text: "The context " + name + " is the one that is shown."})
		return nil
	case !c.Problem.IsEmpty():
		a.addToast(screen.Toast{Text: fmt.Sprintf("The context %s cannot be opened: %s", name, c.Problem), Trouble: true})
		return nil
	}
	a.addToast(screen.Toast{Text: "Opening the context " + name + "…"})
	a.opening = c.Name.String()
	prepare := a.o.Contexts.Prepare
	return func() tea.Msg {
		err := prepare(a.ctx, c.Name.String())
		if errors.Is(err, context.Canceled) {
			return nil
		}
		return contextReady{c.Name.String(), err}
	}
}

// contextMessage takes what is for the change of contexts.
func (a *App) contextMessage(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case contextsListed:
		a.contexts, a.offer = msg.list, offer{}
	case contextReady:
		if msg.name != a.opening {
			return nil, true // another one was chosen meanwhile
		}
		a.opening = ""
		if msg.err != nil {
			a.addToast(screen.Toast{Text: fmt.Sprintf("The context %s cannot be opened: %s", safe.Clean(msg.name), safe.Clean(msg.err.Error())), Trouble: true})
			return nil, true
		}
		return a.leaveFor(msg.name), true
	case contextAgreed:
		a.next = msg.name
		return tea.Quit, true
	default:
		return nil, false
	}
	return nil, true
}

// leaveFor ends the frame for another context, and asks first when something would be
// lost by that, as leaving does.
func (a *App) leaveFor(name string) tea.Cmd {
	text := a.lost()
	if len(text) == 0 {
		a.next = name
		return tea.Quit
	}
	a.leaving = dialog.NewAsk(a.th, dialog.Question{
		Title: "Change to " + safe.Clean(name), Text: text, Yes: "change", No: "stay", Do: screen.Say(contextAgreed{name}),
	})
	a.open(a.leaving)
	return nil
}

// Next is the context to change to, when the frame has ended for that; empty otherwise.
func (a *App) Next() string { return a.next }

// contextBadge is the label of the context in the first line: its name, in its colour.
func (a *App) contextBadge() (badge, bool) {
	if a.o.Context.Name.IsEmpty() {
		return badge{}, false
	}
	const widest = 24
	return badge{cell.Cut(a.o.Context.Name.String(), min(widest, max(6, a.width/5))), theme.OfContext(a.o.Context.Colour)}, true
}
