package dnsfacts

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
)

type wireRuleset struct {
	ID   safe.Text `json:"id"`
	Name safe.Text `json:"name"`
}

type wireForward struct {
	Name       safe.Text `json:"name"`
	Properties struct {
		Domain  safe.Text `json:"domainName"`
		State   safe.Text `json:"forwardingRuleState"`
		Targets []struct {
			Address safe.Text `json:"ipAddress"`
		} `json:"targetDnsServers"`
	} `json:"properties"`
}

type wireLink struct {
	Name       safe.Text `json:"name"`
	Properties struct {
		VirtualNetwork    reference `json:"virtualNetwork"`
		ProvisioningState safe.Text `json:"provisioningState"`
	} `json:"properties"`
}

// rulesets reads the forwarding rulesets of the subscription with rules and links.
func (r reading) rulesets(ctx context.Context, _ model.VNet) azuredns.Facts {
	const what = "the forwarding rulesets of the subscription"
	at, err := r.OfSubscription(r.Ref.SubscriptionID, "dnsForwardingRulesets", resolverVersion)
	if err != nil {
		return gaps(r.Gap(azuredns.PartRulesets, what, safe.Text{}, err))
	}
	found, err := armread.List[wireRuleset](ctx, r.Reading, at)
	if err != nil {
		return gaps(r.Gap(azuredns.PartRulesets, what, safe.Text{}, err))
	}
	var out azuredns.Facts
	n := min(len(found), mostChildren)
	sets := make([]azuredns.Ruleset, n)
	for i, err := range armread.Each(ctx, n, func(ctx context.Context, i int) error {
		var err error
		sets[i], err = r.ruleset(ctx, *found[i])
		return err
	}) {
		out.Rulesets = append(out.Rulesets, sets[i])
		if err != nil {
			out.Gaps = append(out.Gaps, r.Gap(azuredns.PartRulesets, "the ruleset "+found[i].Name.Raw(), found[i].ID, err))
		}
	}
	if len(found) > n {
		out.Gaps = append(out.Gaps, r.Gap(azuredns.PartRulesets, what, safe.Text{}, armread.TooMany()))
	}
	return out
}

// ruleset reads what is in a ruleset. What was read before an error is returned too.
func (r reading) ruleset(ctx context.Context, w wireRuleset) (azuredns.Ruleset, error) {
	out := azuredns.Ruleset{ID: w.ID, Name: w.Name}
	at, err := r.Under(w.ID, "/virtualNetworkLinks", resolverVersion)
	if err != nil {
		return out, err
	}
	links, err := armread.List[wireLink](ctx, r.Reading, at)
	if err != nil {
		return out, err
	}
	for _, l := range links {
		out.Links = append(out.Links, azuredns.Link{Name: l.Name, VNet: l.Properties.VirtualNetwork.ID, Provided: state(l.Properties.ProvisioningState)})
	}
	at, err = r.Under(w.ID, "/forwardingRules", resolverVersion)
	if err != nil {
		return out, err
	}
	rules, err := armread.List[wireForward](ctx, r.Reading, at)
	if err != nil {
		return out, err
	}
	for _, f := range rules {
		rule := azuredns.ForwardingRule{Name: f.Name, Domain: f.Properties.Domain, Disabled: f.Properties.State.EqualFold(safe.New("Disabled"))}
		for _, t := range f.Properties.Targets {
			rule.Targets = append(rule.Targets, t.Address)
		}
		out.Rules = append(out.Rules, rule)
	}
	return out, nil
}
