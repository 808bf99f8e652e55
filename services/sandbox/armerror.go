package sandbox

import (
	"net/http"
	"strings"
)

func armError(w *World, status int, code, message string) reply {
	return written(w, reply{status: status, kind: jsonType, body: map[string]any{"error": map[string]any{"code": code, "message": message}}})
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
	return a
}

// written adds what ARM sends with the answer to a write.
func written(w *World, a reply) reply {
	a = withHeaders(w, a)
	delete(a.header, "X-Ms-Ratelimit-Remaining-Subscription-Reads")
	return a
}

func withHeader(a reply, name, value string) reply {
	if a.header == nil {
		a.header = map[string]string{}
	}
	a.header[name] = value
	return a
}

func refuseARM(w *World, r *http.Request, status int) reply {
	return dressed(w, r, refusalOf(w, status))
}

func refusalOf(w *World, status int) reply {
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
