package model

import (
	"maps"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// wireRow is what one kind means. Texts may have the words of [Wire.words].
type wireRow struct {
	kind FailureKind // empty: unreachable
	// again: the same request may be answered otherwise later, without anybody acting.
	again bool
	// unsent: no part of the request has left.
	unsent  bool
	cause   string
	cure    string
	command string // that can be pasted, for somebody who looks further
}

// wireRows are all rows.
func wireRows() map[WireKind]wireRow {
	out := map[WireKind]wireRow{}
	for _, part := range []map[WireKind]wireRow{wireWay(), wireProxy(), wireProxyAnswers(), wireTLS(), wireHandshake(), wireAnswer(), wirePages()} {
		maps.Copy(out, part)
	}
	return out
}

// Failure says what a thing that went wrong on the way means, and what to do about it.
func (w Wire) Failure() Failure {
	if w.Kind == WireCancelled {
		return Failure{Kind: FailureCancelled, Cause: safe.New("stopped before the answer came")}
	}
	r, known := wireRows()[w.Kind]
	if !known {
		r = wireRows()[WireUnreached]
		w.Kind = WireUnreached
	}
	if (w.Kind == WireExpired || w.Kind == WireNotYet) && w.Clock.Wrong() && w.Refused.validAt(w.Clock.There) {
		r = wireRow{unsent: true, cause: "the certificate of {host} is valid, and seems not to be: {clock}", cure: clockCure, command: "date -u"}
		w.Kind = WireClockOff
	}
	r = w.adjusted(r)
	words := w.words()
	f := Failure{
		Kind: r.kind, Retryable: r.again, Status: w.Status, Finding: finding.Code(w.Kind), Unsent: w.Unsent || r.unsent, Detail: w.Detail, RetryAfter: w.Rest,
		Cause: safe.New(strings.TrimSpace(words.Replace(r.cause))),
		Cure:  sentences(words.Replace(r.cure)),
	}
	if f.Kind == "" {
		f.Kind = FailureUnreachable
	}
	if command := words.Replace(r.command); command != "" {
		f.Cure = strings.TrimSpace(f.Cure + " Command: " + command)
	}
	return f
}

// ofWay reports whether a failure is about the way to the service, and not about an answer.
func (f Failure) ofWay() bool {
	_, way := wireRows()[WireKind(f.Finding)]
	return way
}

// adjusted is the row where what was met decides more than its kind.
func (w Wire) adjusted(r wireRow) wireRow {
	switch w.Kind {
	case WirePage:
		if (w.Status >= statusBroken || w.Status == statusThrottled) && w.Status != statusNetworkSignIn {
			// A cloud's own front end writes such pages too, when what is behind it fails.
			r.kind, r.again = FailureServer, true
			r.cure = "It comes from {host}'s own front end, or from something between. Look again {later}; if it stays so, look at the page: {open}."
			if w.Status == statusThrottled {
				r.kind = FailureThrottled
			}
		}
	case WireCut:
		if w.Whole {
			r.kind = FailureContract
		}
	case WireProxySignIn:
		r.cure = w.signInCure()
	case WireStreamReset:
		if w.Reason == "HTTP_1_1_REQUIRED" {
			r.again, r.cure, r.command = false, "It does not want HTTP/2: start peerdeck without.", "GODEBUG=http2client=0 peerdeck"
		}
	case WireUntrusted:
		if w.Sent == 1 && w.Proxy.IsZero() && w.inspects() == "" {
			r.cause += ", and it sent that one certificate alone"
		}
	default:
	}
	return r
}

// signInCure depends on what the proxy offers, and on whether it was given something.
func (w Wire) signInCure() string {
	const ask = " Or send this to whoever runs the proxy: \"Please let this machine connect to {name} without signing in: peerdeck asks there for Konnect and Azure.\" {unproxied}"
	basic := len(w.Schemes) == 0
	for _, s := range w.Schemes {
		basic = basic || strings.EqualFold(s, "Basic") || s == ByPassword
	}
	switch {
	case basic && w.Proxy.SignsIn:
		return "It refuses the user or the password that stand in {from}: correct them there; signs such as @ : / # are written as %40 %3A %2F %23." + ask
	case basic:
		return "Write user and password into {from}, as {signed}; signs such as @ : / # are written as %40 %3A %2F %23." + ask
	default:
		return "peerdeck signs in to a proxy by user and password (Basic) alone. A helper on this machine that signs in for it, such as px or cntlm, is then the proxy: --proxy http://127.0.0.1:3128." + ask
	}
}

// ByPassword is the one way of signing in to a SOCKS5 proxy that peerdeck knows.
const ByPassword = "user and password"

// words are what is known of a case, for the texts of its row.
func (w Wire) words() *strings.Replacer {
	name, port := splitHost(w.Host.String())
	if port == "" {
		port = "443"
	}
	scheme := "https"
	if w.Plain {
		scheme = "http"
	}
	proxyName, _ := splitHost(afterScheme(w.Proxy.Address.String()))
	seconds := phrase.Exact(w.Waited.Round(timeStep(w.Waited)))
	return strings.NewReplacer(
		"{service}", w.Service, "{host}", w.Host.String(), "{name}", name, "{url}", ShellQuote(scheme+"://"+w.Host.String()+"/"), "{at}", w.at(),
		"{proxy}", w.Proxy.Address.String(), "{from}", w.Proxy.From, "{proxyname}", proxyName, "{signed}", w.signed(), "{through}", w.through(), "{unproxied}", w.unproxied(name), "{noproxy}", w.noProxy(name),
		"{waited}", seconds, "{after}", w.after(), "{bytes}", phrase.Count(int(w.Bytes), "byte"), "{status}", strconv.Itoa(w.Status), "{page}", w.page(), "{to}", w.To.Or("another path").String(),
		"{schemes}", phrase.Or(w.Schemes), "{offers}", w.offers(), "{reason}", w.Reason, "{detail}", w.Detail.String(), "{said}", w.said(),
		"{subject}", w.Refused.Subject.Or("nobody").String(), "{issuer}", w.Refused.Issuer.Or("nobody that it names").String(), "{inspects}", w.inspects(), "{roots}", w.roots(),
		"{names}", w.names(), "{expired}", w.expired(), "{notyet}", w.notYet(), "{clock}", w.clock(),
		"{later}", w.later(), "{open}", "open "+scheme+"://"+name+"/ in a browser on this machine",
		"{curl}", w.curl(scheme), "{openssl}", w.openssl(name, port), "{dig}", "dig "+ShellQuote(name), "{digproxy}", "dig "+ShellQuote(proxyName),
	)
}

// sentences closes up what words without a text have left open.
func sentences(text string) string { return strings.Join(strings.Fields(text), " ") }
