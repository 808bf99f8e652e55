package probe

import (
	"context"
	"net/netip"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/work"
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
