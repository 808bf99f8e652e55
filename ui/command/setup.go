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

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

type setupFlags struct {
	file   string
	output string
	dryRun bool
	yes    bool
	wait   time.Duration
	// confirm is a name that has to be typed, for a run that destroys something.
	confirm string
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
			"With -o json each line is an event: step (how a step stands now), write (a request, before it is sent), log (a line for\n" +
			"people), and at the very end one end, with the state, the number of writes and the exit code.\n\n" +
			"Exit codes: 0 done; 2 stopped at a step that needs a person; 1 failed.",
		Example: "peerdeck setup -f peering.yaml --dry-run\npeerdeck setup -f peering.yaml\npeerdeck setup -f peering.yaml --yes -o json",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runSetup(ctx, f) }),
	}
	p := cmd.Flags()
	p.StringVarP(&f.file, "file", "f", "", "the set-up file; - reads standard input")
	p.StringVarP(&f.output, "output", "o", "text", "form: text, json (one event a line)")
	p.BoolVar(&f.dryRun, "dry-run", false, "list every request that would change something, and send none")
	p.BoolVar(&f.yes, "yes", false, "write without asking, and take warnings; what others have written is never replaced without asking")
	p.DurationVar(&f.wait, "wait", 0, "how long to wait for everything together, a consent too (default 45m at a terminal; else 10m, and not for a consent)")
	return cmd
}

// runSetup runs the command, and tells a program in the last event how it ended,
// also when nothing began.
func (c *cli) runSetup(ctx context.Context, f setupFlags) (int, error) {
	r, err := c.newRun(f)
	if err != nil {
		return ExitFailed, err
	}
	code, err := r.do(ctx)
	r.out.end(code, err, ctx.Err() != nil)
	return code, err
}

// newRun returns a run that is printed in the form that was asked for.
func (c *cli) newRun(f setupFlags) (*setupRun, error) {
	if !slices.Contains([]string{"text", "json"}, f.output) {
		return nil, fmt.Errorf("-o: there is no form %q; there are text, json", f.output)
	}
	return &setupRun{cli: c, flags: f, out: newEvents(c.world.Out, f.output == "json"), asked: map[string]bool{}, in: bufio.NewReader(c.world.In)}, nil
}

// setupRun is a run without a screen.
type setupRun struct {
	*cli
	flags   setupFlags
	service *setuprun.Service
	out     *events
	in      *bufio.Reader
	asks    bool // somebody can be asked
	asked   map[string]bool
	seen    uint64
}

// do reads what is wanted, asks once, and runs it.
func (r *setupRun) do(ctx context.Context) (int, error) {
	f := r.flags
	if f.wait < 0 {
		return ExitFailed, fmt.Errorf("--wait: %s is over before it begins; give a time such as 20m", f.wait)
	}
	request, err := r.readSetup(ctx, f.file)
	if err != nil {
		return ExitFailed, err
	}
	// Standard input that held the file cannot answer questions.
	r.asks = r.world.InTTY && f.file != "-" && !f.yes
	if !f.dryRun && !f.yes && !r.asks {
		return ExitFailed, errors.New("standard input is no terminal, so nobody can be asked: give --yes to write, or --dry-run to look")
	}
	s, err := r.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	r.warn(s.settings.Warnings)
	if s.settings.ReadOnly && !f.dryRun {
		return ExitFailed, setuprun.ErrReadOnly // before anybody is asked
	}
	r.service = s.Setup(ctx, r.world.Panicked)
	defer r.service.Close()
	if !f.dryRun && r.asks {
		yes, err := r.question(ctx, changes(request))
		if err != nil {
			return ExitFailed, err
		}
		if !yes {
			return ExitAttention, errors.New("nothing was changed")
		}
	}
	if err := r.service.Start(request, setup.Options{DryRun: f.dryRun}); err != nil { //nolint:contextcheck // the run ends with the context that the service was made with
		return ExitFailed, err
	}
	return r.follow(ctx)
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
		case <-late.C:
			err := fmt.Errorf("not done after %s%s; run it again to go on", phrase.Exact(limit), waiting(r.out.now))
			r.end()
			return ExitAttention, err
		case run, open := <-r.service.Runs():
			if !open {
				return ExitFailed, errors.New("the run was ended")
			}
			if code, over, err := r.receive(ctx, run); over {
				return code, err
			}
		}
	}
}

// waiting says what a run waits for, with the words that lead to it.
func waiting(run setup.Run) string {
	st := run.Step(run.Current)
	if st == nil {
		return ""
	}
	text := ", at " + st.ID.Title()
	if st.Wait != nil && st.Asks == nil {
		text += ": " + st.Wait.Why
	}
	return text
}

// receive handles one snapshot. It reports whether the run is over for this command. A
// signal ends the run, and its last snapshot comes here as any other.
func (r *setupRun) receive(ctx context.Context, run setup.Run) (int, bool, error) {
	r.lines(run)
	r.out.run(run)
	switch run.State {
	case setup.RunDone:
		return ExitOK, true, nil
	case setup.RunFailed:
		r.end()
		return ExitFailed, true, describe(run)
	case setup.RunCancelled, setup.RunInterrupted:
		err := errors.New("stopped; what was made stays, and running it again goes on from there")
		if run.DryRun {
			err = errors.New("stopped; nothing was written")
		}
		if ctx.Err() != nil {
			r.complain(err) // of what a signal ends, nobody else says anything
		}
		return ExitFailed, true, err
	case setup.RunNeedsPerson:
		return r.person(ctx, run)
	case setup.RunRunning, setup.RunPaused:
	}
	return 0, false, nil
}

// person answers what the run asks: warnings by --yes or at the terminal. What only
// somebody else can do is waited for at a terminal, and otherwise ends the command.
func (r *setupRun) person(ctx context.Context, run setup.Run) (int, bool, error) {
	st := run.Step(run.Current)
	if st == nil || st.Asks == nil {
		return 0, false, nil
	}
	// A question stays in the snapshots until the run has taken the answer.
	key := string(st.ID) + st.StartedAt.String() + st.Asks.Text
	if r.asked[key] {
		return 0, false, nil
	}
	if kind, ok := proposed(st.Asks); ok {
		yes := r.agrees(ctx, st, kind)
		if yes && r.service.Do(setup.RunCommand{Kind: kind}) == nil {
			r.asked[key] = true
		}
		if yes || ctx.Err() != nil { // the end of ctx ends the run, which tells it
			return 0, false, ctx.Err()
		}
		r.end()
		return ExitAttention, true, errors.New(st.Asks.Text)
	}
	if !st.Asks.Confirm.IsEmpty() && slices.Contains(st.Asks.Options, setup.CommandConfirm) {
		return r.typedName(ctx, st, key)
	}
	consent := st.ID == setup.StepConsent && slices.Contains(st.Asks.Options, setup.CommandCreatePrincipal)
	if consent && (r.world.InTTY || r.flags.wait > 0) {
		r.asked[key] = true
		return 0, false, nil // the link is printed; the run looks again by itself
	}
	text := st.Asks.Text
	if consent {
		text = "an administrator of the tenant must let Kong's application in, by the link; run it again after that, or give --wait 30m to wait here"
	}
	if !st.Asks.Link.IsEmpty() {
		text += "\n" + st.Asks.Link.String()
	}
	r.end()
	return ExitAttention, true, errors.New(text)
}

// typedName answers a question for the name of what is destroyed.
func (r *setupRun) typedName(ctx context.Context, st *setup.Step, key string) (int, bool, error) {
	yes, err := r.confirms(ctx, st.Asks)
	if yes && r.service.Do(setup.RunCommand{Kind: setup.CommandConfirm, Text: st.Asks.Confirm}) == nil {
		r.asked[key] = true
	}
	if yes || err != nil {
		return 0, false, err
	}
	_ = r.service.Do(setup.RunCommand{Kind: setup.CommandCancel}) // it is not left as one that was stopped on its way
	text := st.Asks.Text + " Nothing was begun."
	if !r.world.InTTY {
		text += " Without a terminal: --confirm " + model.ShellQuote(st.Asks.Confirm.String())
	}
	r.end()
	return ExitAttention, true, errors.New(text)
}

// proposed is what a question proposes to do, if it is that sort of question.
func proposed(a *setup.Ask) (setup.RunCommandKind, bool) {
	for _, k := range []setup.RunCommandKind{setup.CommandContinue, setup.CommandReplace, setup.CommandSendAgain, setup.CommandBeside} {
		if slices.Contains(a.Options, k) {
			return k, true
		}
	}
	return "", false
}

// agrees reports whether the person takes what the step proposes. To replace what
// others have written, to send again what may have been done, and to make a second one
// beside what is not shown, is never agreed to beforehand.
func (r *setupRun) agrees(ctx context.Context, st *setup.Step, kind setup.RunCommandKind) bool {
	if kind == setup.CommandContinue && (r.flags.yes || !r.asks) {
		return r.flags.yes
	}
	if !r.world.InTTY || r.flags.file == "-" {
		return false
	}
	text := st.Asks.Text
	if i := slices.Index(st.Asks.Options, kind); i >= 0 && i < len(st.Asks.Labels) {
		text += " y: " + st.Asks.Labels[i] + "."
	}
	yes, err := r.question(ctx, text)
	return yes && err == nil
}

// end ends the run at where it stands; its journal keeps that.
func (r *setupRun) end() {
	r.service.Close()
	for run := range r.service.Runs() {
		r.lines(run)
		r.out.last(run)
	}
}

// lines prints what the log has new, as far as the snapshot knows of it, each line
// behind the requests that were planned before it.
func (r *setupRun) lines(run setup.Run) {
	for _, l := range r.service.Log(r.seen) {
		if l.Number > run.Log {
			return
		}
		r.seen = l.Number
		r.out.planned(run, l)
		r.out.line(l)
	}
}

// describe makes the message of a failed run, with its cure.
func describe(run setup.Run) error {
	st := run.Step(run.Current)
	f, title := run.Failure, ""
	if st != nil && st.Failure != nil {
		f, title = st.Failure, st.ID.Title()+": "
	}
	if f == nil {
		return errors.New("the run failed")
	}
	// The title says what was done; the failure need not say it again.
	lines := append([]string{title + strings.TrimPrefix(f.Error(), strings.ToLower(title))}, wayOut(*f)...)
	return errors.New(strings.Join(lines, "\n"))
}

// question asks at the terminal. Everything but y and yes is no. The error is the
// end of ctx, as by ctrl+c.
func (r *setupRun) question(ctx context.Context, text string) (bool, error) {
	answer, err := r.ask(ctx, r.in, text+" [y/N] ")
	return agreed(answer), err
}

// changes asks whether to change what a run changes.
func changes(r setup.Request) string {
	if r.Hub {
		return fmt.Sprintf("This changes the network %s in Konnect; Kong then connects its VNET to the virtual hub %s. Go on?", r.Network, r.VNet.Name)
	}
	return fmt.Sprintf("This changes the network %s in Konnect, and Azure's roles for the VNET %s. Go on?", r.Network, r.VNet.Name)
}
