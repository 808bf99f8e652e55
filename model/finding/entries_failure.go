package finding

// failureEntries are the kinds of failure: what happened to peerdeck, not what is so in
// the world. The failure itself carries cause and cure with the real names.
func failureEntries() []Entry {
	const reads = "the answer of the service that was asked"
	return about(OfFailure, []Entry{
		{Code: "failure-auth", Severities: []Severity{Unknown}, Title: "Nobody is signed in, or no longer", Means: "Nothing can be read or changed there until somebody signs in.", Next: "Sign in, or give another token.", Reads: reads, Source: "RFC 9110, status 401"},
		{Code: "failure-permission", Severities: []Severity{Unknown}, Title: "The signed-in account may not do this", Means: "The service knows who asks and refuses.", Next: "Have the right given, or hand the part to somebody who has it.", Reads: reads, Source: "RFC 9110, status 403"},
		{Code: "failure-not-found", Severities: []Severity{Unknown}, Title: "The thing is not there, or may not be seen", Means: "Some services answer the same for both.", Next: "Check the name and the account.", Reads: reads, Source: "RFC 9110, status 404"},
		{Code: "failure-conflict", Severities: []Severity{Unknown}, Title: "The thing is in another state than was thought", Means: "Somebody else changed it meanwhile, or it is being changed.", Next: "Look again, then decide.", Reads: reads, Source: "RFC 9110, status 409"},
		{Code: "failure-invalid", Severities: []Severity{Unknown}, Title: "The request was refused as wrong", Means: "Sending it again gives the same answer.", Next: "Put right what the failure names.", Reads: reads, Source: "RFC 9110, status 400"},
		{Code: "failure-throttled", Severities: []Severity{Unknown}, Title: "Too many requests", Means: "The service says when it may be asked again.", Next: "Wait that long.", Reads: reads, Source: "RFC 6585, status 429"},
		{Code: "failure-unreachable", Severities: []Severity{Unknown}, Title: "The host gives no answer", Means: "The way to it is broken, or it is down.", Next: "Check the network, the proxy and the address.", Reads: "this machine's network", Source: sourceNone},
		{Code: "failure-timeout", Severities: []Severity{Unknown}, Title: "The answer took too long", Means: "Whether a change was made is not known.", Next: "Look, then try again.", Reads: reads, Source: sourceNone},
		{Code: "failure-server", Severities: []Severity{Unknown}, Title: "The service failed", Means: "The fault is on its side.", Next: "Try again later; give support the id.", Reads: reads, Source: "RFC 9110, status 5xx"},
		{Code: "failure-contract", Severities: []Severity{Unknown}, Title: "The answer makes no sense", Means: "Something between answers in the service's place, or the service is newer.", Next: "Look at the detail; report it.", Reads: reads, Source: sourceNone},
		{Code: "failure-cancelled", Severities: []Severity{Unknown}, Title: "peerdeck gave up on purpose", Means: "A person or a limit ended it.", Next: "Start it again.", Reads: "peerdeck", Source: sourceNone},
		{Code: "failure-bug", Severities: []Severity{Unknown}, Title: "A fault in peerdeck", Means: "peerdeck met something that it did not expect.", Next: "Please report it.", Reads: "peerdeck", Source: sourceNone},
	})
}
