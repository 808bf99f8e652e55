package table

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// maxLabels is how many labels the domain of an Azure forwarding rule may have.
const maxLabels = 34

// scopeRules are about domains that take more along than is meant, or names that other
// rules of the internet have taken already.
func scopeRules() []rule { //nolint:funlen // a catalogue: one rule after another
	return []rule{
		scope("D15", []Severity{Warning}, "The domain is the root.",
			"\".\" stands for every name there is. The gateway would ask these servers for public names too: Konnect's own, identity providers, every upstream. Azure keeps the names of its own services. Give the domains that your servers answer for.",
			func(f *finder, l *line) {
				if l.name.ASCII == root {
					f.on(l, "This sends every name to these servers, public ones too. Azure service names stay with Azure.")
				}
			}),
		scope("D16", []Severity{Warning}, "The domain has one label.",
			"A domain of one label covers a whole top level. Names without a dot are asked for as they are: the gateway appends no search suffix. If a machine's short name is meant, give its full name or its zone.",
			func(f *finder, l *line) {
				if singleLabel(l.name.ASCII) {
					f.on(l, "%s has one label: it covers that whole top level, and search suffixes do not apply.", l.shown())
				}
			}),
		scope("D17", []Severity{Error, Warning}, "The domain is a public suffix.",
			"Below a public suffix (com, co.uk, azurewebsites.net) anybody registers names, so most of what the row takes along belongs to others. An ICANN suffix is refused; a suffix of a company, which may be meant, is warned of. Give the domain below it that is yours.",
			publicSuffix),
		scope("D18", []Severity{Warning}, "The domain has more than 34 labels.",
			"Azure documents 1 to 34 labels for the domain of a forwarding rule. Konnect states no limit of its own, and has the last word. Map a domain further up.",
			func(f *finder, l *line) {
				if n := len(labels(l.name.ASCII)); n > maxLabels {
					f.on(l, "Azure forwarding rules allow at most 34 labels; this has %s.", number(n))
				}
			}),
		scope("D19", []Severity{Warning}, "The domain is in .local.",
			"RFC 6762 gives .local to multicast DNS, and many machines never ask a DNS server for such names. The gateway does ask when a row covers them. It works only if your servers answer for the zone.",
			func(f *finder, l *line) {
				if name := l.name.ASCII; name != "" && in(name, "local") {
					f.on(l, ".local is reserved for multicast DNS. It works here only if your servers answer for it.")
				}
			}),
		scope("D20", []Severity{Warning, Note}, "The domain is reserved by an RFC.",
			"localhost, .invalid, .test, .example and example.com/net/org (RFC 6761), .onion (RFC 7686) and .alt (RFC 9476) are kept out of DNS, and most servers refuse to look them up. .test and the example names are noted only, since tests and training use them.",
			reservedNames),
		scope("D21", []Severity{Note}, "The domain is of private use.",
			".internal (ICANN 2024) and home.arpa (RFC 8375) are reserved for private use. .corp, .home, .lan, .intranet, .private and .localdomain are habits: a question that leaves the private network leaks them, and nothing keeps them free. Nothing has to change today.",
			func(f *finder, l *line) {
				if name := l.name.ASCII; name != "" && privateSuffix(name) != "" {
					f.on(l, "%s is a private-use name. .internal is the reserved choice; .corp and .home can leak.", l.shown())
				}
			}),
		scope("D22", []Severity{Warning}, "The domain is an Azure Private Link zone.",
			"Names of a privatelink zone resolve to private addresses only where the private DNS zone is linked to the VNET of the server that is asked; elsewhere the same names resolve to public addresses. The usual server is the inbound endpoint of a private resolver in a VNET that the zone is linked to.",
			func(f *finder, l *line) {
				if slices.Contains(labels(l.name.ASCII), "privatelink") {
					f.on(l, "Private Link: the servers' VNET must be linked to %s, or names resolve to public addresses.", l.shown())
				}
			}),
		scope("D23", []Severity{Warning}, "The domain is the parent of Azure's own services.",
			"Sign-in, storage, key vaults and Azure's management live below these domains. Servers that do not answer for all of it break them for the gateway. Forward the narrow zone, such as privatelink.blob.core.windows.net.",
			func(f *finder, l *line) {
				if name := l.name.ASCII; name != "" && azureParent(name) {
					f.on(l, "Forwarding %s can break Azure and sign-in. Forward the narrow privatelink zone instead.", l.shown())
				}
			}),
		scope("D24", []Severity{Warning}, "The domain belongs to Konnect.",
			"Data planes reach their control plane and send telemetry by names of konghq.com, konghq.tech and konggateway.com. If the servers of this row do not resolve them, the data planes lose Konnect. Take the row away unless your servers forward these names to the internet.",
			func(f *finder, l *line) {
				if name := l.name.ASCII; name != "" && kongZone(name) {
					f.on(l, "Forwarding %s may cut data planes off from Konnect. Take the row away.", l.shown())
				}
			}),
	}
}

func scope(id string, severities []Severity, title, help string, look func(*finder, *line)) rule {
	return rule{RuleInfo: RuleInfo{ID: id, Severities: severities, Title: title, Help: help}, line: look}
}

// singleLabel reports a top level that no other rule speaks of.
func singleLabel(name string) bool {
	if name == "" || name == root || strings.Contains(name, ".") || name == "local" || privateSuffix(name) != "" {
		return false
	}
	if rfc, _ := reservedName(name); rfc != "" {
		return false
	}
	_, listed := publicsuffix.PublicSuffix(name)
	return !listed
}

// publicSuffix finds suffixes of the public list. A top level that is not listed is one
// to the list too; D16 speaks of it. The reverse zones and home.arpa are listed, and
// are nobody's to register in: D30 and D21 speak of them. So is .onion, which D20 has.
func publicSuffix(f *finder, l *line) {
	name := l.name.ASCII
	if name == "" || name == root || name == "in-addr.arpa" || name == "ip6.arpa" || privateSuffix(name) != "" {
		return
	}
	if rfc, _ := reservedName(name); rfc != "" {
		return
	}
	suffix, icann := publicsuffix.PublicSuffix(name)
	if suffix != name || !icann && !strings.Contains(name, ".") {
		return
	}
	p := f.on(l, "%s is a public suffix; forwarding it captures domains that are not yours.", l.shown())
	if !icann {
		p.Severity = Warning
	}
}

func reservedNames(f *finder, l *line) {
	if l.name.ASCII == "" || l.name.ASCII == root {
		return
	}
	rfc, examples := reservedName(l.name.ASCII)
	if rfc == "" {
		return
	}
	p := f.on(l, "%s is reserved (%s) and will not be resolved by most servers.", l.shown(), rfc)
	if examples {
		p.Severity = Note
	}
}
