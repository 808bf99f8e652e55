package sandbox

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// adminRule is a rule of a Virtual Network Manager, which comes before security groups.
type adminRule struct {
	name, access        string // Allow, AlwaysAllow, Deny
	direction, protocol string
	priority            int
	from, to, ports     []string
	collection          string
}

// adminRulesOf is what is asked of a VNET, in small letters.
const adminRulesOf = "listnetworkmanagereffectivesecurityadminrules"

// adminPage is how many rules one answer has at most; the real number is not known.
const adminPage = 50

// effectiveAdminRules lists the rules of network managers that hold for a VNET. Unlike other
// lists it is asked for with a body, and the next page by the same body's token.
func (q armRequest) effectiveAdminRules(v *vnet) reply {
	var body struct {
		SkipToken string `json:"skipToken"`
	}
	if err := json.NewDecoder(io.LimitReader(q.Body, mostBody)).Decode(&body); err != nil {
		return armError(q.w, http.StatusBadRequest, "InvalidRequestContent", "The request content was invalid and could not be deserialized.")
	}
	first := 0
	if body.SkipToken != "" {
		n, err := strconv.Atoi(body.SkipToken)
		if err != nil || n < 0 || n > len(v.adminRules) {
			return armError(q.w, http.StatusBadRequest, "InvalidSkipToken", "The skip token '"+body.SkipToken+"' is not valid.")
		}
		first = n
	}
	size := adminPage
	if text := q.URL.Query().Get("$top"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return armError(q.w, http.StatusBadRequest, "InvalidTopInQueryString", "The value '"+text+"' of $top in the query string is not valid.")
		}
		size = min(n, adminPage)
	}
	end := min(first+size, len(v.adminRules))
	list := []any{}
	for _, r := range v.adminRules[first:end] {
		list = append(list, q.w.renderAdminRule(v, r))
	}
	answer := map[string]any{"value": list}
	if end < len(v.adminRules) {
		answer["skipToken"] = strconv.Itoa(end)
	}
	return withHeaders(q.w, ok200(answer))
}

func (w *World) renderAdminRule(v *vnet, r adminRule) map[string]any {
	manager := v.sub.scope() + "/resourceGroups/" + v.group + networkProvider + "networkManagers/avnm-" + v.sub.name
	configuration := manager + "/securityAdminConfigurations/baseline"
	id := configuration + "/ruleCollections/" + cmp.Or(r.collection, "base") + "/rules/" + r.name
	network := manager + "/networkGroups/all"
	return map[string]any{
		"id": id, "kind": "Custom", "configurationDescription": "What holds everywhere", "ruleCollectionDescription": "",
		"ruleCollectionAppliesToGroups": []any{map[string]any{"networkGroupId": network}},
		"ruleGroups":                    []any{map[string]any{"id": network, "properties": map[string]any{"provisioningState": "Succeeded", "memberType": "VirtualNetwork", "resourceGuid": w.id("admin group", network)}}},
		"properties": map[string]any{
			"access": r.access, "direction": cmp.Or(r.direction, "Inbound"), "protocol": cmp.Or(r.protocol, "Any"), "priority": r.priority, "description": "",
			"sources": addressItems(r.from), "destinations": addressItems(r.to), "sourcePortRanges": []string{"0-65535"}, "destinationPortRanges": orAllPorts(r.ports),
			"provisioningState": "Succeeded", "resourceGuid": w.id("admin rule", id),
		},
	}
}

func orAllPorts(ports []string) []string {
	if len(ports) == 0 {
		return []string{"0-65535"}
	}
	return ports
}

// addressItems writes ranges and tags as these rules have them.
func addressItems(list []string) []any {
	out := []any{}
	for _, text := range orAny(list) {
		kind := "IPPrefix"
		if text != "*" && strings.Trim(text, "0123456789abcdef.:/") != "" {
			kind = "ServiceTag"
		}
		out = append(out, map[string]any{"addressPrefix": text, "addressPrefixType": kind})
	}
	return out
}
