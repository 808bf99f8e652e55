package ranges

import (
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// place is a subscription, and the tenant that it was seen through.
type place struct {
	tenant safe.Text
	model.Subscription
}

func (p place) name() safe.Text { return p.Name.Or(p.ID.Raw()) }

// azure reads the VNETs and hubs of every subscription that the account sees.
func (t *reading) azure(ctx context.Context) {
	for _, tenant := range t.o.Tenants {
		t.tenant(tenant)
	}
	places := t.places(ctx)
	// Two questions for each: a refusal of the one says nothing of the other.
	_ = work.Each(ctx, width.Most, 2*len(places), func(ctx context.Context, i int) error {
		if p := places[i/2]; i%2 == 0 {
			t.vnets(ctx, p)
		} else {
			t.hubs(ctx, p)
		}
		return ctx.Err()
	})
}

// places lists the subscriptions of all tenants, each once. The account's own tenant is
// asked last, by no name: it may hold what no peering leads to.
func (t *reading) places(ctx context.Context) []place {
	tenants := append(slices.SortedFunc(slices.Values(t.tenants), safe.Text.Compare), safe.Text{})
	found := make([][]model.Subscription, len(tenants))
	_ = work.Each(ctx, width.Most, len(tenants), func(ctx context.Context, i int) error {
		what := "the subscriptions of tenant " + tenants[i].String()
		if tenants[i].IsEmpty() {
			what = "the subscriptions of the account's own tenant"
		}
		list, err := ask(ctx, t, "the subscriptions", func(ctx context.Context) ([]model.Subscription, error) {
			return t.o.Azure.Subscriptions(ctx, tenants[i])
		})
		switch found[i] = list; {
		case ctx.Err() != nil:
		case err != nil:
			t.gap(what, err)
		case len(list) == 0: // Azure leaves out those that the account has no role in
			t.missing(what, "the account sees none there")
		}
		return ctx.Err()
	})
	seen, of := map[string]bool{}, map[string]bool{}
	var out []place
	for i, list := range found {
		for _, s := range list {
			of[strings.ToLower(s.TenantID.Raw())] = true
			if key := strings.ToLower(s.ID.Raw()); !seen[key] {
				seen[key] = true
				out = append(out, place{tenant: tenants[i], Subscription: s})
			}
		}
	}
	if len(out) > 0 {
		t.count(func(s *ranges.Seen) { s.Tenants = len(of) })
	}
	return out
}

func (t *reading) vnets(ctx context.Context, p place) {
	list, err := ask(ctx, t, "the VNETs", func(ctx context.Context) ([]model.VNet, error) { return t.o.Azure.VNets(ctx, p.tenant, p.ID) })
	if err != nil {
		if ctx.Err() == nil {
			t.gap("the VNETs of subscription "+p.name().String(), err)
		}
		return
	}
	for i := range list {
		t.add(ranges.OfVNet(list[i], p.name()))
	}
	t.count(func(s *ranges.Seen) { s.VNets += len(list); s.Subscriptions++ })
}

func (t *reading) hubs(ctx context.Context, p place) {
	list, err := ask(ctx, t, "the virtual hubs", func(ctx context.Context) ([]model.VirtualHub, error) { return t.o.Azure.Hubs(ctx, p.tenant, p.ID) })
	if err != nil {
		if ctx.Err() == nil {
			t.gap("the virtual hubs of subscription "+p.name().String(), err)
		}
		return
	}
	for _, h := range list {
		if !h.Prefix.Text.IsEmpty() { // one that is only for ExpressRoute's sake may have none
			t.add(ranges.OfHub(h.Name, p.name(), h.Prefix))
		}
	}
	t.count(func(s *ranges.Seen) { s.Hubs += len(list) })
}
