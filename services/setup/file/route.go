package file

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// ways is the part route of a set-up file: a gateway service with a route to it.
type ways struct {
	ControlPlane text     `yaml:"control_plane"`
	Geo          text     `yaml:"geo"`
	Service      upstream `yaml:"service"`
	Route        match    `yaml:"route"`
}

// upstream is where the requests of the route go.
type upstream struct {
	Name     text `yaml:"name"`
	URL      text `yaml:"url"`
	Protocol text `yaml:"protocol"`
	Host     text `yaml:"host"`
	Port     text `yaml:"port"`
	Path     text `yaml:"path"`
}

// match says which requests the route is for.
type match struct {
	Name      text   `yaml:"name"`
	Protocols []text `yaml:"protocols"`
	Paths     []text `yaml:"paths"`
	Hosts     []text `yaml:"hosts"`
	Methods   []text `yaml:"methods"`
	SNIs      []text `yaml:"snis"`
	StripPath text   `yaml:"strip_path"`
}

func (w ways) draft() *gateway.Draft {
	one := func(t text) safe.Text { return safe.New(string(t)) }
	return &gateway.Draft{
		Plane: one(w.ControlPlane), Geo: one(w.Geo),
		Service: gateway.ServiceDraft{
			Name: one(w.Service.Name), URL: one(w.Service.URL), Protocol: one(w.Service.Protocol),
			Host: one(w.Service.Host), Port: one(w.Service.Port), Path: one(w.Service.Path),
		},
		Route: gateway.RouteDraft{
			Name: one(w.Route.Name), Protocols: texts(w.Route.Protocols), Paths: texts(w.Route.Paths), Hosts: texts(w.Route.Hosts),
			Methods: texts(w.Route.Methods), SNIs: texts(w.Route.SNIs), StripPath: one(w.Route.StripPath),
		},
	}
}

// formatRoute writes the part route; empty for none. What was left out stays out.
func formatRoute(d *gateway.Draft) string {
	if d == nil {
		return ""
	}
	var b strings.Builder
	one := func(indent, key string, value safe.Text) {
		if !value.IsEmpty() {
			b.WriteString(indent + key + ": " + strictyaml.Scalar(value) + "\n")
		}
	}
	list := func(key string, values []safe.Text) {
		if len(values) > 0 {
			b.WriteString("    " + key + ": " + strictyaml.List(values) + "\n")
		}
	}
	b.WriteString("route:                      # made last: a gateway service with a route\n")
	one("  ", "control_plane", d.Plane)
	one("  ", "geo", d.Geo)
	b.WriteString("  service:\n")
	b.WriteString("    name: " + strictyaml.Scalar(d.Service.Name) + "\n")
	one("    ", "url", d.Service.URL)
	one("    ", "protocol", d.Service.Protocol)
	one("    ", "host", d.Service.Host)
	one("    ", "port", d.Service.Port)
	one("    ", "path", d.Service.Path)
	b.WriteString("  route:\n")
	b.WriteString("    name: " + strictyaml.Scalar(d.Route.Name) + "\n")
	list("protocols", d.Route.Protocols)
	list("paths", d.Route.Paths)
	list("hosts", d.Route.Hosts)
	list("methods", d.Route.Methods)
	list("snis", d.Route.SNIs)
	one("    ", "strip_path", d.Route.StripPath)
	return b.String()
}
