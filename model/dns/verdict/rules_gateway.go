package verdict

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// CodeGatewayResolved is that the gateway was seen to resolve a name.
const CodeGatewayResolved finding.Code = "N49"

// The codes of what the gateway was seen to fail at.
const (
	codeGatewayFailed    finding.Code = "N50"
	codeGatewayNoConnect finding.Code = "N51"
)

// gatewayRules are about what the gateway itself saw, in a trace that its Debugger saved.
func gatewayRules() []rule {
	return []rule{
		{codeGatewayFailed, gatewayUnresolved},
		{codeGatewayNoConnect, gatewayUnconnected},
		{CodeGatewayResolved, gatewayResolved},
	}
}

// seenNow reports whether the gateway was seen to resolve the name, or to fail, so lately
// that it stands for what cannot be asked from here.
func (c Case) seenNow() bool {
	v, known := c.Facts.Gateway.Get()
	_, failed := v.unresolved()
	return known && v.within(gatewayFresh) && (v.resolved() || failed)
}

// old makes a finding about something that was so a while ago unsure.
func (s symptom) old(v GatewayView) symptom {
	if v.within(gatewayFresh) {
		return s
	}
	s.Severity, s.Confidence = model.SeverityUnknown, finding.Possible
	return s.without("whether it is still so", "the trace tells of "+v.when())
}

func gatewayResolved(c Case) (symptom, bool) {
	v, known := c.Facts.Gateway.Get()
	if !known || !v.resolved() {
		return none()
	}
	text := fmt.Sprintf("the gateway itself resolved %s to %s %s", c.Name, few(v.Addresses()), v.when())
	if p, failed := v.unconnected(); !failed && !p.Address.IsEmpty() {
		text += ", and connected to " + p.Place()
	}
	f := found(finding.Sure, model.SeverityOK, "%s", text).next("Nothing is to be done for the name. To see its servers, ask from a machine in %s.", c.vnet()).old(v)
	if f.Severity == model.SeverityUnknown {
		f = f.next("Save a new trace of a request to %s from Konnect's Debugger, and give it to the trace.", c.Name).sort(finding.NextAdmin)
	}
	return f, true
}

func gatewayUnresolved(c Case) (symptom, bool) {
	v, known := c.Facts.Gateway.Get()
	failed, last := v.unresolved()
	if !known || len(failed) == 0 {
		return none()
	}
	l := failed[len(failed)-1]
	severity, text := model.SeverityBroken, fmt.Sprintf("the gateway itself could not resolve %s %s", c.Name, v.when())
	if !last {
		severity, text = model.SeverityAttention, fmt.Sprintf("the gateway itself could not resolve %s in %d of %d look-ups; the newest was good, %s", c.Name, len(failed), len(v.Lookups), v.when())
	}
	said := strings.TrimRight(l.said(), ". ")
	if said != "" {
		text += ": " + said
	}
	f := found(finding.Sure, severity, "%s", text)
	fill := strings.NewReplacer("{row}", c.rowWords(), "{range}", c.cidr())
	return f.next("%s", fill.Replace(meaning(l))).at(c.Reports...).old(v), true
}

// rowWords names the row whose servers the gateway asks, as far as there is one.
func (c Case) rowWords() string {
	if c.Domain.IsEmpty() {
		return "the mapping table (no row covers the name, so public DNS was asked)"
	}
	return "the row " + c.Domain.String()
}

// meaning says what to do about words of the gateway's resolver, with places for the row and
// the range of the gateway. Source of the words: the gateway's DNS client, whose errors are
// those of RFC 1035 with their numbers.
func meaning(l Lookup) string {
	const (
		noName  = "The servers of {row} say that there is no such name: put the record into their zone, or give the name a row whose servers know it."
		empty   = "The servers of {row} know the name and give no address of the kind that the gateway wants: put an A record into their zone."
		refuses = "The servers of {row} turn the gateway away: let {range} into their lists of clients (allow-query, access-control)."
		fails   = "The servers of {row} fail for the name themselves: look at what they forward it to."
		silent  = "The servers of {row} did not answer the gateway: check that they run, and that 53/UDP and 53/TCP are open to them from {range}."
	)
	all := strings.ToLower(l.Error.Raw())
	for _, t := range l.Tries {
		all += "\n" + strings.ToLower(t.Raw())
	}
	for _, m := range []struct{ words, means string }{
		{"server error: 3", noName},
		{"name error", noName},
		{"nxdomain", noName},
		{"server error: 5", refuses},
		{"refused", refuses},
		{"server error: 2", fails},
		{"servfail", fails},
		{"timeout", silent},
		{"timed out", silent},
		{"empty record", empty},
	} {
		if strings.Contains(all, m.words) {
			return m.means
		}
	}
	return "Look at what the servers of {row} answer, and whether port 53 is open to {range}."
}

func gatewayUnconnected(c Case) (symptom, bool) {
	v, known := c.Facts.Gateway.Get()
	p, failed := v.unconnected()
	if !known || !failed {
		return none()
	}
	text := fmt.Sprintf("the gateway itself had an address for %s and could not connect to %s %s", c.Name, p.Place(), v.when())
	if said := strings.TrimRight(p.Error.String(), ". "); said != "" {
		text += ": " + said
	}
	f := found(finding.Sure, model.SeverityBroken, "%s", text).
		next("The name is not what fails: look at the way to %s, hop by hop.", p.Place())
	if n, known := c.Facts.Network.Get(); known && p.Port > 0 {
		f = f.run("peerdeck paths --network " + model.ShellQuote(n.Name.Or(n.ID.Raw()).String()) + " --to " + model.ShellQuote(p.Place()))
	}
	return f.old(v), true
}

// bySight puts what the gateway saw in the place of checks that could not be made from here:
// the name is known there, or it is not, whatever this machine can reach.
func (c Case) bySight(ladder []Rung) []Rung {
	v, known := c.Facts.Gateway.Get()
	if !known || !c.seenNow() {
		return ladder
	}
	for i, r := range ladder {
		switch {
		case r.Check == CheckName && r.State == RungUnknown && v.resolved():
			ladder[i] = Done(r.Check, "the gateway itself resolved it to %s, %s", few(v.Addresses()), v.when())
		case r.Check == CheckName && r.State == RungUnknown:
			ladder[i] = Failed(r.Check, "the gateway itself could not resolve it, %s", v.when()).By(codeGatewayFailed)
		case r.Check == CheckWay && r.State == RungUnknown && v.connected():
			ladder[i] = Done(r.Check, "the gateway itself connected to %s, %s", v.Peers[len(v.Peers)-1].Place(), v.when())
		case r.Check == CheckWay && r.State == RungUnknown && v.resolved():
			ladder[i] = NotLooked(r.Check, "the trace does not tell whether the gateway connected to "+few(v.Addresses()))
		case r.State == RungUnknown && ofServers(r.Check) && v.resolved():
			ladder[i] = NotAsked(r.Check, "not testable from here; the gateway itself resolved the name, "+v.when())
		}
	}
	return ladder
}

// ofServers reports whether a check is one of what the servers answer.
func ofServers(check Check) bool {
	switch check {
	case CheckUDP, CheckTCP, CheckWilling, CheckName, CheckEDNS, CheckRandom, CheckAgreement:
		return true
	default:
		return false
	}
}
