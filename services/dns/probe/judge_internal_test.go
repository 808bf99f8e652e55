package probe

import (
	"strings"
	"testing"

	"github.com/miekg/dns"
	"golang.org/x/net/dns/dnsmessage"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// Whatever bytes come, only a reply to our question is taken for one. Another library
// looks at what was taken.
func FuzzJudge(f *testing.F) {
	asked := new(dns.Msg).SetQuestion("corp.example.", dns.TypeSOA)
	asked.Id = 0x1234
	pack := func(change func(m *dns.Msg)) []byte {
		m := new(dns.Msg).SetReply(asked)
		m.SetEdns0(1232, false)
		change(m)
		packed, err := m.Pack()
		if err != nil {
			f.Fatal(err)
		}
		return packed
	}
	rr, err := dns.NewRR("corp.example. 60 IN SOA ns.corp.example. a.corp.example. 1 2 3 4 5")
	if err != nil {
		f.Fatal(err)
	}
	good := pack(func(m *dns.Msg) { m.Answer = []dns.RR{rr} })
	f.Add(good)
	f.Add(pack(func(m *dns.Msg) { m.Question[0].Name = "CORP.example." }))
	f.Add(pack(func(m *dns.Msg) { m.Question[0].Name = "other.example." }))
	f.Add(pack(func(m *dns.Msg) { m.Question = nil; m.Rcode = dns.RcodeFormatError }))
	f.Add(pack(func(m *dns.Msg) { m.Truncated = true })[:31])
	f.Add(pack(func(m *dns.Msg) { m.Id++ }))
	f.Add(good[:20])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, message []byte) {
		reply, why := judge(message, asked)
		if (reply == nil) == (why == "") {
			t.Fatalf("%v, %q", reply, why)
		}
		if reply == nil {
			return
		}
		var p dnsmessage.Parser
		h, err := p.Start(message)
		if err != nil || h.ID != asked.Id || !h.Response || h.OpCode != 0 {
			t.Fatalf("taken: %+v, %v", h, err)
		}
		digested := digest(reply, len(message))
		if len(digested.Answers)+digested.More > maxRecords {
			t.Fatalf("%d records", len(digested.Answers)+digested.More)
		}
		questions, err := p.AllQuestions()
		switch {
		case err != nil:
			t.Fatalf("taken without a question that can be read: %v", err)
		case len(questions) == 0:
			if len(digested.Answers) > 0 || digested.Code == dnsverdict.NoError || digested.Code == dnsverdict.NXDomain {
				t.Fatalf("taken without a question: %+v", digested)
			}
		case len(questions) != 1 || !strings.EqualFold(questions[0].Name.String(), "corp.example.") ||
			questions[0].Type != dnsmessage.TypeSOA || questions[0].Class != dnsmessage.ClassINET:
			t.Fatalf("taken for another question: %+v", questions)
		}
	})
}

// The case of a name is the server's choice; what was cut is an answer without content.
func TestJudgeTakes(t *testing.T) {
	t.Parallel()
	asked := new(dns.Msg).SetQuestion("corp.example.", dns.TypeA)
	m := new(dns.Msg).SetReply(asked)
	m.Question = []dns.Question{{Name: "cORP.Example.", Qtype: dns.TypeA, Qclass: dns.ClassINET}}
	packed, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if reply, why := judge(packed, asked); reply == nil {
		t.Error(why)
	}
	rr, err := dns.NewRR("corp.example. 60 IN A 10.1.0.9")
	if err != nil {
		t.Fatal(err)
	}
	m.Truncated, m.Answer, m.Authoritative = true, []dns.RR{rr, rr}, true
	packed, err = m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	reply, why := judge(packed[:len(packed)-5], asked)
	if reply == nil || !reply.Truncated || !reply.Authoritative || len(reply.Answer) != 0 {
		t.Errorf("%v, %q", reply, why)
	}
}
