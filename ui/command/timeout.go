package command

import (
	"context"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// defaultTimeout is the most that a command that looks once takes, unless --timeout says
// otherwise: long enough for an Azure CLI that hangs to have had its time, so that it is
// said.
const defaultTimeout = 45 * time.Second

// inTime gives a command that looks once the time of --timeout. Commands that change
// something, that wait for a person, or that go on until they are stopped have none: what
// they began must come to its end.
func (c *cli) inTime(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if err := c.hasTime(); err != nil {
		return ctx, func() {}, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	return ctx, cancel, nil
}

// hasTime refuses a time that is none.
func (c *cli) hasTime() error {
	if c.timeout <= 0 {
		return fmt.Errorf("--timeout: %s is over before anything is asked; give a time such as %s", c.timeout, defaultTimeout)
	}
	return nil
}

// look reads both clouds once, in the time of --timeout; the parts of one network alone
// where it is named. What was not read by then is in the snapshot as a failure. The error
// is the end of ctx by somebody else.
func (c *cli) look(ctx context.Context, s *session, network string) (model.Snapshot, error) {
	return c.lookFor(ctx, s, network, c.timeout)
}

// lookFor does the same in a part of that time: who asks servers afterwards leaves some
// for them.
func (c *cli) lookFor(ctx context.Context, s *session, network string, most time.Duration) (model.Snapshot, error) {
	if err := c.hasTime(); err != nil {
		return model.Snapshot{}, err
	}
	within, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	snapshot := s.Watcher.CollectOne(within, safe.New(network))
	return snapshot, ctx.Err()
}
