package konnect

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strconv"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

const (
	mostPerPage = 1000 // the largest size that the contract has for lists of a control plane
	mostMarks   = 500  // pages of one list, whatever marks a broken one gives
	mostStale   = 3    // pages in a row that bring nothing new
)

// marked is a list whose pages name the next one by a mark, so that they are read one after
// the other.
type marked struct {
	size, mark string // names of the query's members
	perPage    int
	next       func(markedPage) string // empty at the end
}

type markedPage struct {
	Data   *[]json.RawMessage `json:"data"`
	Next   safe.Text          `json:"next"`
	Offset safe.Text          `json:"offset"`
	Meta   struct {
		Page struct {
			Next safe.Text `json:"next"`
		} `json:"page"`
	} `json:"meta"`
}

// byOffset is the paging of what a control plane tells its data planes.
func byOffset() marked {
	return marked{size: "size", mark: "offset", perPage: mostPerPage, next: func(p markedPage) string {
		if !p.Offset.IsEmpty() {
			return p.Offset.Raw()
		}
		return memberOf(p.Next, "offset")
	}}
}

// byCursor is the paging of the members of a control plane group.
func byCursor() marked {
	return marked{size: "page[size]", mark: "page[after]", perPage: pageSize, next: func(p markedPage) string {
		return memberOf(p.Meta.Page.Next, "page[after]")
	}}
}

// memberOf takes a member out of the query of an address. The address itself is asked
// nothing: the token goes only where the call goes.
func memberOf(address safe.Text, name string) string {
	at, err := url.Parse(address.Raw())
	if err != nil {
		return ""
	}
	return at.Query().Get(name)
}

// follow reads a list from page to page. What was read before an error comes with it. Marks
// that come again, pages that bring nothing new and lists without an end are given up, and
// the list is not complete then.
func follow[T any](ctx context.Context, c *Client, r call, m marked, decode func(json.RawMessage) (safe.Text, T, error)) (List[T], error) {
	l := &lister[T]{client: c, call: r, decode: decode, seen: map[safe.Text]bool{}}
	marks := map[string]bool{}
	mark, stale := "", 0
	done := func(complete bool) List[T] {
		return List[T]{Items: l.items, Total: len(l.items) + len(l.unread) + l.nameless, Complete: complete, Problems: l.problems, Unread: l.unread, Nameless: l.nameless}
	}
	for n := 1; n <= mostMarks; n++ {
		p, err := l.fetchMarked(ctx, m, mark)
		if err != nil {
			return done(false), err
		}
		if l.keep(*p.Data, n) {
			stale = 0
		} else {
			stale++
		}
		mark = m.next(p)
		if mark == "" {
			return done(true), nil
		}
		if marks[mark] || stale == mostStale {
			return done(false), nil
		}
		marks[mark] = true
	}
	return done(false), nil
}

func (l *lister[T]) fetchMarked(ctx context.Context, m marked, mark string) (markedPage, error) {
	r := l.call
	r.query = url.Values{}
	maps.Copy(r.query, l.call.query)
	r.query.Set(m.size, strconv.Itoa(m.perPage))
	if mark != "" {
		r.query.Set(m.mark, mark)
	}
	var p markedPage
	if err := l.client.one(ctx, r, &p); err != nil {
		return p, err
	}
	if p.Data == nil {
		return p, r.failure(model.Failure{Kind: model.FailureContract, Cause: safe.New("the answer has no list in it"), Retryable: true})
	}
	return p, nil
}

// keep takes the items of a page and reports whether one of them is new. An item without an
// id is told from no other, and kept.
func (l *lister[T]) keep(data []json.RawMessage, page int) bool {
	fresh := false
	for i, raw := range data {
		id, item, err := l.decode(raw)
		if err != nil {
			l.miss(raw)
			f := transport.Unreadable(err, len(raw), "Konnect", l.call.base.Host())
			f.Cause = safe.New(fmt.Sprintf("item %d of page %d cannot be understood: %v", i+1, page, err))
			l.problems = append(l.problems, l.call.failure(f))
			continue
		}
		if !id.IsEmpty() {
			if l.seen[id] {
				continue
			}
			l.seen[id] = true
		}
		fresh = true
		l.items = append(l.items, item)
	}
	return fresh
}
