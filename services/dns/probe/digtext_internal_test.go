package probe

import (
	"fmt"
	"testing"

	"github.com/miekg/dns"
	"pgregory.net/rapid"

	digtext "github.com/peerdeck/peerdeck/model/dns/dig"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What a message says is the same whether it came over the wire or as text.
func TestPrintedMessagesReadTheSame(t *testing.T) {
	t.Parallel()
	lines := []string{
		"a.example.com. 300 IN A 10.1.0.5", "A.example.com. 0 IN AAAA 2001:DB8::1", "a.example.com. 60 IN CNAME B.example.com.",
		"example.com. 3600 IN SOA ns1.example.com. host.example.com. 4294967295 7200 900 1209600 300", "example.com. 10 IN SOA . . 1 2 3 4 86400",
		"example.com. 300 IN NS NS1.example.com.", "example.com. 300 IN NS ns2.example.com.", "example.com. 300 IN MX 10 mail.example.com.",
		`example.com. 300 IN TXT "v=spf1 (all); \"x\"" "two"`, "_a._tcp.example.com. 300 IN SRV 0 5 443 a.example.com.", `a\032b.example.com. 300 IN A 10.1.0.6`,
		"example.com. 300 IN CAA 0 issue \"ca.example\"", "example.com. 300 IN TYPE65280 \\# 2 abcd", "example.com. 300 CH TXT \"x\"", ". 300 IN NS a.root.",
	}
	all := make([]dns.RR, len(lines))
	for i, line := range lines {
		rr, err := dns.NewRR(line)
		if err != nil {
			t.Fatal(line, err)
		}
		all[i] = rr
	}
	rapid.Check(t, func(t *rapid.T) {
		m := new(dns.Msg).SetQuestion("A.example.com.", rapid.SampledFrom([]uint16{dns.TypeA, dns.TypeAAAA, dns.TypeSOA, dns.TypeHTTPS, 65280}).Draw(t, "type"))
		flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
		m.Response, m.Authoritative, m.RecursionAvailable, m.Truncated, m.RecursionDesired = true, flag("aa"), flag("ra"), flag("tc"), flag("rd")
		m.Rcode = rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 9}).Draw(t, "code")
		m.Answer = rapid.SliceOfN(rapid.SampledFrom(all), 0, 40).Draw(t, "answer")
		m.Ns = rapid.SliceOfN(rapid.SampledFrom(all), 0, 6).Draw(t, "authority")
		m.Extra = rapid.SliceOfN(rapid.SampledFrom(all), 0, 2).Draw(t, "additional")
		if flag("edns") {
			m.SetEdns0(uint16(rapid.IntRange(512, 4096).Draw(t, "size")), false)
			opt := m.IsEdns0()
			if flag("nsid") {
				opt.Option = append(opt.Option, &dns.EDNS0_NSID{Code: dns.EDNS0NSID, Nsid: "67706e73"})
			}
			if flag("ede") {
				opt.Option = append(opt.Option, &dns.EDNS0_EDE{InfoCode: rapid.SampledFrom([]uint16{0, 18, 9999}).Draw(t, "error"), ExtraText: rapid.SampledFrom([]string{"", "no (way)", "it's"}).Draw(t, "text")})
			}
		}
		packed, err := m.Pack()
		if err != nil || m.Unpack(packed) != nil {
			t.Fatal(err)
		}
		r, problem := digtext.Read(m.String(), safe.New("10.1.0.4"))
		if problem != "" || len(r.Exchanges) != 1 {
			t.Fatalf("%s: %d exchanges from\n%s", problem, len(r.Exchanges), m)
		}
		e, want := r.Exchanges[0], digest(m, 0)
		if got, want := fmt.Sprintf("%+v", e.Reply), fmt.Sprintf("%+v", want); got != want {
			t.Fatalf("%s\nwant\n%s\nof\n%s", got, want, m)
		}
		if e.Server.Raw() != "10.1.0.4" || e.Name.Raw() != "A.example.com" || e.Recursion != m.RecursionDesired || e.Outcome != dnsverdict.OutcomeAnswered || e.Type != kind(m.Question[0].Qtype) {
			t.Fatalf("%+v", e)
		}
	})
}
