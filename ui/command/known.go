package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/names"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
)

type knownFlags struct {
	network, subject, reason, until string
}

func (c *cli) known() *cobra.Command {
	output := string(report.Table)
	cmd := &cobra.Command{
		Use:   "known",
		Short: "The problems that are known: list them, add one, take one back",
		Long: "A finding that is known stays in sight and is counted no more, until its time is over or it is another one.\n" +
			"What is known stands in a file of the context, which people can write too and share in a repository (--known-file, docs/known-problems.md).\n\n" +
			"Exit codes: 0 they were printed; 2 the file has a fault; 1 the networks could not be read.",
		Example: "peerdeck known\npeerdeck known add azure-disconnected --network eu-prod --reason 'the firewall is being replaced' --until tomorrow\npeerdeck known remove azure-disconnected --network eu-prod",
		Args:    cobra.NoArgs,
		RunE:    c.do(func(ctx context.Context) (int, error) { return c.runKnown(ctx, report.Format(output)) }),
	}
	cmd.Flags().StringVarP(&output, "output", "o", output, "form: table, json, yaml")
	cmd.AddCommand(c.knownAdd(), c.knownRemove())
	return cmd
}

func (c *cli) runKnown(ctx context.Context, form report.Format) (int, error) {
	if !slices.Contains([]report.Format{report.Table, report.JSON, report.YAML}, form) {
		return ExitFailed, fmt.Errorf("-o: there is no form %q; there are table, json, yaml", form)
	}
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	snapshot, err := c.look(ctx, s, "")
	if err != nil {
		return ExitFailed, err
	}
	list := s.Known.List()
	failure, failed := unread(snapshot)
	if err := report.WriteKnown(c.world.Out, form, list, known.Standing(list, snapshot.Networks, !failed, snapshot.At), snapshot.At, s.settings.ASCII); err != nil {
		return ExitFailed, err
	}
	switch {
	case failed:
		c.complain(withCure(failure))
		return unreadCode(failure, snapshot.Networks), nil
	case list.Whole != "" || len(list.Faults) > 0:
		return ExitAttention, nil
	default:
		return ExitOK, nil
	}
}

func (c *cli) knownAdd() *cobra.Command {
	var f knownFlags
	cmd := &cobra.Command{
		Use: "add CODE", Short: "Say that a finding is known, why, and until when",
		Long: "add looks at the network, and writes down the finding as it is now: it counts again when it is another one.\n\n" +
			"Exit codes: 0 it is written; 1 there is no such finding now, or it could not be written.",
		Example: "peerdeck known add azure-disconnected --network eu-prod --subject hub-vnet --reason 'change 4711' --until 2h",
		Args:    cobra.ExactArgs(1), ValidArgsFunction: first(codes),
		RunE: c.doWith(func(ctx context.Context, args []string) (int, error) { return c.runKnownAdd(ctx, args[0], f) }),
	}
	knownSubject(cmd, &f)
	cmd.Flags().StringVar(&f.reason, "reason", "", "why it is let be, for whoever reads the list")
	cmd.Flags().StringVar(&f.until, "until", "change", "its end: change, 2h or another span, tomorrow, or a time such as 2026-11-29 09:00")
	return cmd
}

func (c *cli) knownRemove() *cobra.Command {
	var f knownFlags
	cmd := &cobra.Command{
		Use: "remove CODE", Aliases: []string{"rm"}, Short: "Let a finding count again",
		Long:    "remove takes what is said of a finding out of the file.\n\nExit codes: 0 it is taken out; 1 nothing is said of it, or the file could not be written.",
		Example: "peerdeck known remove azure-disconnected --network eu-prod",
		Args:    cobra.ExactArgs(1), ValidArgsFunction: first(codes),
		RunE: c.doWith(func(ctx context.Context, args []string) (int, error) { return c.runKnownRemove(ctx, args[0], f) }),
	}
	knownSubject(cmd, &f)
	return cmd
}

func knownSubject(cmd *cobra.Command, f *knownFlags) {
	cmd.Flags().StringVar(&f.network, "network", "", "the network that has it, by name or id")
	cmd.Flags().StringVar(&f.subject, "subject", "", "the peering, private DNS or table that has it, by name or id, where several do")
}

// codes completes the code of a finding.
func codes(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var words []names.Word
	for _, e := range finding.Entries() {
		words = append(words, names.Word{Text: string(e.Code), Note: e.Title})
	}
	return offered(words, typed), cobra.ShellCompDirectiveNoFileComp
}

// foundNow looks for the findings of a code on a network, as they are now.
func (c *cli) foundNow(ctx context.Context, s *session, code string, f knownFlags) (model.Snapshot, *model.NetworkStatus, []model.Found, error) {
	e, ok := finding.Lookup(code)
	if !ok {
		return model.Snapshot{}, nil, nil, fmt.Errorf("there is no finding %s; %s", safe.New(code).Quoted(), nearest(code))
	}
	if f.network == "" {
		return model.Snapshot{}, nil, nil, errors.New("--network: name the network that has it")
	}
	snapshot, err := c.look(ctx, s, f.network)
	if err != nil {
		return snapshot, nil, nil, err
	}
	networks, err := c.choose(snapshot, f.network)
	if failure, failed := unread(snapshot); failed && err != nil {
		return snapshot, nil, nil, withCure(failure)
	}
	if err != nil {
		return snapshot, nil, nil, err
	}
	if len(networks) > 1 {
		return snapshot, nil, nil, fmt.Errorf("--network: several networks are called %s; give the id", safe.New(f.network).Quoted())
	}
	want := known.Problem{Code: e.Code, Network: networks[0].ID, Subject: safe.New(f.subject)}
	var found []model.Found
	for _, one := range networks[0].Found() {
		if want.About(networks[0], one) {
			found = append(found, one)
		}
	}
	return snapshot, networks[0], found, nil
}

func (c *cli) runKnownAdd(ctx context.Context, code string, f knownFlags) (int, error) {
	if strings.TrimSpace(f.reason) == "" {
		return ExitFailed, errors.New("--reason: say why it is let be")
	}
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	snapshot, n, found, err := c.foundNow(ctx, s, code, f)
	if err != nil {
		return ExitFailed, err
	}
	until, err := known.ParseEnd(f.until, snapshot.At)
	switch {
	case err != nil:
		return ExitFailed, fmt.Errorf("--until: %w", err)
	case len(found) == 0:
		return ExitFailed, fmt.Errorf("%s has no finding %s now; peerdeck status --network %s tells of those that it has", n.Name.Or(n.ID.String()), code, model.ShellQuote(f.network))
	case len(found) > 1:
		return ExitFailed, fmt.Errorf("--subject: %s has it on %s; name one", n.Name.Or(n.ID.String()), subjectsOf(found))
	case !found[0].Finding.NeedsPerson():
		return ExitFailed, fmt.Errorf("the finding %s needs nobody: there is nothing to let be", found[0].Finding.Code)
	}
	p := known.Of(n, found[0])
	p.Reason, p.Until, p.At, p.By = safe.New(strings.TrimSpace(f.reason)), until, snapshot.At, snapshot.User.Email
	if err := s.Known.Add(ctx, p, map[string]safe.Text{"network": n.Name, "subject": found[0].Name}); err != nil {
		return ExitFailed, err
	}
	where := "until this program ends"
	if path := s.Known.List().Path; !path.IsEmpty() {
		where = "in " + path.String()
	}
	return ExitOK, c.print(fmt.Sprintf("%s on %s is known %s; it is kept %s\n", p.Code, found[0].Name.Or(found[0].ID.String()), known.EndText(p.Until, snapshot.At), where))
}

func subjectsOf(found []model.Found) string {
	var names []string
	for _, f := range found {
		names = append(names, f.Name.Or(f.ID.String()).String())
	}
	return strings.Join(names, ", ")
}

func (c *cli) runKnownRemove(ctx context.Context, code string, f knownFlags) (int, error) {
	e, ok := finding.Lookup(code)
	switch {
	case !ok:
		return ExitFailed, fmt.Errorf("there is no finding %s; %s", safe.New(code).Quoted(), nearest(code))
	case f.network == "":
		return ExitFailed, errors.New("--network: name the network that has it")
	}
	s, err := c.open(ctx, false)
	if err != nil {
		return ExitFailed, err
	}
	defer s.end()
	c.warn(s.settings.Warnings)
	if _, err := s.Known.Look(s.settings.Time.Now()); err != nil {
		c.complain(err)
	}
	snapshot, err := c.look(ctx, s, f.network)
	if err != nil {
		return ExitFailed, err
	}
	count := 0
	err = s.Known.Remove(ctx, func(p known.Problem) bool {
		gone := p.Code == e.Code && isOf(p.Network, f.network, snapshot.Networks) && (f.subject == "" || subjectIs(p, f.subject, snapshot.Networks))
		if gone {
			count++
		}
		return gone
	})
	if err != nil {
		return ExitFailed, err
	}
	if count == 0 {
		return ExitFailed, fmt.Errorf("nothing is said of %s on %s; peerdeck known lists what is", e.Code, safe.Clean(f.network))
	}
	return ExitOK, c.print(fmt.Sprintf("%s on %s counts again\n", e.Code, safe.Clean(f.network)))
}

// isOf reports whether an entry is of the network that a person names, each by name or id.
func isOf(written safe.Text, typed string, networks []*model.NetworkStatus) bool {
	if written.EqualFold(safe.New(typed)) {
		return true
	}
	want := known.Problem{Network: written}
	for _, n := range networks {
		if (n.Name == safe.New(typed) || n.ID == safe.New(typed)) && want.Names(n) {
			return true
		}
	}
	return false
}

// subjectIs does the same for what in the network has the finding.
func subjectIs(p known.Problem, typed string, networks []*model.NetworkStatus) bool {
	if p.Subject.EqualFold(safe.New(typed)) {
		return true
	}
	for _, n := range networks {
		for _, f := range n.Found() {
			if p.Names(n) && (f.Name == safe.New(typed) || f.ID == safe.New(typed)) && (p.Subject == f.ID || p.Subject == f.Name) {
				return true
			}
		}
	}
	return false
}
