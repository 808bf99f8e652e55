package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// Fault makes a service misbehave.
type Fault struct {
	Service string `yaml:"service"` // konnect, arm, graph, login; empty for all
	Path    string `yaml:"path"`    // a part of the path; empty for all
	Method  string `yaml:"method"`  // GET, PUT, …; empty for all

	Status     int           `yaml:"status"`      // answer with this error
	Code       string        `yaml:"code"`        // the error's code, for Azure and Graph, or its title for Konnect; empty for the usual one
	Message    string        `yaml:"message"`     // the error's text; empty for the usual one
	Policies   string        `yaml:"policies"`    // display names of the policies that refuse, with semicolons between, as Azure tells them beside the message
	Claims     string        `yaml:"claims"`      // a challenge, as JSON: a token is refused with 401 until it was got with these claims
	RetryAfter string        `yaml:"retry_after"` // the header, verbatim; "none" for none
	Kind       string        `yaml:"kind"`        // reset, hang, html, truncated, empty, garbage, redirect, slow
	Delay      time.Duration `yaml:"delay"`       // before the answer

	// After: what was asked for is done, and only its answer is lost to the fault.
	After bool `yaml:"after"`

	// Late: a PATCH of a private DNS, the one request that such a fault meets, is
	// answered as usual, and for this time readers see what was there before.
	Late time.Duration `yaml:"late"`

	Times int           `yaml:"times"` // how many requests; 0 for all
	For   time.Duration `yaml:"for"`   // how long; 0 for ever

	until time.Time
}

// AddFault makes a service misbehave from now on.
func (w *World) AddFault(f Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addFault(f, w.clock.Now())
}

// ClearFaults ends all faults.
func (w *World) ClearFaults() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = nil
}

func (w *World) addFault(f Fault, now time.Time) {
	if f.For > 0 {
		f.until = now.Add(f.For)
	}
	w.faults = append(w.faults, &f)
}

// fault returns the fault that meets a request, and counts it off.
func (w *World) fault(service, method, path string, now time.Time) (Fault, bool) {
	for i := 0; i < len(w.faults); i++ {
		f := w.faults[i]
		if !f.until.IsZero() && !now.Before(f.until) {
			w.faults = append(w.faults[:i:i], w.faults[i+1:]...)
			i--
			continue
		}
		if !(Request{f.Service, f.Method, f.Path}).fits(service, method, path) || (f.Late > 0 && (method != http.MethodPatch || !strings.Contains(path, "/private-dns/"))) {
			continue
		}
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				w.faults = append(w.faults[:i:i], w.faults[i+1:]...)
			}
		}
		return *f, true
	}
	return Fault{}, false
}

// worded gives an error another code, another text, and the policies that refuse.
func (f Fault) worded(a reply) reply {
	body, _ := a.body.(map[string]any)
	if body == nil {
		return a
	}
	if _, login := body["error_description"]; login {
		put(body, "error", f.Code)
		put(body, "error_description", f.Message)
		return a
	}
	e, azure := body["error"].(map[string]any)
	if !azure { // Konnect's errors have a title and a detail
		put(body, "title", f.Code)
		put(body, "detail", f.Message)
		return a
	}
	put(e, "code", f.Code)
	put(e, "message", f.Message)
	var info []any
	for name := range strings.SplitSeq(f.Policies, ";") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		info = append(info, map[string]any{"type": "PolicyViolation", "info": map[string]any{
			"policyDefinitionDisplayName": name, "policyAssignmentDisplayName": name, "policyDefinitionEffect": "deny",
		}})
	}
	if info != nil {
		e["additionalInfo"] = info
	}
	return a
}

func put(body map[string]any, member, text string) {
	if text != "" {
		body[member] = text
	}
}

// misbehave answers a request as the fault says. It reports whether it did; a
// fault that is a mere delay leaves the answer to the service.
func misbehave(rw http.ResponseWriter, r *http.Request, f Fault, refuse func(status int)) bool {
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-r.Context().Done():
			return true
		}
	}
	switch f.Kind {
	case "reset":
		panic(http.ErrAbortHandler) // net/http's own way to drop a connection
	case "hang":
		<-r.Context().Done()
		return true
	case "html":
		rw.Header().Set("Content-Type", "text/html")
		_, _ = rw.Write([]byte("<html><title>Sign in to the hotel network</title></html>"))
		return true
	case "empty":
		rw.Header().Set("Content-Type", "application/json")
		return true
	case "garbage":
		rw.Header().Set("Content-Type", "application/json")
		_, _ = rw.Write([]byte(`{"data": "\u001b]0;x`))
		return true
	case "truncated":
		rw.Header().Set("Content-Type", "application/json")
		rw.Header().Set("Content-Length", "4096")
		_, _ = rw.Write([]byte(`{"meta":{"page":{"number":1,`))
		return true
	case "redirect":
		rw.Header().Set("Location", "https://elsewhere.example/?token=no")
		rw.WriteHeader(http.StatusFound)
		return true
	}
	return f.refuses(rw, refuse)
}

// refuses answers with a status of the service, or with a challenge. It reports whether the
// fault has one.
func (f Fault) refuses(rw http.ResponseWriter, refuse func(status int)) bool {
	if f.Claims != "" {
		rw.Header().Set("WWW-Authenticate", challenge(f.Claims))
		f.Status = http.StatusUnauthorized
	}
	if f.Status == 0 {
		return false
	}
	switch {
	case f.RetryAfter != "" && f.RetryAfter != "none":
		rw.Header().Set("Retry-After", f.RetryAfter)
	case f.RetryAfter == "" && f.Status == http.StatusTooManyRequests:
		rw.Header().Set("Retry-After", "5")
	}
	refuse(f.Status)
	return true
}
