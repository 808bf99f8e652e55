package sandbox

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"syscall"
	"time"
)

// The words of SOCKS 5 (RFC 1928) that are used here.
const (
	socks5       = 5
	socksConnect = 1
	socksIPv4    = 1
	socksName    = 3
	socksIPv6    = 4

	socksDone        = 0
	socksUnreachable = 4
	socksRefused     = 5
	socksNoCommand   = 7
	socksNoAddress   = 8
	socksNoMethod    = 0xff
)

const (
	socksGreeting = 10 * time.Second // that a client has to say where it wants to go
	socksDial     = 10 * time.Second // that a server has to take a connection
)

// ListenSOCKS lets other programs reach the simulated DNS servers: it serves SOCKS 5,
// CONNECT without a password, and takes each connection to port 53 of a private address
// to the server that the world has there, over TCP, as a machine in the VNETs would be
// taken. It listens at the port after those of the other hosts, and returns the address.
// It ends with the server.
func (s *Server) ListenSOCKS(ctx context.Context) (string, error) {
	port := 0
	if s.port != 0 {
		port = s.port + len(s.servers)
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", net.JoinHostPort(s.host, strconv.Itoa(port)))
	if err != nil {
		return "", fmt.Errorf("the sandbox cannot listen for SOCKS: %w; give another --listen", err)
	}
	s.group.Go("serving SOCKS", func(ctx context.Context) {
		s.accept(ctx, l, "a SOCKS connection", s.serveSOCKS)
	})
	return l.Addr().String(), nil
}

// serveSOCKS serves one client until one of both sides ends.
func (s *Server) serveSOCKS(ctx context.Context, client net.Conn) {
	_ = client.SetDeadline(time.Now().Add(socksGreeting))
	target, code, err := socksTarget(client)
	if err != nil {
		return
	}
	if code != socksDone {
		_, _ = client.Write(socksReply(code))
		return
	}
	dialling, cancel := context.WithTimeout(ctx, socksDial)
	defer cancel()
	server, err := s.DialDNS(dialling, "tcp", target)
	if err != nil {
		code = socksUnreachable
		if errors.Is(err, syscall.ECONNREFUSED) {
			code = socksRefused
		}
		_ = client.SetDeadline(time.Now().Add(socksGreeting))
		_, _ = client.Write(socksReply(code))
		return
	}
	defer func() { _ = server.Close() }()
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	_ = client.SetDeadline(time.Time{})
	if _, err := client.Write(socksReply(socksDone)); err != nil {
		return
	}
	done := make(chan struct{})
	s.group.Go("the way back of SOCKS", func(context.Context) {
		defer close(done)
		_, _ = io.Copy(client, server)
		_ = client.Close()
	})
	_, _ = io.Copy(server, client)
	_ = server.Close()
	<-done
}

// socksTarget reads the greeting and the request of a client. A code that is not
// socksDone says why it is not taken; an error, that it speaks no SOCKS 5.
func socksTarget(client io.ReadWriter) (target string, code byte, err error) {
	var head [2]byte
	if _, err := io.ReadFull(client, head[:]); err != nil || head[0] != socks5 {
		return "", 0, errors.Join(err, errors.New("no SOCKS 5"))
	}
	methods := make([]byte, head[1])
	if _, err := io.ReadFull(client, methods); err != nil {
		return "", 0, err
	}
	method := byte(socksNoMethod)
	for _, m := range methods {
		if m == 0 {
			method = 0 // no password
		}
	}
	if _, err := client.Write([]byte{socks5, method}); err != nil || method == socksNoMethod {
		return "", 0, errors.Join(err, errors.New("no method that both know"))
	}
	var request [4]byte // version, command, reserved, kind of address
	if _, err := io.ReadFull(client, request[:]); err != nil {
		return "", 0, err
	}
	size := map[byte]int{socksIPv4: net.IPv4len, socksIPv6: net.IPv6len}[request[3]]
	if request[3] == socksName {
		var n [1]byte
		if _, err := io.ReadFull(client, n[:]); err != nil {
			return "", 0, err
		}
		size = int(n[0])
	}
	if size == 0 {
		return "", socksNoAddress, nil
	}
	rest := make([]byte, size+2)
	if _, err := io.ReadFull(client, rest); err != nil {
		return "", 0, err
	}
	if request[1] != socksConnect {
		return "", socksNoCommand, nil
	}
	host := string(rest[:size])
	if request[3] != socksName {
		ip, _ := netip.AddrFromSlice(rest[:size]) // of the right size
		host = ip.Unmap().String()
	} else if net.ParseIP(host) == nil {
		return "", socksUnreachable, nil // nobody here looks up names
	}
	return net.JoinHostPort(host, strconv.Itoa(int(binary.BigEndian.Uint16(rest[size:])))), socksDone, nil
}

// socksReply is an answer with an address that nobody looks at.
func socksReply(code byte) []byte { return []byte{socks5, code, 0, socksIPv4, 0, 0, 0, 0, 0, 0} }
