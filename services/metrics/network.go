package metrics

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// network tells of one network and of all in it.
func (c *collector) network(w writer, n *model.NetworkStatus) {
	id, title := name(n.ID), name(n.Name)
	w.gauge(c.d.networkInfo, 1, title, id, provider(n.Provider), name(n.Region), name(n.CIDR.Text))
	w.gauge(c.d.networkState, 1, title, id, networkState(n.State))
	w.gauge(c.d.networkSeverity, float64(n.Finding.Severity), title, id)
	w.gauge(c.d.networkKnown, truth(n.Finding.Known != nil), title, id)
	for _, part := range []struct {
		name string
		read model.Part
	}{{"peerings", n.PeeringsRead}, {"private_dns", n.PrivateDNSRead}, {"control_planes", n.ReferencesRead}} {
		c.stamp(w, c.d.read, part.read.At, title, id, part.name)
		if f := part.read.Failure; f != nil {
			w.gauge(c.d.readFailing, 1, title, id, part.name, c.codes.label(f.FindingCode()))
		}
	}
	c.peerings(w, n, title, id)
	c.dns(w, n, title, id)
	for _, f := range distinct(findings(n), func(f about) about { return f }) {
		w.gauge(c.d.findings, float64(f.count), title, id, string(f.key.subject), c.codes.label(f.key.code), f.key.severity.String(), strconv.FormatBool(f.key.known))
	}
}

// stamp gives a time, where there is one.
func (c *collector) stamp(w writer, d *prometheus.Desc, at time.Time, labels ...string) {
	if !at.IsZero() {
		w.gauge(d, float64(at.UnixMilli())/1000, labels...)
	}
}

// peerings tells of both halves of each peering.
func (c *collector) peerings(w writer, n *model.NetworkStatus, title, id string) {
	seen := map[safe.Text]bool{}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if seen[p.ID] {
			continue
		}
		seen[p.ID] = true
		own, peering := name(p.Name), name(p.ID)
		w.gauge(c.d.peeringState, 1, title, id, own, peering, kind(p.Kind), peeringState(p.State))
		w.gauge(c.d.peeringSeverity, float64(p.Finding.Severity), title, id, own, peering)
		if state, sync := half(p.Azure); state != "" {
			w.gauge(c.d.halfState, 1, title, id, own, peering, state, sync)
			c.stamp(w, c.d.halfRead, p.Azure.ReadAt, title, id, own, peering)
		}
	}
}

// dns tells of the mapping tables: their rows, what is wrong with them, and what the last
// probe found.
func (c *collector) dns(w writer, n *model.NetworkStatus, title, id string) {
	if n.PeeringsRead.Read() {
		rows := 0
		for i := range n.Peerings {
			rows += model.CountDomains(n.Peerings[i].DNS)
		}
		w.gauge(c.d.dnsRules, float64(rows), title, id, "peering")
	}
	if n.PrivateDNSRead.Read() {
		rows, seen := 0, map[safe.Text]bool{}
		for i := range n.PrivateDNS {
			d := &n.PrivateDNS[i]
			rows += model.CountDomains(d.DNS)
			if !seen[d.ID] {
				seen[d.ID] = true
				w.gauge(c.d.privateDNSState, 1, title, id, name(d.Name), name(d.ID), privateDNSState(d.State))
			}
		}
		w.gauge(c.d.dnsRules, float64(rows), title, id, "resolver")
	}
	if n.PeeringsRead.Read() && n.PrivateDNSRead.Read() {
		problems := map[model.Severity]int{}
		for _, m := range n.Mappings {
			problems[m.Finding.Severity]++
		}
		for _, severity := range []model.Severity{model.SeverityAttention, model.SeverityBroken} {
			w.gauge(c.d.dnsProblems, float64(problems[severity]), title, id, severity.String())
		}
		w.gauge(c.d.dnsUnchecked, float64(n.MappingsUnchecked), title, id)
	}
	if p := n.Probed; p != nil {
		c.stamp(w, c.d.probeAt, p.At, title, id)
		w.gauge(c.d.probeDomains, float64(p.Domains), title, id)
		w.gauge(c.d.probeFailing, float64(len(p.Faults)), title, id)
	}
}

// about is what a finding is counted by.
type about struct {
	subject  finding.Subject
	code     finding.Code
	severity model.Severity
	known    bool // somebody has acknowledged it
}

// findings lists what is not fine in a network, by itself and in all that belongs to it.
func findings(n *model.NetworkStatus) []about {
	var out []about
	add := func(s finding.Subject, f finding.Finding) {
		if f.Severity != model.SeverityOK {
			out = append(out, about{s, f.Code, f.Severity, f.Known != nil})
		}
	}
	add(finding.OfNetwork, n.Own)
	for i := range n.Peerings {
		add(finding.OfPeering, n.Peerings[i].Finding)
	}
	for i := range n.PrivateDNS {
		add(finding.OfPrivateDNS, n.PrivateDNS[i].Finding)
	}
	for i := range n.Mappings {
		add(finding.OfMapping, n.Mappings[i].Finding)
	}
	for i := range n.Paths {
		add(finding.OfPath, n.Paths[i].Finding)
	}
	return out
}
