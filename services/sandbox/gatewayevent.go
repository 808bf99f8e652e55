package sandbox

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Plane is what becomes of a control plane. With a network, it is about its data planes
// there too.
type Plane struct {
	Name   string `yaml:"name"`   // name or id; one that is not there is made, in the region
	Geo    string `yaml:"geo"`    // of one that is made: eu, us, …
	Access string `yaml:"access"` // refused: no token may read it; granted
	Delete bool   `yaml:"delete"` // it is gone, and configurations still name it
	Page   int    `yaml:"page"`   // the most that its lists give at once, whatever is asked for
	// Group makes it a group with these members, which are control planes by name.
	Group []string `yaml:"group"`

	Services  []PlaneService  `yaml:"services"`
	Upstreams []PlaneUpstream `yaml:"upstreams"`

	Requests []PlaneRequests `yaml:"requests"` // that its data planes have served

	APIAccess  string   `yaml:"api_access"`  // private, public, private+public
	PrivateIPs []string `yaml:"private_ips"` // of its data planes on the network
}

// PlaneService is a service that is made, changed or taken away, with one route.
type PlaneService struct {
	Name     string         `yaml:"name"`
	Protocol string         `yaml:"protocol"`
	Host     string         `yaml:"host"`
	Port     int            `yaml:"port"`
	Path     string         `yaml:"path"`
	Disabled bool           `yaml:"disabled"`
	Verify   *bool          `yaml:"tls_verify"`
	Odd      map[string]any `yaml:"odd"` // members as no contract has them, such as port: "8080"; null leaves one out
	Delete   bool           `yaml:"delete"`
}

// PlaneUpstream is an upstream that is made anew, or taken away.
type PlaneUpstream struct {
	Name    string   `yaml:"name"`
	Targets []string `yaml:"targets"`
	Delete  bool     `yaml:"delete"`
}

// checkPlane says what is wrong with what becomes of a control plane.
func (e Event) checkPlane() error {
	p := e.Plane
	if p == nil {
		return nil
	}
	switch {
	case p.Name == "":
		return fmt.Errorf("the event at %s changes a control plane and does not say which", e.At)
	case !slices.Contains([]string{"", "refused", "granted"}, p.Access):
		return fmt.Errorf("the event at %s has access: %q; there are refused, granted", e.At, p.Access)
	case !slices.Contains([]string{"", "private", "public", "private+public"}, p.APIAccess):
		return fmt.Errorf("the event at %s has api_access: %q; there are private, public, private+public", e.At, p.APIAccess)
	case (p.APIAccess != "" || p.PrivateIPs != nil) && e.Network == "":
		return fmt.Errorf("the event at %s changes data planes and needs a network", e.At)
	case p.Page < 0:
		return fmt.Errorf("the event at %s has page: %d", e.At, p.Page)
	}
	for _, text := range p.PrivateIPs {
		if _, err := netip.ParseAddr(text); err != nil {
			return fmt.Errorf("the event at %s has the private address %q, which is none", e.At, text)
		}
	}
	for _, s := range p.Services {
		if s.Name == "" {
			return fmt.Errorf("the event at %s has a service without a name", e.At)
		}
	}
	for _, u := range p.Upstreams {
		if u.Name == "" {
			return fmt.Errorf("the event at %s has an upstream without a name", e.At)
		}
	}
	return nil
}

// applyPlane lets something become of a control plane.
func (w *World) applyPlane(change *Plane, n *network, now time.Time) {
	if change == nil {
		return
	}
	p := w.planeNamed(change.Name)
	if p == nil {
		p = w.addPlane(cmp.Or(change.Geo, "eu"), change.Name)
	}
	if change.Access != "" {
		p.refused = change.Access == "refused"
	}
	p.gone = p.gone || change.Delete
	p.page = cmp.Or(change.Page, p.page)
	for _, name := range change.Group {
		if m := w.planeNamed(name); m != nil {
			p.members = append(p.members, m)
		}
	}
	for _, s := range change.Services {
		w.changeService(p, s, now)
	}
	for _, u := range change.Upstreams {
		if old := p.entity(kindUpstreams, u.Name); old != nil {
			w.deleteCore(p, kindUpstreams, old.id)
		}
		if !u.Delete {
			w.upstream(p, u.Name, u.Targets...)
		}
	}
	for _, q := range change.Requests {
		w.serve(p, q, now)
	}
	if n == nil {
		return
	}
	c := n.configurationOf(p)
	if c == nil {
		c = w.use(p, n)
	}
	c.apiAccess = cmp.Or(change.APIAccess, c.apiAccess)
	if change.PrivateIPs != nil {
		c.privateIPs = change.PrivateIPs
	}
}

func (w *World) changeService(p *controlPlane, s PlaneService, now time.Time) {
	old := p.entity(kindServices, s.Name)
	if s.Delete {
		if old != nil {
			for _, r := range slices.Clone(p.entities[kindRoutes]) {
				if r.of("service") == old.id {
					w.forget(p, r)
				}
			}
			w.forget(p, old)
		}
		return
	}
	body := map[string]any{"name": s.Name, "protocol": cmp.Or(s.Protocol, "http"), "host": s.Host, "port": cmp.Or(s.Port, 80), "enabled": !s.Disabled}
	if s.Path != "" {
		body["path"] = s.Path
	}
	if s.Verify != nil {
		body["tls_verify"] = *s.Verify
	}
	for member, value := range s.Odd {
		w.beyond = true
		if value == nil {
			delete(body, member)
			continue
		}
		body[member] = value
	}
	if old != nil {
		before := *old
		old.change(withDefaults(kindServices, body), now)
		maps.DeleteFunc(old.body, func(member string, _ any) bool { value, odd := s.Odd[member]; return odd && value == nil })
		w.written(kindServices, old, &before, now)
		return
	}
	made := w.service(p, s.Name, "http", s.Host, 80, body)
	made.created, made.updated = now, now
	maps.DeleteFunc(made.body, func(member string, _ any) bool { value, odd := s.Odd[member]; return odd && value == nil })
	w.written(kindServices, made, nil, now)
}

// planeNamed returns a control plane by name or id.
func (w *World) planeNamed(name string) *controlPlane {
	for _, p := range w.planes {
		if p.name == name || p.id == name {
			return p
		}
	}
	return nil
}

// configurationOf is the configuration of a control plane on the network.
func (n *network) configurationOf(p *controlPlane) *configuration {
	for _, c := range n.configurations {
		if c.plane == p {
			return c
		}
	}
	return nil
}

// teamOf is the team that a network of the crowd is named for.
func teamOf(network string) string {
	team, _, _ := strings.Cut(network, "-")
	return team
}
