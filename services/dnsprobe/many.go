package dnsprobe

import (
	"context"
	"net/netip"
	"sync"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/services/work"
)

const (
	perServer     = 4  // questions in flight to one server
	serversAtOnce = 16 // servers asked at the same time
	// maxSilent is how often in a row a server may be silent before the rest of its
	// questions is left out: a thousand domains at five seconds each would take an
	// hour to say the same.
	maxSilent = 3
)

// ProbeAll asks every server of every mapping for every domain of it, each pair
// once, in the order of the mappings. A server that stays silent is not asked for
// the rest. The error is the end of ctx or a fault; the answers are then those that
// came, the others are skipped.
func (p *Prober) ProbeAll(ctx context.Context, mappings []model.DNSMapping) ([]model.ProbeAnswer, error) {
	var (
		answers []model.ProbeAnswer
		servers []safe.Text
		places  = map[safe.Text][]int{} // by server, of its answers
		seen    = map[[2]safe.Text]bool{}
	)
	for _, m := range mappings {
		for _, d := range m.Domains {
			for _, s := range m.Servers {
				if seen[[2]safe.Text{d, s}] {
					continue
				}
				seen[[2]safe.Text{d, s}] = true
				if places[s] == nil {
					servers = append(servers, s)
				}
				places[s] = append(places[s], len(answers))
				answers = append(answers, model.ProbeAnswer{Domain: d, Server: s, Outcome: model.ProbeSkipped, Reason: safe.New("the probe was stopped")})
			}
		}
	}
	err := work.Each(ctx, serversAtOnce, len(servers), func(ctx context.Context, i int) error {
		return p.probeServer(ctx, servers[i], places[servers[i]], answers)
	})
	return answers, err
}

// probeServer asks one server for the domains at the places of answers. Each place
// is written by one goroutine only.
func (p *Prober) probeServer(ctx context.Context, server safe.Text, places []int, answers []model.ProbeAnswer) error {
	address, err := netip.ParseAddr(server.Raw())
	if err != nil {
		for _, at := range places {
			answers[at].Outcome, answers[at].Reason = model.ProbeInvalid, safe.New("the server is no IP address")
		}
		return nil
	}
	var silence silence
	return work.Each(ctx, perServer, len(places), func(ctx context.Context, i int) error {
		at := places[i]
		if silence.long() {
			answers[at].Reason = safe.New("the server was silent before")
			return nil
		}
		answer := p.Probe(ctx, Query{Name: answers[at].Domain, Server: address.Unmap()})
		answer.Server = server
		answers[at] = answer
		silence.note(answer.Outcome)
		return ctx.Err()
	})
}

// silence counts how often in a row a server was silent.
type silence struct {
	mu sync.Mutex
	n  int
}

func (s *silence) note(o model.ProbeOutcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o == model.ProbeSilent {
		s.n++
		return
	}
	s.n = 0
}

func (s *silence) long() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n >= maxSilent
}
