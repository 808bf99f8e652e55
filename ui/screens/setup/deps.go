// Package setup is the screen of the guided set-up of a peering: the form, the run
// as it happens, and the earlier runs. The work itself is a service's; the screen
// sees it as values that come by themselves.
package setup

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// Service is all that the screen needs of the set-up. Its methods return at once,
// unless they take a context. Its errors are failures with a cure.
type Service interface {
	Runner
	Journals
	Places
	Files
	Others
}

// Runner runs set-ups, one at a time. How the run stands comes by a channel.
type Runner interface {
	// Start begins a set-up.
	Start(r setup.Request, o setup.Options) error
	// Resume goes on with an earlier run, from its journal.
	Resume(id string, o setup.Options) error
	// Teardown begins to remove what a run has made; each object is asked for.
	Teardown(id string) error
	// Do gives an order to the run in hand.
	Do(c setup.RunCommand) error
	// Log returns the lines of the run in hand behind a number, the oldest first.
	Log(after uint64) []model.LogLine
}

// Journals are the runs of this machine, as they were written down.
type Journals interface {
	// Earlier lists the runs of which there is a journal, the newest first.
	Earlier(ctx context.Context) ([]setup.RunSummary, error)
	// Journal returns the journal of a run as lines to read.
	Journal(ctx context.Context, id string) ([]model.LogLine, error)
}

// Places are what the account can see, to pick from.
type Places interface {
	// Subscriptions lists those of a tenant; an empty tenant is the account's own.
	Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error)
	// VNets lists the VNETs of a subscription.
	VNets(ctx context.Context, tenant, subscription safe.Text) ([]model.VNet, error)
}

// Files keep a form, and texts for others.
type Files interface {
	// ReadFile and WriteFile load and save a set-up file.
	ReadFile(ctx context.Context, path string) (setup.Request, error)
	WriteFile(ctx context.Context, path string, r setup.Request) error
	// SaveText writes a text, such as a hand-off, to a file.
	SaveText(ctx context.Context, path, text string) error
}

// Others are the ways to other people and other programs.
type Others interface {
	// OpenLink shows a link in the browser of this machine.
	OpenLink(ctx context.Context, link safe.Text) error
	// Handoff is the text for the Azure administrator, as "sh" or as "md".
	Handoff(r setup.Request, form string) string
	// ConsentLink is the page on which an administrator lets Kong's application in.
	ConsentLink(r setup.Request) safe.Text
}
