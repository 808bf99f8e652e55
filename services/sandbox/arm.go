package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// arm is Azure Resource Manager: tenants, subscriptions, resource groups, VNETs
// with their peerings, and access control. Names and ids are compared without
// regard to case, as Azure does, and come back as they were made.
func (w *World) arm() service {
	return service{world: w, name: "arm", answer: answerARM, refuse: refuseARM}
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
	segments := slices.DeleteFunc(strings.Split(r.URL.Path, "/"), func(s string) bool { return s == "" })
	switch {
	case len(segments) == 1 && strings.EqualFold(segments[0], "tenants"):
		return q.readOnly(q.listTenants)
	case len(segments) == 0 || !strings.EqualFold(segments[0], "subscriptions"):
		return armError(w, http.StatusNotFound, "InvalidResourceType", "The resource type could not be found.")
	case len(segments) == 1:
		return q.readOnly(q.listSubscriptions)
	}
	sub := w.subs[strings.ToLower(segments[1])]
	if sub == nil || sub.gone {
		if sub == nil && !isGUID(segments[1]) {
			return armError(w, http.StatusBadRequest, "InvalidSubscriptionId", "The provided subscription identifier '"+segments[1]+"' is malformed or invalid.")
		}
		return armError(w, http.StatusNotFound, "SubscriptionNotFound", "The subscription '"+segments[1]+"' could not be found.")
	}
	if !sub.tenant.takes(signedIn) {
		return armError(w, http.StatusUnauthorized, "InvalidAuthenticationTokenTenant",
			"The access token is from the wrong issuer. It must match the tenant '"+sub.tenant.id+"' associated with this subscription.")
	}
	return q.ofSubscription(sub, segments[2:])
}

// isVersion reports whether a text has the form of an api-version: a date.
func isVersion(text string) bool {
	_, err := time.Parse(time.DateOnly, strings.TrimSuffix(text, "-preview"))
	return err == nil
}

// ofSubscription answers for what stands behind /subscriptions/{id}.
func (q armRequest) ofSubscription(sub *subscription, path []string) reply {
	if q.Method != http.MethodGet && sub.readOnly() {
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
	if q.Method != http.MethodGet {
		return q.notBuilt()
	}
	switch {
	case len(path) == 0:
		return q.subscription(sub)
	case len(path) == 1 && strings.EqualFold(path[0], "resourceGroups"):
		return q.listGroups(sub)
	case len(path) == 2 && strings.EqualFold(path[0], "resourceGroups"):
		return q.group(sub, path[1])
	case len(path) == 3 && areVNets(path):
		return q.listAllVNets(sub)
	case len(path) >= 5 && strings.EqualFold(path[0], "resourceGroups") && areVNets(path[2:]):
		return q.vnets(sub, path[1], path[5:])
	}
	if kind, group, rest, found := dnsKindOf(path); found {
		return q.dnsResource(sub, kind, group, rest)
	}
	return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The sandbox has resource groups, virtual networks, what matters for DNS in them, and access control only.")
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
	switch kind := strings.ToLower(path[0]); {
	case len(path) > 2:
		return armError(q.w, http.StatusNotFound, "NotFound", "The resource was not found.")
	case kind == "permissions" && name == "" && q.Method == http.MethodGet:
		return q.listPermissions(s)
	case kind == "roledefinitions":
		return q.roleDefinitions(s, name)
	case kind == "roleassignments":
		return q.roleAssignments(s, name)
	default:
		return q.notBuilt()
	}
}

func (q armRequest) readOnly(answer func() reply) reply {
	if q.Method != http.MethodGet {
		return q.notBuilt()
	}
	return answer()
}

// notBuilt answers what the sandbox does not simulate.
func (q armRequest) notBuilt() reply {
	return armError(q.w, http.StatusNotImplemented, "NotInSandbox",
		"The sandbox does not simulate "+q.Method+" here. In Azure it writes role definitions and role assignments, and nothing else; Kong itself writes and removes the peerings of a VNET.")
}
