package paths

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// placing is a place that is being judged.
type placing struct {
	*judging

	p    Place
	from Destination
	// spoken is how sentences name the place: the address, or the name with what it led to.
	spoken string
}

// place judges a place, once for all services that send requests there.
func (j *judging) place(d Destination) Place {
	if p, known := j.places[d]; known {
		return p
	}
	q := &placing{
		judging: j, from: d, spoken: d.Host.String(),
		p: Place{Host: d.Host, Port: d.Port, Transport: d.Transport, Weight: 1, By: ByUnknown},
	}
	q.hop(j.gateway)
	q.host()
	q.port()
	q.p.Findings = urgent(q.p.Findings)
	j.places[d] = q.p
	return q.p
}

// hop adds a hop, and what is wrong at it.
func (q *placing) hop(h Hop) {
	q.p.Hops = append(q.p.Hops, h)
	if h.Finding.Code != "" && !slices.Contains(codesOf(q.p.Findings), h.Finding.Code+finding.Code(h.Finding.Cause)) {
		q.p.Findings = append(q.p.Findings, h.Finding)
	}
}

// codesOf tells findings apart by their code and cause.
func codesOf(list []finding.Finding) []finding.Code {
	out := make([]finding.Code, len(list))
	for i, f := range list {
		out[i] = f.Code + finding.Code(f.Cause)
	}
	return out
}

// ends sets how the place is reached, in a few words and in a sentence.
func (q *placing) ends(by By, word, why string) {
	q.p.By, q.p.Word, q.p.Why = by, word, sentence(why)
}

// wrong is the end of a way at a hop.
func (q *placing) wrong(kind HopKind, by By, o Outcome, word string, f finding.Finding) {
	q.ends(by, word, f.Cause)
	q.hop(Hop{Kind: kind, Title: kind.Title(), Outcome: o, Why: clause(f.Cause), Finding: f})
}

// clause is a sentence without its dot.
func clause(s string) string { return strings.TrimRight(s, ". ") }

// host reads what the host is, and follows it as far as it leads.
func (q *placing) host() {
	raw := q.p.Host.Raw()
	if a, is := addressOf(q.p.Host); is {
		q.spoken = a.String()
		q.at(a)
		return
	}
	if strings.Contains(raw, "{vault://") || strings.Contains(raw, "{") && strings.Contains(raw, "}") {
		q.wrong(HopName, ByUnknown, NotKnown, "a reference", next(found(CodeReference, finding.Unknown, "cannot tell",
			"The host "+quoted(q.p.Host)+" is a reference that the data planes resolve, so where requests go cannot be told"),
			finding.NextKonnect, "Ask for the name that the reference stands for: peerdeck paths --to NAME:PORT tells the way there."))
		return
	}
	name := dnstable.NameOf(q.p.Host)
	problem := gateway.HostProblem(q.p.Host)
	switch {
	case name.ASCII == "", name.ASCII == ".", strings.HasPrefix(raw, "*"), strings.HasPrefix(raw, "."):
		if problem == "" {
			problem = "the host " + quoted(q.p.Host) + " is no name that can be asked for"
		}
		q.badHost(problem)
	case problem != "" && !strings.HasSuffix(raw, ".") && q.p.Host.Raw() == name.ASCII:
		q.badHost(problem)
	default:
		q.spoken = name.Shown()
		q.name(name)
	}
}

func (q *placing) badHost(problem string) {
	q.wrong(HopName, ByNothing, Closed, "no host", next(found(CodeBadHost, finding.Broken, "no host", "No request can be sent, because "+problem),
		finding.NextKonnect, "Correct the host of the service in Konnect."))
}

// port judges the port by its number alone.
func (q *placing) port() {
	if q.p.Port > 0 && q.p.Port <= 65535 {
		return
	}
	is := "no number"
	if q.p.Port >= 0 {
		is = strconv.Itoa(q.p.Port)
	}
	q.hop(Hop{Kind: HopService, Title: HopService.Title(), Outcome: Closed, Why: "the port is " + is, Finding: next(
		found(CodeBadPort, finding.Broken, "no port", "Requests to "+q.spoken+" cannot be sent: the port is "+is+", and a connection needs one from 1 to 65535"),
		finding.NextKonnect, "Give the service in Konnect the port that the server listens on.",
	)})
}

// network names the network for a command and a sentence.
func (j *judging) network() string { return j.Network.Name.Or(j.Network.ID.Raw()).String() }

// flag is the network as a flag of a command.
func (j *judging) flag() string { return "--network " + model.ShellQuote(j.network()) }

// label names a peering.
func label(p *model.PeeringStatus) safe.Text { return p.Name.Or(p.ID.Raw()) }
