package probe

import (
	"context"
	"net/netip"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/services/run/work"
)

const (
	serversAtOnce = 16 // servers asked at the same time
	domainsAtOnce = 4  // domains that one server is asked for at the same time
)

// lane is the work that one server has to do: the places of its results.
type lane struct {
	server  safe.Text
	address netip.Addr // not valid when the text is no address
	places  []int
}

// lanes gathers places by server, in the order of their first places.
type lanes struct {
	list []lane
	at   map[safe.Text]int
}

func (l *lanes) add(server safe.Text, place int) {
	if l.at == nil {
		l.at = map[safe.Text]int{}
	}
	i, there := l.at[server]
	if !there {
		i = len(l.list)
		l.at[server] = i
		address, err := netip.ParseAddr(server.Raw())
		if err != nil {
			address = netip.Addr{}
		}
		l.list = append(l.list, lane{server: server, address: address.Unmap()})
	}
	l.list[i].places = append(l.list[i].places, place)
}

// each calls do for every place, many servers and some places of each at a time. What
// one server has to do goes on while another one is slow.
func (l *lanes) each(ctx context.Context, servers, places int, do func(ctx context.Context, s *server, place int) error) error {
	return work.Each(ctx, servers, len(l.list), func(ctx context.Context, i int) error {
		line := l.list[i]
		s := newServer(line.server, line.address)
		return work.Each(ctx, places, len(line.places), func(ctx context.Context, j int) error {
			return do(ctx, s, line.places[j])
		})
	})
}

// ProbeAll asks every server of every mapping for every domain of it, each pair
// once, in the order of the mappings. A server that stays silent is not asked for
// the rest. The error is the end of ctx or a fault; the answers are then those that
// came, the others are skipped.
func (p *Prober) ProbeAll(ctx context.Context, mappings []model.DNSMapping) ([]model.ProbeAnswer, error) {
	var (
		answers []model.ProbeAnswer
		todo    lanes
		seen    = map[[2]safe.Text]bool{}
	)
	for _, m := range mappings {
		for _, d := range m.Domains {
			for _, s := range m.Servers {
				if seen[[2]safe.Text{d, s}] {
					continue
				}
				seen[[2]safe.Text{d, s}] = true
				todo.add(s, len(answers))
				answers = append(answers, model.ProbeAnswer{Domain: d, Server: s, Outcome: model.ProbeSkipped, Reason: safe.New(stopped)})
			}
		}
	}
	// Each place is written by one goroutine only.
	err := todo.each(ctx, serversAtOnce, domainsAtOnce, func(ctx context.Context, s *server, place int) error {
		if !s.address.IsValid() {
			answers[place].Outcome, answers[place].Reason = model.ProbeInvalid, safe.New("the server is no IP address")
			return nil
		}
		answers[place] = p.probe(ctx, s, answers[place].Domain)
		return ctx.Err()
	})
	return answers, err
}
