package faultproxy

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// http1 answers requests of HTTP/1.1, one after the other. The raw connection is what is
// broken off.
func (p *Proxy) http1(raw, conn net.Conn) {
	r := bufio.NewReader(conn)
	for n := 1; ; n++ {
		req, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
		req = req.WithContext(p.ctx)
		if !p.pass1(raw, conn, req, p.asked(req, body, n)) {
			return
		}
	}
}

// pass1 carries out one exchange, and reports whether the connection goes on.
func (p *Proxy) pass1(raw, conn net.Conn, req *http.Request, f Fault) bool {
	a, goes := p.prepare(req, f)
	if !goes || a == nil {
		if f.Silent {
			p.swallow(conn)
		}
		breakOff(raw)
		return false
	}
	w := bufio.NewWriterSize(conn, 64<<10)
	length := len(a.Body)
	if a.Says > 0 {
		length = a.Says
	}
	_, _ = fmt.Fprintf(w, "HTTP/1.1 %d %s\r\nContent-Length: %d\r\n", a.Status, http.StatusText(a.Status), length)
	_ = a.Header.Write(w)
	_, _ = io.WriteString(w, "\r\n")
	whole := p.body(w, a, f)
	if w.Flush() != nil {
		return false
	}
	if !whole && f.Break > 0 {
		breakOff(raw)
	}
	return whole && !f.Bye && a.Says == 0
}

// prepare waits as the fault says, has the service answer, and changes that. False: there is
// no answer to give.
func (p *Proxy) prepare(req *http.Request, f Fault) (*Answer, bool) {
	var a *Answer
	if !f.Lost {
		a = p.answer(req)
	} else {
		a = &Answer{Status: http.StatusOK, Header: http.Header{}}
	}
	if f.Silent || f.Reset || f.Stream != nil || f.Away != nil {
		return nil, false
	}
	if f.Delay > 0 && !p.wait(f.Delay) {
		return nil, false
	}
	if a != nil && f.Edit != nil {
		f.Edit(a)
	}
	return a, true
}

// wait reports whether the time has passed and not the proxy.
func (p *Proxy) wait(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-p.ctx.Done():
		return false
	}
}

// body writes the body as the fault has it, and reports whether it was written whole.
func (p *Proxy) body(w *bufio.Writer, a *Answer, f Fault) bool {
	if a.Stream != nil {
		_, err := io.Copy(w, a.Stream)
		return err == nil
	}
	end := max(f.Cut, f.Break)
	data, whole := a.Body, true
	if end > 0 && end < len(data) {
		data, whole = data[:end], false
	}
	if f.Pace == 0 {
		_, err := w.Write(data)
		return err == nil && whole
	}
	for i := range data {
		if _, err := w.Write(data[i : i+1]); err != nil || w.Flush() != nil || !p.wait(f.Pace) {
			return false
		}
	}
	return whole
}
