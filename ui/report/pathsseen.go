package report

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// PathSeen is what the data planes saw of a service's requests lately.
type PathSeen struct {
	Reaches    string      `json:"reaches"`    // whether the newest got an answer of the upstream: yes, no, not known
	Answered   int         `json:"answered"`   // by the upstream
	Unanswered int         `json:"unanswered"` // the gateway said 502, 503 or 504 itself
	Own        int         `json:"own"`        // answered by the gateway for another reason
	MedianMS   *int        `json:"median_ms"`  // of the upstream; null where none is told
	Nodes      []safe.Text `json:"nodes"`
	Text       string      `json:"text"`
}

func pathSeen(e paths.Evidence, now time.Time) PathSeen {
	out := PathSeen{
		Reaches: map[model.Ternary]string{model.Yes: "yes", model.No: "no"}[e.Reaches], Answered: e.Answered, Unanswered: e.Unanswered, Own: e.Own,
		Nodes: append([]safe.Text{}, e.Nodes...), Text: safe.Clean(e.Words(now)),
	}
	if out.Reaches == "" {
		out.Reaches = "not known"
	}
	if e.MedianMS >= 0 && e.Answered > 0 {
		out.MedianMS = &e.MedianMS
	}
	return out
}
