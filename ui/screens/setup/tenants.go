package setup

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
)

// patience is how long the list of tenants waits for Azure: what is known without
// it is worth a list by itself.
const patience = 8 * time.Second

// tenants gathers tenants in the order in which they become known, and what tells
// them apart.
type tenants struct {
	order []safe.Text
	holds map[string][]string // names of what is in each, by its id in lower case
	who   map[string]string   // who is signed in, or why nobody is
}

func newTenants() *tenants { return &tenants{holds: map[string][]string{}, who: map[string]string{}} }

// add takes a tenant and, if not empty, the name of something in it.
func (t *tenants) add(id safe.Text, holds string) {
	if id.IsEmpty() {
		return
	}
	if !slices.ContainsFunc(t.order, id.EqualFold) {
		t.order = append(t.order, id)
	}
	key := strings.ToLower(id.String())
	if holds != "" && !slices.Contains(t.holds[key], holds) {
		t.holds[key] = append(t.holds[key], holds)
	}
}

// note tells what a tenant holds, and who is signed in to it.
func (t *tenants) note(id safe.Text) string {
	const most = 3
	key := strings.ToLower(id.String())
	holds := t.holds[key]
	text := strings.Join(holds[:min(len(holds), most)], ", ")
	if len(holds) > most {
		text += ", …"
	}
	return strings.Trim(text+" · "+t.who[key], " ·")
}

// tenantList are the tenants that peerings name, that somebody is signed in to, and
// that hold a subscription which the account sees.
func (s *Screen) tenantList() dialog.List {
	known := newTenants()
	for _, t := range s.snapshot.Tenants {
		known.add(t.ID, "")
		text := t.Account.String()
		if t.Failure != nil {
			text = t.Failure.Cause.String()
		}
		known.who[strings.ToLower(t.ID.String())] = text
	}
	for _, sub := range s.form.seen {
		known.add(sub.TenantID, sub.Name.String())
	}
	for _, n := range s.snapshot.Networks {
		for i := range n.Peerings {
			known.add(n.Peerings[i].VNet.TenantID, n.Peerings[i].VNet.Name.String())
		}
	}
	load := func(ctx context.Context) ([]dialog.Item, error) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		subscriptions, err := s.service.Subscriptions(ctx, safe.Text{})
		all := newTenants()
		for _, sub := range subscriptions {
			all.add(sub.TenantID, sub.Name.String())
		}
		for _, id := range known.order {
			all.add(id, "")
			for _, name := range known.holds[strings.ToLower(id.String())] {
				all.add(id, name)
			}
		}
		all.who = known.who
		var items []dialog.Item
		for _, id := range all.order {
			items = append(items, dialog.Item{Name: id.String(), Note: all.note(id), More: strings.Join(all.holds[strings.ToLower(id.String())], ", "), Do: func() {
				s.sees(subscriptions)
				s.put(map[setup.Field]safe.Text{setup.FieldTenant: id})
			}})
		}
		if len(items) > 0 {
			return items, nil // what Azure did not tell can be typed
		}
		return nil, err
	}
	return dialog.List{Title: "Azure tenants", Empty: "No tenant is known yet: no peering names one. az account show --query tenantId prints the one in use.", Load: load}
}

// sees keeps what a list has told of subscriptions: their names and their tenants.
func (s *Screen) sees(list []model.Subscription) {
	for _, sub := range list {
		s.form.seen[strings.ToLower(sub.ID.String())] = sub
	}
}

// tenantOf is the tenant that a subscription belongs to, empty where that is not
// known. A list of Azure's tells it, and a VNET that was read through both ids.
func (s *Screen) tenantOf(subscription safe.Text) safe.Text {
	if sub := s.form.seen[strings.ToLower(subscription.String())]; !sub.TenantID.IsEmpty() {
		return sub.TenantID
	}
	for _, n := range s.snapshot.Networks {
		for i := range n.Peerings {
			if p := &n.Peerings[i]; p.Azure.Status == model.HalfPresent && p.VNet.SubscriptionID.EqualFold(subscription) {
				return p.VNet.TenantID
			}
		}
	}
	return safe.Text{}
}

// checkTenant compares the tenant with that of the subscription.
func (s *Screen) checkTenant(r setup.Request) {
	home := s.tenantOf(r.VNet.SubscriptionID)
	if home.IsEmpty() || !model.IsGUID(r.VNet.TenantID.String()) || home.EqualFold(r.VNet.TenantID) {
		return
	}
	what := "the subscription"
	if name := s.form.seen[strings.ToLower(r.VNet.SubscriptionID.String())].Name; !name.IsEmpty() {
		what += " " + name.String()
	}
	s.form.problems = append(s.form.problems, setup.Problem{
		Field: setup.FieldTenant, Index: -1, Severity: dnstable.Error,
		Text: what + " belongs to the tenant " + home.String() + "; enter picks that one, or give another subscription",
	})
}
