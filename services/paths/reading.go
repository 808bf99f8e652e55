package paths

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// reading is a reading under way. Several parts fill it at the same time.
type reading struct {
	*Reader

	wanted []paths.Destination

	mu     sync.Mutex
	now    paths.View
	groups [][]gateway.Plane // of each control plane that configurations name, as it was read
	left   int               // control planes that are being read
	vnets  int               // the same of VNETs
}

// change changes the view and sends it. The value that was handed out keeps its own lists.
func (r *reading) change(how func(*paths.View)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now.Planes, r.now.VNets = slices.Clone(r.now.Planes), slices.Clone(r.now.VNets)
	how(&r.now)
	r.now = r.now.Judged()
	r.views.Put(r.now)
}

func (r *reading) run(ctx context.Context) {
	n, others, err := find(r.o.Snapshot(), r.now.Of)
	if err != nil {
		f, _ := model.AsFailure(err)
		r.end(paths.Failed, &f)
		return
	}
	r.change(func(v *paths.View) {
		v.Facts = paths.Facts{At: r.o.Time.Now(), Cloud: r.o.Cloud, Network: n, Others: others, PlanesRead: n.ReferencesRead, Wanted: r.wanted}
		v.Planes = planesOf(n)
		v.Doing = r.doing()
	})
	r.planes(ctx)
	r.names(ctx)
	r.azure(ctx)
	r.over(ctx, nil)
}

// over ends the reading as its context says.
func (r *reading) over(ctx context.Context, f *model.Failure) {
	switch {
	case ctx.Err() == nil:
		r.end(paths.Done, f)
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		r.end(paths.Cut, f)
	default:
		r.end(paths.Cancelled, f)
	}
}

// planes reads what the control planes tell their data planes.
func (r *reading) planes(ctx context.Context) {
	if r.o.Konnect == nil {
		return
	}
	named := r.now.Planes
	r.left = len(named)
	for _, p := range named {
		r.groups = append(r.groups, []gateway.Plane{p})
	}
	_ = work.Each(ctx, width.Most, len(named), func(ctx context.Context, i int) error {
		read := r.o.Konnect.Planes(ctx, named[i].ControlPlane)
		r.change(func(v *paths.View) {
			r.left--
			r.groups[i] = read
			v.Planes, v.Doing = slices.Concat(r.groups...), r.doing()
		})
		return nil
	})
}

// names asks the mapped DNS servers for the names that requests go to.
func (r *reading) names(ctx context.Context) {
	names := r.now.Names()
	if r.o.Names == nil || len(names) == 0 {
		return
	}
	r.change(func(v *paths.View) { v.Doing = "asking the DNS servers for " + phrase.Count(len(names), "name") })
	// What could not be asked has no answer, and says so.
	said, err := r.o.Names.Names(ctx, r.now.Network.ID, names, "")
	r.change(func(v *paths.View) {
		v.Answers = said
		if f, failed := model.AsFailure(err); failed && ctx.Err() == nil {
			v.Failure = &f
		}
	})
}

// azure reads what surrounds the addresses that requests go to, VNET by VNET.
func (r *reading) azure(ctx context.Context) {
	if r.o.Azure == nil {
		return
	}
	asks := r.now.Asks()
	r.vnets = len(asks)
	r.change(func(v *paths.View) { v.Doing = r.doing() })
	_ = work.Each(ctx, width.Most, len(asks), func(ctx context.Context, i int) error {
		read := r.o.Azure.Read(ctx, asks[i].Ref, asks[i].Addresses, r.waiter())
		r.change(func(v *paths.View) {
			r.vnets--
			for _, peering := range asks[i].Peerings {
				v.VNets = append(v.VNets, paths.VNet{Peering: peering, Ref: asks[i].Ref, Net: read})
			}
			v.Wait, v.Doing = nil, r.doing()
		})
		return nil
	})
}

// doing says how far the reading is. The lock is held, or nobody else is there yet.
func (r *reading) doing() string {
	switch {
	case r.left > 0:
		return "reading " + phrase.Count(r.left, "control plane")
	case r.vnets > 0:
		return "reading what lies around the services in " + phrase.Count(r.vnets, "VNET")
	default:
		return "reading"
	}
}

func (r *reading) end(how paths.State, f *model.Failure) {
	defer func() {
		if r.o.Results != nil && len(r.wanted) == 0 && how == paths.Done {
			r.o.Results.keep(r.now)
			if r.o.Kept != nil {
				r.o.Kept()
			}
		}
	}()
	r.change(func(v *paths.View) {
		v.State, v.Doing, v.Wait, v.Failure, v.Ended = how, "", nil, f, r.o.Time.Now()
	})
}

// waiter shows on the view that something is waited for.
func (r *reading) waiter() attempt.Waiter {
	clock := r.o.Time.Clock()
	return attempt.Waiter{Clock: clock, Hold: func(ctx context.Context, w model.Wait) error {
		r.change(func(v *paths.View) { v.Wait = &w })
		return attempt.Pause(ctx, clock, w.Until.Sub(clock.Now()))
	}}
}

// planesOf are the control planes that the network's configurations name, each once, not
// read yet.
func planesOf(n *model.NetworkStatus) []gateway.Plane {
	var out []gateway.Plane
	seen := map[safe.Text]bool{}
	for _, ref := range n.References {
		if seen[ref.ControlPlaneID] || ref.ControlPlaneID.IsEmpty() {
			continue
		}
		seen[ref.ControlPlaneID] = true
		p := gateway.Plane{ControlPlane: model.ControlPlane{ID: ref.ControlPlaneID, Geo: ref.Geo}}
		for _, known := range n.ControlPlanes {
			if known.ID == p.ID {
				p.ControlPlane = known
			}
		}
		out = append(out, p)
	}
	return out
}

// find finds a network by its id, or by its name where only one has it.
func find(s model.Snapshot, id safe.Text) (of *model.NetworkStatus, others []*model.NetworkStatus, err error) {
	of, err = s.Find(id)
	if err != nil {
		return nil, nil, err
	}
	return of, slices.DeleteFunc(slices.Clone(s.Networks), func(n *model.NetworkStatus) bool { return n == of }), nil
}
