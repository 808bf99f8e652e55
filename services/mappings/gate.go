package mappings

import (
	"fmt"

	"peerdeck/model"
	"peerdeck/model/dnstable"
	"peerdeck/model/safe"
)

// gate says why an order is not taken, nil when it is. Whatever a screen or a command
// has checked before, this is what keeps a table from being written.
func (d *Desk) gate(o dnstable.Order) error {
	f := model.Failure{Operation: "apply the mapping table of", Subject: o.Target.NetworkName.Or(o.Target.Network.Raw()), Kind: model.FailureInvalid}
	guard := o.Guard()
	switch {
	case d.o.ReadOnly:
		f.Kind, f.Cause = model.FailurePermission, safe.New("peerdeck is read-only")
		f.Cure = "Start it without --read-only to change anything. Your edits are kept."
	case o.Target.Network.IsEmpty():
		f.Kind, f.Cause = model.FailureBug, safe.New("no network is named")
	case o.Target.Resolver.IsEmpty() && o.Target.ResolverName.IsEmpty():
		f.Cause, f.Cure = safe.New("the new resolver has no name"), "Give it one, such as private-dns."
	case len(o.Changes()) == 0:
		f.Cause, f.Cure = safe.New("there is nothing to apply: the table is as it was loaded"), "Edit it first."
	case guard.Number() > 0 && o.Confirmed != guard.Number():
		f.Cause = safe.New(fmt.Sprintf("it removes %d of %d domains (T04)", guard.Removed, guard.Of))
		f.Cure = fmt.Sprintf("Type %d to confirm, or bring the domains back.", guard.Number())
	default:
		return nil
	}
	return f
}
