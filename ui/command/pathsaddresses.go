package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
)

type addressesFlags struct {
	network  string
	output   string
	group    string
	ports    []string
	priority int
	outbound bool
}

func (c *cli) pathsAddresses() *cobra.Command {
	var f addressesFlags
	cmd := &cobra.Command{
		Use: "addresses", Short: "Print the private addresses of a network's data planes, for a firewall rule",
		Long: "addresses prints the static private addresses of the data planes on a network, those of gateways with private access: one a\n" +
			"line with its control plane, its region and its state, as JSON, or as the command of the Azure CLI that makes a rule of a\n" +
			"security group for them. They stay as long as the network; one that is made anew has others.\n\n" +
			"Without --nsg, -o az leaves " + wayin.PlaceGroup + " and " + wayin.PlaceSecurity + " in the command for you to replace, and says so.\n\n" +
			"Exit codes: 0 all addresses are there; 2 there is none, or not all of them are known; 1 it failed.",
		Example: "peerdeck paths addresses --network us-prod\n" +
			"peerdeck paths addresses --network us-prod -o az --nsg /subscriptions/…/networkSecurityGroups/nsg-apps --port 8443",
		Args: cobra.NoArgs,
		RunE: c.do(func(ctx context.Context) (int, error) { return c.runAddresses(ctx, f) }),
	}
	p := cmd.Flags()
	p.StringVar(&f.network, "network", "", "name or id of the network in Konnect; not needed where there is one")
	p.StringVarP(&f.output, "output", "o", "text", "form: text, json, yaml, az")
	p.StringVar(&f.group, "nsg", "", "with -o az: the security group that the rule goes into, by its resource id")
	p.StringSliceVar(&f.ports, "port", []string{"443"}, "with -o az: ports of the rule, such as 443,8000-8010")
	p.IntVar(&f.priority, "priority", 200, "with -o az: priority of the rule")
	p.BoolVar(&f.outbound, "outbound", false, "with -o az: a rule for what the VNET sends to the data planes, instead of what they send to it")
	return cmd
}

// rule is the security rule that the flags describe.
func (f addressesFlags) rule() (wayin.FirewallRule, error) {
	r := wayin.FirewallRule{Group: safe.New(f.group), Outbound: f.outbound, Ports: f.ports, Priority: f.priority, Name: "AllowKongDataPlanes"}
	if f.outbound {
		r.Name = "AllowToKongDataPlanes"
	}
	if _, _, _, ok := azurenet.Place(r.Group); f.group != "" && !ok {
		return r, fmt.Errorf("--nsg: %s is no resource id of a security group; az network nsg list --query \"[].id\" -o tsv lists them", r.Group.Quoted())
	}
	if f.priority < assume.LeastPriority || f.priority > assume.MostPriority {
		return r, fmt.Errorf("--priority: %d is no priority of a rule; those of users are %d to %d", f.priority, assume.LeastPriority, assume.MostPriority)
	}
	for _, p := range f.ports {
		if !assume.IsPorts(p) {
			return r, fmt.Errorf("--port: %s is no port, no range of ports such as 8000-8010, and not *", safe.New(p).Quoted())
		}
	}
	if len(f.ports) == 0 {
		return r, errors.New("--port: give one port at least, or * for all")
	}
	return r, nil
}

func (c *cli) runAddresses(ctx context.Context, f addressesFlags) (int, error) {
	if err := outputs(f.output, "text", "json", "yaml", "az"); err != nil {
		return ExitFailed, err
	}
	rule, err := f.rule()
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
	n, err := c.readOnlyNetwork(within, s, f.network)
	if err != nil {
		return ExitFailed, err
	}
	if part := n.ReferencesRead; !part.Read() && part.Failure != nil {
		return ExitFailed, withCure(*part.Failure)
	}
	at := s.settings.Time.Clock().Now()
	r := wayin.Judge(wayin.Facts{At: at, Network: n})
	list := r.Addresses()
	if err := c.printAddresses(f, rule, report.NewAddresses(n, r, at), list); err != nil {
		return ExitFailed, err
	}
	if len(list) == 0 {
		c.warn([]string{r.Says})
	}
	c.warn(report.Said(r.Known()))
	if len(list) == 0 || !r.Whole {
		return ExitAttention, nil
	}
	return ExitOK, nil
}

func (c *cli) printAddresses(f addressesFlags, rule wayin.FirewallRule, d report.Addresses, list []wayin.Address) error {
	switch f.output {
	case "json", "yaml":
		return report.WriteDocument(c.world.Out, report.Format(f.output), d)
	case "az":
		command, places := rule.Command(list)
		if command == "" {
			return nil
		}
		if len(places) > 0 {
			c.warn([]string{"Replace " + phrase.And(places) + " in the command, or give the security group with --nsg."})
		}
		if slices.Equal(f.ports, []string{"443"}) {
			c.warn([]string{"The rule is for port 443; --port names those of your services."})
		}
		return c.print(strings.TrimSpace(command) + "\n")
	default:
		return c.print(report.AddressesText(list))
	}
}
