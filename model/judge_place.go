package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// namedPlace says that a peering cannot follow its VNET.
const namedPlace = "The peering in Konnect names the old place and cannot be changed: make a new one with the VNET where it is now."

// placeRules are about a VNET that is not where a peering says, and about a subscription
// in which nothing can be written. A VNET that may not be read is not gone.
func placeRules() []rule[PeeringFacts] {
	concerns := func(f PeeringFacts) bool {
		return (withVNet(f) || withHub(f)) && (unready(f) || f.Peering.State == PeeringReady)
	}
	return only(concerns, slices.Concat(cloudRules(), subscriptionRules(), movedRules(), goneRules()))
}

// refused is the condition that reading the VNET was refused with one of some codes, and
// that nothing better is known.
func refused(codes ...string) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool {
		if f.Azure.Failure == nil || f.Azure.Status == HalfPresent || f.Azure.Status == HalfAbsent {
			return false
		}
		for _, c := range codes {
			if strings.EqualFold(f.Azure.Failure.Code.Raw(), c) {
				return true
			}
		}
		return false
	}
}

func subscriptionRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "azure-subscription-invalid",
			when:     refused("InvalidSubscriptionId"),
			severity: SeverityAttention, word: "wrong subscription",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported %s, and names for %s the subscription %s, which Azure calls no valid id.", f.Peering.State, f.vnet(), f.Peering.Place().SubscriptionID.Quoted())
			},
			next: accounts("Find the id of the right subscription. A peering cannot be changed: make a new one with the right id."),
		},
		{
			code:     "azure-subscription-tenant",
			when:     func(f PeeringFacts) bool { return !otherTenant(f).IsEmpty() },
			severity: SeverityAttention, word: "other tenant",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported %s, and names the tenant %s for %s; Azure says that its subscription %s is of the tenant %s.",
					f.Peering.State, f.Peering.Place().TenantID, f.vnet(), f.Peering.Place().SubscriptionID, otherTenant(f))
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind: finding.NextAdmin,
					Text: "Ask whether the subscription was moved to that tenant. Sign in there to see the VNET and its half: consent, role and assignment for Kong are needed in that tenant. " +
						"The peering in Konnect names the old tenant and cannot be changed.",
					Command: "az login --tenant " + ShellQuote(otherTenant(f).String()) + " && " + f.showEnd(),
				}
			},
		},
		{
			code: "azure-subscription-missing",
			when: func(f PeeringFacts) bool {
				return refused("SubscriptionNotFound")(f) && len(f.Azure.Place.Elsewhere) == 0
			},
			severity: SeverityAttention, word: "no subscription",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported %s, and Azure knows no subscription %s in the tenant %s, or does not show it to you; so nothing is known of %s%s.",
					f.Peering.State, f.Peering.Place().SubscriptionID, f.Peering.Place().TenantID, f.vnet(), searchText(f))
			},
			next: accounts("Look whether the subscription is among yours, in this tenant or another one; if not, ask its owner whether it was cancelled or moved."),
		},
		{
			code: "azure-subscription-disabled",
			when: func(f PeeringFacts) bool {
				return subscriptionIn(f, "Disabled", "Deleted") || refused("ReadOnlyDisabledSubscription", "SubscriptionDisabled", "DisabledSubscription")(f)
			},
			severity: SeverityAttention, word: "subscription off",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("The subscription %s of %s is %s: Azure refuses changes in it, Kong's too, and machines in it may be stopped. Konnect reported %s%s.",
					f.subscription(), f.vnet(), f.Azure.Place.Subscription.State.Or("disabled"), f.Peering.State, halfText(f))
			},
			next: subscriptionNext("Ask the subscription's owner to enable it again, which is usually a matter of billing."),
		},
	}
}

// subscriptionStateRules are about a subscription that works and may not for long. They
// are asked where nothing worse is so.
func subscriptionStateRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "azure-subscription-warned",
			when:     func(f PeeringFacts) bool { return subscriptionIn(f, "Warned", "PastDue") },
			severity: SeverityAttention, word: "subscription warned",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Both halves are well, and the subscription %s of %s is %s: Azure will disable it unless its owner acts.", f.subscription(), f.vnet(), f.Azure.Place.Subscription.State)
			},
			next: subscriptionNext("Ask the subscription's owner to put it right, which is usually a matter of billing."),
		},
		{
			code: "azure-subscription-state",
			when: func(f PeeringFacts) bool {
				return !f.Azure.Place.Subscription.State.IsEmpty() && !subscriptionIn(f, "Enabled")
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Both halves are well, and Azure gives the subscription %s of %s the state %s, which peerdeck does not know.", f.subscription(), f.vnet(), f.Azure.Place.Subscription.State.Quoted())
			},
			next: subscriptionNext("Look at the subscription in Azure."),
		},
	}
}

func movedRules() []rule[PeeringFacts] {
	elsewhere := func(f PeeringFacts) bool {
		return (f.Azure.Status == HalfNoVNet || refused("SubscriptionNotFound")(f)) && len(f.Azure.Place.Elsewhere) > 0
	}
	return []rule[PeeringFacts]{
		{
			code: "azure-vnet-moved-connected",
			when: func(f PeeringFacts) bool {
				return elsewhere(f) && f.Azure.Place.Elsewhere[0].Half == VNetConnected
			},
			severity: SeverityAttention, word: "moved",
			say: func(f PeeringFacts) string {
				return movedText(f) + " The half there is connected, so traffic may pass."
			},
			next: movedNext("Delete nothing while it carries traffic. " + namedPlace),
		},
		{
			code:     "azure-vnet-moved",
			when:     elsewhere,
			severity: SeverityBroken, word: "moved",
			say: func(f PeeringFacts) string {
				return movedText(f) + " No half there leads to " + f.network() + "."
			},
			next: movedNext(namedPlace),
		},
	}
}

func goneRules() []rule[PeeringFacts] {
	gone := func(f PeeringFacts) bool { return f.Azure.Status == HalfNoVNet }
	noVNet := all(gone, withVNet)
	return []rule[PeeringFacts]{
		{
			code: "azure-no-group",
			when: func(f PeeringFacts) bool {
				return gone(f) && refused("ResourceGroupNotFound")(f)
			},
			severity: SeverityBroken, word: "no group",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported %s, but subscription %s has no resource group %s, so no %s %s in it%s.",
					f.Peering.State, f.subscription(), f.Peering.Place().ResourceGroup, f.end(), f.vnet(), searchText(f))
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind: finding.NextAdmin, Text: "Ask whether the group was deleted, or the " + f.end() + " moved to another one: a group itself cannot be renamed. " + f.named(),
					Command: "az group list --output table --subscription " + ShellQuote(f.Peering.Place().SubscriptionID.String()),
				}
			},
		},
		{
			code:     "waiting-no-hub",
			when:     all(gone, withHub, unready),
			severity: SeverityAttention, word: "no hub",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported %s, and Azure has no virtual hub %s in resource group %s.", f.Peering.State, f.vnet(), f.Peering.Hub.ResourceGroup)
			},
			next: noHubNext("Check the names; a peering with a wrong one cannot be changed and must be made again."),
		},
		{
			code:     "azure-no-hub",
			when:     all(gone, withHub),
			severity: SeverityBroken, word: "no hub",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported ready, but Azure has no virtual hub %s in resource group %s.", f.vnet(), f.Peering.Hub.ResourceGroup)
			},
			next: noHubNext("If it is gone for good, make a new peering with the hub that takes its place: this one leads nowhere."),
		},
		{
			code:     "waiting-no-vnet",
			when:     all(noVNet, inState(PeeringPendingUserAction, PeeringPendingAcceptance)),
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect waits, and Azure has no VNET %s in resource group %s%s.", f.vnet(), f.Peering.Place().ResourceGroup, searchText(f))
			},
			next: noVNetNext("Check the names; a peering with a wrong one cannot be changed and must be made again."),
		},
		{
			code:     "starting-no-vnet",
			when:     all(noVNet, inState(PeeringCreated, PeeringInitializing)),
			severity: SeverityAttention, word: "no VNET",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect is setting the peering up, and Azure has no VNET %s in resource group %s%s.", f.vnet(), f.Peering.Place().ResourceGroup, searchText(f))
			},
			next: noVNetNext("Check the names; a peering with a wrong one cannot be changed and must be made again."),
		},
		{
			code:     "azure-no-vnet",
			when:     noVNet,
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported ready, but Azure has no VNET %s in resource group %s%s.", f.vnet(), f.Peering.Place().ResourceGroup, searchText(f))
			},
			next: noVNetNext("If it is gone for good, make a new peering with the VNET that takes its place: this one leads nowhere."),
		},
	}
}

// otherTenant is the tenant that Azure names as the subscription's where the sign-in was
// refused for it, and the peering names another one; empty where it does not say.
func otherTenant(f PeeringFacts) safe.Text {
	if t := f.Azure.Place.Subscription.TenantID; !t.IsEmpty() && !f.Peering.Place().TenantID.IsEmpty() && !t.EqualFold(f.Peering.Place().TenantID) && !f.Azure.Known() {
		return t
	}
	if !refused("InvalidAuthenticationTokenTenant")(f) {
		return safe.Text{}
	}
	if t := subscriptionTenant(f.Azure.Failure.Detail); !t.EqualFold(f.Peering.Place().TenantID) {
		return t
	}
	return safe.Text{}
}

// subscriptionTenant reads out of Azure's words for a token of the wrong tenant which one
// the subscription is of: after what it must match. It is empty where they do not say.
func subscriptionTenant(words safe.Text) safe.Text {
	_, after, found := strings.Cut(words.Raw(), "must match")
	if !found {
		return safe.Text{}
	}
	return firstGUID(after)
}

// firstGUID is the first text of a GUID's form.
func firstGUID(s string) safe.Text {
	const length = 36
	for i := 0; i+length <= len(s); i++ {
		if IsGUID(s[i : i+length]) {
			return safe.New(s[i : i+length])
		}
	}
	return safe.Text{}
}

func subscriptionIn(f PeeringFacts, states ...string) bool {
	for _, s := range states {
		if strings.EqualFold(f.Azure.Place.Subscription.State.Raw(), s) {
			return true
		}
	}
	return false
}

func (f PeeringFacts) subscription() string {
	return f.Azure.Place.Subscription.Name.Or(f.Peering.Place().SubscriptionID.Raw()).String()
}

// halfText says how Azure's half is, where it is known.
func halfText(f PeeringFacts) string {
	if f.Azure.Status != HalfPresent {
		return ""
	}
	return ", and Azure's half is " + azureState(f)
}

// movedText names where the VNET is now.
func movedText(f PeeringFacts) string {
	m := f.Azure.Place.Elsewhere
	was := fmt.Sprintf("%s is not in resource group %s of subscription %s any more", f.vnet(), f.Peering.Place().ResourceGroup, f.subscription())
	places := make([]string, len(m))
	for i, v := range m {
		places[i] = fmt.Sprintf("resource group %s of subscription %s", v.Ref.ResourceGroup, v.Ref.SubscriptionID)
	}
	if m[0].Same {
		as := ""
		if !m[0].Ref.Name.EqualFold(f.Peering.VNet.Name) {
			as = ", as " + m[0].Ref.Name.String()
		}
		return was + ": it is in " + places[0] + " now" + as + ", as its resource GUID shows."
	}
	return was + "; one of the same name is in " + phrase.Few(places, mostNamed) + ". Whether it is the same, the name alone does not show."
}

// end is what the peering is with, as a noun.
func (f PeeringFacts) end() string {
	if withHub(f) {
		return "virtual hub"
	}
	return "VNET"
}

// named says that a peering cannot follow what it is with.
func (f PeeringFacts) named() string {
	if withHub(f) {
		return "The peering in Konnect names the old place and cannot be changed: make a new one with the hub where it is now."
	}
	return namedPlace
}

// showEnd is the command that shows the VNET's halves, or the hub.
func (f PeeringFacts) showEnd() string {
	if withHub(f) {
		return azHub(f.Peering.Hub, "show", "--output json")
	}
	return "az network vnet show " + at(f.Peering.VNet) + " --query virtualNetworkPeerings"
}

// searchText says what came of looking for the VNET elsewhere.
func searchText(f PeeringFacts) string {
	if !f.Azure.Place.Searched {
		return ""
	}
	s := f.Azure.Place.Search
	text := ""
	switch s.Subscriptions {
	case 0:
	case 1:
		text = "; there is none of that name in the one subscription that you can read"
	default:
		text = "; there is none of that name in the " + phrase.Count(s.Subscriptions, "subscription") + " that you can read"
	}
	if more := s.Left + len(s.Unread); more > 0 {
		text += fmt.Sprintf(" (%d more could not be looked through)", more)
	}
	return text
}

// at are the words of a command that name a VNET.
func at(v VNetRef) string {
	return "--subscription " + ShellQuote(v.SubscriptionID.String()) + " --resource-group " + ShellQuote(v.ResourceGroup.String()) + " --name " + ShellQuote(v.Name.String())
}

func accounts(text string) func(PeeringFacts) finding.Next {
	return func(PeeringFacts) finding.Next {
		return finding.Next{Kind: finding.NextAdmin, Text: text, Command: "az account list --all --refresh --query '[].[id,name,state,tenantId]' --output table"}
	}
}

func subscriptionNext(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return finding.Next{Kind: finding.NextAdmin, Text: text, Command: "az account show --output table --subscription " + ShellQuote(f.Peering.Place().SubscriptionID.String())}
	}
}

func noVNetNext(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return finding.Next{
			Kind: finding.NextAdmin, Text: text,
			Command: "az network vnet list --output table --subscription " + ShellQuote(f.Peering.Place().SubscriptionID.String()),
		}
	}
}

func noHubNext(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return finding.Next{
			Kind: finding.NextAdmin, Text: text,
			Command: "az network vhub list --output table --subscription " + ShellQuote(f.Peering.Hub.SubscriptionID.String()),
		}
	}
}

func movedNext(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return finding.Next{
			Kind: finding.NextSetUp, Text: text,
			Command: "az network vnet show " + at(f.Azure.Place.Elsewhere[0].Ref) + " --query '{id:id,guid:resourceGuid,peerings:virtualNetworkPeerings[].[name,peeringState]}'",
		}
	}
}
