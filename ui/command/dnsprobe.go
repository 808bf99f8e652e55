package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/report"
)

type dnsProbeFlags struct {
	network string
	file    string
	format  string
	via     string
	output  string
}

func (c *cli) dnsProbe() *cobra.Command {
	var f dnsProbeFlags
	cmd := &cobra.Command{
		Use: "probe", Short: "Ask every server of a table for every domain that is mapped to it",
		Long: "probe asks all servers of a network's mapping tables, or of a file, for all their domains, over UDP and TCP, and compares\n" +
			"the servers of each domain. A server that stays silent is left alone after three questions. The results of a network's\n" +
			"own tables are kept, so that the next probe tells what has changed. What Konnect and Azure say is wrong around the servers\n" +
			"stands below.\n\n" +
			"Exit codes: 0 everything answers, and alike; 2 it does not, something is not testable from here, Konnect or Azure say\n" +
			"that something is wrong around the servers, or the time of --timeout was over; 1 it failed.",
		Example: "peerdeck dns probe --network eu-prod\npeerdeck dns probe --network eu-prod --file mappings.yaml -o csv",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runDNSProbe(ctx, f) }),
	}
	p := cmd.Flags()
	p.StringVar(&f.network, "network", "", "name or id of the network in Konnect")
	p.StringVar(&f.file, "file", "", "probe the mappings of this file (- for standard input) instead of the network's")
	p.StringVar(&f.format, "format", "", "format of the file: "+formatNames()+" (default: found by its name and contents)")
	p.StringVar(&f.via, "via", "", viaHelp)
	p.StringVarP(&f.output, "output", "o", "text", "form: text, json, csv")
	return cmd
}

func (c *cli) runDNSProbe(ctx context.Context, f dnsProbeFlags) (int, error) {
	if err := outputs(f.output, "text", "json", "csv"); err != nil {
		return ExitFailed, err
	}
	r := dnstrace.ProbeRequest{Via: f.via}
	if f.file != "" {
		w, err := c.readWhole(ctx, f.file, f.format)
		if err != nil {
			return ExitFailed, err
		}
		r.Mappings = dnstable.ToMappings(w.rows)
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
	n, err := c.readNetworkIn(ctx, s, f.network, c.timeout/shareOfClouds)
	if err != nil {
		return ExitFailed, err
	}
	r.Network = n.ID
	if r.Mappings == nil && n.PrivateDNSRead.Failure != nil {
		return ExitFailed, withCure(*n.PrivateDNSRead.Failure)
	}
	tracer := s.Tracer(within, c.world.Panicked)
	defer tracer.Close()
	if err := tracer.ProbeAll(r); err != nil { //nolint:contextcheck // it ends with the context that the tracer was made with
		return ExitFailed, withCure(err)
	}
	return c.probed(tracer.Matrices(), s.settings.Time.Clock().Now, f.output)
}

// probed follows a probe to its end and prints that.
func (c *cli) probed(matrices <-chan dnstrace.Matrix, now func() time.Time, output string) (int, error) {
	for m := range matrices {
		if !m.State.Over() {
			c.progress(m.Now(now()))
			continue
		}
		c.progress("")
		switch m.State {
		case dnstrace.Cancelled:
			return ExitFailed, errors.New("it was stopped")
		case dnstrace.Failed:
			return ExitFailed, withCure(*m.Failure)
		case dnstrace.Running, dnstrace.Done, dnstrace.Cut:
		}
		var err error
		switch output {
		case "json":
			err = report.WriteDocument(c.world.Out, report.JSON, m.Document())
		case "csv":
			err = c.print(m.CSV())
		default:
			err = c.print(m.Text())
		}
		switch {
		case err != nil:
			return ExitFailed, err
		case m.State == dnstrace.Cut:
			c.complain(fmt.Errorf("the time of --timeout (%s) was over after %s of %d; the others were not asked", c.timeout, phrase.Count(m.Done, "question"), m.Total))
			return ExitAttention, nil
		case m.NeedsPerson():
			return ExitAttention, nil
		default:
			return ExitOK, nil
		}
	}
	return ExitFailed, errors.New("it was ended")
}
