package trace

import (
	"fmt"
	"strings"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// digText writes everything that a server said in the manner of dig: a heading for each
// question, the flags, the records, the time. It holds no secret.
func digText(r dnsverdict.Report) []string {
	out := []string{fmt.Sprintf("; %s about %s", r.Server, r.Domain.Or(r.Name.String()))}
	if r.Skipped != "" {
		out = append(out, "; not asked: "+safe.Clean(r.Skipped))
	}
	if len(r.Exchanges) == 0 && r.Skipped == "" {
		out = append(out, "; nothing was asked yet")
	}
	for _, e := range r.Exchanges {
		out = append(out, "")
		out = append(out, exchangeText(e)...)
	}
	if l := r.Latency; l.Asked > 0 {
		out = append(out, "", fmt.Sprintf(";; latency: first %s, then %s at least, %s in the middle; %d asked, %d lost", dnsverdict.Millis(l.First), dnsverdict.Millis(l.Min), dnsverdict.Millis(l.Median), l.Asked, l.Lost))
	}
	return out
}

func exchangeText(e dnsverdict.Exchange) []string {
	flag := "+recurse"
	if !e.Recursion {
		flag = "+norecurse"
	}
	if e.Transport == dnsverdict.TCP {
		flag += " +tcp"
	}
	out := []string{fmt.Sprintf(";; @%s %s %s %s", e.Server, e.Name, safe.Clean(e.Type), flag)}
	if !e.Answered() {
		text := ";; " + outcomeText(e)
		if !e.Reason.IsEmpty() {
			text += ": " + e.Reason.String()
		}
		out = append(out, text)
		if e.Foreign > 0 {
			out = append(out, fmt.Sprintf(";; %d replies to something else: %s", e.Foreign, safe.Clean(e.ForeignWhy)))
		}
		return out
	}
	p := e.Reply
	out = append(out, fmt.Sprintf(";; status: %s, flags:%s, answers: %d", safe.Clean(string(p.Code)), flagsOf(p, e.Recursion), len(p.Answers)+p.More))
	if p.UDPSize > 0 {
		out = append(out, fmt.Sprintf(";; EDNS: udp %d%s", p.UDPSize, nsid(p)))
	}
	for _, x := range p.Errors {
		out = append(out, ";; "+safe.Clean(x.Words()))
	}
	for _, a := range p.Answers {
		out = append(out, fmt.Sprintf("%s. %d IN %s %s", a.Name, int(a.TTL.Seconds()), safe.Clean(a.Type), a.Value))
	}
	if p.More > 0 {
		out = append(out, fmt.Sprintf(";; and %d more", p.More))
	}
	if !p.SOA.IsZero() {
		where := "answer"
		if p.SOA.Beside {
			where = "authority"
		}
		out = append(out, fmt.Sprintf(";; %s: %s, no such name is kept %s", where, p.SOA.Words(), phrase.Exact(p.SOA.Minimum)))
	}
	if len(p.Elsewhere) > 0 {
		out = append(out, ";; it names other servers: "+phrase.List(p.Elsewhere))
	}
	return append(out, fmt.Sprintf(";; query time: %s over %s, %d bytes", strings.Replace(dnsverdict.Millis(e.Took), "ms", " ms", 1), e.Transport, p.Size))
}

func flagsOf(p dnsverdict.Reply, rd bool) string {
	text := " qr"
	for _, f := range []struct {
		on   bool
		name string
	}{{p.AA, "aa"}, {p.TC, "tc"}, {rd, "rd"}, {p.RA, "ra"}} {
		if f.on {
			text += " " + f.name
		}
	}
	return text
}

func nsid(p dnsverdict.Reply) string {
	if p.NSID.IsEmpty() {
		return ""
	}
	return ", NSID " + p.NSID.String()
}

// outcomeText says in words what became of a question that was not answered.
func outcomeText(e dnsverdict.Exchange) string {
	switch e.Outcome {
	case dnsverdict.OutcomeSilent:
		return fmt.Sprintf("no answer in %.1f s, %d of %d questions lost", e.Waited.Seconds(), e.Lost, e.Sent)
	case dnsverdict.OutcomeClosed:
		return "nothing listens at port 53"
	case dnsverdict.OutcomeNoRoute:
		return "no route to the server"
	case dnsverdict.OutcomeHungUp:
		return "the connection ended before the answer did"
	case dnsverdict.OutcomeForeign:
		return "what came was no answer to the question"
	case dnsverdict.OutcomeFailed:
		return "this machine could not ask"
	case dnsverdict.OutcomeUntestable:
		return "the way that was chosen does not carry it"
	case dnsverdict.OutcomeInvalid:
		return "it cannot be asked"
	case dnsverdict.OutcomeSkipped:
		return "not asked"
	case dnsverdict.OutcomeAnswered:
		return "answered"
	default:
		return "not asked: " + safe.Clean(string(e.Outcome))
	}
}
