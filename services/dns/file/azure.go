package file

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// rule reports whether a value is a rule of a forwarding ruleset: as az prints it, or
// as the REST interface has it, with its values under properties.
func rule(n node) bool {
	inner, ok := n.get("properties")
	return n.has("targetDnsServers") || n.has("domainName") || ok && inner.has("targetDnsServers", "domainName")
}

// rules reads the rules of a ruleset. Azure ends a domain with a dot and gives each
// server its port.
func (r *reader) rules(items []node) {
	ports := 0
	for _, n := range items {
		e := entry{from: n.from, to: n.to}
		r.unique(&e, n)
		if !rule(n) {
			e.failf("it is no rule of a forwarding ruleset: it has neither domainName nor targetDnsServers")
		}
		if inner, ok := n.get("properties"); ok {
			n = inner
			r.unique(&e, n)
		}
		e.head(n)
		targets, _ := n.get("targetDnsServers")
		if targets.kind != kindList && targets.kind != kindNull {
			e.failf("its targetDnsServers are no list")
		}
		for _, t := range targets.items {
			r.target(&e, t)
		}
		ports += e.ports
		e.ports = 0
		r.put(e)
	}
	if ports > 0 {
		r.note("the port 53 of the targets was left out: Konnect asks on no other")
	}
}

// head reads the state and the domain of a rule.
func (e *entry) head(n node) {
	state, _ := n.get("forwardingRuleState")
	switch {
	case strings.EqualFold(state.text, "Disabled"):
		e.failf("it is switched off in Azure; Konnect has no such switch: switch it on there first, or leave it out")
	case state.text != "" && !strings.EqualFold(state.text, "Enabled"):
		e.notef("its state is %s, which was left out", short(state.text))
	}
	domain, _ := n.get("domainName")
	if domain.kind != kindText {
		return
	}
	e.domains = []string{domain.text}
	if bare := strings.TrimSuffix(domain.text, "."); strings.Trim(bare, ".") != "" { // what is all dots is the root, or nothing
		e.domains[0] = bare
	}
}

func (r *reader) target(e *entry, t node) {
	r.unique(e, t)
	address, ok := t.get("ipAddress")
	if !ok || address.kind != kindText {
		e.failf("one of its targetDnsServers has no ipAddress")
		return
	}
	port, _ := t.get("port")
	e.server(address.text, port.text)
}

func writeAzureRuleset(w *writer) {
	names := ruleNames{}
	w.line("[")
	for i, row := range w.rows() {
		if i > 0 {
			w.line("  },")
		}
		w.line("  {")
		w.line(`    "name": ` + quoteJSON(names.of(row.Key)) + ",")
		w.line(`    "domainName": ` + quoteJSON(azureDomain(row.Key)) + ",")
		w.line(`    "forwardingRuleState": "Enabled",`)
		w.line(`    "targetDnsServers": [`)
		for j, s := range row.Servers {
			comma := ","
			if j == len(row.Servers)-1 {
				comma = ""
			}
			w.line(`      {"ipAddress": ` + quoteJSON(s.Raw()) + `, "port": 53}` + comma)
		}
		w.line("    ]")
	}
	if len(w.mappings) > 0 {
		w.line("  }")
	}
	w.line("]")
}

// azureDomain returns a domain as Azure's rules have it, with a dot at its end.
func azureDomain(t safe.Text) string {
	bare := strings.TrimSuffix(t.Raw(), ".")
	switch {
	case strings.Trim(bare, ".") == "":
		return bare + "."
	case strings.HasSuffix(bare, "."): // a reader takes the last dot away
		return t.Raw() + "."
	default:
		return bare + "."
	}
}

// maxRuleName is how many characters the name of a rule may have.
const maxRuleName = 80

// ruleNames are the names of rules that are taken.
type ruleNames map[string]bool

// of makes the name of a domain's rule: a letter first, then letters, digits, _ and -,
// and no name twice, whatever its case.
func (n ruleNames) of(domain safe.Text) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, strings.Trim(domain.Raw(), ".*"))
	switch {
	case name == "":
		name = "all-names"
	case name[0] >= '0' && name[0] <= '9' || name[0] == '-' || name[0] == '_':
		name = "rule-" + name
	}
	free := model.FreeName(name, "-", maxRuleName, func(name string) bool { return n[strings.ToLower(name)] })
	n[strings.ToLower(free)] = true
	return free
}
