package wayin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// mend is the command that lets an entry point at every address of its control planes, and
// at none that is stale; empty where it needs a person to decide. Nothing else of the entry
// is left out.
func (e Entry) mend(v VNet) string {
	if len(e.Missing) == 0 && e.Kind != KindAppGateway {
		return e.show()
	}
	switch e.Kind {
	case KindBalancer:
		return e.mendBalancer(v)
	case KindAppGateway:
		return e.mendAppGateway()
	case KindRecord:
		return e.mendRecord()
	case KindRule:
		return e.mendRule(v)
	default:
		return ""
	}
}

// mendBalancer gives backends that are stale the addresses that are missing, and adds what
// is left of these.
func (e Entry) mendBalancer(v VNet) string {
	subscription, group, name, ok := azurenet.Place(e.ID)
	if !ok {
		return ""
	}
	of := []string{"--subscription", subscription, "--resource-group", group, "--lb-name", name, "--pool-name", e.Part.String()}
	var commands []string
	stale := e.that(IsStale)
	for i, m := range e.Missing {
		if i < len(stale) && !stale[i].Name.IsEmpty() {
			commands = append(commands, azurenet.Az("network lb address-pool address update", append(slices.Clone(of), "--name", stale[i].Name.String(), "--ip-address", m.Address.String())...))
			continue
		}
		commands = append(commands, azurenet.Az("network lb address-pool address add", append(slices.Clone(of), "--name", e.freeName(m.Address), "--vnet", v.Net.VNet.ID.String(), "--ip-address", m.Address.String())...))
	}
	return strings.Join(commands, " && ")
}

// freeName is a name for a backend that no other one of the pool has.
func (e Entry) freeName(a safe.Text) string {
	name := "dp-" + strings.NewReplacer(".", "-", ":", "-").Replace(a.String())
	for n := 2; slices.ContainsFunc(e.Targets, func(t Target) bool { return strings.EqualFold(t.Name.Raw(), name) }); n++ {
		name = fmt.Sprintf("dp-%s-%d", strings.NewReplacer(".", "-", ":", "-").Replace(a.String()), n)
	}
	return name
}

// mendAppGateway writes the pool's whole list: the command replaces it.
func (e Entry) mendAppGateway() string {
	subscription, group, name, ok := azurenet.Place(e.ID)
	if !ok {
		return ""
	}
	var servers []string
	for _, t := range e.Targets {
		if t.Is != IsStale || !t.Host.IsEmpty() {
			servers = append(servers, t.Host.Or(t.Address.Raw()).String())
		}
	}
	servers = append(servers, missingOf(e.Missing)...)
	if len(servers) == 0 {
		return e.show()
	}
	return azurenet.Az("network application-gateway address-pool update", "--subscription", subscription, "--resource-group", group, "--gateway-name", name, "--name", e.Part.String()) + listed("--servers", servers)
}

// mendRecord gives addresses of the record that are stale those that are missing, and adds
// what is left of these.
func (e Entry) mendRecord() string {
	subscription, group, zone, ok := azurenet.Place(e.ID)
	if !ok {
		return ""
	}
	of := []string{"--subscription", subscription, "--resource-group", group, "--zone-name", zone}
	var commands, sets []string
	stale := e.that(IsStale)
	for i, m := range e.Missing {
		if i < len(stale) {
			sets = append(sets, fmt.Sprintf("aRecords[%d].ipv4Address=%s", stale[i].index, m.Address))
			continue
		}
		commands = append(commands, azurenet.Az("network private-dns record-set a add-record", append(slices.Clone(of), "--record-set-name", e.Part.String(), "--ipv4-address", m.Address.String())...))
	}
	if len(sets) > 0 {
		commands = slices.Insert(commands, 0, azurenet.Az("network private-dns record-set a update", append(slices.Clone(of), "--name", e.Part.String())...)+listed("--set", sets))
	}
	return strings.Join(commands, " && ")
}

// mendRule writes the rule's whole list of addresses: the command replaces it.
func (e Entry) mendRule(v VNet) string {
	subscription, group, name, ok := azurenet.Place(e.ID)
	rule, found := e.rule(v)
	if !ok || !found {
		return ""
	}
	flag := "--destination-address-prefixes"
	if inbound(rule) {
		flag = "--source-address-prefixes"
	}
	var places []string
	for i, p := range outside(rule) {
		if !slices.ContainsFunc(e.Targets, func(t Target) bool { return t.Is == IsStale && t.index == i }) {
			places = append(places, p.String())
		}
	}
	places = append(places, missingOf(e.Missing)...)
	return azurenet.Az("network nsg rule update", "--subscription", subscription, "--resource-group", group, "--nsg-name", name, "--name", e.Part.String()) + listed(flag, places)
}

// rule finds the rule that the entry is.
func (e Entry) rule(v VNet) (azurenet.Rule, bool) {
	for _, g := range v.Net.Groups {
		for _, r := range g.Rules {
			if g.ID.EqualFold(e.ID) && r.Name.EqualFold(e.Part) {
				return r, true
			}
		}
	}
	return azurenet.Rule{}, false
}

// show is the command that shows the entry as it is.
func (e Entry) show() string {
	subscription, group, name, ok := azurenet.Place(e.ID)
	if !ok {
		return ""
	}
	of := []string{"--subscription", subscription, "--resource-group", group}
	switch e.Kind {
	case KindBalancer:
		return azurenet.Az("network lb address-pool address list", append(of, "--lb-name", name, "--pool-name", e.Part.String(), "--output", "table")...)
	case KindAppGateway:
		return azurenet.Az("network application-gateway address-pool show", append(of, "--gateway-name", name, "--name", e.Part.String())...)
	case KindRecord:
		return azurenet.Az("network private-dns record-set a show", append(of, "--zone-name", name, "--name", e.Part.String())...)
	case KindRule:
		return azurenet.Az("network nsg rule show", append(of, "--nsg-name", name, "--name", e.Part.String())...)
	default:
		return ""
	}
}

// health is the command that shows how the backends of an entry are.
func (e Entry) health() string {
	subscription, group, name, ok := azurenet.Place(e.ID)
	if !ok {
		return ""
	}
	if e.Kind == KindAppGateway {
		return azurenet.Az("network application-gateway show-backend-health", "--subscription", subscription, "--resource-group", group, "--name", name)
	}
	return azurenet.Az("monitor metrics list", "--resource", e.ID.String(), "--metric", "DipAvailability", "--dimension", "BackendIPAddress")
}

// listed is a flag with a list of values.
func listed(flag string, values []string) string {
	out := " " + flag
	for _, v := range values {
		out += " " + model.ShellQuote(v)
	}
	return out
}

// quote writes a text as one word of a command.
func quote(t safe.Text) string { return model.ShellQuote(t.String()) }
