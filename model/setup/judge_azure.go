package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	titleSubscription = "Subscription"
	titleVNet         = "VNET"
	titleRanges       = "Address ranges"
)

// The peerings that a VNET can have where no Virtual Network Manager manages it, and the
// number from which the little room that is left is told. Source: Azure's limits.
const (
	mostPeerings = 500
	nearPeerings = 450
)

// JudgeSubscription looks whether the subscription is of the tenant that was given, and
// takes changes.
func JudgeSubscription(s model.Subscription, ref model.VNetRef) Checked {
	switch {
	case !s.TenantID.IsEmpty() && !s.TenantID.EqualFold(ref.TenantID):
		return stop("setup-tenant", titleSubscription, fmt.Sprintf("%s is of the tenant %s, not of %s.", s.Name.Or(ref.SubscriptionID.Raw()), s.TenantID, ref.TenantID),
			form("Give the tenant that the subscription is of."))
	case !s.State.IsEmpty() && s.State.Raw() != "Enabled":
		return warning("setup-subscription-state", titleSubscription, fmt.Sprintf("%s is %s.", s.Name, s.State),
			admin("Azure refuses changes in a subscription that is not enabled: have it enabled first."))
	default:
		return good("setup-subscription", titleSubscription, "%s is of the tenant that was given", s.Name.Or(ref.SubscriptionID.Raw()))
	}
}

// SubscriptionRefused is the finding for a subscription that cannot be read. OtherTenant:
// Azure says that the sign-in is of another tenant than the subscription.
func SubscriptionRefused(f model.Failure, ref model.VNetRef, otherTenant bool) Checked {
	if otherTenant {
		return stop("setup-tenant", titleSubscription, fmt.Sprintf("%s is not of the tenant %s, or you are signed in to another one.", ref.SubscriptionID, ref.TenantID),
			finding.Next{
				Kind: finding.NextSetUp, Text: "Give the tenant that the subscription is of, and sign in to it.",
				Command: "az account show --query tenantId --output tsv --subscription " + model.ShellQuote(ref.SubscriptionID.String()),
			})
	}
	return refused("setup-subscription", titleSubscription, f)
}

// VNetRefused is the finding for a VNET that cannot be read.
func VNetRefused(f model.Failure) Checked { return refused("setup-vnet", titleVNet, f) }

// JudgeVNet tells what the VNET is, and whether it has room for one peering more.
func JudgeVNet(v model.VNet) []Checked {
	const title = "Number of peerings"
	out := []Checked{good("setup-vnet", titleVNet, "%s has %s in %s", v.Name, phrase.List(v.AddressPrefixes), v.Location)}
	switch n := len(v.Peerings); {
	case n >= mostPeerings:
		out = append(out, stop("setup-peerings-full", title, fmt.Sprintf("%s has %d peerings, which is as many as Azure allows.", v.Name, n), admin("Remove one that nobody needs.")))
	case n >= nearPeerings:
		out = append(out, warning("setup-peerings-many", title, fmt.Sprintf("%s has %d peerings of at most %d.", v.Name, n, mostPeerings), admin("There is room, and not much.")))
	default:
		out = append(out, good("setup-peerings-room", title, "%d of at most %d", n, mostPeerings))
	}
	return out
}

// Ranges is what is known of the address ranges that will meet.
type Ranges struct {
	Network  model.Network
	VNet     model.VNet
	Ref      model.VNetRef
	Half     model.AzureHalf // what of the VNET is this network's
	Attached bool            // Konnect has a peering of the network with the VNET
	Reserved []model.Prefix  // that Konnect keeps for itself
}

// Judge looks for address ranges that Azure will not let meet, and for halves that hold the
// network's. What is said of these is what the judge of peerings says, wherever it is met.
func (r Ranges) Judge() Checked {
	n, v := r.Network, r.VNet
	if !r.Attached { // else the peering that is there is judged where both halves are watched
		f := model.PeeringFacts{Network: n, Peering: model.Peering{Kind: model.KindAzureVNet, VNet: r.Ref}, Azure: r.Half}
		if found, is := model.NewJudge().BeforePeering(f); is {
			c := Checked{Title: titleRanges, Finding: found}
			c.Stops = found.Severity >= model.SeverityAttention
			c.Asks = !c.Stops
			return c
		}
	}
	if o := model.FindOverlaps(n, v, r.Half.ID()); len(o) > 0 {
		return stop("setup-overlap", titleRanges, "Azure will refuse this peering: "+o[0].String()+".", model.OverlapNext(n))
	}
	if text := meets(r.Reserved, v); text != "" {
		return warning("setup-reserved", titleRanges, text+", which Konnect keeps for itself.", admin("Addresses there may not be reached from the gateway."))
	}
	var unread []string
	for _, own := range append([]model.Prefix{n.CIDR}, v.AddressPrefixes...) {
		if !own.Valid() {
			unread = append(unread, own.String())
		}
	}
	if len(unread) > 0 {
		return warning("setup-ranges-unread", titleRanges, strings.Join(unread, ", ")+" is no address range that peerdeck understands.", admin("Compare the ranges by eye."))
	}
	return good("setup-ranges", titleRanges, "none of %s, nor of the VNETs peered with it, overlaps %s", v.Name, n.CIDR)
}

// Repeats reports whether what was told before says the same: the peering that is there is
// judged with the overlap that stops it, and the check of the ranges has nothing to add.
func (c Checked) Repeats(told []Checked) bool {
	return c.Code == "setup-overlap" && slices.ContainsFunc(told, func(t Checked) bool {
		return slices.Contains([]finding.Code{"peering-error-overlap", "starting-overlap", "waiting-overlap"}, t.Code)
	})
}

// meets names the first range of a VNET, or of one that it is peered with, that lies
// in a reserved one.
func meets(reserved []model.Prefix, v model.VNet) string {
	for _, r := range reserved {
		for _, own := range v.AddressPrefixes {
			if own.Overlaps(r) {
				return fmt.Sprintf("%s of %s overlaps %s", own, v.Name, r)
			}
		}
		for _, p := range v.Peerings {
			for _, remote := range p.RemotePrefixes() {
				if remote.Overlaps(r) {
					return fmt.Sprintf("%s, which %s reaches by %s, overlaps %s", remote, v.Name, p.Name, r)
				}
			}
		}
	}
	return ""
}

// Right is what the signed-in account needs for a later step.
type Right struct {
	Action string    // Azure's name of it
	On     safe.Text // the scope's id
	Where  string    // the scope for a person
	What   string    // "assign the role"
}

// RightsFor lists what a run will need of the signed-in account. Source: Azure's
// built-in roles; each step that finds its goal met needs none of them.
func RightsFor(ref model.VNetRef, subscription safe.Text) []Right {
	return []Right{
		{"Microsoft.Authorization/roleDefinitions/write", subscription, "the subscription", "create or change the role"},
		{"Microsoft.Authorization/roleAssignments/write", ref.ID(), ref.Name.String(), "assign the role"},
		{"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read", ref.ID(), ref.Name.String(), "watch Azure's half"},
	}
}

// Judge tells about one right. Roles that must be activated first, conditions, locks and
// policies do not show among the permissions, so yes is "likely".
func (r Right) Judge(sets []model.PermissionSet, unread *model.Failure) Checked {
	const title = "Your rights"
	var c Checked
	switch {
	case unread != nil:
		c = Checked{Title: title, Finding: finding.Finding{
			Code: "setup-rights-unread", Severity: model.SeverityUnknown, Word: "not known",
			Cause:   fmt.Sprintf("cannot tell whether you may %s on %s (%s)", r.What, r.Where, strings.TrimRight(unread.Cause.String(), ". ")),
			Because: unread.FindingCode(),
		}}
	case model.Allowed(sets, r.Action):
		c = good("setup-rights", title, "likely that you may %s on %s", r.What, r.Where)
	default:
		c = warning("setup-rights-missing", title, fmt.Sprintf("You may not %s on %s.", r.What, r.Where),
			admin("Activate an eligible role (PIM) and retry, or hand the Azure part to somebody who is Owner or User Access Administrator there (h). What is done already needs no right."))
	}
	c.About = r.Action
	return c
}

// JudgeStrangers tells when the role is assigned at the VNET to somebody else: an
// application that was deleted and made anew leaves such assignments behind.
func JudgeStrangers(list []model.RoleAssignment, role, principal safe.Text, ref model.VNetRef) []Checked {
	var out []Checked
	for _, o := range list {
		if !model.SameRole(o.RoleDefinitionID, role) || !o.Scope.EqualFold(ref.ID()) || o.PrincipalID.EqualFold(principal) {
			continue
		}
		c := warning("setup-other-assignment", "Another assignment", fmt.Sprintf("The role is assigned on %s to another object, %s, too.", ref.Name, o.PrincipalID),
			admin("It may belong to Kong's application as it was before somebody deleted it; if so, it does nothing and can go."))
		c.About = o.PrincipalID.String()
		out = append(out, c)
	}
	return slices.Clip(out)
}
