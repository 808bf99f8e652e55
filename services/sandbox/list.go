package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The contract names neither the default nor the largest size of a page. Ten is
// its example; a larger size than the cap is cut, and the answer says so.
const (
	defaultPageSize = 10
	largestPageSize = 100
)

// operators are what a field may be filtered by.
type operators struct {
	names []string
	bare  bool // a value without an operator means eq
}

type filterField[T any] struct {
	value func(T) string
	kind  func() operators
}

type filterFields[T any] map[string]filterField[T]

func textFilter() operators {
	return operators{names: []string{"eq", "contains", "neq", "oeq", "ocontains"}}
}

func stateFilter() operators { return operators{names: []string{"eq", "neq", "oeq"}} }

func bareStateFilter() operators {
	return operators{names: []string{"eq", "neq", "oeq"}, bare: true}
}

// listed answers a list request: it filters, cuts the page, and renders.
func listed[T any](w *World, r *http.Request, items []T, fields filterFields[T], render func(T) map[string]any) reply {
	query := r.URL.Query()
	number, bad := pageParameter(query.Get("page[number]"), 1, "page[number]")
	if bad != nil {
		return invalid(w, *bad)
	}
	size, bad := pageParameter(query.Get("page[size]"), defaultPageSize, "page[size]")
	if bad != nil {
		return invalid(w, *bad)
	}
	size = min(size, largestPageSize)
	kept, bad := filtered(items, query, fields)
	if bad != nil {
		return invalid(w, *bad)
	}
	first := min((number-1)*size, len(kept))
	data := make([]map[string]any, 0, size)
	for _, item := range kept[first:min(first+size, len(kept))] {
		data = append(data, render(item))
	}
	return ok200(map[string]any{
		"meta": map[string]any{"page": map[string]any{"number": number, "size": size, "total": len(kept)}},
		"data": data,
	})
}

func pageParameter(text string, otherwise int, name string) (int, *invalidParameter) {
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, &invalidParameter{Field: name, Rule: "is_integer", Reason: "must be an integer", Source: "query"}
	}
	if n < 1 {
		one := 1
		return 0, &invalidParameter{Field: name, Rule: "min", Minimum: &one, Reason: "must be at least 1", Source: "query"}
	}
	return n, nil
}

// filtered applies filter[field][operator]=value, one operator for each field.
func filtered[T any](items []T, query map[string][]string, fields filterFields[T]) ([]T, *invalidParameter) {
	used := map[string]bool{}
	for key, values := range query {
		rest, ok := strings.CutPrefix(key, "filter[")
		if !ok {
			continue
		}
		name, op, _ := strings.Cut(rest, "]")
		op = strings.TrimSuffix(strings.TrimPrefix(op, "["), "]")
		field, known := fields[name]
		if !known {
			return nil, &invalidParameter{Field: "filter." + name, Rule: "unknown_property", Reason: "is not a field to filter by", Source: "query"}
		}
		ops := field.kind()
		if op == "" && ops.bare {
			op = "eq"
		}
		if !slices.Contains(ops.names, op) {
			return nil, &invalidParameter{Field: "filter." + name + "." + op, Rule: "unknown_property", Reason: "is not an operator for this field", Source: "query"}
		}
		if used[name] {
			return nil, &invalidParameter{Field: "filter." + name, Rule: "invalid", Reason: "takes one operator only", Source: "query"}
		}
		used[name] = true
		var kept []T
		for _, item := range items {
			if passes(op, field.value(item), values[0]) {
				kept = append(kept, item)
			}
		}
		items = kept
	}
	return items, nil
}

func passes(op, have, want string) bool {
	switch op {
	case "eq":
		return have == want
	case "neq":
		return have != want
	case "contains":
		return strings.Contains(have, want)
	case "oeq":
		return slices.Contains(strings.Split(want, ","), have)
	default: // ocontains
		return slices.ContainsFunc(strings.Split(want, ","), func(w string) bool { return strings.Contains(have, w) })
	}
}
