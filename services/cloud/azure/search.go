package azure

import (
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// mostSearched bounds a search: in so many subscriptions it looks.
const mostSearched = 25

// Search lists the VNETs of the subscriptions that the account can read in a tenant, for
// one that is not where a peering says. It asks in a bounded number of subscriptions; one
// that cannot be read is named in the answer. It fails where the subscriptions cannot be
// listed.
func (c *Client) Search(ctx context.Context, tenant safe.Text) (model.VNetSearch, error) {
	list, err := c.Subscriptions(ctx, tenant)
	if err != nil {
		return model.VNetSearch{}, err
	}
	// Those that work come first; the order is else that of their names, so that a search
	// which is cut short is cut in the same place each time.
	slices.SortStableFunc(list, func(a, b model.Subscription) int {
		if x, y := works(a), works(b); x != y {
			if x {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name.Raw(), b.Name.Raw())
	})
	out := model.VNetSearch{Left: max(0, len(list)-mostSearched)}
	list = list[:len(list)-out.Left]
	vnets, failed := make([][]model.VNet, len(list)), make([]bool, len(list))
	err = work.Each(ctx, width.Most, len(list), func(ctx context.Context, i int) error {
		found, err := c.VNets(ctx, tenant, list[i].ID)
		vnets[i], failed[i] = found, err != nil
		return ctx.Err()
	})
	if err != nil {
		f := c.rest.Describe(err, tenant)
		f.Operation, f.Subject = "list VNETs of tenant", tenant
		return model.VNetSearch{}, f
	}
	for i, s := range list {
		if failed[i] {
			out.Unread = append(out.Unread, s.Name.Or(s.ID.Raw()))
			continue
		}
		out.Subscriptions++
		out.VNets = append(out.VNets, vnets[i]...)
	}
	return out, nil
}

func works(s model.Subscription) bool { return strings.EqualFold(s.State.Raw(), "Enabled") }
