package setup

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

const titleHub = "Virtual hub"

// HubRefused is the finding for a virtual hub that cannot be read.
func HubRefused(f model.Failure) Checked { return refused("setup-hub", titleHub, f) }

// JudgeHub tells what the virtual hub is, and whether it can be connected to: a hub without a
// router takes no connection.
func JudgeHub(h model.VirtualHub) Checked {
	show := admin("Whoever administers the hub brings its router up first; in the portal: Reset router.")
	switch h.Routing {
	case model.HubRoutingProvisioned:
		return good("setup-hub", titleHub, "%s has %s in %s, its routing is Provisioned, and %s", h.Name, h.Prefix, h.Location, phrase.Count(len(h.Connections), "connection"))
	case model.HubRoutingFailed, model.HubRoutingNone:
		return stop("setup-hub-routing", titleHub, fmt.Sprintf("The routing of the hub %s is %s: nothing can be connected to it.", h.Name, h.Routing), show)
	default:
		word := string(h.Routing)
		if word == "" {
			word = "not stated"
		}
		return warning("setup-hub-routing", titleHub, fmt.Sprintf("The routing of the hub %s is %s: it can be connected when that is Provisioned.", h.Name, word), show)
	}
}

// RoleMatches reports whether a role definition is the one that a person has named, by its
// name, with or without the suffix of Konnect's wizard, or by its id.
func RoleMatches(d model.RoleDefinition, asked safe.Text) bool {
	if model.LastSegment(asked).EqualFold(model.LastSegment(d.ID)) {
		return true
	}
	for _, name := range model.RoleNames(asked) {
		if name.EqualFold(d.RoleName) {
			return true
		}
	}
	return false
}

// HubRoleMissing is the question where the role from Konnect's wizard is not seen at the hub.
// Others are the roles that Kong's application has there, why is why nothing can be seen.
func HubRoleMissing(r Request, others []safe.Text, why *model.Failure) Ask {
	text := fmt.Sprintf("Kong's application does not have the role %s at the hub %s", r.RoleName, r.VNet.Name)
	switch {
	case why != nil:
		text = fmt.Sprintf("Whether Kong's application has the role %s at the hub %s cannot be told: %s", r.RoleName, r.VNet.Name, why.Cause)
	case len(others) > 0:
		text += "; it has " + phrase.List(others)
	}
	return Ask{
		Text: sentence(text) + " Have it assigned as Konnect's wizard says: which actions it needs is not public, so peerdeck neither makes nor assigns it. A new assignment can take 10 min to act. " +
			"The command shows what is assigned: az role assignment list --include-inherited --output table --scope " + model.ShellQuote(r.EndID().String()),
		Options: []RunCommandKind{CommandRetry, CommandSkip},
		Labels:  []string{"look again now", "go on without having seen it"},
	}
}

// HubRoleUnknown is the finding of a dry run that did not see the role.
func HubRoleUnknown(r Request) Checked {
	return warning("setup-hub-role", StepHubRole.Title(), fmt.Sprintf("The role %s of Kong's application is not seen at the hub %s.", r.RoleName, r.VNet.Name),
		finding.Next{Kind: finding.NextAdmin, Text: "Have it assigned as Konnect's wizard says.", Command: "az role assignment list --include-inherited --output table --scope " + model.ShellQuote(r.EndID().String())})
}
