package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// arm is Azure Resource Manager: subscriptions, and VNETs with their peerings.
// Names and ids are compared without regard to case, as Azure does, and come
// back as they were made.
func (w *World) arm() service {
	return service{world: w, name: "arm", answer: answerARM, refuse: refuseARM}
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
	if r.URL.Query().Get("api-version") == "" {
		return armError(w, http.StatusBadRequest, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.")
	}
	if r.Method != http.MethodGet {
		return armError(w, http.StatusNotImplemented, "NotInSandbox", "The sandbox answers reading requests only, in this release.")
	}
	// Empty segments are tolerated: an SDK makes one where a parent path is empty.
	segments := slices.DeleteFunc(strings.Split(r.URL.Path, "/"), func(s string) bool { return s == "" })
	if len(segments) == 0 || !strings.EqualFold(segments[0], "subscriptions") {
		return armError(w, http.StatusNotFound, "InvalidResourceType", "The resource type could not be found.")
	}
	if len(segments) == 1 {
		return w.listSubscriptions(signedIn)
	}
	sub := w.subs[strings.ToLower(segments[1])]
	if sub == nil {
		return armError(w, http.StatusNotFound, "SubscriptionNotFound", "The subscription '"+segments[1]+"' could not be found.")
	}
	if sub.tenant != signedIn {
		return armError(w, http.StatusUnauthorized, "InvalidAuthenticationTokenTenant",
			"The access token is from the wrong issuer. It must match the tenant '"+sub.tenant.id+"' associated with this subscription.")
	}
	if !sub.readable {
		return armError(w, http.StatusForbidden, "AuthorizationFailed", "The client '"+userEmail+"' with object id '"+w.id("user")+
			"' does not have authorization to perform action 'Microsoft.Network/virtualNetworks/read' over scope '"+r.URL.Path+"' or the scope is invalid.")
	}
	if len(segments) == 2 {
		return withHeaders(w, ok200(renderSubscription(sub)))
	}
	return w.ofSubscription(sub, segments[2:])
}

// ofSubscription answers …/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/….
func (w *World) ofSubscription(sub *subscription, path []string) reply {
	if len(path) < 5 || !strings.EqualFold(path[0], "resourceGroups") || !strings.EqualFold(path[3], "Microsoft.Network") || !strings.EqualFold(path[4], "virtualNetworks") {
		return armError(w, http.StatusNotFound, "InvalidResourceType", "The sandbox has virtual networks only, in this release.")
	}
	group := path[1]
	if len(path) == 5 {
		return w.listVNets(sub, group)
	}
	v := w.vnets[vnetKey(sub.id, group, path[5])]
	if v == nil || v.deletedFromAzure {
		if len(w.vnetsOf(sub, group)) == 0 {
			return armError(w, http.StatusNotFound, "ResourceGroupNotFound", "Resource group '"+group+"' could not be found.")
		}
		return armError(w, http.StatusNotFound, "ResourceNotFound", "The Resource 'Microsoft.Network/virtualNetworks/"+path[5]+"' under resource group '"+group+"' was not found.")
	}
	switch {
	case len(path) == 6:
		return withHeaders(w, ok200(renderVNet(v)))
	case len(path) == 7 && strings.EqualFold(path[6], "virtualNetworkPeerings"):
		return withHeaders(w, ok200(map[string]any{"value": renderHalves(v)}))
	case len(path) == 8 && strings.EqualFold(path[6], "virtualNetworkPeerings"):
		for _, p := range v.peerings {
			if strings.EqualFold(p.name, path[7]) {
				return withHeaders(w, ok200(renderHalf(v, p)))
			}
		}
	}
	return armError(w, http.StatusNotFound, "NotFound", "The resource was not found.")
}

func (w *World) vnetsOf(sub *subscription, group string) []*vnet {
	var out []*vnet
	for _, v := range w.vnets {
		if v.sub == sub && strings.EqualFold(v.group, group) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b *vnet) int { return strings.Compare(a.name, b.name) })
	return out
}

func (w *World) listVNets(sub *subscription, group string) reply {
	all := w.vnetsOf(sub, group)
	if len(all) == 0 {
		return armError(w, http.StatusNotFound, "ResourceGroupNotFound", "Resource group '"+group+"' could not be found.")
	}
	list := make([]any, 0, len(all))
	for _, v := range all {
		if !v.deletedFromAzure {
			list = append(list, renderVNet(v))
		}
	}
	return withHeaders(w, ok200(map[string]any{"value": list}))
}

func (w *World) listSubscriptions(t *tenant) reply {
	list := []map[string]any{}
	for _, s := range w.subs {
		if s.tenant == t && s.readable {
			list = append(list, renderSubscription(s))
		}
	}
	slices.SortFunc(list, func(a, b map[string]any) int {
		return strings.Compare(fmt.Sprint(a["displayName"]), fmt.Sprint(b["displayName"]))
	})
	return withHeaders(w, ok200(map[string]any{"value": list, "count": map[string]any{"type": "Total", "value": len(list)}}))
}

func armError(w *World, status int, code, message string) reply {
	return withHeaders(w, reply{status: status, kind: jsonType, body: map[string]any{"error": map[string]any{"code": code, "message": message}}})
}

// withHeaders adds the ids and counters that ARM sends with every answer.
func withHeaders(w *World, a reply) reply {
	w.traces++
	id := w.id("request", w.trace())
	for name, value := range map[string]string{
		"X-Ms-Request-Id": id, "X-Ms-Correlation-Request-Id": id, "X-Ms-Ratelimit-Remaining-Subscription-Reads": "249",
	} {
		a = withHeader(a, name, value)
	}
	if e, ok := a.body.(map[string]any)["error"].(map[string]any); ok {
		code, _ := e["code"].(string)
		a = withHeader(a, "X-Ms-Failure-Cause", "gateway")
		a = withHeader(a, "X-Ms-Error-Code", code)
	}
	return a
}

func withHeader(a reply, name, value string) reply {
	if a.header == nil {
		a.header = map[string]string{}
	}
	a.header[name] = value
	return a
}

func refuseARM(w *World, _ *http.Request, status int) reply {
	switch status {
	case http.StatusUnauthorized:
		return armError(w, status, "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time.")
	case http.StatusForbidden:
		return armError(w, status, "AuthorizationFailed", "The client does not have authorization to perform this action.")
	case http.StatusTooManyRequests:
		return armError(w, status, "SubscriptionRequestsThrottled", "Number of requests for subscription exceeded the limit. Please try again later.")
	default:
		return armError(w, status, strings.ReplaceAll(http.StatusText(status), " ", ""), "The server encountered an error.")
	}
}
