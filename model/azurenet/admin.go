package azurenet

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model/safe"
)

// admitted is what the security admin rules leave to the security groups.
type admitted struct {
	Step

	on     spans  // what goes on to the security groups
	always spans  // what no security group is asked about any more
	rule   string // that always allows it, in words
	unsure bool   // whether some of what goes on is always allowed is not known
}

// admin asks the security admin rules, before any security group. Exempt says why they are
// not for this place; empty where they are. What they deny goes on nevertheless, so that
// what else is in its way is said too.
func (f Facts) admin(p packet, a asking, exempt string) admitted {
	out := admitted{on: p.far}
	if exempt != "" {
		out.Step = open(StepAdmin, exempt)
		return out
	}
	if g := f.Gap(PartAdminRules, safe.Text{}); g != nil {
		out.Step = unread(StepAdmin, g)
		return out
	}
	rules := make([]Rule, len(f.AdminRules))
	for i, r := range f.AdminRules {
		rules[i] = r.Rule
	}
	d := decide(rules, p, allow, alwaysAllow, deny)
	for _, s := range d.that(alwaysAllow) {
		out.always, out.rule = append(out.always, s.of...).tidy(), s.named()
	}
	_, out.on = p.far.split(out.always)
	out.Step = f.adminStep(d, a)
	if r, found := d.doubtful(allow, allow, alwaysAllow, deny); found {
		if r.does() == alwaysAllow || r.does() == allow {
			// Only where a security group says no does it matter which of the two it is,
			// unless a rule that denies comes behind.
			if _, denied := d.denying(r); !denied {
				out.unsure = true
				return out
			}
		}
		out.Step = f.adminBy(unknown(StepAdmin, "whether "+f.adminNamed(r.rule)+" is for "+a.what()+" cannot be told: "+r.why, "Look at the effective security admin rules of the VNET.").run(f.listAdmin()), r.rule)
	}
	return out
}

// denying finds a part that is denied and that a doubtful rule may be for.
func (d decision) denying(q share) (share, bool) {
	return find(d.parts[min(q.at, len(d.parts)):], func(s share) bool { return s.does() == deny && s.of.overlaps(q.of) })
}

func (f Facts) adminStep(d decision, a asking) Step {
	vnet := "the VNET " + f.VNet.Name.Or(tail(f.VNet.ID)).String()
	denied := d.that(deny)
	switch {
	case len(f.AdminRules) == 0:
		return open(StepAdmin, "no security admin rule is in effect for "+vnet)
	case len(d.parts) == 0:
		return open(StepAdmin, "no security admin rule of "+vnet+" is for "+a.what())
	case len(denied) == 0 && d.parts[0].does() == alwaysAllow:
		return f.adminBy(open(StepAdmin, a.what()+" is always allowed by "+f.adminNamed(d.parts[0].rule)+", whatever the security groups say"), d.parts[0].rule)
	case len(denied) == 0:
		return f.adminBy(open(StepAdmin, f.adminNamed(d.parts[0].rule)+" lets "+a.what()+" go on to the security groups"), d.parts[0].rule)
	}
	by := denied[0]
	who := "the network manager"
	if r, found := f.adminOf(by.rule); found && !r.Manager.IsEmpty() {
		who += " " + r.Manager.String()
	}
	next := "Ask the owner of " + who + " to allow " + a.what() + " to " + a.near + " before " + by.named() + ": no security group can allow what a security admin rule denies."
	if a.outbound {
		next = "Ask the owner of " + who + " to allow " + a.what() + " from " + a.near + " before " + by.named() + ": no security group can allow what a security admin rule denies."
	}
	why := a.what() + " is denied by " + f.adminNamed(by.rule) + ", before any security group is asked"
	out := closed(StepAdmin, CodeAdminClosed, why, next)
	if passes := len(d.left) > 0 || len(denied) < len(d.parts); passes {
		out = closed(StepAdmin, CodeAdminClosed, fmt.Sprintf("of %s a part, %s, is denied by %s, before any security group is asked", a.what(), by.of.name(), f.adminNamed(by.rule)), next)
		out.Outcome = Partly
	}
	return f.adminBy(out.run(f.listAdmin()), by.rule)
}

// adminOf finds the security admin rule that a rule is of.
func (f Facts) adminOf(r Rule) (AdminRule, bool) {
	return find(f.AdminRules, func(a AdminRule) bool {
		return a.Name == r.Name && a.Priority == r.Priority && a.Access == r.Access && a.Direction == r.Direction
	})
}

func (f Facts) adminNamed(r Rule) string {
	out := fmt.Sprintf("the security admin rule %s (priority %d)", r.Name.Or("without a name"), r.Priority)
	if a, found := f.adminOf(r); found && !a.Manager.IsEmpty() {
		out += " of the network manager " + a.Manager.String()
	}
	return out
}

func (f Facts) adminBy(s Step, r Rule) Step {
	s.Rule, s.Priority = r.Name, r.Priority
	if a, found := f.adminOf(r); found {
		s = s.by(a.ID, a.Manager)
	}
	return s
}

// listAdmin is the command that shows the security admin rules in effect for the VNET.
func (f Facts) listAdmin() string {
	subscription, group, name, ok := Place(f.VNet.ID)
	if !ok {
		return ""
	}
	return Az("network manager list-effective-security-admin-rules", "--subscription", subscription, "--resource-group", group, "--virtual-network-name", name)
}
