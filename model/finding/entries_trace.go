package finding

// traceEntries are what a trace says of its own steps, where no symptom and no cloud does.
func traceEntries() []Entry {
	return about(OfName, []Entry{
		{
			Code: "trace-not-known", Severities: []Severity{Unknown}, Title: "Steps of a trace could not be made",
			Means: "What was looked at is well, and what is missing may not be. Nothing is concluded from it.", Next: "Give the trace what is missing, or ask from a machine in the VNET.", Reads: readsBothAndServers, Source: sourceWay,
		},
		{
			Code: "trace-failed", Severities: []Severity{Attention}, Title: "A step of a trace failed, and no symptom explains it",
			Means: "What was seen is told as it is; its cause is not known.", Next: "Ask the servers again, and compare what they say.", Reads: readsBothAndServers, Source: "no document says; what the servers answer is told as it is",
		},
	})
}

// readsBothAndServers is where all that a trace knows is read from.
const readsBothAndServers = "Konnect, Azure Resource Manager, and " + readsServers
