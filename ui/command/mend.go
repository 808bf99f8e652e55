package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

type mendFlags struct {
	setupFlags

	network, peering, to string
}

func (c *cli) mend() *cobra.Command {
	var f mendFlags
	cmd := &cobra.Command{
		Use:   "mend --network NAME [--peering NAME] [--to ADDRESS[:PORT]|NAME]",
		Short: "Mend a peering, or what lies beside it, where a finding has a known sequence of requests",
		Long: "mend looks at what is wrong, shows every request that mends it, asks once, sends them, and looks until it is well:\n" +
			"both halves deleted and made anew, a dead half deleted that is in the way, a half synced, the gateways let in,\n" +
			"a connection to a DNS server let through a security group by rules that allow it and nothing else,\n" +
			"a route deleted that drops what goes to the gateways, where nothing can be in use over it,\n" +
			"or one row of the mapping table changed, where what was read and heard says what it is to be: --to takes a name, and traces it.\n" +
			"Nothing is deleted of which it is not proved whose it is, and its name is typed before. Run again, it goes on where it stopped.\n\n" +
			"Exit codes: 0 it is well; 2 it needs a person, or no known sequence mends it; 1 failed.",
		Example: "peerdeck mend --network us-west --peering inventory --dry-run\npeerdeck mend --network us-west --peering inventory\n" +
			"peerdeck mend --network us-west --peering inventory --yes --confirm inventory -o json\n" +
			"peerdeck mend --network eu-prod --to 10.20.0.4:53 --dry-run\npeerdeck mend --network eu-prod --to orders.example.org",
		Args: cobra.NoArgs,
		RunE: c.do(func(ctx context.Context) (int, error) { return c.runMend(ctx, f) }),
	}
	p := cmd.Flags()
	p.StringVar(&f.network, "network", "", "the network, by name or id")
	p.StringVar(&f.peering, "peering", "", "the peering, by name or id; left out: the one that can be mended, where there is one alone")
	p.StringVar(&f.to, "to", "", "the address, or address:port, that is to be let through, where several are kept out; or the name that does not resolve")
	p.StringVarP(&f.output, "output", "o", "text", "form: text, json (one event a line, as of setup)")
	p.BoolVar(&f.dryRun, "dry-run", false, "list every request that would change something, and send none")
	p.BoolVar(&f.yes, "yes", false, "begin without asking, where nothing is destroyed")
	p.StringVar(&f.confirm, "confirm", "", "the name that would be typed, where something is destroyed and nobody sits at the terminal")
	p.DurationVar(&f.wait, "wait", 0, "how long to wait for everything together (default 45m at a terminal; else 10m)")
	return cmd
}

// runMend runs the command, and tells a program in the last event how it ended, also when
// nothing began.
func (c *cli) runMend(ctx context.Context, f mendFlags) (int, error) {
	r, err := c.newRun(f.setupFlags)
	if err != nil {
		return ExitFailed, err
	}
	code, err := r.mend(ctx, f)
	r.out.end(code, err, ctx.Err() != nil)
	return code, err
}

// mend looks what is to be mended, and runs it.
func (r *setupRun) mend(ctx context.Context, f mendFlags) (int, error) {
	if f.network == "" {
		return ExitFailed, errors.New("--network is missing: give the name or the id of the network; peerdeck status lists them")
	}
	r.asks = r.world.InTTY && !f.yes
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
	request, code, err := r.toMend(ctx, s, f)
	if request.Mend != nil && err == nil {
		if err := r.service.Start(request, setup.Options{DryRun: f.dryRun}); err != nil { //nolint:contextcheck // the run ends with the context that the service was made with
			return ExitFailed, err
		}
		return r.follow(ctx)
	}
	// A run that was stopped on its way may have left no peering of which a finding could tell.
	id, failed := r.unfinished(ctx, f)
	if failed != nil || id == "" || f.dryRun {
		return code, errors.Join(err, failed)
	}
	r.complain(errors.New("going on with the run that was stopped"))
	if err := r.service.Resume(id, setup.Options{}); err != nil { //nolint:contextcheck // as above
		return ExitFailed, err
	}
	return r.follow(ctx)
}

// unfinished is the id of a run that mends the same and was stopped on its way, empty for
// none. It is found in the journals, since Konnect may not have the peering any more.
func (r *setupRun) unfinished(ctx context.Context, f mendFlags) (string, error) {
	list, err := r.service.Earlier(ctx)
	if err != nil {
		return "", err
	}
	network, peering := safe.New(f.network), safe.New(f.peering)
	for _, run := range list {
		q := run.Request
		if run.Kind != setup.RunMend || run.State == setup.RunDone || run.Last == setup.StepMend || run.Active || run.Elsewhere || q.Network != network {
			continue
		}
		if (peering.IsEmpty() || q.Peering == peering || q.Mend.Peering.EqualFold(peering)) && q.Mend.Reaches(f.to) {
			return run.ID, nil
		}
	}
	return "", nil
}

// toMend finds the peering that is meant, and the request that mends it. A request without a
// sequence: nothing is to be mended.
func (r *setupRun) toMend(ctx context.Context, s *session, f mendFlags) (setup.Request, int, error) {
	snapshot, err := r.look(ctx, s, f.network)
	if err != nil {
		return setup.Request{}, ExitFailed, err
	}
	networks, err := r.choose(snapshot, f.network)
	if failure, failed := unread(snapshot); failed && err != nil {
		return setup.Request{}, ExitFailed, withCure(failure)
	}
	if err != nil {
		return setup.Request{}, ExitFailed, err
	}
	if len(networks) > 1 {
		return setup.Request{}, ExitFailed, fmt.Errorf("%d networks have the name %s; give the id of the one that is meant", len(networks), safe.Clean(f.network))
	}
	if q := dnstrace.Read(f.to); f.to != "" && q.OK() && len(mendableTo(networks[0], f)) == 0 {
		return r.traceToMend(ctx, s, networks[0], f)
	}
	return r.mendable(networks[0], f)
}

// mendableTo are the steps beside the peerings of a network that are about an address or a
// domain.
func mendableTo(n *model.NetworkStatus, f mendFlags) []setup.Request {
	want := safe.New(f.peering)
	return slices.DeleteFunc(setup.Mendable(n), func(r setup.Request) bool {
		return f.peering != "" && r.Peering != want && r.Mend.Peering != want || !r.Mend.Reaches(f.to)
	})
}

// traceToMend finds out why a name does not resolve, and what mends that.
func (r *setupRun) traceToMend(ctx context.Context, s *session, n *model.NetworkStatus, f mendFlags) (setup.Request, int, error) {
	tracer := s.Tracer(ctx, r.world.Panicked)
	defer tracer.Close()
	if err := tracer.Trace(dnstrace.Request{Network: n.ID, Text: f.to}); err != nil { //nolint:contextcheck // it ends with the context that the tracer was made with
		return setup.Request{}, ExitFailed, withCure(err)
	}
	for t := range tracer.Traces() {
		if !t.State.Over() {
			r.progress(t.Query.Asked().String() + ": " + t.Now(s.settings.Time.Clock().Now()))
			continue
		}
		r.progress("")
		if request, can := setup.MendFor(n, t.Next()); can {
			return request, ExitOK, nil
		}
		code, err := r.tracedCode(t)
		switch {
		case err != nil:
			return setup.Request{}, code, err
		case code == ExitOK:
			r.complain(errors.New("nothing is to be mended: " + t.Conclusion().Cause))
			return setup.Request{}, ExitOK, nil
		default:
			return setup.Request{}, ExitAttention, fmt.Errorf("no known sequence mends this.\n%s", strings.TrimSpace(t.Head()))
		}
	}
	return setup.Request{}, ExitFailed, errors.New("it was ended")
}

// mendable picks what is to be mended of a network: a peering, by its name or id, or what lies
// beside one, by its address; or the only thing that can be.
func (r *setupRun) mendable(n *model.NetworkStatus, f mendFlags) (setup.Request, int, error) {
	var can, lines, names []string
	var request setup.Request
	name := f.peering
	want, met := safe.New(name), false
	for i := range n.Peerings {
		p := &n.Peerings[i]
		names = append(names, p.Name.String())
		if name != "" && p.Name != want && p.ID != want {
			continue
		}
		met = true
		if one, ok := setup.MendOf(n.Network, *p); ok && f.to == "" {
			can, request = append(can, p.Name.Or(p.ID.String()).String()), one
			continue
		}
		lines = append(lines, strings.TrimSpace(p.Name.Or(p.ID.String()).String()+": "+p.Finding.Cause+" "+p.Finding.Next.Line()))
	}
	for _, one := range mendableTo(n, f) {
		can, request = append(can, "--to "+one.Mend.To()+" ("+one.Mend.What()+")"), one
	}
	switch {
	case f.to != "" && len(can) == 0:
		return setup.Request{}, ExitAttention, fmt.Errorf("no finding of the network's ways says that %s is kept out by a security group which a rule could open; peerdeck status --network %s lists them, and peerdeck paths reads the ways anew", safe.Clean(f.to), safe.Clean(f.network))
	case !met && name != "":
		return setup.Request{}, ExitFailed, r.unknown("peering", name, names)
	case len(can) == 1:
		return request, ExitOK, nil
	case len(can) > 1:
		return setup.Request{}, ExitAttention, fmt.Errorf("several things can be mended: %s; give one with --peering, or with --to", strings.Join(can, ", "))
	case !n.Finding.NeedsPerson():
		r.complain(fmt.Errorf("nothing is to be mended: %s", n.Finding.Cause))
		return setup.Request{}, ExitOK, nil
	default:
		return setup.Request{}, ExitAttention, fmt.Errorf("no known sequence mends this, or whose the halves are is not proved.\n%s", strings.Join(lines, "\n"))
	}
}

// confirms answers a question for a name that has to be typed: at the terminal, or by the
// flag that has it.
func (r *setupRun) confirms(ctx context.Context, a *setup.Ask) (bool, error) {
	if r.flags.confirm != "" {
		return a.Confirm == safe.New(r.flags.confirm), nil
	}
	if !r.world.InTTY {
		return false, nil
	}
	answer, err := r.ask(ctx, r.in, a.Text+" ["+a.Confirm.String()+"] ")
	return err == nil && safe.New(answer) == a.Confirm, err
}
