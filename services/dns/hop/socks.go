package hop

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/socks"
)

// socks opens a connection through a SOCKS5 proxy.
func (v Via) socks(ctx context.Context, address string, b *breaker) (net.Conn, error) {
	conn, err := v.greet(ctx)
	if err == nil {
		err = v.connect(conn, address)
	}
	if err == nil {
		b.note(Error{}, false)
		return conn, nil
	}
	if conn != nil {
		_ = conn.Close()
	}
	failure, ours := errors.AsType[Error](err)
	if !ours {
		if ctx.Err() != nil { // the proxy was reached, and waits for the server
			return nil, v.behind(dnsverdict.OutcomeSilent, "the proxy could not reach the server in time")
		}
		failure = v.ofHop(model.FailureContract, "what answers there is no SOCKS5 proxy: "+safe.Clean(err.Error()), "check the host and the port")
	}
	b.note(failure, true)
	return nil, failure
}

// greet connects to the proxy and signs in, for which it has half of the time that
// there is: a proxy that is not there must not look like a server that is silent.
func (v Via) greet(ctx context.Context) (net.Conn, error) {
	limit := firstTry / 2
	if end, ok := ctx.Deadline(); ok {
		limit = time.Until(end) / 2
	}
	half, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(half, "tcp", net.JoinHostPort(v.host, v.port))
	if err != nil {
		return nil, v.ofHop(model.FailureUnreachable, "the proxy cannot be reached: "+inner(err), "check that it runs, and its address")
	}
	// The end of ctx ends the connection.
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	waiting := context.AfterFunc(half, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	err = v.signIn(conn)
	if !waiting() && err == nil {
		err = context.DeadlineExceeded
	}
	switch _, ours := errors.AsType[Error](err); {
	case err == nil:
		return &bound{Conn: conn, stop: stop}, nil
	case ours:
	case half.Err() != nil:
		err = v.ofHop(model.FailureTimeout, "the proxy does not answer", "check that it is a SOCKS5 proxy")
	default:
		err = v.ofHop(model.FailureContract, "what answers there is no SOCKS5 proxy: "+inner(err), "check the host and the port")
	}
	stop()
	_ = conn.Close()
	return nil, err
}

// bound is a connection that ends with its context.
type bound struct {
	net.Conn

	stop func() bool
}

func (b *bound) Close() error {
	b.stop()
	return b.Conn.Close()
}

func (v Via) signIn(conn net.Conn) error {
	return v.words(socks.SignIn(conn, socks.Login{Name: v.user, Password: v.password}))
}

// connect asks the proxy for a connection to an address.
func (v Via) connect(conn net.Conn, address string) error {
	if _, err := netip.ParseAddrPort(address); err != nil {
		return v.ofHop(model.FailureInvalid, "only addresses are asked for through a hop", "")
	}
	return v.words(socks.Connect(conn, address))
}

// words says what a refusal of the proxy means for a question to a DNS server. Errors of
// the connection stay as they are.
func (v Via) words(err error) error {
	e, ok := errors.AsType[socks.Error](err)
	if !ok {
		return err
	}
	switch e.Kind {
	case socks.OtherSignIn:
		return v.ofHop(model.FailureAuth, e.Text, "give it a user and a password: socks5://user:password@host:port")
	case socks.WrongSignIn:
		return v.ofHop(model.FailureAuth, e.Text, "correct them")
	case socks.Refused:
		return v.refused(e.Code)
	case socks.NoSOCKS, socks.NoTarget:
		return err
	default:
		return err
	}
}

// refused says what a code of the proxy means.
func (v Via) refused(code byte) Error {
	switch code {
	case 2:
		return v.ofHop(model.FailurePermission, "the proxy's rules forbid the connection", "ask for port 53 over TCP to be allowed there")
	case 3:
		return v.behind(dnsverdict.OutcomeNoRoute, "the proxy has no way to the server's network")
	case 4:
		return v.behind(dnsverdict.OutcomeNoRoute, "the proxy cannot reach the server")
	case 5:
		return v.behind(dnsverdict.OutcomeClosed, "connection refused, says the proxy")
	case 6:
		return v.behind(dnsverdict.OutcomeSilent, "the proxy could not reach the server in time")
	case 7, 8:
		return v.ofHop(model.FailureContract, "the proxy cannot make such connections", "use another hop")
	default:
		return v.behind(dnsverdict.OutcomeFailed, fmt.Sprintf("the proxy could not connect, and does not say why (code %d)", code))
	}
}

// inner drops the layers that repeat the addresses.
func inner(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Err != nil {
		err = op.Err
	}
	return safe.Clean(err.Error())
}
