package command

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

type sandboxFlags struct {
	listen   string
	networks int
	latency  time.Duration
	seed     int64
	scenario string
	mergeDNS bool
	unknown  string
}

func (c *cli) sandbox() *cobra.Command {
	var f sandboxFlags
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the simulated clouds for training and for other programs",
		Long: "sandbox serves a simulated Konnect, Azure Resource Manager, Microsoft Graph and Microsoft sign-in on this machine,\n" +
			"prints their addresses and tokens as one line of JSON, and serves until it is stopped. token is for Konnect;\n" +
			"azure_token is for PEERDECK_AZURE_TOKEN, and holds one for each tenant that the account is signed in to. dns is a\n" +
			"SOCKS 5 proxy that leads to the DNS servers in the simulated VNETs, over TCP.\n\n" +
			"With a port given, the five take that port and the four after it.\n\n" +
			"Kong does not say whether a change of an outbound resolver replaces its whole map or is merged into it: here it\n" +
			"replaces it, and with --merge-dns it keeps the domains that were not sent.",
		Example: "peerdeck sandbox --listen 127.0.0.1:8300\npeerdeck sandbox --networks 1000 --latency 20ms",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runSandbox(ctx, f) }),
	}
	cmd.Flags().StringVar(&f.listen, "listen", "127.0.0.1:0", "address to listen on, this machine's only")
	cmd.Flags().IntVar(&f.networks, "networks", 0, "number of networks, at most 10000; at least those of the story")
	cmd.Flags().DurationVar(&f.latency, "latency", 0, "time that each answer takes")
	cmd.Flags().Int64Var(&f.seed, "seed", 1, "the same number gives the same world")
	cmd.Flags().StringVar(&f.scenario, "scenario", "", "file of events (YAML) instead of the demo's story")
	cmd.Flags().BoolVar(&f.mergeDNS, "merge-dns", false, "a change of a resolver's map keeps the domains that were not sent")
	cmd.Flags().StringVar(&f.unknown, "unknown-members", "contract", "unknown members of a private DNS that are sent: contract, refuse or take")
	return cmd
}

// mostNetworks is the largest world: what the screen is measured with.
const mostNetworks = 10_000

// signInAfter is how long a device code waits for nobody in particular.
const signInAfter = 12 * time.Second

// replication is how long a write takes in the simulated Azure until everybody
// sees it.
const replication = 4 * time.Second

func (c *cli) runSandbox(ctx context.Context, f sandboxFlags) (int, error) {
	if f.networks < 0 || f.networks > mostNetworks {
		return ExitFailed, fmt.Errorf("--networks: %d is out of range; give 0 to %d", f.networks, mostNetworks)
	}
	if f.latency < 0 || f.latency > time.Minute {
		return ExitFailed, fmt.Errorf("--latency: %s is out of range; give 0s to 1m", f.latency)
	}
	unknown, known := map[string]sandbox.UnknownMembers{
		"contract": sandbox.UnknownAsContract, "refuse": sandbox.UnknownRefused, "take": sandbox.UnknownTaken,
	}[f.unknown]
	if !known {
		return ExitFailed, fmt.Errorf("--unknown-members: %q is none of contract, refuse, take", f.unknown)
	}
	o := sandbox.Options{
		Seed: f.seed, Networks: f.networks, Latency: f.latency, Story: f.scenario == "", SignInAfter: signInAfter,
		Replication: replication, RBACDelay: replication, MergeDNS: f.mergeDNS, UnknownMembers: unknown,
	}
	if f.scenario != "" {
		var err error
		if o.Events, err = sandbox.ReadScenario(f.scenario); err != nil {
			return ExitFailed, fmt.Errorf("--scenario: %w", err)
		}
	}
	world, err := sandbox.New(o)
	if err != nil {
		return ExitFailed, err
	}
	server, err := sandbox.Listen(ctx, world, f.listen, c.world.Panicked)
	if err != nil {
		return ExitFailed, err
	}
	defer server.Close()
	socks, err := server.ListenSOCKS(ctx)
	if err != nil {
		return ExitFailed, err
	}
	line, err := json.Marshal(map[string]string{
		"konnect": server.Konnect, "arm": server.ARM, "graph": server.Graph, "login": server.Login, "token": sandbox.Token,
		"azure_token": azureToken(world), "dns": "socks5://" + socks,
	})
	if err != nil {
		return ExitFailed, err
	}
	if _, err := fmt.Fprintf(c.world.Out, "%s\n", line); err != nil {
		return ExitFailed, err
	}
	<-ctx.Done()
	return ExitOK, nil
}

// azureToken is what a second terminal gives as PEERDECK_AZURE_TOKEN, to be signed in
// where the demo is.
func azureToken(w *sandbox.World) string {
	text := w.HomeToken()
	guest := w.GuestTokens()
	for _, tenant := range slices.Sorted(maps.Keys(guest)) {
		text += "," + tenant + "=" + guest[tenant]
	}
	return text
}
