package azure

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// short is a check in a few words, for a list of what is not known.
func (id CheckID) short() string {
	switch id {
	case CheckSubnet:
		return "its subnet"
	case CheckUDP:
		return "UDP 53"
	case CheckTCP:
		return "TCP 53"
	case CheckWayBack:
		return "the way back"
	case CheckOwner:
		return "who has the address"
	case CheckZone:
		return "the private zone"
	case CheckLoop:
		return "where rules lead"
	default:
		return string(id)
	}
}

// About are the checks of a server.
type About struct {
	Server safe.Text
	Checks []Check
}

// NotKnown are the findings of what could not be read around some servers, or cannot be
// told: one for each reason, which names the servers and what is missing.
func NotKnown(list []About) []finding.Finding {
	type gap struct {
		why     string
		what    []string
		finding finding.Finding
	}
	var gaps []gap
	for _, a := range list {
		for _, c := range a.Checks {
			if c.Outcome != Unknown {
				continue
			}
			at := slices.IndexFunc(gaps, func(g gap) bool { return g.why == c.Why })
			if at < 0 {
				at = len(gaps)
				gaps = append(gaps, gap{why: c.Why, finding: c.Finding})
				gaps[at].finding.Servers = nil
			}
			g := &gaps[at]
			if word := c.ID.short(); !slices.Contains(g.what, word) {
				g.what = append(g.what, word)
			}
			if !slices.Contains(g.finding.Servers, a.Server) {
				g.finding.Servers = append(g.finding.Servers, a.Server)
			}
		}
	}
	var out []finding.Finding
	for _, g := range gaps {
		f := g.finding
		why := strings.TrimRight(strings.TrimPrefix(g.why, "not known: "), ". ")
		f.Cause = phrase.Capital(phrase.And(g.what)) + phrase.Either(len(g.what), " is", " are") + " not known for " + phrase.List(f.Servers) + ": " + why + "."
		out = append(out, f)
	}
	return out
}
