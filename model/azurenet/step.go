package azurenet

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Outcome is what becomes of a connection at a step.
type Outcome string

// The outcomes.
const (
	Open    Outcome = "open"      // looked at, and it passes
	Closed  Outcome = "closed"    // looked at, and it ends here
	Partly  Outcome = "partly"    // passes for some, or only if something else plays along
	Unknown Outcome = "not known" // not read, or nothing that Azure tells
)

// Worse reports whether an outcome matters more than another one.
func (o Outcome) Worse(than Outcome) bool { return o.rank() > than.rank() }

func (o Outcome) rank() int {
	switch o {
	case Open:
		return 1
	case Unknown:
		return 2
	case Partly:
		return 3
	case Closed:
		return 4
	default:
		return 0
	}
}

// StepID names a step of a passage.
type StepID string

// The steps, in the order in which a connection and its replies meet them.
const (
	StepPlace    StepID = "place"     // the subnet that the address lies in
	StepAdmin    StepID = "admin"     // security admin rules
	StepSubnet   StepID = "subnet-in" // the subnet's security group
	StepCard     StepID = "card-in"   // the network card's security group
	StepOwner    StepID = "owner"     // what has the address
	StepEndpoint StepID = "endpoint"  // the private endpoint that has the address
	StepFront    StepID = "front"     // the load balancer or application gateway that has the address
	StepBackend  StepID = "backend"   // one of its backends
	StepProbe    StepID = "probe"     // the probes of that backend
	StepBack     StepID = "back"      // the routes of the replies
)

// Title is the step for people: what is so when all is well.
func (id StepID) Title() string {
	switch id {
	case StepPlace:
		return "The address lies in a subnet of the VNET"
	case StepAdmin:
		return "No security admin rule is in the way"
	case StepSubnet:
		return "The subnet's security group lets it through"
	case StepCard:
		return "The network card's security group lets it through"
	case StepOwner:
		return "Something has the address"
	case StepEndpoint:
		return "The private endpoint is connected"
	case StepFront:
		return "Something is behind the front end"
	case StepBackend:
		return "The backend is reached"
	case StepProbe:
		return "The backend's probes get through"
	case StepBack:
		return "Replies go back over the peering"
	default:
		return string(id)
	}
}

// Step is one thing that was looked at on the way of a connection or of its replies.
type Step struct {
	ID      StepID
	Outcome Outcome
	// Resource and Name are who decides, by ARM id and name; empty where nobody does.
	Resource safe.Text
	Name     safe.Text
	Rule     safe.Text // that decides, or the route; of several the first
	Priority int
	Why      string // one clause without the dot
	// Finding is what is wrong and what to do now, or what would tell more; it has no code
	// where all is well.
	Finding finding.Finding

	opens int // the priority of the rule that is proposed; 0 for none
}

// The codes of the findings that a way gives.
const (
	CodeAdminClosed  finding.Code = "back-admin-rule"
	CodePortClosed   finding.Code = "back-port-closed"
	CodeRouteAway    finding.Code = "back-route-away"
	CodeNotRouted    finding.Code = "back-range-unrouted"
	CodeNoSubnet     finding.Code = "back-no-subnet"
	CodeAddressFree  finding.Code = "back-address-free"
	CodeEndpoint     finding.Code = "back-endpoint-state"
	CodeNoBackend    finding.Code = "back-no-backend"
	CodeProbesClosed finding.Code = "back-probe-closed"
	CodeNotKnown     finding.Code = "back-not-known"
)

func open(id StepID, why string) Step { return Step{ID: id, Outcome: Open, Why: why} }

func closed(id StepID, code finding.Code, why, next string) Step {
	return wrong(id, Closed, finding.Broken, code, why, next)
}

// astray is for replies that go another way, which something there may still carry.
func astray(why, next string) Step {
	return wrong(StepBack, Partly, finding.Attention, CodeRouteAway, why, next)
}

// unknown is for what was not read or cannot be told; next is what would tell it.
func unknown(id StepID, why, next string) Step {
	return wrong(id, Unknown, finding.Unknown, CodeNotKnown, why, next)
}

func wrong(id StepID, o Outcome, s finding.Severity, code finding.Code, why, next string) Step {
	kind := finding.NextAdmin
	if next == "" {
		kind = finding.NextNone
	}
	return Step{ID: id, Outcome: o, Why: why, Finding: finding.Finding{
		Code: code, Severity: s, Word: s.String(), Cause: Sentence(why), Next: finding.Next{Kind: kind, Text: next},
	}}
}

// unread is the step of what could not be read.
func unread(id StepID, g *Gap) Step {
	s := unknown(id, g.Why(), g.Failure.Cure)
	if g.Failure.Cure != "" {
		s.Finding.Next = g.Failure.Next(finding.NextAdmin)
	}
	s.Finding.Because = g.Failure.FindingCode()
	return s
}

// missed is the step of what nobody has read, though nothing was in the way.
func missed(id StepID, what string) Step {
	s := unknown(id, "not known: "+what+" was not read", model.CureLookOrLonger)
	s.Finding.Next.Kind = finding.NextWait
	return s
}

// run adds the command that does the next step.
func (s Step) run(command string) Step {
	if command != "" {
		s.Finding.Next.Kind, s.Finding.Next.Command = finding.NextCommand, command
	}
	return s
}

// by names who decides.
func (s Step) by(id, name safe.Text) Step {
	s.Resource, s.Name = id, name
	return s
}

// Sentence makes a sentence of a clause. One that begins with a name keeps it as it is.
func Sentence(clause string) string {
	for _, word := range []string{"the ", "nothing ", "not ", "whether ", "of ", "no ", "a ", "port "} {
		if strings.HasPrefix(clause, word) {
			clause = strings.ToUpper(clause[:1]) + clause[1:]
			break
		}
	}
	return strings.TrimRight(clause, ". ") + "."
}
