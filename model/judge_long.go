package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// longRules are about peerings that are at something for longer than it should take, by
// the table of [Stays]. They are asked before the rules that say that it goes on.
func longRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code: "peering-terminating-long",
			when: func(f PeeringFacts) bool {
				return f.Peering.State == PeeringTerminating && f.stay().over(f.Since, f.Now)
			},
			severity: SeverityAttention, word: "deleting long",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect has been deleting this peering for %s; %s.%s", f.Since.Text(f.Now), f.stay().said(), halfLeft(f))
			},
			next: endingNext,
		},
		{
			code: "azure-initiating-long",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.State == VNetInitiated && writesLong(f)
			},
			severity: SeverityAttention, word: "slow",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure has been writing the half in %s (%s) for %s, and it is not connected; %s.", f.vnet(), f.Azure.Peering.Provisioning, f.HalfSince.Text(f.Now), writing(f).said())
			},
			next: writingNext,
		},
		{
			code: "azure-writing-long",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.State == VNetConnected && writesLong(f)
			},
			severity: SeverityAttention, word: "slow",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected; Azure has been writing to the half in %s (%s) for %s; %s.", f.vnet(), f.Azure.Peering.Provisioning, f.HalfSince.Text(f.Now), writing(f).said())
			},
			next: writingNext,
		},
	}
}

func (f PeeringFacts) stay() Stay { return stayOf(AspectKonnect, string(f.Peering.State)) }

// lasted is since when a peering is being set up: no earlier than since its network is as
// it is. That it was made long ago proves nothing.
func (f PeeringFacts) lasted() Since { return f.Since.With(f.NetworkSince) }

// halfLeft says how far the deletion of a peering has come in Azure.
func halfLeft(f PeeringFacts) string {
	switch f.Azure.Status {
	case HalfPresent:
		return fmt.Sprintf(" The half in %s is still there, %s: Kong may no longer be allowed to delete it, or a lock keeps it.", f.vnet(), azureState(f))
	case HalfAbsent:
		return fmt.Sprintf(" The half in %s is gone, so what is left is Kong's.", f.vnet())
	case HalfNoVNet:
		return fmt.Sprintf(" Azure has no %s %s any more.", f.end(), f.vnet())
	default:
		return ""
	}
}

// endingNext is what to do about a peering that is not deleted: what can be looked at
// here first, then Kong.
func endingNext(f PeeringFacts) finding.Next {
	next := f.askKong()
	if f.Azure.Status == HalfPresent {
		next.Text = fmt.Sprintf("Look for a lock at %s or its resource group, and whether Kong still has its role there. If nothing stands in the way: %s", f.vnet(), phrase.Lower(next.Text))
		next.Command = azLocks(f.Peering.Place())
	}
	return next
}

// azLocks lists the locks that reach a VNET from its resource group.
func azLocks(v VNetRef) string {
	return strings.Join([]string{"az lock list --output table --subscription", ShellQuote(v.SubscriptionID.String()), "--resource-group", ShellQuote(v.ResourceGroup.String())}, " ")
}

// writing is the write that Azure has under way on the half.
func writing(f PeeringFacts) Stay {
	return stayOf(AspectProvisioning, string(f.Azure.Peering.Provisioning))
}

// writesLong: the peering is ready in Konnect, and Azure has been writing to the half that
// was just read for too long.
func writesLong(f PeeringFacts) bool {
	return readyVNet(f) && f.Network.State != NetworkTerminating && f.Azure.Status == HalfPresent && f.Azure.Failure == nil && !f.Azure.Outdated &&
		slices.Contains([]ProvisioningState{ProvisioningUpdating, ProvisioningCreating}, f.Azure.Peering.Provisioning) && writing(f).over(f.HalfSince, f.Now)
}

// writingNext shows the half as Azure has it now; a write that hangs is for Azure's support.
func writingNext(f PeeringFacts) finding.Next {
	return finding.Next{
		Kind: finding.NextCommand, Text: "Look at the half, and at the VNET's activity log for who writes to it; a write that does not end is for Azure's support.",
		Command: azPeering("show", f.Peering.VNet, f.Azure.Peering.Name),
	}
}

// askKong is the step where only Kong can see further: a text that can be sent as it is.
// It has times and no ages, so that it reads the same wherever and whenever it is shown.
func askKong(what string, name, id safe.Text, state string, created, updated time.Time, reason safe.Text) finding.Next {
	text := fmt.Sprintf("the %s %s (id %s) is in the state %s", what, name.Or("without a name"), id.Or("not given"), state)
	for _, t := range []struct {
		did string
		at  time.Time
	}{{"made", created}, {"last written", updated}} {
		if !t.at.IsZero() {
			text += ", " + t.did + " at " + t.at.UTC().Format("2006-01-02 15:04") + " UTC"
		}
	}
	if !reason.IsEmpty() {
		text += ", and Konnect reported: " + strings.TrimRight(reason.String(), ". ")
	}
	return finding.Next{Kind: finding.NextSupport, Text: "Send this to Kong's support: \"" + phrase.Capital(text) + ". What holds it?\""}
}

// askKong is the text about a peering.
func (f PeeringFacts) askKong() finding.Next {
	p := f.Peering
	return askKong("peering", p.Name, p.ID, string(p.State), p.CreatedAt, p.UpdatedAt, p.Reason)
}
