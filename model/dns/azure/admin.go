package azure

import (
	"net/netip"
	"slices"
	"strings"

	"peerdeck/model/safe"
)

// admin holds the security admin rules of network managers before what the security groups
// do. They are asked first: Deny drops and AlwaysAllow lets through, whatever a group says;
// Allow goes on to the groups.
func (f Facts) admin(q Question, p Port) Port {
	from, isRange := rangeOf(q.From.Text.Raw())
	to, err := netip.ParseAddr(q.Server.Raw())
	if len(f.Admin) == 0 || !isRange || err != nil {
		return p
	}
	rules := slices.Clone(f.Admin)
	for i := range rules {
		if rules[i].always() {
			rules[i].Access = safe.New("Allow")
		}
	}
	any1 := []safe.Text{safe.New("*")}
	const behind = 1 << 30 // any rule of a manager
	rules = append(rules, Rule{Priority: behind, Direction: safe.New("Inbound"), Access: safe.New("Allow"), Protocol: safe.New("*"), Sources: any1, SourcePorts: any1, Destinations: any1, Ports: any1})
	slices.SortStableFunc(rules, func(a, b Rule) int { return a.Priority - b.Priority })
	d := decide(rules, packet{strings.ToLower(p.Protocol), from, to.Unmap(), q.Access})
	if r, doubt := d.doubtful(); doubt || d.tooBig {
		if p.Outcome == Done {
			p.Check = unknown(p.ID, "whether the security admin rule "+r.rule.Name.String()+" is for "+p.Protocol+" 53 from "+q.From.String()+" cannot be told: "+r.why, "Look at the rule in the network manager.")
		}
		return p
	}
	letThrough := len(d.parts) > 0
	for _, s := range d.parts {
		letThrough = letThrough && slices.ContainsFunc(f.Admin, func(r Rule) bool { return r.Name == s.rule.Name && r.Priority == s.rule.Priority && r.always() })
		if s.allows() {
			continue
		}
		p.Rule, p.Priority = s.rule.Name, s.rule.Priority
		p.Check = failed(p.ID, CodeAdminRule, "the security admin rule "+s.rule.Name.String()+" of a network manager denies port 53 to "+s.of[0].String()+", before any security group is asked",
			"Ask the administrator of the network manager: \"Please let 53/UDP and 53/TCP pass from "+q.From.String()+" to "+q.Server.String()+", inbound, before the rule "+s.rule.Name.String()+".\"")
		return p
	}
	if letThrough && closed(p) {
		p.Rule, p.Priority = d.parts[0].rule.Name, d.parts[0].rule.Priority
		p.Check = done(p.ID, p.Protocol+" 53 is always allowed by the security admin rule "+p.Rule.String()+", whatever the security groups say")
	}
	return p
}

func (r Rule) always() bool { return strings.EqualFold(r.Access.Raw(), "alwaysallow") }
