package setup

import (
	"maps"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// form is what the person has given so far. What was typed stays until the person
// clears it, and even that can be taken back.
type form struct {
	values
	more      bool          // the rows that hardly anybody needs are shown
	at        int           // the selected row
	lines     widget.Cursor // the line of the selected row, among blank ones
	prompt    *widget.Prompt
	chosen    bool // the DNS mode is the person's own choice, or that of a file
	changed   bool // since it was loaded, saved or run
	touched   bool // something was filled in or tried: what is missing may be said louder
	path      string
	undo      []values
	before    values // what stood here when the typing began
	mended    bool   // it was changed before that already
	fresh     bool   // the field that is typed in was empty, and still is untouched
	problems  []setup.Problem
	unchecked []string                      // what of the mappings could not be checked yet, and why
	notes     map[setup.Field]note          // what is known beside a field
	seen      map[string]model.Subscription // those that a list has shown, by their ids in lower case
	said      string                        // what just happened to the form, for the row saidAt
	saidAt    int
	vnet      *model.VNet // the VNET that was picked last
}

// values are the contents of the form.
type values struct {
	texts    map[setup.Field]safe.Text
	mode     setup.DNSMode
	mappings []mapping
	makes    bool           // the network is made by the run
	hub      bool           // what is named as VNET is a virtual hub, as a file or a peering said
	route    *gateway.Draft // made last; nil for none, and never changed in place
}

// mapping is one DNS row: what was typed, and what it means.
type mapping struct {
	typed   string // clean
	means   model.DNSMapping
	problem string // why it means nothing
	rule    string // that it breaks then; empty where none speaks of it
}

func newForm() form {
	return form{values: values{texts: map[setup.Field]safe.Text{}, mode: setup.DNSResolver}, notes: map[setup.Field]note{}, seen: map[string]model.Subscription{}}
}

// say tells what happened to the form, below the rows while this row is selected.
func (f *form) say(text string) { f.said, f.saidAt = text, f.at }

// empty reports whether nothing was filled in.
func (f *form) empty() bool {
	for _, t := range f.texts {
		if !t.IsEmpty() {
			return false
		}
	}
	return len(f.mappings) == 0 && f.route == nil
}

// clone returns the values as they are now.
func (v values) clone() values {
	return values{maps.Clone(v.texts), v.mode, slices.Clone(v.mappings), v.makes, v.hub, v.route}
}

// same reports whether two forms say the same.
func (v values) same(other values) bool {
	return maps.Equal(v.texts, other.texts) && v.mode == other.mode && v.makes == other.makes && v.route == other.route &&
		slices.EqualFunc(v.mappings, other.mappings, func(a, b mapping) bool { return a.typed == b.typed })
}

// remember keeps the values for undo.
func (f *form) remember() { f.keep(f.values.clone()) }

// keep puts values where undo finds them.
func (f *form) keep(v values) {
	const most = 20
	f.undo = append(f.undo, v)
	if len(f.undo) > most {
		f.undo = f.undo[1:]
	}
}

// back takes back the last change that removed or replaced something.
func (f *form) back() {
	if n := len(f.undo); n > 0 {
		f.said = ""
		f.values, f.undo = f.undo[n-1], f.undo[:n-1]
		f.changed = true
		f.move(0)
	}
}

// request is what the form says.
func (f *form) request() setup.Request {
	r := setup.Request{
		Network: f.texts[setup.FieldNetwork], Peering: f.texts[setup.FieldPeering],
		VNet: model.VNetRef{
			TenantID: f.texts[setup.FieldTenant], SubscriptionID: f.texts[setup.FieldSubscription],
			ResourceGroup: f.texts[setup.FieldGroup], Name: f.texts[setup.FieldVNet],
		},
		Hub: f.hub,
		DNS: f.dns(), RoleName: f.texts[setup.FieldRole], AppID: f.texts[setup.FieldApp], Create: f.create(), Route: f.route,
	}
	if f.dns() != setup.DNSNone {
		for _, m := range f.mappings {
			if m.problem == "" {
				r.Mappings = append(r.Mappings, m.means)
			}
		}
	}
	return r
}

// dns is the mode that a run gets. Where nobody has chosen one, and no mapping is given, there
// are no private names to resolve: that is no reason not to begin.
func (f *form) dns() setup.DNSMode {
	if !f.chosen && len(f.mappings) == 0 {
		return setup.DNSNone
	}
	return f.mode
}

// fill replaces all values.
func (f *form) fill(r setup.Request) {
	f.remember()
	f.texts = map[setup.Field]safe.Text{
		setup.FieldNetwork: r.Network, setup.FieldPeering: r.Peering, setup.FieldTenant: r.VNet.TenantID,
		setup.FieldSubscription: r.VNet.SubscriptionID, setup.FieldGroup: r.VNet.ResourceGroup, setup.FieldVNet: r.VNet.Name,
		setup.FieldRole: r.RoleName, setup.FieldApp: r.AppID,
	}
	f.hub = r.Hub
	f.fillCreate(r.Create)
	f.mode, f.chosen = r.DNS, len(r.Mappings) > 0 || r.DNS == setup.DNSNone
	if f.mode == "" {
		f.mode = setup.DNSResolver
	}
	f.mappings, f.route = nil, r.Route
	for _, m := range r.Mappings {
		f.mappings = append(f.mappings, mapping{typed: mappingText(m), means: m})
	}
	f.more = r.Hub || !r.RoleName.IsEmpty() || !r.AppID.IsEmpty()
	f.prompt, f.at, f.lines, f.touched, f.changed, f.said = nil, 0, widget.Cursor{}, true, true, ""
}

// rows lists what can be selected now.
func (f *form) rows() []row {
	rows := mainRows()
	if f.hub {
		rows = forHub(rows)
	}
	if f.makes {
		rows[0].pick, rows[0].about = false, "The name that the new network is to have. N uses one that is there instead."
		rows = slices.Insert(rows, 1, newRows()...)
	}
	if f.mode != setup.DNSNone {
		for i := range f.mappings {
			rows = append(rows, row{kind: rowMapping, field: setup.FieldMappings, index: i, about: "Domains, an arrow and their servers: example.com, example.org -> 10.20.0.4, 10.20.0.5. The servers are asked in that order."})
		}
		rows = append(rows, row{kind: rowAdd, field: setup.FieldMappings, index: -1, label: "add a mapping", about: "Domains and the DNS servers that know them. A pasted list becomes one row for each line."})
	}
	if f.route != nil {
		rows = append(rows, routeRow())
	}
	rows = append(rows, row{kind: rowMore, label: "More", about: "The name of the role and the id of Kong's application. Both are right as they are, as a rule."})
	if f.more {
		rows = append(rows, moreRows()...)
	}
	return rows
}

// row is the selected row.
func (f *form) row() row {
	rows := f.rows()
	return rows[min(f.at, len(rows)-1)]
}

// move selects another row.
func (f *form) move(by int) { f.at = max(0, min(f.at+by, len(f.rows())-1)) }

// cycle selects another row; behind the last comes the first.
func (f *form) cycle(by int) {
	n := len(f.rows())
	f.at = ((f.at+by)%n + n) % n
}

// choose selects the row of a field.
func (f *form) choose(field setup.Field) {
	if i := slices.IndexFunc(f.rows(), func(r row) bool { return r.field == field }); i >= 0 {
		f.at = i
	}
}

// set gives a text field a value.
func (f *form) set(field setup.Field, value safe.Text) {
	if f.texts[field] != value {
		f.texts[field] = value
		f.changed, f.touched = true, true
	}
}

// nextMode changes the DNS mode.
func (f *form) nextMode(by int) {
	f.remember()
	modes := setup.DNSModes()
	at := max(0, slices.Index(modes, f.mode))
	f.chosen = true
	f.mode = modes[((at+by)%len(modes)+len(modes))%len(modes)]
	f.changed = true
}

// remove takes the selected mapping away.
func (f *form) remove() {
	r := f.row()
	if r.kind == rowRoute {
		f.remember()
		f.route, f.changed = nil, true
		f.move(0)
		return
	}
	if r.kind != rowMapping {
		return
	}
	f.remember()
	f.mappings = slices.Delete(f.mappings, r.index, r.index+1)
	f.changed = true
	f.move(0)
}
