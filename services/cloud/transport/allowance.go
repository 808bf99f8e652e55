package transport

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/services/run/width"
)

// allowance reads how many requests a service says that it still takes, and when there will
// be more: of several that it counts, the one of which least is left. Sources: Kong's
// rate-limiting plugins (RateLimit-Remaining with RateLimit-Reset, X-RateLimit-Remaining-
// followed by second, minute, hour, ...), the IETF's draft of RateLimit fields (r= and t=),
// and Azure Resource Manager (x-ms-ratelimit-remaining-...), which tells no time.
func allowance(header http.Header, now time.Time) (left int, reset time.Duration) {
	left = width.Unknown
	take := func(value string, after time.Duration) {
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err == nil && n >= 0 && (left == width.Unknown || n < left) {
			left, reset = n, after
		}
	}
	for name, values := range header {
		key := strings.ToLower(name)
		switch {
		case len(values) == 0:
		case key == "ratelimit":
			for field := range strings.SplitSeq(strings.Join(values, ","), ",") {
				take(parameter(field, "r"), seconds(parameter(field, "t"), now))
			}
		case key == "ratelimit-remaining", key == "x-ratelimit-remaining":
			take(values[0], seconds(first(header, "RateLimit-Reset", "X-RateLimit-Reset"), now))
		case strings.HasPrefix(key, "x-ratelimit-remaining-"):
			take(values[0], span(strings.TrimPrefix(key, "x-ratelimit-remaining-"), now))
		case strings.HasPrefix(key, "x-ms-ratelimit-remaining-") && key != "x-ms-ratelimit-remaining-resource":
			take(values[0], 0)
		case key == "x-ms-ratelimit-remaining-resource":
			// Microsoft.Compute/HighCostGet;107,Microsoft.Compute/HighCostGet30Min;561
			for field := range strings.SplitSeq(strings.Join(values, ","), ",") {
				if _, n, found := strings.Cut(field, ";"); found {
					take(n, 0)
				}
			}
		}
	}
	return left, reset
}

// first is the value of the first header that is there.
func first(h http.Header, names ...string) string {
	for _, name := range names {
		if v := h.Get(name); v != "" {
			return v
		}
	}
	return ""
}

// parameter is one of a structured field: r=50;t=30, or "default";r=50;t=30.
func parameter(field, name string) string {
	for part := range strings.SplitSeq(field, ";") {
		if v, found := strings.CutPrefix(strings.TrimSpace(part), name+"="); found {
			return v
		}
	}
	return ""
}

// seconds reads a time from now on, which some services write as one since 1970.
func seconds(text string, now time.Time) time.Duration {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	const since1970 = 1e9
	switch {
	case err != nil || !(n > 0): // what is no number too
		return 0
	case n >= since1970:
		return max(0, min(time.Unix(int64(n), 0).Sub(now), longestWait))
	default:
		return time.Duration(min(n, longestWait.Seconds()) * float64(time.Second))
	}
}

// span is the time until a calendar window of Kong's plugin ends. One of a day and more is
// none to wait for.
func span(name string, now time.Time) time.Duration {
	for word, length := range map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour} {
		if name == word {
			return min(now.Truncate(length).Add(length).Sub(now), longestWait)
		}
	}
	return 0
}
