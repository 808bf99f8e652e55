package sandbox

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// operation is a change of Azure's that takes its time. It is answered at once, and asked
// after at addresses that the answer names.
type operation struct {
	id, location string
	sub          *subscription
	done         bool
	result       any // what the end gives, nil for nothing
}

// askAgain is how many seconds whoever waits for an operation is told to wait. The real one
// says ten, or nothing; here an operation takes less.
const askAgain = 1

// begin begins an operation, which does something when it ends.
func (q armRequest) begin(sub *subscription, location string, end func(w *World, now time.Time)) *operation {
	q.w.traces++
	op := &operation{id: q.w.id("operation", strconv.Itoa(q.w.traces), q.now.String()), location: location, sub: sub}
	q.w.operations[op.id] = op
	q.w.after(q.now, q.w.peeringTime/3, func(w *World, now time.Time) {
		op.done = true
		end(w, now)
	})
	return op
}

// accept adds to the answer of a write where the operation is asked after: its state, and for
// what leaves no resource behind its result too.
func (o *operation) accept(q armRequest, a reply, result bool) reply {
	at := func(kind string) string {
		return q.base() + o.sub.scope() + networkProvider + "locations/" + o.location + "/" + kind + "/" + o.id + "?api-version=" + q.URL.Query().Get("api-version")
	}
	a = written(q.w, a)
	a = withHeader(a, "Azure-AsyncNotification", "Enabled")
	a = withHeader(a, "Azure-AsyncOperation", at("operations"))
	a = withHeader(a, "Retry-After", strconv.Itoa(askAgain))
	if result {
		a = withHeader(a, "Location", at("operationResults"))
	}
	return a
}

// locations answers for what a subscription has in a region: the operations under way.
func (q armRequest) locations(sub *subscription, p resourcePath) reply {
	const names = 2
	if q.Method != http.MethodGet || len(p.types) != names || len(p.names) != names {
		return q.noType(p.namespace)
	}
	op := q.w.operations[strings.ToLower(p.names[1])]
	if op == nil || op.sub != sub || !strings.EqualFold(op.location, p.names[0]) {
		return armError(q.w, http.StatusNotFound, "OperationNotFound", "The operation '"+p.names[1]+"' was not found.")
	}
	if strings.EqualFold(p.types[1], "operations") {
		if !op.done {
			return withHeader(withHeaders(q.w, ok200(map[string]any{"status": "InProgress"})), "Retry-After", strconv.Itoa(askAgain))
		}
		body := map[string]any{"status": "Succeeded"}
		if op.result != nil {
			body["properties"] = op.result
		}
		return withHeaders(q.w, ok200(body))
	}
	switch {
	case !op.done:
		a := withHeader(withHeaders(q.w, reply{status: http.StatusAccepted}), "Retry-After", strconv.Itoa(askAgain))
		return withHeader(a, "Location", "http://"+q.Host+q.URL.RequestURI())
	case op.result != nil:
		return withHeaders(q.w, ok200(op.result))
	default:
		return withHeaders(q.w, reply{status: http.StatusNoContent})
	}
}
