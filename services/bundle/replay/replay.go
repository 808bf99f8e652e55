// Package replay opens a bundle under the real clients: it serves the recorded exchanges
// on loopback, answers DNS questions with the recorded answers, lets sign-ins come to what
// they came to, and tells the recorded time. Nothing leaves this machine, and nothing of
// it is looked at.
package replay

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Replay is a bundle that is open. Its methods may be called from any goroutine.
type Replay struct {
	bundle bundle.Bundle
	server *server
	client *http.Client
	dns    *tape[question, *served]
	looks  *looks
	label  string // by chance, as it was recorded
}

// Options of a replay.
type Options struct {
	// End opens the recording at its end, as the recorded program left off: for a program
	// that goes on. Else it begins where the recording began, for one that ends.
	End    bool
	Report func(work.Panic)
}

// Open begins to serve a bundle, until Close. A bundle in which nothing was recorded is
// refused.
func Open(ctx context.Context, file string, b bundle.Bundle, o Options) (*Replay, error) {
	if b.Session == nil || len(b.Exchanges)+len(b.SignIns) == 0 {
		return nil, model.Failure{
			Kind: model.FailureInvalid, Operation: "open the bundle", Subject: safe.New(file),
			Cause: safe.New("nothing that passed between peerdeck and the clouds is in it, so there is nothing to look at"),
			Cure:  model.CureNoBundle,
		}
	}
	r := &Replay{bundle: b, dns: answers(b.DNS), looks: newLooks(b), label: recordedLabel(b.DNS)}
	var from time.Time
	if o.End {
		from, r.looks.left = b.Manifest.Clock, nil
	}
	var err error
	if r.server, err = serve(ctx, exchanges(b.Exchanges, from), o.Report); err != nil {
		return nil, err
	}
	r.client = client(r.server.address)
	return r, nil
}

// Close ends it.
func (r *Replay) Close() {
	r.client.CloseIdleConnections()
	r.server.close()
}

// Bundle is what is open.
func (r *Replay) Bundle() bundle.Bundle { return r.bundle }

// At is when what is looked at was so.
func (r *Replay) At() time.Time { return r.bundle.Manifest.Clock }

// Time is the time of a program that ends: it waits faster, and judges at the times at
// which the recorded program did.
func (r *Replay) Time() attempt.Time {
	return attempt.Time{Waits: NewClock(r.At(), Speed), Says: r.looks.next}
}

// Standing is the time of a program that goes on: it waits as ever, and says the time of
// the end.
func (r *Replay) Standing() attempt.Time {
	return attempt.Time{Waits: NewClock(r.At(), 1), Says: r.At}
}

// Look tells of a place, empty for the sender's own machine, what was recorded.
func (r *Replay) Look(via string) func(context.Context, []netip.Addr) vantage.Facts {
	return func(context.Context, []netip.Addr) vantage.Facts {
		for _, p := range r.bundle.Session.Places {
			if p.Via == via {
				return p.Facts()
			}
		}
		const none = "nobody asked DNS servers while it was recorded"
		return vantage.Facts{
			Kind: vantage.ThisMachine, Recorded: true,
			Interfaces: dnsverdict.NotKnown[[]vantage.Interface](none), Routes: dnsverdict.NotKnown[[]vantage.Route](none),
		}
	}
}
