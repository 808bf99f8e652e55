package probetest

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/services/run/work"
)

// Dial opens connections to servers of a script.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Piped serves a script at every address, over pipes. It is for bubbles of virtual
// time: what waits there waits for nothing outside. Connections end with the one who
// asks.
func Piped(tb testing.TB, s Script) Dial {
	tb.Helper()
	g := work.NewGroup(context.Background(), func(p work.Panic) { tb.Errorf("%v: %v", p, p.Value) })
	tb.Cleanup(g.Stop)
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		here, there := net.Pipe()
		g.Go("a scripted server", func(context.Context) { converse(there, network, address, s) })
		return here, nil
	}
}

// converse answers what comes over a connection until it ends.
func converse(conn net.Conn, network, at string, s Script) {
	defer func() { _ = conn.Close() }()
	buffer := make([]byte, dns.MaxMsgSize)
	for {
		n, err := next(conn, network, buffer)
		if err != nil {
			return
		}
		question := new(dns.Msg)
		if question.Unpack(buffer[:n]) != nil || len(question.Question) != 1 {
			return
		}
		s(&Asked{
			Msg: question, Over: network, At: at,
			Send: func(b []byte) { _, _ = conn.Write(b) }, // who asked may be gone
			Hang: func() { _ = conn.Close() },
		})
	}
}

func next(conn net.Conn, network string, buffer []byte) (int, error) {
	if network != "tcp" {
		return conn.Read(buffer)
	}
	if _, err := io.ReadFull(conn, buffer[:2]); err != nil {
		return 0, err
	}
	return io.ReadFull(conn, buffer[:binary.BigEndian.Uint16(buffer)])
}

// Sockets serves a script on loopback, over UDP and TCP at one port, and leads every
// question there, whatever server is meant.
func Sockets(tb testing.TB, s Script) Dial {
	tb.Helper()
	packets, listener := listen(tb)
	g := work.NewGroup(context.Background(), func(p work.Panic) { tb.Errorf("%v: %v", p, p.Value) })
	tb.Cleanup(func() {
		_ = packets.Close()
		_ = listener.Close()
		g.Stop()
	})
	g.Go("packets", func(context.Context) { servePackets(packets, s) })
	g.Go("connections", func(ctx context.Context) {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
			g.Go("a connection", func(context.Context) {
				defer stop()
				converse(conn, "tcp", "", s)
			})
		}
	})
	return To(packets.LocalAddr().String())
}

// To leads every question to one address, whatever server is meant.
func To(address string) Dial {
	return func(ctx context.Context, network, meant string) (net.Conn, error) {
		if !strings.HasSuffix(meant, ":53") {
			return nil, errors.New("not port 53: " + meant)
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}
}

func listen(tb testing.TB) (net.PacketConn, net.Listener) {
	tb.Helper()
	var config net.ListenConfig
	var failed error
	for range 10 { // the port may be taken for TCP
		packets, err := config.ListenPacket(tb.Context(), "udp", "127.0.0.1:0")
		if err != nil {
			tb.Fatal(err)
		}
		listener, err := config.Listen(tb.Context(), "tcp", packets.LocalAddr().String())
		if err == nil {
			return packets, listener
		}
		failed = err
		_ = packets.Close()
	}
	tb.Fatal(failed)
	return nil, nil
}

func servePackets(packets net.PacketConn, s Script) {
	buffer := make([]byte, dns.MaxMsgSize)
	for {
		n, from, err := packets.ReadFrom(buffer)
		if errors.Is(err, net.ErrClosed) || errors.Is(err, os.ErrDeadlineExceeded) {
			return
		}
		question := new(dns.Msg)
		if err != nil || question.Unpack(buffer[:n]) != nil || len(question.Question) != 1 {
			continue
		}
		s(&Asked{
			Msg: question, Over: "udp",
			Send: func(b []byte) { _, _ = packets.WriteTo(b, from) },
			Hang: func() {},
		})
	}
}
