package konnect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/url"
	"strconv"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

const (
	pageSize     = 100  // asked for; Konnect documents no largest size and may give less
	maxPages     = 2000 // a bound on what a broken total can make us ask
	maxPageSweep = 2    // times that a list is read when it changes under the reader
)

// List is a list that was read page by page.
type List[T any] struct {
	Items []T
	Total int // as Konnect told it, the largest if it changed
	// Complete is false when fewer items came than Konnect says there are: the
	// list changed while it was read, or pages repeat. What is missing is then
	// not known to be gone.
	Complete bool
	// Problems are items that could not be read. The others are in Items.
	Problems []model.Failure
	// Unread are the ids of those items, as far as they have one; Nameless is the
	// number of those that have none.
	Unread   []safe.Text
	Nameless int
}

type page struct {
	Meta struct {
		Page struct {
			Number number `json:"number"`
			Size   number `json:"size"`
			Total  number `json:"total"`
		} `json:"page"`
	} `json:"meta"`
	Data *[]json.RawMessage `json:"data"`
}

// list reads all pages of a list: the first alone, because it tells the total,
// the others in parallel. Each item is decoded by itself, so one that makes no
// sense does not take the others with it. OnPage, if any, is called for every
// page as it comes, one call at a time.
func list[T any](ctx context.Context, c *Client, r call, decode func(json.RawMessage) (safe.Text, T, error), onPage func(items []T, total int)) (List[T], error) {
	l := &lister[T]{client: c, call: r, decode: decode, onPage: onPage, seen: map[safe.Text]bool{}}
	for range maxPageSweep {
		if err := l.sweep(ctx); err != nil {
			return List[T]{}, err
		}
		if l.complete() {
			break
		}
	}
	return List[T]{Items: l.items, Total: l.total, Complete: l.complete(), Problems: l.problems, Unread: l.unread, Nameless: l.nameless}, nil
}

type lister[T any] struct {
	client *Client
	call   call
	decode func(json.RawMessage) (safe.Text, T, error)
	onPage func([]T, int)

	mu       sync.Mutex
	seen     map[safe.Text]bool // ids, so that an item that moved to another page counts once
	items    []T
	unread   []safe.Text // ids of items without a place in items: they could not be decoded
	nameless int         // such items without an id
	least    int         // the smallest and the largest total that the pages of a sweep told
	total    int
	problems []model.Failure
}

// complete reports whether the last sweep saw a list at rest, whole. Where the
// pages disagree on the total, the list changed under the reader, and an item
// may have slipped to a page that was read already.
func (l *lister[T]) complete() bool {
	return l.least == l.total && len(l.items)+len(l.unread)+l.nameless >= l.total
}

// sweep reads all pages once and keeps what is new. A total that lies cannot
// make it loop, because the number of pages is fixed by the first.
func (l *lister[T]) sweep(ctx context.Context) error {
	l.unread, l.nameless, l.problems, l.least, l.total = nil, 0, nil, math.MaxInt, 0
	first, err := l.fetch(ctx, 1)
	if err != nil {
		return err
	}
	l.take(first)
	return work.Each(ctx, width.Most, pageCount(first)-1, func(ctx context.Context, i int) error {
		p, err := l.fetch(ctx, i+2)
		if err == nil {
			l.take(p)
		}
		return err
	})
}

// pageCount derives the number of pages from the first. Where a service caps
// the page size without saying so, the number of items tells the true size.
func pageCount(first page) int {
	got, total := len(*first.Data), int(first.Meta.Page.Total)
	if got == 0 || total <= got {
		return 1
	}
	size := got
	if said := int(first.Meta.Page.Size); said > 0 && said < got {
		size = said
	}
	return min((total+size-1)/size, maxPages)
}

func (l *lister[T]) fetch(ctx context.Context, n int) (page, error) {
	r := l.call
	r.query = url.Values{}
	maps.Copy(r.query, l.call.query)
	r.query.Set("page[size]", strconv.Itoa(pageSize))
	r.query.Set("page[number]", strconv.Itoa(n))
	var p page
	if err := l.client.one(ctx, r, &p); err != nil {
		return page{}, err
	}
	if p.Data == nil {
		return page{}, r.failure(transport.Unreadable(errors.New("there is no list in it"), 0, "Konnect", r.base.Host()))
	}
	return p, nil
}

// miss notes which item could not be decoded: it is there, whatever it is.
func (l *lister[T]) miss(raw json.RawMessage) {
	var named struct {
		ID safe.Text `json:"id"`
	}
	if json.Unmarshal(raw, &named) != nil || named.ID.IsEmpty() {
		l.nameless++
		return
	}
	l.unread = append(l.unread, named.ID)
}

// read is an item of a page, or why it cannot be understood.
type read[T any] struct {
	id   safe.Text
	item T
	err  error
}

// take keeps the items of a page. They are decoded before it has to wait for other pages: in
// a long list that is most of the work.
func (l *lister[T]) take(p page) {
	decoded := make([]read[T], len(*p.Data))
	for i, raw := range *p.Data {
		decoded[i].id, decoded[i].item, decoded[i].err = l.decode(raw)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	total := int(p.Meta.Page.Total)
	l.least, l.total = min(l.least, total), max(l.total, total)
	fresh := make([]T, 0, len(decoded))
	for i, d := range decoded {
		if d.err != nil {
			raw := (*p.Data)[i]
			l.miss(raw)
			f := transport.Unreadable(d.err, len(raw), "Konnect", l.call.base.Host())
			f.Cause = safe.New(fmt.Sprintf("item %d of page %d cannot be understood: %v", i+1, int(p.Meta.Page.Number), d.err))
			l.problems = append(l.problems, l.call.failure(f))
			continue
		}
		if l.seen[d.id] {
			continue
		}
		l.seen[d.id] = true
		fresh = append(fresh, d.item)
	}
	l.items = append(l.items, fresh...)
	if l.onPage != nil {
		l.onPage(fresh, total)
	}
}
