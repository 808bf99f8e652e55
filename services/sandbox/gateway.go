package sandbox

import (
	"maps"
	"time"
)

// The kinds of what a control plane tells its data planes, as they stand in paths.
const (
	kindServices  = "services"
	kindRoutes    = "routes"
	kindUpstreams = "upstreams"
	kindTargets   = "targets"
)

func gatewayKinds() []string { return []string{kindServices, kindRoutes, kindUpstreams, kindTargets} }

// entity is one of them.
type entity struct {
	id               string
	kind             string
	body             map[string]any // with the values that were not sent; never changed in place
	created, updated time.Time
}

// change gives it another body. Konnect tells times in whole seconds, and each change has one
// of its own here.
func (e *entity) change(body map[string]any, now time.Time) {
	if least := e.updated.Add(time.Second); now.Before(least) {
		now = least
	}
	e.body, e.updated = body, now
}

func (e *entity) text(member string) string {
	s, _ := e.body[member].(string)
	return s
}

// of is the id of the object that a member refers to.
func (e *entity) of(member string) string {
	o, _ := e.body[member].(map[string]any)
	id, _ := o["id"].(string)
	return id
}

func renderEntity(e *entity) map[string]any {
	out := maps.Clone(e.body)
	out["id"], out["created_at"], out["updated_at"] = e.id, e.created.Unix(), e.updated.Unix()
	return out
}

// entity returns what has an id or, where its kind has names, a name.
func (p *controlPlane) entity(kind, name string) *entity {
	for _, e := range p.entities[kind] {
		if e.id == name || name != "" && (e.text("name") == name || kind == kindTargets && e.text("target") == name) {
			return e
		}
	}
	return nil
}

// tell puts something into a control plane, as it is long after it was made.
func (w *World) tellPlane(p *controlPlane, kind string, body map[string]any) *entity {
	name, _ := body["name"].(string)
	target, _ := body["target"].(string)
	e := &entity{id: w.id(kind, p.geo, p.name, name, target), kind: kind, body: withDefaults(kind, body), created: p.created, updated: p.updated}
	p.add(e)
	return e
}

func (p *controlPlane) add(e *entity) {
	if p.entities == nil {
		p.entities = map[string][]*entity{}
	}
	p.entities[e.kind] = append(p.entities[e.kind], e)
}

// withDefaults adds the values that the contract has for what was not sent.
func withDefaults(kind string, body map[string]any) map[string]any {
	defaults := map[string]map[string]any{
		kindServices: {
			"protocol": "http", "port": 80, "enabled": true, "retries": 5,
			"connect_timeout": 60000, "read_timeout": 60000, "write_timeout": 60000,
		},
		kindRoutes: {
			"protocols": []any{"https"}, "strip_path": true, "preserve_host": false,
			"https_redirect_status_code": 426, "path_handling": "v0", "request_buffering": true, "response_buffering": true,
		},
		kindUpstreams: {"algorithm": "round-robin", "slots": 10000, "hash_on": "none", "hash_fallback": "none", "use_srv_name": false},
		kindTargets:   {"weight": 100},
	}
	out := maps.Clone(defaults[kind])
	if kind == kindRoutes {
		if _, expression := body["expression"]; expression {
			out["priority"] = 0
		} else {
			out["regex_priority"] = 0
		}
	}
	maps.Copy(out, body)
	// The contract is written in a version that has no null for what it calls nullable.
	maps.DeleteFunc(out, func(_ string, value any) bool { return value == nil })
	return out
}

// service tells a control plane a service with one route.
func (w *World) service(p *controlPlane, name, protocol, host string, port int, more map[string]any) *entity {
	body := map[string]any{"name": name, "protocol": protocol, "host": host, "port": port}
	maps.Copy(body, more)
	e := w.tellPlane(p, kindServices, body)
	w.tellPlane(p, kindRoutes, map[string]any{
		"name": name + "-route", "protocols": []any{"http", "https"}, "paths": []any{"/" + name}, "service": map[string]any{"id": e.id},
	})
	return e
}

// upstream tells a control plane an upstream with its targets.
func (w *World) upstream(p *controlPlane, name string, targets ...string) {
	e := w.tellPlane(p, kindUpstreams, map[string]any{"name": name})
	for _, t := range targets {
		w.tellPlane(p, kindTargets, map[string]any{"target": t, "upstream": map[string]any{"id": e.id}})
	}
}
