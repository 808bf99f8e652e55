package model_test

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/peerdeck/peerdeck/model"
)

func TestSameRanges(t *testing.T) {
	for name, c := range map[string]struct {
		a, b []model.Prefix
		want bool
	}{
		"two halves":          {prefixes("10.4.0.0/16"), prefixes("10.4.128.0/17", "10.4.0.0/17"), true},
		"three parts":         {prefixes("10.4.0.0/16"), prefixes("10.4.192.0/18", "10.4.0.0/17", "10.4.128.0/18"), true},
		"another order":       {prefixes("10.4.0.0/16", "10.9.0.0/16"), prefixes("10.9.0.0/16", "10.4.0.0/16"), true},
		"one twice":           {prefixes("10.4.0.0/16"), prefixes("10.4.0.0/16", "10.4.0.0/16"), true},
		"one in another":      {prefixes("10.4.7.0/24", "10.4.0.0/16"), prefixes("10.4.0.0/16"), true},
		"host bits":           {prefixes("10.4.3.2/16"), prefixes("10.4.0.0/16"), true},
		"a neighbour":         {prefixes("10.4.0.0/17"), prefixes("10.4.128.0/17"), false},
		"a half is missing":   {prefixes("10.4.0.0/16"), prefixes("10.4.0.0/17"), false},
		"halves of two":       {prefixes("10.4.128.0/17", "10.5.0.0/17"), prefixes("10.4.128.0/16"), false},
		"one more":            {prefixes("10.4.0.0/16"), prefixes("10.4.0.0/16", "10.9.0.0/24"), false},
		"everything, in two":  {prefixes("0.0.0.0/0"), prefixes("128.0.0.0/1", "0.0.0.0/1"), true},
		"IPv6, in two":        {prefixes("fd00:db8::/32"), prefixes("fd00:db8:8000::/33", "fd00:db8::/33"), true},
		"IPv6 is not IPv4":    {prefixes("::/0"), prefixes("0.0.0.0/0"), false},
		"the same text":       {prefixes("soon", "10.0.0.0/8"), prefixes("10.1.2.3/8", "soon"), true},
		"another text":        {prefixes("soon"), prefixes("later"), false},
		"text and nothing":    {prefixes("soon"), nil, false},
		"nothing and nothing": {nil, prefixes(), true},
		"nothing and a range": {nil, prefixes("10.0.0.0/8"), false},
	} {
		if got, back := model.SameRanges(c.a, c.b), model.SameRanges(c.b, c.a); got != c.want || back != c.want {
			t.Errorf("%s: %v, the other way round %v", name, got, back)
		}
	}
}

func TestRangesBeyond(t *testing.T) {
	for name, c := range map[string]struct {
		these, those []model.Prefix
		want         string
	}{
		"covered":            {prefixes("10.4.0.0/16"), prefixes("10.4.128.0/17", "10.4.0.0/17"), "[]"},
		"covered by more":    {prefixes("10.4.0.0/16"), prefixes("10.0.0.0/8"), "[]"},
		"a half":             {prefixes("10.4.0.0/16"), prefixes("10.4.0.0/17"), "[10.4.128.0/17]"},
		"around a hole":      {prefixes("10.4.0.0/22"), prefixes("10.4.1.0/24"), "[10.4.0.0/24 10.4.2.0/23]"},
		"all of it":          {prefixes("10.4.128.0/17", "10.4.0.0/17"), nil, "[10.4.0.0/16]"},
		"text":               {prefixes("soon", "10.4.0.0/16"), prefixes("10.4.0.0/16"), "[soon]"},
		"text that is there": {prefixes("soon"), prefixes("soon"), "[]"},
	} {
		if got := model.RangesBeyond(c.these, c.those); len(got) == 0 && c.want != "[]" || len(got) > 0 && model.NewPrefix(got[0].Text) != got[0] || sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func sprint(list []model.Prefix) string {
	out := "["
	for i, p := range list {
		if i > 0 {
			out += " "
		}
		out += p.String()
	}
	return out + "]"
}

// Ranges of a small world are compared address by address with what the functions say.
func TestSpacesHoldWhatTheirRangesHold(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	some := func() []model.Prefix {
		var out []model.Prefix
		for range chance.IntN(5) {
			a := netip.AddrFrom4([4]byte{10, 0, 0, byte(chance.IntN(64))})
			out = append(out, model.NewPrefix(text(netip.PrefixFrom(a, 26+chance.IntN(7)).String())))
		}
		return out
	}
	in := func(list []model.Prefix, a netip.Addr) bool {
		for _, p := range list {
			if p.Range().Contains(a) {
				return true
			}
		}
		return false
	}
	for range 3000 {
		a, b := some(), some()
		same, beyond := true, model.RangesBeyond(a, b)
		for i := range 64 {
			at := netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})
			same = same && in(a, at) == in(b, at)
			if in(beyond, at) != (in(a, at) && !in(b, at)) {
				t.Fatalf("%s beyond %s is %s", sprint(a), sprint(b), sprint(beyond))
			}
		}
		if model.SameRanges(a, b) != same {
			t.Fatalf("%s and %s: %v", sprint(a), sprint(b), !same)
		}
	}
}
