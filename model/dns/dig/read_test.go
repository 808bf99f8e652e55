package dig_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	digtext "github.com/peerdeck/peerdeck/model/dns/dig"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	banner = "\n; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> %s\n; (1 server found)\n;; global options: +cmd\n"
	none   = ";; no servers could be reached\n"
)

// dig prints an answer as dig does.
func dig(arguments, status, flags, sections, server string) string {
	return fmt.Sprintf(banner, arguments) + ";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: " + status + ", id: 36574\n;; flags: " + flags +
		"; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1\n\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n" + sections +
		"\n;; Query time: 12 msec\n;; SERVER: " + server + "\n;; WHEN: Wed Nov 25 00:51:12 UTC 2026\n;; MSG SIZE  rcvd: 60\n\n"
}

func question(name, kind string) string {
	return ";; QUESTION SECTION:\n;" + name + ".\t\t\tIN\t" + kind + "\n"
}

// words writes exchanges in short.
func words(list []dnsverdict.Exchange) string {
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%s %s %s %s/%s", e.Server, e.Name, e.Type, e.Transport, e.Step)
		if !e.Recursion {
			b.WriteString(" rd=0")
		}
		fmt.Fprintf(&b, " %s", e.Outcome)
		if e.Answered() {
			fmt.Fprintf(&b, " %s", e.Reply.Code)
		}
		for flag, on := range map[string]bool{" tc": e.Reply.TC} {
			if on {
				b.WriteString(flag)
			}
		}
		if e.Foreign > 0 {
			fmt.Fprintf(&b, " foreign=%d", e.Foreign)
		}
		for _, r := range e.Reply.Answers {
			fmt.Fprintf(&b, " [%s %s %s]", r.Name, r.Type, r.Value)
		}
		b.WriteString("; ")
	}
	return b.String()
}

const soaLine = "example.com.\t\t3600\tIN\tSOA\tns1.example.com. host.example.com. 42 7200 900 1209600 300\n"

func TestWhatDigPrints(t *testing.T) {
	t.Parallel()
	apex := dig("@10.1.0.4 example.com SOA", "NOERROR", "qr aa rd ra", question("example.com", "SOA")+"\n;; ANSWER SECTION:\n"+soaLine, "10.1.0.4#53(10.1.0.4) (UDP)")
	refusedTCP := strings.Repeat(";; Connection to 10.1.0.4#53(10.1.0.4) for example.com failed: connection refused.\n"+none, 3)
	for name, c := range map[string]struct{ text, want string }{
		"an answer":      {apex, "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; "},
		"without banner": {";; Got" + strings.SplitN(apex, ";; Got", 2)[1], "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; "},
		"old dig, by TCP": {
			strings.ReplaceAll(strings.ReplaceAll(apex, " (UDP)", ""), "example.com SOA\n; (1", "example.com SOA +tcp\n; (1"),
			"10.1.0.4 example.com SOA TCP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; ",
		},
		"timed out": {
			strings.Repeat(";; communications error to 10.1.0.4#53: timed out\n", 2) + fmt.Sprintf(banner, "@10.1.0.4 example.com SOA +time=2 +tries=2") + none,
			"10.1.0.4 example.com SOA UDP/soa silent; ",
		},
		"timed out, old dig": {fmt.Sprintf(banner, "@10.1.0.4 example.com SOA +norecurse") + ";; connection timed out; no servers could be reached\n", "10.1.0.4 example.com SOA UDP/authority rd=0 silent; "},
		"timed out once":     {";; communications error to 10.1.0.4#53: timed out\n" + apex, "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; "},
		"refused by ICMP":    {";; communications error to 10.1.0.4#53: connection refused\n" + fmt.Sprintf(banner, "@10.1.0.4 a.example.com") + none, "10.1.0.4 a.example.com A UDP/a closed; "},
		"TCP closed":         {"vm:~$ dig @10.1.0.4 example.com SOA +tcp\n" + refusedTCP, "10.1.0.4 example.com SOA TCP/soa closed; "},
		"TCP closed, bare":   {apex + refusedTCP, "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; 10.1.0.4 example.com  TCP/soa closed; "},
		"TCP cut":            {";; communications error to 10.1.0.4#53: end of file\n" + fmt.Sprintf(banner, "@10.1.0.4 example.com SOA +tcp") + none, "10.1.0.4 example.com SOA TCP/soa hung-up; "},
		"no route":           {";; UDP setup with 10.1.0.4#53(10.1.0.4) for x failed: network unreachable.\n" + none, "10.1.0.4   UDP/soa no-route; "},
		"truncated":          {";; Truncated, retrying in TCP mode.\n" + dig("@10.1.0.4 a.example.com A", "NOERROR", "qr aa", question("a.example.com", "A")+"\n;; ANSWER SECTION:\na.example.com.\t\t256\tIN\tA\t10.1.0.5\n", "10.1.0.4#53(10.1.0.4) (TCP)"), "10.1.0.4 a.example.com A UDP/a answered NOERROR tc; 10.1.0.4 a.example.com A TCP/a answered NOERROR [a.example.com A 10.1.0.5]; "},
		"truncated, closed":  {"$ dig @10.1.0.4 a.example.com\n;; Truncated, retrying in TCP mode.\n" + refusedTCP, "10.1.0.4 example.com A UDP/a answered NOERROR tc; 10.1.0.4 example.com A TCP/a closed; "},
		"foreign":            {";; Warning: ID mismatch: expected ID 36574, got 1\n;; ;; Question section mismatch: got x/A/IN\n" + dig("@10.1.0.4 example.com SOA", "REFUSED", "qr rd ra", question("example.com", "SOA"), "10.1.0.4#53(10.1.0.4) (UDP)"), "10.1.0.4 example.com SOA UDP/soa answered REFUSED foreign=2; "},
		"foreign only":       {";; Warning: ID mismatch: expected ID 36574, got 1\n;; communications error to 10.1.0.4#53: timed out\n" + fmt.Sprintf(banner, "@10.1.0.4 example.com SOA") + none, "10.1.0.4 example.com SOA UDP/soa foreign foreign=1; "},
		"our own query":      {dig("@10.1.0.4 example.com SOA", "NOERROR", "rd", question("example.com", "SOA"), "10.1.0.4#53(10.1.0.4) (UDP)"), "10.1.0.4 example.com SOA UDP/soa foreign foreign=1; "},
		"several, with noise": {
			"Last login: today\nroot@vm:/# " + "dig @10.1.0.4 example.com SOA" + apex + "root@vm:/# date\nWed Nov 25\nroot@vm:/# dig @10.1.0.5 peerdeck-abc.example.com A\n" +
				dig("@10.1.0.5 peerdeck-abc.example.com A", "NXDOMAIN", "qr rd ra", question("peerdeck-abc.example.com", "A")+"\n;; AUTHORITY SECTION:\n"+soaLine, "10.1.0.5#53(10.1.0.5) (UDP)") + "root@vm:/# exit\n",
			"10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; 10.1.0.5 peerdeck-abc.example.com A UDP/random answered NXDOMAIN; ",
		},
		"two questions of one command": {
			dig("@10.1.0.4 a.example.com A b.example.com AAAA", "NOERROR", "qr rd ra", question("a.example.com", "A"), "10.1.0.4#53(10.1.0.4) (UDP)") +
				strings.SplitN(dig("", "NXDOMAIN", "qr rd ra", question("b.example.com", "AAAA"), "10.1.0.4#53(10.1.0.4) (UDP)"), "+cmd\n", 2)[1],
			"10.1.0.4 a.example.com A UDP/a answered NOERROR; 10.1.0.4 b.example.com AAAA UDP/aaaa answered NXDOMAIN; ",
		},
		"kdig": {
			"$ kdig @10.1.0.4 a.example.com A\n;; ->>HEADER<<- opcode: QUERY; status: NOERROR; id: 1\n;; Flags: qr rd ra; QUERY: 1; ANSWER: 1; AUTHORITY: 0; ADDITIONAL: 0\n\n;; QUESTION SECTION:\n;; a.example.com.      \t\tIN\tA\n\n" +
				";; ANSWER SECTION:\na.example.com.      \t300\tIN\tA\t10.1.0.5\n\n;; Received 56 B\n;; Time 2026-11-25 01:00:00 UTC\n;; From 10.1.0.4@53(UDP) in 12.3 ms\n",
			"10.1.0.4 a.example.com A UDP/a answered NOERROR [a.example.com A 10.1.0.5]; ",
		},
		"kdig, silent": {"$ kdig @10.1.0.4 a.example.com A\n;; WARNING: response timeout for 10.1.0.4@53(UDP)\n;; ERROR: failed to query server 10.1.0.4@53(UDP)\n", "10.1.0.4 a.example.com A UDP/a silent; "},
		"multiline": {
			dig("@10.1.0.4 example.com SOA +multiline", "NOERROR", "qr aa rd", question("example.com", "SOA")+"\n;; ANSWER SECTION:\nexample.com.\t\t3600 IN SOA ns1.example.com. host.example.com. (\n\t\t\t\t42         ; serial\n\t\t\t\t7200       ; refresh (2 hours)\n\t\t\t\t900\n\t\t\t\t1209600\n\t\t\t\t300 ; minimum\n\t\t\t\t)\n", "10.1.0.4#53(10.1.0.4)"),
			"10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; ",
		},
		"CRLF":     {strings.ReplaceAll(apex, "\n", "\r\n"), "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; "},
		"indented": {"    " + strings.ReplaceAll(apex, "\n", "\n    "), "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; "},
		"of Azure": {envelope("[stdout]\n$ dig @10.1.0.4 example.com SOA\n" + apex + "\n[stderr]\n"), "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; "},
		"of Azure, with a prompt": {
			"az$ az vm run-command invoke …\n" + envelope("Enable succeeded: \n[stdout]\n"+apex+"\n[stderr]\n") + "\naz$ ", "10.1.0.4 example.com SOA UDP/soa answered NOERROR [example.com SOA ns1.example.com host.example.com 42]; ",
		},
		"RFC 8427": {
			`{"ID":1,"QR":1,"AA":1,"TC":0,"RD":1,"RA":0,"RCODE":0,"QNAME":"Example.com.","QTYPE":1,"QTYPEname":"A","answerRRs":[{"NAME":"example.com.","TYPE":1,"TYPEname":"A","TTL":300,"rdataA":"10.1.0.5"},{"NAME":"example.com.","TYPE":1,"TTL":"300","rdataA":"10.1.0.6"}]}`,
			" Example.com A UDP/a answered NOERROR [example.com A 10.1.0.5] [example.com A 10.1.0.6]; ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, problem := digtext.Read(c.text, safe.Text{})
			if got := words(r.Exchanges); got != c.want || problem != "" {
				t.Errorf("%s\n%s %q", got, problem, r.Notes)
			}
		})
	}
}

func envelope(message string) string {
	data, err := json.MarshalIndent(map[string]any{"value": []any{map[string]string{"code": "ProvisioningState/succeeded", "displayStatus": "Provisioning succeeded", "level": "Info", "message": message}}}, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func TestAnAnswerIsReadWhole(t *testing.T) {
	t.Parallel()
	text := ";; communications error to 10.1.0.4#53: timed out\n" + dig("@10.1.0.4 X.example.com +time=2", "NXDOMAIN", "qr aa rd ra",
		"; EDE: 18 (Prohibited): (nope)\n; NSID: 61 62 63 64 (\"abcd\")\n"+question("X.example.com", "A")+"\n;; AUTHORITY SECTION:\n"+soaLine, "10.1.0.4#53(10.1.0.4) (UDP)")
	r, problem := digtext.Read(text, safe.New("9.9.9.9"))
	if problem != "" || len(r.Exchanges) != 1 {
		t.Fatalf("%s %+v", problem, r)
	}
	e := r.Exchanges[0]
	if !e.Reply.AA || !e.Reply.RA || e.Took != 12*time.Millisecond || e.Waited != 2012*time.Millisecond || e.Sent != 2 || e.Lost != 1 || e.Reply.Size != 60 || e.Reply.UDPSize != 1232 || e.EDNS != dnsverdict.EDNSUsed {
		t.Errorf("%+v", e)
	}
	want := dnsverdict.SOA{Zone: safe.New("example.com"), Primary: safe.New("ns1.example.com"), Serial: 42, Minimum: 300 * time.Second, Beside: true}
	if e.Reply.SOA != want || e.Reply.NSID.Raw() != "abcd" || e.Reply.Explained() != "Prohibited (EDE 18): nope" {
		t.Errorf("%+v", e.Reply)
	}
}

func TestWhatIsNotDigsIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "empty", "hello\nworld": "not the output of dig", "10.1.0.5\n10.1.0.6\n": "+short", "a.example.com.\n10.1.0.5": "+short",
		"$ dig @10.1.0.4 a +short\n10.1.0.5": "+short", "bash: dig: command not found": "not on that machine",
		"- type: MESSAGE\n  message:\n    response_message_data:\n": "+yaml", "Server:\t\t10.1.0.4\nAddress:\t10.1.0.4#53\n\nNon-authoritative answer:\nName: a": "nslookup",
		"a.example.com has address 10.1.0.5": "output of host", `{"a":1}`: "neither an answer", "[]": "not the output", "; <<>> DiG 9 <<>> x\n": "not the output",
		`{"error":{"code":"x","message":"The VM is off\u001b[2J"}}`: `The VM is off\u{1b}[2J`, strings.Repeat("x", digtext.MaxText+1): "in parts",
		envelope("[stdout]\n\n[stderr]\n/bin/sh: 1: dig: not found"): "not on that machine", envelope("[stdout]\n\n[stderr]\nno\x1b"): `failed on the virtual machine: no\u{1b}`,
	} {
		r, problem := digtext.Read(text, safe.Text{})
		if len(r.Exchanges) != 0 || !strings.Contains(problem, want) || safe.Clean(problem) != problem {
			t.Errorf("%.60q: %q %+v", text, problem, r.Exchanges)
		}
	}
}

func TestReportsAreJudgedLikeOurOwn(t *testing.T) {
	t.Parallel()
	good := dig("@10.1.0.4 example.com SOA", "NOERROR", "qr aa rd ra", question("example.com", "SOA")+"\n;; ANSWER SECTION:\n"+soaLine, "10.1.0.4#53(10.1.0.4) (UDP)") +
		dig("@10.1.0.4 a.example.com A", "NOERROR", "qr aa rd ra", question("a.example.com", "A")+"\n;; ANSWER SECTION:\na.example.com. 60 IN CNAME b.example.com.\n"+"b.example.com. 60 IN A 10.1.0.9\n", "10.1.0.4#53(10.1.0.4) (UDP)")
	other := dig("@10.1.0.5 example.com SOA", "REFUSED", "qr rd", question("example.com", "SOA"), "10.1.0.5#53(10.1.0.5) (UDP)") +
		dig("@10.1.0.5 z.example.org A", "NOERROR", "qr rd", question("z.example.org", "A"), "10.1.0.5#53(10.1.0.5) (UDP)")
	r, problem := digtext.Read(good+other, safe.Text{})
	reports := r.Reports(safe.New("Example.com."), safe.New("a.example.com"))
	if problem != "" || len(reports) != 2 || len(reports[0].Exchanges) != 2 || len(reports[1].Exchanges) != 1 {
		t.Fatalf("%s %+v", problem, reports)
	}
	if c := reports[0].Chain(); len(c.Addresses) != 1 || c.Addresses[0].Raw() != "10.1.0.9" || len(c.Aliases) != 1 || !reports[0].Serves() {
		t.Errorf("%+v", c)
	}
	if v := dnsverdict.Willing(reports[1]); v.Is.String() != "no" {
		t.Errorf("%+v", v)
	}
	if all := r.Reports(safe.New("example.com"), safe.Text{}); len(all) != 2 || len(all[0].Exchanges) != 1 {
		t.Errorf("%+v", all)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(dig("@10.1.0.4 example.com SOA", "NOERROR", "qr aa rd ra", question("example.com", "SOA")+"\n;; ANSWER SECTION:\n"+soaLine, "10.1.0.4#53(10.1.0.4) (UDP)"))
	f.Add(envelope("[stdout]\nx\n[stderr]\n"))
	f.Add(";; Truncated, retrying in TCP mode.\n;; Connection to 10.1.0.4#53(10.1.0.4) for x failed: timed out.\n" + none)
	f.Add(";; UDP setup with \n;; ->>HEADER<<- status: \n;; flags:\n;; ANSWER SECTION:\nx ( \n")
	f.Add(`[{"QNAME":"a","answerRRs":[{"TYPE":6,"rdataSOA":"a b 1 2 3 4 5"}]}]`)
	f.Fuzz(func(t *testing.T, text string) {
		r, problem := digtext.Read(text, safe.Text{})
		if (len(r.Exchanges) == 0) == (problem == "") {
			t.Errorf("%q with %d exchanges", problem, len(r.Exchanges))
		}
		for _, s := range append(r.Notes, problem) {
			if safe.Clean(s) != s {
				t.Errorf("%q", s)
			}
		}
		for _, e := range r.Exchanges {
			if e.Outcome == "" || e.Transport == "" || e.Step == "" || e.Took < 0 || e.Waited < 0 || len(e.Reply.Answers) > 32 || safe.Clean(e.Type) != e.Type || safe.Clean(string(e.Reply.Code)) != string(e.Reply.Code) {
				t.Errorf("%+v", e)
			}
		}
		r.Reports(safe.New("example.com"), safe.Text{})
	})
}
