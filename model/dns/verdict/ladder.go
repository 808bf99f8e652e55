package verdict

import (
	"fmt"
	"strings"

	"peerdeck/model"
)

// RungState is how a check of the ladder stands.
type RungState string

// The states of a rung.
const (
	RungDone    RungState = "done"      // looked at, and good
	RungFailed  RungState = "failed"    // looked at, and not good
	RungUnknown RungState = "not known" // could not be looked at; the text says why
)

// Rung is one check on the way from a name to its address.
type Rung struct {
	Title string
	State RungState
	Text  string
}

// Ladder returns the checks in the order in which a person would make them. The first
// that failed is where to begin; those below it are shown all the same.
func Ladder(c Case) []Rung {
	return []Rung{
		tableRung(c), konnectRung(c), azureRung(c), addressRung(c), gateRung(c),
		transportRung(c, UDP), transportRung(c, TCP), willingRung(c), nameRung(c), ednsRung(c), randomRung(c), agreeRung(c), dataRung(c),
	}
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

func done(title, format string, args ...any) Rung {
	return Rung{title, RungDone, fmt.Sprintf(format, args...)}
}

func failed(title, format string, args ...any) Rung {
	return Rung{title, RungFailed, fmt.Sprintf(format, args...)}
}

func notKnown(title, why string) Rung { return Rung{title, RungUnknown, why} }

// byRule makes a rung of a row of the table of symptoms: failed with its cause, or good.
func byRule(c Case, title string, rules ...func(Case) (Finding, bool)) (Rung, bool) {
	for _, rule := range rules {
		if f, fits := rule(c); fits && f.Severity > model.SeverityUnknown {
			return failed(title, "%s", f.Cause), true
		}
	}
	return Rung{}, false
}

func tableRung(c Case) Rung {
	const title = "mapping table"
	if r, bad := byRule(c, title, noRow, longerRow, stagedRow); bad {
		return r
	}
	row, known := c.Facts.Row.Get()
	if !known {
		return notKnown(title, c.Facts.Row.Why())
	}
	return done(title, "the row %s wins", row.Domain)
}

func konnectRung(c Case) Rung {
	const title = "Konnect"
	if r, bad := byRule(c, title, peeringWaits, resolverError); bad {
		return r
	}
	n, haveNetwork := c.Facts.Network.Get()
	p, havePeering := c.Facts.Peering.Get()
	d, haveDNS := c.Facts.Resolver.Get()
	var good, missing []string
	for _, s := range []struct {
		what, state, why string
		known            bool
	}{
		{"network", string(n.State), c.Facts.Network.Why(), haveNetwork},
		{"peering", string(p.State), c.Facts.Peering.Why(), havePeering},
		{"private DNS", string(d.State), c.Facts.Resolver.Why(), haveDNS},
	} {
		switch {
		case !s.known:
			missing = append(missing, s.what+": "+s.why)
		case s.state == "ready":
			good = append(good, s.what+" ready")
		case stateOfKonnect(s.state):
			return failed(title, "the %s is %s", s.what, s.state)
		default:
			missing = append(missing, fmt.Sprintf("%s: Konnect gives the state %q, which peerdeck does not know", s.what, s.state))
		}
	}
	if len(missing) > 0 {
		return notKnown(title, strings.Join(missing, "; "))
	}
	return done(title, "%s", strings.Join(good, ", "))
}

// stateOfKonnect reports whether a state is one of the contract's in which nothing can
// be relied on.
func stateOfKonnect(s string) bool {
	return model.NetworkState(s).Changing() || model.PeeringState(s).Changing() || model.PrivateDNSState(s).Changing() ||
		s == string(model.NetworkOffline) || s == string(model.NetworkTerminated) || s == string(model.PeeringError)
}

func azureRung(c Case) Rung {
	const title = "Azure's half"
	half, known := c.Facts.Half.Get()
	switch {
	case !known:
		return notKnown(title, c.Facts.Half.Why())
	case half.Status == model.HalfAbsent:
		return failed(title, "%s has no peering that leads to the network", c.vnet())
	case half.Status == model.HalfNoVNet:
		return failed(title, "the VNET %s is gone", c.vnet())
	case half.Status != model.HalfPresent:
		return notKnown(title, "it was not read")
	case half.Peering.State != model.VNetConnected:
		return failed(title, "%s is %s", half.Peering.Name, half.Peering.State)
	case half.Peering.Sync != model.SyncFull && half.Peering.Sync != model.SyncUnstated:
		return failed(title, "%s is %s", half.Peering.Name, half.Peering.Sync)
	default:
		return done(title, "%s is %s", half.Peering.Name, half.Peering.State)
	}
}

func addressRung(c Case) Rung {
	const title = "server addresses"
	if r, bad := byRule(c, title, outside); bad {
		return r
	}
	for _, r := range c.Reports {
		if s := c.server(r); !s.Routed.IsKnown() {
			return notKnown(title, fmt.Sprintf("whether the peering routes to %s: %s", r.Server, s.Routed.Why()))
		}
	}
	if len(c.Reports) == 0 {
		return notKnown(title, "no server was asked")
	}
	return done(title, "%s %s that the peering routes", named(c.Reports), some(c.Reports, "lies in a range", "lie in ranges"))
}

func gateRung(c Case) Rung {
	const title = "security groups"
	missing := ""
	for _, r := range c.Reports {
		s := c.server(r)
		if g, over, shut := s.closed(); shut {
			return failed(title, "the rule %s closes port 53 over %s to %s for %s", g.Rule, over, r.Server, c.cidr())
		}
		for _, k := range []Known[Gate]{s.UDP, s.TCP} {
			if !k.IsKnown() && missing == "" {
				missing = fmt.Sprintf("port 53 of %s: %s", r.Server, k.Why())
			}
		}
	}
	switch {
	case len(c.Reports) == 0:
		return notKnown(title, "no server was asked")
	case missing != "":
		return notKnown(title, missing)
	default:
		return done(title, "53/UDP and 53/TCP are open to %s", c.cidr())
	}
}
