package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/ui/report"
)

type dnsApplyFlags struct {
	dnsFileFlags

	prune   bool
	yes     bool
	dryRun  bool
	confirm int
	without []string
}

func (c *cli) dnsApply() *cobra.Command {
	var f dnsApplyFlags
	cmd := &cobra.Command{
		Use: "apply FILE", Short: "Write the mappings of a file into a network's outbound resolver",
		Long: "apply adds the domains of the file and gives those that are there the file's servers. Without --prune nothing is removed.\n" +
			"It reads the table again right before it writes, keeps what was there as a restore point, reads it back and compares, and\n" +
			"waits until Konnect says ready. Where the network has no outbound resolver, one is made.\n\n" +
			"Errors stop it. Warnings are listed, and accepted with the answer y or with --yes.\n\n" +
			"Exit codes: 0 it is as in the file; 2 somebody else has changed the table meanwhile, what was read back differs, --dry-run\n" +
			"found something to write, or you said no; 1 it failed, or the file cannot be used.",
		Example: "peerdeck dns apply mappings.yaml --network eu-prod\npeerdeck dns apply mappings.yaml --network eu-prod --prune --yes -o json",
		Args:    cobra.ExactArgs(1),
		RunE:    c.doWith(func(ctx context.Context, args []string) (int, error) { return c.runDNSApply(ctx, args[0], f) }),
	}
	f.file(cmd)
	p := cmd.Flags()
	p.BoolVar(&f.prune, "prune", false, "remove the domains that the file does not hold")
	p.BoolVar(&f.yes, "yes", false, "write without asking, and take warnings; needed when standard input is not a terminal")
	p.BoolVar(&f.dryRun, "dry-run", false, "say what would be sent, and send nothing")
	p.IntVar(&f.confirm, "confirm-removal", 0, "the number of domains that are there, needed with --yes where more than 30 % of them go")
	p.StringSliceVar(&f.without, "without", nil, "members that Konnect refuses to take back and peerdeck does not know: leave them out")
	return cmd
}

// dnsApplied is the document of "peerdeck dns apply -o json". Its keys are stable.
type dnsApplied struct {
	dnsDifference

	State   string             `json:"state"` // equal, dry-run, refused, or how the order ended: done, meanwhile, differs, failed, cancelled
	Sent    bool               `json:"sent"`  // a request that changes something has left
	Note    string             `json:"note"`
	Left    []report.DNSChange `json:"left"` // where what was read back differs from the file
	Restore string             `json:"restore_point"`
	Failure *failureEvent      `json:"failure"`
	Exit    int                `json:"exit"`
}

func (c *cli) runDNSApply(ctx context.Context, path string, f dnsApplyFlags) (int, error) {
	if err := outputs(f.output, "text", "json"); err != nil {
		return ExitFailed, err
	}
	a := &dnsApplyRun{cli: c, flags: f, path: path}
	a.document.Changes, a.document.Problems, a.document.Left = []report.DNSChange{}, []report.DNSProblem{}, []report.DNSChange{}
	code, err := a.do(ctx)
	if f.output == "json" {
		if err != nil && a.document.State == "" {
			a.document.State = "refused"
		}
		a.document.Exit = code
		if code == ExitOK && err != nil {
			a.document.Exit = ExitFailed
		}
		err = errors.Join(err, report.WriteDocument(c.world.Out, report.JSON, a.document))
	}
	return code, err
}

// dnsApplyRun is one apply without a screen.
type dnsApplyRun struct {
	*cli

	flags    dnsApplyFlags
	path     string
	document dnsApplied
	in       *bufio.Reader
}

func (a *dnsApplyRun) do(ctx context.Context) (int, error) {
	f := a.flags
	asks := a.world.InTTY && a.path != "-" && !f.yes
	if !f.dryRun && !f.yes && !asks {
		return ExitFailed, errors.New("standard input is no terminal, so nobody can be asked: give --yes to write, or --dry-run to look")
	}
	w, err := a.readWhole(ctx, a.path, f.format)
	if err != nil {
		return ExitFailed, err
	}
	s, err := a.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	a.warn(s.settings.Warnings)
	t, err := a.readTable(ctx, s, f.place)
	if err != nil {
		return ExitFailed, err
	}
	o := dnstable.Order{Target: t.target(), Base: t.rows, Rows: dnstable.NewDraft(dnstable.Desired(t.rows, w.rows, f.prune)).Rows(), Confirmed: f.confirm, Without: f.without}
	problems := o.Concerning(t.problems(o.Rows))
	a.document.Network, a.document.Resolver = t.status.Name, o.Target.ResolverName
	a.document.Changes, a.document.Problems = report.DNSChanges(o.Changes()), report.DNSProblems(problems, o.Rows, nil)
	if len(o.Changes()) == 0 {
		a.document.State, a.document.Equal = "equal", true
		return ExitOK, a.say("%s: nothing to do, %s as in %s.\n", t.status.Name, phrase.Count(len(t.rows), "domain"), w.name())
	}
	if err := a.say("%s%s\n%s", report.DNSChangeText(o.Changes()), changeSummary(o.Changes(), len(t.rows)), report.DNSProblemText(a.document.Problems)); err != nil {
		return ExitFailed, err
	}
	if worst, found := dnstable.Worst(problems); found && worst == dnstable.Error {
		return ExitFailed, errors.New("nothing was written: mend the errors above")
	}
	writer := s.Mappings(ctx, a.world.Panicked)
	defer writer.Close()
	if f.dryRun {
		return a.dry(writer, o, t)
	}
	o.Accepted = warnings(problems)
	a.in = bufio.NewReader(a.world.In)
	if asks {
		if yes, err := a.agrees(ctx, &o); err != nil || !yes {
			return ExitAttention, errors.Join(err, errors.New("nothing was changed"))
		}
	} else if n := o.Guard().Number(); n > 0 && f.confirm != n {
		return ExitFailed, fmt.Errorf("this removes %s: give --confirm-removal %d if that is meant", o.Guard().Words(), n)
	}
	if err := writer.Apply(o); err != nil { //nolint:contextcheck // it ends with the context that the writer was made with
		return ExitFailed, withCure(err)
	}
	return a.follow(ctx, writer)
}

// say prints for people; programs read the document at the end.
func (a *dnsApplyRun) say(format string, args ...any) error {
	if a.flags.output == "json" {
		return nil
	}
	return a.print(fmt.Sprintf(format, args...))
}

func (a *dnsApplyRun) dry(writer *mappings.Writer, o dnstable.Order, t dnsTable) (int, error) {
	a.document.State = "dry-run"
	now := t.resolverNow()
	w := writer.Write(o, now)
	return ExitAttention, a.say("\nWould send: %s %s\n%s\n", w.Method, w.URL, strings.Join(w.BodyLines(), "\n"))
}

// warnings lists the rules of the warnings, which an answer accepts.
func warnings(problems []dnstable.Problem) []string {
	var out []string
	for _, p := range problems {
		if p.Severity == dnstable.Warning {
			out = append(out, p.Rule)
		}
	}
	return out
}

// agrees asks whether to go on; where many domains go, it asks for their number.
func (a *dnsApplyRun) agrees(ctx context.Context, o *dnstable.Order) (bool, error) {
	if n := o.Guard().Number(); n > 0 && o.Confirmed != n {
		answer, err := a.ask(ctx, a.in, fmt.Sprintf("This removes %s of %s. Type %d to go on: ", o.Guard().Words(), o.Target.NetworkName, n))
		typed, _ := strconv.Atoi(answer)
		o.Confirmed = typed
		return err == nil && typed == n, err
	}
	answer, err := a.ask(ctx, a.in, fmt.Sprintf("This changes the mappings of %s in Konnect. Go on? [y/N] ", o.Target.NetworkName))
	return agreed(answer), err
}

// follow prints the order as it happens.
func (a *dnsApplyRun) follow(ctx context.Context, writer *mappings.Writer) (int, error) {
	seen := 0
	for now := range writer.Applies() {
		for ; seen < len(now.Log); seen++ {
			if err := a.say("%s  %s\n", now.Log[seen].At.Format("15:04:05"), now.Log[seen].Text); err != nil {
				return ExitFailed, err
			}
		}
		if !now.State.Over() {
			continue
		}
		d := &a.document
		d.State, d.Sent, d.Note, d.Left, d.Restore = string(now.State), now.Sent, now.Note, report.DNSChanges(now.Left), string(now.Restore)
		d.Equal = now.State == dnstable.ApplyDone
		if now.Note != "" {
			a.warn([]string{now.Note})
		}
		return a.ended(ctx, now)
	}
	return ExitFailed, errors.New("the order was ended")
}

// ended makes the exit code and the message of an order's end.
func (a *dnsApplyRun) ended(ctx context.Context, now dnstable.Apply) (int, error) {
	switch now.State {
	case dnstable.ApplyDone:
		return ExitOK, nil
	case dnstable.ApplyMeanwhile:
		return ExitAttention, fmt.Errorf("somebody else has changed the table meanwhile; nothing was written:\n%sRun it again to compare with what is there now",
			report.DNSChangeText(dnstable.Diff(now.Order.Base, now.Theirs)))
	case dnstable.ApplyDiffers:
		return ExitAttention, fmt.Errorf("it was written, and what is there now differs from it:\n%sThe table before it is kept as the restore point %s",
			report.DNSChangeText(now.Left), now.Restore)
	case dnstable.ApplyCancelled:
		err := errors.New("stopped; nothing was written")
		if ctx.Err() != nil {
			a.complain(err) // of what a signal ends, nobody else says anything
		}
		return ExitFailed, err
	case dnstable.ApplyFailed, dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting:
	}
	if f := now.Failure; f != nil {
		a.document.Failure = &failureEvent{Kind: f.Kind, Cause: f.Cause, Code: f.Code, TraceID: f.TraceID, RequestID: f.RequestID}
		if len(now.Unwanted) > 0 {
			shown := *f
			f = &shown
			f.Cure += " Give --without " + safe.Clean(strings.Join(now.Unwanted, ",")) + " to leave it out."
		}
		return ExitFailed, withCure(*f)
	}
	return ExitFailed, errors.New("it failed")
}
