package konnect

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The bounds of one reading of the audit log: an organization's log may be long, and the
// newest of it is what is asked for.
const (
	auditPages   = 10
	auditDeepest = 6 // of values within values that are looked into
)

// AuditLog reads who changed what in the organization, the newest first, as far back as to a
// time. The earliest moment of which everything was read comes with it. What form Konnect's
// entries have is not published: what names a person, an address, a moment and a trace is
// taken by any of the names that Konnect's audit logs have elsewhere, and an entry is of every
// object whose id stands in it.
func (c *Client) AuditLog(ctx context.Context, since time.Time) (list []changes.Record, from time.Time, err error) { //nolint:gocognit // one page after the other, with the ways in which that ends
	seen := map[string]bool{}
	from = since
	for n := 1; ; n++ {
		p, err := c.auditPage(ctx, n)
		if err != nil {
			return nil, time.Time{}, err
		}
		fresh, oldest := 0, time.Time{}
		for _, raw := range *p.Data {
			if r, ok := auditRecord(raw); ok && !seen[string(raw)] {
				seen[string(raw)] = true
				fresh++
				if oldest.IsZero() || r.At.Before(oldest) {
					oldest = r.At
				}
				if !r.At.Before(since) {
					list = append(list, r)
				}
			}
		}
		total := int(p.Meta.Page.Total)
		switch {
		case fresh == 0, !oldest.IsZero() && oldest.Before(since), total > 0 && len(seen) >= total:
			sortRecords(list)
			return list, from, nil
		case n == auditPages:
			sortRecords(list)
			if len(list) > 0 {
				from = list[len(list)-1].At // what is older was not read
			}
			return list, from, nil
		}
	}
}

func sortRecords(list []changes.Record) {
	slices.SortStableFunc(list, func(a, b changes.Record) int { return b.At.Compare(a.At) })
}

func (c *Client) auditPage(ctx context.Context, n int) (page, error) {
	r := c.get("read the audit log", safe.Text{}, "v3", "audit-logs")
	r.query = url.Values{"page[size]": {strconv.Itoa(pageSize)}, "page[number]": {strconv.Itoa(n)}}
	r.place = safe.New("the audit log")
	var p page
	err := c.one(ctx, r, &p)
	if f, failed := model.AsFailure(err); failed {
		switch f.Status {
		case http.StatusForbidden, http.StatusUnauthorized:
			f.Kind, f.Cure = model.FailurePermission, model.CureAuditLog
		case http.StatusNotFound:
			f.Cure = model.CureNoAuditLog
		}
		return page{}, f
	}
	if err != nil {
		return page{}, err
	}
	if p.Data == nil {
		return page{}, r.failure(model.Failure{Kind: model.FailureContract, Cause: safe.New("the answer has no list in it"), Retryable: true})
	}
	return p, nil
}

// auditRecord reads an entry. One without a moment, or of a mere read, is none.
func auditRecord(raw json.RawMessage) (changes.Record, bool) {
	var entry map[string]any
	if json.Unmarshal(raw, &entry) != nil {
		return changes.Record{}, false
	}
	flat := map[string]string{}
	flatten(entry, "", flat, 0)
	r := changes.Record{
		At:    auditMoment(first(flat, "timestamp", "event_ts", "created_at", "occurred_at", "time", "rt", "date")),
		Who:   safe.New(first(flat, "principal_email", "principal.email", "actor.email", "user.email", "email", "principal_name", "principal.name", "actor.name", "user.name", "principal_id", "principal.id", "actor.id", "user_id", "user.id", "actor", "user", "principal")),
		From:  safe.New(first(flat, "client_ip", "source_ip", "source_address", "ip_address", "ip", "src", "remote_addr")),
		Trace: safe.New(first(flat, "trace_id", "traceId", "trace", "request_id")),
		Done:  safe.New(first(flat, "action", "act", "event_type", "event_class_id", "name", "method")),
	}
	method := strings.ToUpper(first(flat, "method", "http_method", "request_method"))
	done := strings.ToLower(r.Done.Raw())
	if method == http.MethodGet || method == http.MethodHead || done == "list" || done == "retrieve" || done == "read" || done == "get" || done == "view" {
		return changes.Record{}, false
	}
	for key, value := range flat {
		if strings.Contains(key, "principal") || strings.Contains(key, "actor") || strings.Contains(key, "user") || strings.Contains(key, "trace") || strings.Contains(key, "org") {
			continue // who it was, and not what it was done to
		}
		r.Objects = append(r.Objects, guids(value)...)
	}
	slices.Sort(r.Objects)
	r.Objects = slices.Compact(r.Objects)
	return r, !r.At.IsZero()
}

// flatten gives every text of an entry the path of its names.
func flatten(value any, path string, into map[string]string, depth int) {
	if depth > auditDeepest {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			at := key
			if path != "" {
				at = path + "." + key
			}
			flatten(inner, at, into, depth+1)
		}
	case []any:
		for i, inner := range v {
			flatten(inner, path+"."+strconv.Itoa(i), into, depth+1)
		}
	case string:
		into[path] = v
	case float64:
		into[path] = strconv.FormatFloat(v, 'f', -1, 64)
	}
}

func first(flat map[string]string, names ...string) string {
	for _, name := range names {
		if v := strings.TrimSpace(flat[name]); v != "" {
			return v
		}
	}
	return ""
}

// auditMoment reads a moment: RFC 3339, or seconds or milliseconds of Unix.
func auditMoment(text string) time.Time {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t
	}
	n, err := strconv.ParseInt(text, 10, 64)
	const milliseconds = 100_000_000_000 // seconds reach this in the year 5138
	switch {
	case err != nil || n <= 0:
		return time.Time{}
	case n >= milliseconds:
		return time.UnixMilli(n)
	default:
		return time.Unix(n, 0)
	}
}

// guids are the ids in a text, such as a path, in small letters.
func guids(text string) []string {
	const long = 36
	var out []string
	for i := 0; i+long <= len(text); i++ {
		if part := text[i : i+long]; model.IsGUID(part) {
			out = append(out, strings.ToLower(part))
			i += long - 1
		}
	}
	return out
}
