package run

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// preflight looks for what would make a later step fail. It changes nothing.
type preflight struct {
	*engine
	findings []setup.Checked
	attached bool            // Konnect has a peering of the network with this VNET
	found    model.AzureHalf // what of the VNET is this network's
	overlaps []model.Overlap
	peers    []model.Peering
}

func (*preflight) id() setup.StepID { return setup.StepPreflight }

func (p *preflight) check(ctx context.Context) (verdict, error) {
	p.findings = nil
	looks := []func(context.Context) error{p.network, p.subscription, p.vnetwork, p.duplicate, p.ranges, p.servers, p.rights}
	if p.plan.request.Hub { // nothing of a hub is written by the person's rights
		looks = []func(context.Context) error{p.network, p.subscription, p.hub, p.duplicate, p.ranges}
	}
	for _, look := range looks {
		if err := look(ctx); err != nil {
			return verdict{}, err
		}
	}
	var open []string
	for _, c := range p.findings {
		if c.Asks && !slices.Contains(p.plan.record.Accepted(), c.Key()) {
			open = append(open, c.Key())
		}
	}
	if slices.ContainsFunc(p.findings, func(c setup.Checked) bool { return c.Stops }) {
		return verdict{}, p.broken()
	}
	if len(open) > 0 && !p.plan.options.DryRun {
		return p.accept(ctx, open)
	}
	return p.result(setup.StepDone), nil
}

// result is the end of the step: it has nothing to apply.
func (p *preflight) result(state setup.StepState) verdict {
	warnings := 0
	for _, c := range p.findings {
		if c.Asks {
			warnings++
		}
	}
	v := met("%d checks", len(p.findings))
	if warnings > 0 {
		v = met("%d checks, %s", len(p.findings), phrase.Count(warnings, "warning"))
	}
	v.state = state
	return v
}

func (*preflight) apply(context.Context) error            { return nil }
func (*preflight) verify(context.Context) (string, error) { return "", nil }

// accept asks the person to take the warnings, once for each of them.
func (p *preflight) accept(ctx context.Context, open []string) (verdict, error) {
	again, err := p.taken(p.id(), open)
	if err != nil {
		return verdict{}, err
	}
	if again {
		p.step(p.id(), func(s *setup.Step) { s.Findings = nil })
		return p.check(ctx)
	}
	return p.result(setup.StepDone), nil
}

// taken asks the person to take the warnings of a step. It reports whether to look again.
func (e *engine) taken(step setup.StepID, open []string) (again bool, _ error) {
	c, err := e.ask(step, setup.Ask{
		Text:    phrase.Count(len(open), "warning") + ": go on, or mend them first and retry.",
		Options: []setup.RunCommandKind{setup.CommandContinue, setup.CommandRetry},
		Labels:  []string{"accept and go on", "check again"},
	})
	if err != nil {
		return false, err
	}
	e.answered(step)
	if c.Kind == setup.CommandRetry {
		return true, nil
	}
	e.sayf(step, model.LinePlain, "warnings accepted: %s", strings.Join(open, ", "))
	return false, e.note(journal.Entry{Kind: journal.Accepted, Step: step, Findings: open})
}

// broken says what cannot be worked around.
func (p *preflight) broken() error {
	var texts []string
	cure := ""
	for _, c := range p.findings {
		if c.Stops {
			texts = append(texts, c.Cause)
			cure = cmp.Or(cure, c.Next.Line())
		}
	}
	return model.Failure{
		Kind: model.FailureInvalid, Operation: "preflight", Cause: cleaned(strings.Join(texts, " ")), Cure: cure,
	}
}

// tell adds what was found and shows it at once.
func (p *preflight) tell(c setup.Checked) {
	c.Finding = c.In(p.o.Clouds.Cloud)
	p.findings = append(p.findings, c)
	tone := model.LineGood
	switch {
	case c.Stops, c.Severity == model.SeverityBroken, c.Severity == model.SeverityAttention:
		tone = model.LineTrouble
	default:
	}
	p.sayf(p.id(), tone, "%s: %s", c.Title, c.Cause)
	shown := slices.Clone(p.findings)
	p.step(p.id(), func(s *setup.Step) { s.Findings = shown })
}
