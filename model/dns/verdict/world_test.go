package verdict_test

import (
	"fmt"
	"strings"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	zone  = "corp.example"
	name  = "orders.corp.example"
	one   = "10.1.0.4"
	two   = "10.1.0.5"
	quick = 5 * time.Millisecond
)

// reply makes a reply with a code; the records are "name type value".
func reply(code dnsverdict.RCode, records ...string) dnsverdict.Reply {
	r := dnsverdict.Reply{Code: code, RA: true}
	var list []dnsverdict.Record
	for _, text := range records {
		f := strings.SplitN(text, " ", 3)
		list = append(list, dnsverdict.Record{Name: safe.New(f[0]), Type: f[1], Value: safe.New(f[2]), TTL: time.Minute})
	}
	r.Answers, r.More, r.Sum = dnsverdict.Compact(list)
	return r
}

func soa(serial uint32) dnsverdict.SOA {
	return dnsverdict.SOA{Zone: safe.New(zone), Primary: safe.New("ns.corp.example"), Serial: serial, Minimum: 5 * time.Minute}
}

// soaReply is the answer to the question for the zone.
func soaReply(serial uint32) dnsverdict.Reply {
	r := reply(dnsverdict.NoError, fmt.Sprintf("%s SOA ns.%s %d", zone, zone, serial))
	r.SOA = soa(serial)
	return r
}

// beside puts the zone's record beside an empty answer.
func beside(r dnsverdict.Reply) dnsverdict.Reply {
	r.SOA = soa(7)
	r.SOA.Beside = true
	return r
}

func answered(step dnsverdict.Step, over dnsverdict.Transport, r dnsverdict.Reply) dnsverdict.Exchange {
	return dnsverdict.Exchange{Step: step, Transport: over, Outcome: dnsverdict.OutcomeAnswered, Reply: r, Took: quick, Waited: quick, Sent: 1, EDNS: dnsverdict.EDNSUsed}
}

func unanswered(over dnsverdict.Transport, o dnsverdict.Outcome) dnsverdict.Exchange {
	e := dnsverdict.Exchange{Step: dnsverdict.StepSOA, Transport: over, Outcome: o, Sent: 1}
	if o == dnsverdict.OutcomeSilent {
		e.Sent, e.Lost, e.Waited = 2, 2, 5*time.Second
	}
	return e
}

func report(server string, list ...dnsverdict.Exchange) dnsverdict.Report {
	return dnsverdict.Report{Server: safe.New(server), Domain: safe.New(zone), Name: safe.New(name), Exchanges: list}
}

// says is a server whose zone is fine and that answers for the name as told.
func says(server string, r dnsverdict.Reply) dnsverdict.Report {
	return report(server,
		answered(dnsverdict.StepSOA, dnsverdict.UDP, soaReply(7)), answered(dnsverdict.StepSOA, dnsverdict.TCP, soaReply(7)),
		answered(dnsverdict.StepA, dnsverdict.UDP, r))
}

// gives is a server that gives addresses for the name.
func gives(server string, addresses ...string) dnsverdict.Report {
	records := make([]string, len(addresses))
	for i, a := range addresses {
		records[i] = name + " A " + a
	}
	return says(server, reply(dnsverdict.NoError, records...))
}

// codes is a server that says the same code to everything.
func codes(server string, code dnsverdict.RCode) dnsverdict.Report {
	r := reply(code)
	return report(server, answered(dnsverdict.StepSOA, dnsverdict.UDP, r), answered(dnsverdict.StepSOA, dnsverdict.TCP, r), answered(dnsverdict.StepA, dnsverdict.UDP, r))
}

func silent(server string) dnsverdict.Report {
	return report(server, unanswered(dnsverdict.UDP, dnsverdict.OutcomeSilent), unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent))
}

func caseOf(reports ...dnsverdict.Report) dnsverdict.Case {
	return dnsverdict.Case{Name: safe.New(name), Domain: safe.New(zone), Reports: reports}
}

// knowing adds facts to a case.
func knowing(c dnsverdict.Case, f dnsverdict.Facts) dnsverdict.Case {
	c.Facts = f
	return c
}
