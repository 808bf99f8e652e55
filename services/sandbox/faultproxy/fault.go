package faultproxy

import (
	"io"
	"net/http"
	"time"

	"golang.org/x/net/http2"
)

// Exchange is one request that has come to a proxy, for whoever decides what becomes of it.
type Exchange struct {
	Request  *http.Request
	Body     []byte // of the request
	Protocol string // HTTP/1.1 or HTTP/2.0
	Number   int    // of the request at this proxy, from 1
	OnThis   int    // of the request on its connection, from 1
}

// Is reports whether a request has a method, and a path that ends so.
func (x Exchange) Is(method, end string) bool {
	path := x.Request.URL.Path
	return x.Request.Method == method && len(path) >= len(end) && path[len(path)-len(end):] == end
}

// Fault is what becomes of one exchange. The zero value is none: the service is asked, and
// its answer passes as it is.
type Fault struct {
	Lost   bool // the request does not reach the service, which then has done nothing
	Silent bool // no answer comes, and the connection stays open
	Reset  bool // the connection is broken off in place of an answer

	Delay time.Duration // before the first byte of the answer: one that is longer than the next one's puts it behind that
	Pace  time.Duration // between each two bytes of the body

	Edit  func(*Answer) // changes the answer
	Cut   int           // after so many bytes of the body the connection ends, in the order of TCP; 0: it does not
	Break int           // the same, broken off
	Bye   bool          // the connection is closed after the answer, without a word beforehand

	// Of HTTP/2 alone, in place of an answer.
	Stream *http2.ErrCode // the stream is reset
	Away   *Away          // the connection goes away
}

// Away is the end of an HTTP/2 connection that its server announces.
type Away struct {
	Code http2.ErrCode
	// Seen: the request in hand is among those that the server says it may have acted on.
	Seen bool
}

// Answer is what the service has answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	// Says is the length that the header tells, where it is not that of the body; 0 for that.
	Says int
	// Stream comes in place of Body, for one that is too long to be kept; Says is its length.
	Stream io.Reader
}

// With replaces the answer by another body of a type.
func With(status int, kind, body string, header ...string) func(*Answer) {
	return func(a *Answer) {
		a.Status, a.Body, a.Header = status, []byte(body), http.Header{}
		a.Header.Set("Content-Type", kind)
		for i := 0; i+1 < len(header); i += 2 {
			a.Header.Set(header[i], header[i+1])
		}
	}
}

// Door is what a connection meets before anything is asked.
type Door int

// The doors.
const (
	Open    Door = iota
	Refused      // nobody listens
	Silent       // somebody listens, and never says a word
	HangsUp      // the connection is broken off at once
	Noise        // it speaks something that is neither TLS nor HTTP
)
