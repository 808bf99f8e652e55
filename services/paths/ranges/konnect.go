package ranges

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// networks reads all networks of the organization, and which tenants they are peered with.
func (t *reading) networks(ctx context.Context) {
	const what = "the Konnect networks"
	list, err := ask(ctx, t, what, func(ctx context.Context) (konnect.List[model.Network], error) { return t.o.Konnect.Networks(ctx, nil) })
	if err != nil {
		t.gap(what, err)
		return
	}
	if n := len(list.Unread) + list.Nameless; n > 0 {
		t.missing(what, phrase.Count(n, "network")+" could not be read")
	}
	if !list.Complete {
		t.missing(what, "the list changed while it was read, and some may be missing")
	}
	on := t.providers(ctx)
	for i := range list.Items {
		n := &list.Items[i]
		t.add(ranges.OfNetwork(*n, on[n.ProviderAccountID]))
	}
	t.count(func(s *ranges.Seen) { s.Networks = len(list.Items) })
	t.peered(ctx, list.Items)
}

// providers tells which cloud each account is on. It only names owners, so that nothing is
// missing where it was not read.
func (t *reading) providers(ctx context.Context) map[safe.Text]model.Provider {
	out := map[safe.Text]model.Provider{}
	list, err := ask(ctx, t, "the provider accounts", t.o.Konnect.ProviderAccounts)
	if err != nil {
		return out
	}
	for _, a := range list.Items {
		out[a.ID] = a.Provider
	}
	return out
}

// peered learns the tenants of the VNETs that networks are peered with.
func (t *reading) peered(ctx context.Context, networks []model.Network) {
	var list []model.Network
	for i := range networks {
		if networks[i].PeeringCount != 0 && networks[i].State != model.NetworkTerminated {
			list = append(list, networks[i])
		}
	}
	_ = work.Each(ctx, width.Most, len(list), func(ctx context.Context, i int) error {
		got, err := ask(ctx, t, "the peerings", func(ctx context.Context) (konnect.List[model.Peering], error) {
			return t.o.Konnect.Peerings(ctx, list[i].ID)
		})
		if err != nil && ctx.Err() == nil {
			t.gap("the tenants that network "+list[i].Name.String()+" is peered with", err)
			return nil
		}
		for k := range got.Items {
			t.tenant(got.Items[k].VNet.TenantID)
		}
		return ctx.Err()
	})
}

// tenant keeps a tenant that is to be looked into.
func (t *reading) tenant(id safe.Text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !id.IsEmpty() && !slices.ContainsFunc(t.tenants, id.EqualFold) {
		t.tenants = append(t.tenants, id)
	}
}
