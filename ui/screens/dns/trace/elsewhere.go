package trace

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// request is the trace that is shown, as it was asked for.
func (p *Trace) request() dnstrace.Request {
	return dnstrace.Request{Network: p.network, Text: p.trace.Query.Typed.String(), Via: p.trace.Via}
}

// copyScript copies the commands that ask the servers from another machine.
func (p *Trace) copyScript() tea.Cmd {
	r, service := p.request(), p.results.service
	return func() tea.Msg {
		text, err := service.Script(r)
		if err != nil {
			failure, _ := model.AsFailure(err)
			return refused{page: p, failure: failure}
		}
		return screen.Copy{What: "the commands for a machine in the VNET; paste what they print here", Text: text}
	}
}

// Paste takes a pasted text as the output of the commands. It is never read as keys.
// A name alone is no output: it is looked into next.
func (p *Trace) Paste(text string) tea.Cmd {
	if name := strings.TrimSpace(text); !strings.Contains(name, "\n") && dnstrace.Read(name).OK() {
		p.anywhere = true
		p.ask(name)
		return nil
	}
	return p.judge(text)
}

// judge takes a text as the output of the commands.
func (p *Trace) judge(text string) tea.Cmd {
	if p.number == 0 {
		return say("Trace a name first (t); then the output of its commands can be pasted.")
	}
	if strings.TrimSpace(text) == "" {
		return say("The clipboard holds no text.")
	}
	p.failure, p.pending, p.newest = nil, true, p.results.newest()
	r := p.request()
	return p.attempt(func() error { return p.results.service.Judge(r, text) })
}

// askPaste opens the window that waits for a paste.
func (p *Trace) askPaste() tea.Cmd { return screen.Say(screen.Show{Dialog: &pasteDialog{page: p}}) }

// pasteDialog waits for a pasted text.
type pasteDialog struct {
	page *Trace
}

// Title stands in the upper edge.
func (d *pasteDialog) Title() string { return "Paste the output" }

// Hint tells the keys.
func (d *pasteDialog) Hint() string { return "C copy the commands   esc close" }

// Cursor is nil: a paste comes whole.
func (d *pasteDialog) Cursor() *tea.Cursor { return nil }

func (d *pasteDialog) text() []string {
	return []string{
		"1. Press C here and run the commands on a machine in the VNET, such as a bastion host. It takes dig, and changes nothing.",
		"2. Paste all that they print into this window, with the paste key of your terminal.",
		"dig's usual output and its JSON are read. What is no answer of these servers is told, and left out.",
	}
}

// Size asks for the height of its text.
func (d *pasteDialog) Size(width, height int) (int, int) {
	w := min(width, 70)
	return w, min(height, len(dialog.Paragraphs(d.page.th, d.text(), w)))
}

// Update takes the paste.
func (d *pasteDialog) Update(msg tea.Msg) (bool, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return true, d.page.judge(msg.Content)
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc", "q":
			return true, nil
		case "C":
			return false, d.page.copyScript()
		}
	}
	return false, nil
}

// View draws what to do.
func (d *pasteDialog) View(width, height int) string {
	lines := dialog.Paragraphs(d.page.th, d.text(), width)
	return strings.Join(lines[:min(len(lines), height)], "\n")
}
