package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Error is what went wrong on the way to a service, described.
type Error struct {
	// Wire is what was met, without the name of the service, which the caller knows.
	Wire model.Wire

	err   error
	chain []*x509.Certificate // that was not accepted
}

// Error is short: what it means is said by [model.Wire.Failure]. It holds nothing that was
// sent.
func (e *Error) Error() string { return string(e.Wire.Kind) + ": " + inner(e.err) }

// Unwrap returns the error of the connection.
func (e *Error) Unwrap() error { return e.err }

// Held reports whether the request was not sent because others had to go first, or none may
// go now: nobody was asked.
func (e *Error) Held() bool { return e.Wire.Kind == model.WireHeld || e.Wire.Kind == model.WireNoTurn }

// Timeout reports whether the time was over.
func (e *Error) Timeout() bool { return isTimeout(e.err) }

// failed makes an error of a kind.
func failed(kind model.WireKind, err error) *Error {
	if err == nil {
		err = errors.New(string(kind))
	}
	return &Error{Wire: model.Wire{Kind: kind, Detail: safe.New(inner(err))}, err: err}
}

// Met describes an error that came in place of an answer. Service is how a person calls the
// service, host where it was asked, for errors that do not know it.
func Met(err error, service, host string) model.Wire {
	e := describe(err)
	w := e.Wire
	w.Service = service
	if w.Host.IsEmpty() {
		w.Host = safe.New(host)
	}
	return w
}

// WireFailure says what an error means that came before any answer of the service.
// Service is how a person calls it, host where it was asked.
func WireFailure(err error, service, host string) model.Failure {
	if told, ok := errors.AsType[model.Failure](err); ok {
		return told // of a recording, described as it was then
	}
	return Met(err, service, host).Failure()
}

// describe finds what an error is. One that was described already stays as it is; only that
// a person gave up goes before everything.
func describe(err error) *Error {
	if known, ok := errors.AsType[*Error](err); ok {
		return known
	}
	if errors.Is(err, context.Canceled) {
		return failed(model.WireCancelled, err)
	}
	for _, look := range []func(error) *Error{ofSize, ofStream, ofNames, ofTLS, ofText, ofSocket} {
		if e := look(err); e != nil {
			return e
		}
	}
	if isTimeout(err) {
		return failed(model.WireNoAnswer, err)
	}
	return failed(model.WireUnreached, err)
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// ofSize is an answer or headers without end.
func ofSize(err error) *Error {
	text := err.Error()
	if errors.Is(err, ErrTooLarge) || strings.Contains(text, "response headers exceeded") || strings.Contains(text, "header list larger") {
		e := failed(model.WireTooLarge, err)
		if !errors.Is(err, ErrTooLarge) {
			e.Wire.Detail = safe.New("the headers of the answer are larger than 1 MiB")
		}
		return e
	}
	return nil
}

// streamError has the form of net/http's own error of an HTTP/2 stream, which is not
// exported and lets itself be read by one of the same form.
type streamError struct {
	StreamID uint32
	Code     uint32
	Cause    error
}

func (e streamError) Error() string { return streamCode(e.Code) }

// streamCode names a code of RFC 9113, section 7.
func streamCode(code uint32) string {
	names := []string{
		"NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL",
		"COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
	}
	if int64(code) < int64(len(names)) {
		return names[code]
	}
	return "an unknown code"
}

// goAway finds the code of a GOAWAY frame in net/http's text: the error has no form that
// could be read.
func goAway(text string) (string, bool) {
	found := regexp.MustCompile(`GOAWAY.*ErrCode[:=](\w+)`).FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	return found[1], true
}

// ofStream is an end by HTTP/2's own means.
func ofStream(err error) *Error {
	const refused = 7 // REFUSED_STREAM: nothing of it was looked at
	if s, ok := errors.AsType[streamError](err); ok {
		e := failed(model.WireStreamReset, err)
		e.Wire.Reason, e.Wire.Unsent = streamCode(s.Code), s.Code == refused
		return e
	}
	if code, ok := goAway(err.Error()); ok {
		e := failed(model.WireGoAway, err)
		e.Wire.Reason = code
		return e
	}
	return nil
}

// ofNames is what this machine's DNS says.
func ofNames(err error) *Error {
	d, ok := errors.AsType[*net.DNSError](err)
	if !ok {
		return nil
	}
	if d.IsNotFound {
		return failed(model.WireNameUnknown, err)
	}
	e := failed(model.WireNoResolver, err)
	text := d.Err
	if d.Server != "" {
		text += ", from " + d.Server
	}
	e.Wire.Detail = safe.New(text)
	return e
}

// ofText is what only a text tells: net/http gives these errors no type.
func ofText(err error) *Error {
	text := err.Error()
	for _, sign := range []string{"malformed HTTP response", "malformed HTTP version", "malformed HTTP status code", "malformed MIME header"} {
		_, said, found := strings.Cut(text, sign)
		if !found {
			continue
		}
		said = strings.Trim(strings.TrimSpace(said), `"`)
		if strings.HasPrefix(said, `\x15\x03`) || strings.Contains(said, "\x15\x03") {
			return failed(model.WireWantsTLS, err)
		}
		e := failed(model.WireNoHTTP, err)
		e.Wire.Begins = beginning([]byte(said))
		return e
	}
	if errors.Is(err, http.ErrSchemeMismatch) {
		return failed(model.WireNoTLS, err)
	}
	return nil
}

// ofSocket is what the system says of a connection.
func ofSocket(err error) *Error {
	var kind model.WireKind
	switch {
	case isErrno(err, syscall.ECONNREFUSED):
		kind = model.WireRefused
	case isErrno(err, syscall.ENETUNREACH), isErrno(err, syscall.EHOSTUNREACH), isErrno(err, syscall.ENETDOWN), isErrno(err, syscall.EADDRNOTAVAIL), isErrno(err, syscall.EAFNOSUPPORT):
		kind = model.WireNoRoute
	case isErrno(err, syscall.ECONNRESET), isErrno(err, syscall.EPIPE), isErrno(err, syscall.ECONNABORTED), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed), strings.Contains(err.Error(), "server closed idle connection"), strings.Contains(err.Error(), "client connection lost"):
		kind = model.WireClosed
	default:
		return nil
	}
	e := failed(kind, err)
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Addr != nil {
		e.Wire.Address = safe.New(op.Addr.String())
	}
	return e
}

// windows are the numbers that Windows has for what POSIX calls otherwise.
func windows() map[syscall.Errno]syscall.Errno {
	return map[syscall.Errno]syscall.Errno{
		syscall.ECONNREFUSED: 10061, syscall.ENETUNREACH: 10051, syscall.EHOSTUNREACH: 10065, syscall.ENETDOWN: 10050, syscall.EADDRNOTAVAIL: 10049, syscall.EAFNOSUPPORT: 10047,
		syscall.ECONNRESET: 10054, syscall.ECONNABORTED: 10053, syscall.EPIPE: 10058,
	}
}

func isErrno(err error, want syscall.Errno) bool {
	if errors.Is(err, want) {
		return true
	}
	got, ok := errors.AsType[syscall.Errno](err)
	return ok && got != 0 && got == windows()[want]
}

// ofTLS is a certificate or a handshake.
func ofTLS(err error) *Error {
	if e := ofCertificate(err); e != nil {
		return e
	}
	if record, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		e := failed(model.WireNoTLS, err)
		if record.RecordHeader[0] >= ' ' {
			e.Wire.Begins = beginning(record.RecordHeader[:])
		}
		return e
	}
	text := inner(err)
	op, ok := errors.AsType[*net.OpError](err)
	remote := ok && op.Op == "remote error"
	if !remote && !strings.HasPrefix(text, "tls: ") {
		return nil
	}
	reason := strings.TrimPrefix(text, "tls: ")
	kind := model.WireTLSRefused
	switch {
	case strings.Contains(reason, "certificate required"), remote && strings.Contains(reason, "bad certificate"):
		kind = model.WireClientCertificate
	case strings.Contains(reason, "protocol version"):
		kind = model.WireTLSVersion
	default:
	}
	e := failed(kind, err)
	e.Wire.Reason = safe.Clean(reason)
	return e
}

// ofCertificate is a certificate that is not accepted.
func ofCertificate(err error) *Error {
	var (
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		verify   *tls.CertificateVerificationError
		kind     model.WireKind
		one      *x509.Certificate
		chain    []*x509.Certificate
	)
	if errors.As(err, &verify) {
		chain, kind = verify.UnverifiedCertificates, model.WireInvalid
		if len(chain) > 0 {
			one = chain[0]
		}
	}
	switch {
	case errors.As(err, &unknown):
		kind, one = model.WireUntrusted, unknown.Cert
		if len(chain) > 0 {
			// The system's own verifier names the last one that it knew.
			one = chain[0]
		}
		if one != nil && selfSigned(one) {
			kind = model.WireSelfSigned
		}
	case errors.As(err, &hostname):
		kind, one = model.WireOtherHost, hostname.Certificate
	case errors.As(err, &invalid):
		kind, one = model.WireInvalid, invalid.Cert
		if invalid.Reason == x509.Expired {
			kind = model.WireExpired
		}
	case kind == "" && strings.Contains(err.Error(), "certificate is not trusted"):
		kind = model.WireUntrusted // macOS has its own words for it
	default:
	}
	if kind == "" {
		return nil
	}
	e := failed(kind, err)
	e.chain, e.Wire.Sent = chain, len(chain)
	if one != nil {
		e.Wire.Refused = certificate(one)
		if last := chain; kind == model.WireUntrusted && len(last) > 0 {
			e.Wire.Refused.Issuer = name(last[len(last)-1].Issuer)
		}
	}
	return e
}

// beginning is the start of what came, as a person may see it.
func beginning(data []byte) safe.Text {
	const enough = 40
	text := strings.TrimSpace(string(data))
	if line, _, found := strings.Cut(text, "\n"); found {
		text = strings.TrimSpace(line)
	}
	if r := []rune(text); len(r) > enough {
		text = string(r[:enough]) + "…"
	}
	return safe.New(text)
}

// inner drops the layers that repeat the method and the address: a path may hold what is
// nobody's business.
func inner(err error) string {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if known, ok := errors.AsType[*Error](err); ok && known.err != nil {
		err = known.err
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Err != nil {
		err = op.Err
	}
	return err.Error()
}
