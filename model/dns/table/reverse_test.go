package table_test

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// rangeOf is the range whose reverse names lie in a zone of IPv4, read from right to left.
func rangeOf(t *rapid.T, zone string) netip.Prefix {
	numbers, found := strings.CutSuffix(zone, ".in-addr.arpa")
	if !found {
		t.Fatalf("%q is no reverse zone", zone)
	}
	octets := strings.Split(numbers, ".")
	slices.Reverse(octets)
	bits := 8 * len(octets)
	for len(octets) < 4 {
		octets = append(octets, "0")
	}
	return netip.MustParsePrefix(strings.Join(octets, ".") + "/" + strconv.Itoa(bits))
}

// The zones of a range hold its addresses, each of them, and no other; the rules find
// nothing wrong with them, and what is offered for the range is the first and the last.
func TestReverseZonesCoverExactlyTheRange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var raw [4]byte
		binary.BigEndian.PutUint32(raw[:], rapid.Uint32().Draw(t, "address"))
		p := netip.PrefixFrom(netip.AddrFrom4(raw), rapid.IntRange(1, 32).Draw(t, "bits"))
		zones := dnstable.ReverseZones(p)
		next, size := p.Masked().Addr(), 0
		for _, zone := range zones {
			r := rangeOf(t, zone)
			if r.Addr() != next {
				t.Fatalf("%s: %v leave a gap, or cover something twice, at %s", p, zones, next)
			}
			n := 1 << (32 - r.Bits())
			size += n
			next = netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, binary.BigEndian.Uint32(r.Addr().AsSlice())+uint32(n))))
		}
		if size != 1<<(32-p.Bits()) {
			t.Fatalf("%s has %d addresses, its zones %d: %v", p, 1<<(32-p.Bits()), size, zones)
		}
		for _, zone := range []string{zones[0], zones[len(zones)-1]} {
			for _, problem := range dnstable.Check(table(zone+" 10.0.0.4"), dnstable.Surroundings{}) {
				if strings.HasPrefix(problem.Rule, "D") {
					t.Fatalf("%s is offered for %s and breaks %s: %s", zone, p, problem.Rule, problem.Text)
				}
			}
		}
		offer := "use " + zones[0]
		if len(zones) > 1 {
			offer = fmt.Sprintf("%d reverse zones: %s to %s", len(zones), zones[0], zones[len(zones)-1])
		}
		if why, _ := dnstable.Why(p.String()); !strings.Contains(why, offer+".") {
			t.Fatalf("%s: %q does not offer %q", p, why, offer)
		}
	})
	for text, want := range map[string]string{
		"2001:db8::/32": "8.b.d.0.1.0.0.2.ip6.arpa", "fd00::/8": "d.f.ip6.arpa", "::ffff:10.1.0.0/112": "1.10.in-addr.arpa", "0.0.0.0/0": "in-addr.arpa",
		"fd00::/7": "c.f.ip6.arpa d.f.ip6.arpa",
	} {
		if got := strings.Join(dnstable.ReverseZones(netip.MustParsePrefix(text)), " "); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := dnstable.ReverseZones(netip.Prefix{}); got != nil {
		t.Errorf("no range has %v", got)
	}
}

// What one key does about a problem is right itself: that problem is gone then, and no
// error has come of it.
func TestFixesMendWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	domains := []string{
		"Corp.acme.io", "*.acme.io", "acme.io.", "acme.io", "b.acme.io", "https://c.acme.io/x", "me@D.acme.io", "e.acme.io:53", "münchen.example", "１０.example", "a\u200bb.acme.io",
		"10.1.0.0/16", "10.0.0.4", "0.10.in-addr.arpa", "0-127.1.168.192.in-addr.arpa", ".", "http://10.1.0.0/16", "raw.githubusercontent.com/x",
	}
	servers := []string{"10.0.0.4", "10.0.0.5", "10.0.0.4:53", "10.0.0.04", "::ffff:10.0.0.4", "[fd00::1]:53", "10.0.0.4/32", "http://10.0.0.4", " 10.0.0.6", "10.0.0.4 ", "dns.acme.io", "10.0.0.0/24"}
	rapid.Check(t, func(t *rapid.T) {
		var rows []dnstable.Row
		for i := range rapid.IntRange(1, 5).Draw(t, "rows") {
			rows = append(rows, dnstable.Row{
				ID: dnstable.RowID(i + 1), Key: safe.New(rapid.SampledFrom(domains).Draw(t, "domain")),
				Servers: safe.Texts(rapid.SliceOfN(rapid.SampledFrom(servers), 1, 4).Draw(t, "servers")...),
			})
		}
		before := dnstable.Check(rows, dnstable.Surroundings{})
		for _, p := range before {
			if p.Fix == nil {
				continue
			}
			after := dnstable.Check(fixed(rows, p), dnstable.Surroundings{})
			errors := errorsOf(after)
			if was := errorsOf(before); errors > was {
				t.Fatalf("%v: the way out of %s, %q, makes %d errors of %d: %v", lines(rows), p.Rule, p.Fix.Label, errors, was, after)
			}
			if count(after, p) >= count(before, p) {
				t.Fatalf("%v: %s is not mended by %q: %v", lines(rows), p.Rule, p.Fix.Label, after)
			}
		}
	})
}

// errorsOf counts errors, but for those of one domain in several rows: to mend a server of one
// of them makes it another row than those that have the same fault still.
func errorsOf(problems []dnstable.Problem) int {
	n, _ := dnstable.CountProblems(slices.DeleteFunc(slices.Clone(problems), func(p dnstable.Problem) bool { return p.Rule == "D10" }))
	return n
}

// count is how often a rule speaks of a row.
func count(problems []dnstable.Problem, of dnstable.Problem) (n int) {
	for _, p := range problems {
		if p.Rule == of.Rule && p.Row == of.Row {
			n++
		}
	}
	return n
}

// fixed is the table after the fix of a problem.
func fixed(rows []dnstable.Row, p dnstable.Problem) []dnstable.Row {
	rows = slices.Clone(rows)
	i := slices.IndexFunc(rows, func(r dnstable.Row) bool { return r.ID == p.Row })
	switch {
	case p.Fix.Remove:
		return slices.Delete(rows, i, i+1)
	case p.Fix.Domain != "":
		rows[i].Key = safe.New(p.Fix.Domain)
	default:
		rows[i].Servers = safe.Texts(p.Fix.Servers...)
	}
	return rows
}
