package mappings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// gate says why an order is not taken, nil when it is. Whatever a screen or a command
// has checked before, this is what keeps a table from being written.
func (d *Writer) gate(o dnstable.Order) error {
	f := model.Failure{Operation: "apply the mapping table of", Subject: o.Target.NetworkName.Or(o.Target.Network.Raw()), Kind: model.FailureInvalid}
	guard := o.Guard()
	switch {
	case d.o.ReadOnly:
		f.Kind, f.Cause = model.FailurePermission, safe.New("peerdeck is read-only")
		f.Cure = model.CureReadOnly
	case o.Target.Network.IsEmpty():
		f.Kind, f.Cause = model.FailureBug, safe.New("no network is named")
	case o.Target.Resolver.IsEmpty() && o.Target.ResolverName.IsEmpty():
		f.Cause, f.Cure = safe.New("the new resolver has no name"), model.CureResolverName
	case len(o.Changes()) == 0:
		f.Cause, f.Cure = safe.New("there is nothing to apply: the table is as it was loaded"), model.CureEditFirst
	case guard.Number() > 0 && o.Confirmed != guard.Number():
		f.Cause = safe.New("it removes " + guard.Words() + " (T04)")
		f.Cure = model.CureConfirm(guard.Number())
	default:
		return d.rules(o, f)
	}
	return f
}

// rules refuses a table in which a rule finds an error, or a warning about what the order
// touches that the person has not accepted. The number that T04 asks for was looked at; the state of the resolver
// and what others have changed (T02, T03) are looked at when the table is read again.
func (d *Writer) rules(o dnstable.Order, f model.Failure) error {
	around := d.o.Around(o.Target)
	around.Before, around.Resolver, around.Changed = o.Base, nil, false
	var errs, warnings []string
	var unseen []string // rules
	for _, p := range o.Concerning(dnstable.Check(o.Rows, around)) {
		switch text := p.Text + " (" + p.Rule + ")"; {
		case p.Rule == "T04":
		case p.Severity == dnstable.Error:
			errs = append(errs, text)
		case p.Severity == dnstable.Warning && !slices.Contains(o.Accepted, p.Rule):
			warnings = append(warnings, text)
			if !slices.Contains(unseen, p.Rule) {
				unseen = append(unseen, p.Rule)
			}
		}
	}
	switch {
	case len(errs) > 0:
		f.Cause, f.Detail = safe.New(few(errs)), safe.New(strings.Join(errs, "\n"))
		f.Cure = model.CureMendRows
	case len(warnings) > 0:
		f.Cause, f.Detail = safe.New(few(warnings)), safe.New(strings.Join(warnings, "\n"))
		f.Cure = model.CureAccept(unseen)
	default:
		return nil
	}
	return f
}

// few is the first of some sentences, and how many more there are.
func few(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return fmt.Sprintf("%s And %d more.", list[0], len(list)-1)
}
