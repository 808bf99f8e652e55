package setup

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// MendFor is the request that carries out the next step of a finding about a network. What
// lies beside its peerings belongs to the one with the VNET in which it lies. False: no known
// sequence mends it, or no peering of the network leads there.
func MendFor(n *model.NetworkStatus, next finding.Next) (Request, bool) {
	switch {
	case n == nil || next.Mend == "":
		return Request{}, false
	case next.Mend.OfPeering():
		at := slices.IndexFunc(n.Peerings, func(p model.PeeringStatus) bool { return p.Finding.Next.Same(next) })
		if at < 0 {
			return Request{}, false
		}
		return MendOf(n.Network, n.Peerings[at])
	}
	r := Request{Network: n.Name.Or(n.ID.Raw()), DNS: DNSNone, Mend: &Mend{By: next.Mend, Change: next.Change}}
	p, leads := leadingTo(n, next.Change)
	switch {
	case leads:
		r.Peering, r.VNet, r.Mend.Peering = p.Name, p.VNet, p.ID
	case next.Mend == finding.MendRow: // it is Konnect's, whatever the network is peered with
		r.Peering = next.Change.Domain
	default:
		return Request{}, false
	}
	return r, true
}

// leadingTo is the peering with the VNET in which that lies which a change is about: an
// address, or one of the servers of a row.
func leadingTo(n *model.NetworkStatus, c finding.Change) (model.PeeringStatus, bool) {
	for _, address := range slices.Concat([]safe.Text{firstOf(c.Near)}, c.Servers, c.Was) {
		at := slices.IndexFunc(n.Peerings, func(p model.PeeringStatus) bool {
			return p.Kind == model.KindAzureVNet && slices.ContainsFunc(p.Azure.VNet.AddressPrefixes, func(r model.Prefix) bool { return r.Contains(address) })
		})
		if at >= 0 {
			return n.Peerings[at], true
		}
	}
	return model.PeeringStatus{}, false
}

// firstOf is the address of a range, or the address itself.
func firstOf(t safe.Text) safe.Text {
	address, _, _ := strings.Cut(t.Raw(), "/")
	return safe.New(address)
}

// Mendable are the steps that a network's findings of its ways and of its mapping tables name
// and that can be carried out, each once, the most urgent first.
func Mendable(n *model.NetworkStatus) []Request {
	var out []Request
	add := func(f finding.Finding) {
		r, can := MendFor(n, f.Next)
		if can && !slices.ContainsFunc(out, func(o Request) bool { return o.Key() == r.Key() }) {
			out = append(out, r)
		}
	}
	for i := range n.Paths {
		add(n.Paths[i].Finding)
	}
	for i := range n.Mappings {
		add(n.Mappings[i].Finding)
	}
	return out
}

// changes is one spelling of what a sequence changes, for a key.
func (m *Mend) changes() string {
	c := m.Change
	if c.IsZero() {
		return ""
	}
	return strings.ToLower(strings.Join([]string{
		"", c.On.Raw(), c.Near.Raw(), raw(c.Far), strconv.Itoa(c.Port), c.Protocol.Raw(), strconv.FormatBool(c.Outbound), strconv.FormatBool(c.Probe),
		c.Domain.Raw(), raw(c.Was), raw(c.Servers), c.Route.Raw(), c.Prefix.Raw(), c.Hop.Raw(),
	}, "\x00"))
}

// What is what a sequence lets through or changes, for a sentence: "UDP and TCP 53 from
// 10.0.0.0/16 to 10.20.0.4".
func (m *Mend) What() string {
	c := m.Change
	switch m.By {
	case finding.MendRow:
		return rowWords(c)
	case finding.MendRoute:
		return routeWords(c)
	default:
	}
	over := strings.ToUpper(c.Protocol.String())
	if over == "*" {
		over = "UDP and TCP"
	}
	far := make([]string, len(c.Far))
	for i, t := range c.Far {
		far[i] = t.String()
	}
	from, to := strings.Join(far, ", "), c.Near.String()
	switch {
	case c.Probe:
		from = "Azure's load balancers"
	case c.Outbound:
		from, to = to, from
	}
	return fmt.Sprintf("%s %d from %s to %s", over, c.Port, from, to)
}

// RulePlan is what the sequence of a security group will do, as it was seen at the last look.
type RulePlan struct {
	Mend    *Mend
	Opening azurenet.Opening
	Kept    azurenet.Kept
	VNet    model.VNet
	Writes  []model.Write
}

// Agreed are the rules that a person agrees to, as the journal writes them down.
func (p RulePlan) Agreed() []string {
	out := make([]string, len(p.Opening.Rules))
	for i, r := range p.Opening.Rules {
		out[i] = AgreedRule(p.Mend.Change.On, r)
	}
	return out
}

// AgreedRule stands for the consent to a rule as it was shown.
func AgreedRule(group safe.Text, r azurenet.Rule) string {
	return strings.Join([]string{"mend: rule", group.Raw(), r.Name.Raw(), strconv.Itoa(r.Priority), r.Protocol.Raw(), raw(r.Sources), raw(r.Destinations), raw(r.Ports)}, " ")
}

func raw(list []safe.Text) string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.Raw()
	}
	return strings.Join(out, ",")
}

// Ask is the one question of the run: what is added, where, what else that touches, and who
// else looks after it.
func (p RulePlan) Ask() Ask {
	var names []string
	for _, r := range p.Opening.Rules {
		names = append(names, fmt.Sprintf("%s (priority %d)", r.Name, r.Priority))
	}
	by := fmt.Sprintf("%s (priority %d)", p.Opening.Step.Rule.Or("that denies it"), p.Opening.Step.Priority)
	text := fmt.Sprintf("This adds to the security group %s, before its rule %s: %s. It lets %s through and nothing else; no rule that is there is changed.",
		p.Opening.Group.Name, by, strings.Join(names, ", "), p.Mend.What())
	if wide := slices.ContainsFunc(p.Opening.Rules, func(r azurenet.Rule) bool { return r.Protocol.Raw() == "*" }); wide {
		text += " One number alone is free before that rule, so it is one rule for any protocol."
	}
	text += p.touches()
	if why := p.Kept.Automation(); why != "" {
		text += " Mind that " + why + ": it may take the rule away again at its next run, so have the rule put into its code too."
	}
	return agree(text + " Go on?")
}

// touches says what else has the group.
func (p RulePlan) touches() string {
	var with []string
	for _, s := range p.Opening.Subnets {
		with = append(with, "the subnet "+s.String())
	}
	with = append(with, p.Kept.Elsewhere(p.VNet.ID)...)
	if len(with) < 2 {
		return ""
	}
	return " The group is that of " + strings.Join(with, ", ") + "; what has other addresses there is not touched."
}

// Right is what the signed-in account needs for it.
func (p RulePlan) Right() Right {
	group := p.Mend.Change.On
	return Right{"Microsoft.Network/networkSecurityGroups/securityRules/write", group, model.LastSegment(group).String(), "write a rule of the security group"}
}

// NotOpened is the failure for a connection that no rule of the group would let through, with
// the step that says why.
func NotOpened(m *Mend, s azurenet.Step) model.Failure {
	cause, cure := s.Finding.Cause, s.Finding.Next.Line()
	if cause == "" {
		cause = azurenet.Sentence(s.Why)
	}
	return model.Failure{
		Kind: model.FailureConflict, Operation: "let " + m.What() + " through", Subject: model.LastSegment(m.Change.On), Finding: "mend-not-possible",
		Cause: safe.New("No rule can be added that would help, so nothing is changed. " + cause), Cure: cure,
	}
}

// StillShut is the failure for rules that were written and that did not let the connection
// through.
func StillShut(m *Mend, s azurenet.Step) model.Failure {
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "let " + m.What() + " through", Subject: model.LastSegment(m.Change.On), Finding: "mend-no-effect", Retryable: true,
		Cause: safe.New("Azure took the rules, and the group does not let it through by now. " + azurenet.Sentence(s.Why)), Cure: "Retry: it looks again, and writes what is missing. The group's activity log names who else has changed it.",
	}
}

// RuleFailed is the failure for a rule that Azure took and could not put into effect.
func RuleFailed(name safe.Text, state model.ProvisioningState) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "write the security rule", Subject: name, Finding: "mend-no-effect", Retryable: true,
		Cause: safe.New("Azure took it, and says that its provisioning is " + string(state)), Cure: "Look at the group's activity log for the reason; then retry.",
	}
}

// OtherShut is what is said when a group lets a connection through now and something else on
// its way does not.
func OtherShut(s azurenet.Step) Checked {
	c := warning(s.Finding.Code, s.ID.Title(), s.Finding.Cause, s.Finding.Next)
	c.Severity, c.About = s.Finding.Severity, s.Why
	return c
}

// LookedAfter is what is said of a security group or a route table that somebody's program
// looks after.
func LookedAfter(k azurenet.Kept, name safe.Text) (Checked, bool) {
	why := k.Automation()
	if why == "" {
		return Checked{}, false
	}
	c := warning("mend-looked-after", name.String(), name.String()+": "+why+".", admin("Have the change put into its code too: its next run may take it away."))
	c.About = name.String()
	return c, true
}

// To is what a sequence lets through or changes, as a person gives it on a command line: the
// address with the port, the domain of the row, or the name of the route.
func (m *Mend) To() string {
	switch m.By {
	case finding.MendRow:
		return m.Change.Domain.String()
	case finding.MendRoute:
		return m.Change.Route.String()
	default:
	}
	return m.Change.Near.String() + ":" + strconv.Itoa(m.Change.Port)
}

// Reaches reports whether a sequence is the one for an address, an address with a port, or a
// domain. An empty text is any.
func (m *Mend) Reaches(to string) bool {
	to = strings.ToLower(strings.TrimSpace(to))
	return to == "" || !m.By.OfPeering() && (to == strings.ToLower(m.To()) || to == strings.ToLower(m.Change.Near.Raw()))
}
