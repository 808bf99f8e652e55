// Package tell runs the program of a person that is told of changes: once for each, with
// what changed as JSON on its standard input. No shell reads anything of it.
package tell

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/services/local/helper"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Command is the program.
type Command struct {
	// Argv is its name or path, and its arguments.
	Argv []string
	// Limit is the most that it may take; it is ended then, with all that it has started.
	Limit time.Duration
	// Clock measures the limit; nil for that of the machine.
	Clock attempt.Clock
	// Context is the name of the context in use; may be empty.
	Context string
}

// message is what the program reads. Members are added, and never change their meaning.
type message struct {
	Version   int       `json:"version"`
	At        time.Time `json:"at"`
	Title     string    `json:"title"`
	Body      string    `json:"body"`
	Kind      string    `json:"kind"`  // finding, state or run
	Sense     string    `json:"sense"` // broke or mended
	Severity  string    `json:"severity"`
	Code      string    `json:"code,omitempty"`
	Network   string    `json:"network,omitempty"`
	NetworkID string    `json:"network_id,omitempty"`
	Subject   string    `json:"subject,omitempty"`
	ObjectID  string    `json:"object_id,omitempty"`
	From      string    `json:"from,omitempty"`
	To        string    `json:"to,omitempty"`
	Cause     string    `json:"cause,omitempty"`
	ChangedBy string    `json:"changed_by,omitempty"`
	Context   string    `json:"context,omitempty"`
}

const version = 1

// mostOutput bounds what is read of what the program prints, in bytes.
const mostOutput = 64 << 10

// Tell runs the program for one change and waits for it. The error says which door is shut.
func (c Command) Tell(ctx context.Context, n telling.Notice) error {
	e := n.Entry
	data, err := json.Marshal(message{
		Version: version, At: e.At.UTC(), Title: n.Title, Body: n.Body, Kind: string(e.Kind), Sense: e.Sense.String(), Severity: e.Severity.String(),
		Code: string(e.Code), Network: e.NetworkName.String(), NetworkID: e.Network.String(), Subject: e.Subject.String(), ObjectID: e.Peering.String(),
		From: e.From.String(), To: e.To.String(), Cause: e.Cause, ChangedBy: e.By.Words(), Context: c.Context,
	})
	if err != nil {
		return fmt.Errorf("notify.command: %w", err)
	}
	limit := c.Limit
	if limit <= 0 {
		limit = telling.UsualLimit
	}
	_, err = helper.Program{Argv: c.Argv, Limit: limit, Most: mostOutput, Clock: c.Clock, Input: append(data, '\n')}.Run(ctx)
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("notify.command: %w", err)
	}
	return err
}
