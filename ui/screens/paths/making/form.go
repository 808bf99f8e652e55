package making

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// form is what a person has given so far.
type form struct {
	draft   gateway.Draft
	at      int // the selected row
	lines   widget.Cursor
	prompt  *widget.Prompt
	before  gateway.Draft   // what stood here when the typing began
	undo    []gateway.Draft // what stood here before, for u
	touched bool
	filling bool   // somebody goes from field to field and types
	said    string // what just happened, below the rows

	problems []gateway.Problem
	host     reached // how the host would be reached; without a sentence: nothing was given
}

func newForm() form { return form{} }

// row is a line of the form.
type row struct {
	field gateway.Field
	label string
	about string
	kind  rowKind
}

type rowKind int

const (
	rowText   rowKind = iota
	rowList           // texts with commas or blanks between them
	rowChoice         // one of a few: left and right
	rowPlane          // picked from a list, or typed
)

func rows() []row {
	return []row{
		{gateway.FieldPlane, "Control plane", "The control plane that is to have the service: one that runs on this network.", rowPlane},
		{gateway.FieldService, "Service", "The name of the service. It is found again by its name.", rowText},
		{gateway.FieldProtocol, "Protocol", "What the data planes speak to the host. ← → or enter changes it.", rowChoice},
		{gateway.FieldHost, "Host", "A name that the network resolves, an address, or the name of an upstream.", rowText},
		{gateway.FieldPort, "Port", "Empty: 443 where TLS is spoken, else 80.", rowText},
		{gateway.FieldPath, "Path", "Put before the path of each request. Empty for none.", rowText},
		{gateway.FieldRoute, "Route", "The name of the route. Empty: that of the service.", rowText},
		{gateway.FieldPaths, "Paths", "Requests for these paths: /orders, or an expression such as ~/orders/\\d+$. Commas or blanks part them.", rowList},
		{gateway.FieldHosts, "Hosts", "Requests for these names: shop.example.org, *.example.org.", rowList},
		{gateway.FieldMethods, "Methods", "Requests with these methods: GET, POST. Empty: all.", rowList},
		{gateway.FieldSNIs, "SNIs", "Connections for these names in TLS: *.example.org.", rowList},
		{gateway.FieldStripPath, "Strip path", "Whether the path that matched is taken away before the request goes to the service.", rowChoice},
		{gateway.FieldProtocols, "Protocols", "What clients speak. Empty: the secure one that fits the service.", rowList},
	}
}

func (f *form) row() row { return rows()[f.at] }

// move selects another row.
func (f *form) move(by int) { f.at = max(0, min(f.at+by, len(rows())-1)) }

// cycle selects another row; behind the last comes the first.
func (f *form) cycle(by int) {
	n := len(rows())
	f.at = ((f.at+by)%n + n) % n
}

// text is the value of a field as it is typed.
func (f *form) text(field gateway.Field) string {
	if t := f.one(field); t != nil {
		return t.String()
	}
	if l := f.list(field); l != nil {
		words := make([]string, len(*l))
		for i, t := range *l {
			words[i] = t.String()
		}
		return strings.Join(words, ", ")
	}
	return ""
}

func (f *form) one(field gateway.Field) *safe.Text {
	d := &f.draft
	switch field {
	case gateway.FieldPlane:
		return &d.Plane
	case gateway.FieldService:
		return &d.Service.Name
	case gateway.FieldProtocol:
		return &d.Service.Protocol
	case gateway.FieldHost:
		return &d.Service.Host
	case gateway.FieldPort:
		return &d.Service.Port
	case gateway.FieldPath:
		return &d.Service.Path
	case gateway.FieldRoute:
		return &d.Route.Name
	case gateway.FieldStripPath:
		return &d.Route.StripPath
	default:
		return nil
	}
}

func (f *form) list(field gateway.Field) *[]safe.Text {
	r := &f.draft.Route
	switch field {
	case gateway.FieldPaths:
		return &r.Paths
	case gateway.FieldHosts:
		return &r.Hosts
	case gateway.FieldMethods:
		return &r.Methods
	case gateway.FieldSNIs:
		return &r.SNIs
	case gateway.FieldProtocols:
		return &r.Protocols
	default:
		return nil
	}
}

// set gives a field a value as it was typed.
func (f *form) set(field gateway.Field, text string) {
	if f.text(field) == text {
		return
	}
	f.touched = true
	if t := f.one(field); t != nil {
		*t = safe.New(text)
		if field == gateway.FieldPlane {
			f.draft.Geo = safe.Text{}
		}
		return
	}
	if l := f.list(field); l != nil {
		*l = nil
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' }) {
			*l = append(*l, safe.New(word))
		}
	}
}

// choices are the values of a field that has a few.
func choices(field gateway.Field) []string {
	if field == gateway.FieldStripPath {
		return []string{"", "false"}
	}
	all := gateway.Protocols()
	first := []string{"", "https"} // empty is http
	return append(first, slices.DeleteFunc(all, func(p string) bool { return p == "http" || p == "https" })...)
}

// next changes a field that has a few values.
func (f *form) next(by int) {
	field := f.row().field
	if f.row().kind != rowChoice {
		return
	}
	f.remember(f.draft)
	list := choices(field)
	at := max(0, slices.Index(list, f.text(field)))
	f.set(field, list[((at+by)%len(list)+len(list))%len(list)])
}

// remember keeps a draft for undo.
func (f *form) remember(d gateway.Draft) {
	const most = 20
	if f.undo = append(f.undo, d); len(f.undo) > most {
		f.undo = f.undo[1:]
	}
}

// back takes back the last change.
func (f *form) back() {
	if n := len(f.undo); n > 0 {
		f.draft, f.undo, f.said = f.undo[n-1], f.undo[:n-1], ""
	}
}

// problemOf is what is wrong with a field; nil for nothing, or where nothing was typed yet.
func (f *form) problemOf(r row) *gateway.Problem {
	i := slices.IndexFunc(f.problems, func(p gateway.Problem) bool { return p.Field == r.field })
	if i < 0 || f.text(r.field) == "" && !f.touched {
		return nil
	}
	return &f.problems[i]
}

// plane is the control plane that the form names; false where none or several do.
func (p *Page) plane() (model.ControlPlane, bool) {
	var found []model.ControlPlane
	for _, c := range p.planes() {
		if d := p.form.draft; !d.Plane.IsEmpty() && (c.ID == d.Plane || c.Name == d.Plane) && (d.Geo.IsEmpty() || c.Geo == d.Geo) {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return model.ControlPlane{}, false
	}
	return found[0], true
}

// read is what was read of a control plane; without its lists where nothing was.
func (p *Page) read(plane model.ControlPlane) gateway.Plane {
	for _, of := range p.view.Planes {
		if of.ID == plane.ID {
			return of
		}
	}
	return gateway.Plane{ControlPlane: plane}
}

// check finds what is wrong with the form, and how the host would be reached. Nothing is
// asked of a cloud.
func (p *Page) check() {
	f := &p.form
	f.problems = f.draft.Problems()
	plane, named := p.plane()
	if !named && !f.draft.Plane.IsEmpty() {
		f.problems = append([]gateway.Problem{p.noPlane()}, f.problems...)
	}
	of := p.read(plane)
	service, route := f.draft.Wanted()
	f.taken(of, service)
	f.host = reached{}
	if service.Host.IsEmpty() || slices.ContainsFunc(f.problems, func(w gateway.Problem) bool { return w.Field == gateway.FieldHost && !w.Warning }) {
		return
	}
	f.host = p.reached(of, service, route)
}

// facts are what is known of the network: what was read of its paths, or the snapshot alone.
func (p *Page) facts() paths.Facts {
	facts := p.view.Facts
	if n := p.network(); n != nil {
		facts.Network = n
	}
	return facts
}

func (p *Page) noPlane() gateway.Problem {
	var names []string
	for _, c := range p.planes() {
		if c.ID == p.form.draft.Plane || c.Name == p.form.draft.Plane {
			names = append(names, c.ID.String()+" in "+c.Geo.String())
		}
	}
	if len(names) > 1 {
		return gateway.Problem{Field: gateway.FieldPlane, Text: "several control planes are called " + p.form.draft.Plane.Quoted() + ": give the id of one (" + strings.Join(names, ", ") + "), or pick it with enter"}
	}
	return gateway.Problem{Field: gateway.FieldPlane, Text: "no control plane on this network is called " + p.form.draft.Plane.Quoted() + "; enter lists them"}
}

// taken says where the control plane has a service of the name already that is another one.
func (f *form) taken(of gateway.Plane, want gateway.Service) {
	for _, s := range of.Services {
		if s.Name != want.Name || want.Name.IsEmpty() {
			continue
		}
		if d := gateway.ServiceDifferences(want, s); len(d) > 0 {
			f.problems = append(f.problems, gateway.Problem{Field: gateway.FieldService, Warning: true, Text: "a service of this name is there, and it is another one: " + gateway.Words(d)})
		}
	}
}
