package paths

import (
	"context"
	"errors"
	"slices"
	"sync"

	"peerdeck/model"
	"peerdeck/model/gateway"
	"peerdeck/model/paths"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/services/run/attempt"
	"peerdeck/services/run/work"
)

// planesAtOnce bounds the control planes that are read at the same time.
const planesAtOnce = 4

// reading is a reading under way. Several parts fill it at the same time.
type reading struct {
	*Reader

	mu   sync.Mutex
	now  paths.View
	done int // control planes
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
		v.Facts = paths.Facts{At: r.o.Time.Now(), Cloud: r.o.Cloud, Network: n, Others: others, PlanesRead: n.ReferencesRead}
		v.Planes = planesOf(n)
		if r.o.Answers != nil {
			v.Answers = r.o.Answers(n.ID)
		}
		v.Doing = r.doing()
	})
	if r.o.Konnect != nil {
		planes := r.now.Planes
		_ = work.Each(ctx, planesAtOnce, len(planes), func(ctx context.Context, i int) error {
			read := r.o.Konnect.Plane(ctx, planes[i].ControlPlane, r.waiter())
			r.change(func(v *paths.View) {
				r.done++
				v.Planes[i], v.Wait, v.Doing = read, nil, r.doing()
			})
			return nil
		})
	}
	switch {
	case ctx.Err() == nil:
		r.end(paths.Done, nil)
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		r.end(paths.Cut, nil)
	default:
		r.end(paths.Cancelled, nil)
	}
}

// doing says how far the reading is. The lock is held, or nobody else is there yet.
func (r *reading) doing() string {
	if all := len(r.now.Planes); all > 0 {
		return "reading " + phrase.Count(all-r.done, "control plane")
	}
	return "reading"
}

func (r *reading) end(how paths.State, f *model.Failure) {
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
