package ranges_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
)

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }

func text(s string) safe.Text { return safe.New(s) }

func limits(t *testing.T) ranges.Limits {
	t.Helper()
	l, err := ranges.LimitsIn(model.Availability{}, &model.Failure{Kind: model.FailureTimeout, Operation: "read Konnect's availability"}, text("eastus2"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// naive lists every free range of a size by trying each.
func naive(f ranges.Facts, length int) []netip.Prefix {
	var out []netip.Prefix
	for _, b := range f.Limits.Blocks {
		a := b.Addr().As4()
		low := binary.BigEndian.Uint32(a[:])
		for at := uint64(low); at < uint64(low)+1<<(32-b.Bits()); at += 1 << (32 - length) {
			var x [4]byte
			binary.BigEndian.PutUint32(x[:], uint32(at))
			p := netip.PrefixFrom(netip.AddrFrom4(x), length)
			if b.Bits() <= length && !slices.ContainsFunc(f.Limits.Kept, p.Overlaps) &&
				!slices.ContainsFunc(f.Taken, func(t ranges.Taken) bool { return t.Range.Overlaps(p) }) {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, netip.Prefix.Compare)
	return slices.Compact(out)
}

func randomFacts(r *rand.Rand, l ranges.Limits) ranges.Facts {
	f := ranges.Facts{Limits: l}
	for i := range r.IntN(60) {
		b := l.Blocks[r.IntN(len(l.Blocks))]
		a := b.Addr().As4()
		base := binary.BigEndian.Uint32(a[:])
		var x [4]byte
		binary.BigEndian.PutUint32(x[:], base+uint32(r.Uint64N(1<<(32-b.Bits()))))
		length := 10 + r.IntN(22)
		if r.IntN(40) == 0 {
			length = r.IntN(9)
		}
		f.Taken = append(f.Taken, ranges.Taken{Range: netip.PrefixFrom(netip.AddrFrom4(x), length).Masked(), Kind: ranges.KindVNet, Name: text(fmt.Sprint("v", i))})
	}
	return f
}

func TestWhatIsOfferedIsFreeAndWhatIsFreeIsFound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 15))
	all := limits(t)
	for range 200 {
		l := all
		l.Blocks = slices.DeleteFunc(slices.Clone(l.Blocks), func(netip.Prefix) bool { return r.IntN(3) == 0 })
		if len(l.Blocks) == 0 {
			l.Blocks = []netip.Prefix{prefix("192.168.0.0/16")}
		}
		f, length := randomFacts(r, l), ranges.Widest+r.IntN(ranges.Narrowest-ranges.Widest+1)
		got, want := ranges.Find(f, length), naive(f, length)
		if got.Count != len(want) {
			t.Fatalf("/%d: %d free, by trying each %d", length, got.Count, len(want))
		}
		for _, p := range want {
			in := 0
			for _, b := range got.Free {
				if b.Bits() <= p.Bits() && b.Overlaps(p) {
					in++
				}
			}
			if in != 1 {
				t.Fatalf("%s is free and lies in %d of %v", p, in, got.Free)
			}
		}
		offersAreFree(t, f, got, want)
	}
}

func offersAreFree(t *testing.T, f ranges.Facts, got *ranges.Report, want []netip.Prefix) {
	t.Helper()
	seen := map[netip.Prefix]bool{}
	for _, o := range got.Offers {
		if seen[o.Range] || !slices.Contains(want, o.Range) {
			t.Fatalf("%s is offered, twice or not free", o.Range)
		}
		seen[o.Range] = true
		if a := ranges.Ask(f, o.Range); !a.Free() {
			t.Fatalf("%s is offered, and asked for it is not free: %s", o.Range, a.Sentence())
		}
		if !o.Room.Contains(o.Range.Addr()) || !slices.Contains(got.Free, o.Room) {
			t.Fatalf("%s lies in %s, which is not one of %v", o.Range, o.Room, got.Free)
		}
		for _, k := range got.Taken {
			if o.Below != nil && last(k.Range).Less(o.Range.Addr()) && last(o.Below.Range).Less(last(k.Range)) {
				t.Fatalf("%s lies nearer below %s than %s", k, o.Range, o.Below)
			}
			if above := last(o.Range).Less(k.Range.Addr()); above && (o.Above == nil || k.Range.Addr().Less(o.Above.Range.Addr())) {
				t.Fatalf("%s lies nearer above %s than %v", k, o.Range, o.Above)
			}
		}
	}
	if len(got.Offers) != min(5, got.Count) {
		t.Fatalf("%d of %d free ranges are offered", len(got.Offers), got.Count)
	}
	again := ranges.Find(f, got.Size)
	if !slices.EqualFunc(got.Offers, again.Offers, func(a, b ranges.Offer) bool { return a.Range == b.Range && a.Room == b.Room }) {
		t.Fatal("another answer to the same question")
	}
}

func last(p netip.Prefix) netip.Addr {
	a := p.Masked().Addr().As4()
	n := binary.BigEndian.Uint32(a[:]) | uint32(1<<(32-p.Bits())-1)
	binary.BigEndian.PutUint32(a[:], n)
	return netip.AddrFrom4(a)
}

// A range that anybody uses by default comes last, and says so.
func TestDefaultsAreOfferedLast(t *testing.T) {
	t.Parallel()
	for _, o := range ranges.Find(ranges.Facts{Limits: limits(t)}, 20).Offers {
		if o.Usual != "" {
			t.Errorf("%s: %s", o.Range, o.Usual)
		}
	}
	full := ranges.Facts{Limits: limits(t), Taken: []ranges.Taken{{Range: prefix("10.0.0.0/8"), Kind: ranges.KindHub, Name: text("h")}}}
	r := ranges.Find(full, 16)
	if len(r.Offers) != 5 {
		t.Fatalf("%d offers", len(r.Offers))
	}
	for _, o := range r.Offers {
		if o.Usual == "" {
			t.Errorf("%s is somebody's default, and does not say so", o.Range)
		}
	}
	full.Taken = append(full.Taken, ranges.Taken{Range: prefix("0.0.0.0/0"), Kind: ranges.KindPeering, Name: text("p"), Of: text("v")})
	if r := ranges.Find(full, 21); len(r.Offers)+r.Count+len(r.Free) != 0 {
		t.Errorf("something is offered where one has everything: %+v", r.Offers)
	}
}

func TestWhoHasARange(t *testing.T) {
	t.Parallel()
	f := ranges.Facts{Limits: limits(t), Taken: []ranges.Taken{
		{Range: prefix("10.20.0.0/16"), Kind: ranges.KindVNet, Name: text("vnet-hub"), In: text("acme-hub")},
		{Range: prefix("10.20.4.0/22"), Kind: ranges.KindPeering, Name: text("to-x"), Of: text("vnet-x"), State: text("disconnected")},
		{Range: prefix("10.30.0.0/20"), Kind: ranges.KindNetwork, Name: text("eu-prod"), In: text("Azure")},
	}}
	for _, c := range []struct {
		ask, want string
		free      bool
	}{
		{"10.20.0.0/20", "10.20.0.0/20 is taken: it meets 10.20.0.0/16 VNET vnet-hub (acme-hub) and 10.20.4.0/22 the far side of peering to-x of VNET vnet-x, disconnected", false},
		{"10.30.16.0/20", "10.30.16.0/20 is free: nothing that can be seen has any of it", true},
		{"10.30.8.0/21", "10.30.8.0/21 is taken: it meets 10.30.0.0/20 Konnect network eu-prod (Azure)", false},
		{"10.100.16.0/20", "10.100.16.0/20 meets 10.100.0.0/16, which Konnect keeps for itself", false},
		{"11.0.0.0/20", "11.0.0.0/20 does not lie in 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16 or 198.18.0.0/15, which is what Konnect allows in eastus2", false},
		{"10.40.0.0/24", "10.40.0.0/24 is a /24; Konnect takes /16 to /21 on Azure", false},
	} {
		if a := ranges.Ask(f, prefix(c.ask)); a.Sentence() != c.want || a.Free() != c.free {
			t.Errorf("%s: %v, %s", c.ask, a.Free(), a.Sentence())
		}
	}
	f.Gaps = []ranges.Gap{{What: "the VNETs of subscription acme-data", Text: "refused"}}
	if a := ranges.Ask(f, prefix("10.30.16.0/20")); !strings.Contains(a.Sentence(), "as far as can be seen") {
		t.Error(a.Sentence())
	}
	if ranges.Find(f, 20).Whole() {
		t.Error("the answer is whole, and a subscription was not read")
	}
}

func region(provider model.Provider, id string, blocks, kept []string) model.CloudRegion {
	return model.CloudRegion{Provider: provider, ID: text(id), CIDRs: model.NewPrefixes(safe.Texts(blocks...)), Reserved: model.NewPrefixes(safe.Texts(kept...))}
}

func TestKonnectsDocumentWins(t *testing.T) {
	t.Parallel()
	a := model.Availability{Regions: []model.CloudRegion{
		region("aws", "us-east-1", []string{"11.0.0.0/8"}, nil),
		region("azure", "eastus2", []string{"10.0.0.0/8", "172.16.0.0/12"}, []string{"10.1.0.0/16"}),
		region("azure", "uksouth", []string{"10.0.0.0/10", "junk", "192.168.0.0/16"}, []string{"10.2.0.0/16"}),
		region("azure", "newland", nil, nil),
	}}
	for _, c := range []struct{ region, blocks, kept, source string }{
		{"", "[10.0.0.0/10]", "[10.1.0.0/16 10.2.0.0/16]", "what Konnect's availability allows in every region on Azure"},
		{"EASTUS2", "[10.0.0.0/8 172.16.0.0/12]", "[10.1.0.0/16]", "what Konnect's availability allows in eastus2"},
		{"uksouth", "[10.0.0.0/10 192.168.0.0/16]", "[10.2.0.0/16]", "what Konnect's availability allows in uksouth"},
		{"newland", fmt.Sprint(limits(t).Blocks), fmt.Sprint(limits(t).Kept), "Konnect's availability gives no figures, so those of Kong's documentation were used"},
	} {
		l, err := ranges.LimitsIn(a, nil, text(c.region))
		if err != nil || fmt.Sprint(l.Blocks) != c.blocks || fmt.Sprint(l.Kept) != c.kept || l.Source() != c.source {
			t.Errorf("%s: %v %v %s %v", c.region, l.Blocks, l.Kept, l.Source(), err)
		}
	}
	if l, err := ranges.LimitsIn(model.Availability{}, nil, text("eastus2")); err != nil || l.Region.Raw() != "eastus2" || len(l.Blocks) == 0 {
		t.Errorf("a document that names no region of Azure: %+v, %v", l, err)
	}
	if _, err := ranges.LimitsIn(a, nil, text("eastus")); err == nil || !strings.Contains(err.Error(), "did you mean eastus2?") {
		t.Error(err)
	}
	if s := limits(t).Source(); !strings.Contains(s, "was not read") || !strings.Contains(s, "Kong's documentation") {
		t.Error(s)
	}
}

// Whatever is no range is named, and a dead half still holds what it routed.
func TestWhatIsRead(t *testing.T) {
	t.Parallel()
	v := model.VNet{
		Name: text("v"), AddressPrefixes: model.NewPrefixes(safe.Texts("10.1.0.0/16", "fd00::/48", "nonsense")),
		Peerings: []model.VNetPeering{{
			Name: text("p"), State: model.VNetDisconnected, Routed: model.NewPrefixes(safe.Texts("10.9.0.0/16")),
			RemoteNow: model.NewPrefixes(safe.Texts("10.9.0.0/16", "10.10.0.0/16")), Local: model.NewPrefixes(safe.Texts("10.1.0.0/16", "10.2.0.0/16")),
		}},
	}
	taken, gaps := ranges.OfVNet(v, text("sub"))
	var got []string
	for _, k := range taken {
		got = append(got, k.String())
	}
	want := []string{
		"10.1.0.0/16 VNET v (sub)", "10.9.0.0/16 the far side of peering p of VNET v (sub), disconnected",
		"10.10.0.0/16 the far side of peering p of VNET v (sub), disconnected", "10.2.0.0/16 VNET v (sub)",
	}
	if !slices.Equal(got, want) || len(gaps) != 1 || !strings.Contains(gaps[0].Reason(), "nonsense") {
		t.Errorf("%q %+v", got, gaps)
	}
	if taken, _ := ranges.OfNetwork(model.Network{Name: text("gone"), State: model.NetworkTerminated, CIDR: model.NewPrefix(text("10.0.0.0/16"))}, "aws"); len(taken) != 0 {
		t.Error("a deleted network has a range")
	}
	taken, _ = ranges.OfNetwork(model.Network{Name: text("n"), State: model.NetworkOffline, CIDR: model.NewPrefix(text("10.0.0.0/16"))}, "aws")
	if len(taken) != 1 || taken[0].Owner() != "Konnect network n (AWS), offline" {
		t.Errorf("%+v", taken)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"/20", "20", "", "/", "//20", "+20", "16", "99999999999999999999", "10.0.0.0/20", "10.0.0.1/20", "::/20", "10.0.0.0/33", "\x1b[2J"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := ranges.ParseSize(s); err == nil && (n < ranges.Widest || n > ranges.Narrowest) {
			t.Errorf("%q is /%d", s, n)
		} else if err != nil && !safe.New(err.Error()).Visible() {
			t.Errorf("%q comes through: %q", s, err)
		}
		p, err := ranges.ParseRange(s)
		if err == nil {
			if p != p.Masked() || !p.Addr().Is4() {
				t.Errorf("%q is %s", s, p)
			}
			ranges.Ask(ranges.Facts{}, p).Sentence()
		} else if !safe.New(err.Error()).Visible() {
			t.Errorf("%q comes through: %q", s, err)
		}
	})
}
