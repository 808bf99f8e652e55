package model

// wireWay are the ends of a connection that was never made, or that was lost at once.
func wireWay() map[WireKind]wireRow {
	const curl = "{curl}"
	return map[WireKind]wireRow{
		WireNameUnknown: {again: true, unsent: true, cause: "the name {name} does not resolve", cure: "Check the address, and this machine's DNS and VPN. {noproxy}", command: "{dig}"},
		WireNoResolver:  {again: true, unsent: true, cause: "this machine's DNS does not answer for {name}: {detail}", cure: "Check the network and the VPN, and the name servers that this machine asks. {noproxy}", command: "{dig}"},
		WireRefused:     {again: true, unsent: true, cause: "{host} refuses the connection{at}", cure: "Check the address and the port. {noproxy}", command: curl},
		WireSilent:      {kind: FailureTimeout, again: true, unsent: true, cause: "no answer from {host}{at} in time: it took no connection within {waited}", cure: "Check the network and the VPN; a firewall that drops packets looks like this too. {noproxy}", command: curl},
		WireNoRoute:     {again: true, unsent: true, cause: "this machine has no route to {host}{at}", cure: "Check the network, the VPN and, where only the IPv6 address is at fault, whether IPv4 works. {noproxy}", command: "curl -4 -sv -o /dev/null {url}"},
		WireClosed:      {again: true, cause: "{host} closed the connection before the answer was complete{through}", cure: "Look again in a moment; if it stays so, check the network and what stands between.", command: curl},
		WireUnreached:   {again: true, cause: "{host} cannot be reached{through}: {detail}", cure: "Check the network and the VPN. {noproxy}", command: curl},
		WireNoHTTP:      {cause: "what answers at {host} speaks no HTTP{through}{said}", cure: "Check the address and the port of {host}.", command: curl},
		WireHeld:        {kind: FailureThrottled, again: true, unsent: true, cause: "{host} asked for fewer requests, so this one was not sent", cure: "Look again {later}, and less often."},
		WireNoTurn:      {kind: FailureTimeout, again: true, unsent: true, cause: "the request was not sent: as many as {host} bears were under way until its time was over", cure: "Look again when less is read at the same time, or give more time: --timeout."},
		WireNoAnswer:    {kind: FailureTimeout, again: true, cause: "no answer from {host} in time{through}: it took the connection, and nothing came within {waited}", cure: "Look again in a moment; if it stays so, check the network and what stands between.", command: curl},
	}
}

// wireProxy are the ends between this machine and the proxy.
func wireProxy() map[WireKind]wireRow {
	const proxy = "the proxy {proxy} (set by {from})"
	const fix = "Correct {from}, or connect to the network or the VPN that has the proxy. {unproxied}"
	const curl = "{curl}"
	return map[WireKind]wireRow{
		WireProxyUnknown:   {unsent: true, cause: proxy + " cannot be found: the name {proxyname} does not resolve", cure: fix, command: "{digproxy}"},
		WireProxyRefused:   {unsent: true, cause: proxy + " refuses the connection", cure: "Start it, if it runs on this machine; or correct {from}. {unproxied}", command: curl},
		WireProxySilent:    {kind: FailureTimeout, again: true, unsent: true, cause: proxy + " does not answer: nothing came within {waited}", cure: fix, command: curl},
		WireProxyNoRoute:   {again: true, unsent: true, cause: "this machine has no route to " + proxy, cure: fix, command: curl},
		WireProxyClosed:    {again: true, unsent: true, cause: proxy + " closed the connection before it had connected to {host}", cure: "Look again in a moment; if it stays so, ask whoever runs the proxy about {name}. One that speaks TLS itself is written as https:// in {from}. {unproxied}", command: curl},
		WireProxyUnreached: {again: true, unsent: true, cause: proxy + " cannot be reached: {detail}", cure: fix, command: curl},
		WireProxyNoHTTP:    {unsent: true, cause: "what answers at " + proxy + " speaks no HTTP{said}", cure: "Correct the port in {from}; a SOCKS5 proxy is written as socks5://. {unproxied}", command: curl},
		WireProxyNoSOCKS:   {unsent: true, cause: "what answers at " + proxy + " is no SOCKS5 proxy{said}", cure: "Correct the port in {from}; a proxy that speaks HTTP is written as http://. {unproxied}", command: curl},
		WireProxyWantsTLS:  {unsent: true, cause: proxy + " speaks TLS, and was spoken to in plain HTTP", cure: "Write https:// in place of http:// in {from}.", command: curl},
		WireProxyNoTLS:     {unsent: true, cause: proxy + " does not speak TLS{said}", cure: "Most proxies are spoken to in plain HTTP, and carry TLS inside: write http:// in place of https:// in {from}.", command: curl},
		WireProxyCertificate: {
			unsent: true, cause: "the certificate of " + proxy + " is not accepted: {detail}{roots}",
			cure: "If its authority is your organization's own, have its certificate as a file and trust it: --ca-file FILE, or ca_file: FILE in the configuration. Otherwise correct {from}. {unproxied}", command: curl,
		},
	}
}

// wireProxyAnswers are what a proxy says in place of a connection.
func wireProxyAnswers() map[WireKind]wireRow {
	const proxy = "the proxy {proxy} (set by {from})"
	const curl = "{curl}"
	return map[WireKind]wireRow{
		WireProxySignIn: {unsent: true, cause: proxy + " wants to be signed in to{offers}", command: curl},
		WireProxyForbids: {
			unsent: true, cause: proxy + " refuses to connect to {host}: {reason}{page}",
			cure: "Send this to whoever runs the proxy: \"Please allow CONNECT to {name}, port 443: peerdeck asks there for {service}.\" {unproxied}", command: curl,
		},
		WireProxyCannot: {
			again: true, unsent: true, cause: proxy + " cannot connect to {host}: {reason}{page}",
			cure: "Look again in a moment; if it stays so, send this to whoever runs the proxy: \"The proxy cannot reach {name}, port 443: {reason}.\" {unproxied}", command: curl,
		},
		WireNoProxy: {unsent: true, cause: "what answers at " + proxy + " opens no connections: {reason}{page}", cure: "It is a web server, or the wrong port: correct {from}. {unproxied}", command: curl},
	}
}
