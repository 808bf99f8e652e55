package paths

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Evidence is what the data planes saw of the requests of one service: from the only place
// that cannot be asked from here. It joins Konnect's record of API requests to a service by
// its id, and so to its host.
type Evidence struct {
	Answered   int // by the upstream, whatever it answered
	Unanswered int // the gateway itself said 502, 503 or 504, and no upstream had a word
	Own        int // the gateway answered for another reason, such as a plugin
	// LastAnswered and LastUnanswered are when the newest of each was; zero for none, or
	// where Konnect gave no time.
	LastAnswered, LastUnanswered time.Time
	Statuses                     []int       // with which the gateway told that there was no answer, each once
	MedianMS                     int         // of the upstream's latency; -1 where none is told
	Nodes                        []safe.Text // data planes that served them, each once
	Span                         time.Duration
	More                         bool // there were more requests than were read, so there may be older ones
	// Reaches is whether the newest request got an answer of the upstream. It is unstated
	// where there was none, where nobody may read the record, and where the two are as new.
	Reaches model.Ternary
	// Unknown says why nothing is known; empty where something is.
	Unknown string
}

// The statuses with which a gateway says that it got no answer from an upstream. Source: RFC
// 9110, sections 15.6.3 to 15.6.5; a gateway says 503 where it has no address to try.
const (
	statusBadGateway  = 502
	statusUnavailable = 503
	statusGatewayTime = 504
)

const recordUnread = "Konnect's record of API requests was not read"

// EvidenceOf is what the data planes of a control plane saw of its services, by their ids.
func EvidenceOf(p gateway.Plane) map[safe.Text]Evidence {
	out := make(map[safe.Text]Evidence, len(p.Services))
	latencies := map[safe.Text][]int{}
	if p.Seen.Read.Read() {
		for _, r := range p.Seen.Requests {
			if r.ServiceID.IsEmpty() {
				continue
			}
			e := out[r.ServiceID].with(r)
			out[r.ServiceID] = e
			if r.Upstream != 0 && r.UpstreamMS >= 0 {
				latencies[r.ServiceID] = append(latencies[r.ServiceID], r.UpstreamMS)
			}
		}
	}
	for _, s := range p.Services {
		if s.ID.IsEmpty() {
			continue
		}
		e := out[s.ID]
		e.Span, e.More, e.MedianMS = p.Seen.Span, p.Seen.More, median(latencies[s.ID])
		switch {
		case p.Seen.Read.Failure != nil && e.total() == 0:
			e.Unknown = p.Seen.Read.Failure.Cause.String()
		case !p.Seen.Read.Read():
			e.Unknown = recordUnread
		case e.total() == 0:
			e.Unknown = "no request in the last " + phrase.Exact(p.Seen.Span)
		}
		out[s.ID] = e.concluded()
	}
	return out
}

// with takes in one more request.
func (e Evidence) with(r gateway.Request) Evidence {
	if !r.Node.IsEmpty() && !slices.Contains(e.Nodes, r.Node) {
		e.Nodes = append(e.Nodes, r.Node)
	}
	switch {
	case r.Upstream != 0:
		e.Answered++
		e.LastAnswered = newest(e.LastAnswered, r.At)
	case r.Status == statusBadGateway || r.Status == statusUnavailable || r.Status == statusGatewayTime:
		e.Unanswered++
		e.LastUnanswered = newest(e.LastUnanswered, r.At)
		if !slices.Contains(e.Statuses, r.Status) {
			e.Statuses = append(e.Statuses, r.Status)
		}
	default:
		e.Own++
	}
	return e
}

func (e Evidence) total() int { return e.Answered + e.Unanswered + e.Own }

// concluded says whether the upstream is reached, by the newest that was seen.
func (e Evidence) concluded() Evidence {
	switch {
	case e.Answered > 0 && (e.Unanswered == 0 || e.LastAnswered.After(e.LastUnanswered)):
		e.Reaches = model.Yes
	case e.Unanswered > 0 && (e.Answered == 0 || e.LastUnanswered.After(e.LastAnswered)):
		e.Reaches = model.No
	default:
		e.Reaches = model.Unstated
	}
	return e
}

func newest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func median(list []int) int {
	if len(list) == 0 {
		return -1
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// Words tell what the data planes saw, in one line. Now is the time by which it is so old.
func (e Evidence) Words(now time.Time) string {
	switch {
	case e.Unknown != "":
		return "cannot tell: " + e.Unknown
	case e.total() == 0:
		return "cannot tell: " + recordUnread
	}
	text := fmt.Sprintf("%s of %s in the last %s got an answer of the upstream", phrase.Count(e.Answered, "request"), many(e.total(), e.More), phrase.Exact(e.Span))
	if e.MedianMS >= 0 && e.Answered > 0 {
		text += fmt.Sprintf(", half of them within %d ms", e.MedianMS)
	}
	if !e.LastAnswered.IsZero() {
		text += ", the newest " + phrase.Age(e.LastAnswered, now)
	}
	if e.Unanswered > 0 {
		text += fmt.Sprintf("; %d got none (%s)", e.Unanswered, phrase.And(numbers(e.Statuses)))
		if !e.LastUnanswered.IsZero() {
			text += ", the newest " + phrase.Age(e.LastUnanswered, now)
		}
	}
	return text
}

func many(n int, more bool) string {
	if more {
		return fmt.Sprintf("the %d newest", n)
	}
	return strconv.Itoa(n)
}

func numbers(list []int) []string {
	list = slices.Sorted(slices.Values(list))
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}
