package setup

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The failures of a run that changes the mapping table of a network, which others change
// too. Each stands for a table that is another one than was thought.

// TableTaken is the failure for a table that somebody else on this machine writes to; why
// says who. It passes when they have ended.
func TableTaken(network safe.Text, why string, passes bool) model.Failure {
	f := tableFailure(network, why, "Wait for it and retry.")
	f.Retryable = passes
	return f
}

// TableMoves is the failure for a table that somebody else has changed before each try.
func TableMoves(network safe.Text) model.Failure {
	return tableFailure(network, "somebody else has changed it each time before it was sent", "Agree with them who goes first, then retry.")
}

// TableDiffers is the failure for a table that is not as it was sent; the notes say how.
func TableDiffers(resolver safe.Text, notes string) model.Failure {
	f := tableFailure(resolver, notes, "Look at the table on the DNS screen; what was there before is one of its restore points. Retry: the table is read and compared again.")
	f.Operation, f.Retryable = "read back resolver", false
	return f
}

// ResolverAtWork is the failure for a resolver that Konnect does not delete because it is
// at work.
func ResolverAtWork(resolver safe.Text) model.Failure {
	f := tableFailure(resolver, "the resolver is at work", "Retry when it is ready.")
	f.Operation = "delete resolver"
	return f
}

func tableFailure(subject safe.Text, cause, cure string) model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "change the mapping table of", Subject: subject, Finding: "setup-table-other", Retryable: true,
		Cause: safe.New(cause), Cure: cure,
	}
}
