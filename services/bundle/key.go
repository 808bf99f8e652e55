package bundle

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Key is what makes two requests the same: a replay gives the answers to the first to the
// second, in their order.
type Key struct{ service, tenant, host, method, path, query, body string }

// Key is the key of an exchange's request. The order of a query's members, of the values of
// which a filter takes any, and of the members of a JSON body says nothing, nor does how a
// path is escaped.
func (e Exchange) Key() Key {
	path, query, _ := strings.Cut(e.Path, "?")
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	return Key{
		service: string(e.Service), tenant: strings.ToLower(e.Tenant), host: strings.ToLower(e.Host), method: e.Method,
		path: path, query: canonicalQuery(query), body: canonicalBody(e.Request),
	}
}

// AnyTenant is the key without the tenant.
func (k Key) AnyTenant() Key {
	k.tenant = ""
	return k
}

func canonicalQuery(query string) string {
	members := strings.Split(query, "&")
	for i, m := range members {
		if plain, err := url.QueryUnescape(m); err == nil {
			members[i] = plain
		}
		members[i] = canonicalChoice(members[i])
	}
	slices.Sort(members)
	return strings.Join(members, "&")
}

// canonicalChoice puts the values of a filter that takes any of several in their order: which
// of them stands first says nothing, and stand-ins sort otherwise than what they stand for.
func canonicalChoice(member string) string {
	name, values, _ := strings.Cut(member, "=")
	if !strings.HasPrefix(name, "filter[") || !strings.HasSuffix(name, "[oeq]") && !strings.HasSuffix(name, "[ocontains]") {
		return member
	}
	list := strings.Split(values, ",")
	slices.Sort(list)
	return name + "=" + strings.Join(list, ",")
}

func canonicalBody(body []byte) string {
	if len(bytes.TrimSpace(body)) == 0 {
		return ""
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return string(body)
	}
	plain, err := json.Marshal(v) // members of objects in their order
	if err != nil {
		return string(body)
	}
	return string(plain)
}
