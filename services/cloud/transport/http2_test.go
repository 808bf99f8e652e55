package transport_test

import (
	"crypto/tls"
	"io"
	"net"
	"sync/atomic"
	"testing"

	"golang.org/x/net/http2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
)

// frames plays an HTTP/2 server that answers each request with what a test writes, and
// counts the requests.
func frames(t *testing.T, authority *wiretest.Authority, each func(f *http2.Framer, stream uint32, n int32) bool) (proxy string, count *atomic.Int32) {
	t.Helper()
	count = new(atomic.Int32)
	c := &tls.Config{Certificates: []tls.Certificate{authority.Valid(cloud)}, NextProtos: []string{"h2"}}
	at := wiretest.Listen(t, func(raw net.Conn) {
		conn := tls.Server(raw, c)
		hello := make([]byte, len(http2.ClientPreface))
		if _, err := io.ReadFull(conn, hello); err != nil {
			return
		}
		f := http2.NewFramer(conn, conn)
		_ = f.WriteSettings()
		for {
			got, err := f.ReadFrame()
			if err != nil {
				return
			}
			switch got := got.(type) {
			case *http2.SettingsFrame:
				if !got.IsAck() {
					_ = f.WriteSettingsAck()
				}
			case *http2.PingFrame:
				if !got.IsAck() {
					_ = f.WritePing(true, got.Data)
				}
			case *http2.HeadersFrame:
				if !each(f, got.StreamID, count.Add(1)) {
					return
				}
			}
		}
	})
	return "http://" + wiretest.NewProxy(t, wiretest.Doing{To: at}).Address, count
}

// HTTP/2 has its own ways to break an exchange off: each is told by its name.
func TestStreamsThatAreReset(t *testing.T) {
	t.Parallel()
	authority := wiretest.NewAuthority(t, "Corp Root CA")
	const server = model.FailureServer
	reset := func(code http2.ErrCode) string {
		proxy, _ := frames(t, authority, func(f *http2.Framer, stream uint32, _ int32) bool { return f.WriteRSTStream(stream, code) == nil })
		return proxy
	}
	away, _ := frames(t, authority, func(f *http2.Framer, stream uint32, _ int32) bool {
		_ = f.WriteGoAway(stream, http2.ErrCodeEnhanceYourCalm, nil)
		return false
	})
	meetAll(t, map[string]shut{
		"broken off":     {proxy: reset(http2.ErrCodeInternal), ca: authority.File(), code: "stream-reset", kind: server, says: "stream reset, INTERNAL_ERROR", sent: true},
		"cancelled":      {proxy: reset(http2.ErrCodeCancel), ca: authority.File(), code: "stream-reset", kind: server, says: "CANCEL", sent: true},
		"wants HTTP/1.1": {proxy: reset(http2.ErrCodeHTTP11Required), ca: authority.File(), code: "stream-reset", kind: server, says: "HTTP_1_1_REQUIRED", cure: "GODEBUG=http2client=0", sent: true},
		"goes away":      {proxy: away, ca: authority.File(), code: "connection-ended", kind: server, says: "GOAWAY, ENHANCE_YOUR_CALM", sent: true},
	})
}

// A stream that was refused has not been looked at: it is sent again, whatever it is, and
// nobody hears of it.
func TestARefusedStreamIsSentAgain(t *testing.T) {
	t.Parallel()
	authority := wiretest.NewAuthority(t, "Corp Root CA")
	proxy, count := frames(t, authority, func(f *http2.Framer, stream uint32, n int32) bool {
		if n == 1 {
			return f.WriteRSTStream(stream, http2.ErrCodeRefusedStream) == nil
		}
		return f.WriteRSTStream(stream, http2.ErrCodeInternal) == nil
	})
	sender := transport.Open(options(t, proxy, authority.File()))
	t.Cleanup(sender.Close)
	resp, err := sender.Do(get(t, "https://"+cloud+"/"))
	if err == nil {
		_ = resp.Body.Close()
		t.Fatal("it answered")
	}
	if f := transport.WireFailure(err, "Konnect", ""); count.Load() < 2 || f.FindingCode() != "stream-reset" || f.Cause.IsEmpty() {
		t.Errorf("asked %d times: %+v", count.Load(), f)
	}
}
