package hop

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/services/run/work"
)

const (
	// probed is what the hop is asked to connect to: itself, so that nobody else is
	// disturbed. Whether anything listens there does not matter.
	probed = "127.0.0.1:53"
	// settle is how long a hop that has let in may take to say that the address is closed.
	settle = time.Second
)

// Check looks whether the hop lets in and connects. That it cannot reach the address it was
// asked for shows that it is there. The error is a [model.Failure] of the hop.
func (v Via) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, firstTry)
	defer cancel()
	signed := make(chan struct{})
	signedIn := sync.OnceFunc(func() { close(signed) })
	var (
		conn net.Conn
		err  error
	)
	if v.kind == vantage.ThroughSSH {
		conn, err = v.ssh(ctx, probed, new(breaker), signedIn)
	} else {
		conn, err = v.socks(ctx, probed, new(breaker))
		signedIn()
	}
	if err == nil {
		if v.kind == vantage.ThroughSSH {
			err = v.heard(ctx, conn, signed)
		}
		_ = conn.Close()
	}
	var e Error
	switch {
	case errors.As(err, &e) && e.outcome == dnsverdict.OutcomeFailed:
		return e
	case err != nil && ctx.Err() != nil:
		return v.ofHop(model.FailureTimeout, "it gave no answer in time", "Check that the hop is up and can be reached from here.").Failure
	default:
		return nil
	}
}

// heard waits until ssh has been let in, or has ended; the end says why.
func (v Via) heard(ctx context.Context, conn net.Conn, signed <-chan struct{}) error {
	deadline, _ := ctx.Deadline()
	if err := conn.SetReadDeadline(deadline); err != nil {
		return err
	}
	group := work.NewGroup(ctx, nil)
	defer group.Stop()
	group.Go("waiting for the hop to let in", func(ctx context.Context) {
		select {
		case <-signed:
			_ = conn.SetReadDeadline(time.Now().Add(settle))
		case <-ctx.Done():
		}
	})
	_, err := conn.Read(make([]byte, 1))
	if errors.Is(err, os.ErrDeadlineExceeded) && ctx.Err() == nil {
		select {
		case <-signed:
			return nil // let in, and the address says nothing
		default:
		}
	}
	return err
}
