package gateway

import "github.com/peerdeck/peerdeck/model/safe"

// Draft is a gateway service with one route to it, as a person wants them: what a form
// edits and what the part `route` of a set-up file says. Its values are as they were
// typed; [Draft.Problems] says what is wrong with them, and [Draft.Wanted] what they mean.
type Draft struct {
	Plane   safe.Text // the control plane: its name or its id
	Geo     safe.Text // its region, where the name is not one alone; empty for none
	Service ServiceDraft
	Route   RouteDraft
}

// ServiceDraft is a gateway service as it was typed.
type ServiceDraft struct {
	Name     safe.Text
	URL      safe.Text // instead of protocol, host, port and path
	Protocol safe.Text // empty: http
	Host     safe.Text
	Port     safe.Text // empty: the usual one of the protocol
	Path     safe.Text // empty for none
}

// RouteDraft is a route as it was typed.
type RouteDraft struct {
	Name      safe.Text   // empty: the service's
	Protocols []safe.Text // none: the one that fits the service
	Paths     []safe.Text
	Hosts     []safe.Text
	Methods   []safe.Text
	SNIs      []safe.Text
	StripPath safe.Text // true or false; empty: as Konnect does
}

// IsEmpty reports whether nothing was typed.
func (d Draft) IsEmpty() bool {
	s, r := d.Service, d.Route
	return d.Plane.IsEmpty() && d.Geo.IsEmpty() && s == (ServiceDraft{}) && r.Name.IsEmpty() && r.StripPath.IsEmpty() &&
		len(r.Protocols)+len(r.Paths)+len(r.Hosts)+len(r.Methods)+len(r.SNIs) == 0
}

// Field names a field of a draft, as a set-up file writes it below `route`.
type Field string

// The fields of a draft.
const (
	FieldPlane     Field = "control_plane"
	FieldGeo       Field = "geo"
	FieldService   Field = "service.name"
	FieldURL       Field = "service.url"
	FieldProtocol  Field = "service.protocol"
	FieldHost      Field = "service.host"
	FieldPort      Field = "service.port"
	FieldPath      Field = "service.path"
	FieldRoute     Field = "route.name"
	FieldProtocols Field = "route.protocols"
	FieldPaths     Field = "route.paths"
	FieldHosts     Field = "route.hosts"
	FieldMethods   Field = "route.methods"
	FieldSNIs      Field = "route.snis"
	FieldStripPath Field = "route.strip_path"
)

// Problem is one thing that is wrong with a draft before anything is asked of Konnect.
type Problem struct {
	Field Field
	// Warning: it can be sent all the same, and what was typed may not be what was meant.
	Warning bool
	Text    string // names the value, and the way out
}

// Sendable reports whether no problem forbids to send a draft: warnings do not.
func Sendable(problems []Problem) bool {
	for _, p := range problems {
		if !p.Warning {
			return false
		}
	}
	return true
}
