package activity

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// nextKeys are the keys of the next step that stand beside it. Where it is a set-up or a
// sign-in, the screen that enter leads to has the key.
func (s *timeLine) nextKeys() widget.NextKeys { return widget.NextKeys{Command: "c"} }

func (s *timeLine) actions() []action.Action {
	none := func() string {
		if _, is := s.pane.Selected(); !is {
			return "there is no change"
		}
		return ""
	}
	actions := append([]action.Action{{
		ID: "activity.subject", Name: "open", Keys: []string{"enter"}, Group: group, Footer: 1, Help: "Show what the change is of, on its own screen; esc leads back.", Why: s.whyNoSubject, Run: s.open,
	}}, filterActions(s.filter, s.apply)...)
	actions = append(actions, action.Action{
		ID: "activity.command", Name: "command", Keys: []string{"c"}, Group: group, Footer: 6, Help: "Copy the command of the next step, as its subject stands now.", Why: s.whyNoCommand, Run: s.copyCommand,
	}, action.Action{
		ID: "activity.copy", Name: "copy", Keys: []string{"y"}, Group: group, Footer: 7, Help: "Copy the change in one line.", Why: none,
		Run: func() tea.Cmd {
			e, _ := s.pane.Selected()
			return screen.Say(screen.Copy{What: "the change", Text: e.Plainly()})
		},
	}, action.Action{
		ID: "activity.ticket", Name: "ticket", Keys: []string{"Y"}, Group: group, Footer: 7, Help: "Copy the change for a ticket, in Markdown: what, since when, the next step, ids.", Why: none, Run: s.copyTicket,
	}, action.Action{
		ID: "activity.all", Name: "copy all", Keys: []string{"ctrl+y"}, Group: group, Help: "Copy all changes that are shown, one a line.", Why: none, Run: s.copyAll,
	})
	w := widget.MoveWords{Next: "Older change.", Before: "Newer change.", First: "Newest change.", Last: "Oldest change."}
	return append(actions, widget.Moves("Move", s.pane, w, func(row int) tea.Cmd { s.pane.MoveTo(row); return nil })...)
}

// whyNoSubject says why a change leads nowhere, empty where it does.
func (s *timeLine) whyNoSubject() string {
	e, is := s.pane.Selected()
	switch {
	case !is:
		return "there is no change"
	case e.Kind == changes.KindGap:
		return "a gap is of all networks"
	case e.Network.IsEmpty() && e.Kind == changes.KindReading:
		return "it is of all that is read of " + e.Subject.String() + "; F2 looks at every way in"
	case e.Network.IsEmpty() && e.Kind != changes.KindRun:
		return "it is of no network that is known"
	default:
		return ""
	}
}

// open shows the subject of the change.
func (s *timeLine) open() tea.Cmd {
	e, _ := s.pane.Selected()
	if e.Kind == changes.KindRun {
		return screen.Say(screen.GoTo{Tab: "Set-up"})
	}
	o := screen.Open{Network: e.Network, Domain: e.Domain}
	switch e.Kind {
	case changes.KindDNS:
	case changes.KindFinding, changes.KindState, changes.KindReading, changes.KindRun, changes.KindGap, changes.KindRecord:
		o.Peering, o.Code = s.peering(e), safe.New(string(e.Code))
	}
	return screen.Say(o)
}

// peering is the id of a change's peering, empty where its object is none: then its network
// is shown.
func (s *timeLine) peering(e changes.Entry) (id safe.Text) {
	for _, n := range s.snapshot.Networks {
		if n.ID != e.Network {
			continue
		}
		for i := range n.Peerings {
			if n.Peerings[i].ID == e.Peering {
				return e.Peering
			}
		}
	}
	return id
}

// whyNoCommand says why there is no command to copy.
func (s *timeLine) whyNoCommand() string {
	e, is := s.pane.Selected()
	if !is {
		return "there is no change"
	}
	if f := standing(s.snapshot, e); f == nil || f.Next.Command == "" {
		return "no command mends it as it stands now"
	}
	return ""
}

func (s *timeLine) copyCommand() tea.Cmd {
	e, _ := s.pane.Selected()
	return screen.Say(screen.Copy{What: "the command", Text: standing(s.snapshot, e).Next.Command})
}

func (s *timeLine) copyTicket() tea.Cmd {
	e, _ := s.pane.Selected()
	return screen.Say(screen.Copy{What: "the ticket", Text: e.Ticket(standing(s.snapshot, e)).Markdown()})
}

// copyAll copies what is shown, the oldest first.
func (s *timeLine) copyAll() tea.Cmd {
	var lines []string
	for _, e := range s.pane.Entries() {
		lines = append(lines, e.Plainly())
	}
	slices.Reverse(lines)
	return screen.Say(screen.Copy{What: "the changes", Text: strings.Join(lines, "\n")})
}
