package netfacts

import (
	"context"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
)

// How things are read that are named by their ids. Where many lie in one subscription, its
// list is one request, or a few, instead of many; what the list does not have, and what
// nobody lists for us, is read by its id.
const (
	listFrom    = 8   // so many of one subscription are worth its list
	mostListed  = 20  // pages of a list
	mostByID    = 128 // things that are read one by one
	mostAsked   = 64  // addresses that are asked about, and network cards that are looked into
	mostRecords = 32  // private zones that are looked into
)

// source is a kind of things that are named by ids.
type source[T any] struct {
	id   func(*T) safe.Text
	one  func(ctx context.Context, id safe.Text) (*T, error)
	list func(ctx context.Context, subscription safe.Text) ([]*T, error)
}

// byIDs reads things by their ids, and returns for each of them what was read or the error
// that it met.
func byIDs[T any](ctx context.Context, s source[T], ids []safe.Text) ([]*T, []error) {
	found, errs := make([]*T, len(ids)), make([]error, len(ids))
	in := map[string][]int{}
	for i, id := range ids {
		sub := armread.Key(armread.Subscription(id))
		in[sub] = append(in[sub], i)
	}
	for sub, some := range in {
		if sub == "" || len(some) < listFrom {
			continue
		}
		listed, _ := s.list(ctx, safe.New(sub)) // what it does not give is asked for below
		at := map[string]*T{}
		for _, item := range listed {
			at[armread.Key(s.id(item))] = item
		}
		for _, i := range some {
			found[i] = at[armread.Key(ids[i])]
		}
	}
	var left []int
	for i := range ids {
		switch {
		case found[i] != nil:
		case len(left) == mostByID:
			errs[i] = armread.TooMany()
		default:
			left = append(left, i)
		}
	}
	for k, err := range armread.Each(ctx, len(left), func(ctx context.Context, k int) error {
		var err error
		found[left[k]], err = s.one(ctx, ids[left[k]])
		return err
	}) {
		if errs[left[k]] = err; err != nil {
			found[left[k]] = nil
		}
	}
	return found, errs
}
