package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// dns holds the commands of the mapping table.
func (c *cli) dns() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "dns",
		Short: "The DNS mapping table: list, lint, diff, apply, export, trace, probe",
		Long: "dns works on the table that maps private domains to DNS servers. A table in a file, under version control, is compared\n" +
			"with what is in Konnect and applied from there.\n\n" +
			"Exit codes: 0 nothing to say or to do; 2 there are findings or differences; 1 it failed.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.dnsList(), c.dnsLint(), c.dnsDiff(), c.dnsApply(), c.dnsExport(), c.dnsTrace(), c.dnsProbe())
	return cmd
}

// place says which table is meant.
type place struct {
	network  string
	resolver string
}

func (p *place) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.network, "network", "", "name or id of the network in Konnect")
	cmd.Flags().StringVar(&p.resolver, "resolver", "", "name or id of the outbound resolver, where the network has several")
}

// dnsTable is the table of a network as it is in Konnect.
type dnsTable struct {
	status   *model.NetworkStatus
	resolver *model.PrivateDNSStatus // nil: the network has none
	rows     []dnstable.Row
}

// readTable reads the network that is named, with both halves of its peerings as far as
// they can be read: the rules look at the VNETs.
func (c *cli) readTable(ctx context.Context, s *session, p place) (dnsTable, error) {
	n, err := c.readNetwork(ctx, s, p.network)
	if err != nil {
		return dnsTable{}, err
	}
	t := dnsTable{status: n}
	if f := t.status.PrivateDNSRead.Failure; f != nil {
		return dnsTable{}, withCure(*f)
	}
	if t.resolver, err = c.chooseResolver(t.status, p.resolver); err != nil {
		return dnsTable{}, err
	}
	if t.resolver != nil {
		t.rows = dnstable.FromMappings(t.resolver.DNS)
	}
	return t, nil
}

// readNetwork reads the network that is named, with both halves of its peerings as far as
// they can be read.
func (c *cli) readNetwork(ctx context.Context, s *session, name string) (*model.NetworkStatus, error) {
	return c.readNetworkIn(ctx, s, name, c.timeout)
}

// readNetworkIn does the same in a time that the caller has for it.
func (c *cli) readNetworkIn(ctx context.Context, s *session, name string, most time.Duration) (*model.NetworkStatus, error) {
	if name == "" {
		return nil, errors.New("--network: name a network, or give its id; peerdeck status lists them")
	}
	snapshot, err := c.lookFor(ctx, s, name, most)
	if err != nil {
		return nil, err
	}
	networks, err := c.choose(snapshot, name)
	if failure, failed := unread(snapshot); failed && err != nil {
		return nil, withCure(failure)
	}
	if err != nil {
		return nil, err
	}
	if len(networks) > 1 {
		return nil, fmt.Errorf("--network: %d networks are called %q; give the id of one", len(networks), name)
	}
	return networks[0], nil
}

// chooseResolver returns the outbound resolver that is meant, nil where there is none.
func (c *cli) chooseResolver(n *model.NetworkStatus, name string) (*model.PrivateDNSStatus, error) {
	var found []*model.PrivateDNSStatus
	var names []string
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		if d.Kind != model.KindAzureResolver || d.State == model.PrivateDNSTerminated {
			continue
		}
		names = append(names, d.Name.Or(d.ID.String()).String())
		if want := safe.New(name); name == "" || d.Name == want || d.ID == want {
			found = append(found, d)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case name == "" && len(found) == 0:
		return nil, nil //nolint:nilnil // a network without a resolver is no fault
	case len(names) == 0:
		return nil, fmt.Errorf("--resolver: there is no resolver %q; the network %s has none", name, n.Name)
	case len(found) == 0:
		return nil, c.unknown("resolver", name, names)
	default:
		return nil, fmt.Errorf("the network %s has several outbound resolvers; name one with --resolver: %s", n.Name, strings.Join(names, ", "))
	}
}

// target names the table for an order. Where there is no resolver, one is made that is
// called after the network.
func (t dnsTable) target() dnstable.Target {
	out := dnstable.Target{Network: t.status.ID, NetworkName: t.status.Name, ResolverName: dnstable.ResolverName(t.status.Name)}
	if t.resolver != nil {
		out.Resolver, out.ResolverName = t.resolver.ID, t.resolver.Name
	}
	return out
}

// problems checks rows as they would stand in the table.
func (t dnsTable) problems(rows []dnstable.Row) []dnstable.Problem {
	s := dnstable.SurroundingsOf(t.status, t.target().Resolver)
	s.Before = t.rows
	return dnstable.Check(rows, s)
}

// outputs checks the value of -o.
func outputs(given string, forms ...string) error {
	if slices.Contains(forms, given) {
		return nil
	}
	return fmt.Errorf("-o: there is no form %q; there are %s", given, strings.Join(forms, ", "))
}

// resolverNow is the resolver as it was read, empty where there is none.
func (t dnsTable) resolverNow() model.PrivateDNS {
	if t.resolver == nil {
		return model.PrivateDNS{}
	}
	return t.resolver.PrivateDNS
}

// withCure makes the message of a failure, with the way out, the id that support
// asks for, and where more is told of it.
func withCure(err error) error {
	f, _ := model.AsFailure(err)
	lines := append([]string{f.Error()}, wayOut(f)...)
	return errors.New(strings.Join(lines, "\n"))
}

// wayOut are the lines below a failure: the cure, the ids that support asks for, and which
// entry of the catalogue explains it.
func wayOut(f model.Failure) []string {
	var lines []string
	if f.Cure != "" {
		lines = append(lines, f.Cure)
	}
	if !f.TraceID.IsEmpty() {
		lines = append(lines, "trace "+f.TraceID.String())
	}
	if !f.RequestID.IsEmpty() {
		lines = append(lines, "request "+f.RequestID.String())
	}
	if f.Kind != model.FailureBug {
		lines = append(lines, "More about it: peerdeck explain "+string(f.FindingCode()))
	}
	return lines
}
