package file

import "strings"

// aws reads the rules of AWS Route 53 Resolver, as list-resolver-rules prints them or as a
// CloudFormation template has them.
func (r *reader) aws(root node) {
	for _, n := range find(root, func(n node) bool { return n.has("TargetIps") || n.has("RuleType") && n.has("DomainName") }) {
		e := entry{from: n.from, to: n.to}
		r.unique(&e, n)
		kind := n.textOf("RuleType")
		if kind != "" && !strings.EqualFold(kind, "FORWARD") {
			r.pass("the rule for " + n.textOf("DomainName") + ", which is of the type " + kind)
			continue
		}
		if state := n.textOf("Status"); strings.EqualFold(state, "DELETING") || strings.EqualFold(state, "FAILED") {
			e.failf("its state is %s there; leave it out, or mend it first", short(state))
		}
		if domain := n.textOf("DomainName"); domain != "" {
			e.domains = []string{undot(domain)}
		}
		targets, _ := n.get("TargetIps")
		for _, t := range targets.items {
			address := t.textOf("Ip")
			if address == "" {
				address = t.textOf("Ipv6")
			}
			if protocol := t.textOf("Protocol"); protocol != "" && !strings.EqualFold(protocol, "Do53") {
				e.failf("%s is asked with %s; Konnect asks with plain DNS: give a server that answers that", quoted(address), short(protocol))
			}
			e.targetOf(address, t.textOf("Port"))
		}
		r.put(e)
	}
	r.notePassed("rule")
}

// targetOf adds a server of an object, which may lack its address.
func (e *entry) targetOf(address, port string) {
	if address == "" {
		e.failf("one of its servers has no address that stands there by itself; write it in, such as 10.1.0.4")
		return
	}
	e.server(address, port)
}

// gcp reads the zones of Google Cloud DNS that forward. Other zones have their names
// themselves, or lead to another network.
func (r *reader) gcp(root node) {
	for _, n := range find(root, func(n node) bool { return n.has("forwardingConfig") || n.has("dnsName") && n.has("visibility") }) {
		e := entry{from: n.from, to: n.to}
		domain := undot(n.textOf("dnsName"))
		config, forwards := n.get("forwardingConfig")
		if !forwards {
			r.pass("the zone " + domain + ", which does not forward")
			continue
		}
		if domain != "" {
			e.domains = []string{domain}
		}
		targets, _ := config.get("targetNameServers")
		for _, t := range targets.items {
			address := t.textOf("ipv4Address")
			if address == "" {
				address = t.textOf("ipv6Address")
			}
			if name := t.textOf("domainName"); name != "" {
				e.failf("its server %s is a name; Konnect takes addresses: write the address", quoted(name))
			}
			e.targetOf(address, "")
		}
		r.put(e)
	}
	r.notePassed("zone")
}

// oci reads the rules of a resolver of Oracle Cloud.
func (r *reader) oci(root node) {
	for _, n := range find(root, func(n node) bool { return n.has("qname-cover-conditions", "qnameCoverConditions") }) {
		e := entry{from: n.from, to: n.to}
		for _, name := range []string{"qname-cover-conditions", "qnameCoverConditions"} {
			for _, d := range e.listOf(n, name) {
				e.domains = append(e.domains, undot(d))
			}
		}
		for _, name := range []string{"destination-addresses", "destinationAddresses"} {
			for _, s := range e.listOf(n, name) {
				e.server(s, "")
			}
		}
		for _, name := range []string{"client-address-conditions", "clientAddressConditions"} {
			if clients := e.listOf(n, name); len(clients) > 0 {
				e.notef("it was for the clients %s only, which has no counterpart", short(strings.Join(clients, ", ")))
			}
		}
		if len(e.domains) == 0 {
			e.failf("it has no domain, so it is for all other names; a mapping has one, so name it")
		}
		r.put(e)
	}
}
