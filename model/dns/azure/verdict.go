package azure

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// ServerFacts are the facts about a server in the form that the verdicts on its answers
// take them. What is not known says why.
func (f Facts) ServerFacts(q Question) dnsverdict.ServerFacts {
	if f.VNet.ID.IsEmpty() {
		why := f.Judge(q)[0].Why
		return dnsverdict.ServerFacts{
			Findings: f.standing(q),
			Routed:   dnsverdict.NotKnown[bool](why), Taken: dnsverdict.NotKnown[bool](why), Endpoint: dnsverdict.NotKnown[bool](why),
			UDP: dnsverdict.NotKnown[dnsverdict.Gate](why), TCP: dnsverdict.NotKnown[dnsverdict.Gate](why), Loop: dnsverdict.NotKnown[safe.Text](why),
		}
	}
	out := dnsverdict.ServerFacts{Findings: f.standing(q), Taken: f.inUse(q.Server), Endpoint: f.isEndpoint(q.Server), Loop: f.loop(q), Forwards: f.forwards(q)}
	routed := false
	for _, p := range f.VNet.AddressPrefixes {
		routed = routed || p.Contains(q.Server)
	}
	out.Routed = dnsverdict.Know(routed)
	if routed {
		out.VNet = f.VNet.Name
	}
	s, in := SubnetOf(f.VNet, q.Server)
	if in.Outcome != Done {
		out.UDP, out.TCP, out.Instead = dnsverdict.NotKnown[dnsverdict.Gate](in.Why), dnsverdict.NotKnown[dnsverdict.Gate](in.Why), f.instead(q)
		return out
	}
	out.Subnet, out.Instead = s.Name, f.instead(q)
	out.UDP, out.TCP = f.gates(q, s)
	return out
}

// standing are the findings that hold whatever the server answers. Whether the link of a
// zone matters, the answers tell, and whether another peering leads to a server that lies
// outside of the VNET, the snapshot does.
func (f Facts) standing(q Question) []finding.Finding {
	var out []finding.Finding
	for _, c := range f.Judge(q) {
		v := c.Finding
		there := slices.ContainsFunc(out, func(o finding.Finding) bool { return o.Same(v) && o.Cause == v.Cause })
		if v.Severity < finding.Attention || there || c.ID == CheckZone || c.ID == CheckSubnet && v.Code != CodeNoSubnet && v.Code != CodePlatform {
			continue
		}
		out = append(out, v)
	}
	return out
}

// Around are the findings about a server for all the domains that are asked there: those
// that hold whatever it answers.
func (f Facts) Around(q Question, domains []safe.Text) []finding.Finding {
	q.Domain = safe.Text{}
	out := f.standing(q)
	for _, d := range domains {
		if v := f.LoopFor(d, f.VNet.ID).Finding; v.Severity >= finding.Attention && !slices.ContainsFunc(out, func(o finding.Finding) bool { return o.Same(v) && o.Cause == v.Cause }) {
			out = append(out, v)
		}
	}
	for i := range out {
		out[i].Servers = []safe.Text{q.Server}
	}
	return out
}

// gates are what the security group of a subnet does to questions over UDP and TCP.
func (f Facts) gates(q Question, s model.Subnet) (udp, tcp dnsverdict.Known[dnsverdict.Gate]) {
	overUDP, overTCP := f.rules(q, s)
	return gate(overUDP), gate(overTCP)
}

// forwards is the forwarding rule that a question meets at an inbound endpoint of the VNET.
func (f Facts) forwards(q Question) dnsverdict.Known[dnsverdict.Forwarding] {
	if _, _, endpoint := f.EndpointAt(q.Server); !endpoint {
		return dnsverdict.NotKnown[dnsverdict.Forwarding]("what a server of your own forwards, Azure does not tell")
	}
	set, rule, found := f.RuleFor(q.Domain, f.VNet.ID)
	if g := f.Gap(PartRulesets, safe.Text{}); !found && g != nil {
		return dnsverdict.NotKnown[dnsverdict.Forwarding](unread(CheckLoop, g).Why)
	}
	return dnsverdict.Know(dnsverdict.Forwarding{Ruleset: set.Name, Rule: rule.Name, Targets: rule.Targets})
}

func gate(p Port) dnsverdict.Known[dnsverdict.Gate] {
	rule := safe.Text{}
	if !p.Rule.IsEmpty() {
		rule = safe.New(fmt.Sprintf("%s (priority %d)", p.Rule.Raw(), p.Priority))
	}
	switch p.Outcome {
	case Done:
		return dnsverdict.Know(dnsverdict.Gate{Open: true, Rule: rule})
	case Failed, Partly: // some data planes are kept out, and which is not known beforehand
		return dnsverdict.Know(dnsverdict.Gate{Rule: rule, Finding: p.Finding})
	default:
		return dnsverdict.NotKnown[dnsverdict.Gate](p.Why)
	}
}

func (f Facts) inUse(server safe.Text) dnsverdict.Known[bool] {
	if _, _, found := f.EndpointAt(server); found {
		return dnsverdict.Know(true)
	}
	for _, a := range f.Addresses {
		if azurenet.SameAddress(a.Address, server) {
			return dnsverdict.Know(!a.Free && !a.Reserved)
		}
	}
	return dnsverdict.NotKnown[bool](f.Owner(server).Why)
}

func (f Facts) isEndpoint(server safe.Text) dnsverdict.Known[bool] {
	_, _, found := f.EndpointAt(server)
	if g := f.resolverGap(); !found && g != nil {
		return dnsverdict.NotKnown[bool](unread(CheckOwner, g).Why)
	}
	return dnsverdict.Know(found)
}

func (f Facts) loop(q Question) dnsverdict.Known[safe.Text] {
	if l, found := f.loopAt(q.Domain, f.VNet.ID); found {
		return dnsverdict.Know(l.Ruleset)
	}
	if g := f.LoopFor(q.Domain, f.VNet.ID); g.Outcome == Unknown {
		return dnsverdict.NotKnown[safe.Text](g.Why)
	}
	return dnsverdict.Know(safe.Text{})
}

// ZoneFacts is what is known of the private zone that a domain lies in, in the form
// that the verdicts take it. That this subscription has none says nothing of others.
func (f Facts) ZoneFacts(domain safe.Text) dnsverdict.Known[dnsverdict.Zone] {
	if f.VNet.ID.IsEmpty() {
		return dnsverdict.NotKnown[dnsverdict.Zone](f.Judge(Question{})[0].Why)
	}
	z, found := f.ZoneFor(domain, f.VNet.ID)
	if found.Outcome == Unknown {
		return dnsverdict.NotKnown[dnsverdict.Zone](found.Why)
	}
	out := dnsverdict.Zone{Name: z.Name, Exists: true, Linked: found.Outcome == Done, Finding: found.Finding, Held: dnsverdict.NotKnown[bool]("the record was not read")}
	if r, read := z.record(hostIn(domain.Raw(), z.Name.Raw())); read {
		out.Held = dnsverdict.Know(r.Held)
	}
	if out.Linked {
		out.Missing = f.missing(z, domain)
	}
	return dnsverdict.Know(out)
}
