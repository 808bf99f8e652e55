package rest

import (
	"context"
	"errors"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// maxPages bounds a list whose pages name each other for ever. ARM puts a hundred
// and more items on a page.
const maxPages = 500

// listError is an answer that is no list. Describe puts it into a failure.
type listError struct{ why string }

func (e listError) Error() string { return e.why }

// All reads every page of a list. An answer without a list is an error: the SDK
// takes an empty body for a list of none, and "there is none" decides what a
// set-up creates.
func All[P, T any](ctx context.Context, pager *runtime.Pager[P], items func(P) []*T) ([]*T, error) {
	var out []*T
	for n := 0; pager.More(); n++ {
		if n == maxPages {
			return nil, listError{"the list has no end"}
		}
		page, err := pager.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		list := items(page)
		if list == nil {
			return nil, listError{"it has no list in it"}
		}
		out = append(out, slices.DeleteFunc(list, func(i *T) bool { return i == nil })...)
	}
	return out, nil
}

func isNoList(err error) (string, bool) {
	e, ok := errors.AsType[listError](err)
	return e.why, ok
}
