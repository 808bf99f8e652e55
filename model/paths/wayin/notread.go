package wayin

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// notRead are the findings about what would have to be known and is not. A network without
// private access needs none of it.
func (j judging) notRead(r Report) []finding.Finding {
	name := j.network.Name.Or(j.network.ID.Raw()).String()
	if part := j.network.ReferencesRead; part.Failure != nil && !part.Read() {
		return []finding.Finding{{
			Code: CodeNotKnown, Severity: finding.Unknown, Word: "not known", Because: part.Failure.FindingCode(),
			Cause: "Which addresses the data planes on " + name + " have cannot be told: " + part.Failure.Cause.String() + ".",
			Next:  finding.Next{Kind: finding.NextKonnect, Text: part.Failure.Cure}, Missing: []string{"the configurations that use the network: " + part.Failure.Cause.String()},
		}}
	}
	if !r.Private {
		return nil
	}
	var out []finding.Finding
	var waiting []string
	for _, g := range j.groups {
		if g.Waiting() {
			waiting = append(waiting, g.Label())
		}
	}
	if len(waiting) > 0 {
		out = append(out, finding.Finding{
			Code: CodeWaiting, Severity: finding.Working, Word: "being made",
			Cause: "Data planes of " + phrase.And(waiting) + " on " + name + " have no private addresses yet: what points at them cannot be told to be right.",
			Next:  finding.Next{Kind: finding.NextWait, Text: "Wait until they are ready; what is to point at them takes their addresses then."},
		})
	}
	for _, v := range j.VNets {
		for i := range v.Net.Gaps {
			if f, speaks := gap(v, &v.Net.Gaps[i]); speaks {
				out = append(out, f)
			}
		}
	}
	return out
}

// gap is the finding about a part of a VNET that was not read and in which something may
// point at data planes.
func gap(v VNet, g *azurenet.Gap) (finding.Finding, bool) {
	parts := []azurenet.Part{azurenet.PartVNet, azurenet.PartBalancers, azurenet.PartAppGateways, azurenet.PartRecords}
	if !slices.Contains(parts, g.Part) {
		return finding.Finding{}, false
	}
	of := string(g.Part) + " of the VNET " + v.Ref.Name.Or(v.Net.VNet.Name.Raw()).String()
	if g.Part == azurenet.PartVNet {
		of = "VNET " + v.Ref.Name.Or(v.Net.VNet.Name.Raw()).String()
	}
	if !g.Subject.IsEmpty() {
		of += " (" + tail(g.Subject) + ")"
	}
	return finding.Finding{
		Code: CodeNotKnown, Severity: finding.Unknown, Word: "not known", Because: g.Failure.FindingCode(),
		Cause:   "What in the " + of + " points at data planes is not known: " + g.Failure.Cause.Or("it was not read").String() + ".",
		Next:    finding.Next{Kind: finding.NextAdmin, Text: g.Failure.Cure},
		Missing: []string{"the " + of + ": " + g.Failure.Cause.Or("it was not read").String()},
	}, true
}

func tail(id safe.Text) string {
	raw := id.Raw()
	for i := len(raw) - 1; i >= 0; i-- {
		if raw[i] == '/' {
			return safe.New(raw[i+1:]).String()
		}
	}
	return id.String()
}
