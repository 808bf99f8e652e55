package command

import (
	"context"
	"fmt"
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// defaultTimeout is the most that a command that looks once takes, unless --timeout says
// otherwise.
const defaultTimeout = 30 * time.Second

// inTime gives a command that looks once the time of --timeout. Commands that change
// something, that wait for a person, or that go on until they are stopped have none: what
// they began must come to its end.
func (c *cli) inTime(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if c.timeout <= 0 {
		return ctx, func() {}, fmt.Errorf("--timeout: %s is over before anything is asked; give a time such as %s", c.timeout, defaultTimeout)
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	return ctx, cancel, nil
}

// look reads both clouds once, in the time of --timeout; the parts of one network alone
// where it is named. What was not read by then is in the snapshot as a failure. The error
// is the end of ctx by somebody else.
func (c *cli) look(ctx context.Context, s *session, network string) (model.Snapshot, error) {
	within, cancel, err := c.inTime(ctx)
	if err != nil {
		return model.Snapshot{}, err
	}
	defer cancel()
	snapshot := s.Watcher.CollectOne(within, safe.New(network))
	return snapshot, ctx.Err()
}
