package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/trace"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/ui/report"
)

type dnsTraceFlags struct {
	network string
	via     string
	pasted  string
	seen    string
	script  bool
	all     bool
	output  string
}

const viaHelp = "ask through another machine, over TCP only: socks5://[user@]host[:port] or ssh:[user@]host[:port]"

func (c *cli) dnsTrace() *cobra.Command {
	var f dnsTraceFlags
	cmd := &cobra.Command{
		Use: "trace NAME", Short: "Find out why a name does not resolve",
		Long: "trace finds the row of the mapping table that wins for a name, reads what Konnect and Azure say around its servers, asks\n" +
			"each of them over UDP and TCP, compares the answers, and says what is the likely cause and what to do. A URL and\n" +
			"host:port will do for a name. Every result names the place from which was asked: silence from a machine without a way\n" +
			"into the VNET is not testable from here, and never the server's fault.\n\n" +
			"What matters first stands at the top: the cause, where it is, the next step and its command. What is known without asking\n" +
			"is printed before servers are waited for. Facts that are not known are counted; --all lists them.\n\n" +
			"With --gateway-trace it takes in what the gateway itself saw: a trace that was saved as JSON from Konnect's Debugger (data\n" +
			"planes of 3.9.1 and later; Konnect has no public API for it). For a day that stands in the place of servers that are not\n" +
			"testable from here; an older one is told with its age.\n\n" +
			"With --script it prints the commands for a machine in the VNET instead, and with --pasted it judges what they printed.\n\n" +
			"Exit codes: 0 nothing was found; 2 there are findings, something is not known or not testable from here, or the time of\n" +
			"--timeout was over; 1 it failed.",
		Example: "peerdeck dns trace orders.example.org --network eu-prod\npeerdeck dns trace orders.example.org --network eu-prod --script | ssh jump sh > dig.txt\n" +
			"peerdeck dns trace orders.example.org --network eu-prod --pasted dig.txt\n" +
			"peerdeck dns trace orders.example.org --network eu-prod --gateway-trace trace.json",
		Args: cobra.ExactArgs(1), ValidArgsFunction: first(c.domains),
		RunE: c.doWith(func(ctx context.Context, args []string) (int, error) { return c.runDNSTrace(ctx, args[0], f) }),
	}
	p := cmd.Flags()
	p.StringVar(&f.network, "network", "", "name or id of the network in Konnect")
	p.StringVar(&f.via, "via", "", viaHelp)
	p.StringVar(&f.pasted, "pasted", "", "judge what dig printed elsewhere, from this file (- for standard input)")
	p.StringVar(&f.seen, "gateway-trace", "", "a trace of a request for the name, saved from Konnect's Debugger as JSON (- for standard input)")
	p.BoolVar(&f.all, "all", false, "list what is not known, each with the reason")
	p.BoolVar(&f.script, "script", false, "print the commands for a machine in the VNET, and ask nothing")
	p.StringVarP(&f.output, "output", "o", "text", "form: text, json")
	cmd.MarkFlagsMutuallyExclusive("via", "pasted", "script")
	cmd.MarkFlagsMutuallyExclusive("gateway-trace", "script")
	return cmd
}

func (c *cli) runDNSTrace(ctx context.Context, name string, f dnsTraceFlags) (int, error) {
	if err := outputs(f.output, "text", "json"); err != nil {
		return ExitFailed, err
	}
	if q := dnstrace.Read(name); !q.OK() {
		if f.output == "json" {
			return ExitFailed, errors.Join(errors.New(q.Problem), report.WriteDocument(c.world.Out, report.JSON, dnstrace.Trace{Query: q, State: dnstrace.Failed}.Document()))
		}
		return ExitFailed, errors.New(q.Problem)
	}
	pasted, seen, err := c.traceTexts(ctx, f)
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
	n, err := c.readNetworkIn(ctx, s, f.network, c.timeout/shareOfClouds)
	if err != nil {
		return ExitFailed, err
	}
	tracer := s.Tracer(within, c.world.Panicked)
	defer tracer.Close()
	r := dnstrace.Request{Network: n.ID, Text: name, Via: f.via, Seen: seen}
	if f.script {
		text, err := tracer.Script(r)
		if err != nil {
			return ExitFailed, withCure(err)
		}
		return ExitOK, c.print(text)
	}
	if f.pasted != "" {
		err = tracer.Judge(r, pasted) //nolint:contextcheck // it ends with the context that the tracer was made with
	} else {
		err = tracer.Trace(r) //nolint:contextcheck // as above
	}
	if err != nil {
		return ExitFailed, withCure(err)
	}
	return c.traced(tracer.Traces(), s.settings.Time.Clock().Now, f)
}

// traceTexts reads what was printed elsewhere, and what the gateway saw; empty where nothing
// was given.
func (c *cli) traceTexts(ctx context.Context, f dnsTraceFlags) (pasted, seen string, err error) {
	if f.seen == "-" && f.pasted == "-" {
		return "", "", errors.New("--pasted and --gateway-trace cannot both be read from standard input; put one into a file")
	}
	if f.pasted != "" {
		if pasted, err = work.Await(ctx, "reading a pasted output", func() (string, error) { return trace.ReadText(f.pasted, c.world.In) }); err != nil {
			return "", "", withCure(err)
		}
	}
	if f.seen == "" {
		return pasted, "", nil
	}
	if seen, err = work.Await(ctx, "reading a gateway's trace", func() (string, error) { return trace.ReadSaved(f.seen, c.world.In) }); err != nil {
		return "", "", withCure(err)
	}
	if seen == "" {
		return "", "", fmt.Errorf("%s is empty; save the trace from the Debugger again", f.seen)
	}
	return pasted, seen, nil
}

// shareOfClouds is the part of the time, as one of so many, that reading the clouds may
// take: the servers are asked in the rest.
const shareOfClouds = 2

// traced follows a trace to its end and prints that. What no answer can take back is
// printed before the servers are waited for.
func (c *cli) traced(traces <-chan dnstrace.Trace, now func() time.Time, f dnsTraceFlags) (int, error) {
	head := ""
	for t := range traces {
		if !t.State.Over() {
			if head == "" && f.output != "json" && t.Conclusion().Concluded() {
				c.progress("")
				head = t.Head()
				if err := c.print(head); err != nil {
					return ExitFailed, err
				}
			}
			c.progress(fmt.Sprintf("%s: %s", t.Query.Asked(), t.Now(now())))
			continue
		}
		c.progress("")
		if t.State == dnstrace.Cancelled {
			return ExitFailed, errors.New("it was stopped")
		}
		if err := c.printTrace(t, head, f); err != nil {
			return ExitFailed, err
		}
		return c.tracedCode(t)
	}
	return ExitFailed, errors.New("it was ended")
}

// printTrace prints a trace that is over. What is printed already is not printed again.
func (c *cli) printTrace(t dnstrace.Trace, head string, f dnsTraceFlags) error {
	switch {
	case f.output == "json":
		return report.WriteDocument(c.world.Out, report.JSON, t.Document())
	case head == t.Head():
		return c.print(t.Rest(f.all))
	case head != "":
		return c.print("\n" + t.Head() + t.Rest(f.all)) // something else matters more by now
	default:
		return c.print(t.Head() + t.Rest(f.all))
	}
}

func (c *cli) tracedCode(t dnstrace.Trace) (int, error) {
	switch {
	case t.Failure != nil && t.State == dnstrace.Failed:
		return ExitFailed, withCure(*t.Failure)
	case t.State == dnstrace.Cut:
		c.complain(fmt.Errorf("the time of --timeout (%s) was over; what was not asked by then is not known", c.timeout))
		return ExitAttention, nil
	case t.Broken():
		return ExitAttention, nil
	default:
		return ExitOK, nil
	}
}

// progress shows on a terminal what goes on, in one line that the next one overwrites.
// Programs that read standard error see nothing of it.
func (c *cli) progress(text string) {
	if !c.world.ErrTTY {
		return
	}
	const wide = 78
	text = safe.Clean(text)
	if r := []rune(text); len(r) > wide {
		text = string(r[:wide])
	}
	_, _ = fmt.Fprintf(c.world.Err, "\r%s\r%s", strings.Repeat(" ", wide), text)
}
