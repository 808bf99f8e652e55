package transport

import (
	"encoding/json"
	"html"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxPage is as much of a page as is looked at for its title.
const maxPage = 64 << 10

// page is what came in place of an answer.
type page struct {
	text   string
	kind   string    // of its content, by its header
	title  safe.Text // of a web page
	begins safe.Text // of another text
	markup bool      // it is a web page, or something like one
}

// read looks at a body as at a page, as far as it came, and takes no more than a page has.
func read(resp *http.Response) page {
	data, _ := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	return looked(data, resp.Header)
}

func looked(data []byte, header http.Header) page {
	p := page{text: safe.Decode(data)}
	p.kind, _, _ = mime.ParseMediaType(header.Get("Content-Type"))
	if !strings.HasPrefix(strings.TrimSpace(p.text), "<") {
		p.begins = beginning([]byte(p.text))
		return p
	}
	p.markup = true
	for _, tag := range []string{"title", "h1", "h2"} {
		if t := element(p.text, tag); t != "" {
			p.title = safe.New(shortened(t))
			return p
		}
	}
	p.title = safe.New(shortened(words(p.text)))
	return p
}

// wantsTLS reports whether a page says that TLS was expected; the common servers have each
// their own words.
func (p page) wantsTLS() bool {
	text := strings.ToLower(p.text)
	for _, sign := range []string{"http request to an https server", "plain http request was sent to https port", "speaking plain http to an ssl-enabled server port", "instead use the https scheme"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}

// element is the text of the first element of a name; empty for none.
func element(text, tag string) string {
	found := regexp.MustCompile(`(?is)<` + tag + `(?:\s[^>]*)?>(.*?)</` + tag).FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	return words(found[1])
}

// words is the text of markup.
func words(markup string) string {
	markup = regexp.MustCompile(`(?is)<(script|style|head)\b.*?</(script|style|head)>|<!--.*?-->`).ReplaceAllString(markup, " ")
	return strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(markup, " "))), " ")
}

// shortened is a text of a length that a line can hold.
func shortened(text string) string {
	const enough = 80
	if r := []rune(text); len(r) > enough {
		return strings.TrimSpace(string(r[:enough])) + "…"
	}
	return text
}

// location is the host of a redirect; its path may hold a secret. Empty: the same host.
func location(resp *http.Response) safe.Text {
	u, err := url.Parse(resp.Header.Get("Location"))
	if err != nil || u.Host == "" || resp.Request != nil && resp.Request.URL != nil && strings.EqualFold(u.Host, resp.Request.URL.Host) {
		return safe.Text{}
	}
	return safe.New(u.Host)
}

// foreign says of an answer that somebody else has written it; nil where it may be the
// service's own. It goes by the content and not by the status: the page of a web filter
// comes with 403, and says nothing about rights. Both clouds and the sign-in write JSON, or
// nothing, whatever the status. The body can be read from its beginning afterwards.
func foreign(resp *http.Response) error {
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		if to := location(resp); !to.IsEmpty() {
			e := failed(model.WireElsewhere, nil)
			e.Wire.To, e.Wire.Status = to, resp.StatusCode
			return e
		}
	}
	if resp.Request.Method == http.MethodHead || resp.StatusCode == http.StatusNoContent || resp.StatusCode == http.StatusNotModified {
		return nil
	}
	head, err := firstWord(resp.Body)
	resp.Body = &begun{ReadCloser: resp.Body, head: head}
	text := strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff"))
	if err != nil || text == "" || text[0] == '{' || text[0] == '[' {
		return err
	}
	all, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	if err != nil {
		return err
	}
	if text[0] != '<' && json.Valid(all) {
		resp.Body = &begun{ReadCloser: resp.Body, head: all}
		return nil
	}
	p := looked(all, resp.Header)
	if !p.markup && (resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests) {
		// A load balancer's line of text says no more than its status does.
		resp.Body = &begun{ReadCloser: resp.Body, head: all}
		return nil
	}
	return ofPage(p, resp)
}

func ofPage(p page, resp *http.Response) *Error {
	kind := model.WirePage
	switch {
	case resp.Request.URL.Scheme == "http" && p.wantsTLS():
		kind = model.WireWantsTLS
	case !p.markup:
		kind = model.WireOther
	default:
	}
	e := failed(kind, nil)
	e.Wire.Status, e.Wire.Title, e.Wire.Begins = resp.StatusCode, p.title, p.begins
	e.Wire.Rest = RetryAfter(resp.Header, time.Now())
	e.Wire.Detail = safe.New("it is no JSON")
	if p.kind != "" && !strings.Contains(p.kind, "json") {
		e.Wire.Detail = safe.New("it is no JSON but " + safe.Clean(p.kind))
	}
	return e
}

// firstWord reads until something shows what a body is: its first character that is no
// blank, or its end.
func firstWord(body io.Reader) ([]byte, error) {
	const enough = 4 << 10 // of blanks; longer ones are for whoever decodes it
	buffer := make([]byte, 512)
	var head []byte
	for len(head) < enough {
		n, err := body.Read(buffer)
		head = append(head, buffer[:n]...)
		if err == io.EOF {
			return head, nil
		}
		if err != nil {
			return head, err
		}
		if text := strings.TrimPrefix(string(head), "\ufeff"); len(head) >= len("\ufeff") && strings.TrimSpace(text) != "" {
			return head, nil
		}
	}
	return head, nil
}

// begun is a body of which some has been read.
type begun struct {
	io.ReadCloser

	head []byte
}

// Read gives that first.
func (b *begun) Read(p []byte) (int, error) {
	if len(b.head) > 0 {
		n := copy(p, b.head)
		b.head = b.head[n:]
		return n, nil
	}
	return b.ReadCloser.Read(p)
}
