package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	pathreader "github.com/peerdeck/peerdeck/services/paths"
	"github.com/peerdeck/peerdeck/ui/report"
)

type pathsFlags struct {
	network string
	to      []string
	past    bool
	effect  bool
	assume  string
	output  string
}

func (c *cli) paths() *cobra.Command {
	var f pathsFlags
	cmd := &cobra.Command{
		Use:   "paths",
		Short: "Follow requests from a network to its services, and the replies back",
		Long: "paths reads the services of every control plane that uses a network, and tells of each how its host is reached: over which\n" +
			"peering, by which rule of the mapping table and what its servers answer, over the Internet past every peering, or not at all;\n" +
			"whether security rules let the requests in, and whether the replies find their way back.\n\n" +
			"With --to it follows the way to one place hop by hop, whether a service goes there or not.\n\n" +
			"With --in-effect beside --to it asks Azure what is really in effect at the network cards on that way: it takes seconds, a machine\n" +
			"that runs, and a right beyond that of a reader.\n\n" +
			"With --assume it judges changes before anybody makes them: routes, rules, mappings, address ranges and peerings of a file\n" +
			"(docs/paths-what-if.md), and tells which verdicts would be others. Nothing is ever written. Its exit code is 2 where\n" +
			"something would get worse, or would need somebody then.\n\n" +
			"Exit codes: 0 nothing was found; 2 there are findings, something is not known, or the time of --timeout was over; 1 it failed.",
		Example: "peerdeck paths --network eu-prod\npeerdeck paths --network eu-prod --past\npeerdeck paths --network eu-prod --to orders.example.org:443\npeerdeck paths --network eu-prod --to 10.20.4.10:8080 --in-effect\npeerdeck paths --network eu-prod --assume what-if.yaml",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runPaths(ctx, f) }),
	}
	p := cmd.Flags()
	p.StringVar(&f.network, "network", "", "name or id of the network in Konnect; not needed where there is one")
	p.StringArrayVar(&f.to, "to", nil, "follow the way to HOST:PORT, hop by hop; the name of a service will do; may be given again")
	_ = cmd.RegisterFlagCompletionFunc("to", c.domains) // the flag is there
	p.BoolVar(&f.past, "past", false, "list only the services whose requests do not go over a peering")
	p.BoolVar(&f.effect, "in-effect", false, "ask Azure what is really in effect at the network cards that --to leads to")
	p.StringVar(&f.assume, "assume", "", "judge the changes of this file (- for standard input) instead: which verdicts would be others")
	p.StringVarP(&f.output, "output", "o", "text", "form: text, json, yaml")
	cmd.AddCommand(c.pathsAddresses())
	return cmd
}

func (c *cli) runPaths(ctx context.Context, f pathsFlags) (int, error) {
	if err := outputs(f.output, "text", "json", "yaml"); err != nil {
		return ExitFailed, err
	}
	if f.effect && len(f.to) == 0 {
		return ExitFailed, errors.New("--in-effect: say with --to HOST:PORT which way is meant")
	}
	assumed, err := c.proposal(f)
	if err != nil {
		return ExitFailed, err
	}
	if f.network, err = mismatch(assumed, f); err != nil {
		return ExitFailed, err
	}
	to, err := readTo(f.to)
	if err != nil {
		return ExitFailed, err
	}
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	within, cancel, err := c.inTime(ctx)
	if err != nil {
		return ExitFailed, err
	}
	defer cancel()
	n, err := c.readOnlyNetwork(ctx, s, f.network)
	if err != nil {
		return ExitFailed, err
	}
	v, err := c.readPaths(within, s, n, to, f.effect)
	if err != nil {
		return ExitFailed, err
	}
	if assumed != nil {
		return c.whatIf(v, *assumed, f)
	}
	if err := c.printPaths(v, f); err != nil {
		return ExitFailed, err
	}
	return c.pathsCode(v, len(f.to) > 0)
}

// readOnlyNetwork reads the network that is named, or the only one that there is.
func (c *cli) readOnlyNetwork(ctx context.Context, s *session, name string) (*model.NetworkStatus, error) {
	if name != "" {
		return c.readNetworkIn(ctx, s, name, c.timeout/shareOfClouds)
	}
	snapshot, err := c.lookFor(ctx, s, "", c.timeout/shareOfClouds)
	if err != nil {
		return nil, err
	}
	if failure, failed := unread(snapshot); failed {
		return nil, withCure(failure)
	}
	const some = 12
	switch names := namesOf(snapshot); len(names) {
	case 0:
		return nil, errors.New("there is no network; peerdeck setup makes one")
	case 1:
		return snapshot.Networks[0], nil
	default:
		return nil, fmt.Errorf("--network: name a network, or give its id; there are: %s", phrase.Few(names, some))
	}
}

func namesOf(s model.Snapshot) []string {
	out := make([]string, len(s.Networks))
	for i, n := range s.Networks {
		out[i] = n.Name.Or(n.ID.String()).String()
	}
	return out
}

// asked are the places of --to, and the texts that are the names of services, if anything.
type asked struct {
	places []paths.Destination
	names  []string
}

// readTo reads the values of --to.
func readTo(texts []string) (asked, error) {
	var out asked
	for _, text := range texts {
		d, err := paths.ReadDestination(text)
		switch {
		case err == nil:
			out.places = append(out.places, d)
		case strings.ContainsAny(text, ":/[]") || strings.TrimSpace(text) == "":
			return asked{}, fmt.Errorf("--to: %w", err)
		default:
			out.names = append(out.names, text)
		}
	}
	return out, nil
}

// ofService finds the places of a service that is named in place of one.
func ofService(v paths.View, name string) ([]paths.Destination, error) {
	d, err := v.Service(name)
	if _, wrong := paths.ReadDestination(name); err != nil && strings.Contains(name, ".") {
		err = wrong // a host without a port
	}
	if err != nil {
		return nil, fmt.Errorf("--to: %w", err)
	}
	return d, nil
}

// readPaths reads the paths of a network, with those to some places. Services that are named
// in place of one are looked for when they are known.
func (c *cli) readPaths(ctx context.Context, s *session, n *model.NetworkStatus, to asked, effect bool) (paths.View, error) {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) { // reading the network took all the time
		return paths.View{Facts: paths.Facts{At: s.settings.Time.Now(), Network: n}, Of: n.ID, State: paths.Cut}.Judged(), nil
	}
	tracer := s.Tracer(ctx, c.world.Panicked)
	defer tracer.Close()
	reader := s.Paths(ctx, tracer, c.world.Panicked)
	defer reader.Close()
	now := s.settings.Time.Clock().Now
	if err := reader.ReadTo(n.ID, to.places...); err != nil { //nolint:contextcheck // it ends with the context that the reader was made with
		return paths.View{}, withCure(err)
	}
	v, err := c.oneReading(reader, now)
	if err != nil {
		return v, err
	}
	for _, name := range to.names {
		d, err := ofService(v, name)
		if err != nil && v.State == paths.Done {
			return paths.View{}, err
		}
		v.Wanted = append(v.Wanted, d...)
	}
	if v = v.Judged(); !effect || v.State != paths.Done {
		return v, nil
	}
	if err := reader.Effective(v, v.Wanted...); err != nil { //nolint:contextcheck // as above
		failure, _ := model.AsFailure(err)
		v.Failure = &failure
		return v, nil
	}
	return c.oneReading(reader, now)
}

// oneReading follows the reading in hand to its end.
func (c *cli) oneReading(reader *pathreader.Reader, now func() time.Time) (paths.View, error) {
	for v := range reader.Views() {
		if !v.State.Over() {
			c.progress(v.Now(now()))
			continue
		}
		c.progress("")
		switch {
		case v.State == paths.Failed && v.Failure != nil:
			return v, withCure(*v.Failure)
		case v.State == paths.Cancelled:
			return v, errors.New("it was stopped")
		default:
			return v, nil
		}
	}
	return paths.View{}, errors.New("it was ended")
}

func (c *cli) printPaths(v paths.View, f pathsFlags) error {
	if f.output != "text" {
		return report.WriteDocument(c.world.Out, report.Format(f.output), report.NewPaths(v))
	}
	if len(f.to) == 0 {
		return c.print(report.PathsText(v, f.past, c.flags.ASCII))
	}
	texts := make([]string, len(v.To))
	for i, p := range v.To {
		texts[i] = report.PathText(p, c.flags.ASCII)
	}
	return c.print(strings.Join(texts, "\n"))
}

// pathsCode is the exit code: of the places that were asked for, or of everything.
func (c *cli) pathsCode(v paths.View, to bool) (int, error) {
	if v.State == paths.Cut {
		c.complain(fmt.Errorf("the time of --timeout (%s) was over; what was not read by then is not known", c.timeout))
		return ExitAttention, nil
	}
	if v.Failure != nil {
		c.complain(withCure(*v.Failure))
		return ExitAttention, nil //nolint:nilerr // what was read is printed, and this is said beside it
	}
	if to && !v.ToWorst().NeedsPerson() || !to && !v.Worst().NeedsPerson() {
		return ExitOK, nil
	}
	return ExitAttention, nil
}
