package sandbox

import (
	"net/http"
	"net/netip"
	"strings"
)

// vnets answers for …/virtualNetworks in a group and what stands behind it.
func (q armRequest) vnets(sub *subscription, p resourcePath, below string) reply {
	below = strings.ToLower(below)
	v, refusal, ok := q.openVNets(sub, p, q.vnetAction(below))
	if !ok {
		return refusal
	}
	switch {
	case below == "virtualnetworkpeerings":
		return q.halves(v, p)
	case below == "listdnsresolvers" && q.Method == http.MethodPost:
		return q.resolversOf(v)
	case below == "listdnsforwardingrulesets" && q.Method == http.MethodPost:
		return q.rulesetsOf(v)
	case below == adminRulesOf && q.Method == http.MethodPost:
		return q.effectiveAdminRules(v)
	case below == "subnets" && q.Method == http.MethodPut && p.one():
		return q.putSubnet(v, p.names[1])
	case q.Method != http.MethodGet:
		return q.notBuilt()
	case v == nil:
		return paged(q, standingVNets(q.w.vnetsOf(sub, p.group)), func(v *vnet) any { return renderVNet(q.w.shown(v)) })
	case below == "":
		body := renderVNet(q.w.shown(v))
		q.w.addCards(v, body, q.expands("subnets/ipConfigurations"))
		return withHeaders(q.w, ok200(body))
	case below == "subnets":
		return q.subnets(v, p)
	case below == "usages" && len(p.names) == 1:
		return q.usages(v)
	case below == "checkipaddressavailability" && len(p.names) == 1:
		return q.checkAddress(v)
	default:
		return q.notFound()
	}
}

func (q armRequest) notFound() reply {
	return armError(q.w, http.StatusNotFound, "NotFound", "The resource was not found.")
}

// vnetAction is the right that a request for a VNET, or for what is in it, needs.
func (q armRequest) vnetAction(below string) string {
	switch below {
	case "virtualnetworkpeerings":
		switch q.Method {
		case http.MethodPut:
			return actWriteHalf
		case http.MethodDelete:
			return actDeleteHalf
		default:
			return actReadHalf
		}
	case "subnets":
		if q.Method == http.MethodPut {
			return "Microsoft.Network/virtualNetworks/subnets/write"
		}
		return "Microsoft.Network/virtualNetworks/subnets/read"
	case "usages":
		return "Microsoft.Network/virtualNetworks/usages/read"
	case "checkipaddressavailability":
		return actCheckAddress
	case "listdnsresolvers":
		return "Microsoft.Network/virtualNetworks/listDnsResolvers/action"
	case adminRulesOf:
		return "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action"
	case "listdnsforwardingrulesets":
		return "Microsoft.Network/virtualNetworks/listDnsForwardingRulesets/action"
	default:
		return actReadVNet
	}
}

// openVNets checks the right, and that the VNET of the path is there; nil for a list of them.
func (q armRequest) openVNets(sub *subscription, p resourcePath, action string) (*vnet, reply, bool) {
	s := armScope{sub: sub, group: p.group, text: sub.scope() + "/resourceGroups/" + p.group}
	if len(p.names) > 0 {
		s.vnet = p.names[0]
		s.text += "/providers/Microsoft.Network/virtualNetworks/" + s.vnet
	}
	if refusal, ok := q.open(&s, action); !ok {
		return nil, refusal, false
	}
	if s.vnet == "" {
		return nil, reply{}, true
	}
	return q.w.vnets[vnetKey(sub.id, p.group, s.vnet)], reply{}, true
}

// expands reports whether $expand names something.
func (q armRequest) expands(what string) bool {
	for name := range strings.SplitSeq(q.URL.Query().Get("$expand"), ",") {
		if strings.EqualFold(strings.TrimSpace(name), what) {
			return true
		}
	}
	return false
}

func (q armRequest) subnets(v *vnet, p resourcePath) reply {
	body := renderVNet(v)
	q.w.addCards(v, body, q.expands("ipConfigurations"))
	properties, _ := body["properties"].(map[string]any)
	list, _ := properties["subnets"].([]any)
	if !p.one() {
		return q.listed(list)
	}
	for _, s := range list {
		if one, _ := s.(map[string]any); strings.EqualFold(asText(one["name"]), p.names[1]) {
			return withHeaders(q.w, ok200(one))
		}
	}
	return q.notFound()
}

// addCards tells in each subnet of a rendered VNET which network cards are in it: their
// ids, or all of them.
func (w *World) addCards(v *vnet, body map[string]any, whole bool) {
	properties, _ := body["properties"].(map[string]any)
	subnets, _ := properties["subnets"].([]any)
	in := map[string][]any{}
	for _, card := range w.renderCards(v.sub, v.group) {
		of, _ := card.body["properties"].(map[string]any)
		configurations, _ := of["ipConfigurations"].([]any)
		for _, c := range configurations {
			configuration, _ := c.(map[string]any)
			one, _ := configuration["properties"].(map[string]any)
			subnet, _ := one["subnet"].(map[string]any)
			id := strings.ToLower(asText(subnet["id"]))
			if whole {
				in[id] = append(in[id], configuration)
			} else {
				in[id] = append(in[id], map[string]any{"id": configuration["id"]})
			}
		}
	}
	for _, s := range subnets {
		subnet, _ := s.(map[string]any)
		one, _ := subnet["properties"].(map[string]any)
		if found := in[strings.ToLower(asText(subnet["id"]))]; found != nil {
			one["ipConfigurations"] = found
		}
	}
}

// usages answers how full the subnets of a VNET are.
func (q armRequest) usages(v *vnet) reply {
	list := []any{}
	for _, s := range v.subnets {
		p, err := netip.ParsePrefix(s.prefix)
		if err != nil {
			continue
		}
		used, room := 0, 0
		for a := p.Masked().Addr(); p.Contains(a); a = a.Next() {
			if isReserved(p.Masked(), a) {
				continue
			}
			room++
			if q.w.isTaken(v, a) {
				used++
			}
		}
		list = append(list, map[string]any{
			"currentValue": used, "limit": room, "unit": "Count", "id": v.id() + "/subnets/" + s.name,
			"name": map[string]any{"value": "SubnetSpace", "localizedValue": "Subnet size and usage"},
		})
	}
	return q.listed(list)
}

// resolversOf lists the private resolvers in a VNET.
func (q armRequest) resolversOf(v *vnet) reply {
	list := []any{}
	for _, r := range q.w.resolvers {
		if r.vnet == v {
			list = append(list, map[string]any{"id": v.sub.scope() + "/resourceGroups/" + v.group + networkProvider + "dnsResolvers/" + r.name})
		}
	}
	return q.listed(list)
}

// rulesetsOf lists the forwarding rulesets that are linked to a VNET.
func (q armRequest) rulesetsOf(v *vnet) reply {
	list := []any{}
	for _, s := range q.w.rulesets {
		for _, l := range s.links {
			if l.vnet != v {
				continue
			}
			id := s.sub.scope() + "/resourceGroups/" + s.group + networkProvider + "dnsForwardingRulesets/" + s.name
			list = append(list, map[string]any{
				"id": id, "properties": map[string]any{"virtualNetworkLink": map[string]any{"id": id + "/virtualNetworkLinks/" + l.name}},
			})
		}
	}
	return q.listed(list)
}
