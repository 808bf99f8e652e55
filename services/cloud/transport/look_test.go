package transport_test

import (
	"crypto/tls"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
)

// dated is a service whose clock is off by some time.
func dated(off time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(off).UTC().Format(http.TimeFormat))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"error":{}}`))
	})
}

// A look tells what stands between: no proxy and why, who signed, and what time it is there.
func TestFault34Look(t *testing.T) {
	t.Parallel()
	authority := wiretest.NewAuthority(t, "Corp Root CA")
	look := func(address string, o transport.Options) model.Way {
		sender := transport.Open(transport.Impatient(o, ample))
		t.Cleanup(sender.Close)
		return sender.Look(t.Context(), "Azure", address)
	}
	at := wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{authority.Valid("127.0.0.1")}}, dated(-time.Hour))
	way := look("https://"+at+"/x", options(t, "http://127.0.0.1:9", authority.File()))
	found := way.Findings()
	if way.Failure != nil || !way.Proxy.IsZero() || way.Direct != "it is this machine's own" || way.Status != 401 || way.Address.Raw() != at || len(found) != 1 || found[0].Code != "clock-off" || !strings.Contains(found[0].Cause, "h ahead of") && !strings.Contains(found[0].Cause, "min ahead of") {
		t.Errorf("got %+v, %+v", way, found)
	}

	way = look("https://"+at+"/x", options(t, "", ""))
	if way.Failure == nil || way.Failure.FindingCode() != "tls-untrusted" || len(way.Certificates) != 2 || way.Certificates[0].Issuer.Raw() != "Corp Root CA" || way.Failure.Operation != "" {
		t.Errorf("got %+v", way)
	}
	if way := look("https://"+at+"/ \x00", transport.Options{}); way.Failure == nil {
		t.Errorf("got %+v", way)
	}
}

// A certificate that is out of its time by this machine's clock alone is the clock's fault:
// the host is asked what time it has, by a connection that trusts it in everything else.
func TestFault34CertificatesByAWrongClock(t *testing.T) {
	t.Parallel()
	authority := wiretest.NewAuthority(t, "Corp Root CA")
	now := time.Now()
	expired := authority.Certificate(now.AddDate(-1, 0, 0), now.AddDate(0, 0, -3), cloud)
	look := func(off time.Duration, ca string) model.Way {
		at := wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{expired}}, dated(off))
		sender := transport.Open(transport.Impatient(options(t, "http://"+wiretest.NewProxy(t, wiretest.Doing{To: at}).Address, ca), ample))
		t.Cleanup(sender.Close)
		return sender.Look(t.Context(), "Konnect", "https://"+cloud+"/")
	}
	if way := look(-5*24*time.Hour, authority.File()); way.Failure == nil || way.Failure.FindingCode() != "clock-off" || !strings.Contains(way.Failure.Cause.String(), "ahead of") || len(way.Findings()) != 1 {
		t.Errorf("got %+v", way.Failure)
	}
	if way := look(0, authority.File()); way.Failure == nil || way.Failure.FindingCode() != "tls-expired" || !strings.Contains(way.Failure.Cause.String(), "as that of "+cloud) {
		t.Errorf("got %+v", way.Failure)
	}
	// Who is not trusted is not asked for the time.
	if way := look(-5*24*time.Hour, ""); way.Failure == nil || way.Failure.FindingCode() != "tls-untrusted" && way.Failure.FindingCode() != "tls-expired" || !way.Clock.There.IsZero() {
		t.Errorf("got %+v", way.Failure)
	}
}

// Dates of a service are those of its own clock.
func TestFault23RetryAfterByTheClockOfTheService(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	for _, off := range []time.Duration{0, time.Hour, -time.Hour, 24 * time.Hour} {
		there := now.Add(off)
		h := http.Header{"Date": {there.Format(http.TimeFormat)}, "Retry-After": {there.Add(40 * time.Second).Format(http.TimeFormat)}}
		if got := transport.RetryAfter(h, now); got != 40*time.Second {
			t.Errorf("a clock that is %s off makes it %s", off, got)
		}
	}
	if c := transport.ClockOf(http.Header{"Date": {now.Format(http.TimeFormat)}, "Age": {"3600"}}, now); !c.There.IsZero() {
		t.Error("the date of a kept answer was believed")
	}
}
