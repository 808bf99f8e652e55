package paths

import (
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// sheet collects labelled values and leaves out those that are empty.
type sheet struct{ rows [][2]string }

func (s *sheet) add(label, value string) {
	if value != "" {
		s.rows = append(s.rows, [2]string{label, value})
	}
}

func (s *sheet) head(label string) { s.rows = append(s.rows, [2]string{"", ""}, [2]string{label, ""}) }

// facts are everything that is known of the selected row, and what it is called.
func (s *Screen) facts() (title string, facts [][2]string) {
	list := &sheet{}
	switch r, w := s.selectedService(), s.selectedWay(); {
	case w != nil:
		title = w.Subnet.Or("(no name)").String()
		list.add("Subnet", title)
		list.add("Ranges", phrase.List(w.Prefixes))
		list.add("VNET", w.VNet.ID().String())
		list.add("Way back", safe.Clean(w.Word))
		list.add("Why", safe.Clean(w.Why))
		list.findings(w.Findings)
	case r == nil:
	case r.plane != nil:
		title = r.name()
		list.add("Control plane", title)
		list.add("Id", r.plane.ID.String())
		list.add("Geo", r.plane.Geo.String())
		list.add("Services read", strconv.Itoa(r.plane.Services))
		list.findings(r.findings())
	default:
		title = r.name()
		list.host(r.host)
		list.head("What the data planes saw")
		list.add("Requests", safe.Clean(r.host.Seen.Words(s.env.Now())))
	}
	return title, list.rows
}

func (s *sheet) host(h *paths.Host) {
	svc := h.Service
	s.add("Service", svc.Label())
	s.add("Address", address(h))
	s.add("By", safe.Clean(h.Word))
	s.add("Why", safe.Clean(h.Why))
	s.add("Way back", safe.Clean(h.Back))
	s.findings(h.Findings)
	for _, p := range h.Places {
		s.place(p)
	}
	s.head("The service")
	s.add("Control plane", h.Plane.Name.Or("(no name)").String()+", geo "+h.Plane.Geo.Or("not known").String())
	s.add("Upstream", h.Upstream.String())
	if !svc.Enabled {
		s.add("State", "disabled: its routes answer nothing")
	}
	if svc.TLSVerify != nil {
		s.add("Certificate", map[bool]string{true: "is checked", false: "is not checked"}[*svc.TLSVerify])
	}
	s.add("Tags", phrase.List(svc.Tags))
	s.add("Id", svc.ID.String())
	s.time("Created", svc.CreatedAt)
	s.time("Changed", svc.UpdatedAt)
	if len(h.Routes) > 0 {
		s.head("Routes")
	}
	for _, r := range h.Routes {
		s.add(r.Name.Or(r.ID.String()).String(), routeText(r))
	}
}

// place tells of a place that requests go to.
func (s *sheet) place(p paths.Place) {
	s.head("The place " + p.Text())
	s.add("Why", safe.Clean(p.Why))
	s.add("Mapped domain", p.Domain.String())
	s.add("DNS servers", phrase.List(p.Servers))
	s.add("Address", p.Address.String())
	s.add("Peering", p.Peering.String())
	s.add("VNET", p.VNet.String())
	s.add("Subnet", p.Subnet.String())
	s.add("Way back", safe.Clean(p.Back))
	for _, h := range p.Hops {
		s.add(theme.Symbol(h.Severity())+" "+safe.Clean(h.Title), strings.TrimSuffix(string(h.Outcome)+": "+safe.Clean(h.Why), ": "))
	}
}

// findings tells all that was found, with what is missing to be sure.
func (s *sheet) findings(list []finding.Finding) {
	if len(list) > 0 {
		s.head("What peerdeck finds")
	}
	s.found(list)
}

// found tells findings one after the other.
func (s *sheet) found(list []finding.Finding) {
	for _, f := range list {
		s.add(theme.Symbol(f.Severity)+" "+f.Codes(), safe.Clean(f.Cause))
		s.add("", arrowed(f.Next.Text))
		if f.Next.Command != "" {
			s.add("", "$ "+safe.Clean(f.Next.Command))
		}
		for _, m := range f.Missing {
			s.add("", theme.Symbol(finding.Unknown)+" "+safe.Clean(m))
		}
	}
}

func arrowed(text string) string {
	if text == "" {
		return ""
	}
	return "→ " + safe.Clean(text)
}

func (s *sheet) time(label string, at time.Time) {
	if !at.IsZero() {
		s.add(label, at.Format(time.RFC3339))
	}
}

// routeText says which requests a route takes.
func routeText(r gateway.Route) string {
	var parts []string
	for _, p := range []struct {
		label string
		list  []safe.Text
	}{{"", r.Methods}, {"", r.Paths}, {"host ", r.Hosts}, {"SNI ", r.SNIs}} {
		if len(p.list) > 0 {
			parts = append(parts, p.label+phrase.List(p.list))
		}
	}
	if !r.Expression.IsEmpty() {
		parts = append(parts, r.Expression.String())
	}
	if len(parts) == 0 {
		return "all requests"
	}
	return strings.Join(parts, "  ")
}
