package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// arm is Azure Resource Manager: tenants, subscriptions, resource groups, VNETs
// with their peerings, and access control. Names and ids are compared without
// regard to case, as Azure does, and come back as they were made.
func (w *World) arm() service {
	answer := func(w *World, r *http.Request) reply { return dressed(w, r, answerARM(w, r)) }
	return service{world: w, name: "arm", answer: answer, refuse: refuseARM}
}

// armRequest is a request to ARM, taken apart.
type armRequest struct {
	*http.Request

	w      *World
	tenant *tenant // of the token
	now    time.Time
}

func answerARM(w *World, r *http.Request) reply {
	token, ok := bearer(r)
	if !ok {
		return withHeader(armError(w, http.StatusUnauthorized, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."),
			"WWW-Authenticate", `Bearer authorization_uri="https://login.microsoftonline.com/common"`)
	}
	signedIn, ok := w.tokenTenant(token)
	if !ok {
		return armError(w, http.StatusUnauthorized, "InvalidAuthenticationToken", "The access token is invalid.")
	}
	switch version := r.URL.Query().Get("api-version"); {
	case version == "":
		return armError(w, http.StatusBadRequest, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.")
	case !isVersion(version):
		return armError(w, http.StatusBadRequest, "InvalidApiVersionParameter", "The api-version '"+version+"' is invalid.")
	}
	if kind := r.Header.Get("Content-Type"); r.ContentLength != 0 && r.Method != http.MethodGet && !strings.Contains(kind, "json") {
		return armError(w, http.StatusUnsupportedMediaType, "UnsupportedMediaType", "The content media type '"+kind+"' is not supported. Only 'application/json' is supported.")
	}
	q := armRequest{Request: r, w: w, tenant: signedIn, now: w.clock.Now()}
	// Empty segments are tolerated: an SDK makes one where a parent path is empty.
	// A slash that is escaped belongs to a name.
	var segments []string
	for s := range strings.SplitSeq(r.URL.EscapedPath(), "/") {
		if name, err := url.PathUnescape(s); s != "" && err == nil {
			segments = append(segments, name)
		}
	}
	if r.Method != http.MethodHead {
		return q.route(segments)
	}
	a := q.reading().route(segments)
	if a.body = nil; a.status == http.StatusOK {
		a.status = http.StatusNoContent
	}
	return a
}

// reading is the request as if it only read.
func (q armRequest) reading() armRequest {
	q.Request = q.Clone(q.Context())
	q.Method = http.MethodGet
	return q
}

// route finds who answers for a path.
func (q armRequest) route(segments []string) reply {
	switch {
	case len(segments) == 1 && strings.EqualFold(segments[0], "tenants"):
		return q.ofARM("subscriptions", q.listTenants)
	case len(segments) > 0 && strings.EqualFold(segments[0], "providers"):
		return q.tenantProviders(segments[1:])
	case len(segments) == 0 || !strings.EqualFold(segments[0], "subscriptions"):
		return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The resource type could not be found.")
	case len(segments) == 1:
		return q.ofARM("subscriptions", q.listSubscriptions)
	}
	sub := q.w.subs[strings.ToLower(segments[1])]
	if sub == nil || sub.gone {
		if sub == nil && !isGUID(segments[1]) {
			return armError(q.w, http.StatusBadRequest, "InvalidSubscriptionId", "The provided subscription identifier '"+segments[1]+"' is malformed or invalid.")
		}
		return armError(q.w, http.StatusNotFound, "SubscriptionNotFound", "The subscription '"+segments[1]+"' could not be found.")
	}
	if !sub.tenant.takes(q.tenant) {
		return armError(q.w, http.StatusUnauthorized, "InvalidAuthenticationTokenTenant",
			"The access token is from the wrong issuer. It must match the tenant '"+sub.tenant.id+"' associated with this subscription.")
	}
	return q.ofSubscription(sub, segments[2:])
}

// base is where the request came to. What stands before the sandbox and takes https says so.
func (q armRequest) base() string {
	if q.TLS != nil || strings.EqualFold(q.Header.Get("X-Forwarded-Proto"), "https") {
		return "https://" + q.Host
	}
	return "http://" + q.Host
}

// isVersion reports whether a text has the form of an api-version: a date.
func isVersion(text string) bool {
	_, err := time.Parse(time.DateOnly, strings.TrimSuffix(text, "-preview"))
	return err == nil
}

// ofSubscription answers for what stands behind /subscriptions/{id}.
func (q armRequest) ofSubscription(sub *subscription, path []string) reply {
	if q.changes(path) && sub.readOnly() {
		return armError(q.w, http.StatusConflict, "ReadOnlyDisabledSubscription",
			"The subscription '"+sub.id+"' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.")
	}
	if i := authorizationAt(path); i >= 0 {
		scope, ok := q.scope(sub, path[:i])
		if !ok {
			return q.notBuilt()
		}
		return q.authorization(scope, path[i+2:])
	}
	first := ""
	if len(path) > 0 {
		first = strings.ToLower(path[0])
	}
	switch {
	case first == "":
		return q.ofARM("subscriptions", func() reply { return q.subscription(sub) })
	case first == "locations" && len(path) == 1:
		return q.ofARM("subscriptions", func() reply { return q.listLocations(sub) })
	case first == "resources" && len(path) == 1:
		return q.ofARM("resourceGroups", func() reply { return q.listResources(sub, "") })
	case first == "resourcegroups" && len(path) < 4:
		return q.resourceGroups(sub, path[1:])
	case first == "providers" && len(path) < 4 && (len(path) < 3 || isRegistration(path[2]) || areTypes(path[2])):
		return q.providers(sub, path[1:])
	}
	if p, ok := parseResource(path); ok {
		return q.resource(sub, p)
	}
	return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The resource type could not be found.")
}

// changes reports whether a request changes something: every method but those that read,
// and of the actions those that are none of reading.
func (q armRequest) changes(path []string) bool {
	switch q.Method {
	case http.MethodGet:
		return false
	case http.MethodPost:
		return len(path) == 3 && isRegistration(path[2])
	default:
		return true
	}
}

// ofARM answers what the resource manager knows itself, and what can only be read.
func (q armRequest) ofARM(kind string, answer func() reply) reply {
	if refusal, ok := q.versionOf(nsResources, kind, ""); !ok {
		return refusal
	}
	if q.Method != http.MethodGet {
		return q.notBuilt()
	}
	return answer()
}

func areVNets(path []string) bool {
	return len(path) > 2 && strings.EqualFold(strings.Join(path[:3], "/"), "providers/Microsoft.Network/virtualNetworks")
}

// authorizationAt is where …/providers/Microsoft.Authorization begins, -1 for nowhere.
func authorizationAt(path []string) int {
	for i := len(path) - 3; i >= 0; i-- {
		if strings.EqualFold(path[i], "providers") && strings.EqualFold(path[i+1], "Microsoft.Authorization") {
			return i
		}
	}
	return -1
}

// authorization answers for access control at a scope.
func (q armRequest) authorization(s armScope, path []string) reply {
	name := ""
	if len(path) == 2 {
		name = path[1]
	}
	if refusal, ok := q.versionOf(nsAuthorization, path[0], ""); !ok {
		return refusal
	}
	switch kind := strings.ToLower(path[0]); {
	case len(path) > 2:
		return armError(q.w, http.StatusNotFound, "NotFound", "The resource was not found.")
	case kind == "permissions" && name == "" && q.Method == http.MethodGet:
		return q.listPermissions(s)
	case kind == "roledefinitions":
		return q.roleDefinitions(s, name)
	case kind == "roleassignments":
		return q.roleAssignments(s, name)
	case kind == "denyassignments" && q.Method == http.MethodGet:
		return q.denyAssignments(s, name)
	case kind == "locks":
		return q.locks(s, name)
	case kind == "policyassignments" && name == "" && q.Method == http.MethodGet:
		return q.listPolicies(s)
	default:
		return q.notBuilt()
	}
}

// notBuilt answers what the sandbox does not simulate.
func (q armRequest) notBuilt() reply {
	return armError(q.w, http.StatusNotImplemented, "NotInSandbox",
		"The sandbox does not simulate "+q.Method+" here. In Azure it writes roles, role assignments, the peerings of a VNET and what its subnets name, locks, security rules, routes, backends of load balancers, address records of private zones, and the registration of a provider, and nothing else.")
}
