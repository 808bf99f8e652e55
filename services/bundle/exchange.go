package bundle

import (
	"encoding/json"
	"time"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model"
)

// Service is a cloud's service that was asked.
type Service string

// The services whose exchanges are recorded. Those with a sign-in service never are; what
// a sign-in came to is a [SignIn].
const (
	Konnect Service = "konnect"
	ARM     Service = "arm"
	Graph   Service = "graph"
)

// ServiceOf is a service as a bundle calls it.
func ServiceOf(s model.WriteService) Service {
	switch s {
	case model.WriteARM:
		return ARM
	case model.WriteGraph:
		return Graph
	default:
		return Konnect
	}
}

// Exchange is one request and what came of it: an answer with a status, or the way in
// which the wire failed.
type Exchange struct {
	Service Service   `json:"service"`
	At      time.Time `json:"at"`                // when it was sent
	Took    Duration  `json:"took"`              // until the whole answer was there
	Tenant  string    `json:"tenant,omitempty"`  // whose token was sent to Azure
	Method  string    `json:"method"`            //
	Host    string    `json:"host,omitempty"`    // where it was sent, empty for the service's own; see [Session]
	Path    string    `json:"path"`              // with the query, escaped as it was sent
	Request Body      `json:"request,omitempty"` // its body
	Status  int       `json:"status,omitempty"`  // 0: no answer came, see Failure
	Header  []Header  `json:"header,omitempty"`  // of the answer; those of [Headers] alone, by name
	Body    Body      `json:"body,omitempty"`    // of the answer, decompressed
	Failure *Failure  `json:"failure,omitempty"` // no answer, or none that could be read to its end
}

// Header is one header of an answer.
type Header struct {
	Name  string `json:"name"` // as http.CanonicalHeaderKey writes it
	Value string `json:"value"`
}

// Headers are the headers of an answer that are recorded, as http.CanonicalHeaderKey
// writes them: those that the clients read. All others stay away, whatever they hold.
func Headers() []string {
	return []string{
		"Azure-Asyncoperation", "Content-Type", "Date", "Etag", "Location", "Request-Id", "Retry-After", "X-Kong-Request-Id",
		"X-Ms-Correlation-Request-Id", "X-Ms-Ratelimit-Remaining-Subscription-Reads", "X-Ms-Request-Id",
	}
}

// Body is the body of a request or an answer. In JSON it is a string, or, where it is no
// text, an object {"base64": "..."}.
type Body []byte

// MarshalJSON writes a text as it is.
func (b Body) MarshalJSON() ([]byte, error) {
	if utf8.Valid(b) {
		return encode(string(b))
	}
	return encode(binary{b})
}

type binary struct {
	Base64 []byte `json:"base64"`
}

// UnmarshalJSON reads both forms.
func (b *Body) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var bin binary
		if err := json.Unmarshal(data, &bin); err != nil {
			return err
		}
		*b = bin.Base64
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	*b = Body(text)
	return nil
}

// Duration is a span that is written as Go writes it: "12.5ms".
type Duration time.Duration

// MarshalText writes the span.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a span.
func (d *Duration) UnmarshalText(text []byte) error {
	span, err := time.ParseDuration(string(text))
	*d = Duration(span)
	return err
}
