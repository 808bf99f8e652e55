package screen

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// The messages by which a screen asks the frame for something. Screens never
// call each other.

// Push asks for a page above the present one; esc leads back.
type Push struct{ Screen Screen }

// Pop asks for the page below. Then is carried out when it is there: what it asks for
// is not taken for the page that goes.
type Pop struct{ Then tea.Cmd }

// Show asks for a dialog. Then is carried out when it is open, so that it misses no
// message.
type Show struct {
	Dialog Dialog
	Then   tea.Cmd
}

// Toast asks for a short notice above the footer. A notice of trouble stays
// until it is dismissed.
type Toast struct {
	Text    string
	Trouble bool
	// About names what it tells of, for Withdraw; may be empty.
	About string
	// Key carries Do out while the notice stands, wherever the person is; empty for none.
	// The text says what it does.
	Key string
	Do  tea.Cmd
}

// Withdraw asks for the notices about something to go: a person has dealt with it.
type Withdraw struct{ About string }

// Quiet asks for the notices to go that would go by themselves: what they tell of is no
// longer on the screen.
type Quiet struct{}

// Copy asks for a text to be sent to the clipboard of the terminal.
type Copy struct {
	What string // "the id of eu-prod", for the notice
	Text string
}

// Refresh asks for everything to be read again.
type Refresh struct{}

// SignIn asks for a sign-in to an Azure tenant with a device code.
type SignIn struct{ Tenant safe.Text }

// Entries are new entries of the activity log.
type Entries struct{ List []model.Activity }

// GoTo asks for the tab of a name to be shown, for whatever a person wanted elsewhere: esc
// leads back to where the person was. Then is carried out when it is: what it asks
// for is for that tab.
type GoTo struct {
	Tab string
	// Own: the screen of the tab itself is wanted, and the pages above it go.
	Own bool
	// Page is shown above the screen of the tab, with Own; nil: the screen itself is.
	Page Screen
	Then tea.Cmd
}

// Open asks for the place of a subject to be shown, on whichever screen that is (see
// [Place]). Esc leads back to where the person was. What is empty is not asked for.
type Open struct {
	Network safe.Text // its id, or its name
	Peering safe.Text // its id, or its name in the network
	Domain  safe.Text // of a row of the network's mapping table
	Code    safe.Text // of a finding about it
	Request safe.Text // the id of a request, Konnect's or Azure's, or its number in the activity
}

// SetUp asks for the set-up form to be shown with these values in it.
type SetUp struct {
	Request setup.Request
	Why     string // how what is to be set up stands, in sentences; may be empty
}

// Mend asks for a run that mends a peering, or what lies beside it, as a finding says. The plan is shown and asked
// about before anything is sent.
type Mend struct{ Request setup.Request }

// Mappings asks for the mapping table of a network to be shown.
type Mappings struct {
	Network safe.Text
	// Add is a domain for which a row is to be added: it is typed already, and the servers
	// are asked for. Empty: none.
	Add safe.Text
	// Edit is the domain of a row whose servers are to be typed. From is the id of the
	// resolver or the peering that it stands in; empty: any. Empty: none.
	Edit, From safe.Text
}

// Trace asks for a name to be traced on a network. Without a network it is the one whose
// mapping fits the name best.
type Trace struct{ Network, Name safe.Text }

// Ways asks for the paths of a network to be shown: how its services are reached, and how
// replies come home.
type Ways struct{ Network safe.Text }

// OpenOf asks for the place of what was pasted.
func OpenOf(p model.Pasted) Open {
	o := Open{Network: p.Network.ID}
	switch {
	case p.Peering != nil:
		o.Peering = p.Peering.ID
	case p.DNS != nil && len(p.DNS.DNS) > 0 && len(p.DNS.DNS[0].Domains) > 0:
		o.Domain = p.DNS.DNS[0].Domains[0]
	}
	return o
}

// Made is how the making of a service and a route stands.
type Made struct{ Making gateway.Making }

// Changes is the time line as it stands; every screen gets every one.
type Changes struct{ View changes.View }

// Known tells a dialog that the screens know more than when it was opened.
type Known struct{}

// Run is how the set-up run in hand stands; every screen gets every one.
type Run struct{ Run setup.Run }

// Applied is how the writing of a mapping table stands; every screen gets every one.
type Applied struct{ Apply dnstable.Apply }

// Traced is how a trace of a name stands; every screen gets every one.
type Traced struct{ Trace dnstrace.Trace }

// Probed is how a probe of all domains stands; every screen gets every one.
type Probed struct{ Matrix dnstrace.Matrix }

// Looked is how the look at every way in stands; every screen gets every one.
type Looked struct{ Report doctor.Report }

// Ranges is how a reading of who has which address range stands.
type Ranges struct{ View ranges.View }

// Paths is how a reading of a network's paths stands; every screen gets every one.
type Paths struct{ View paths.View }

// Dialog is a window above the screen. The top one gets all keys.
type Dialog interface {
	// Title stands in its upper edge.
	Title() string
	// Update takes keys, paste, and messages that are meant for it. It reports
	// whether the dialog is done.
	Update(msg tea.Msg) (done bool, cmd tea.Cmd)
	// Size gives the cells that it wants, of those there are.
	Size(width, height int) (w, h int)
	// View draws its inside.
	View(width, height int) string
	// Cursor is where the text cursor stands in its inside, nil for none.
	Cursor() *tea.Cursor
	// Hint tells its keys, for its lower edge.
	Hint() string
}

// Say makes a command of a message.
func Say(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
