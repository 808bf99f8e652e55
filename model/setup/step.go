package setup

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// StepID names a step of a run.
type StepID string

// The steps of a set-up, in their order, and those of a teardown.
const (
	StepNetwork    StepID = "network"
	StepPreflight  StepID = "preflight"
	StepConsent    StepID = "consent"
	StepRole       StepID = "role-definition"
	StepAssignment StepID = "role-assignment"
	StepHubRole    StepID = "hub-role" // for a virtual hub, in place of the two before
	StepPeering    StepID = "peering"
	StepReady      StepID = "ready"
	StepDNS        StepID = "dns-mapping"
	StepDNSCheck   StepID = "dns-check"
	StepRoute      StepID = "route"

	StepRemoveRoute      StepID = "remove-route"
	StepRemoveService    StepID = "remove-service"
	StepRemoveDNS        StepID = "remove-dns-mapping"
	StepRemovePeering    StepID = "remove-peering"
	StepRemoveAssignment StepID = "remove-role-assignment"
	StepRemoveRole       StepID = "remove-role-definition"
	StepRemoveNetwork    StepID = "remove-network"
	StepRemoveRule       StepID = "remove-security-rule"

	StepMend       StepID = "mend-plan"
	StepRemoveHalf StepID = "remove-half"
	StepHalf       StepID = "half"
	StepRule       StepID = "security-rule"
	StepRow        StepID = "mapping-row"
	StepUserRoute  StepID = "user-route"
)

// Title is the step's name on a screen.
func (s StepID) Title() string { //nolint:funlen // a word for each step
	switch s {
	case StepNetwork:
		return "Network"
	case StepPreflight:
		return "Preflight"
	case StepConsent:
		return "Admin consent"
	case StepRole:
		return "Role definition"
	case StepAssignment:
		return "Role assignment"
	case StepHubRole:
		return "Role at the hub"
	case StepPeering:
		return "Peering"
	case StepReady:
		return "Ready on both sides"
	case StepDNS:
		return "DNS mapping"
	case StepDNSCheck:
		return "DNS check"
	case StepRoute:
		return "Route"
	case StepRemoveRoute:
		return "Remove route"
	case StepRemoveService:
		return "Remove service"
	case StepRemoveDNS:
		return "Remove DNS mapping"
	case StepRemovePeering:
		return "Remove peering"
	case StepRemoveAssignment:
		return "Remove role assignment"
	case StepRemoveRole:
		return "Remove role definition"
	case StepRemoveNetwork:
		return "Remove network"
	case StepMend:
		return "Look and plan"
	case StepRemoveHalf:
		return "Remove old half"
	case StepHalf:
		return "Change the half"
	case StepRule:
		return "Security rule"
	case StepRow:
		return "Mapping row"
	case StepUserRoute:
		return "Route of the table"
	case StepRemoveRule:
		return "Remove security rule"
	default:
		return string(s)
	}
}

// About says in a sentence what the step is for.
func (s StepID) About() string { //nolint:funlen // a sentence for each step
	switch s {
	case StepNetwork:
		return "Asks Konnect for the network and waits until it is ready, which takes 30 to 40 minutes."
	case StepPreflight:
		return "Reads both clouds and looks for what would make a later step fail. It changes nothing."
	case StepConsent:
		return "Lets Kong's application into the tenant. It gets no access to any resource by that."
	case StepRole:
		return "Makes a custom role with the five rights that a peering needs, and no other."
	case StepAssignment:
		return "Gives that role to Kong's application on this one VNET, and on nothing else."
	case StepHubRole:
		return "Looks whether Kong's application has the role from Konnect's wizard at the virtual hub. It changes nothing."
	case StepPeering:
		return "Asks Konnect for the peering. Kong then writes both halves."
	case StepReady:
		return "Watches both halves until Konnect says ready and Azure says Connected, in sync."
	case StepDNS:
		return "Puts the DNS mappings into the network's outbound resolver."
	case StepDNSCheck:
		return "Asks each DNS server for each mapped domain, from this machine."
	case StepRoute:
		return "Makes a gateway service with a route in a control plane, so that requests use the peering."
	case StepRemoveRoute:
		return "Deletes the route of this set-up; requests for it are answered with 404."
	case StepRemoveService:
		return "Deletes the gateway service of this set-up, unless other routes lead to it."
	case StepRemoveDNS:
		return "Takes the DNS mappings of this set-up out of the resolver; others stay."
	case StepRemovePeering:
		return "Deletes the peering in Konnect; Kong then removes both halves. What runs over it stops."
	case StepRemoveAssignment:
		return "Takes the role on the VNET away from Kong's application."
	case StepRemoveRole:
		return "Deletes the custom role, unless somebody still uses it."
	case StepRemoveNetwork:
		return "Deletes the network that this set-up has made, unless something still uses it."
	case StepMend:
		return "Looks at what is wrong again, shows every request that mends it, and asks once."
	case StepRemoveHalf:
		return "Deletes the dead half in the VNET, where Kong has not removed it. One that lives is left to Kong."
	case StepHalf:
		return "Writes the half in the VNET again, with what it lacks. It causes no interruption."
	case StepRule:
		return "Adds the rules to the security group, and looks until it lets the connection through. Nothing that is there is changed."
	case StepRow:
		return "Changes the row in the mapping table, and reads it back. The other rows are sent as they are."
	case StepUserRoute:
		return "Deletes the route that drops what goes to the gateways, and looks until replies go back over the peering."
	case StepRemoveRule:
		return "Deletes the rules that this run has added to the security group; what they let through is kept out again."
	default:
		return ""
	}
}

// Steps lists the steps that every set-up with a DNS mode has.
func Steps(mode DNSMode) []StepID {
	steps := []StepID{StepPreflight, StepConsent, StepRole, StepAssignment, StepPeering, StepReady}
	switch mode {
	case DNSResolver:
		return append(steps, StepDNS, StepDNSCheck)
	case DNSPeering:
		return append(steps, StepDNSCheck)
	case DNSNone:
		return steps
	default:
		return steps
	}
}

// Steps lists the steps of the set-up.
func (r Request) Steps() []StepID {
	if r.Mend != nil {
		return r.Mend.steps()
	}
	steps := Steps(r.DNS)
	if r.Hub {
		at := slices.Index(steps, StepRole)
		steps = slices.Replace(steps, at, at+2, StepHubRole)
	}
	if r.Create != nil {
		steps = append([]StepID{StepNetwork}, steps...)
	}
	if r.Route != nil {
		steps = append(steps, StepRoute)
	}
	return steps
}

// TeardownSteps lists the steps of a teardown: what depends on another goes first.
func TeardownSteps() []StepID {
	return []StepID{StepRemoveRoute, StepRemoveService, StepRemoveDNS, StepRemovePeering, StepRemoveAssignment, StepRemoveRole, StepRemoveNetwork, StepRemoveRule}
}

// StepState is how a step stands.
type StepState string

// The states of a step.
const (
	StepPending   StepState = "pending"
	StepChecking  StepState = "checking"
	StepApplying  StepState = "applying"
	StepVerifying StepState = "verifying"
	StepWaiting   StepState = "waiting"      // for a cloud; Wait says for what
	StepPerson    StepState = "needs-person" // Asks says for what
	StepPaused    StepState = "paused"       // before its change, as was asked
	StepDone      StepState = "done"
	StepAlready   StepState = "already"   // its goal was met before
	StepNoted     StepState = "noted"     // done, and Findings say what to look at
	StepPlanned   StepState = "planned"   // dry run: it would write what Plan says
	StepSkipped   StepState = "skipped"   // a person went on without it
	StepFailed    StepState = "failed"    // Failure says why
	StepCancelled StepState = "cancelled" // the run ended before it was over
)

// Over reports whether the step needs nothing more.
func (s StepState) Over() bool {
	return s == StepDone || s == StepAlready || s == StepNoted || s == StepSkipped || s == StepPlanned
}

// Working reports whether something goes on.
func (s StepState) Working() bool {
	return s == StepChecking || s == StepApplying || s == StepVerifying || s == StepWaiting
}

// Severity gives the symbol and the colour of a state.
func (s StepState) Severity() model.Severity {
	switch s {
	case StepDone, StepAlready:
		return model.SeverityOK
	case StepChecking, StepApplying, StepVerifying, StepWaiting:
		return model.SeverityWorking
	case StepPerson, StepPaused, StepSkipped, StepNoted:
		return model.SeverityAttention
	case StepFailed:
		return model.SeverityBroken
	case StepPending, StepPlanned, StepCancelled:
		return model.SeverityUnknown
	default:
		return model.SeverityUnknown
	}
}

// Word is the state in a word or two, for a screen.
func (s StepState) Word() string {
	switch s {
	case StepPerson:
		return "needs you"
	case StepNoted:
		return "look at it"
	case StepPending:
		return ""
	default:
		return string(s)
	}
}

// Step is one step of a run at one moment.
type Step struct {
	ID      StepID
	State   StepState
	Summary string // what came of it, in some words: "7 checks", "created", "2 rules"
	// StartedAt and EndedAt are zero before their time. A retry starts it anew.
	StartedAt, EndedAt time.Time
	// StopHere: the run is to pause before this step changes anything.
	StopHere bool
	Findings []Checked
	// Plan lists the requests that the step will send, or has sent, to change
	// something.
	Plan []model.Write
	Wait *model.Wait
	// Asks is what is wanted from a person; it is set in the state needs-person.
	Asks *Ask
	// Failure stays until the step is tried again.
	Failure *model.Failure
	// Halves is what both clouds said last of the peering, in the step Ready.
	Halves *Halves
}

// Ask is a question to a person, or something that a person must do.
type Ask struct {
	Text string
	// Options are the commands that answer it, the most likely one first.
	Options []RunCommandKind
	// Labels say what each option does; where it is empty, the usual words do.
	Labels []string
	// Link is to be opened, empty for none.
	Link safe.Text
	// Confirm is the name that must be typed for CommandConfirm.
	Confirm safe.Text
}

// Finding is what is asked as a finding, for a ticket.
func (a Ask) Finding() finding.Finding {
	return finding.Finding{Severity: finding.Attention, Cause: a.Text, Next: finding.Next{Text: a.Link.String()}}
}

// Halves is what both clouds say of a peering.
type Halves struct {
	Konnect  model.PeeringState
	Reason   safe.Text
	Azure    model.AzureHalf
	Finding  finding.Finding
	Since    time.Time // when the step began to watch
	LookedAt time.Time
}

// RunCommandKind is what a person can tell a run.
type RunCommandKind string

// The commands.
const (
	CommandContinue        RunCommandKind = "continue"         // go on after a pause, or accept the warnings
	CommandRetry           RunCommandKind = "retry"            // try the step again now; also ends a wait
	CommandCancel          RunCommandKind = "cancel"           // end the run; what is made stays
	CommandStopAt          RunCommandKind = "stop-at"          // pause before this step changes anything, or no longer
	CommandSkip            RunCommandKind = "skip"             // go on without knowing that the step is done
	CommandReplace         RunCommandKind = "replace"          // overwrite what somebody else has put there
	CommandSendAgain       RunCommandKind = "send-again"       // send a request once more whose answer was lost
	CommandBeside          RunCommandKind = "beside"           // make another one beside what is there and is not shown; never beforehand
	CommandCreatePrincipal RunCommandKind = "create-principal" // the second way: no consent is recorded
	CommandGivePrincipal   RunCommandKind = "give-principal"   // Text is the object id, where Graph may not be read
	CommandConfirm         RunCommandKind = "confirm"          // Text is the typed name
)

// RunCommand is an order to a run.
type RunCommand struct {
	Kind RunCommandKind
	Step StepID // for CommandStopAt
	Text safe.Text
}

// Options are how a run is to be done.
type Options struct {
	DryRun bool
	StopAt []StepID // pause before these steps change anything
}
