package armread

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// mostPages bounds a list whose pages name each other for ever. ARM puts a hundred and more
// items on a page.
const mostPages = 500

// page is a page of a list.
type page[T any] struct {
	Value    []*T   `json:"value"`
	NextLink string `json:"nextLink"`
}

// List reads every page of a list.
func List[T any](ctx context.Context, r Reading, address string) ([]*T, error) {
	return pages[T](ctx, r, address, r.Get, mostPages, r.Rest.Unreadable("the list has no end"))
}

// Some reads some pages of a list that may be long. With the error that there are more comes
// what was read.
func Some[T any](ctx context.Context, r Reading, address string, most int) ([]*T, error) {
	return pages[T](ctx, r, address, r.Get, most, TooMany())
}

// SomeOnce reads like Some, each page once: for what is not worth waiting for.
func SomeOnce[T any](ctx context.Context, r Reading, address string, most int) ([]*T, error) {
	return pages[T](ctx, r, address, r.Glance, most, TooMany())
}

// pages reads pages by get. The token stays at home, wherever the next page is said to be.
func pages[T any](ctx context.Context, r Reading, address string, get func(context.Context, string, any) error, most int, more error) ([]*T, error) {
	var out []*T
	for n := 0; address != ""; n++ {
		if n == most {
			return out, more
		}
		var got page[T]
		if err := get(ctx, address, &got); err != nil {
			return out, err
		}
		if got.Value == nil {
			return out, r.Rest.Unreadable("it has no list in it")
		}
		out = append(out, slices.DeleteFunc(got.Value, func(i *T) bool { return i == nil })...)
		address = got.NextLink
	}
	return out, nil
}

// Each reads something for each of n things, side by side, and returns for each of
// them the error that it met.
func Each(ctx context.Context, n int, fn func(ctx context.Context, i int) error) []error {
	errs := make([]error, n)
	ran := make([]bool, n)
	err := work.Each(ctx, width.Most, n, func(ctx context.Context, i int) error {
		errs[i] = fn(ctx, i)
		ran[i] = true
		return nil
	})
	for i := range errs {
		if !ran[i] {
			errs[i] = err
		}
	}
	return errs
}

// Distinct lists ids once each, however they are spelled; empty ones are left out.
func Distinct(ids []safe.Text) []safe.Text {
	var out []safe.Text
	seen := map[string]bool{}
	for _, id := range ids {
		if key := Key(id); key != "" && !seen[key] {
			seen[key] = true
			out = append(out, id)
		}
	}
	return out
}

// OfSubnets are the ids that subnets name, once each.
func OfSubnets(subnets []model.Subnet, id func(model.Subnet) safe.Text) []safe.Text {
	var all []safe.Text
	for _, s := range subnets {
		all = append(all, id(s))
	}
	return Distinct(all)
}
