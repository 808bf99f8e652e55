package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// service is one of the simulated hosts.
type service struct {
	world *World
	name  string
	// answer handles a request under the world's lock. It must not wait.
	answer func(w *World, r *http.Request) reply
	// refuse makes the error body of the service for a fault.
	refuse func(w *World, r *http.Request, status int) reply
}

// reply is an answer before it is written.
type reply struct {
	status int
	kind   string // content type
	body   any
	header map[string]string
}

// Handler serves one host of the world, by its name: konnect, arm, graph or login; nil for
// any other.
func (w *World) Handler(host string) http.Handler {
	for _, s := range w.hosts() {
		if s.name == host {
			return s
		}
	}
	return nil
}

// hosts are the hosts, in the order of their ports.
func (w *World) hosts() []service {
	return []service{w.konnect(), w.arm(), w.graph(), w.login()}
}

const (
	jsonType    = "application/json"
	problemType = "application/problem+json"
)

// ServeHTTP lets time pass, lets the fault of the hour have its way, and answers.
func (s service) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if s.world.latency > 0 {
		select {
		case <-time.After(s.world.latency):
		case <-r.Context().Done():
			return
		}
	}
	fault, faulty := s.admit(r)
	if fault.Claims != "" {
		token, _ := bearer(r)
		faulty = faulty && !shows(token, fault.Claims)
	}
	if m, told := rw.(Misbehaving); told && faulty {
		m.Misbehaves()
	}
	if faulty && fault.After {
		done := s.locked(r, 0, fault.Late)
		if !misbehave(rw, r, fault, func(status int) { s.write(rw, fault.worded(s.locked(r, status, 0))) }) {
			s.write(rw, done)
		}
		return
	}
	if faulty && misbehave(rw, r, fault, func(status int) { s.write(rw, fault.worded(s.locked(r, status, 0))) }) {
		return
	}
	s.write(rw, s.locked(r, 0, fault.Late))
}

// admit counts the request and finds its fault.
func (s service) admit(r *http.Request) (Fault, bool) {
	w := s.world
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests[s.name]++
	w.advance()
	now := w.clock.Now().UTC()
	w.spring(s.name, r.Method, r.URL.Path, now)
	return w.fault(s.name, r.Method, r.URL.Path, now)
}

// locked makes an answer, or with a status other than 0 a refusal. What the request
// changes of a private DNS shows late, unless late is 0.
func (s service) locked(r *http.Request, status int, late time.Duration) reply {
	w := s.world
	w.mu.Lock()
	defer w.mu.Unlock()
	if status != 0 {
		return s.refuse(w, r, status)
	}
	var changed *privateDNS
	var old privateDNS
	if late > 0 {
		if changed = w.dnsAt(r.URL.Path); changed != nil {
			old = *changed
		}
	}
	a := s.answer(w, r)
	if r.Method == http.MethodGet || r.Method == http.MethodHead || a.status/100 != 2 || isQuestion(r) {
		return a
	}
	w.writes[Request{s.name, r.Method, r.URL.Path}]++
	w.recordWrite(s.name, r, a)
	if changed != nil {
		changed.keepShowing(old, late, w.clock.Now())
	}
	return a
}

func (s service) write(rw http.ResponseWriter, a reply) {
	for name, value := range a.header {
		rw.Header().Set(name, value)
	}
	if a.body == nil {
		rw.WriteHeader(a.status)
		return
	}
	rw.Header().Set("Content-Type", a.kind)
	rw.WriteHeader(a.status)
	if text, ok := a.body.(string); ok {
		_, _ = rw.Write([]byte(text))
		return
	}
	e := json.NewEncoder(rw)
	e.SetEscapeHTML(false)
	_ = e.Encode(a.body) //nolint:errchkjson // the client may be gone; there is nobody to tell
}

// bearer returns the token of a request.
func bearer(r *http.Request) (string, bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer") && token != ""
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
