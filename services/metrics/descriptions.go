package metrics

import "github.com/prometheus/client_golang/prometheus"

// descriptions are the metrics with their labels. Names and labels are stable: new ones
// may come, none changes or goes.
type descriptions struct {
	up, lastGood, complete, failing                          *prometheus.Desc
	networks, leftOut                                        *prometheus.Desc
	networkInfo, networkState, networkSeverity, networkKnown *prometheus.Desc
	read, readFailing                                        *prometheus.Desc
	peeringState, peeringSeverity, halfState, halfRead       *prometheus.Desc
	privateDNSState, dnsRules, dnsProblems, dnsUnchecked     *prometheus.Desc
	probeAt, probeDomains, probeFailing                      *prometheus.Desc
	findings                                                 *prometheus.Desc
}

func describe() descriptions {
	of := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("peerdeck_"+name, help, labels, nil)
	}
	network := func(name, help string, more ...string) *prometheus.Desc {
		return of(name, help, append([]string{"network", "network_id"}, more...)...)
	}
	peering := func(name, help string, more ...string) *prometheus.Desc {
		return network(name, help, append([]string{"peering", "peering_id"}, more...)...)
	}
	const severities = "0 ok, 1 working, 2 unknown, 3 attention, 4 broken"
	return descriptions{
		up:       of("source_up", "Whether the cloud answers: 1 it does, 0 it does not, asks for patience, refuses the sign-in, or is asked for the first time. Absent while there is nothing to ask it.", "source"),
		lastGood: of("source_last_success_timestamp_seconds", "When the cloud gave its last good answer.", "source"),
		complete: of("first_reading_complete", "Whether everything was asked for at least once: 1 it was, 0 not yet."),
		failing:  of("failures", "What could not be read and concerns more than one network, by the code of the failure.", "code"),

		networks: of("networks", "Networks by severity, each by the most urgent of what is in it. Absent until the list was read once.", "severity"),
		leftOut:  of("networks_without_series", "Networks that have no series of their own, because there are too many."),

		networkInfo:     network("network_info", "A network as Konnect has it; always 1.", "provider", "region", "cidr"),
		networkState:    network("network_state", "The state of a network in Konnect; 1 for the present one.", "state"),
		networkSeverity: network("network_severity", "How much a network needs a person: "+severities+"."),
		networkKnown:    network("network_acknowledged", "1 where somebody has acknowledged what the severity of the network is for."),

		read:        network("read_timestamp_seconds", "When a part of a network was read well the last time.", "part"),
		readFailing: network("read_failing", "1 while the last reading of a part of a network failed, by the code of the failure.", "part", "code"),

		peeringState:    peering("peering_konnect_state", "The state of Konnect's half of a peering; 1 for the present one.", "kind", "state"),
		peeringSeverity: peering("peering_severity", "How much a peering needs a person: "+severities+"."),
		halfState: peering("peering_azure_state", "The state of Azure's half of a peering; 1 for the present one. Besides Azure's words: absent, unclear (whose it is), no_vnet, not_read, not_readable.",
			"state", "sync"),
		halfRead: peering("peering_azure_read_timestamp_seconds", "When Azure's half was read well the last time."),

		privateDNSState: network("private_dns_state", "The state of a private DNS attachment; 1 for the present one.", "private_dns", "private_dns_id", "state"),
		dnsRules:        network("dns_rules", "Rows of the mapping tables, by where they stand. Absent until the table was read.", "origin"),
		dnsProblems:     network("dns_problems", "What the rules find wrong in the mapping tables, by severity.", "severity"),
		dnsUnchecked:    network("dns_rules_not_checked", "Rules of mapping tables that could not look: neither good nor bad."),
		probeAt:         network("dns_probe_timestamp_seconds", "When the mapping tables were probed the last time. Absent when never, or more than a day ago."),
		probeDomains:    network("dns_probe_domains", "Domains that the last probe asked for."),
		probeFailing:    network("dns_probe_failing_domains", "Domains that did not resolve as they should in the last probe."),

		findings: network("findings", "What is not fine in a network, by its code in the catalogue (peerdeck explain CODE tells of it).", "subject", "code", "severity", "acknowledged"),
	}
}

func (d descriptions) all() []*prometheus.Desc {
	return []*prometheus.Desc{
		d.up, d.lastGood, d.complete, d.failing, d.networks, d.leftOut, d.networkInfo, d.networkState, d.networkSeverity, d.networkKnown, d.read, d.readFailing,
		d.peeringState, d.peeringSeverity, d.halfState, d.halfRead, d.privateDNSState, d.dnsRules, d.dnsProblems, d.dnsUnchecked,
		d.probeAt, d.probeDomains, d.probeFailing, d.findings,
	}
}
