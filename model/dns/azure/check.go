package azure

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Outcome is what a check came to.
type Outcome string

// The outcomes.
const (
	Done    Outcome = "done"      // looked at, and well
	Failed  Outcome = "failed"    // looked at, and wrong
	Partly  Outcome = "partly"    // looked at, and well only for some, or only if something else plays along
	Unknown Outcome = "not known" // not read, or nothing that Azure tells
)

// CheckID names a check, whatever its title is.
type CheckID string

// The checks, in the order in which a question meets what they are about.
const (
	CheckSubnet  CheckID = "subnet"
	CheckUDP     CheckID = "udp-53"
	CheckTCP     CheckID = "tcp-53"
	CheckWayBack CheckID = "way-back"
	CheckOwner   CheckID = "owner"
	CheckZone    CheckID = "zone"
	CheckLoop    CheckID = "loop"
)

// Title is the check for people: what is so when all is well.
func (id CheckID) Title() string {
	switch id {
	case CheckSubnet:
		return "The server lies in a subnet of the VNET"
	case CheckUDP:
		return "UDP 53 is open"
	case CheckTCP:
		return "TCP 53 is open"
	case CheckWayBack:
		return "Answers go back over the peering"
	case CheckOwner:
		return "Something has the server's address"
	case CheckZone:
		return "A private zone is linked to the server's VNET"
	case CheckLoop:
		return "No forwarding rule leads back to the server"
	default:
		return string(id)
	}
}

// The codes of the findings that Azure's facts give.
const (
	CodePlatform        finding.Code = "server-platform-address"
	CodeNoSubnet        finding.Code = "server-no-subnet"
	CodePortClosed      finding.Code = "server-port-closed"
	CodeRouteAway       finding.Code = "server-route-away"
	CodeAddressFree     finding.Code = "server-address-free"
	CodeAddressReserved finding.Code = "server-address-reserved"
	CodeEndpointState   finding.Code = "server-endpoint-state"
	CodeEndpointSubnet  finding.Code = "server-endpoint-subnet"
	CodeLoop            finding.Code = "server-loop"
	CodeZoneUnlinked    finding.Code = "zone-unlinked"
	CodeZoneLink        finding.Code = "zone-link"
	CodeZoneRecord      finding.Code = "zone-record-missing"
	CodeNotKnown        finding.Code = "server-not-known"
)

// Check is one thing that was looked at around a server.
type Check struct {
	ID      CheckID
	Title   string
	Outcome Outcome
	Why     string // one sentence without the dot
	// Finding is what is wrong and what to do now, or what would tell more; it has no code
	// where all is well.
	Finding finding.Finding
}

// Codes are the codes that this package gives.
func Codes() []finding.Code {
	return []finding.Code{
		CodePlatform, CodeNoSubnet, CodePortClosed, CodeRouteAway, CodeAddressFree, CodeAddressReserved, CodeEndpointState, CodeEndpointSubnet, CodeLoop,
		CodeZoneUnlinked, CodeZoneLink, CodeZoneRecord, CodeNotKnown,
	}
}

func done(id CheckID, why string) Check {
	return Check{ID: id, Title: id.Title(), Outcome: Done, Why: why}
}

func failed(id CheckID, code finding.Code, why, next string) Check {
	return wrong(id, Failed, finding.Broken, code, why, next)
}

func partly(id CheckID, code finding.Code, why, next string) Check {
	return wrong(id, Partly, finding.Attention, code, why, next)
}

// unknown is for what was not read or cannot be told; next is what would tell it.
func unknown(id CheckID, why, next string) Check {
	return wrong(id, Unknown, finding.Unknown, CodeNotKnown, why, next)
}

func wrong(id CheckID, o Outcome, s finding.Severity, code finding.Code, why, next string) Check {
	return Check{ID: id, Title: id.Title(), Outcome: o, Why: why, Finding: finding.Finding{
		Code: code, Severity: s, Word: s.String(), Cause: azurenet.Sentence(why), Next: finding.Next{Kind: kindOf(code, next), Text: next},
	}}
}

// kindOf is the sort of step that a finding needs.
func kindOf(code finding.Code, next string) finding.NextKind {
	switch {
	case next == "":
		return finding.NextNone
	case code == CodePlatform, code == CodeNoSubnet, code == CodeAddressFree, code == CodeAddressReserved:
		return finding.NextTable
	default:
		return finding.NextAdmin
	}
}

// run adds the command that does the next step.
func (c Check) run(command string) Check {
	if command != "" {
		c.Finding.Next.Kind, c.Finding.Next.Command = finding.NextCommand, command
	}
	return c
}

// unread is the check of what could not be read.
func unread(id CheckID, g *azurenet.Gap) Check {
	return unknown(id, "not known: "+g.Failure.Cause.Or("it was not read").String(), g.Failure.Cure)
}

// tail is the last name in an ARM id, for a sentence.
func tail(id safe.Text) string { return model.LastSegment(id).String() }
