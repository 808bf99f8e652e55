package setup

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// pick opens the list for the selected field.
func (s *Screen) pick() tea.Cmd {
	var list dialog.List
	switch s.form.row().field {
	case setup.FieldNetwork:
		list = s.networkList()
	case setup.FieldTenant:
		list = s.tenantList()
	case setup.FieldSubscription:
		list = s.subscriptionList()
	case setup.FieldGroup, setup.FieldVNet:
		if s.form.texts[setup.FieldSubscription].IsEmpty() {
			return screen.Say(screen.Toast{Text: "Give the subscription first: its VNETs are what can be picked here. e types the value."})
		}
		list = s.vnetList()
	case setup.FieldPeering, setup.FieldRole, setup.FieldApp, setup.FieldDNSMode, setup.FieldMappings:
		return nil
	default:
		return nil
	}
	d, load := dialog.NewPick(s.ctx, s.th, list)
	return screen.Say(screen.Show{Dialog: d, Then: load})
}

// put gives fields values that were picked, and goes on to the next one.
func (s *Screen) put(values map[setup.Field]safe.Text) {
	s.form.remember()
	s.form.said = ""
	for field, value := range values {
		if !value.IsEmpty() {
			s.form.set(field, value)
		}
	}
	s.failure = nil
	s.form.move(1)
	s.check()
}

func at(items []dialog.Item) func(context.Context) ([]dialog.Item, error) {
	return func(context.Context) ([]dialog.Item, error) { return items, nil }
}

// networkList are the Azure networks of the organization.
func (s *Screen) networkList() dialog.List {
	var items []dialog.Item
	for _, n := range s.snapshot.Networks {
		if n.Provider != model.ProviderAzure {
			continue
		}
		known := networkNote(n)
		name := n.Name
		if s.network(name) != n { // two of one name, or none: the id tells which
			name = n.ID
		}
		items = append(items, dialog.Item{
			Marked: true, Severity: known.severity, Name: n.Name.Or("(no name)").String(), Note: known.text + " · " + n.Region.String(), More: n.ID.String(),
			Then: func() tea.Cmd {
				s.put(map[setup.Field]safe.Text{setup.FieldNetwork: name})
				return s.onward(setup.FieldSubscription)
			},
		})
	}
	empty := "This organization has no network on Azure. Create one in Konnect at cloud.konghq.com/global/networks; it is here within a minute."
	if !s.snapshot.Progress.ListedAll {
		empty = "The networks are still being read; r looks again."
	}
	return dialog.List{Title: "Networks on Azure", Empty: empty, Load: at(items), Anew: s.networkList}
}

// subscriptionList are the subscriptions that the account sees.
func (s *Screen) subscriptionList() dialog.List {
	tenant := s.form.texts[setup.FieldTenant]
	return dialog.List{
		Title: "Subscriptions", Tenant: tenant,
		Empty: "This account sees no subscription of the tenant. Give it the role Reader on the subscription, or sign in with another account.",
		Load: func(ctx context.Context) ([]dialog.Item, error) {
			list, err := s.service.Subscriptions(ctx, tenant)
			var items []dialog.Item
			for _, sub := range list {
				note := sub.ID.String()
				if state := sub.State.String(); state != "" && state != "Enabled" {
					note += "  " + state
				}
				items = append(items, dialog.Item{Name: sub.Name.Or("(no name)").String(), Note: note, More: "tenant " + sub.TenantID.String(), Then: func() tea.Cmd {
					s.sees(list)
					s.putSubscription(sub)
					return s.onward(setup.FieldVNet)
				}})
			}
			return items, err
		},
	}
}

// vnetList are the VNETs of the subscription. One pick gives the resource group and
// the name, and the peering a name when it has none.
func (s *Screen) vnetList() dialog.List {
	tenant, subscription := s.form.texts[setup.FieldTenant], s.form.texts[setup.FieldSubscription]
	return dialog.List{
		Title: "VNETs", Tenant: tenant,
		Empty: "This account sees no VNET in the subscription. Check the subscription, or have the role Reader given to the account.",
		Load: func(ctx context.Context) ([]dialog.Item, error) {
			list, err := s.service.VNets(ctx, tenant, subscription)
			list = slices.Clone(list)
			slices.SortStableFunc(list, func(a, b model.VNet) int { return a.Name.Compare(b.Name) })
			var items []dialog.Item
			for _, v := range list {
				ref := segments(v.ID)
				severity, verdict := s.verdictOn(v, ref)
				items = append(items, dialog.Item{
					Marked: true, Severity: severity,
					Name: v.Name.String(), Note: verdict + phrase.List(v.AddressPrefixes) + " · " + v.Location.String(), More: "resource group " + ref.ResourceGroup.String(),
					Do: func() { s.putVNet(v, ref) },
				})
			}
			return items, err
		},
	}
}

// onward opens the list of a field that is still empty: what was picked leads to it, and one
// who picks goes on picking. Esc leaves the list, and nothing is lost.
func (s *Screen) onward(field setup.Field) tea.Cmd {
	if f := &s.form; f.texts[field].IsEmpty() {
		f.choose(field)
		return s.pick()
	}
	return nil
}

// verdictOn says what stands in the way of a peering of the form's network with a VNET, as far
// as the list tells, in front of what the VNET is; it is empty for nothing.
func (s *Screen) verdictOn(v model.VNet, ref model.VNetRef) (model.Severity, string) {
	n := s.network(s.form.texts[setup.FieldNetwork])
	if n == nil {
		return model.SeverityUnknown, ""
	}
	for i := range n.Peerings {
		if p := &n.Peerings[i]; p.VNet.ID().EqualFold(ref.ID()) && p.State != model.PeeringTerminated {
			return model.SeverityAttention, "already peered, as " + p.Name.String() + " · "
		}
	}
	if o := model.FindOverlaps(n.Network, v, safe.Text{}); len(o) > 0 {
		return model.SeverityBroken, "overlaps " + o[0].Network.String() + " · "
	}
	return model.SeverityOK, ""
}

// putSubscription fills in a subscription with its tenant: no other one can be right.
func (s *Screen) putSubscription(sub model.Subscription) {
	before := s.form.texts[setup.FieldTenant]
	s.put(map[setup.Field]safe.Text{setup.FieldSubscription: sub.ID, setup.FieldTenant: sub.TenantID})
	if !before.IsEmpty() && !sub.TenantID.IsEmpty() && !before.EqualFold(sub.TenantID) {
		s.form.say("The tenant is now that of " + sub.Name.Or(sub.ID.String()).String() + "; u brings the other one back.")
	}
}

func (s *Screen) putVNet(v model.VNet, ref model.VNetRef) {
	f := &s.form
	values := map[setup.Field]safe.Text{setup.FieldGroup: ref.ResourceGroup, setup.FieldVNet: v.Name}
	if f.texts[setup.FieldPeering].IsEmpty() {
		values[setup.FieldPeering] = v.Name
	}
	f.hub = false
	f.choose(setup.FieldVNet)
	f.vnet = &v
	s.put(values)
}
