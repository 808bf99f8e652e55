package konnect_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// What form the audit log has is not published: by whatever names an entry tells who, when,
// from where and of what, it is understood, and what is a mere read is left out.
func TestAuditLogInWhateverForm(t *testing.T) {
	t.Parallel()
	const id = "0D5C9E02-6B0A-4A40-9A0E-7F1F4B6B0001"
	since := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	entries := map[string]string{
		"flat":      `{"event_ts":"2026-11-28T11:00:00Z","principal_email":"maria@example.org","client_ip":"203.0.113.9","trace_id":"t1","action":"update","request":"/v2/cloud-gateways/networks/` + id + `/transit-gateways"}`,
		"groups":    `{"timestamp":"2026-11-28T11:00:00+00:00","actor":{"email":"maria@example.org","id":"11111111-1111-4111-8111-111111111111"},"ip_address":"203.0.113.9","trace":"t1","action":"delete","target":{"id":"` + id + `"}}`,
		"seconds":   `{"created_at":1795863600,"principal_id":"maria@example.org","src":"203.0.113.9","trace_id":"t1","act":"PATCH","resource":{"ids":["x","` + id + `"]}}`,
		"in millis": `{"rt":1795863600000,"user":"maria@example.org","source_ip":"203.0.113.9","traceId":"t1","method":"DELETE","name":"` + id + `"}`,
	}
	for name, entry := range entries {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			others := `{"event_ts":"2026-11-28T11:30:00Z","action":"list","request":"/x/` + id + `"},{"no":"moment"},3,null,{"event_ts":"2026-11-01T00:00:00Z","action":"update"}`
			srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/v3/audit-logs" {
					t.Errorf("%s", r.URL)
				}
				rw.Header().Set("Content-Type", "application/json")
				_, _ = fmt.Fprintf(rw, `{"data":[%s,%s]}`, entry, others)
			}))
			t.Cleanup(srv.Close)
			list, from, err := plainClient(t, srv.URL).AuditLog(t.Context(), since)
			if err != nil || len(list) != 1 || !from.Equal(since) {
				t.Fatalf("%+v, %v, %v", list, from, err)
			}
			if r := list[0]; r.Who.String() != "maria@example.org" || r.From.String() != "203.0.113.9" || r.Trace.String() != "t1" || !r.At.Equal(time.Date(2026, 11, 28, 11, 0, 0, 0, time.UTC)) || len(r.Objects) != 1 || r.Objects[0] != strings.ToLower(id) {
				t.Errorf("%+v", r)
			}
		})
	}
}

// A log that never ends is read in part, and says back to when.
func TestALongAuditLogIsCut(t *testing.T) {
	t.Parallel()
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		asked++
		at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC).Add(-time.Duration(asked) * time.Minute)
		rw.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(rw, `{"meta":{"page":{"total":100000}},"data":[{"event_ts":%q,"action":"update"}]}`, at.Format(time.RFC3339))
	}))
	t.Cleanup(srv.Close)
	list, from, err := plainClient(t, srv.URL).AuditLog(t.Context(), time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))
	if err != nil || asked != 10 || len(list) != 10 || !from.Equal(list[9].At) || !list[0].At.After(list[9].At) {
		t.Errorf("%d requests, %d entries back to %v: %v", asked, len(list), from, err)
	}
}

// Who may not read it is told which right to ask for, and that its name is not public.
func TestAnAuditLogThatMayNotBeRead(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	_, _, err := client(t, s, token(sandbox.ViewerToken)).AuditLog(t.Context(), time.Now().Add(-time.Hour))
	if f, ok := model.AsFailure(err); !ok || f.Kind != model.FailurePermission || f.Cure != model.CureAuditLog || f.Operation != "read the audit log" {
		t.Errorf("%v", err)
	}
	if list, _, err := client(t, s, token(sandbox.Token)).AuditLog(t.Context(), time.Now().Add(-time.Hour)); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
}

// plainClient asks a server that is no sandbox.
func plainClient(tb testing.TB, url string) *konnect.Client {
	tb.Helper()
	sender := transport.New()
	tb.Cleanup(sender.Close)
	return konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(tb, url), Token: token("t"), Sender: sender, Version: "test"})
}
