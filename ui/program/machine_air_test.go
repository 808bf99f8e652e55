package program_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// spell is one piece of bad luck: it meets the request after some others.
type spell struct {
	After int
	Kind  string
	Delay time.Duration
}

// spellKinds are the kinds of bad luck. Those that end in "after" do what was asked for first;
// "unapplied" says that it was done, and nothing is.
func spellKinds() []string {
	return []string{"lost", "lost after", "429", "500", "500 after", "503", "html", "html after", "empty after", "cut after", "unapplied", "delay"}
}

// deed is what somebody else does to the mapping table of a network: a domain gets servers,
// or goes where there are none.
type deed struct {
	Network, Domain string
	Servers         []string
	Quiet           bool // the resolver is not put to work by it, so Konnect refuses nobody
}

// air is the way of one program to the clouds, in which things go wrong and somebody else
// acts, and at which the program can be ended in the midst of a request. It looks at each
// write of a mapping table: what goes must have been meant.
type air struct {
	m *machine

	mu      sync.Mutex
	gone    chan struct{} // closed when the program was killed
	spells  []spell
	theirs  *deed // happens before a request about private DNS
	wait    int   // how many of them come before that
	kill    int   // the program ends at this write, counted from now; 0 for never
	dies    string
	left    string // the folder as the killed program has left it
	acted   bool   // the deed happened right before the last request
	intends func(domain, before string) bool
	taken   []string // what a write took away that nobody meant, and could not see any more
}

func newAir(m *machine) *air {
	return &air{m: m, gone: make(chan struct{})}
}

// calm ends all bad luck, until the returned function brings it back.
func (a *air) calm() (back func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	spells, theirs, kill := a.spells, a.theirs, a.kill
	a.spells, a.theirs, a.kill = nil, nil, 0
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.spells, a.theirs, a.kill = spells, theirs, kill
	}
}

func (a *air) dead() bool {
	select {
	case <-a.gone:
		return true
	default:
		return false
	}
}

// die ends the program: what is on the disk now is all that is left of it.
func (a *air) die() {
	a.left = a.m.folder()
	if err := os.CopyFS(a.left, os.DirFS(a.m.me.dir)); err != nil {
		a.m.Errorf("%v", err)
	}
	close(a.gone)
}

func (a *air) next() (spell, bool) {
	if len(a.spells) == 0 {
		return spell{}, false
	}
	if a.spells[0].After > 0 {
		a.spells[0].After--
		return spell{}, false
	}
	s := a.spells[0]
	a.spells = a.spells[1:]
	return s, true
}

// between is what stands between the program and a service.
func (a *air) between(service string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock() // one request at a time: the order is part of the case
		if a.dead() {
			panic(http.ErrAbortHandler)
		}
		a.colleague(r) //nolint:contextcheck // somebody else does not end with a request of ours
		write := r.Method != http.MethodGet && service != "login" && !strings.Contains(r.URL.Path, "/api-requests") && !strings.Contains(r.URL.Path, "/providers/Microsoft.ResourceGraph")
		now := false
		if write && a.kill > 0 {
			a.kill--
			now = a.kill == 0
		}
		if now && a.dies == "before" {
			a.m.note("killed before %s %s", r.Method, r.URL.Path)
			a.die()
			panic(http.ErrAbortHandler)
		}
		s, bad := a.next()
		if bad {
			a.m.note("%s at %s %s", s.Kind, r.Method, r.URL.Path)
		} else if write {
			a.m.note("%s %s", r.Method, r.URL.Path)
		}
		a.answer(rw, r, next, s, now)
	})
}

// answer lets the service answer, or what goes wrong.
func (a *air) answer(rw http.ResponseWriter, r *http.Request, next http.Handler, s spell, kill bool) {
	kind, done := strings.CutSuffix(s.Kind, " after")
	switch {
	case kind == "delay":
		a.m.clock.Advance(s.Delay)
		kind = ""
	case kind == "unapplied" && (r.Method == http.MethodPatch || r.Method == http.MethodDelete):
		if r.Method == http.MethodDelete {
			rw.WriteHeader(http.StatusNoContent)
			return
		}
		look := r.Clone(r.Context())
		look.Method, look.Body, look.ContentLength = http.MethodGet, http.NoBody, 0
		next.ServeHTTP(rw, look)
		return
	case kind == "unapplied":
		kind = "500"
	}
	got := httptest.NewRecorder()
	if kind == "" || done || kill {
		a.serve(got, r, next)
		if kill {
			a.m.note("killed after %s %s", r.Method, r.URL.Path)
			a.die()
			panic(http.ErrAbortHandler)
		}
	}
	body := got.Body.Bytes()
	if kind != "" {
		got.Result().Body.Close() //nolint:errcheck // it is a buffer
	}
	says := func(status int, kind, text string) {
		rw.Header().Set("Content-Type", kind)
		rw.WriteHeader(status)
		_, _ = rw.Write([]byte(text))
	}
	switch kind {
	case "":
		maps.Copy(rw.Header(), got.Header())
		rw.WriteHeader(got.Code)
		_, _ = rw.Write(body)
	case "lost":
		panic(http.ErrAbortHandler)
	case "429":
		rw.Header().Set("Retry-After", "3")
		says(http.StatusTooManyRequests, "application/json", `{"error":{"code":"TooManyRequests","message":"Slow down."}}`)
	case "500":
		says(http.StatusInternalServerError, "text/plain", "upstream")
	case "503":
		says(http.StatusServiceUnavailable, "application/json", `{}`)
	case "html":
		says(http.StatusOK, "text/html", "<html><title>Sign in to the hotel network</title></html>")
	case "empty":
		says(http.StatusOK, "application/json", "")
	case "cut":
		rw.Header().Set("Content-Length", "100000")
		says(http.StatusOK, "application/json", string(body[:len(body)/2]))
	}
}

// colleague lets somebody else act, when it is their turn.
func (a *air) colleague(r *http.Request) {
	if a.acted = false; a.theirs == nil || !strings.Contains(r.URL.Path, "/private-dns") {
		return
	}
	if a.wait > 0 {
		a.wait--
		return
	}
	d := *a.theirs
	a.theirs = nil
	a.m.note("before %s %s:", r.Method, r.URL.Path)
	a.acted = a.m.does(d)
}

// serve lets the service answer, and looks at what a write of a mapping table takes away.
func (a *air) serve(rw http.ResponseWriter, r *http.Request, next http.Handler) {
	if r.Method == http.MethodGet || !strings.Contains(r.URL.Path, "/private-dns") {
		next.ServeHTTP(rw, r)
		return
	}
	_, network, _ := strings.Cut(r.URL.Path, "/networks/")
	network, _, _ = strings.Cut(network, "/")
	before := a.m.rules(network)
	next.ServeHTTP(rw, r)
	after := a.m.rules(network)
	if r.Method == http.MethodDelete && len(a.m.resolvers(network)) == 0 {
		after = nil // it is going, with all that is in it
	}
	for row, was := range before {
		_, domain, _ := strings.Cut(row, " ")
		switch is, there := after[row]; {
		case there && is == was:
		case a.intends != nil && a.intends(domain, was):
			a.m.owned(network, domain)
		case a.acted:
			a.taken = append(a.taken, fmt.Sprintf("%s → %s became %q", domain, was, is))
			a.m.owned(network, domain)
		default:
			a.m.Errorf("%s %s took %s → %s, which was not meant, and left %q", r.Method, r.URL.Path, domain, was, is)
		}
	}
	for row := range after {
		if _, there := before[row]; !there && !a.acted { // else there are two of it, which the person is told
			_, domain, _ := strings.Cut(row, " ")
			a.m.owned(network, domain)
		}
	}
}

// means says what the next writes may take: a domain with what stands there.
func (a *air) means(may func(domain, before string) bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.intends, a.taken = may, nil
}

// lost returns what was taken in the one gap that nobody can close: between the last look and
// the write.
func (a *air) lost() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := a.taken
	a.taken = nil
	return out
}

// rules are all rules of a network's resolvers that are there to stay, by the resolver and the
// domain: two resolvers can have the same.
func (m *machine) rules(network string) map[string]string {
	out := map[string]string{}
	for _, r := range m.resolvers(network) {
		for domain, servers := range tableOf(r) {
			out[r.ID+" "+domain] = servers
		}
	}
	return out
}

// tableOf is the table of a resolver, by domain.
func tableOf(r sandbox.ResolverView) map[string]string {
	out := map[string]string{}
	for domain, servers := range r.Servers {
		out[domain] = strings.Join(servers, " ")
	}
	return out
}

// resolvers are those of a network that are not being deleted.
func (m *machine) resolvers(network string) []sandbox.ResolverView {
	return slices.DeleteFunc(m.world.Resolvers(network), func(r sandbox.ResolverView) bool {
		return strings.HasPrefix(r.State, "terminat")
	})
}
