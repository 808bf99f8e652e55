package model

// clockCure sets a clock that is wrong.
const clockCure = "Set the clock: sudo timedatectl set-ntp true (Linux), sudo sntp -sS time.apple.com (macOS), w32tm /resync (Windows). Until then tokens and certificates may look expired, or valid, when they are not."

// wireTLS are certificates that are not accepted. None passes by itself.
func wireTLS() map[WireKind]wireRow {
	const look = "{openssl}"
	const shows = "the certificate that {host} shows{through} "
	return map[WireKind]wireRow{
		WireUntrusted: {
			unsent: true, cause: shows + "is signed by {issuer}{inspects}, which this machine does not trust{roots}",
			cure:    "If that is your organization's own authority, which opens TLS on the way, have its certificate as a file and trust it: --ca-file FILE, or ca_file: FILE in the configuration. If nobody knows it, send nothing: somebody else may be listening.",
			command: look,
		},
		WireSelfSigned: {
			unsent: true, cause: shows + "is signed by itself ({subject}){inspects}, and this machine does not trust it{roots}",
			cure:    "Check the address. If it is your own, have the certificate as a file and trust it: --ca-file FILE, or ca_file: FILE in the configuration.",
			command: look,
		},
		WireOtherHost: {
			unsent: true, cause: shows + "is for another host: {names}, and not for {name}{inspects}",
			cure:    "Check the address; a network that wants to be signed in to in a browser shows its own certificate too: {open}.",
			command: look,
		},
		WireExpired: {
			unsent: true, cause: shows + "has expired or is not valid yet: {expired}",
			cure:    "Check this machine's clock (date -u). If it is right, whoever runs {host} must renew the certificate of {subject}.",
			command: look,
		},
		WireNotYet: {
			unsent: true, cause: shows + "has expired or is not valid yet: {notyet}",
			cure:    "Check this machine's clock (date -u). If it is right, whoever runs {host} has given it a certificate too early.",
			command: look,
		},
		WireInvalid: {unsent: true, cause: shows + "is not valid: {detail}", cure: "It is for whoever runs {host}, or what opens TLS on the way.", command: look},
	}
}

// wireHandshake are handshakes that came to nothing.
func wireHandshake() map[WireKind]wireRow {
	const look = "{openssl}"
	return map[WireKind]wireRow{
		WireNoTLS:    {unsent: true, cause: "what answers at {host} does not speak TLS{through}{said}", cure: "Check the address and the port of {host}; a service on this machine may be plain: http://{host}.", command: "{curl}"},
		WireWantsTLS: {cause: "{host} speaks TLS, and was asked in plain HTTP", cure: "Write https:// in place of http:// in its address.", command: "{curl}"},
		WireTLSRefused: {
			unsent: true, cause: "{host} ends the TLS handshake{through}: {reason}",
			cure: "Check the address. Something that looks into TLS on the way may refuse the name {name}: send this to whoever runs the network: \"TLS to {name}, port 443, ends with '{reason}'. Please let it pass.\"", command: look,
		},
		WireTLSVersion: {
			unsent: true, cause: "{host} and peerdeck have no version of TLS in common{through}: {reason}",
			cure: "peerdeck speaks TLS 1.2 and 1.3, as the clouds do: what answers is something older, on the way or at a wrong address. It is for whoever runs it.", command: look,
		},
		WireClientCertificate: {
			unsent: true, cause: "{host} wants a certificate of this machine{through}: {reason}",
			cure: "Neither Konnect nor Azure asks for one, and peerdeck has none to show: something on the way does. Send this to whoever runs the network: \"TLS to {name}, port 443, is asked for a client certificate. Please let it pass.\"", command: look,
		},
		WireTLSCut: {
			again: true, unsent: true, cause: "the connection to {host} was closed in the TLS handshake{through}",
			cure: "A firewall that ends connections by name does so. Look again in a moment; if it stays so, send this to whoever runs the network: \"TLS to {name}, port 443, is cut off in the handshake. Please let it pass.\" {noproxy}", command: look,
		},
		WireTLSSilent: {
			kind: FailureTimeout, again: true, unsent: true, cause: "no answer from {host} to the TLS handshake in time{through}: nothing came within {waited}",
			cure: "A firewall, or packets that are too large for a VPN's tunnel, do so: look again in a moment, and compare from another network. {noproxy}", command: look,
		},
		WireClockOff: {cause: "{clock}", cure: clockCure, command: "date -u"},
	}
}
