package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// listTenants lists every tenant that knows the account, whichever the token is for.
func (q armRequest) listTenants() reply {
	list := []any{}
	for _, t := range q.w.tenants {
		list = append(list, map[string]any{
			"id": "/tenants/" + t.id, "tenantId": t.id, "displayName": t.name, "defaultDomain": t.domain, "tenantCategory": "Home",
			"domains": []string{t.domain}, "countryCode": "DE",
		})
	}
	return q.listed(list)
}

// listSubscriptions lists those of the token's tenant, and those that it manages.
func (q armRequest) listSubscriptions() reply {
	var subs []*subscription
	for _, s := range q.w.subs {
		if !s.gone && s.tenant.takes(q.tenant) && q.w.readable(s) {
			subs = append(subs, s)
		}
	}
	slices.SortFunc(subs, func(a, b *subscription) int { return strings.Compare(a.name, b.name) })
	list := make([]any, 0, len(subs))
	for _, s := range subs {
		list = append(list, renderSubscription(s))
	}
	return withHeaders(q.w, ok200(map[string]any{"value": list, "count": map[string]any{"type": "Total", "value": len(list)}}))
}

func (q armRequest) subscription(s *subscription) reply {
	if !q.w.readable(s) {
		return q.forbidden(actReadSubscription, s.scope())
	}
	return withHeaders(q.w, ok200(renderSubscription(s)))
}

func (q armRequest) listAllVNets(sub *subscription) reply {
	if !q.w.userMay(sub.tenant, sub.scope(), actReadVNet) {
		return q.forbidden(actReadVNet, sub.scope())
	}
	return paged(q, standingVNets(q.w.vnetsOf(sub, "")), func(v *vnet) any { return renderVNet(q.w.shown(v)) })
}

func standingVNets(all []*vnet) []*vnet {
	return slices.DeleteFunc(all, func(v *vnet) bool { return v.deletedFromAzure })
}

func (q armRequest) listed(list []any) reply {
	return paged(q, list, func(item any) any { return item })
}

// armPage is how many items an answer of ARM has at most here; the rest is behind
// the link to the next page.
const armPage = 250

// paged answers a list, or the part of it that a link to the next page asks for.
func paged[T any](q armRequest, items []T, render func(T) any) reply {
	query := q.URL.Query()
	first := 0
	if token := query.Get("$skiptoken"); token != "" {
		n, err := strconv.Atoi(token)
		if err != nil || n < 0 || n > len(items) {
			return armError(q.w, http.StatusBadRequest, "InvalidSkipToken", "The skip token '"+token+"' is not valid.")
		}
		first = n
	}
	size, refusal, ok := q.pageSize()
	if !ok {
		return refusal
	}
	end := min(first+size, len(items))
	list := make([]any, 0, end-first)
	for _, item := range items[first:end] {
		list = append(list, render(item))
	}
	body := map[string]any{"value": list}
	if end < len(items) {
		query.Set("$skiptoken", strconv.Itoa(end))
		body["nextLink"] = q.base() + q.URL.EscapedPath() + "?" + query.Encode()
	}
	return withHeaders(q.w, ok200(body))
}

// pageSize is how many items a page has: so many as $top asks for, and no more than one
// answer has.
func (q armRequest) pageSize() (int, reply, bool) {
	text := q.URL.Query().Get("$top")
	if text == "" {
		return armPage, reply{}, true
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, armError(q.w, http.StatusBadRequest, "InvalidTopInQueryString", "The value '"+text+"' of $top in the query string is not valid."), false
	}
	return min(n, armPage), reply{}, true
}

// vnetsOf lists the VNETs of a group, those that are gone from Azure included: the
// group is still there. An empty name is all groups.
func (w *World) vnetsOf(sub *subscription, group string) []*vnet {
	if w.byGroup == nil {
		w.byGroup = map[groupOf][]*vnet{}
		for _, key := range sortedKeys(w.vnets) {
			v := w.vnets[key]
			for _, name := range []string{"", strings.ToLower(v.group)} {
				w.byGroup[groupOf{v.sub, name}] = append(w.byGroup[groupOf{v.sub, name}], v)
			}
		}
		for _, list := range w.byGroup {
			slices.SortStableFunc(list, func(a, b *vnet) int {
				return cmp.Or(strings.Compare(a.group, b.group), strings.Compare(a.name, b.name))
			})
		}
	}
	return slices.Clone(w.byGroup[groupOf{sub, strings.ToLower(group)}])
}

// groupOf is a resource group of a subscription, in small letters; an empty name is all.
type groupOf struct {
	sub  *subscription
	name string
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
