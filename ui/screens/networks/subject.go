package networks

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// subject is the network, and the peering of it, that a key is about.
type subject struct {
	th      *theme.Theme
	at      time.Time // of the snapshot
	network *model.NetworkStatus
	peering *model.PeeringStatus
	number  int
	choose  func(by int) // shows another peering

	readOnly   bool
	remembered bool // what is shown was read by an earlier program: there is no network to act on

	snapshot *model.Snapshot // who is signed in stands there
	known    screen.Acknowledger
	view     changes.View // the time line
}

// peeringActions are the actions that the list and the page of one network share.
func peeringActions(about func() subject, none func() string) []action.Action {
	step := func(by int) func() tea.Cmd {
		return func() tea.Cmd { about().choose(by); return nil }
	}
	single := func() string {
		if a := about(); a.network == nil || len(a.network.Peerings) < 2 {
			return "this network has no other peering"
		}
		return ""
	}
	return []action.Action{
		{ID: "peering.next", Name: "next peering", Keys: []string{"]"}, Group: groupThis, Footer: 5, Help: "Show the next peering of the network.", Why: single, Run: step(1)},
		{ID: "peering.previous", Name: "previous peering", Keys: []string{"["}, Group: groupThis, Help: "Show the peering before.", Why: single, Run: step(-1)},
		{ID: "network.describe", Name: "describe", Keys: []string{"d"}, Group: groupThis, Footer: 3, Help: "Show everything that both clouds say, unknown fields too.", Why: none, Run: func() tea.Cmd { return describe(about()) }},
		{ID: "network.copy", Name: "copy id", Keys: []string{"y"}, Group: groupThis, Help: "Copy the id of the peering, or of the network without one.", Why: none, Run: func() tea.Cmd { return copyID(about()) }},
		{ID: "network.ticket", Name: "ticket", Keys: []string{"Y"}, Group: groupThis, Help: "Copy a ticket in Markdown: conclusion, since when, next step, ids, details.", Why: none, Run: func() tea.Cmd { return copyTicket(about()) }},
		{ID: "peering.command", Name: "copy command", Keys: []string{"c"}, Group: groupThis, Help: "Copy the command of the next step.", Why: func() string { return noCommand(about()) }, Run: func() tea.Cmd { return copyCommand(about()) }},
		{ID: "finding.acknowledge", Name: "acknowledge", Keys: []string{"a"}, Group: groupThis, Help: "Say that a finding is known, why and until when: it is counted no more. Or take that back.", Why: func() string { return noAcknowledge(about()) }, Run: func() tea.Cmd { return acknowledge(about()) }},
		{ID: "peering.mend", Name: "mend", Keys: []string{"F"}, Group: groupThis, Help: "Mend what the finding says: show the requests, ask once, send them, and watch until it is well.", Why: func() string { return noMend(about()) }, Run: func() tea.Cmd { return mend(about()) }},
		{ID: "azure.signin", Name: "sign in", Keys: []string{"A"}, Group: groupThis, Help: "Sign in to the Azure tenant of the peering with a device code.", Why: func() string { return noTenant(about()) }, Run: func() tea.Cmd {
			a := about()
			a.choose(0) // the person wants to see what comes of it, whatever is more urgent then
			return screen.Say(screen.SignIn{Tenant: a.peering.VNet.TenantID})
		}},
		{ID: "network.mappings", Name: "DNS table", Keys: []string{"D"}, Group: groupThis, Help: "Show and edit the DNS mappings of the network.", Why: none, Run: func() tea.Cmd {
			return screen.Say(screen.Mappings{Network: about().network.ID})
		}},
		{ID: "network.paths", Name: "paths", Keys: []string{"P"}, Group: groupThis, Help: "Show how the services of the network are reached, and how replies come home.", Why: none, Run: func() tea.Cmd {
			return screen.Say(screen.Ways{Network: about().network.ID})
		}},
		{ID: "peering.setup", Name: "set up", Keys: []string{"p"}, Group: groupThis, Help: "Set the peering up, or a new one: the values are filled in.", Why: func() string { return noSetUp(about()) }, Run: func() tea.Cmd {
			return screen.Say(screen.SetUp{Request: setupRequest(about()), Why: setupReason(about())})
		}},
	}
}

// nobody is why there is no network.
func nobody(a subject) string {
	if a.remembered {
		return notRead
	}
	return "no network is selected"
}

func next(a subject) finding.Next {
	switch {
	case a.network == nil:
		return finding.Next{}
	case a.peering == nil || (a.network.Finding.Severity > a.peering.Finding.Severity && a.network.Finding.Next.Command != ""):
		return a.network.Finding.Next
	default:
		return a.peering.Finding.Next
	}
}

func noCommand(a subject) string {
	if next(a).Command == "" {
		return "the next step is no command"
	}
	return ""
}

func noTenant(a subject) string {
	if a.peering == nil || a.peering.VNet.TenantID.IsEmpty() {
		return "the peering names no Azure tenant"
	}
	return ""
}

func copyCommand(a subject) tea.Cmd {
	return screen.Say(screen.Copy{What: "the command", Text: next(a).Command})
}

func copyID(a subject) tea.Cmd {
	if a.peering != nil {
		return screen.Say(screen.Copy{What: "the id of " + nameOf(a.peering.Name), Text: a.peering.ID.String()})
	}
	return screen.Say(screen.Copy{What: "the id of " + nameOf(a.network.Name), Text: a.network.ID.String()})
}

func copyTicket(a subject) tea.Cmd {
	return screen.Say(screen.Copy{What: "a ticket about " + nameOf(a.network.Name), Text: ticketOf(a).Markdown()})
}
