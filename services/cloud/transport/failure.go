package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
)

// longestWait is the longest time for which a service is left alone at its own word.
const longestWait = 2 * time.Minute

// RetryAfter reads how long a service asks us to wait: seconds or a date. An absurd
// figure is cut to two minutes. A missing, past or unreadable one is 0: how long to wait
// then is for whoever tries again to say.
func RetryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	wait := time.Duration(0)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		wait = time.Duration(min(seconds, int64(longestWait.Seconds()))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return max(0, min(wait, longestWait))
}

// StatusKind is the kind of failure that a status means.
func StatusKind(status int) (kind model.FailureKind, retryable bool) {
	switch {
	case status == http.StatusUnauthorized:
		return model.FailureAuth, false
	case status == http.StatusForbidden:
		return model.FailurePermission, false
	case status == http.StatusNotFound || status == http.StatusGone:
		return model.FailureNotFound, false
	case status == http.StatusConflict || status == http.StatusPreconditionFailed:
		return model.FailureConflict, false
	case status == http.StatusTooManyRequests:
		return model.FailureThrottled, true
	case status == http.StatusRequestTimeout:
		return model.FailureTimeout, true
	case status >= 500:
		return model.FailureServer, true
	case status >= 300 && status < 400:
		return model.FailureContract, false
	default:
		return model.FailureInvalid, false
	}
}

// LaterCure is what to do about a service that answers and does not serve: it asks for
// fewer requests, or fails. Rest is how long it wants to be left alone, 0 where it does not
// say. It promises no other try, because it is printed by commands
// that end as well; where something is watched, the state of the service says when it is
// asked again.
func LaterCure(kind model.FailureKind, rest time.Duration) string {
	after := "in a while"
	if rest > 0 {
		after = "in " + phrase.Span(rest)
	}
	if kind == model.FailureThrottled {
		return "It asks for fewer requests: look again " + after + ", and less often."
	}
	return "Look again " + after + "; if it stays so, it is for whoever runs the service."
}

// WireFailure describes an error that came before any answer of the service.
// Service is how a person calls it, host where it was asked.
func WireFailure(err error, service, host string) model.Failure {
	f := model.Failure{Kind: model.FailureUnreachable, Retryable: true}
	var (
		dns       *net.DNSError
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
		record    tls.RecordHeaderError
		timeout   interface{ Timeout() bool }
	)
	switch {
	case errors.Is(err, context.Canceled):
		f.Kind, f.Retryable = model.FailureCancelled, false
		f.Cause = safe.New("stopped before the answer came")
	case errors.Is(err, ErrTooLarge):
		f.Kind, f.Retryable = model.FailureContract, false
		f.Cause, f.Cure = safe.New(ErrTooLarge.Error()), "Check that "+host+" is "+service+"."
	case errors.As(err, &dns):
		f.Cause = safe.New(fmt.Sprintf("the name %s does not resolve", dns.Name))
		f.Cure = "Check the address and this machine's DNS and VPN."
	case errors.As(err, &authority):
		tlsFailure(&f, "its certificate is signed by nobody that this machine trusts", "A proxy that opens TLS may be in the way: add its authority to this machine's certificates.")
	case errors.As(err, &hostname):
		tlsFailure(&f, "its certificate is for another host", "Check the address "+host+".")
	case errors.As(err, &invalid):
		tlsFailure(&f, certificateText(invalid), "Check this machine's clock, then the certificate of "+host+".")
	case errors.As(err, &verify):
		tlsFailure(&f, "its certificate cannot be verified", "Check the certificate of "+host+".")
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		tlsFailure(&f, "it does not speak TLS", "Check the address and the port of "+host+".")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		f.Kind = model.FailureTimeout
		f.Cause, f.Cure = safe.New("no answer from "+host+" in time"), "Check the network and the VPN."
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Cause, f.Cure = safe.New(host+" refuses the connection"), "Check the address and the port."
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		f.Cause, f.Cure = safe.New(host+" closed the connection before the answer was complete"), "Look again in a moment; if it stays so, check the network and what stands between."
	default:
		f.Cause, f.Cure = safe.New(host+" cannot be reached: "+inner(err)), "Check the network and the VPN."
	}
	return f
}

func tlsFailure(f *model.Failure, cause, cure string) {
	f.Retryable = false
	f.Cause, f.Cure = safe.New(cause), cure
}

func certificateText(err x509.CertificateInvalidError) string {
	if err.Reason == x509.Expired {
		return "its certificate has expired or is not valid yet"
	}
	return "its certificate is not valid"
}

// inner drops the layers that repeat the method and the address.
func inner(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		err = op.Err
	}
	return err.Error()
}
