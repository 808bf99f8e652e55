package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"peerdeck/model"
	"peerdeck/services/setup"
)

type setupFlags struct {
	file   string
	output string
	dryRun bool
	yes    bool
	wait   time.Duration
}

// patience is how long a run waits for a person or a cloud when somebody sits at
// the terminal.
const patience = 45 * time.Minute

func (c *cli) setup() *cobra.Command {
	var f setupFlags
	cmd := &cobra.Command{
		Use:   "setup",
		Short: "Set up a peering: consent, role, role assignment, peering, DNS",
		Long: "setup does what the set-up file asks for, step by step, and finds out by itself what is done already:\n" +
			"running it twice changes nothing, and running it again goes on where it stopped.\n\n" +
			"Exit codes: 0 done; 2 stopped at a step that needs a person; 1 failed.",
		Example: "peerdeck setup -f peering.yaml --dry-run\npeerdeck setup -f peering.yaml\npeerdeck setup -f peering.yaml --yes -o json",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runSetup(ctx, f) }),
	}
	p := cmd.Flags()
	p.StringVarP(&f.file, "file", "f", "", "the set-up file; - reads standard input")
	p.StringVarP(&f.output, "output", "o", "text", "form: text, json (one event a line)")
	p.BoolVar(&f.dryRun, "dry-run", false, "list every request that would change something, and send none")
	p.BoolVar(&f.yes, "yes", false, "write without asking, and accept warnings")
	p.DurationVar(&f.wait, "wait", 0, "how long to wait for a consent and for the peering (default 45m at a terminal, else 10m; 0s of consent without one)")
	return cmd
}

func (c *cli) runSetup(ctx context.Context, f setupFlags) (int, error) {
	if !slices.Contains([]string{"text", "json"}, f.output) {
		return ExitFailed, fmt.Errorf("-o: there is no form %q; there are text, json", f.output)
	}
	request, err := c.readSetup(ctx, f.file)
	if err != nil {
		return ExitFailed, err
	}
	// Standard input that held the file cannot answer questions.
	asks := c.world.InTTY && f.file != "-"
	if !f.dryRun && !f.yes && !asks {
		return ExitFailed, errors.New("standard input is no terminal, so nobody can be asked: give --yes to write, or --dry-run to look")
	}
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	desk := s.Setup(ctx, c.world.Panicked)
	defer desk.Close()
	r := &setupRun{cli: c, flags: f, desk: desk, in: bufio.NewReader(c.world.In), asks: asks && !f.yes, began: time.Now()}
	r.out = newEvents(c.world.Out, f.output == "json")
	if !f.dryRun && r.asks && !r.question(fmt.Sprintf("This changes %s and Azure's role assignments on %s. Go on?", request.Network, request.VNet.Name)) {
		return ExitAttention, errors.New("nothing was changed")
	}
	if err := desk.Start(request, model.SetupOptions{DryRun: f.dryRun}); err != nil {
		return ExitFailed, err
	}
	return r.follow(ctx)
}

// setupRun follows a run without a screen.
type setupRun struct {
	*cli
	flags setupFlags
	desk  *setup.Desk
	out   *events
	in    *bufio.Reader
	asks  bool // somebody can be asked
	began time.Time
	seen  uint64
}

// follow prints the run as it happens and answers what it asks.
func (r *setupRun) follow(ctx context.Context) (int, error) {
	limit := r.flags.wait
	if limit == 0 {
		limit = 10 * time.Minute
		if r.world.InTTY {
			limit = patience
		}
	}
	late := time.NewTimer(limit)
	defer late.Stop()
	for {
		select {
		case <-ctx.Done():
			return ExitFailed, ctx.Err()
		case <-late.C:
			return r.stopped(ExitAttention, fmt.Errorf("not done after %s; run it again to go on", limit))
		case run, open := <-r.desk.Runs():
			if !open {
				return ExitFailed, errors.New("the run was ended")
			}
			if code, over, err := r.take(run); over {
				return code, err
			}
		}
	}
}

// take handles one snapshot. It reports whether the run is over for this command.
func (r *setupRun) take(run model.Run) (int, bool, error) {
	r.out.run(run)
	r.lines()
	switch run.State {
	case model.RunDone:
		r.out.end(run, ExitOK)
		return ExitOK, true, nil
	case model.RunFailed:
		st := run.Step(run.Current)
		code, err := r.stopped(ExitFailed, describe(st))
		return code, true, err
	case model.RunCancelled, model.RunInterrupted:
		r.out.end(run, ExitFailed)
		return ExitFailed, true, errors.New("the run was stopped; run it again to go on")
	case model.RunNeedsPerson:
		return r.person(run)
	case model.RunRunning, model.RunPaused:
	}
	return 0, false, nil
}

// person answers what the run asks: warnings by --yes or at the terminal. What only
// somebody else can do is waited for at a terminal, and otherwise ends the command.
func (r *setupRun) person(run model.Run) (int, bool, error) {
	st := run.Step(run.Current)
	if st.Asks == nil {
		return 0, false, nil
	}
	if slices.Contains(st.Asks.Options, model.CommandContinue) {
		if r.flags.yes || (r.asks && r.question(st.Asks.Text+" Go on?")) {
			// An order before this one may still be on its way; then the next snapshot asks again.
			_ = r.desk.Do(model.RunCommand{Kind: model.CommandContinue})
			return 0, false, nil
		}
		code, err := r.stopped(ExitAttention, errors.New(st.Asks.Text))
		return code, true, err
	}
	if st.ID == model.StepConsent && slices.Contains(st.Asks.Options, model.CommandCreatePrincipal) && (r.world.InTTY || r.flags.wait > 0) {
		return 0, false, nil // the link is printed; the run looks again by itself
	}
	text := st.Asks.Text
	if !st.Asks.Link.IsEmpty() {
		text += "\n" + st.Asks.Link.String()
	}
	code, err := r.stopped(ExitAttention, errors.New(text))
	return code, true, err
}

// stopped ends the run at where it stands.
func (r *setupRun) stopped(code int, why error) (int, error) {
	r.desk.Close()
	for run := range r.desk.Runs() {
		r.lines()
		r.out.end(run, code)
	}
	return code, why
}

// lines prints what the log has new.
func (r *setupRun) lines() {
	for _, l := range r.desk.Log(r.seen) {
		r.seen = l.Number
		r.out.line(l)
	}
}

// describe makes the message of a failed step, with its cure.
func describe(st *model.Step) error {
	if st == nil || st.Failure == nil {
		return errors.New("the run failed")
	}
	f := st.Failure
	lines := []string{st.ID.Title() + ": " + f.Error()}
	if f.Cure != "" {
		lines = append(lines, f.Cure)
	}
	if !f.TraceID.IsEmpty() {
		lines = append(lines, "trace "+f.TraceID.String())
	}
	if !f.RequestID.IsEmpty() {
		lines = append(lines, "request "+f.RequestID.String())
	}
	return errors.New(strings.Join(lines, "\n"))
}

// question asks at the terminal. Everything but y and yes is no.
func (r *setupRun) question(text string) bool {
	_, _ = fmt.Fprintf(r.world.Err, "%s [y/N] ", text)
	answer, _ := r.in.ReadString('\n')
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(strings.TrimSpace(answer)))
}
