package app

import (
	"context"
	"io"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/services/local/job"
)

// suspend gives the terminal back and stops the program until the shell continues it.
func suspend(ctx context.Context) tea.Cmd {
	return tea.Exec(stop{ctx}, func(error) tea.Msg { return tea.ResumeMsg{} })
}

// stop is what Bubble Tea runs while the terminal is as it was before.
type stop struct{ ctx context.Context } //nolint:containedctx // tea.ExecCommand hands on none

// Run stops and is continued.
func (s stop) Run() error { return job.Stop(s.ctx) }

// SetStdin takes nothing: no other program runs.
func (stop) SetStdin(io.Reader) {}

// SetStdout takes nothing.
func (stop) SetStdout(io.Writer) {}

// SetStderr takes nothing.
func (stop) SetStderr(io.Writer) {}
