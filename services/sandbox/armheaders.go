package sandbox

import (
	"net/http"
	"strings"
)

// armType of content, as all of Resource Manager sends it.
const armContent = "application/json; charset=utf-8"

// dressed adds the headers with which the real answers come: those of Resource Manager, and
// those of the provider behind it. testdata/azure says from where they are known. No header
// carries the code of an error.
func dressed(w *World, r *http.Request, a reply) reply {
	if a.body != nil && a.kind == jsonType {
		a.kind = armContent
	}
	a = withHeader(a, "Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	a = withHeader(a, "X-Content-Type-Options", "nosniff")
	of := strings.ToLower(r.URL.Path)
	behind := a.status < http.StatusBadRequest
	if behind && strings.Contains(of, "/privatednszones") {
		a = withHeader(a, "Cache-Control", "private")
		a = withHeader(a, "X-Ms-Ratelimit-Remaining-Subscription-Resource-Requests", "499")
		return tagged(a)
	}
	for name, value := range map[string]string{"Cache-Control": "no-cache", "Pragma": "no-cache", "Expires": "-1"} {
		a = withHeader(a, name, value)
	}
	switch {
	case !behind:
		return withHeader(a, "X-Ms-Failure-Cause", "gateway")
	case strings.Contains(of, "/dnsresolvers") || strings.Contains(of, "/dnsforwardingrulesets"):
		a = withHeader(a, "X-Ms-Activity-Id", w.id("activity", w.trace()))
		return withHeader(a, "X-Ms-Ratelimit-Remaining-Subscription-Resource-Requests", "499")
	case r.Method == http.MethodGet:
		a = withHeader(a, "X-Ms-Ratelimit-Remaining-Subscription-Global-Reads", "3749")
	case r.Method == http.MethodDelete:
		a = withHeader(a, "X-Ms-Ratelimit-Remaining-Subscription-Global-Deletes", "2999")
		a = withHeader(a, "X-Ms-Ratelimit-Remaining-Subscription-Deletes", "199")
	default:
		a = withHeader(a, "X-Ms-Ratelimit-Remaining-Subscription-Global-Writes", "2999")
		a = withHeader(a, "X-Ms-Ratelimit-Remaining-Subscription-Writes", "199")
	}
	if strings.Contains(of, "/microsoft.network/") && !strings.Contains(of, "/microsoft.authorization/") {
		a = withHeader(a, "X-Ms-Arm-Service-Request-Id", w.id("provider", w.trace()))
		if r.Method == http.MethodGet {
			a = tagged(a)
		}
	}
	return a
}

// tagged puts the tag of what was read into its header; a list has none.
func tagged(a reply) reply {
	body, _ := a.body.(map[string]any)
	if etag := asText(body["etag"]); etag != "" {
		return withHeader(a, "Etag", etag)
	}
	return a
}
