package transport

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// longestWait is the longest time for which a service is left alone at its own word.
const longestWait = 2 * time.Minute

// RetryAfter reads how long a service asks us to wait: seconds or a date, which is that of
// the service's own clock: its Date says what that is, and now is taken where there is none.
// An absurd figure is cut to two minutes. A missing, past or unreadable one is 0: how long to wait
// then is for whoever tries again to say.
func RetryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	wait := time.Duration(0)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		wait = time.Duration(min(seconds, int64(longestWait.Seconds()))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		if there, err := http.ParseTime(header.Get("Date")); err == nil {
			now = there
		}
		wait = at.Sub(now)
	}
	return max(0, min(wait, longestWait))
}

// StatusKind is the kind of failure that a status means.
func StatusKind(status int) (kind model.FailureKind, retryable bool) {
	switch {
	case status == http.StatusUnauthorized:
		return model.FailureAuth, false
	case status == http.StatusForbidden:
		return model.FailurePermission, false
	case status == http.StatusNotFound || status == http.StatusGone:
		return model.FailureNotFound, false
	case status == http.StatusConflict || status == http.StatusPreconditionFailed:
		return model.FailureConflict, false
	case status == http.StatusTooManyRequests:
		return model.FailureThrottled, true
	case status == http.StatusRequestTimeout:
		return model.FailureTimeout, true
	case status >= 500:
		return model.FailureServer, true
	case status >= 300 && status < 400:
		return model.FailureContract, false
	default:
		return model.FailureInvalid, false
	}
}

// LaterCure is what to do about a service that answers and does not serve: it asks for
// fewer requests, or fails. Rest is how long it wants to be left alone, 0 where it does not
// say. It promises no other try, because it is printed by commands
// that end as well; where something is watched, the state of the service says when it is
// asked again.
func LaterCure(kind model.FailureKind, rest time.Duration) string {
	after := "in a while"
	if rest > 0 {
		after = "in " + phrase.Span(rest)
	}
	if kind == model.FailureThrottled {
		return "It asks for fewer requests: look again " + after + ", and less often."
	}
	return "Look again " + after + "; if it stays so, it is for whoever runs the service."
}
