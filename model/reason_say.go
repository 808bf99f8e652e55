package model

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// reasonOf is what Konnect says beside the state of one object, and what is around it.
type reasonOf struct {
	kind  reasonKind
	text  string       // as Konnect gave it
	place string       // what Kong works on, in a sentence: "vnet-hub"
	vnet  VNetRef      // where it is; zero where it is no VNET and no virtual hub
	hub   bool         // it is a virtual hub
	again string       // how the object is tried again: "delete the peering in Konnect and create it again"
	ask   finding.Next // what can be sent to Kong
	// ranges is the command that finds free ranges, for a reason that is about them.
	ranges string
	seen   seenFacts
}

// seenFacts are what was read of Azure around the object.
type seenFacts struct {
	vnetThere Ternary // the VNET is there
	overlap   Ternary // address ranges meet
	half      string  // how Azure's half is: "Initiated"; "none" where there is none; empty where that is not known
	peerings  int     // of the VNET, where it was read
}

// cause says what the reason is about, and what it says word for word.
func (r reasonOf) cause() string {
	lead := r.lead()
	if r.text == "" {
		return lead + "."
	}
	return lead + ". Konnect reported: " + strings.TrimRight(r.text, ". ") + "."
}

// lead is the sense of the reason as a sentence without its full stop.
func (r reasonOf) lead() string {
	switch r.kind {
	case reasonLock:
		return "A lock in Azure keeps Kong from changing " + r.place
	case reasonDeny:
		return "A deny assignment in Azure keeps Kong from " + r.place + "; no role outweighs it"
	case reasonPolicy:
		return "A policy in Azure forbids what Kong does at " + r.place
	case reasonSubscription:
		return "The subscription of " + r.place + " is disabled or read-only, so nobody can change anything in it"
	case reasonLinked:
		return "Kong may not write to " + r.place + ": it has rights on one side only, and may not link the two across their subscriptions or tenants"
	case reasonRights:
		return "Kong may not write to " + r.place
	case reasonConsent:
		return "Kong's application is not known, or not allowed, in the tenant of " + r.place
	case reasonOverlap:
		if r.seen.overlap == No {
			return "Azure refuses it because address ranges overlap; of those that are seen from here none does, so it is one on Kong's side, or one that has changed since"
		}
		return "Azure refuses it because address ranges overlap"
	case reasonLimit:
		if r.seen.peerings > 0 {
			return fmt.Sprintf("A limit or quota is reached; %s has %s", r.place, phrase.Count(r.seen.peerings, "peering"))
		}
		return "A limit or quota is reached"
	case reasonProvider:
		return "The subscription of " + r.place + " has not registered a resource provider that this needs"
	case reasonLeft:
		return "An old half in " + r.place + " is in the way: it is disconnected"
	case reasonTaken:
		return "Another peering leads to the same VNET already, from " + r.place + " or from Kong's side"
	default:
		return r.rest()
	}
}

// rest is the sense of the reasons that name nothing that stands in the way: what was
// looked for is missing, a cloud was not able to, or nobody knows.
func (r reasonOf) rest() string {
	switch r.kind {
	case reasonNoTenant:
		return "Azure knows no such tenant, or the sign-in of Kong is not for it"
	case reasonNoSubscription:
		return "Azure shows Kong no such subscription"
	case reasonNoGroup:
		return "Azure shows Kong no such resource group"
	case reasonNoVNet:
		if r.seen.vnetThere == Yes {
			return "Azure shows " + r.place + " to you, and not to Kong, or what is missing is on Kong's side"
		}
		return "Azure shows Kong no " + r.place
	case reasonThrottled:
		return "A cloud asked Kong for fewer requests"
	case reasonBusy:
		return "Azure was still busy with " + r.place
	case reasonTimeout:
		return "A cloud did not answer Kong in time"
	case reasonBroken:
		return "A cloud failed while Kong worked on it"
	case reasonNone:
		return "Konnect gave no reason" + r.ruledOut()
	default:
		return "Konnect gave a reason that peerdeck does not know" + r.ruledOut()
	}
}

// ruledOut says what was looked at, in the order in which a person would, and what is not
// known from here.
func (r reasonOf) ruledOut() string {
	var fine, open []string
	note := func(f Ternary, good, unknown string) {
		switch f {
		case Yes:
			fine = append(fine, good)
		case No:
		default:
			open = append(open, unknown)
		}
	}
	if r.vnet.IsZero() {
		return ""
	}
	note(r.seen.vnetThere, r.place+" is there", "whether "+r.place+" is there")
	note(opposite(r.seen.overlap), "no address ranges overlap", "whether address ranges overlap")
	switch r.seen.half {
	case "":
		open = append(open, "how Azure's half is")
	case "none":
		fine = append(fine, "Kong has written no half there")
	default:
		fine = append(fine, "Azure's half is "+r.seen.half)
	}
	open = append(open, "Kong's consent and role")
	text := ""
	if r.seen.vnetThere == No {
		text = "; Azure shows you no " + r.place
	}
	if len(fine) > 0 {
		text += "; seen from here, " + phrase.And(fine)
	}
	return text + "; not known from here: " + phrase.And(open)
}

// next is what to do about it. It never says to mend what the reason names: it says what
// that is, who can, and with which command to look.
func (r reasonOf) next() finding.Next {
	then := ""
	if r.again != "" {
		then = " Then " + r.again + "."
	}
	send := func(who, what string) string { return "Send this to " + who + ": \"" + what + "\"" + then }
	scope := r.place
	if !r.vnet.IsZero() {
		scope = r.id().String()
	}
	switch r.kind {
	case reasonLock:
		return r.command(finding.NextAdmin, send("whoever set the lock", "Please take the lock at "+scope+" away, or its resource group's, while Kong's peering is made; put it back afterwards."), azLocks(r.vnet))
	case reasonDeny:
		return r.command(finding.NextAdmin, send("the subscription's owner", "A deny assignment at "+scope+" keeps Kong's application "+KongAppID+" out. Which managed application, deployment stack or blueprint has made it, and can it let the application in?"),
			"az rest --method get --url "+ShellQuote("https://management.azure.com"+scope+"/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01"))
	case reasonPolicy:
		return r.command(finding.NextAdmin, send("whoever keeps the policies", "A policy forbids Kong's peering at "+scope+". Please make an exemption for "+r.written()+" there."),
			"az policy assignment list --disable-scope-strict-match --output table --scope "+ShellQuote(scope))
	case reasonSubscription:
		return r.command(finding.NextAdmin, send("the owner of the subscription", "The subscription "+r.vnet.SubscriptionID.Or("of "+r.place).String()+" is disabled or read-only. Please enable it again; it is usually a matter of billing."),
			"az account show --output table --subscription "+ShellQuote(r.vnet.SubscriptionID.String()))
	case reasonProvider:
		return r.command(finding.NextAdmin, "A contributor of the subscription registers it with the command."+then, "az provider register --namespace Microsoft.Network --subscription "+ShellQuote(r.vnet.SubscriptionID.String()))
	case reasonRights, reasonLinked, reasonConsent:
		return r.rightsNext(then)
	case reasonNoTenant, reasonNoSubscription, reasonNoGroup, reasonNoVNet:
		return r.goneNext(then)
	case reasonOverlap:
		return r.command(finding.NextAdmin, OverlapCure+" "+OtherRange+" The command lists the ranges that meet; "+r.ranges+" finds free ones.", r.halves("--output table"))
	case reasonLimit:
		allows := "Azure allows a VNET 500 peerings: count them with the command."
		if r.hub {
			allows = "Count the hub's connections with the command, and compare with Azure's limits of Virtual WAN."
		}
		return r.command(finding.NextSupport, allows+" If there is room, the limit is on Kong's side. "+r.ask.Text, r.halves("--query 'length(@)'"))
	case reasonLeft, reasonTaken:
		if r.hub {
			return r.command(finding.NextSupport, "List the connections of "+r.place+" and find the one that leads to Kong's VNET. Change none before Kong has answered: "+phrase.Lower(r.ask.Text), r.halves("--output table"))
		}
		return r.command(finding.NextCommand, "List the peerings of "+r.place+" and find the one that leads to Kong's VNET. Only one that is Disconnected may go; one that is Connected is in use: "+phrase.Lower(r.ask.Text), r.halves("--output table"))
	case reasonThrottled, reasonBusy, reasonTimeout, reasonBroken:
		return finding.Next{Kind: finding.NextKonnect, Text: "It may pass: wait some minutes." + then + " If it comes back: " + phrase.Lower(r.ask.Text)}
	default:
		return r.unknownNext(then)
	}
}

// passes reports whether what it is about may pass while Konnect goes on.
func (k reasonKind) passes() bool {
	switch k {
	case reasonThrottled, reasonBusy, reasonTimeout, reasonBroken:
		return true
	default:
		return false
	}
}

// command is a step with a command, where there is a VNET that it can be about.
func (r reasonOf) command(kind finding.NextKind, text, command string) finding.Next {
	if r.vnet.IsZero() {
		command = ""
	}
	return finding.Next{Kind: kind, Text: text, Command: command}
}

func (r reasonOf) rightsNext(then string) finding.Next {
	if r.vnet.IsZero() {
		return finding.Next{Kind: finding.NextAdmin, Text: "Check the consent, and the role of Kong's application at " + r.place + "." + then}
	}
	if r.kind == reasonConsent {
		return finding.Next{
			Kind: finding.NextSetUp, Text: "Look whether Kong's application is in tenant " + r.vnet.TenantID.String() + " and enabled; an administrator of the tenant gives the consent. Check role and role assignment too." + then,
			Command: "az ad sp list --output table --filter " + ShellQuote("appId eq '"+KongAppID+"'"),
		}
	}
	return finding.Next{
		Kind: finding.NextSetUp, Text: "Check consent, role and role assignment of Kong's application; a new assignment can take 10 min to act." + then,
		Command: "az role assignment list --include-inherited --output table --scope " + ShellQuote(r.id().String()),
	}
}

func (r reasonOf) goneNext(then string) finding.Next {
	if r.vnet.IsZero() {
		return finding.Next{Kind: finding.NextKonnect, Text: "Check the names that it was made with." + then}
	}
	text, command := "Check the names with the command: "+r.place+" may have been moved, renamed or deleted.", r.show()
	switch r.kind {
	case reasonNoTenant:
		text = "Check the tenant id " + r.vnet.TenantID.String() + ": the command lists the subscriptions that you see, with their tenants."
		command = "az account list --all --output table"
	case reasonNoSubscription:
		text = "Check the subscription id: the command shows it, and its tenant, where you may see it. One that was moved to another tenant needs consent and role there."
		command = "az account show --output table --subscription " + ShellQuote(r.vnet.SubscriptionID.String())
	case reasonNoGroup:
		text = "Check the resource group with the command: it may have been renamed or deleted, or be in another subscription."
		command = "az group show --output table --subscription " + ShellQuote(r.vnet.SubscriptionID.String()) + " --name " + ShellQuote(r.vnet.ResourceGroup.String())
	default:
		if r.seen.vnetThere == Yes {
			text = "Check Kong's consent and role: Azure says so too to who may not look."
			command = "az role assignment list --include-inherited --output table --scope " + ShellQuote(r.id().String())
		}
	}
	return finding.Next{Kind: finding.NextCommand, Text: text + then, Command: command}
}

func (r reasonOf) unknownNext(then string) finding.Next {
	if r.vnet.IsZero() {
		return r.ask
	}
	return finding.Next{
		Kind: finding.NextSetUp, Text: "Check Kong's role, with the command, and the consent." + then + " If that does not help: " + phrase.Lower(r.ask.Text),
		Command: "az role assignment list --include-inherited --output table --scope " + ShellQuote(r.id().String()),
	}
}

// written is the type of what Kong writes there.
func (r reasonOf) written() string {
	if r.hub {
		return "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections"
	}
	return "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
}

// id is the ARM id of the VNET, or of the virtual hub.
func (r reasonOf) id() safe.Text {
	if r.hub {
		return HubRef(r.vnet).ID()
	}
	return r.vnet.ID()
}

// show is the command that shows it.
func (r reasonOf) show() string {
	if r.hub {
		return azHub(HubRef(r.vnet), "show", "--output table")
	}
	return azVNet(r.vnet)
}

// halves is the command that lists the halves there.
func (r reasonOf) halves(more string) string {
	if r.hub {
		return azConnection(HubRef(r.vnet), "list", safe.Text{}, more)
	}
	return "az network vnet peering list " + more + " " + azWhere(r.vnet)
}

// azWhere names a VNET to the commands of its peerings.
func azWhere(v VNetRef) string {
	return strings.Join([]string{
		"--subscription", ShellQuote(v.SubscriptionID.String()), "--resource-group", ShellQuote(v.ResourceGroup.String()), "--vnet-name", ShellQuote(v.Name.String()),
	}, " ")
}

// azVNet shows a VNET.
func azVNet(v VNetRef) string {
	return strings.Join([]string{
		"az network vnet show --output table --subscription", ShellQuote(v.SubscriptionID.String()), "--resource-group", ShellQuote(v.ResourceGroup.String()), "--name", ShellQuote(v.Name.String()),
	}, " ")
}

// reasonKind is what the reason of a peering is about.
func (f PeeringFacts) reasonKind() reasonKind {
	return readReason(f.Peering.ReportedStatus, f.Peering.Reason, f.Peering.Name, f.Network.Name, f.Peering.Place().Name, f.Peering.Place().ResourceGroup)
}

// reason is what Konnect says beside the state of a peering.
func (f PeeringFacts) reason() reasonOf {
	r := reasonOf{
		kind: f.reasonKind(),
		text: reportedText(f.Peering.ReportedStatus, f.Peering.Reason), place: f.vnet(),
		ask: f.askKong(), ranges: FreeRanges(f.Network),
	}
	if f.Peering.State == PeeringError {
		r.again = f.again()
	}
	switch {
	case withVNet(f), withHub(f):
		r.vnet, r.hub, r.seen = f.Peering.Place(), withHub(f), f.seen()
	default:
		r.place = "the other end"
	}
	return r
}

// opposite turns yes and no; what is not known stays so.
func opposite(t Ternary) Ternary {
	switch t {
	case Yes:
		return No
	case No:
		return Yes
	default:
		return t
	}
}

// again is how a peering in error is tried again. One that may carry traffic all the same
// is not to be deleted.
func (f PeeringFacts) again() string {
	const made = "create it again: it cannot be changed"
	switch {
	case f.Azure.Status == HalfAbsent, f.Azure.Status == HalfNoVNet, f.Azure.Status == HalfPresent && (half(VNetInitiated)(f) || half(VNetDisconnected)(f)):
		return "delete the peering in Konnect and " + made
	case f.Azure.Status == HalfPresent:
		return ""
	default:
		return "delete the peering in Konnect, once it is certain that nothing passes over it, and " + made
	}
}

func (f PeeringFacts) seen() seenFacts {
	s := seenFacts{}
	switch f.Azure.Status {
	case HalfNoVNet:
		s.vnetThere = No
	case HalfUnclear:
		s.vnetThere, s.peerings = Yes, len(f.Azure.VNet.Peerings)
	case HalfAbsent, HalfPresent:
		s.vnetThere, s.peerings = Yes, len(f.Azure.VNet.Peerings)
		if f.Network.CIDR.Valid() {
			s.overlap = No
		}
		s.half = "none"
		if f.Azure.Status == HalfPresent {
			s.half = azureState(f)
		}
	default:
	}
	if len(f.Overlaps) > 0 {
		s.overlap = Yes
	}
	return s
}

// wordOfKonnect is what Konnect says beside the state of something else than a peering.
func wordOfKonnect(what string, name, id safe.Text, state string, created, updated time.Time, status, reason safe.Text) reasonOf {
	return reasonOf{
		text: reportedText(status, reason), place: "its end in Azure",
		ask: askKong(what, name, id, state, created, updated, reason),
	}
}
