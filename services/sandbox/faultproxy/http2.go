package faultproxy

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// most is what one frame may carry where nobody has agreed on more.
const most = 16 << 10

// session is one HTTP/2 connection.
type session struct {
	proxy *Proxy
	raw   net.Conn
	work  sync.WaitGroup
	count int

	mu     sync.Mutex // of what is written
	framer *http2.Framer
	header bytes.Buffer
	pack   *hpack.Encoder
}

// asking is a request of which the body is still to come.
type asking struct {
	req  *http.Request
	body bytes.Buffer
}

// http2 answers requests of HTTP/2, each by itself.
func (p *Proxy) http2(raw net.Conn, conn *tls.Conn) {
	hello := make([]byte, len(http2.ClientPreface))
	if _, err := io.ReadFull(conn, hello); err != nil {
		return
	}
	s := &session{proxy: p, raw: raw, framer: http2.NewFramer(conn, conn)}
	s.framer.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	s.pack = hpack.NewEncoder(&s.header)
	s.write(func(f *http2.Framer) error { return f.WriteSettings() })
	defer s.work.Wait()
	open := map[uint32]*asking{}
	for {
		frame, err := s.framer.ReadFrame()
		if err != nil {
			return
		}
		s.heard(frame, open)
	}
}

// heard takes in one frame.
func (s *session) heard(frame http2.Frame, open map[uint32]*asking) {
	switch frame := frame.(type) {
	case *http2.SettingsFrame:
		if !frame.IsAck() {
			s.write((*http2.Framer).WriteSettingsAck)
		}
	case *http2.PingFrame:
		if !frame.IsAck() {
			s.write(func(f *http2.Framer) error { return f.WritePing(true, frame.Data) })
		}
	case *http2.MetaHeadersFrame:
		open[frame.StreamID] = &asking{req: request(frame)}
		if frame.StreamEnded() {
			s.begin(frame.StreamID, open)
		}
	case *http2.DataFrame:
		if a := open[frame.StreamID]; a != nil {
			a.body.Write(frame.Data())
		}
		if frame.StreamEnded() {
			s.begin(frame.StreamID, open)
		}
	default:
	}
}

// request is that of its headers.
func request(h *http2.MetaHeadersFrame) *http.Request {
	r := &http.Request{Method: h.PseudoValue("method"), Host: h.PseudoValue("authority"), Proto: "HTTP/2.0", ProtoMajor: 2, Header: http.Header{}, RequestURI: h.PseudoValue("path")}
	r.URL, _ = url.ParseRequestURI(r.RequestURI)
	if r.URL == nil {
		r.URL = &url.URL{}
	}
	for _, f := range h.RegularFields() {
		r.Header.Add(f.Name, f.Value)
	}
	return r
}

// begin carries out the exchange of a stream that has been asked whole.
func (s *session) begin(stream uint32, open map[uint32]*asking) {
	a := open[stream]
	delete(open, stream)
	if a == nil {
		return
	}
	s.count++
	body := a.body.Bytes()
	a.req.Body = io.NopCloser(bytes.NewReader(body))
	req := a.req.WithContext(s.proxy.ctx)
	f := s.proxy.asked(req, body, s.count)
	s.work.Go(func() { s.pass(stream, req, f) })
}

func (s *session) pass(stream uint32, req *http.Request, f Fault) {
	a, goes := s.proxy.prepare(req, f)
	switch {
	case f.Stream != nil:
		s.write(func(w *http2.Framer) error { return w.WriteRSTStream(stream, *f.Stream) })
	case f.Away != nil:
		last := stream
		if !f.Away.Seen {
			last = max(stream, 2) - 2 // the streams of a client are odd
		}
		s.write(func(w *http2.Framer) error { return w.WriteGoAway(last, f.Away.Code, nil) })
		_ = s.raw.Close()
	case f.Silent:
	case !goes || a == nil:
		breakOff(s.raw)
	default:
		s.answer(stream, a, f)
	}
}

// answer writes an answer; one that is cut ends with the reset of its stream.
func (s *session) answer(stream uint32, a *Answer, f Fault) {
	s.write(func(w *http2.Framer) error {
		s.header.Reset()
		_ = s.pack.WriteField(hpack.HeaderField{Name: ":status", Value: strconv.Itoa(a.Status)})
		for name, values := range a.Header {
			for _, v := range values {
				_ = s.pack.WriteField(hpack.HeaderField{Name: strings.ToLower(name), Value: v})
			}
		}
		return w.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: s.header.Bytes(), EndHeaders: true})
	})
	data, whole := a.Body, true
	if end := max(f.Cut, f.Break); end > 0 && end < len(data) {
		data, whole = data[:end], false
	}
	for len(data) > most {
		part := data[:most]
		data = data[most:]
		s.write(func(w *http2.Framer) error { return w.WriteData(stream, false, part) })
	}
	s.write(func(w *http2.Framer) error { return w.WriteData(stream, whole, data) })
	if !whole {
		s.write(func(w *http2.Framer) error { return w.WriteRSTStream(stream, http2.ErrCodeInternal) })
	}
}

// write writes frames, one writer at a time.
func (s *session) write(f func(*http2.Framer) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = f(s.framer) // the client may be gone; there is nobody to tell
}
