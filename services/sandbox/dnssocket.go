package sandbox

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"time"
)

// pause waits, and reports whether the time came before the end.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// largest is the size of the largest message of DNS.
const largest = 1<<16 - 1

// servePackets answers in place of the server at a private address until ctx ends.
// Each question is on its own: one that takes long holds up no other.
func (s *Server) servePackets(ctx context.Context, l net.PacketConn, host string) {
	defer context.AfterFunc(ctx, func() { _ = l.Close() })()
	buffer := make([]byte, largest)
	for {
		n, from, err := l.ReadFrom(buffer)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			if !pause(ctx, time.Millisecond) { // an asker that has closed its port shows here on some systems
				return
			}
			continue
		}
		said := s.World.hear(host, "udp", buffer[:n])
		if said.message == nil {
			continue
		}
		if said.delay == 0 {
			_, _ = l.WriteTo(said.message, from) // who asked may be gone
			continue
		}
		s.group.Go("answering DNS late", func(ctx context.Context) {
			if pause(ctx, said.delay) {
				_, _ = l.WriteTo(said.message, from)
			}
		})
	}
}

// accept serves connections until ctx ends, each in a goroutine of its own, and closes
// them.
func (s *Server) accept(ctx context.Context, l net.Listener, what string, serve func(ctx context.Context, conn net.Conn)) {
	defer context.AfterFunc(ctx, func() { _ = l.Close() })()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			if err == nil {
				_ = conn.Close()
			}
			return
		}
		if err != nil {
			if !pause(ctx, 10*time.Millisecond) { // too many open files, and the like, pass
				return
			}
			continue
		}
		s.group.Go("serving "+what, func(ctx context.Context) {
			defer func() { _ = conn.Close() }()
			defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
			serve(ctx, conn)
		})
	}
}

// longestStream is how long a connection may be without a question.
const longestStream = 30 * time.Second

// serveStream answers the questions of one connection.
func (s *Server) serveStream(conn net.Conn, host string) {
	var sending sync.Mutex // an answer after the other, whichever is ready
	var late sync.WaitGroup
	defer late.Wait()
	for {
		_ = conn.SetReadDeadline(time.Now().Add(longestStream))
		var head [2]byte
		if _, err := io.ReadFull(conn, head[:]); err != nil {
			return
		}
		packet := make([]byte, binary.BigEndian.Uint16(head[:]))
		if _, err := io.ReadFull(conn, packet); err != nil {
			return
		}
		said := s.World.hear(host, "tcp", packet)
		if said.message == nil {
			continue // it stalls
		}
		late.Add(1)
		s.group.Go("answering DNS over TCP", func(ctx context.Context) {
			defer late.Done()
			if pause(ctx, said.delay) {
				sending.Lock()
				defer sending.Unlock()
				send(ctx, conn, said)
			}
		})
	}
}

// send writes an answer with its length before it, byte for byte where the server
// trickles.
func send(ctx context.Context, conn net.Conn, said saying) {
	framed := binary.BigEndian.AppendUint16(nil, uint16(len(said.message))) //nolint:gosec // a message is never longer
	framed = append(framed, said.message...)
	if said.pause == 0 {
		_, _ = conn.Write(framed) // who asked may be gone
		return
	}
	for i := range framed {
		if _, err := conn.Write(framed[i : i+1]); err != nil || !pause(ctx, said.pause) {
			return
		}
	}
}
