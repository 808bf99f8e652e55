// Package workspace owns the mapping tables while a person works on them: what was read,
// the edits that are staged, what the rules find, what others have changed meanwhile, and
// the order that is being carried out. The table and the pages behind it are views of it.
// It decides nothing about the screen, and the work itself is a service's.
package workspace

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Service is all that a workspace needs of the mapping tables. Its methods return at
// once, unless they take a context. Its errors are failures with a cure.
type Service interface {
	Writer
	Drafts
	Texts
}

// Writer writes tables, one at a time. How the write stands comes by a channel.
type Writer interface {
	// Apply begins to write a table.
	Apply(o dnstable.Order) error
	// Unfinished lists the orders of earlier sessions of which nobody knows the end.
	Unfinished(ctx context.Context) ([]dnstable.Unfinished, error)
	// Recheck looks what became of one, and writes nothing.
	Recheck(u dnstable.Unfinished) error
	// Cancel ends the write in hand, as long as nothing was sent.
	Cancel()
	// Write is the request that an order would send to a resolver as it is now.
	Write(o dnstable.Order, now model.PrivateDNS) model.Write
}

// Drafts are the staged edits, and the tables before each write, as they are kept on
// this machine.
type Drafts interface {
	// SaveDraft keeps a draft in place of the one of the same target.
	SaveDraft(ctx context.Context, draft dnstable.Saved) error
	// Draft returns the drafts of a network, and what is wrong with those that cannot
	// be read.
	Draft(ctx context.Context, network safe.Text) ([]dnstable.Saved, []string, error)
	// DropDraft forgets the draft of a target; one that is not there is no error.
	DropDraft(ctx context.Context, target dnstable.Target) error
	// RestorePoints lists the tables before each write to a network, the newest first.
	RestorePoints(ctx context.Context, network safe.Text) ([]dnstable.RestorePoint, error)
}

// Texts reads and writes tables in the formats of files.
type Texts interface {
	// Parse reads a text of whatever format.
	Parse(text string) dnstable.Imported
	// ReadFile reads a file of whatever format.
	ReadFile(ctx context.Context, path string) (dnstable.Imported, error)
	// Format writes the rows of a table in a format. The notes say what is left out.
	Format(format dnstable.Format, t dnstable.Target, rows []dnstable.Row) (text string, notes []string, err error)
	// WriteFile writes rows to a file; one that is there is replaced only when that is
	// said.
	WriteFile(ctx context.Context, path string, format dnstable.Format, t dnstable.Target, rows []dnstable.Row, overwrite bool) error
}
