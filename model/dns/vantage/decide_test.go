package vantage_test

import (
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// machine is a laptop with a radio card, and whatever else is named.
func machine(ways map[string]string, more ...string) vantage.Facts {
	f := vantage.Facts{Kind: vantage.ThisMachine, Ways: map[netip.Addr]vantage.Way{}}
	cards := []vantage.Interface{
		{Name: safe.New("lo"), Kind: vantage.CardLoopback, Prefixes: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/8")}},
		{Name: safe.New("wlan0"), Prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.1.23/24")}, Kind: vantage.CardPlain},
	}
	routes := []vantage.Route{
		{To: netip.MustParsePrefix("0.0.0.0/0"), Card: safe.New("wlan0"), Metric: 600},
		{To: netip.MustParsePrefix("192.168.1.0/24"), Card: safe.New("wlan0"), Metric: 600},
	}
	for _, m := range more { // card address/bits [route …]
		words := strings.Fields(m)
		c := vantage.Interface{Name: safe.New(words[0]), Kind: vantage.CardOf(words[0], false, false)}
		if words[1] != "-" {
			c.Prefixes = []netip.Prefix{netip.MustParsePrefix(words[1])}
		}
		cards = append(cards, c)
		for _, r := range words[2:] {
			to, reject := strings.CutSuffix(r, "!")
			routes = append(routes, vantage.Route{To: netip.MustParsePrefix(to), Card: c.Name, Reject: reject})
		}
	}
	f.Interfaces, f.Routes = dnsverdict.Know(cards), dnsverdict.Know(routes)
	for to, from := range ways {
		if from == "" {
			f.Ways[addr(to)] = vantage.Way{None: "network is unreachable"}
		} else {
			f.Ways[addr(to)] = vantage.Way{From: addr(from)}
		}
	}
	return f
}

func with(f vantage.Facts, change func(*vantage.Facts)) vantage.Facts {
	change(&f)
	return f
}

func TestWhatAPlaceCanSayOfAServer(t *testing.T) {
	t.Parallel()
	plain := map[string]string{"10.1.0.4": "192.168.1.23"}
	hub := vantage.Network{Name: safe.New("vnet-hub"), Ranges: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("10.7.0.0/16")}}
	answered := func(list ...string) func(*vantage.Facts) {
		return func(f *vantage.Facts) {
			f.Networks = []vantage.Network{hub}
			for _, a := range list {
				f.Answered = append(f.Answered, addr(a))
			}
		}
	}
	hidden := func(f *vantage.Facts) { f.Routes = dnsverdict.NotKnown[[]vantage.Route]("macOS does not tell") }
	for name, c := range map[string]struct {
		facts  vantage.Facts
		server string
		want   vantage.Standing
		why    string
	}{
		"default route only":              {machine(plain), "10.1.0.4", vantage.Unproven, "only the default route (wlan0)"},
		"no probe of the way":             {machine(nil), "10.1.0.4", vantage.Unproven, "only the default route (wlan0)"},
		"a route over the VPN":            {machine(map[string]string{"10.1.0.4": "172.27.0.2"}, "tun0 172.27.0.2/24 10.0.0.0/8"), "10.1.0.4", vantage.Likely, "the route 10.0.0.0/8 over tun0 (VPN)"},
		"a VPN for another network":       {machine(plain, "tun0 172.27.0.2/24 10.9.0.0/16"), "10.1.0.4", vantage.Unproven, "only the default route"},
		"everything over the VPN":         {machine(map[string]string{"10.1.0.4": "172.27.0.2"}, "tun0 172.27.0.2/24 0.0.0.0/1 128.0.0.0/1"), "10.1.0.4", vantage.Unproven, "(tun0, VPN)"},
		"a second table":                  {machine(map[string]string{"10.1.0.4": "100.64.0.9"}, "tailscale0 100.64.0.9/32"), "10.1.0.4", vantage.Likely, "the system takes tailscale0 (VPN)"},
		"a machine in the VNET":           {machine(map[string]string{"10.1.0.4": "10.1.0.9"}, "eth0 10.1.0.9/24 10.1.0.0/24"), "10.1.0.4", vantage.Likely, "an address in 10.1.0.0/24 (eth0)"},
		"its other subnet":                {machine(map[string]string{"10.1.5.4": "192.168.1.23"}, "eth0 10.1.0.9/24"), "10.1.5.4", vantage.Unproven, "default route"},
		"taken by containers":             {machine(map[string]string{"172.17.0.4": "172.17.0.1"}, "docker0 172.17.0.1/16 172.17.0.0/16"), "172.17.0.4", vantage.None, "belongs to docker0"},
		"containers, without a way":       {machine(nil, "br-12ab 10.1.0.1/16"), "10.1.0.4", vantage.None, "br-12ab, for containers"},
		"a route to containers":           {machine(nil, "cni0 - 10.1.0.0/16"), "10.1.0.4", vantage.None, "cni0, for containers"},
		"no way":                          {machine(map[string]string{"10.1.0.4": ""}), "10.1.0.4", vantage.None, "no way to 10.1.0.4 (network is unreachable)"},
		"refused":                         {machine(nil, "eth0 - 10.1.0.0/16!"), "10.1.0.4", vantage.None, "refuses to send to 10.1.0.0/16"},
		"a route that ends here":          {machine(nil, "lo - 10.1.0.0/16"), "10.1.0.4", vantage.Likely, ""},
		"no default route":                {with(machine(nil), func(f *vantage.Facts) { f.Routes = dnsverdict.Know([]vantage.Route{}) }), "10.1.0.4", vantage.None, "no route of this machine"},
		"the machine itself":              {machine(nil), "127.0.0.53", vantage.Proven, "own address"},
		"its own address":                 {machine(nil), "192.168.1.23", vantage.Proven, "own address"},
		"a public server":                 {machine(map[string]string{"8.8.8.8": "192.168.1.23"}), "8.8.8.8", vantage.Likely, "public"},
		"it answered":                     {with(machine(plain), answered("10.1.0.4")), "10.1.0.4", vantage.Proven, "it has answered"},
		"another in the VNET answered":    {with(machine(plain), answered("10.7.0.9")), "10.1.0.4", vantage.Proven, "10.7.0.9 answered, which lies in vnet-hub too"},
		"another elsewhere answered":      {with(machine(plain), answered("10.8.0.9")), "10.1.0.4", vantage.Unproven, "default route"},
		"its neighbour answered":          {with(machine(plain), func(f *vantage.Facts) { f.Answered = []netip.Addr{addr("10.1.0.5")} }), "10.1.0.4", vantage.Likely, "10.1.0.5 next to it"},
		"no table, over the VPN":          {with(machine(map[string]string{"10.1.0.4": "172.27.0.2"}, "utun4 172.27.0.2/32"), hidden), "10.1.0.4", vantage.Unproven, "over utun4 (VPN), and whether that is for 10.1.0.4 alone is not known: macOS does not tell"},
		"no table":                        {with(machine(plain), hidden), "10.1.0.4", vantage.Unproven, "over wlan0"},
		"no table, no way":                {with(machine(map[string]string{"10.1.0.4": ""}), hidden), "10.1.0.4", vantage.None, "no way"},
		"nothing known":                   {vantage.Facts{}, "10.1.0.4", vantage.Unproven, "not known"},
		"through SSH":                     {vantage.Facts{Kind: vantage.ThroughSSH, Name: safe.New("jump")}, "10.1.0.4", vantage.Unproven, "the SSH hop jump cannot be seen"},
		"through SSH, answered":           {with(vantage.Facts{Kind: vantage.ThroughSSH}, answered("10.1.0.5")), "10.1.0.4", vantage.Proven, "vnet-hub"},
		"pasted":                          {vantage.Facts{Kind: vantage.Pasted, Name: safe.New("vnet-hub")}, "10.1.0.4", vantage.Likely, "a machine in vnet-hub"},
		"demo":                            {vantage.Facts{Kind: vantage.Demo}, "10.1.0.4", vantage.Proven, "demo"},
		"an IPv4 address in an IPv6 one":  {with(machine(nil), answered("10.1.0.4")), "::ffff:10.1.0.4", vantage.Proven, "answered"},
		"a name that would hurt a screen": {with(machine(nil, "\x1b[2J - 10.1.0.0/16"), func(*vantage.Facts) {}), "10.1.0.4", vantage.Likely, `\u{1b}[2J`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := c.facts.Decide(addr(c.server))
			if name == "a route that ends here" { // the name alone tells nothing, the system does
				cards, _ := c.facts.Interfaces.Get()
				c.facts.Interfaces = dnsverdict.Know(cards[:2])
				d, c.want, c.why = c.facts.Decide(addr(c.server)), vantage.None, "ends on this machine"
			}
			if d.Standing != c.want || !strings.Contains(d.Why, c.why) {
				t.Errorf("%+v", d)
			}
		})
	}
}

func TestTheStandingBecomesTheRouteOfAVerdict(t *testing.T) {
	t.Parallel()
	silent := dnsverdict.Report{Server: safe.New("10.1.0.4"), Exchanges: []dnsverdict.Exchange{{Step: dnsverdict.StepSOA, Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeSilent, Sent: 1}}}
	for standing, want := range map[vantage.Standing]string{
		vantage.Proven: "nothing came", vantage.Likely: "nothing came", vantage.Unproven: "not testable from here", vantage.None: "not testable from here", "else": "not testable from here",
	} {
		d := vantage.Decision{Standing: standing, Why: "for a reason"}
		v := dnsverdict.Reachable(silent, d.Route())
		if !strings.HasPrefix(v.Why, want) || d.Testable() != (want == "nothing came") {
			t.Errorf("%s: %+v", standing, v)
		}
		if !strings.Contains(d.Words(), "for a reason") {
			t.Errorf("%s: %s", standing, d.Words())
		}
	}
}

func TestARowIsAsGoodAsItsWorstServer(t *testing.T) {
	t.Parallel()
	f := with(machine(nil), func(f *vantage.Facts) { f.Answered = []netip.Addr{addr("10.1.0.4")} })
	for _, c := range []struct {
		servers []string
		want    vantage.Standing
	}{
		{nil, vantage.Unproven},
		{[]string{"10.1.0.4"}, vantage.Proven},
		{[]string{"10.1.0.4", "10.2.0.4"}, vantage.Unproven},
		{[]string{"10.2.0.4", "10.1.0.4"}, vantage.Unproven},
		{[]string{"10.1.0.4", "ns.example"}, vantage.None},
	} {
		list := make([]safe.Text, len(c.servers))
		for i, s := range c.servers {
			list[i] = safe.New(s)
		}
		if d := f.DecideAll(list); d.Standing != c.want {
			t.Errorf("%v: %+v", c.servers, d)
		}
	}
}

func TestAnAnswerIsRemembered(t *testing.T) {
	t.Parallel()
	f := machine(nil)
	heard := f.Heard(dnsverdict.Report{Server: safe.New("10.1.0.4"), Exchanges: []dnsverdict.Exchange{{Outcome: dnsverdict.OutcomeAnswered}}},
		dnsverdict.Report{Server: safe.New("10.2.0.4"), Exchanges: []dnsverdict.Exchange{{Outcome: dnsverdict.OutcomeClosed}}},
		dnsverdict.Report{Server: safe.New("no address"), Exchanges: []dnsverdict.Exchange{{Outcome: dnsverdict.OutcomeAnswered}}})
	if len(heard.Answered) != 1 || len(f.Answered) != 0 || heard.Decide(addr("10.1.0.4")).Standing != vantage.Proven {
		t.Errorf("%v, before %v", heard.Answered, f.Answered)
	}
}

func TestPlacesAreNamed(t *testing.T) {
	t.Parallel()
	vpn := machine(map[string]string{"10.1.0.4": "172.27.0.2"}, "tun0 172.27.0.2/24")
	for want, f := range map[string]vantage.Facts{
		"from this machine": machine(nil), "from this machine (VPN)": vpn, "through ssh jump": {Kind: vantage.ThroughSSH, Name: safe.New("jump")},
		"through socks5 127.0.0.1:1080": {Kind: vantage.ThroughSOCKS, Name: safe.New("127.0.0.1:1080")}, "in the demo": {Kind: vantage.Demo},
		"from a machine in vnet-hub (pasted)": {Kind: vantage.Pasted, Name: safe.New("vnet-hub")}, "from the moon": {Kind: "the moon"},
	} {
		if got := f.Label(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if f.Place() == "" || !f.Kind.TCP().OK || f.Kind.UDP().OK == f.Kind.Hop() || f.Kind.UDP().OK != (f.Kind.UDP().Why == "") {
			t.Errorf("%+v: %q", f.Kind, f.Place())
		}
	}
}

func TestCardsAreToldApart(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]vantage.Card{
		"eth0": vantage.CardPlain, "en0": vantage.CardPlain, "Ethernet 2": vantage.CardPlain, "Wi-Fi": vantage.CardPlain, "utun3": vantage.CardTunnel, "wg0": vantage.CardTunnel,
		"Contoso VPN": vantage.CardTunnel, "docker0": vantage.CardInside, "br-0a1b": vantage.CardInside, "vEthernet (WSL)": vantage.CardInside, "": vantage.CardPlain,
	} {
		if got := vantage.CardOf(name, false, false); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
	if vantage.CardOf("x", true, false) != vantage.CardLoopback || vantage.CardOf("x", false, true) != vantage.CardTunnel {
		t.Error("what the system says goes first")
	}
}

// Whatever is known, no decision is made without a reason, and an answer never makes
// a standing worse.
func TestAnAnswerNeverMakesItWorse(t *testing.T) {
	t.Parallel()
	order := map[vantage.Standing]int{vantage.Proven: 0, vantage.Likely: 1, vantage.Unproven: 2, vantage.None: 3}
	rapid.Check(t, func(t *rapid.T) {
		server := netip.AddrFrom4([4]byte{10, byte(rapid.IntRange(0, 3).Draw(t, "b")), 0, byte(rapid.IntRange(0, 3).Draw(t, "d"))})
		from := rapid.SampledFrom([]string{"", "192.168.1.23", "172.27.0.2", "10.1.0.1", "9.9.9.9"}).Draw(t, "from")
		more := rapid.SliceOfN(rapid.SampledFrom([]string{"tun0 172.27.0.2/24 10.0.0.0/8", "docker0 10.1.0.1/16 10.1.0.0/16", "eth1 - 10.2.0.0/16!", "eth2 10.3.0.2/24"}), 0, 3).Draw(t, "more")
		f := machine(map[string]string{server.String(): from}, more...)
		f.Kind = rapid.SampledFrom([]vantage.Kind{"", vantage.ThisMachine, vantage.ThroughSSH, vantage.Pasted, vantage.Demo}).Draw(t, "kind")
		before := f.Decide(server)
		f.Networks = []vantage.Network{{Ranges: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/15")}}}
		f.Answered = append(f.Answered, netip.AddrFrom4([4]byte{10, byte(rapid.IntRange(0, 3).Draw(t, "x")), 0, 3}))
		after := f.Decide(server)
		if before.Why == "" || after.Why == "" || order[after.Standing] > order[before.Standing] {
			t.Errorf("%+v, then %+v", before, after)
		}
	})
}
