// Package privatelink knows the names of Azure's services that have private endpoints:
// which zone a service's own name lies in, which private zone answers for it inside a
// VNET, and how the one name is made of the other.
package privatelink

import (
	"slices"
	"strings"
)

// Name is a name of a service, seen from both sides. All of it is in small letters and
// without a dot at the end.
type Name struct {
	Host    string // before the zone, such as that of a storage account; empty for the zone itself
	Own     string // the zone that services ask for, such as blob.core.windows.net
	Private string // the private zone, such as privatelink.blob.core.windows.net
	// Listed: Microsoft's list has the zone; else it is known by its label alone.
	Listed bool
}

// Public is the name that services ask for.
func (n Name) Public() string { return joined(n.Host, n.Own) }

// Inside is the name that the private zone holds.
func (n Name) Inside() string { return joined(n.Host, n.Private) }

func joined(host, zone string) string {
	if host == "" {
		return zone
	}
	return host + "." + zone
}

// Of reads a name, from either side. It is false for a name that is that of no service
// with private endpoints, as far as can be told.
func Of(name string) (Name, bool) {
	name = strings.ToLower(strings.Trim(name, "."))
	labels := strings.Split(name, ".")
	best, found, least := Name{}, false, 0
	for _, p := range pairs() {
		for _, side := range append([]string{p.private}, p.own...) {
			n, rest, ok := p.read(labels, side)
			if ok && (!found || rest < least) {
				best, found, least = n, true, rest
			}
		}
	}
	if !found {
		return unlisted(labels)
	}
	// A zone of the whole cloud, such as azure.com, is that of the management alone: a name
	// below it belongs to another service that is not listed.
	if best.Own == "azure.com" && best.Host != "" && best.Host != "management" {
		return Name{}, false
	}
	return best, true
}

// read reads the labels of a name that lies in one of the zones of the pair. The rest is how
// much of the name stands before the zone: the zone with the least of it is meant.
func (p pair) read(labels []string, side string) (n Name, rest int, ok bool) {
	host, with, ok := matched(labels, side)
	if !ok {
		return Name{}, 0, false
	}
	own := p.own[0]
	if side != p.private {
		own = side
	}
	rest = len(host)
	if side != p.private && len(with) > 0 && host == "" {
		rest = len(strings.Join(labels, ".")) // that of a host in a zone that has no region is more likely
	}
	return Name{Host: host, Own: fill(own, with), Private: fill(p.private, with), Listed: true}, rest, true
}

// unlisted knows the private zone of a service by its label.
func unlisted(labels []string) (Name, bool) {
	at := slices.Index(labels, "privatelink")
	if at < 0 || at+1 >= len(labels) {
		return Name{}, false
	}
	return Name{Host: strings.Join(labels[:at], "."), Own: strings.Join(labels[at+1:], "."), Private: strings.Join(labels[at:], ".")}, true
}

// IsPrivate reports whether a name lies in the private zone of a service: whoever asks for
// it wants a private address.
func IsPrivate(name string) bool {
	name = strings.ToLower(strings.Trim(name, "."))
	if !strings.Contains(name, "privatelink") {
		return false // as nearly all are
	}
	labels := strings.Split(name, ".")
	return slices.ContainsFunc(labels, func(l string) bool { return l == "privatelink" || l == "privatelink-global" })
}

// OwnZone reports whether a domain is the zone that names of a service lie in, as services
// ask for them.
func OwnZone(domain string) bool {
	n, known := Of(domain)
	return known && n.Listed && n.Host == "" && n.Own != "azure.com" && n.Own == strings.ToLower(strings.Trim(domain, "."))
}

// matched holds the end of a name against a zone, whose labels in braces fit any label. A
// label of the private zones fits none of them.
func matched(labels []string, zone string) (host string, with []string, ok bool) {
	want := strings.Split(zone, ".")
	if len(labels) < len(want) {
		return "", nil, false
	}
	rest := labels[len(labels)-len(want):]
	for i, w := range want {
		switch {
		case strings.HasPrefix(w, "{") && rest[i] != "privatelink" && rest[i] != "":
			with = append(with, rest[i])
		case w != rest[i]:
			return "", nil, false
		}
	}
	return strings.Join(labels[:len(labels)-len(want)], "."), with, true
}

// fill puts labels in the place of those in braces.
func fill(zone string, with []string) string {
	labels := strings.Split(zone, ".")
	for i, l := range labels {
		if strings.HasPrefix(l, "{") && len(with) > 0 {
			labels[i], with = with[0], with[1:]
		}
	}
	return strings.Join(labels, ".")
}
