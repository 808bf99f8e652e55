package setup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// note is what is known of the value of a field: a state, a range, an account.
type note struct {
	marked   bool
	severity model.Severity
	text     string
}

// check finds what is wrong with the form, and what the snapshot knows of its
// values. Nothing is asked of a cloud.
func (s *Screen) check() {
	f := &s.form
	r := f.request()
	n := s.network(r.Network)
	around := r.Around(n, f.picked(r))
	f.problems, f.unchecked = r.Problems(around), dnstable.UncheckedText(r.Unchecked(around))
	for i := range f.problems { // a hub is named in the VNET's row
		if f.problems[i].Field == setup.FieldHub {
			f.problems[i].Field = setup.FieldVNet
		}
	}
	f.notes = map[setup.Field]note{}
	switch {
	case f.makes:
		f.checkNew(n, s.snapshot.Networks)
	case n != nil:
		f.notes[setup.FieldNetwork] = networkNote(n)
		if n.Provider != model.ProviderAzure {
			f.problems = append(f.problems, setup.Problem{Field: setup.FieldNetwork, Index: -1, Severity: dnstable.Error, Text: "this network is on " + n.Provider.Label() + "; peerdeck sets up peerings of networks on Azure"})
		}
		for i := range n.Peerings {
			f.noticePeering(&n.Peerings[i], r)
		}
	case !r.Network.IsEmpty() && s.snapshot.Progress.ListedAll:
		// An id may be known to Konnect all the same; names are compared as here.
		f.problems = append(f.problems, setup.Problem{Field: setup.FieldNetwork, Index: -1, Severity: unlessGUID(r.Network), Text: "no network of this organization is called that; enter lists them, r reads them anew"})
	}
	f.checkPicked(r, n)
	s.checkTenant(r)
	for _, t := range s.snapshot.Tenants {
		if t.ID.EqualFold(r.VNet.TenantID) && !t.Account.IsEmpty() {
			f.notes[setup.FieldTenant] = note{text: t.Account.String()}
		}
	}
}

// checkPicked uses what a pick list told of the subscription and the VNET.
func (f *form) checkPicked(r setup.Request, n *model.NetworkStatus) {
	if name := f.seen[strings.ToLower(r.VNet.SubscriptionID.String())].Name; !name.IsEmpty() {
		f.notes[setup.FieldSubscription] = note{text: name.String()}
	}
	v := f.picked(r)
	if v == nil {
		return
	}
	if _, taken := f.notes[setup.FieldVNet]; !taken {
		f.notes[setup.FieldVNet] = note{text: phrase.List(v.AddressPrefixes) + " · " + v.Location.String()}
	}
	if n == nil || f.makes {
		return
	}
	for _, p := range v.AddressPrefixes {
		if p.Overlaps(n.CIDR) {
			f.problems = append(f.problems, setup.Problem{Field: setup.FieldVNet, Index: -1, Severity: dnstable.Error, Text: "its range " + p.String() + " overlaps " + n.CIDR.String() + " of the network; Azure refuses that, one side needs another range"})
		}
	}
}

// noticePeering tells of a peering that is there already: a run goes on with it.
func (f *form) noticePeering(p *model.PeeringStatus, r setup.Request) {
	same := !r.VNet.Name.IsEmpty() && p.EndKey() == r.EndKey()
	switch {
	case same:
		f.notes[setup.FieldVNet] = note{marked: true, severity: p.Finding.Severity, text: "peered: " + p.Finding.Word}
	case !r.Peering.IsEmpty() && p.Name == r.Peering:
		f.problems = append(f.problems, setup.Problem{Field: setup.FieldPeering, Index: -1, Severity: dnstable.Warning, Text: "the network has a peering of this name, with " + p.TargetName()})
	}
}

func networkNote(n *model.NetworkStatus) note {
	severity, state := model.SeverityAttention, string(n.State)
	if n.State == model.NetworkReady {
		severity = model.SeverityOK
	}
	return note{marked: true, severity: severity, text: strings.TrimRight(state+" · "+n.CIDR.String(), " ·")}
}

// problemsOf lists what is wrong with a row, the fatal first. An empty field is not
// wrong yet: it is missing.
func (f *form) problemsOf(r row) []setup.Problem {
	if r.kind == rowMapping && f.mappings[r.index].problem != "" {
		if strings.TrimSpace(f.mappings[r.index].typed) == "" {
			return nil // it is about to be typed
		}
		return []setup.Problem{{Field: r.field, Index: r.index, Severity: dnstable.Error, Rule: f.mappings[r.index].rule, Text: f.mappings[r.index].problem}}
	}
	var out []setup.Problem
	for _, p := range f.problems {
		switch {
		case r.kind == rowRoute && p.Field.IsRoute():
			out = append(out, p)
		case p.Field != r.field || r.kind == rowMore:
		case r.kind == rowMapping && f.rowOf(p.Index) != r.index:
		case r.kind == rowAdd: // what is missing is no mistake
		case r.kind == rowText && f.texts[r.field].IsEmpty():
		default:
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b setup.Problem) int { return fatality(b) - fatality(a) })
	return out
}

// brief is a problem in a width: its text, or the beginning of it, where there is room, else
// only how bad it is. The text stands whole below the rows when the field is selected.
func brief(p setup.Problem, width int) string {
	switch {
	case cell.Width(p.Text) <= width:
		return p.Text
	case width < leastReason && p.Fatal():
		return "not right yet"
	case width < leastReason:
		return "worth a look"
	default:
		return cell.Cut(p.Text, width)
	}
}

// leastReason is the room from which the beginning of a reason says more than that there is one.
const leastReason = 24

// fatality is how far up a problem stands: what nobody is asked about comes last.
func fatality(p setup.Problem) int {
	switch {
	case p.Fatal():
		return 2
	case p.Asks():
		return 1
	default:
		return 0
	}
}

// unlessGUID is an error, and for an id a warning.
func unlessGUID(t safe.Text) dnstable.Severity {
	if model.IsGUID(t.String()) {
		return dnstable.Warning
	}
	return dnstable.Error
}

// picked is the VNET of the request as a pick list told it, nil when none did.
func (f *form) picked(r setup.Request) *model.VNet {
	if f.vnet == nil || !f.vnet.ID.EqualFold(r.VNet.ID()) {
		return nil
	}
	return f.vnet
}

// rowOf returns the row of a mapping of the request: rows that mean nothing are not
// in it.
func (f *form) rowOf(index int) int {
	for i, m := range f.mappings {
		if m.problem != "" {
			continue
		}
		if index == 0 {
			return i
		}
		index--
	}
	return -1
}

// missing lists the fields that must still be given, as the form calls them.
func (f *form) missing() []string {
	var out []string
	rows := mainRows()
	if f.makes {
		rows = slices.Insert(rows, 1, newRows()...)
	}
	for _, r := range rows {
		if _, optional := spare(r.field); r.kind == rowText && f.texts[r.field].IsEmpty() && !optional {
			out = append(out, strings.TrimSpace(cmp.Or(r.short, r.label)))
		}
	}
	typed := func(m mapping) bool { return strings.TrimSpace(m.typed) != "" }
	if f.dns() != setup.DNSNone && !slices.ContainsFunc(f.mappings, typed) {
		out = append(out, "DNS mapping")
	}
	return out
}

// wrong names what must be put right, without what is merely missing, and what is
// only worth a look: each field once, however much is said of it.
func (f *form) wrong() (fatal, warnings []string) {
	rows := f.rows()
	if !f.more {
		rows = append(rows, moreRows()...)
	}
	for _, r := range rows {
		problems := f.problemsOf(r)
		switch {
		case len(problems) == 0:
		case problems[0].Fatal():
			fatal = append(fatal, f.nameOf(r))
		case problems[0].Asks():
			warnings = append(warnings, f.nameOf(r))
		}
	}
	return fatal, warnings
}

// nameOf is what a row is called in a sentence.
func (f *form) nameOf(r row) string {
	switch {
	case r.kind != rowMapping:
		return strings.TrimSpace(r.label)
	case len(f.mappings) == 1:
		return "DNS mapping"
	default:
		return fmt.Sprintf("DNS mapping %d", r.index+1)
	}
}

// noHandoff says why there can be no text for the Azure administrator. Whether Konnect
// has the network yet is nothing to Azure.
func (f *form) noHandoff() string {
	return f.lacks(func(p setup.Problem) bool { return p.Field != setup.FieldNetwork })
}

// whyNot says why the form cannot be run as it is, empty when it can.
func (f *form) whyNot() string { return f.lacks(func(setup.Problem) bool { return true }) }

// lacks says what is missing or wrong, as far as it matters.
func (f *form) lacks(matters func(setup.Problem) bool) string {
	if missing := f.missing(); len(missing) > 0 {
		return "still missing: " + strings.Join(missing, ", ")
	}
	for _, m := range f.mappings {
		if m.problem != "" && f.mode != setup.DNSNone {
			return "a DNS mapping cannot be read"
		}
	}
	for _, p := range f.problems {
		if p.Fatal() && matters(p) {
			return p.Sentence()
		}
	}
	return ""
}

// segments are the subscription, the group and the name of an ARM id.
func segments(id safe.Text) model.VNetRef {
	var r model.VNetRef
	parts := strings.Split(strings.Trim(id.String(), "/"), "/")
	for i := 0; i+1 < len(parts); i += 2 {
		switch value := safe.New(parts[i+1]); strings.ToLower(parts[i]) {
		case "subscriptions":
			r.SubscriptionID = value
		case "resourcegroups":
			r.ResourceGroup = value
		case "virtualnetworks":
			r.Name = value
		}
	}
	return r
}
