package trace

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

const (
	groupTrace  = "Trace of a name"
	groupMatrix = "Probe of all domains"
	groupMove   = "Move"
)

// Actions lists what can be done with the trace.
func (p *Trace) Actions() []action.Action {
	elsewhere := 8
	if p.away() {
		elsewhere = 1 // what one wants then
	}
	return []action.Action{
		{ID: "trace.again", Name: "again", Keys: []string{"r"}, Group: groupTrace, Footer: 1, Help: "Look into the name again.", Why: p.noTrace, Run: p.again},
		{ID: "trace.next", Name: "next evidence", Keys: []string{"j", "down"}, Group: groupTrace, Footer: 2, Help: "To the next check, and then through the servers.", Why: p.noEvidence, Run: do(func() { p.next(1) })},
		{ID: "trace.previous", Name: "evidence before", Keys: []string{"k", "up"}, Group: groupTrace, Help: "To the check before.", Why: p.noEvidence, Run: do(func() { p.next(-1) })},
		{ID: "trace.show", Name: "evidence", Keys: []string{"enter", "d"}, Group: groupTrace, Footer: 6, Help: "Show all that is known of the check or the server, with the answers as dig writes them.", Why: p.noChosen, Run: p.showEvidence},
		{ID: "trace.findings", Name: "findings", Keys: []string{"v"}, Group: groupTrace, Help: "Show all that was found, with what is missing to be sure.", Why: p.noFinding, Run: p.showFindings},
		{ID: "trace.unknown", Name: "not known", Keys: []string{"V"}, Group: groupTrace, Help: "List what is not known, each with the reason.", Why: p.nothingUnknown, Run: p.showNotKnown},
		{ID: "trace.ticket", Name: "ticket", Keys: []string{"Y"}, Group: groupTrace, Footer: 3, Help: "Copy a ticket in Markdown, with the whole trace. It holds no secret.", Why: p.noTrace, Run: p.copyTicket},
		{ID: "trace.copy", Name: "copy", Keys: []string{"y"}, Group: groupTrace, Help: "Copy the name with what the servers answer, in a line.", Why: p.noTrace, Run: p.copyLine},
		{ID: "trace.command", Name: "copy command", Keys: []string{"c"}, Group: groupTrace, Help: "Copy the command of the next step.", Why: p.noCommand, Run: p.copyCommand},
		{ID: "trace.elsewhere", Name: "ask from the VNET", Keys: []string{"C"}, Group: groupTrace, Footer: elsewhere, Help: "Copy the commands that ask the same servers on a machine in the VNET. What they print is pasted here.", Why: p.noTrace, Run: p.copyScript},
		{ID: "trace.paste", Name: "paste output", Keys: []string{"p"}, Group: groupTrace, Footer: elsewhere + 1, Help: "Take the output of those commands, to be judged as own answers. A paste on this page does the same.", Why: p.noTrace, Run: p.askPaste},
		{ID: "trace.mend", Name: p.mendName(), Keys: []string{"F"}, Group: groupTrace, Footer: 3, Help: "Mend the cause, where a known sequence of requests does: it is shown, and asked for. Else open the row that won, with the cursor in its servers; or add one, where none won. Esc leads back.", Why: p.noRow, Run: p.mend},
		{ID: "trace.probe", Name: "probe all", Keys: []string{"P"}, Group: groupTrace, Footer: 4, Help: "Ask all servers for all domains of the network.", Run: p.probe},
		{ID: "trace.name", Name: "other name", Keys: []string{"t"}, Group: groupTrace, Footer: 6, Help: "Type another name, of any network.", Run: do(func() { p.anywhere = true; p.ask("") })},
		{ID: "trace.older", Name: "trace before", Keys: []string{"["}, Group: groupTrace, Help: "Show the trace before this one.", Why: p.noOlder, Run: do(func() { p.walk(-1) })},
		{ID: "trace.newer", Name: "next trace", Keys: []string{"]"}, Group: groupTrace, Help: "Show the trace after this one.", Why: p.noNewer, Run: do(func() { p.walk(1) })},
		{ID: "trace.cancel", Name: "cancel", Keys: []string{"x"}, Group: groupTrace, Help: "Stop asking. What is known stays.", Why: p.notRunning, Run: p.cancel},
		{ID: "trace.back", Name: "back", Keys: []string{"esc", "q"}, Group: groupMove, Footer: 5, Help: "Back to where the page was opened.", Run: func() tea.Cmd { return screen.Say(screen.Pop{}) }},
	}
}

func (p *Trace) again() tea.Cmd {
	text := p.trace.Query.Typed.String()
	if p.number == 0 {
		text = p.begin
	}
	return p.run(text)
}

func (p *Trace) cancel() tea.Cmd {
	service := p.results.service
	return func() tea.Msg {
		service.Cancel()
		return nil
	}
}

func (p *Trace) copyTicket() tea.Cmd {
	return screen.Say(screen.Copy{What: "a ticket about the trace of " + p.trace.Query.Typed.String(), Text: ticketOf(p.trace).Markdown()})
}

// command is that of the conclusion, empty for none.
func (p *Trace) command() string { return p.trace.Conclusion().Command }

// showNotKnown lists what is not known.
func (p *Trace) showNotKnown() tea.Cmd {
	return p.showText("Not known", "what is not known", p.trace.NotKnown())
}

func (p *Trace) nothingUnknown() string {
	if p.number == 0 || len(p.trace.NotKnown()) == 0 {
		return "everything is known"
	}
	return ""
}

func (p *Trace) copyCommand() tea.Cmd {
	return screen.Say(screen.Copy{What: "the command", Text: p.command()})
}

func (p *Trace) probe() tea.Cmd {
	return screen.Say(screen.Push{Screen: NewMatrix(p.env, p.th, p.results, p.network)})
}

// walk shows the trace that was made so many places before or after.
func (p *Trace) walk(by int) {
	list := p.results.of(p.network)
	for i, t := range list {
		if t.Number == p.number && i+by >= 0 && i+by < len(list) {
			p.show(list[i+by])
			return
		}
	}
}

// place tells how many traces of the network there are before and after this one.
func (p *Trace) place() (before, after int) {
	list := p.results.of(p.network)
	for i, t := range list {
		if t.Number == p.number {
			return i, len(list) - 1 - i
		}
	}
	return 0, 0
}

func (p *Trace) noOlder() string {
	if before, _ := p.place(); before == 0 {
		return "it is the first one of this session"
	}
	return ""
}

func (p *Trace) noNewer() string {
	if _, after := p.place(); after == 0 {
		return "it is the newest"
	}
	return ""
}

func (p *Trace) noTrace() string {
	if p.number == 0 && p.begin == "" {
		return "no name was traced yet"
	}
	return ""
}

func (p *Trace) notRunning() string {
	if !p.running() {
		return "nothing is being asked"
	}
	return ""
}

func (p *Trace) noEvidence() string {
	if len(p.list) == 0 {
		return "nothing was looked at"
	}
	return ""
}

func (p *Trace) noChosen() string {
	if len(p.list) == 0 {
		return "nothing was looked at"
	}
	return ""
}

func (p *Trace) noFinding() string {
	if len(p.trace.Findings) == 0 {
		return "nothing was found"
	}
	return ""
}

func (p *Trace) noCommand() string {
	if p.command() == "" {
		return "there is no command for it"
	}
	return ""
}
