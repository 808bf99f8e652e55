package transport

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/streaming"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Body writes a value as the indented JSON of a request: what is shown before it
// is sent is what is sent. The values are structs, maps and texts, which JSON can
// always hold.
func Body(value any) safe.Text {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		return safe.Text{}
	}
	return safe.New(strings.TrimSuffix(b.String(), "\n"))
}

// SetBody gives a request its JSON body; an empty text gives none.
func SetBody(req *policy.Request, body safe.Text) error {
	if body.IsEmpty() {
		return nil
	}
	return req.SetBody(streaming.NopCloser(io.ReadSeeker(strings.NewReader(body.Raw()))), "application/json")
}

// AtHome reports whether an address is one of the service at a base address. A
// token goes nowhere else: the address of a next page comes out of an answer, and
// that of a write may come out of a file.
func AtHome(base string, at *url.URL) bool {
	home, err := url.Parse(base)
	return err == nil && at.Scheme == home.Scheme && strings.EqualFold(at.Host, home.Host) && at.User == nil
}

// Path joins the segments of a path, each escaped.
func Path(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(Segment(s))
	}
	return b.String()
}

// Segment makes one path segment of a text that came from outside. A segment of
// dots would name another path.
func Segment(text string) string {
	if strings.Trim(text, ".") == "" {
		return strings.Repeat("%2E", len(text))
	}
	return url.PathEscape(text)
}
