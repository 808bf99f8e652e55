package verdict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// RungState is how a check of the ladder stands.
type RungState string

// The states of a rung.
const (
	RungDone    RungState = "done"      // looked at, and good
	RungFailed  RungState = "failed"    // looked at, and not good
	RungUnknown RungState = "not known" // could not be looked at; the text says why
	// RungNotAsked: the chosen way cannot carry this question to anybody, and what it
	// carries in its place was answered. It says nothing of the servers.
	RungNotAsked RungState = "not asked"
)

// Rung is one check on the way from a name to its address. It tells how things stand; why
// and what to do says the finding of its code.
type Rung struct {
	Check Check
	Title string
	State RungState
	Text  string
	Code  finding.Code // of the finding that a failed one leads to; empty for none
}

// Ladder returns the checks in the order in which a person would make them. The first
// that failed is where to begin; those below it are shown all the same.
func Ladder(c Case) []Rung {
	return c.bySight([]Rung{
		tableRung(c), konnectRung(c), azureRung(c), addressRung(c), gateRung(c),
		transportRung(c, UDP), transportRung(c, TCP), willingRung(c), nameRung(c), ednsRung(c), randomRung(c), agreeRung(c), dataRung(c),
	})
}

// FirstFailed returns the place of the first rung that failed, or -1.
func FirstFailed(ladder []Rung) int {
	for i, r := range ladder {
		if r.State == RungFailed {
			return i
		}
	}
	return -1
}

// Done is a check that was looked at, and good.
func Done(c Check, format string, args ...any) Rung {
	return Rung{Check: c, Title: c.Title(), State: RungDone, Text: fmt.Sprintf(format, args...)}
}

// Failed is a check that was looked at, and not good.
func Failed(c Check, format string, args ...any) Rung {
	return Rung{Check: c, Title: c.Title(), State: RungFailed, Text: fmt.Sprintf(format, args...)}
}

// NotLooked is a check that could not be made, and why.
func NotLooked(c Check, why string) Rung {
	return Rung{Check: c, Title: c.Title(), State: RungUnknown, Text: why}
}

// NotAsked is a check that the chosen way does not carry, and why.
func NotAsked(c Check, why string) Rung {
	return Rung{Check: c, Title: c.Title(), State: RungNotAsked, Text: why}
}

// By says which finding the check leads to.
func (r Rung) By(code finding.Code) Rung {
	r.Code = code
	return r
}

// byRule makes a rung of a row of the table of symptoms: failed with its cause, or good.
func byRule(c Case, check Check, of []rule) (Rung, bool) {
	for _, r := range of {
		s, fits := r.when(c)
		if !fits || s.Severity <= model.SeverityUnknown {
			continue
		}
		code := r.code
		if s.Code != "" {
			code = s.Code
		}
		return Failed(check, "%s", strings.TrimSuffix(s.Cause, ".")).By(code), true
	}
	return Rung{}, false
}

func tableRung(c Case) Rung {
	const title = CheckTable
	if r, bad := byRule(c, title, tableRules()); bad {
		return r
	}
	row, known := c.Facts.Row.Get()
	if !known {
		return NotLooked(title, c.Facts.Row.Why())
	}
	return Done(title, "the row %s wins", row.Domain)
}

func addressRung(c Case) Rung {
	const title = CheckAddresses
	if r, bad := byRule(c, title, []rule{{codeOutside, outside}}); bad {
		return r
	}
	for _, r := range c.Reports {
		s := c.server(r)
		if at := slices.IndexFunc(s.Findings, stops); is(s.Routed, false) && at >= 0 {
			return Failed(title, "%s lies in no range that the peering routes", r.Server).By(s.Findings[at].Code)
		}
		if !s.Routed.IsKnown() {
			return NotLooked(title, fmt.Sprintf("whether the peering routes to %s: %s", r.Server, s.Routed.Why()))
		}
	}
	if len(c.Reports) == 0 {
		return NotLooked(title, "no server was asked")
	}
	return Done(title, "%s %s that the peering routes", named(c.Reports), some(c.Reports, "lies in a range", "lie in ranges"))
}

func gateRung(c Case) Rung {
	const title = CheckGates
	missing := ""
	for _, r := range c.Reports {
		s := c.server(r)
		for _, k := range []Known[Gate]{s.UDP, s.TCP} {
			if g, known := k.Get(); known && !g.Open {
				return Failed(title, "%s", strings.TrimSuffix(g.Finding.Cause, ".")).By(g.Finding.Code)
			}
			if !k.IsKnown() && missing == "" {
				missing = fmt.Sprintf("port 53 of %s: %s", r.Server, k.Why())
			}
		}
	}
	switch {
	case len(c.Reports) == 0:
		return NotLooked(title, "no server was asked")
	case missing != "":
		return NotLooked(title, missing)
	default:
		return Done(title, "53/UDP and 53/TCP are open to %s", c.cidr())
	}
}
