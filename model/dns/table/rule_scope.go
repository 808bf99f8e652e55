package table

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/peerdeck/peerdeck/model/dns/privatelink"
)

// maxLabels is how many labels the domain of an Azure forwarding rule may have.
const maxLabels = 34

// scopeRules are about domains that take more along than is meant, or names that other
// rules of the internet have taken already.
func scopeRules() []rule {
	return []rule{
		scope("D15", func(f *finder, l *line) {
			if l.name.ASCII == root {
				f.on(l, "This sends every name to these servers, public ones too. Azure service names stay with Azure.")
			}
		}),
		scope("D16", func(f *finder, l *line) {
			if singleLabel(l.name.ASCII) {
				f.on(l, "%s has one label: it covers that whole top level, and search suffixes do not apply.", l.shown())
			}
		}),
		scope("D17", publicSuffix),
		scope("D18", func(f *finder, l *line) {
			if n := countLabels(l.name.ASCII); n > maxLabels {
				f.on(l, "Azure forwarding rules allow at most 34 labels; this has %s.", number(n))
			}
		}),
		scope("D19", func(f *finder, l *line) {
			if name := l.name.ASCII; name != "" && in(name, "local") {
				f.on(l, ".local is reserved for multicast DNS. It works here only if your servers answer for it.")
			}
		}),
		scope("D20", reservedNames),
		scope("D21", func(f *finder, l *line) {
			if name := l.name.ASCII; name != "" && privateSuffix(name) != "" {
				f.on(l, "%s is a private-use name. .internal is the reserved choice; .corp and .home can leak.", l.shown())
			}
		}),
		scope("D22", privateZone),
		scope("D23", func(f *finder, l *line) {
			if name := l.name.ASCII; name != "" && azureParent(name) && !privatelink.OwnZone(name) {
				f.on(l, "Forwarding %s can break Azure and sign-in. Forward a service's zone: blob.core.windows.net.", l.shown())
			}
		}),
		scope("D24", func(f *finder, l *line) {
			if name := l.name.ASCII; name != "" && kongZone(name) {
				f.on(l, "Forwarding %s may cut data planes off from Konnect. Take the row away.", l.shown())
			}
		}),
	}
}

func scope(id string, look func(*finder, *line)) rule {
	return rule{RuleInfo: RuleInfo{ID: id}, line: look}
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

// privateZone speaks of private zones of Azure's services. What services ask for lies in
// the zone of the service itself, and Microsoft's table has that for servers elsewhere to
// forward: with the private zone alone, the table is never asked for the names that are
// used. Whether Kong's resolver looks at a row again for the target of an alias is not
// documented.
func privateZone(f *finder, l *line) {
	if !privatelink.IsPrivate(l.name.ASCII) {
		return
	}
	n, known := privatelink.Of(l.name.ASCII)
	if own := n.Public(); known && !f.covered(own) {
		f.on(l, "Services ask for %s: map that too, and link this zone to the servers' VNET.", own)
		return
	}
	f.on(l, "Private Link: the servers' VNET must be linked to %s, or names resolve to public addresses.", l.shown())
}

// covered reports whether a row is for a name, or for what it lies in. The root is not
// for the zones of Azure's services.
func (f *finder) covered(name string) bool {
	for {
		if f.byName[name] != nil {
			return true
		}
		_, rest, found := strings.Cut(name, ".")
		if !found {
			return false
		}
		name = rest
	}
}

// publicSuffix finds suffixes of the public list. A top level that is not listed is one
// to the list too; D16 speaks of it. A service's own zone is listed for the sake of cookies,
// and is what D22 and D23 say to forward. The reverse zones and home.arpa are listed, and
// are nobody's to register in: D30 and D21 speak of them. So is .onion, which D20 has.
func publicSuffix(f *finder, l *line) {
	name := l.name.ASCII
	if name == "" || name == root || name == "in-addr.arpa" || name == "ip6.arpa" {
		return
	}
	suffix, icann := publicsuffix.PublicSuffix(name)
	if suffix != name || privateSuffix(name) != "" || !icann && (!strings.Contains(name, ".") || privatelink.OwnZone(name)) {
		return
	}
	if rfc, _ := reservedName(name); rfc != "" {
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
