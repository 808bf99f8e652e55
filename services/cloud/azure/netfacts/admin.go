package netfacts

import (
	"context"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
)

// wireAdminRule is a rule of a network manager as it is in effect. There are custom and
// default ones; what matters is the same in both.
type wireAdminRule struct {
	ID         safe.Text `json:"id"`
	Properties *struct {
		Access           safe.Text   `json:"access"`
		Direction        safe.Text   `json:"direction"`
		Protocol         safe.Text   `json:"protocol"`
		Priority         int         `json:"priority"`
		Sources          []wireRange `json:"sources"`
		SourcePorts      []safe.Text `json:"sourcePortRanges"`
		Destinations     []wireRange `json:"destinations"`
		DestinationPorts []safe.Text `json:"destinationPortRanges"`
	} `json:"properties"`
}

type wireRange struct {
	Prefix safe.Text `json:"addressPrefix"`
}

// AdminRules reads the rules of network managers that are in effect in the VNET. It takes a
// right beyond that of a reader.
func AdminRules(ctx context.Context, r armread.Reading) azurenet.Facts {
	const what = "the security admin rules of the VNET"
	var out azurenet.Facts
	fail := func(err error) azurenet.Facts {
		out.Gaps = append(out.Gaps, r.Gap(azurenet.PartAdminRules, what, safe.Text{}, err))
		return out
	}
	at, err := r.Under(r.Ref.ID(), "/listNetworkManagerEffectiveSecurityAdminRules", NetworkVersion)
	if err != nil {
		return fail(err)
	}
	body := map[string]string{}
	for range mostListed {
		var got struct {
			Value     []*wireAdminRule `json:"value"`
			SkipToken string           `json:"skipToken"`
		}
		if err := r.Ask(ctx, at, body, &got); err != nil {
			return fail(err)
		}
		if got.Value == nil {
			return fail(r.Rest.Unreadable("it has no list in it"))
		}
		for _, w := range got.Value {
			switch {
			case w == nil:
			case w.Properties == nil:
				return fail(r.Rest.Unreadable("a rule has nothing in it"))
			default:
				out.AdminRules = append(out.AdminRules, convertAdminRule(*w))
			}
		}
		if got.SkipToken == "" || got.SkipToken == body["skipToken"] {
			return out
		}
		body["skipToken"] = got.SkipToken
	}
	return fail(armread.TooMany())
}

func convertAdminRule(w wireAdminRule) azurenet.AdminRule {
	p := w.Properties
	in := func(kind string) safe.Text {
		parts := strings.Split(w.ID.Raw(), "/")
		for i := 0; i+1 < len(parts); i++ {
			if strings.EqualFold(parts[i], kind) {
				return safe.New(parts[i+1])
			}
		}
		return safe.Text{}
	}
	out := azurenet.AdminRule{
		ID: w.ID, Manager: in("networkManagers"), Config: in("securityAdminConfigurations"), Collection: in("ruleCollections"),
		Rule: azurenet.Rule{
			Name: in("rules").Or(model.LastSegment(w.ID).Raw()), Priority: p.Priority, Direction: p.Direction, Access: p.Access, Protocol: p.Protocol,
			Sources: rangesOf(p.Sources), SourcePorts: orAll(p.SourcePorts), Destinations: rangesOf(p.Destinations), Ports: orAll(p.DestinationPorts),
		},
	}
	if p.Protocol.EqualFold(safe.New("Any")) {
		out.Protocol = safe.New("*")
	}
	return out
}

// rangesOf are the ranges and tags of one side. A rule that names none is for all.
func rangesOf(list []wireRange) []safe.Text {
	var out []safe.Text
	for _, w := range list {
		if !w.Prefix.IsEmpty() {
			out = append(out, w.Prefix)
		}
	}
	return orAll(out)
}

func orAll(list []safe.Text) []safe.Text {
	if len(list) == 0 {
		return []safe.Text{safe.New("*")}
	}
	return list
}
