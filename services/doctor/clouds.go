package doctor

import (
	"context"
	"strings"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// konnect asks for the organization, the person and the networks at the same time, then
// for what hangs on them.
func (l *look) konnect() {
	k := l.o.Konnect
	l.peerings, l.private = newMemo(l.peeringsOf), newMemo(k.PrivateDNS)
	if len(l.o.Known) > 0 {
		l.group.Go("asking ahead for peerings", func(ctx context.Context) { l.peerings.ahead(ctx, l.o.Known) })
		l.group.Go("asking ahead for private DNS", func(ctx context.Context) { l.private.ahead(ctx, l.o.Known) })
	}
	var (
		once   sync.Mutex
		facts  = doctor.KonnectFacts{Source: l.o.Source}
		halves = 2
	)
	// Organization and person make one check, when both are there.
	half := func(take func()) []doctor.Check {
		once.Lock()
		defer once.Unlock()
		take()
		if halves--; halves > 0 {
			return nil
		}
		return []doctor.Check{doctor.Token(facts)}
	}
	l.ask(rankToken, doctor.Konnect, "token", func(ctx context.Context) []doctor.Check {
		o, err := k.Organization(ctx)
		return half(func() { facts.Organization, facts.Failure = o, failure(err) })
	})
	l.ask(rankToken, doctor.Konnect, "user", func(ctx context.Context) []doctor.Check {
		u, err := k.User(ctx)
		checks := half(func() { facts.User = u })
		if err == nil {
			l.roles(u)
		}
		return checks
	})
	l.ask(rankNetworks, doctor.Konnect, "networks", func(ctx context.Context) []doctor.Check {
		list, err := k.Networks(ctx)
		if err == nil {
			l.networks(list)
		}
		return []doctor.Check{doctor.Gateways(doctor.Networks(), len(list), failure(err))}
	})
}

func (l *look) roles(u model.User) {
	if u.ID.IsEmpty() {
		l.add(rankRoles, doctor.Roles(u, nil, nil))
		return
	}
	l.ask(rankRoles, doctor.Konnect, "role", func(ctx context.Context) []doctor.Check {
		list, err := l.o.Konnect.Roles(ctx, u.ID)
		return []doctor.Check{doctor.Roles(u, list, failure(err))}
	})
}

// networks asks for the peerings and the private DNS of all networks that may have any.
func (l *look) networks(list []model.Network) {
	var alive []model.Network
	for _, n := range list {
		if n.State != model.NetworkTerminated {
			alive = append(alive, n)
		}
	}
	if len(alive) == 0 {
		return
	}
	l.ask(rankPeerings, doctor.Konnect, "peerings", func(ctx context.Context) []doctor.Check {
		return []doctor.Check{gathered(ctx, doctor.Peerings(), alive, l.peerings.of)}
	})
	l.ask(rankPrivateDNS, doctor.Konnect, "private DNS", func(ctx context.Context) []doctor.Check {
		return []doctor.Check{gathered(ctx, doctor.PrivateDNSes(), alive, l.private.of)}
	})
}

// peeringsOf counts the peerings of a network and asks what may be done on their VNETs.
func (l *look) peeringsOf(ctx context.Context, network safe.Text) (int, error) {
	list, err := l.o.Konnect.Peerings(ctx, network)
	for _, p := range list {
		l.vnet(p.VNet)
	}
	return len(list), err
}

// gathered counts something over all networks; the first failure stands for all.
func gathered(ctx context.Context, what doctor.Thing, networks []model.Network, read func(ctx context.Context, network safe.Text) (int, error)) doctor.Check {
	var mu sync.Mutex
	count := 0
	var first error
	_ = work.Each(ctx, width.Most, len(networks), func(ctx context.Context, i int) error {
		n, err := read(ctx, networks[i].ID)
		mu.Lock()
		defer mu.Unlock()
		count += n
		if first == nil {
			first = err
		}
		return nil // the others are asked all the same
	})
	return doctor.Gateways(what, count, failure(first))
}

// vnet asks what may be done on a VNET, and for its tenant.
func (l *look) vnet(ref model.VNetRef) {
	if l.o.Azure == nil || ref.TenantID.IsEmpty() || ref.Name.IsEmpty() {
		return
	}
	l.tenant(ref.TenantID)
	if !l.first(strings.ToLower("vnet " + ref.ID().Raw())) {
		return
	}
	l.ask(rankVNet, doctor.Azure, "VNET "+ref.Name.String(), func(ctx context.Context) []doctor.Check {
		facts := doctor.VNetFacts{Ref: ref}
		var rights []setup.Checked
		_ = work.Each(ctx, 2, 2, func(ctx context.Context, i int) error {
			if i == 0 {
				_, err := l.o.Azure.VNet(ctx, ref)
				facts.Failure = failure(err)
				return nil
			}
			rights = l.rights(ctx, ref)
			return nil
		})
		facts.Rights = rights
		return []doctor.Check{doctor.VNet(facts)}
	})
}

// rights are what a set-up would need on the VNET itself. What it needs of the whole
// subscription is asked there once.
func (l *look) rights(ctx context.Context, ref model.VNetRef) []setup.Checked {
	subscription := safe.New("/subscriptions/" + ref.SubscriptionID.Raw())
	sets, err := l.o.Azure.Permissions(ctx, ref.TenantID, ref.ID())
	var out []setup.Checked
	for _, r := range setup.RightsFor(ref, subscription) {
		// A role's permissions hold on everything below: what is had at the VNET for the
		// subscription's sake shows there too.
		out = append(out, r.Judge(sets, failure(err)))
	}
	return out
}

// tenant asks for the sign-in to a tenant by using it: for its subscriptions and for its
// applications.
func (l *look) tenant(tenant safe.Text) {
	if l.o.Azure == nil || !l.first(strings.ToLower("tenant "+tenant.Raw())) {
		return
	}
	l.askIn(rankTenant, 0, doctor.Azure, "tenant "+tenant.String(), func(ctx context.Context) []doctor.Check {
		list, err := l.o.Azure.Subscriptions(ctx, tenant)
		return l.signedIn(tenant, model.WriteARM, failure(err), func(f *model.Failure) doctor.Check { return doctor.Subscriptions(tenant, list, f) })
	})
	l.askIn(rankTenant, 2, doctor.Azure, "directory of "+tenant.String(), func(ctx context.Context) []doctor.Check {
		found, err := l.o.Azure.Application(ctx, tenant)
		return l.signedIn(tenant, model.WriteGraph, failure(err), func(f *model.Failure) doctor.Check { return doctor.Directory(tenant, found, f) })
	})
}

// signedIn tells of the sign-in to a service, and of what it answered where it was asked.
func (l *look) signedIn(tenant safe.Text, service model.WriteService, f *model.Failure, answered func(*model.Failure) doctor.Check) []doctor.Check {
	for _, i := range l.o.Azure.Identities() {
		if i.Service != service || !i.Tenant.EqualFold(tenant) {
			continue
		}
		signIn := doctor.SignIn(i, l.o.Now())
		if i.Failure != nil {
			return []doctor.Check{signIn} // the service was never asked
		}
		return []doctor.Check{signIn, answered(f)}
	}
	return []doctor.Check{answered(f)}
}

func failure(err error) *model.Failure {
	if f, failed := model.AsFailure(err); failed {
		return &f
	}
	return nil
}
