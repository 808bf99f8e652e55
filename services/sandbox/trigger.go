package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Request tells one kind of request from others. A field that is empty fits all.
type Request struct {
	Service string `yaml:"service"` // konnect, arm, graph, login
	Method  string `yaml:"method"`  // GET, PUT, …
	// Path is a part of the path. In that of an event {network}, {peering} and {dns}
	// stand for the ids of the objects that the event names.
	Path string `yaml:"path"`
}

func (q Request) fits(service, method, path string) bool {
	return (q.Service == "" || q.Service == service) && (q.Method == "" || strings.EqualFold(q.Method, method)) && strings.Contains(path, q.Path)
}

func serviceNames() []string { return []string{"konnect", "arm", "graph", "login"} }

// checkTrigger says what is wrong with what an event waits for.
func (e Event) checkTrigger() error {
	switch {
	case e.Before == nil:
		return nil
	case e.Every != 0:
		return fmt.Errorf("the event at %s waits for a request, which comes once; leave every out", e.At)
	case e.Before.Service != "" && !slices.Contains(serviceNames(), e.Before.Service):
		return fmt.Errorf("the event at %s waits for a request to %q; there are %s", e.At, e.Before.Service, strings.Join(serviceNames(), ", "))
	}
	return nil
}

// spring lets those events happen that have waited for a request like this one.
func (w *World) spring(service, method, path string, now time.Time) {
	var due []Event
	w.armed = slices.DeleteFunc(w.armed, func(e Event) bool {
		q := *e.Before
		q.Path = w.filled(e, q.Path)
		if !q.fits(service, method, path) {
			return false
		}
		due = append(due, e)
		return true
	})
	for _, e := range due {
		w.happen(e, now)
	}
}

// filled puts the ids of an event's objects into a path. What is not there leaves its
// word, which no path has.
func (w *World) filled(e Event, path string) string {
	n := w.network(e.Network)
	if n == nil {
		return path
	}
	path = strings.ReplaceAll(path, "{network}", n.id)
	if p := n.peering(e.Peering); p != nil {
		path = strings.ReplaceAll(path, "{peering}", p.id)
	}
	if d := n.privateDNS(e.DNS); d != nil {
		path = strings.ReplaceAll(path, "{dns}", d.id)
	}
	return path
}
