package azurenet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// mostCopied is how many routes a table may have that a command copies: a longer one is
// shown, and changed by whoever knows it.
const mostCopied = 12

// spared gives a step whose routes lead away the command that gives the subnet a copy of its
// route table without them. The table itself stays as it is, for the other subnets that have
// it and for the way back: a route may be in use for connections that nobody sees here.
func (f Facts) spared(s Step, subnet model.Subnet, t RouteTable, far, peered []model.Prefix) Step {
	command := f.copied(subnet, t, far, peered)
	if command == "" {
		return s
	}
	s = s.run(command)
	s.Finding.Next.Text += " The command gives the subnet " + subnet.Name.String() + " a copy of " + t.Name.Or(tail(t.ID)).String() + " without it, and leaves the table as it is."
	return s
}

func (f Facts) copied(subnet model.Subnet, t RouteTable, far, peered []model.Prefix) string {
	subscription, group, _, ok := Place(t.ID)
	of, in, vnet, whole := Place(f.VNet.ID)
	off := !t.PeeringRoutes.IsEmpty() && !strings.EqualFold(t.PeeringRoutes.Raw(), "none")
	if !ok || !whole || f.VNet.Location.IsEmpty() || len(t.Routes) > mostCopied || off || t.NoGatewayRoutes == model.Unstated {
		return ""
	}
	if len(peered) == 0 {
		peered = far
	}
	id, there := f.copyOf(t, far, peered)
	use := Az("network vnet subnet update", "--subscription", of, "--resource-group", in, "--vnet-name", vnet, "--name", subnet.Name.String(), "--route-table", id.String())
	if there {
		return use
	}
	led, _, _ := replies{table: t, far: far, want: spansOf(rangesOf(far)...)}.led(entries(rangesOf(peered)))
	name := tail(id)
	create := Az("network route-table create", "--subscription", subscription, "--resource-group", group, "--name", name, "--location", f.VNet.Location.String())
	if t.NoGatewayRoutes == model.Yes {
		create += flag("--disable-bgp-route-propagation", "true")
	}
	parts := []string{create}
	for _, r := range t.Routes {
		if slices.ContainsFunc(led, func(l leading) bool { return l.route.Prefix.Same(r.Prefix) }) {
			continue
		}
		if !copies(r.NextHop) {
			return ""
		}
		one := Az("network route-table route create", "--subscription", subscription, "--resource-group", group, "--route-table-name", name,
			"--name", r.Name.String(), "--address-prefix", r.Prefix.String(), "--next-hop-type", r.NextHop.String())
		if !r.Address.IsEmpty() {
			one += flag("--next-hop-ip-address", r.Address.String())
		}
		parts = append(parts, one)
	}
	return strings.Join(append(parts, use), " && ")
}

// copyOf is the id of the copy of a table, and whether it is there already: one that was made
// for another subnet serves this one too, and one of that name that leads away itself is left
// alone.
func (f Facts) copyOf(t RouteTable, far, peered []model.Prefix) (id safe.Text, there bool) {
	base := strings.TrimSuffix(t.ID.String(), tail(t.ID))
	for n := 1; ; n++ {
		name := tail(t.ID) + "-without-kong"
		if n > 1 {
			name += strconv.Itoa(n)
		}
		id = safe.New(base + name)
		found, is := f.Table(id)
		if !is {
			return id, false
		}
		if JudgeRoutes(found, far, peered).Outcome == Open {
			return id, true
		}
	}
}

// copies reports whether a next hop is one that the Azure CLI takes.
func copies(hop safe.Text) bool {
	switch strings.ToLower(hop.Raw()) {
	case "virtualappliance", "virtualnetworkgateway", "vnetlocal", "internet", "none":
		return true
	default:
		return false
	}
}
