package sandbox

import (
	"net/http"
	"strings"
)

// partChange is how far Azure is with what is written below a resource: it takes one change
// at a time, and each gives the resource another tag.
type partChange struct {
	revision int
	op       *operation // the last change, done or not
	child    string     // what it writes or deletes below the resource, in small letters
	state    string     // of that while it lasts
}

// busy reports whether a change is under way.
func (c *partChange) busy() bool { return c != nil && c.op != nil && !c.op.done }

// changeOf is what is known of changes of a resource, nil for none.
func (w *World) changeOf(id string) *partChange { return w.partChanges[strings.ToLower(id)] }

// stateOf is the provisioning state of what lies below a resource.
func (w *World) stateOf(id, child string) string {
	if c := w.changeOf(id); c.busy() && strings.EqualFold(c.child, child) {
		return c.state
	}
	return "Succeeded"
}

// begins notes that a change of a resource has begun.
func (w *World) begins(id, child, state string, op *operation) {
	key := strings.ToLower(id)
	if w.partChanges[key] == nil {
		w.partChanges[key] = &partChange{}
	}
	c := w.partChanges[key]
	c.revision++
	c.op, c.child, c.state = op, strings.ToLower(child), state
}

// free refuses a change of a resource while another one is under way, and one whose tag is
// not the resource's. Source: the messages of Azure's network provider.
func (q armRequest) free(r *armResource) (reply, bool) {
	id := asText(r.body["id"])
	if c := q.w.changeOf(id); c.busy() {
		return armError(q.w, http.StatusConflict, "AnotherOperationInProgress",
			"Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: "+q.operationAt(c.op)+"."), false
	}
	tag := q.Header.Get("If-Match")
	if now := asText(r.body["etag"]); tag != "" && tag != "*" && tag != now {
		return armError(q.w, http.StatusPreconditionFailed, "PreconditionFailed",
			"Precondition failed. Etag provided in if-match header "+tag+" does not match etag "+now+" of resource "+id+" in NRP data store."), false
	}
	return reply{}, true
}

// operationAt is where an operation is asked after.
func (q armRequest) operationAt(o *operation) string {
	return q.base() + o.sub.scope() + networkProvider + "locations/" + o.location + "/operations/" + o.id + "?api-version=" + q.URL.Query().Get("api-version")
}
