package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/services/metrics"
	"github.com/peerdeck/peerdeck/services/run/work"
)

type metricsFlags struct {
	listen string
	once   bool
}

func (c *cli) metrics() *cobra.Command {
	var f metricsFlags
	cmd := &cobra.Command{
		Use:   "metrics",
		Short: "Serve the states of both halves and what is wrong to Prometheus",
		Long: "metrics watches both clouds as the dashboard does, and serves what is known now in Prometheus' text form, which OpenTelemetry's\n" +
			"collector reads too: states of both halves, findings by their codes, mapping tables, the age of each reading, and the requests\n" +
			"that were sent. Prometheus keeps the history. docs/metrics.md lists the metrics; alert rules and a Grafana dashboard lie beside it.\n\n" +
			"It serves to this machine alone, unless --listen says otherwise; the metrics hold names of networks and VNETs, and no tokens.\n\n" +
			"With --once it reads both clouds once and prints the metrics, for a collector of text files. Its exit codes are then those of status.\n\n" +
			"Exit codes: 1 it could not serve; 130 and 143 a signal stopped it.",
		Example: "peerdeck metrics\npeerdeck --demo metrics --listen 127.0.0.1:9480\npeerdeck metrics --once > peerdeck.prom",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runMetrics(ctx, f) }),
	}
	cmd.Flags().StringVar(&f.listen, "listen", metrics.Address, "address to serve on, host:port; without a host this machine's only")
	cmd.Flags().BoolVar(&f.once, "once", false, "read once, print the metrics, and end")
	cmd.MarkFlagsMutuallyExclusive("listen", "once")
	return cmd
}

func (c *cli) runMetrics(ctx context.Context, f metricsFlags) (int, error) {
	c.goesOn = !f.once
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	m, err := metrics.New(metrics.Options{Latest: s.Watcher.Latest, Log: s.Log, Version: c.world.Build.Version, Commit: c.world.Build.Short(), Process: !f.once})
	if err != nil {
		return ExitFailed, err
	}
	if f.once {
		return c.printMetrics(ctx, s, m)
	}
	server, err := metrics.Listen(ctx, m, f.listen, c.complain, c.world.Panicked)
	if err != nil {
		return ExitFailed, err
	}
	defer server.Close()
	c.warn([]string{"serving " + server.URL})
	if server.Open {
		c.warn([]string{"others than this machine can read them: names of networks and VNETs, no tokens"})
	}
	return c.serve(ctx, s, server)
}

// serve watches until it is stopped, and says when Konnect stops to answer.
func (c *cli) serve(ctx context.Context, s *session, server *metrics.Server) (int, error) {
	group := work.NewGroup(ctx, c.world.Panicked)
	defer group.Stop()
	group.Go("watching", s.Watcher.Run)
	last, first := "", true
	for {
		select {
		case <-ctx.Done():
			return ExitOK, nil
		case err := <-server.Ended():
			return ExitFailed, err
		case snapshot, open := <-s.Watcher.Snapshots():
			if !open {
				return ExitOK, nil
			}
			now := ""
			if f := snapshot.Konnect.Failure; f != nil {
				now = f.Error()
			}
			if now != last && now != "" {
				c.complain(errors.New(now + "; trying again"))
			}
			last = now
			if first && snapshot.Progress.Complete() {
				first = false
				c.warn([]string{"the first reading is complete: " + phrase.Count(len(snapshot.Networks), "network")})
			}
		}
	}
}

// printMetrics reads once and prints.
func (c *cli) printMetrics(ctx context.Context, s *session, m *metrics.Metrics) (int, error) {
	snapshot, err := c.look(ctx, s, "")
	if err != nil {
		return ExitFailed, err
	}
	if err := m.Write(c.world.Out); err != nil {
		return ExitFailed, fmt.Errorf("%w", err)
	}
	if failure, failed := unread(snapshot); failed {
		c.complain(withCure(failure))
		return unreadCode(failure, snapshot.Networks), nil
	}
	return verdict(snapshot, snapshot.Networks, false), nil
}
