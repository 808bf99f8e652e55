package browser

import (
	"context"
	"errors"
	"os/exec"
	"time"

	"github.com/peerdeck/peerdeck/services/run/work"
)

// usual is how long a program is watched: one that cannot open a link says so at
// once.
const usual = 2 * time.Second

// starter starts programs that go on without peerdeck.
type starter struct{ patience time.Duration }

// start starts a program with no input, no output and no terminal. It returns an
// error when the program fails within the patience; one that still runs then is a
// browser, and is left alone.
func (s starter) start(ctx context.Context, argv []string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// The browser outlives the question, and the program.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), argv[0], argv[1:]...) //nolint:gosec // argv[0] is from a fixed list, the rest is one checked link
	cmd.SysProcAttr = apart()
	if err := cmd.Start(); err != nil {
		return err
	}
	watch, end := context.WithTimeout(ctx, s.patience)
	defer end()
	_, err := work.Await(watch, "waiting for what opens links", func() (struct{}, error) { return struct{}{}, cmd.Wait() })
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}
