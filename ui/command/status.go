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
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/ui/report"
)

type statusFlags struct {
	output  string
	network string
	filter  string // as it is typed on Networks
	watch   bool
	ignore  bool // what is acknowledged does not count
}

func (c *cli) status() *cobra.Command {
	var f statusFlags
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Print every network and peering, both halves, with verdicts",
		Long: "status reads both clouds once and prints what it finds.\n\n" +
			"Exit codes: 0 all is well or on its way; 2 something needs a person, or could not be read; 1 Konnect could not be read.\n" +
			"With --ignore-acknowledged what somebody knows of (peerdeck known) stays in what is printed, and is left out of the exit code.",
		Example: "peerdeck status\npeerdeck status -o json --network eu-prod\npeerdeck status --filter 'severity:broken region:eu'\n" +
			"peerdeck status -o name --filter state:ready\npeerdeck status --watch",
		Args: cobra.NoArgs,
		RunE: c.do(func(ctx context.Context) (int, error) { return c.runStatus(ctx, f) }),
	}
	cmd.Flags().StringVarP(&f.output, "output", "o", string(report.Table), "form: table, json, yaml, name")
	cmd.Flags().StringVar(&f.network, "network", "", "only the network with this name or id")
	cmd.Flags().StringVar(&f.filter, "filter", "", "only networks that pass a filter as / takes it on Networks: words, and "+strings.Join(model.NetworkKeys(), ":, ")+":")
	cmd.Flags().BoolVar(&f.watch, "watch", false, "print again whenever something has changed, until stopped")
	cmd.Flags().BoolVar(&f.ignore, "ignore-acknowledged", false, "leave what is acknowledged (peerdeck known) out of the exit code")
	return cmd
}

func (c *cli) runStatus(ctx context.Context, f statusFlags) (int, error) {
	form := report.Format(f.output)
	if !slices.Contains([]report.Format{report.Table, report.JSON, report.YAML, report.Name}, form) {
		return ExitFailed, fmt.Errorf("-o: there is no form %q; there are table, json, yaml, name", f.output)
	}
	if form == report.Name && f.watch {
		return ExitFailed, errors.New("-o: names are listed once, so name does not go with --watch; table, json and yaml do")
	}
	passes, err := parseFilter(f.filter)
	if err != nil {
		return ExitFailed, err
	}
	c.goesOn = f.watch
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	if f.watch {
		return c.watchStatus(ctx, s, form, f, passes)
	}
	snapshot, err := c.look(ctx, s, f.network)
	if err != nil {
		return ExitFailed, err
	}
	failure, failed := unread(snapshot)
	networks, err := c.choose(snapshot, f.network)
	if err != nil && !failed {
		return ExitFailed, err
	}
	if all := len(networks); all > 0 {
		if networks = passes(networks); len(networks) == 0 {
			c.complain(fmt.Errorf("no network passes the filter %q; %s there", f.filter, phrase.Count(all, "network")+" "+phrase.Either(all, "is", "are")))
		}
	}
	// Programs that read JSON get a document in any case, and people what there is.
	if form != report.Table || len(networks) > 0 {
		if err := report.Write(c.world.Out, form, snapshot, networks, s.settings.ASCII); err != nil {
			return ExitFailed, err
		}
	}
	if failed {
		c.complain(withCure(failure))
		return unreadCode(failure, networks), nil
	}
	return verdict(snapshot, networks, f.ignore), nil
}

// unreadCode is the exit code where the networks could not be listed to the end: a list
// that was cut, or a service that asks for patience, leaves it open how things stand;
// anything else needs somebody before there can be an answer.
func unreadCode(f model.Failure, networks []*model.NetworkStatus) int {
	if len(networks) > 0 || f.Kind == model.FailureTimeout || f.Kind == model.FailureThrottled {
		return ExitAttention
	}
	return ExitFailed
}

// unread returns why the networks could not be listed, if they could not.
func unread(s model.Snapshot) (model.Failure, bool) {
	if s.Progress.ListedAll {
		return model.Failure{}, false
	}
	if s.Konnect.Failure != nil {
		return *s.Konnect.Failure, true
	}
	if i := slices.IndexFunc(s.Failures, func(f model.Failure) bool { return f.Operation == "list networks" }); i >= 0 {
		return s.Failures[i], true
	}
	for _, f := range s.Failures {
		return f, true
	}
	return model.Failure{Kind: model.FailureUnreachable, Operation: "list networks", Cause: safe.New("no answer")}, true
}

// filter keeps the networks that pass what was asked for, in their order.
type filter func([]*model.NetworkStatus) []*model.NetworkStatus

// parseFilter reads a filter as it is typed on Networks; without a text all pass. A word that
// looks like a key and is none is refused: nobody sees beside a command, as on the screen, that
// it was searched as it stands.
func parseFilter(text string) (filter, error) {
	keys := model.NetworkKeys()
	query, err := model.ParseQuery(text, keys)
	if err != nil {
		return nil, fmt.Errorf("--filter: %w", err)
	}
	if key, unknown := query.Unknown(keys); unknown {
		return nil, fmt.Errorf("--filter: %q is no key; keys are %s", key, phrase.And(keys))
	}
	return func(all []*model.NetworkStatus) []*model.NetworkStatus {
		if query.IsEmpty() {
			return all
		}
		passed := make([]*model.NetworkStatus, 0, len(all))
		for _, n := range all {
			if query.Match(func(key string) []string { return model.NetworkFields(n, key) }) {
				passed = append(passed, n)
			}
		}
		return passed
	}, nil
}

// choose returns the networks that were asked for.
func (c *cli) choose(s model.Snapshot, name string) ([]*model.NetworkStatus, error) {
	if name == "" {
		return s.Networks, nil
	}
	var found []*model.NetworkStatus
	var names []string
	for _, n := range s.Networks {
		if want := safe.New(name); n.Name == want || n.ID == want {
			found = append(found, n)
		}
		names = append(names, n.Name.String())
	}
	if len(found) == 0 {
		return nil, c.unknown("network", name, names)
	}
	return found, nil
}

// verdict is the exit code: something that needs a person, or that could not be
// read, is not healthy. What is acknowledged can be left out of it.
func verdict(s model.Snapshot, networks []*model.NetworkStatus, ignore bool) int {
	counted := make([]*model.NetworkStatus, 0, len(networks))
	for _, n := range networks {
		if n.Finding.Pressing() || n.Finding.NeedsPerson() && !ignore {
			return ExitAttention
		}
		if !ignore || n.UnreadKnown == nil {
			counted = append(counted, n)
		}
	}
	if len(report.Failures(s, counted)) > 0 {
		return ExitAttention
	}
	return ExitOK
}

// watchStatus prints whenever a state has changed.
func (c *cli) watchStatus(ctx context.Context, s *session, form report.Format, f statusFlags, passes filter) (int, error) {
	group := work.NewGroup(ctx, c.world.Panicked)
	defer group.Stop()
	group.Go("watching", s.Watcher.Run)
	last, code := "", ExitOK
	for {
		var snapshot model.Snapshot
		var open bool
		select {
		case <-ctx.Done():
		case snapshot, open = <-s.Watcher.Snapshots():
		}
		if !open {
			return code, nil
		}
		if !snapshot.Progress.Complete() {
			if failure := snapshot.Konnect.Failure; failure != nil && last != failure.Error() {
				last = failure.Error()
				c.complain(fmt.Errorf("%s; trying again", last))
			}
			continue
		}
		networks, err := c.choose(snapshot, f.network)
		if err != nil {
			return ExitFailed, err
		}
		networks = passes(networks)
		if now := fingerprint(networks); now != last {
			last, code = now, verdict(snapshot, networks, f.ignore)
			if err := c.printAgain(form, snapshot, networks, s.settings.ASCII); err != nil {
				return ExitFailed, err
			}
		}
	}
}

// printAgain prints one snapshot of many: tables need a line between them.
func (c *cli) printAgain(form report.Format, s model.Snapshot, networks []*model.NetworkStatus, ascii bool) error {
	if form == report.Table {
		rule := "──"
		if ascii {
			rule = "--"
		}
		if _, err := fmt.Fprintf(c.world.Out, "%s %s\n", rule, s.At.Format(time.TimeOnly)); err != nil {
			return err
		}
	}
	return report.Write(c.world.Out, form, s, networks, ascii)
}

// fingerprint is what must differ for a new print: the states, not their age.
func fingerprint(networks []*model.NetworkStatus) string {
	var b strings.Builder
	for _, n := range networks {
		fmt.Fprintf(&b, "%s %s", n.ID, n.Finding.Code)
		for _, f := range n.Found() {
			fmt.Fprintf(&b, " %s=%s %t", f.ID, f.Finding.Code, f.Finding.Acknowledged())
		}
		for _, state := range model.States(*n) {
			fmt.Fprintf(&b, " %s=%s", state.Aspect, state.To)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
