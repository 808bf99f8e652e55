package finding

// resolverEntries are findings of a resolver that look at its map too, and of the map as
// the last probe found it.
func resolverEntries() []Entry {
	return append(about(OfPrivateDNS, []Entry{{
		Code: "dns-error-target", Severities: []Severity{Broken}, Title: "A resolver has an error, and a row names Azure's own resolver as a server",
		Means: "168.63.129.16 answers inside one VNET only, and Azure refuses it as a target, with an error that does not say so.",
		Next:  "Put the inbound endpoint of a private resolver in its place, and apply.", Reads: readsKonnect, Source: sourceResolver,
	}}), about(OfMapping, []Entry{{
		Code: "mapping-probe-failed", Severities: []Severity{Attention}, Title: "The last probe of all domains, not a day old, found some that do not resolve as they should",
		Means: "A server of the domain did not answer, refused, gave what cannot be right, or another answer than its replica. It was so when the probe was made. A domain that was taken away since, or has other servers, is left out.",
		Next:  "Probe again, and trace the domain.", Reads: "the last probe that was made on this machine", Source: sourceNone,
	}})...)
}
