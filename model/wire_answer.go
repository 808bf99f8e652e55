package model

// wireAnswer are answers that did not come whole.
func wireAnswer() map[WireKind]wireRow {
	const again = "Look again in a moment; if it stays so, check the network and what stands between."
	const curl = "{curl}"
	return map[WireKind]wireRow{
		WireSlow:        {kind: FailureTimeout, again: true, cause: "{host} answered too slowly{through}: {bytes} in {waited}", cure: again, command: curl},
		WireCut:         {again: true, cause: "the answer of {host} is not complete{through}{after}", cure: again},
		WireTooLarge:    {kind: FailureContract, cause: "{detail}", cure: "Check that {host} is {service}.", command: curl},
		WireStreamReset: {kind: FailureServer, again: true, cause: "{host} broke the exchange off{through}: HTTP/2 stream reset, {reason}", cure: again},
		WireGoAway:      {kind: FailureServer, again: true, cause: "{host} ended the connection before it had answered{through}: HTTP/2 GOAWAY, {reason}", cure: again},
		WireEmpty:       {kind: FailureContract, again: true, cause: "the answer of {host} is empty{through}", cure: "Look again in a moment; if it stays so, something between, such as a proxy, may have answered: {open}."},
	}
}

// wirePages are answers that somebody else has written. What they say is not what the
// service thinks: the page of a web filter is no missing right.
func wirePages() map[WireKind]wireRow {
	const between = "Something between here and {host} has written it: a web filter, a proxy, or a network that wants to be signed in to. {open} and do what it asks, or send this to whoever runs the network: \"Please let this machine reach {name}, port 443; a web page comes in its place.\" {unproxied}"
	return map[WireKind]wireRow{
		WirePage: {kind: FailureContract, cause: "a web page came in place of {service}'s answer{through}{page}", cure: "{service} has not answered. " + between, command: "{curl}"},
		WireElsewhere: {
			kind: FailureContract, cause: "{host} sends this request elsewhere{through}, to {to} ({status})",
			cure: "peerdeck does not follow with a token. Check the address; a network that wants to be signed in to does so too: {open}.", command: "{curl}",
		},
		WireOther: {kind: FailureContract, again: true, cause: "the answer of {host} is not what was asked for{through}: {detail}{said}", cure: "Something between here and {host}, such as a proxy, may have answered in its place; compare with the command, and report it with the trace id if it is {service}'s own.", command: "{curl}"},
	}
}
