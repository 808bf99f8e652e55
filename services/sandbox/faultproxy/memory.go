package faultproxy

import (
	"context"
	"net"
	"os"
	"syscall"
)

// Network is one in memory: each host has its proxy, and no other name resolves.
type Network map[string]*Proxy

// Dial connects to a host of the network.
func (n Network) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	p := n[host]
	if p == nil {
		return nil, &net.OpError{Op: "dial", Net: network, Err: &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}}
	}
	if p.behind() == Refused {
		return nil, &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	near, far := pair()
	select {
	case p.memory.conns <- far:
		return near, nil
	case <-p.memory.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// listener hands out connections that were made in memory.
type listener struct {
	conns chan net.Conn
	done  chan struct{}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error   { close(l.done); return nil }
func (l *listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// breakOff ends a connection as a reset does.
func breakOff(c net.Conn) {
	switch c := c.(type) {
	case *wire:
		c.end(os.NewSyscallError("read", syscall.ECONNRESET))
	case *net.TCPConn:
		_ = c.SetLinger(0)
	default:
	}
	_ = c.Close()
}
