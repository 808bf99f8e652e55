package azurenet

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// JudgeRoutes tells whether replies to a gateway network go back over the peering, by the
// user's routes of a table. Peered are the ranges for which the peering makes routes, by
// default those that are asked about. Azure takes the longest prefix, and of equally long
// ones the user's route: so a user's route for the network's range, or for a part of it,
// comes before that of the peering, and a wider one does not, unless the peering has no route
// there. Routes that a gateway of the VNET learns never come before those of a peering,
// however long they are (Microsoft: virtual network traffic routing).
func JudgeRoutes(t RouteTable, far, peered []model.Prefix) Step {
	return judgeRoutes(t, far, peered, false)
}

func judgeRoutes(t RouteTable, far, peered []model.Prefix, outbound bool) Step {
	if len(rangesOf(far)) == 0 {
		return unknown(StepBack, "whether answers go back cannot be told: the range "+phrase.List(far)+" of the network is none", "").by(t.ID, t.Name)
	}
	back := replies{outbound: outbound, table: t, far: far, want: spansOf(rangesOf(far)...)}
	if len(peered) == 0 {
		peered = far
	}
	s := back.judge(rangesOf(peered))
	return s.by(t.ID, t.Name.Or(tail(t.ID)))
}

// replies are those to a gateway network from a subnet with a route table, or connections
// that are begun there.
type replies struct {
	outbound bool

	table RouteTable
	far   []model.Prefix
	want  spans
	named string // what the routes are of, in words; empty for the table
}

func (b replies) name() string {
	if b.named != "" {
		return b.named
	}
	return "the route table " + b.table.Name.Or(tail(b.table.ID)).String()
}

// what begins the wording of what is sent.
func (b replies) what() string {
	if b.outbound {
		return "connections to "
	}
	return "answers to "
}

// others is what comes from the other side, over the peering.
func (b replies) others() string {
	if b.outbound {
		return "; the replies come over the peering, so the ways differ"
	}
	return "; the questions come over the peering, so the ways differ"
}

func (b replies) judge(peered []netip.Prefix) Step {
	off := Step{}
	switch strings.ToLower(b.table.PeeringRoutes.Raw()) {
	case "", "none":
	case "all":
		off, peered = b.off(), nil
	default:
		return unknown(StepBack, "whether "+b.what()+whole(b.far)+" go back cannot be told: "+b.name()+" has disablePeeringRoute "+b.table.PeeringRoutes.Quoted()+", which peerdeck does not know", lookAtRoutes)
	}
	led, left, wider := b.led(entries(peered))
	out, instead := off, off.ID != "" && len(left) == 0
	if instead {
		out = Step{} // routes of the user's take the place of the peering's
	}
	for _, l := range led {
		if s := b.hop(l); s.Outcome.Worse(out.Outcome) {
			out = s
		}
	}
	switch {
	case out.ID == "":
		return open(StepBack, b.name()+" has no route for "+whole(b.far)+" itself"+wider)
	case instead:
		out.Why = b.keepsOut() + "; " + out.Why
		out.Finding.Cause = Sentence(out.Why)
	}
	return out
}

const lookAtRoutes = "Look at the effective routes of the server's network card."

func (b replies) keepsOut() string {
	return b.name() + " keeps the routes of peerings out of its subnets (disablePeeringRoute is All)"
}

// off is the step of a table that keeps the routes of peerings out of its subnets; no
// property of the peering shows it.
func (b replies) off() Step {
	return closed(StepBack, CodeRouteAway, b.keepsOut()+": "+b.what()+whole(b.far)+" do not go back",
		"Let the table take the routes of peerings again.").
		run("az resource update --ids " + model.ShellQuote(b.table.ID.String()) + " --api-version 2025-07-01 --set properties.disablePeeringRoute=None")
}

// leading is a part of the gateway network with the user's route that decides for it.
type leading struct {
	route Route
	of    spans
	twice bool // another route of the table has the same prefix and leads elsewhere
}

// entry is a route of the table or of the peering.
type entry struct {
	to    netip.Prefix
	route *Route // nil for one of the peering
}

func entries(peered []netip.Prefix) []entry {
	var out []entry
	for _, p := range peered {
		out = append(out, entry{to: p})
	}
	return out
}

// led finds what the user's routes lead away, what has neither a route of the user's nor one
// of the peering, and names a wider route that gives way.
func (b replies) led(peered []entry) (led []leading, left spans, wider string) {
	all := slices.Clone(peered)
	for i := range b.table.Routes {
		r := &b.table.Routes[i]
		to, ok := RangeOf(r.Prefix.Text.Raw())
		if ok && spansOf(to).overlaps(b.want) { // a tag of a service is for public addresses
			all = append(all, entry{to, r})
		}
	}
	slices.SortStableFunc(all, func(x, y entry) int {
		switch {
		case x.to.Bits() != y.to.Bits():
			return y.to.Bits() - x.to.Bits()
		case (x.route == nil) != (y.route == nil) && x.route == nil:
			return 1
		case (x.route == nil) != (y.route == nil):
			return -1
		default:
			return 0
		}
	})
	left = b.want
	var over spans // what routes of the peering carry
	for i, e := range all {
		in, out := left.split(spansOf(e.to))
		switch {
		case e.route == nil:
			over = append(over, in...).tidy()
		case len(in) > 0:
			led = append(led, leading{*e.route, in, twice(all, i)})
		case over.overlaps(spansOf(e.to)):
			wider = "; its wider route " + e.route.Name.String() + " (" + e.route.Prefix.String() + ") gives way to that of the peering"
		}
		left = out
	}
	return led, left, wider
}

// twice reports whether another route of the user's has the same prefix and leads elsewhere.
func twice(all []entry, at int) bool {
	one := all[at]
	return slices.ContainsFunc(all, func(e entry) bool {
		return e.route != nil && e.route != one.route && e.to == one.to &&
			(!e.route.NextHop.EqualFold(one.route.NextHop) || !SameAddress(e.route.Address, one.route.Address))
	})
}

// hop judges a route that comes before the peering's for some of the gateway's range.
func (b replies) hop(l leading) Step {
	r := l.route
	route := "the route " + r.Name.String() + " (" + r.Prefix.String() + ") of " + b.name()
	answers := b.what() + whole(b.far)
	if l.of.overlaps(b.want) && !l.of.holds(b.want) {
		answers = b.what() + l.of.name() + ", a part of " + whole(b.far) + ","
	}
	done := func(s Step) Step {
		s.Rule = r.Name
		if s.Outcome != Unknown {
			s = s.run(showRoute(b.table, r))
		}
		return s
	}
	if l.twice {
		return done(unknown(StepBack, "whether "+answers+" go back cannot be told: "+route+" is there twice, with different next hops, and which of them Azure takes is not known", lookAtRoutes))
	}
	change := "Change the route so that it leaves out " + whole(b.far) + ". What else it leads there, the owner of the table knows."
	switch strings.ToLower(r.NextHop.Raw()) {
	case "virtualappliance":
		return done(astray(route+" sends "+answers+" through the appliance "+r.Address.Or("without an address").String()+
			b.others(), change+" Or let the appliance pass both directions: a firewall that sees only the answers drops them."))
	case "virtualnetworkgateway":
		return done(astray(route+" sends "+answers+" to the VNET's gateway"+b.others(),
			change+" It may stay if the gateway leads back to the network."))
	case "none":
		return done(closed(StepBack, CodeRouteAway, route+" drops "+answers, change))
	case "internet":
		return done(closed(StepBack, CodeRouteAway, route+" sends "+answers+" to the Internet, where no private address is carried", change))
	case "vnetlocal":
		return done(astray(route+" keeps "+answers+" inside the VNET and its peerings", change+" The peering makes its own route."))
	default:
		return done(unknown(StepBack, "whether "+answers+" go back cannot be told: "+route+" sends them to "+r.NextHop.Quoted()+", which peerdeck does not know", lookAtRoutes))
	}
}
