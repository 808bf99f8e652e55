package vantage

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
)

// way connects a UDP socket, for which the system chooses a card and sends nothing, and
// returns the address that it chose.
func way(ctx context.Context, to netip.Addr) (netip.Addr, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "udp", net.JoinHostPort(to.String(), "53"))
	if err != nil {
		return netip.Addr{}, err
	}
	defer func() { _ = conn.Close() }()
	local, ok := conn.LocalAddr().(*net.UDPAddr)
	if !ok {
		return netip.Addr{}, errors.New("the system does not tell the address that it would send from")
	}
	return local.AddrPort().Addr().WithZone(""), nil
}

// noWay reports whether the system says that it has no way.
func noWay(err error) bool {
	for _, e := range noWays() {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// plain returns the system's words without the addresses.
func plain(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		err = op.Err
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		err = call.Err
	}
	return err.Error()
}
