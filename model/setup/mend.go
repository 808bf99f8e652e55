package setup

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Mend is what a run mends: the sequence that a finding of a peering names, and the peering
// by its id, which no other one ever has.
type Mend struct {
	By      finding.Sequence
	Peering safe.Text // id in Konnect
	// Change is what it changes beside the peering, where that is what it mends.
	Change finding.Change
}

// steps lists the steps of a sequence. What makes a peering anew first looks whether Kong
// may write to the VNET: a peering that cannot be made again is not deleted.
func (m *Mend) steps() []StepID {
	switch m.By {
	case finding.MendRemake:
		return []StepID{StepMend, StepConsent, StepRole, StepAssignment, StepRemovePeering, StepRemoveHalf, StepPeering, StepReady}
	case finding.MendClear:
		return []StepID{StepMend, StepRemoveHalf, StepReady}
	case finding.MendSync, finding.MendAccess:
		return []StepID{StepMend, StepHalf, StepReady}
	case finding.MendRule:
		return []StepID{StepMend, StepRule}
	case finding.MendRow:
		return []StepID{StepMend, StepRow, StepDNSCheck}
	case finding.MendRoute:
		return []StepID{StepMend, StepUserRoute}
	default:
		return []StepID{StepMend}
	}
}

// MendOf is the request that mends a peering as its finding says. False: no known sequence
// mends it, or whose its half is was not proved.
func MendOf(n model.Network, p model.PeeringStatus) (Request, bool) {
	if !p.Finding.Next.Mend.OfPeering() {
		return Request{}, false
	}
	r := Request{
		Network: n.Name.Or(n.ID.Raw()), Peering: p.Name, VNet: p.VNet, DNS: DNSNone,
		Mend: &Mend{By: p.Finding.Next.Mend, Peering: p.ID},
	}
	if len(p.DNS) > 0 {
		r.DNS, r.Mappings = DNSPeering, p.DNS // it is made anew as it was
	}
	return r, true
}

// MendPlan is what a sequence will do, as it was seen at the last look.
type MendPlan struct {
	By      finding.Sequence
	Network model.Network
	Peering model.Peering // as Konnect has it; without an id when it is gone already
	VNet    model.VNetRef
	Half    model.VNetPeering // that is changed or deleted; without an id when there is none
	Cause   string            // of the finding
	Writes  []model.Write
}

// Agreed are the things that a person agrees to have changed or deleted, as the journal
// writes them down: a run that is gone on with does not ask for the same again.
func (p MendPlan) Agreed() []string {
	out := []string{"mend: " + string(p.By)}
	if p.By == finding.MendRemake && !p.Peering.ID.IsEmpty() {
		out = append(out, AgreedPeering(p.Peering.ID))
	}
	if !p.Half.ID.IsEmpty() {
		out = append(out, AgreedHalf(p.Half))
	}
	return out
}

// AgreedPeering stands for the consent to the deletion of a peering in Konnect.
func AgreedPeering(id safe.Text) string { return "mend: peering " + id.Raw() }

// AgreedHalf stands for the consent to a change of one half as it is: one that is made anew
// under the name of another is another one.
func AgreedHalf(h model.VNetPeering) string {
	return "mend: half " + h.ID.Raw() + " " + h.GUID.Raw()
}

// Ask is the one question of the run.
func (p MendPlan) Ask() Ask {
	name := p.Peering.Name.Or(p.Half.Name.Raw())
	switch p.By {
	case finding.MendRemake:
		text := "This deletes the peering " + p.Peering.Name.String() + " of " + p.Network.Name.String() + " in Konnect"
		if !p.Half.ID.IsEmpty() {
			text += ", and its dead half " + p.Half.Name.String() + " in " + p.VNet.Name.String() + " where Kong leaves it"
		}
		text += ", and makes the peering anew with the same values. Type the name of the peering to begin."
		return confirm(text, name)
	case finding.MendClear:
		return confirm("This deletes the dead half "+p.Half.Name.String()+" in "+p.VNet.Name.String()+"; nothing passes over it. Type its name to begin.", p.Half.Name)
	case finding.MendAccess:
		return agree("This lets the gateways of " + p.Network.Name.String() + " into " + p.VNet.Name.String() + ": the half " + p.Half.Name.String() + " allows virtual network access. Go on?")
	default:
		return agree("This writes the half " + p.Half.Name.String() + " in " + p.VNet.Name.String() + " again, with the ranges that Kong's VNET has now. Go on?")
	}
}

func confirm(text string, name safe.Text) Ask {
	return Ask{Text: text, Confirm: name, Options: []RunCommandKind{CommandConfirm}, Labels: []string{"begin (the name is typed)"}}
}

func agree(text string) Ask {
	return Ask{Text: text, Options: []RunCommandKind{CommandContinue}, Labels: []string{"begin"}}
}

// AskHalf is the question for a dead half that nobody has agreed to: it was not there when
// the run was agreed to.
func AskHalf(h model.VNetPeering, vnet safe.Text) Ask {
	return confirm("Another dead half is in the way: "+h.Name.String()+" in "+vnet.String()+", with "+phrase.List(h.RemotePrefixes())+". Nothing passes over it. Type its name to have it deleted.", h.Name)
}

// Right is what the signed-in account needs for its part of the plan. False: it needs none.
func (p MendPlan) Right() (Right, bool) {
	const halves = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/"
	switch {
	case p.Half.ID.IsEmpty():
		return Right{}, false
	case p.By.Destroys():
		return Right{halves + "delete", p.VNet.ID(), p.VNet.Name.String(), "delete the half " + p.Half.Name.String()}, true
	default:
		return Right{halves + "write", p.VNet.ID(), p.VNet.Name.String(), "write the half " + p.Half.Name.String()}, true
	}
}

// NoRight is the failure of a plan whose part in Azure the signed-in account may not do, with
// the commands for somebody who may.
func NoRight(c Checked, subject, place safe.Text, writes []model.Write) model.Failure {
	var commands []string
	for _, w := range writes {
		if w.Service == model.WriteARM {
			commands = append(commands, strings.ReplaceAll(w.Command(), " \\\n ", ""))
		}
	}
	return model.Failure{
		Kind: model.FailurePermission, Operation: "mend peering", Subject: subject, Finding: c.Code,
		Cause: safe.New(c.Cause + " Nothing was changed."),
		Cure:  "Send this to somebody who may, such as a Network Contributor of " + place.String() + ", and retry after that: " + strings.Join(commands, " && "),
	}
}

// HalfUnchanged is the failure for a half that was written and that still lacks what it lacked.
func HalfUnchanged(h model.VNetPeering, d time.Duration) model.Failure {
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "change the half", Subject: h.Name, Finding: "mend-half-unchanged", Retryable: true,
		Cause: safe.New("Azure took the change, and the half is as it was after " + phrase.Span(d)),
		Cure:  "Look at the VNET's activity log for what became of the write; then retry.",
	}
}

// OtherNow is the failure of a run that finds another thing to be wrong than was agreed to
// be mended.
func OtherNow(m Mend, now finding.Finding, peering safe.Text) model.Failure {
	cure := now.Next.Line()
	if now.Next.Mend != "" && now.Next.Mend != m.By {
		cure = "It can be mended in another way (" + now.Next.Mend.Title() + "): end this run and begin that one. " + cure
	}
	return model.Failure{
		Kind: model.FailureConflict, Operation: "mend peering", Subject: peering, Finding: "mend-other-now",
		Cause: safe.New("how it stands is no longer what this mends, so nothing more is changed. " + now.Cause), Cure: cure,
	}
}

// PeeringToMendGone is the failure for a peering that was deleted before anything was begun.
func PeeringToMendGone(name safe.Text) model.Failure {
	return model.Failure{
		Kind: model.FailureNotFound, Operation: "mend peering", Subject: name, Finding: "setup-peering-gone",
		Cause: safe.New("Konnect has no such peering any more: somebody has deleted it"), Cure: "Set the peering up anew, if it is wanted.",
	}
}

// HalfLives is the failure for a half that Kong should have removed with its peering.
func HalfLives(h model.VNetPeering, vnet safe.Text) model.Failure {
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "wait for the old half to go", Subject: h.Name, Finding: "mend-half-lives", Retryable: true,
		Cause: safe.New("the peering is gone in Konnect, and its half in " + vnet.Raw() + " still is " + string(h.State) + ": Kong has not removed it, and one that lives is not deleted from here"),
		Cure:  "Look whether Kong still has its role on the VNET, and whether a lock keeps the half; retry in some minutes.",
	}
}

// HalfUnproved is the failure for a dead half of which it is not proved that it may go.
func HalfUnproved(f finding.Finding, vnet safe.Text) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "remove the old half", Subject: vnet, Finding: f.Code,
		Cause: safe.New(f.Cause), Cure: f.Next.Line(),
	}
}
