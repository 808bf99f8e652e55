package table

import (
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// CodeProbeFailed is the code of what the last probe found wrong.
const CodeProbeFailed finding.Code = "mapping-probe-failed"

// OfProbe tells what the last probe found of the domains that the network maps today. A
// domain that has gone, or has other servers now, is left out.
func OfProbe(n *model.NetworkStatus) []model.MappingFinding {
	names := failed(n)
	if len(names) == 0 {
		return nil
	}
	const some = 3
	return []model.MappingFinding{{Table: safe.New("last probe"), TableID: n.ID, Finding: finding.Finding{
		Code: CodeProbeFailed, Severity: model.SeverityAttention, Word: "DNS probe", Confidence: finding.Likely,
		Cause: fmt.Sprintf("The last probe, at %s UTC %s, found %d of %s not answered as %s should be: %s.",
			n.Probed.At.UTC().Format("2006-01-02 15:04"), n.Probed.Vantage, len(names), phrase.Count(n.Probed.Domains, "domain"), phrase.Either(len(names), "it", "they"), phrase.Few(names, some)),
		Next: finding.Next{Kind: finding.NextTable, Text: "Ask again: it says which servers are at fault, and why.", Command: "peerdeck dns probe --network " + model.ShellQuote(n.Name.Or(n.ID.Raw()).String())},
	}}}
}

// ProbeWords says in some words what the last probe of the network's tables found, and how
// long ago: "4 names fail (12 min ago)", "never probed". It is empty where there is no name
// to probe. Bad: names fail.
func ProbeWords(n *model.NetworkStatus, now time.Time) (text string, bad bool) {
	switch {
	case n.DNSRules() <= 0:
		return "", false
	case n.Probed == nil && n.ProbedAt.IsZero():
		return "never probed", false
	case n.Probed == nil:
		return "last probed " + phrase.Age(n.ProbedAt, now), false
	}
	p, fail := n.Probed, len(failed(n))
	good := p.Domains - len(p.Faults) - p.Untold
	switch {
	case fail > 0:
		text = phrase.Count(fail, "name") + " " + phrase.Either(fail, "fails", "fail")
	case good > 0:
		text = phrase.Count(good, "name") + " " + phrase.Either(good, "answers", "answer")
	case p.Untold > 0:
		text = "nothing could be tested " + p.Vantage
	default:
		text = "nothing that is mapped now was probed"
	}
	if p.Untold > 0 && (fail > 0 || good > 0) {
		text += fmt.Sprintf(", %d not testable", p.Untold)
	}
	return text + " (" + phrase.Age(p.At, now) + ")", fail > 0
}

// failed are the names that the last probe found wrong, as far as they are mapped today to
// the same servers.
func failed(n *model.NetworkStatus) []string {
	if n.Probed == nil {
		return nil
	}
	servers := map[string][]string{}
	add := func(list []model.DNSMapping) {
		for _, m := range list {
			for _, d := range m.Domains {
				key := Normalise(d.Raw()).ASCII
				for _, s := range m.Servers {
					servers[key] = append(servers[key], s.Raw())
				}
			}
		}
	}
	for i := range n.PrivateDNS {
		add(n.PrivateDNS[i].DNS)
	}
	for i := range n.Peerings {
		add(n.Peerings[i].DNS)
	}
	var names []string
	for _, f := range n.Probed.Faults {
		now, mapped := servers[Normalise(f.Domain.Raw()).ASCII]
		moved := len(f.Servers) > 0
		for _, s := range f.Servers {
			moved = moved && !slices.Contains(now, s.Raw())
		}
		if mapped && !moved {
			names = append(names, f.Domain.String())
		}
	}
	return names
}
