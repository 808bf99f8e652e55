package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

type idBody struct {
	ID string `json:"id"`
}

// ruleBody is what a PUT of a rule carries.
type ruleBody struct {
	Properties *struct {
		Access       string   `json:"access"`
		Direction    string   `json:"direction"`
		Protocol     string   `json:"protocol"`
		Priority     int      `json:"priority"`
		Source       string   `json:"sourceAddressPrefix"`
		Sources      []string `json:"sourceAddressPrefixes"`
		FromGroups   []idBody `json:"sourceApplicationSecurityGroups"`
		FromPort     string   `json:"sourcePortRange"`
		FromPorts    []string `json:"sourcePortRanges"`
		Destination  string   `json:"destinationAddressPrefix"`
		Destinations []string `json:"destinationAddressPrefixes"`
		ToGroups     []idBody `json:"destinationApplicationSecurityGroups"`
		Port         string   `json:"destinationPortRange"`
		Ports        []string `json:"destinationPortRanges"`
	} `json:"properties"`
}

// writeRule makes, changes or deletes a rule of a security group.
func (q armRequest) writeRule(of *armResource, p resourcePath) (reply, int) {
	key, name := groupKey(of.sub, of.group, of.name), p.names[1]
	rules := q.w.rules[key]
	at := slices.IndexFunc(rules, func(r securityRule) bool { return strings.EqualFold(r.name, name) })
	if q.Method == http.MethodDelete {
		if at < 0 {
			return reply{}, http.StatusNoContent
		}
		return reply{}, http.StatusAccepted // it goes when the operation ends
	}
	var body ruleBody
	if refusal, ok := q.read(&body); !ok {
		return refusal, 0
	}
	if body.Properties == nil {
		return q.wrong("InvalidRequestFormat", "Cannot parse the request.")
	}
	b := body.Properties
	made := securityRule{
		name: name, access: b.Access, direction: b.Direction, protocol: b.Protocol, priority: b.Priority,
		sources: several(b.Source, b.Sources), sourcePorts: several(b.FromPort, b.FromPorts), fromGroups: idsOf(b.FromGroups),
		destinations: several(b.Destination, b.Destinations), ports: several(b.Port, b.Ports), toGroups: idsOf(b.ToGroups),
	}
	if refusal, ok := q.ruleIsSound(made, rules); !ok {
		return refusal, 0
	}
	if at >= 0 {
		made.name = rules[at].name
		rules = slices.Clone(rules)
		rules[at] = made
		q.w.rules[key] = rules
		return reply{}, http.StatusOK
	}
	q.w.rules[key] = append(slices.Clone(rules), made)
	return reply{}, http.StatusCreated
}

// ruleIsSound refuses what Azure would refuse of a rule.
func (q armRequest) ruleIsSound(made securityRule, beside []securityRule) (reply, bool) {
	refuse := func(code, message string) (reply, bool) {
		a, _ := q.wrong(code, message)
		return a, false
	}
	const least, most = 100, 4096
	switch {
	case !slices.Contains([]string{"Inbound", "Outbound"}, made.direction), !slices.Contains([]string{"Allow", "Deny"}, made.access):
		return refuse("InvalidRequestFormat", "Cannot parse the request.")
	case made.priority < least || made.priority > most:
		return refuse("SecurityRuleInvalidPriority", "Security rule "+made.name+" has invalid priority. Priority should be in the range of 100 to 4096.")
	case len(made.sources)+len(made.fromGroups) == 0 || len(made.destinations)+len(made.toGroups) == 0:
		return refuse("SecurityRuleParameterNotSpecified", "Security rule "+made.name+" must specify source and destination addresses.")
	}
	for _, port := range slices.Concat(made.ports, made.sourcePorts) {
		low, high, isRange := strings.Cut(port, "-")
		if !isRange {
			high = low
		}
		if _, err := strconv.ParseUint(low, 10, 16); port != "*" && (err != nil || high == "") {
			return refuse("SecurityRuleInvalidPortRange", "Security rule has invalid Port range. Value provided: "+port+". Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.")
		}
	}
	for _, r := range beside {
		if r.priority == made.priority && cmp.Or(r.direction, "Inbound") == made.direction && !strings.EqualFold(r.name, made.name) {
			return refuse("SecurityRuleConflict", "Security rule "+made.name+" conflicts with rule "+r.name+". Rules cannot have the same Priority and Direction.")
		}
	}
	return reply{}, true
}

func several(one string, more []string) []string {
	if one != "" {
		return append(slices.Clone(more), one)
	}
	return more
}

func idsOf(list []idBody) []string {
	var out []string
	for _, item := range list {
		out = append(out, item.ID)
	}
	return out
}
