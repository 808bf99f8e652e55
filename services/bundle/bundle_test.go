package bundle_test

import (
	"bytes"
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
)

func epoch() time.Time { return time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC) }

// sample has something of everything.
func sample() bundle.Bundle {
	at := epoch()
	return bundle.Bundle{
		Manifest: bundle.Manifest{
			Program: "0.9.0", MadeAt: at.Add(time.Minute), Began: at, Clock: at.Add(30 * time.Second), Command: []string{"status", "-o", "json"}, Context: "prod", Names: true,
		},
		Status:   json.RawMessage(`{"networks":[]}`),
		Doctor:   json.RawMessage(`{"checks":[]}`),
		Findings: json.RawMessage(`{"findings":[]}`),
		History: []model.Change{{
			At: at, Network: safe.New("n-1"), NetworkName: safe.New("eu-prod"), Aspect: model.AspectKonnect, From: safe.New("initializing"), To: safe.New("ready"),
		}},
		Journals: []bundle.Journal{{ID: "20261128-090000-a1", Lines: []json.RawMessage{[]byte(`{"kind":"begin"}`), []byte(`{"kind":"end"}`)}}},
		Activity: []bundle.Activity{bundle.ActivityOf(model.ProblemActivity(model.Failure{
			Kind: model.FailureThrottled, Operation: "list networks", Cause: safe.New("too many"), RetryAfter: time.Minute,
			Invalid: []model.InvalidParameter{{Field: safe.New("name"), Rule: safe.New("max"), Reason: safe.New("too long")}},
		}, at))},
		Exchanges: []bundle.Exchange{
			{
				Service: bundle.Konnect, At: at, Took: bundle.Duration(12500 * time.Microsecond), Method: "GET", Path: "/v2/cloud-gateways/networks?page%5Bsize%5D=100",
				Status: 200, Header: []bundle.Header{{Name: "Content-Type", Value: "application/json"}}, Body: bundle.Body(`{"data":[{"name":"a<b&c"}]}`),
			},
			{Service: bundle.ARM, At: at, Method: "GET", Path: "/x", Status: 502, Body: bundle.Body("\xff\x00")},
			{Service: bundle.Graph, At: at, Method: "GET", Path: "/y", Failure: bundle.FailureOf(model.Failure{Kind: model.FailureTimeout, Cause: safe.New("no answer in time"), Retryable: true})},
		},
		DNS: []bundle.DNSAnswer{
			{At: at, Server: "10.0.0.4:53", Over: "udp", Name: "a.example.org.", Type: 1, Wire: []byte{1, 2, 3}},
			{At: at, Server: "10.0.0.5:53", Over: "tcp", Name: "a.example.org.", Type: 1, Fault: bundle.DNSTimeout, Text: "i/o timeout", Foreign: 2, ForeignWhy: "the message is no reply"},
		},
		SignIns: []bundle.SignIn{{Service: bundle.ARM, Tenant: "t", Kind: "cli", Source: "the Azure CLI", Account: "jane@example.org", Until: at.Add(time.Hour)}},
		Probes:  []json.RawMessage{[]byte(`{"Network":"n-1"}`)},
		Session: &bundle.Session{
			Hosts: map[bundle.Service]string{bundle.Konnect: "https://global.api.konghq.com"}, Login: "https://login.example", Looks: []time.Time{at}, Cut: true, LeftOut: 3,
			Places: []bundle.Place{{
				Kind: "this machine", NoRoutes: "this system does not show them", Ways: []bundle.Way{{To: netip.MustParseAddr("10.0.0.4"), None: "no route to host"}},
				Interfaces: []bundle.Interface{{Name: safe.New("eth0"), Kind: "network", Prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.1.7/24")}}},
			}},
		},
		Others: []bundle.Other{{Name: "later/thing.bin", Data: []byte{0, 1, 2}}},
	}
}

func encoded(t *testing.T, b bundle.Bundle) []byte {
	t.Helper()
	data, _, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What is written is read again, to the last byte, and written again it is the same file.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	want := sample()
	data := encoded(t, want)
	path := filepath.Join(t.TempDir(), "a.peerdeck")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := bundle.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Manifest.Entries) != 12 || got.Manifest.Format != bundle.Format {
		t.Errorf("the list has %+v", got.Manifest)
	}
	if again := encoded(t, got); !bytes.Equal(again, data) {
		t.Error("written again it is another file")
	}
	got.Manifest.Entries, got.Manifest.Format = nil, 0
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if f := got.Activity[0].Model(); !reflect.DeepEqual(f, want.Activity[0].Model()) || f.Failure.Invalid[0].Rule.String() != "max" {
		t.Errorf("%+v", f)
	}
}

// Parts that are empty are not there, and nobody misses them.
func TestEmpty(t *testing.T) {
	t.Parallel()
	data, m, err := bundle.Encode(bundle.Bundle{})
	if err != nil || len(m.Entries) != 0 {
		t.Fatal(m, err)
	}
	if b, err := bundle.Read("x", data); err != nil || len(b.Exchanges) != 0 {
		t.Error(b, err)
	}
}

// The order in which journals and unknown entries came does not matter.
func TestStableOrder(t *testing.T) {
	t.Parallel()
	a, b := sample(), sample()
	one := bundle.Journal{ID: "b", Lines: []json.RawMessage{[]byte(`{}`)}}
	a.Journals, b.Journals = append(a.Journals, one), append([]bundle.Journal{one}, b.Journals...)
	if !bytes.Equal(encoded(t, a), encoded(t, b)) {
		t.Error("two files of one content")
	}
}

// A long recording of what is the same again and again compresses better than a bomb may;
// it is written so that it can be read.
func TestWhatIsWrittenCanBeRead(t *testing.T) {
	t.Parallel()
	b := bundle.Bundle{Exchanges: []bundle.Exchange{{
		Service: bundle.Konnect, Method: "GET", Path: "/", Status: 200, Body: bundle.Body(bytes.Repeat([]byte("a"), 8<<20)),
	}}}
	if got, err := bundle.Read("x", encoded(t, b)); err != nil || len(got.Exchanges) != 1 {
		t.Error(err)
	}
	b.Others = []bundle.Other{{Name: "../x", Data: nil}}
	if _, _, err := bundle.Encode(b); err == nil {
		t.Error("a name that leads out was written")
	}
}
