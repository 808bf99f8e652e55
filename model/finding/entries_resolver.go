package finding

// resolverEntries are findings of a resolver that look at its map too.
func resolverEntries() []Entry {
	return about(OfPrivateDNS, []Entry{{
		Code: "dns-error-target", Severities: []Severity{Broken}, Title: "A resolver has an error, and a row names Azure's own resolver as a server",
		Means: "168.63.129.16 answers inside one VNET only, and Azure refuses it as a target, with an error that does not say so.",
		Next:  "Put the inbound endpoint of a private resolver in its place, and apply.", Reads: readsKonnect, Source: sourceResolver,
	}})
}
