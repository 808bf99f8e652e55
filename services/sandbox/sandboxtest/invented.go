package sandboxtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

// invented lists the members of an answer that its schema does not name. A validator lets them
// pass wherever a schema does not forbid others; a simulated cloud must not make any up.
func invented(route *routers.Route, status int, header http.Header, answer []byte) []string {
	response := route.Operation.Responses.Value(strconv.Itoa(status))
	if response == nil || response.Value == nil || len(answer) == 0 {
		return nil
	}
	kind, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	media := response.Value.Content.Get(kind)
	if media == nil || media.Schema == nil {
		return nil
	}
	var value any
	if err := json.Unmarshal(answer, &value); err != nil {
		return []string{err.Error()}
	}
	return unknown("", []*openapi3.SchemaRef{media.Schema}, value)
}

// unknown lists the members of a value that none of some schemas names.
func unknown(at string, schemas []*openapi3.SchemaRef, value any) []string {
	schemas = flat(schemas)
	var out []string
	switch value := value.(type) {
	case []any:
		var items []*openapi3.SchemaRef
		for _, s := range schemas {
			if s.Value.Items != nil {
				items = append(items, s.Value.Items)
			}
		}
		for i, item := range value {
			out = append(out, unknown(fmt.Sprintf("%s[%d]", at, i), items, item)...)
		}
	case map[string]any:
		for name, member := range value {
			of, open := membersOf(schemas, name)
			switch {
			case len(of) > 0:
				out = append(out, unknown(at+"."+name, of, member)...)
			case !open:
				out = append(out, at+"."+name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// membersOf are the schemas of a member. Open is whether one of the schemas takes members of
// any name, or says nothing of its members at all.
func membersOf(schemas []*openapi3.SchemaRef, name string) (of []*openapi3.SchemaRef, open bool) {
	named := false
	for _, s := range schemas {
		named = named || len(s.Value.Properties) > 0
		if p := s.Value.Properties[name]; p != nil {
			of = append(of, p)
		}
		if more := s.Value.AdditionalProperties; more.Schema != nil {
			of, open = append(of, more.Schema), true
		} else if more.Has != nil && *more.Has {
			open = true
		}
	}
	return of, open || !named
}

// flat puts the parts of composed schemas beside them.
func flat(schemas []*openapi3.SchemaRef) []*openapi3.SchemaRef {
	var out []*openapi3.SchemaRef
	for _, s := range schemas {
		if s == nil || s.Value == nil {
			continue
		}
		out = append(out, s)
		for _, parts := range []openapi3.SchemaRefs{s.Value.AllOf, s.Value.OneOf, s.Value.AnyOf} {
			out = append(out, flat(parts)...)
		}
	}
	return out
}
