package konnect

import (
	"context"
	"encoding/json"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Upstreams lists the upstreams of a control plane with their targets. All targets of a
// control plane come in one list, a thousand to a page; only where Konnect does not have
// that list is each upstream asked for its own. What was read before an error comes with it.
func (c *Client) Upstreams(ctx context.Context, plane model.ControlPlane) (List[gateway.Upstream], error) {
	l, err := coreList(ctx, c, "list upstreams of control plane", plane, decodeUpstream, nil, "upstreams")
	if err != nil || len(l.Items) == 0 {
		return l, err
	}
	all, err := coreList(ctx, c, "list targets of control plane", plane, decodeTarget, nil, "targets")
	if gone(err) {
		return l, c.targetsOfEach(ctx, plane, l.Items)
	}
	whole, of := err == nil && shortOf(all) == nil, map[string][]target{}
	for _, t := range all.Items {
		if t.upstream.IsEmpty() {
			whole = false // it is of one of them, and nobody says of which
		}
		of[t.upstream.Raw()] = append(of[t.upstream.Raw()], t)
	}
	for i, u := range l.Items {
		if !u.ID.IsEmpty() {
			l.Items[i].Targets, l.Items[i].TargetsRead = current(of[u.ID.Raw()]), whole
		}
	}
	if err == nil && !whole {
		l.Problems = append(l.Problems, *shortOfTargets(all))
	}
	return l, err
}

// shortOfTargets says why the targets are not all of them.
func shortOfTargets(all List[target]) *model.Failure {
	if why := shortOf(all); why != nil {
		return why
	}
	return &model.Failure{Kind: model.FailureContract, Operation: "list targets", Cause: safe.New("Konnect does not say of a target which upstream it is of")}
}

// targetsOfEach asks each upstream for its targets. One that fails leaves its own unread.
func (c *Client) targetsOfEach(ctx context.Context, plane model.ControlPlane, ups []gateway.Upstream) error {
	failures := make([]error, len(ups))
	err := work.Each(ctx, width.Most, len(ups), func(ctx context.Context, i int) error {
		if ups[i].ID.IsEmpty() {
			return nil
		}
		l, err := coreList(ctx, c, "list targets of control plane", plane, decodeTarget, nil, "upstreams", ups[i].ID.Raw(), "targets")
		failures[i] = err
		ups[i].Targets, ups[i].TargetsRead = current(l.Items), err == nil && shortOf(l) == nil
		return nil
	})
	if err != nil {
		return err
	}
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

// target is a target with what joins it to its upstream.
type target struct {
	gateway.Target

	upstream safe.Text
	created  float64
}

// current leaves of targets with the same address the one that was made last, which is the
// one in force. Source: the contract, Target.
func current(list []target) []gateway.Target {
	at := map[string]int{}
	newest := make([]target, 0, len(list))
	for _, t := range list {
		i, known := at[t.Target.Target.Raw()]
		switch {
		case !known:
			at[t.Target.Target.Raw()] = len(newest)
			newest = append(newest, t)
		case t.created >= newest[i].created:
			newest[i] = t
		}
	}
	out := make([]gateway.Target, len(newest))
	for i, t := range newest {
		out[i] = t.Target
	}
	return out
}

func decodeUpstream(raw json.RawMessage) (safe.Text, gateway.Upstream, error) {
	var w struct {
		ID         safe.Text `json:"id"`
		Name       safe.Text `json:"name"`
		HostHeader safe.Text `json:"host_header"`
	}
	if err := readObject(raw, &w); err != nil {
		return safe.Text{}, gateway.Upstream{}, err
	}
	return w.ID, gateway.Upstream{ID: w.ID, Name: w.Name, HostHeader: w.HostHeader}, nil
}

// weightOfNone is the weight of a target of which Konnect gives none. Source: the contract.
const weightOfNone = 100

func decodeTarget(raw json.RawMessage) (safe.Text, target, error) {
	w := struct {
		ID       safe.Text `json:"id"`
		Target   safe.Text `json:"target"`
		Weight   whole     `json:"weight"`
		Created  epoch     `json:"created_at"`
		Upstream foreign   `json:"upstream"`
	}{Weight: weightOfNone}
	if err := readObject(raw, &w); err != nil {
		return safe.Text{}, target{}, err
	}
	if w.Weight < 0 {
		w.Weight = weightOfNone
	}
	return w.ID, target{Target: gateway.Target{ID: w.ID, Target: w.Target, Weight: int(w.Weight)}, upstream: w.Upstream.id, created: float64(w.Created)}, nil
}
