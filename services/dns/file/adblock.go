package file

import (
	"net/netip"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// adguard reads AdGuard's upstreams, one a line: [/corp.example.com/example.net/]10.1.0.4,
// alone or in AdGuardHome.yaml.
func (r *reader) adguard() {
	for _, l := range newSample(r.text).lines {
		if strings.TrimPrefix(l, "- ") == "upstream_dns:" {
			r.yaml()
			return
		}
	}
	at := 0
	for line := range strings.Lines(r.text) {
		e := entry{from: at, to: at + len(line)}
		at = e.to
		if text := strings.TrimSpace(line); text != "" && text[0] != '#' && text[0] != '!' {
			r.adguardLine(e, strings.Trim(strings.TrimSpace(strings.TrimPrefix(text, "- ")), `'"`))
		}
	}
}

// adguardDocument reads the upstreams of AdGuardHome.yaml.
func (r *reader) adguardDocument(root node) {
	for _, n := range find(root, func(n node) bool { return n.has("upstream_dns") }) {
		upstreams, _ := n.get("upstream_dns")
		for _, u := range upstreams.items {
			r.adguardLine(entry{from: u.from, to: u.to}, u.text)
		}
	}
}

func (r *reader) adguardLine(e entry, text string) {
	rest, found := strings.CutPrefix(text, "[/")
	domains, servers, closed := strings.Cut(rest, "/]")
	switch {
	case !found:
		e.failf("it names no domain, so it is for all other names; a mapping has one: [/corp.example.com/]10.1.0.4")
	case !closed:
		e.failf("there is no /] behind the domains; write: [/corp.example.com/]10.1.0.4")
	case strings.TrimSpace(servers) == "#":
		e.failf("its server is #, the usual upstreams of AdGuard; Konnect does not know them: give their addresses, or leave the line out")
	}
	for d := range strings.SplitSeq(domains, "/") {
		if bare, below := strings.CutPrefix(d, "*."); below {
			e.notef("%s is for names below %s only; a mapping is for that name too", short(d), short(bare))
		}
		if d == "" {
			e.failf("it has an empty domain, which stands for names without a dot; a mapping needs a domain: name it")
			continue
		}
		e.domains = append(e.domains, d)
	}
	for s := range strings.FieldsSeq(servers) {
		e.upstream(s)
	}
	r.put(e)
}

// conditional reports blocky's conditional forwarding.
func conditional(n node) bool {
	inner, ok := n.get("conditional")
	return ok && inner.has("mapping")
}

// blocky reads the conditional mappings of blocky.
func (r *reader) blocky(root node) {
	for _, n := range find(root, conditional) {
		inner, _ := n.get("conditional")
		mapping, _ := inner.get("mapping")
		for _, m := range mapping.members {
			e := entry{from: m.from, to: m.value.to, domains: []string{m.name}}
			if m.name == "." {
				e.notef("it is for all names without another mapping")
			}
			for _, s := range splitCell(m.value.text) {
				e.blockyServer(s)
			}
			for _, s := range m.value.items {
				e.blockyServer(s.text)
			}
			r.put(e)
		}
		if rewrite, ok := inner.get("rewrite"); ok && len(rewrite.members) > 0 {
			r.noteOnce("rewrite changes names before they are asked for; Konnect has no such thing, and it was passed over")
		}
	}
}

// blockyServer reads net:address:port.
func (e *entry) blockyServer(text string) {
	net, rest, found := strings.Cut(text, ":")
	switch {
	case !found || address(text) || strings.Contains(net, "."):
	case net == "udp" || net == "tcp+udp":
		text = rest
	case net != "" && strings.Trim(net, "abcdefghijklmnopqrstuvwxyz+-") == "":
		e.failf("%s is asked with %s; Konnect asks with plain DNS: give a server that answers that", quoted(rest), short(net))
	}
	e.upstream(text)
}

// pihole reads the conditional forwarding of Pi-hole: of setupVars.conf, and of
// pihole.toml.
func (r *reader) pihole() {
	var one piholeRule
	for _, s := range r.settings() {
		name := strings.ToUpper(s.name)
		value := strings.Trim(s.value, `"'`)
		switch {
		case s.unreadable && strings.ContainsAny(s.name[:1], "]\"'"): // of a list, which is read at its beginning
		case name == "REVSERVERS":
			r.revServers(s)
		case strings.HasPrefix(name, "REV_SERVER") || strings.HasPrefix(name, "CONDITIONAL_FORWARDING"):
			one.l.at(s.from, s.to)
			switch {
			case name == "REV_SERVER" || name == "CONDITIONAL_FORWARDING":
				one.off = !strings.EqualFold(value, "true")
			case strings.HasSuffix(name, "_CIDR"), strings.HasSuffix(name, "_REVERSE"):
				one.prefix = value
			case strings.HasSuffix(name, "_TARGET"), strings.HasSuffix(name, "_IP"):
				one.target = value
			case strings.HasSuffix(name, "_DOMAIN"):
				one.domain = value
			}
		default:
			r.pass(s.name)
		}
	}
	if one.l.seen {
		r.put(one.entry())
	}
	r.notePassed("setting")
}

// piholeRule is one conditional forwarding.
type piholeRule struct {
	l                      link
	prefix, target, domain string
	off                    bool
}

func (p piholeRule) entry() entry {
	e := entry{from: p.l.from, to: p.l.to}
	if p.off {
		e.failf("it is switched off there; Konnect has no such switch: switch it on first, or leave it out")
	}
	if p.domain != "" {
		e.domains = append(e.domains, p.domain)
	}
	if p.prefix != "" {
		e.reverse(p.prefix)
	}
	if p.target != "" {
		e.target(p.target)
	}
	return e
}

// reverse adds the reverse zones of a range, and says so. A reverse zone that is written
// as one is taken as it is.
func (e *entry) reverse(text string) {
	if strings.HasSuffix(strings.TrimSuffix(strings.ToLower(text), "."), ".arpa") {
		e.domains = append(e.domains, text)
		return
	}
	p, err := netip.ParsePrefix(text)
	if a, single := netip.ParseAddr(text); single == nil {
		p, err = netip.PrefixFrom(a, a.BitLen()), nil
	}
	if err != nil {
		e.failf("%s is no range of addresses such as 10.1.0.0/16", quoted(text))
		return
	}
	zones := dnstable.ReverseZones(p)
	if len(e.domains)+len(zones) > MaxLines {
		e.failf("it has more than %d domains; split it", MaxLines)
		return
	}
	switch {
	case p.Bits() == 0:
		e.failf("%s is the range of all addresses; name the ranges that the servers know", quoted(text))
	case len(zones) == 1:
		e.notef("the range %s was read as its reverse zone %s", short(text), zones[0])
	default:
		e.notef("the range %s ends within a number, and was read as its %d reverse zones, %s to %s", short(text), len(zones), zones[0], zones[len(zones)-1])
	}
	e.domains = append(e.domains, zones...)
}

// maxList bounds the list of pihole.toml.
const maxList = 64 << 10

// revServers reads the list of pihole.toml: each text has "on", range, server and domain.
func (r *reader) revServers(s setting) {
	begin := s.from
	text := r.text[s.from:min(len(r.text), s.from+maxList)]
	end := strings.Index(text, "]")
	if end < 0 {
		r.refuseSetting(s, `revServers = ["true,10.1.0.0/16,10.1.0.4,corp.example.com"]`)
		return
	}
	for i := 0; i < end; {
		open := strings.IndexAny(text[i:end], `"'`)
		if open < 0 {
			return
		}
		open += i
		size := strings.IndexByte(text[open+1:end], text[open])
		if size < 0 {
			r.refuseSetting(s, `revServers = ["true,10.1.0.0/16,10.1.0.4,corp.example.com"]`)
			return
		}
		parts := strings.Split(text[open+1:open+1+size], ",")
		for len(parts) < 4 {
			parts = append(parts, "")
		}
		rule := piholeRule{off: !strings.EqualFold(strings.TrimSpace(parts[0]), "true"), prefix: strings.TrimSpace(parts[1]), target: strings.TrimSpace(parts[2]), domain: strings.TrimSpace(parts[3])}
		rule.l.at(begin+open, begin+open+size+2)
		r.put(rule.entry())
		i = open + size + 2
	}
}
