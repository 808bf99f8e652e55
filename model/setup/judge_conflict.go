package setup

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The failures of a run that meets something in the world which it may not mend by itself.
// What is so and what to do about it is said here, beside the other judgements.

// ApplicationDisabled is the failure for Kong's application that is in the tenant and may
// not sign in. Source: Entra's accountEnabled of a service principal.
func ApplicationDisabled(p model.ServicePrincipal) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "find Kong's application", Subject: p.Name,
		Cause: safe.New("it is in the tenant, and sign-in is disabled for it (object " + p.ID.Raw() + ")"),
		Cure:  "In Entra, under Enterprise applications, set \"Enabled for users to sign-in\" to yes for it, then retry.",
	}
}

// RoleForbids is the failure for a role that takes away by its NotActions what a peering
// needs: adding the actions to it would not help.
func RoleForbids(role safe.Text) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "extend role", Subject: role,
		Cause: safe.New("it takes away rights that a peering needs (NotActions), so adding them does not help"),
		Cure:  "Change the role by hand, or give this set-up another role name.",
	}
}

// BeingDeleted is the failure for a peering that somebody deletes while a run waits for it.
func BeingDeleted(peering safe.Text) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "watch peering", Subject: peering,
		Cause: safe.New("somebody is deleting it in Konnect"), Cure: "Retry the run from its beginning to make it again.",
	}
}
