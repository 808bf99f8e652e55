package finding

// Where a fault of the way there is read from.
const (
	readsWay   = "the connection from this machine"
	readsProxy = "the proxy's answer"
	readsTLS   = "the certificates and the TLS handshake"
	readsBody  = "the answer, by its content"
)

// Documents of the way there.
const (
	sourceHTTP  = "RFC 9110, RFC 9112"
	sourceH2    = "RFC 9113"
	sourceSOCKS = "RFC 1928, RFC 1929"
	sourceTLS   = "RFC 8446"
	sourceCert  = "RFC 5280, RFC 6125"
)

// wayEntries are what stands between this machine and a service: name servers, proxies,
// certificates, and pages that somebody else wrote. Nothing is known of the service itself.
func wayEntries() []Entry {
	unknown := []Severity{Unknown}
	const network = "Check the network and the VPN, then whether a proxy is needed."
	const correct = "Correct the proxy where it is set, or do without it: --proxy none, or the host in NO_PROXY."
	const trust = "Trust your organization's own authority with --ca-file; otherwise send nothing."
	const runs = "It is for whoever runs the host, or the network between."
	return about(OfWay, []Entry{
		{Code: "host-name-unknown", Severities: unknown, Title: "The name of a service does not resolve", Means: "This machine's DNS says that there is no such name: a slip in the address, or a network whose DNS knows no names outside.", Next: "Check the address, DNS and VPN, then whether a proxy is needed.", Reads: readsWay, Source: "RFC 1035, RFC 2308"},
		{Code: "own-dns-silent", Severities: unknown, Title: "This machine's DNS does not answer", Means: "Whether the name exists is not known.", Next: "Check the network, the VPN, and the name servers that this machine asks.", Reads: readsWay, Source: "RFC 1035"},
		{Code: "host-refuses", Severities: unknown, Title: "The host refuses the connection", Means: "Something is at the address, and nothing listens on the port.", Next: "Check the address and the port.", Reads: readsWay, Source: "RFC 9293"},
		{Code: "host-silent", Severities: unknown, Title: "The host takes no connection", Means: "Packets go nowhere: a firewall drops them, or the way is broken.", Next: network, Reads: readsWay, Source: "RFC 9293"},
		{Code: "host-no-route", Severities: unknown, Title: "This machine has no route to the host", Means: "It is offline, or has IPv6 addresses to go to and no IPv6.", Next: network, Reads: readsWay, Source: "RFC 1122, RFC 8305"},
		{Code: "host-closed", Severities: unknown, Title: "The connection was closed before the answer", Means: "Whether the request took effect is not known.", Next: "Look again; then check what stands between.", Reads: readsWay, Source: sourceHTTP},
		{Code: "host-unreached", Severities: unknown, Title: "The host cannot be reached", Means: "The failure has the system's own words.", Next: network, Reads: readsWay, Source: sourceNone},
		{Code: "proxy-name-unknown", Severities: unknown, Title: "The name of the proxy does not resolve", Means: "The proxy that is set belongs to another network, or has a slip in its name. The service was not asked.", Next: correct, Reads: readsWay, Source: "RFC 1035"},
		{Code: "proxy-refuses", Severities: unknown, Title: "The proxy refuses the connection", Means: "It does not run, or listens on another port. The service was not asked.", Next: correct, Reads: readsWay, Source: "RFC 9293"},
		{Code: "proxy-silent", Severities: unknown, Title: "The proxy does not answer", Means: "It cannot be reached from this network, or hangs. The service was not asked.", Next: correct, Reads: readsWay, Source: "RFC 9293"},
		{Code: "proxy-no-route", Severities: unknown, Title: "This machine has no route to the proxy", Means: "It is offline, or outside of the network that has the proxy.", Next: correct, Reads: readsWay, Source: "RFC 1122"},
		{Code: "proxy-closed", Severities: unknown, Title: "The proxy closed the connection before it had connected", Means: "It may forbid the host without a word, or have no way to it.", Next: "Ask whoever runs the proxy about the host.", Reads: readsProxy, Source: sourceHTTP},
		{Code: "proxy-unreached", Severities: unknown, Title: "The proxy cannot be reached", Means: "The failure has the system's own words.", Next: correct, Reads: readsWay, Source: sourceNone},
		{Code: "proxy-no-http", Severities: unknown, Title: "What answers at the proxy's address speaks no HTTP", Means: "The port is that of something else, such as SOCKS5.", Next: correct, Reads: readsProxy, Source: sourceHTTP},
		{Code: "proxy-no-socks", Severities: unknown, Title: "What answers at the proxy's address speaks no SOCKS5", Means: "The port is that of something else, such as an HTTP proxy.", Next: correct, Reads: readsProxy, Source: sourceSOCKS},
		{Code: "proxy-wants-tls", Severities: unknown, Title: "The proxy speaks TLS, and was spoken to in plain HTTP", Means: "Its address begins with http:// and should begin with https://.", Next: "Write https:// where the proxy is set.", Reads: readsProxy, Source: sourceTLS},
		{Code: "proxy-no-tls", Severities: unknown, Title: "The proxy does not speak TLS", Means: "Its address begins with https:// and should begin with http://. The exchange with the clouds is in TLS all the same.", Next: "Write http:// where the proxy is set.", Reads: readsProxy, Source: sourceTLS},
		{Code: "proxy-certificate", Severities: unknown, Title: "The certificate of the proxy itself is not accepted", Means: "It is about the connection to the proxy, not about the service.", Next: trust, Reads: readsTLS, Source: sourceCert},
		{Code: "proxy-sign-in", Severities: unknown, Title: "The proxy wants to be signed in to", Means: "Status 407, or a SOCKS5 proxy that wants a user. peerdeck signs in by user and password (Basic); NTLM, Negotiate and Digest need a helper on this machine.", Next: "Write user and password into the proxy's address, or use a helper such as px or cntlm.", Reads: readsProxy, Source: "RFC 9110, status 407; RFC 7617; RFC 1929"},
		{Code: "proxy-forbids", Severities: unknown, Title: "The proxy may not be used for this host", Means: "Its rules forbid it. The service was not asked.", Next: "Have the host allowed by whoever runs the proxy.", Reads: readsProxy, Source: "RFC 9110, status 403; RFC 1928"},
		{Code: "proxy-cannot-reach", Severities: unknown, Title: "The proxy cannot connect to the host", Means: "The fault lies behind the proxy: its DNS, its way out, or the host.", Next: "Look again; then tell whoever runs the proxy.", Reads: readsProxy, Source: "RFC 9110, status 502 to 504; RFC 1928"},
		{Code: "proxy-no-proxy", Severities: unknown, Title: "What answers at the proxy's address opens no connections", Means: "It is a web server, or a proxy that knows no CONNECT.", Next: correct, Reads: readsProxy, Source: "RFC 9110, CONNECT"},
		{Code: "host-no-tls", Severities: unknown, Title: "The host does not speak TLS", Means: "It was asked over https, and answers in something else: a wrong port, or something that answers in its place.", Next: "Check the address and the port.", Reads: readsTLS, Source: sourceTLS},
		{Code: "host-wants-tls", Severities: unknown, Title: "The host speaks TLS, and was asked in plain HTTP", Means: "Its address begins with http:// and should begin with https://.", Next: "Write https:// in its address.", Reads: readsBody, Source: sourceTLS},
		{Code: "host-no-http", Severities: unknown, Title: "The host speaks no HTTP", Means: "The port is that of something else.", Next: "Check the address and the port.", Reads: readsBody, Source: sourceHTTP},
		{Code: "tls-untrusted", Severities: unknown, Title: "The certificate is signed by nobody that this machine trusts", Means: "Something opens TLS on the way with an authority of its own, as many organizations do, or somebody listens, or this machine's authorities are old.", Next: trust, Reads: readsTLS, Source: sourceCert},
		{Code: "tls-self-signed", Severities: unknown, Title: "The certificate is signed by itself", Means: "No cloud does that: the address leads elsewhere, or something answers in its place.", Next: "Check the address; trust your own with --ca-file.", Reads: readsTLS, Source: sourceCert},
		{Code: "tls-other-host", Severities: unknown, Title: "The certificate is for another host", Means: "The address leads elsewhere, or a network that wants to be signed in to answers in the host's place.", Next: "Check the address, and open it in a browser.", Reads: readsTLS, Source: sourceCert},
		{Code: "tls-expired", Severities: unknown, Title: "The certificate has expired", Means: "By this machine's clock, which may be the one that is wrong.", Next: "Check the clock; then it is for whoever runs the host.", Reads: readsTLS, Source: sourceCert},
		{Code: "tls-not-yet-valid", Severities: unknown, Title: "The certificate is not valid yet", Means: "By this machine's clock, which may be the one that is wrong.", Next: "Check the clock; then it is for whoever runs the host.", Reads: readsTLS, Source: sourceCert},
		{Code: "tls-invalid", Severities: unknown, Title: "The certificate is not valid", Means: "It breaks a rule for certificates; the failure says which.", Next: runs, Reads: readsTLS, Source: sourceCert},
		{Code: "tls-refused", Severities: unknown, Title: "The host ends the TLS handshake", Means: "It sends an alert: something that looks into TLS may refuse the name.", Next: runs, Reads: readsTLS, Source: sourceTLS},
		{Code: "tls-version", Severities: unknown, Title: "There is no version of TLS in common", Means: "peerdeck speaks TLS 1.2 and 1.3; what answers is older.", Next: runs, Reads: readsTLS, Source: sourceTLS},
		{Code: "tls-client-certificate", Severities: unknown, Title: "A certificate of this machine is wanted", Means: "Neither cloud asks for one: something on the way does.", Next: "Have the host let through without, by whoever runs the network.", Reads: readsTLS, Source: sourceTLS},
		{Code: "tls-cut", Severities: unknown, Title: "The connection is closed in the TLS handshake", Means: "A firewall that ends connections by name does so.", Next: runs, Reads: readsTLS, Source: sourceTLS},
		{Code: "tls-silent", Severities: unknown, Title: "The TLS handshake gets no answer", Means: "A firewall, or packets that are too large for a tunnel, do so.", Next: network, Reads: readsTLS, Source: sourceTLS},
		{Code: "clock-off", Severities: []Severity{Attention, Unknown}, Title: "This machine's clock is wrong", Means: "It differs from the servers' by more than a request takes. Tokens and certificates then look expired, or valid, when they are not; Azure takes five minutes.", Next: "Set the clock.", Reads: "the Date of an answer, and this machine's clock", Source: "RFC 9110, Date"},
		{Code: "request-held", Severities: unknown, Title: "A request waits, because the service asked for fewer", Means: "An answer before it was 429, or said that none is left for now. Nothing is sent before the time is over that the service asked for.", Next: "Look again when that is over; the failure says how long.", Reads: "Retry-After and RateLimit headers of the answers before", Source: "RFC 9110, Retry-After; Azure, request limits and throttling"},
		{Code: "request-no-turn", Severities: unknown, Title: "A request did not have its turn in time", Means: "As many requests as the service bears were under way. That number is found out: it grows while answers come well, and shrinks by refusals, failures and slow answers.", Next: "Give more time with --timeout, or look again when less is read.", Reads: "the answers of the service before", Source: sourceNone},
		{Code: "host-no-answer", Severities: unknown, Title: "The host takes the connection and does not answer", Means: "Whether the request took effect is not known.", Next: "Look again; then check what stands between.", Reads: readsWay, Source: sourceNone},
		{Code: "answer-slow", Severities: unknown, Title: "The answer comes too slowly", Means: "It began, and was not whole when the time was over. What had come is not used.", Next: "Look again; then check what stands between.", Reads: readsBody, Source: sourceNone},
		{Code: "answer-cut", Severities: unknown, Title: "The answer ends before its end", Means: "What had come is not used: half a list could be taken for a whole one.", Next: "Look again; then check what stands between.", Reads: readsBody, Source: sourceHTTP},
		{Code: "answer-too-large", Severities: unknown, Title: "The answer is larger than any real one", Means: "It is not read to its end.", Next: "Check that the address is the service's.", Reads: readsBody, Source: sourceNone},
		{Code: "stream-reset", Severities: unknown, Title: "The host broke an exchange off (HTTP/2 RST_STREAM)", Means: "Reads are asked again. Of a write it is not known whether it took effect, but where the host says that it refused the stream.", Next: "Look again; then check what stands between.", Reads: readsWay, Source: sourceH2},
		{Code: "connection-ended", Severities: unknown, Title: "The host ended the connection (HTTP/2 GOAWAY)", Means: "It did not answer what was under way. Reads are asked again; of a write it is not known whether it took effect.", Next: "Look again; then check what stands between.", Reads: readsWay, Source: sourceH2},
		{Code: "answer-page", Severities: unknown, Title: "A web page came in place of the service's answer", Means: "A web filter, a proxy or a network that wants to be signed in to has written it, whatever its status says; or the service's own front end, where the status is 429 or 500 and above.", Next: "Open the address in a browser on this machine.", Reads: readsBody, Source: "no document lists such pages; the services answer in JSON"},
		{Code: "answer-elsewhere", Severities: unknown, Title: "The request is sent to another host", Means: "peerdeck does not follow: a token would go with it.", Next: "Check the address, and open it in a browser.", Reads: readsBody, Source: "RFC 9110, status 3xx"},
		{Code: "answer-empty", Severities: unknown, Title: "The answer says that all is well, and is empty", Means: "It is not taken for an empty list.", Next: "Look again; then check what stands between.", Reads: readsBody, Source: sourceNone},
		{Code: "answer-other", Severities: unknown, Title: "The answer is not what was asked for", Means: "It is no JSON, or JSON of something else: something else answers, or the service is newer than this peerdeck.", Next: "Compare with the command; report it with the trace id.", Reads: readsBody, Source: sourceNone},
	})
}
