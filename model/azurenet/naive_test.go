package azurenet_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// packet is one packet of one address, as the naive evaluators see it.
type packet struct {
	from, to netip.Addr
	udp      bool
	port     int
	access   bool
}

// fits asks one rule about one packet.
func fits(r azurenet.Rule, p packet) bool {
	protocol := map[bool]string{true: "Udp", false: "Tcp"}[p.udp]
	if r.Direction.Raw() != "Inbound" || r.Protocol.Raw() != "*" && r.Protocol.Raw() != protocol {
		return false
	}
	in := func(list []safe.Text, a netip.Addr, tagged bool) bool {
		return slices.ContainsFunc(list, func(t safe.Text) bool {
			switch t.Raw() {
			case "*":
				return true
			case "VirtualNetwork":
				return tagged
			case "Internet", "AzureLoadBalancer":
				return false
			default:
				return netip.MustParsePrefix(t.Raw()).Contains(a)
			}
		})
	}
	port := slices.ContainsFunc(r.Ports, func(t safe.Text) bool {
		low, high, isRange := strings.Cut(t.Raw(), "-")
		a, _ := strconv.Atoi(low)
		b := a
		if isRange {
			b, _ = strconv.Atoi(high)
		}
		return t.Raw() == "*" || a <= p.port && p.port <= b
	})
	return port && in(r.Sources, p.from, p.access) && in(r.Destinations, p.to, true)
}

// first is what the first rule that fits does.
func first(list []azurenet.Rule, p packet) string {
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b azurenet.Rule) int { return a.Priority - b.Priority })
	for _, r := range sorted {
		if fits(r, p) {
			return r.Access.Raw()
		}
	}
	return ""
}

// passes asks the admin rules, then both groups.
func passes(f azurenet.Facts, p packet) bool {
	var admin []azurenet.Rule
	for _, r := range f.AdminRules {
		admin = append(admin, r.Rule)
	}
	switch first(admin, p) {
	case "AlwaysAllow":
		return true
	case "Deny":
		return false
	}
	for _, g := range f.Groups {
		switch first(g.Rules, p) {
		case "Allow":
		case "Deny":
			return false
		default:
			if !p.access {
				return false
			}
		}
	}
	return true
}

func drawRule(rt *rapid.T, name string, priority int, access ...string) azurenet.Rule {
	draw := func(label string, most int, from []string) []safe.Text {
		return safe.Texts(rapid.SliceOfN(rapid.SampledFrom(from), 1, most).Draw(rt, label)...)
	}
	var ranges []string
	for bits := 26; bits <= 32; bits += 2 {
		for base := 0; base < 64; base += 1 << max(3, 32-bits) {
			ranges = append(ranges, netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(base)}), bits).Masked().String())
		}
	}
	return azurenet.Rule{
		Name: text(name), Priority: priority, Direction: text(rapid.SampledFrom([]string{"Inbound", "Inbound", "Inbound", "Outbound"}).Draw(rt, "direction")),
		Access: text(rapid.SampledFrom(access).Draw(rt, "access")), Protocol: text(rapid.SampledFrom([]string{"*", "Tcp", "Udp"}).Draw(rt, "protocol")),
		Sources: draw("sources", 3, append(ranges, "*", "VirtualNetwork", "Internet", "AzureLoadBalancer")), SourcePorts: safe.Texts("*"),
		Destinations: draw("destinations", 2, []string{"*", "VirtualNetwork", "10.20.4.0/24", "10.20.4.10/32", "10.20.4.11/32", "10.99.0.0/16"}),
		Ports:        draw("ports", 2, []string{"*", "8080", "80-8079", "8000-9000", "443"}),
	}
}

// The verdict on random rules is that of asking them for each address by itself.
func TestRulesAgainstEachPacket(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := world(t)
		f.Tables = nil
		f.VNet.Subnets[0].RouteTable = text("")
		for i := range f.Groups {
			f.Groups[i].Rules = nil
			for n := range rapid.IntRange(0, 4).Draw(rt, "rules") {
				f.Groups[i].Rules = append(f.Groups[i].Rules, drawRule(rt, fmt.Sprintf("g%dr%d", i, n), 100+n*7%30, "Allow", "Deny"))
			}
		}
		for n := range rapid.IntRange(0, 3).Draw(rt, "admin rules") {
			f.AdminRules = append(f.AdminRules, azurenet.AdminRule{Rule: drawRule(rt, fmt.Sprintf("a%d", n), 10+n, "Allow", "AlwaysAllow", "Deny")})
		}
		q := question("10.20.4.10", rapid.SampledFrom([]int{8080, 443, 22}).Draw(rt, "port"))
		q.From = prefixes("10.0.0.0/26")
		q.Protocol = rapid.SampledFrom([]string{azurenet.TCP, azurenet.UDP}).Draw(rt, "over")
		q.Access = rapid.SampledFrom([]model.Ternary{model.Yes, model.No}).Draw(rt, "access")
		open := 0
		for i := range 64 {
			if passes(f, packet{netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), q.To, q.Protocol == azurenet.UDP, q.Port, q.Access == model.Yes}) {
				open++
			}
		}
		got := f.Passage(q)
		switch o := got.Outcome(); {
		case open == 64 && o != azurenet.Open, open < 64 && o == azurenet.Open, open > 0 && o == azurenet.Closed, o == azurenet.Unknown:
			rt.Fatalf("%d of 64 addresses pass, judged %s: %+v", open, o, got.Steps)
		}
		// Who is asked for alone gets a whole answer.
		alone := netip.AddrFrom4([4]byte{10, 0, 0, byte(rapid.IntRange(0, 63).Draw(rt, "alone"))})
		q.From = prefixes(alone.String() + "/32")
		want := map[bool]azurenet.Outcome{true: azurenet.Open, false: azurenet.Closed}[passes(f, packet{alone, q.To, q.Protocol == azurenet.UDP, q.Port, q.Access == model.Yes})]
		if got := f.Passage(q); got.Outcome() != want {
			rt.Fatalf("%s is %s, want %s: %+v", alone, got.Outcome(), want, got.Steps)
		}
	})
}

// The verdict on random routes is that of looking up each address by itself.
func TestRoutesAgainstEachPacket(t *testing.T) {
	hops := map[string]azurenet.Outcome{"VirtualAppliance": azurenet.Partly, "None": azurenet.Closed, "VirtualNetworkGateway": azurenet.Partly, "Internet": azurenet.Closed}
	rapid.Check(t, func(rt *rapid.T) {
		tab := table("rt")
		seen := map[string]bool{}
		for n := range rapid.IntRange(0, 6).Draw(rt, "routes") {
			base, bits := rapid.IntRange(0, 63).Draw(rt, "base"), rapid.SampledFrom([]int{0, 8, 20, 26, 27, 28, 30, 32}).Draw(rt, "bits")
			to := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(base)}), bits).Masked().String()
			if hop := rapid.SampledFrom([]string{"VirtualAppliance", "None", "VirtualNetworkGateway", "Internet"}).Draw(rt, "hop"); !seen[to] {
				seen[to] = true
				tab.Routes = append(tab.Routes, route(fmt.Sprintf("r%d", n), to, hop, "10.20.9.4"))
			}
		}
		peered := rapid.SampledFrom([]string{"10.0.0.0/26", "10.0.0.0/16", "10.0.0.0/28", "10.0.0.0/8"}).Draw(rt, "peered")
		want := azurenet.Open
		for i := range 64 {
			a := netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})
			best, outcome := -1, azurenet.Open
			if p := netip.MustParsePrefix(peered); p.Contains(a) {
				best = p.Bits()
			}
			for _, r := range tab.Routes {
				if p := r.Prefix.Range(); p.Contains(a) && p.Bits() >= best {
					best, outcome = p.Bits(), hops[r.NextHop.Raw()]
				}
			}
			if outcome.Worse(want) {
				want = outcome
			}
		}
		if got := azurenet.JudgeRoutes(tab, prefixes("10.0.0.0/26"), prefixes(peered)); got.Outcome != want {
			rt.Fatalf("%s, want %s: %s", got.Outcome, want, got.Why)
		}
	})
}

// Whatever Azure sends, nothing panics, and what is not understood is said.
func FuzzWhateverAzureSends(f *testing.F) {
	f.Add("Allow", "Inbound", "Tcp", "10.0.0.0/8", "8080", 100, "VirtualAppliance", "10.0.0.0/16", "All", "Enabled", 443)
	f.Add("", "", "", "", "", 0, "", "", "", "", 0)
	f.Add("AlwaysAllow", "inbound", "*", "::/0", "0-65535", -1, "VirtualApplianceEcmp", "0.0.0.0/0", "Some", "Disabled", 70000)
	f.Add("Deny", "Inbound", "Any", "10.0.0.1-10.0.0.9", "a-b", 4097, "VnetLocal", "10.0.0.9/32", "None", "", -5)
	f.Fuzz(func(t *testing.T, access, direction, protocol, address, port string, priority int, hop, to, off, policies string, asked int) {
		w := world(t)
		r := azurenet.Rule{
			Name: text(access), Priority: priority, Access: text(access), Direction: text(direction), Protocol: text(protocol),
			Sources: safe.Texts(address), SourceGroups: safe.Texts(to), Destinations: safe.Texts(to), DestinationGroups: safe.Texts(address), Ports: safe.Texts(port), SourcePorts: safe.Texts(port),
		}
		w.Groups[0].Rules = append(w.Groups[0].Rules, r)
		w.AdminRules = append(w.AdminRules, azurenet.AdminRule{Rule: r})
		w.Tables[0].Routes = append(w.Tables[0].Routes, route("r", to, hop, address))
		w.Tables[0].PeeringRoutes = text(off)
		w.Policies = []azurenet.SubnetPolicies{{Subnet: text(vnetID + "/subnets/snet-apps"), Endpoints: text(policies)}}
		w.Effective = []azurenet.Effective{{Card: text(address), RoutesRead: true, Routes: []azurenet.EffectiveRoute{{Prefixes: model.NewPrefixes(safe.Texts(to)), NextHop: text(hop), State: text(off)}}}}
		q := question("10.20.4.10", asked)
		q.Protocol, q.From = protocol, model.NewPrefixes(safe.Texts(address, cidr))
		p := w.Passage(q)
		w.PassageBoth(q)
		out := w.Begun(azurenet.Outward{From: model.NewPrefix(text("10.20.4.0/24")), To: q.From, Protocol: protocol, Port: asked})
		for _, s := range append(p.Steps, out.Steps...) {
			if (s.Outcome == azurenet.Open) == (s.Finding.Code != "") || s.Why == "" {
				t.Errorf("%+v", s)
			}
		}
	})
}
