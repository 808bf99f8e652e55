package metrics_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/metrics"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/longtest"
)

func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// written are the metrics of a snapshot.
func written(tb testing.TB, s model.Snapshot, log *activity.Log, sent ...model.Activity) string {
	tb.Helper()
	m, err := metrics.New(metrics.Options{Latest: func() model.Snapshot { return s }, Log: log, Version: "9.8.7", Commit: "abc"})
	if err != nil {
		tb.Fatal(err)
	}
	for _, a := range sent {
		log.Add(a)
	}
	var out bytes.Buffer
	if err := m.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.String()
}

// has wants each of these lines, and lacks none that begins so.
func has(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !strings.Contains(text, l+"\n") {
			t.Errorf("there is no line %s in\n%s", l, text)
		}
	}
}

func lacks(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		for l := range strings.Lines(text) {
			if strings.HasPrefix(l, w) {
				t.Errorf("there is a line %s", l)
			}
		}
	}
}

func read(at time.Time) model.Part { return model.Part{At: at} }

func word(s string) safe.Text { return safe.New(s) }

// whole is a network that was read whole.
func whole(id, name string) *model.NetworkStatus {
	n := &model.NetworkStatus{
		Network:      model.Network{ID: word(id), Name: word(name), State: model.NetworkReady, Region: word("northeurope")},
		Provider:     model.ProviderAzure,
		PeeringsRead: read(noon()), PrivateDNSRead: read(noon()), ReferencesRead: read(noon()),
	}
	n.CIDR.Text = word("10.0.0.0/16")
	n.Peerings = []model.PeeringStatus{{
		Peering: model.Peering{ID: word("p-" + id), Name: word("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady, DNS: []model.DNSMapping{{Domains: []safe.Text{word("a.example"), word("b.example")}}}},
		Azure:   model.AzureHalf{Status: model.HalfPresent, ReadAt: noon(), Peering: model.VNetPeering{State: model.VNetDisconnected, Sync: model.SyncFull}},
		Finding: finding.Finding{Code: "azure-disconnected", Severity: model.SeverityBroken},
	}}
	n.Finding = n.Peerings[0].Finding
	return n
}

func snapshot(networks ...*model.NetworkStatus) model.Snapshot {
	return model.Snapshot{
		At: noon(), Networks: networks, Progress: model.Progress{ListedAll: true},
		Konnect: model.SourceStatus{State: model.SourceLive, LastOK: noon()}, Azure: model.SourceStatus{State: model.SourceThrottled},
	}
}

func TestANetwork(t *testing.T) {
	t.Parallel()
	n := whole("n1", "eu-prod")
	n.Mappings = []model.MappingFinding{{Finding: finding.Finding{Code: "S08", Severity: model.SeverityAttention}}, {Finding: finding.Finding{Code: "S08", Severity: model.SeverityAttention}}}
	n.Probed = &model.Probed{At: noon(), Domains: 12, Faults: make([]model.ProbeFault, 4)}
	n.PrivateDNSRead.Failure = &model.Failure{Kind: model.FailureTimeout}
	text := written(t, snapshot(n), nil)
	const id = `network="eu-prod",network_id="n1"`
	has(
		t, text,
		`peerdeck_build_info{commit="abc",version="9.8.7"} 1`,
		`peerdeck_source_up{source="konnect"} 1`, `peerdeck_source_up{source="azure"} 0`,
		`peerdeck_source_last_success_timestamp_seconds{source="konnect"} 1.7723664e+09`,
		`peerdeck_networks{severity="broken"} 1`, `peerdeck_networks{severity="ok"} 0`,
		`peerdeck_network_state{`+id+`,state="ready"} 1`, `peerdeck_network_severity{`+id+`} 4`,
		`peerdeck_network_info{cidr="10.0.0.0/16",`+id+`,provider="azure",region="northeurope"} 1`,
		`peerdeck_peering_konnect_state{kind="azure-vnet-peering-attachment",`+id+`,peering="hub",peering_id="p-n1",state="ready"} 1`,
		`peerdeck_peering_azure_state{`+id+`,peering="hub",peering_id="p-n1",state="Disconnected",sync="FullyInSync"} 1`,
		`peerdeck_peering_severity{`+id+`,peering="hub",peering_id="p-n1"} 4`,
		`peerdeck_findings{acknowledged="false",code="azure-disconnected",`+id+`,severity="broken",subject="peering"} 1`,
		`peerdeck_findings{acknowledged="false",code="S08",`+id+`,severity="attention",subject="mapping"} 2`,
		`peerdeck_dns_rules{`+id+`,origin="peering"} 2`, `peerdeck_dns_problems{`+id+`,severity="attention"} 2`,
		`peerdeck_dns_probe_domains{`+id+`} 12`, `peerdeck_dns_probe_failing_domains{`+id+`} 4`,
		`peerdeck_read_failing{code="failure-timeout",`+id+`,part="private_dns"} 1`,
		`peerdeck_read_timestamp_seconds{`+id+`,part="peerings"} 1.7723664e+09`,
	)
}

// What somebody knows of is still counted, and can be told apart.
func TestAcknowledged(t *testing.T) {
	t.Parallel()
	n := whole("n1", "eu-prod")
	n.Peerings[0].Finding.Known = &finding.Known{By: word("alice")}
	n.Finding = n.Peerings[0].Finding
	text := written(t, snapshot(n, whole("n2", "us-prod")), nil)
	has(
		t, text,
		`peerdeck_network_acknowledged{network="eu-prod",network_id="n1"} 1`, `peerdeck_network_acknowledged{network="us-prod",network_id="n2"} 0`,
		`peerdeck_network_severity{network="eu-prod",network_id="n1"} 4`,
		`peerdeck_findings{acknowledged="true",code="azure-disconnected",network="eu-prod",network_id="n1",severity="broken",subject="peering"} 1`,
	)
}

// What was not read has no series, or says that it is not known.
func TestWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	nothing := written(t, model.Snapshot{Konnect: model.SourceStatus{State: model.SourceSignedOut}}, nil)
	has(t, nothing, `peerdeck_source_up{source="konnect"} 0`, "peerdeck_first_reading_complete 0")
	lacks(t, nothing, "peerdeck_networks", "peerdeck_network", `peerdeck_source_up{source="azure"}`, "peerdeck_source_last")

	listed := whole("n1", "eu-prod")
	listed.PeeringsRead, listed.PrivateDNSRead = model.Part{}, model.Part{}
	listed.Peerings[0].Azure = model.AzureHalf{Status: model.HalfUnreadable}
	listed.Finding = finding.Finding{Code: "peerings-unread", Severity: model.SeverityUnknown}
	text := written(t, snapshot(listed), nil)
	has(t, text, `peerdeck_network_severity{network="eu-prod",network_id="n1"} 2`,
		`peerdeck_peering_azure_state{network="eu-prod",network_id="n1",peering="hub",peering_id="p-n1",state="not_readable",sync=""} 1`)
	lacks(t, text, "peerdeck_dns_rules", "peerdeck_dns_problems", "peerdeck_dns_probe", "peerdeck_peering_azure_read")
}

// Whatever a service sends, there is a scrape, and its labels have an end.
func TestStrangeAnswers(t *testing.T) {
	t.Parallel()
	odd := whole("n1", "\x1b]0;x\a\"\n"+strings.Repeat("long", 200))
	odd.State, odd.Provider = "dreaming", "moon"
	odd.Peerings = append(odd.Peerings, odd.Peerings[0], odd.Peerings[0])
	odd.Peerings[0].State, odd.Peerings[0].Kind = "half-asleep", "moon-bridge"
	odd.Peerings[0].Azure.Peering.State, odd.Peerings[0].Azure.Peering.Sync = "Dozing", "SomewhatInSync"
	odd.Finding.Code = "made-up"
	odd.Peerings[0].Finding.Code = "made-up"
	odd.PrivateDNS = []model.PrivateDNSStatus{{}, {}}
	text := written(t, snapshot(odd, whole("n1", "twin"), whole("", ""), whole("", "")), nil)
	has(t, text, "peerdeck_networks_without_series 2")
	for _, want := range []string{`state="other"`, `kind="other"`, `provider="other"`, `sync="other"`, `code="other"`} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
	for l := range strings.Lines(text) {
		if len(l) > 1000 || strings.ContainsAny(l, "\x1b\a") {
			t.Errorf("a line of %d bytes: %.80q", len(l), l)
		}
	}
	lacks(t, text, `peerdeck_network_info{cidr="10.0.0.0/16",network="twin"`)
}

func TestRequests(t *testing.T) {
	t.Parallel()
	sent := func(service, method string, status int) model.Activity {
		return model.Activity{Kind: model.ActivityRequest, Service: service, Method: method, Status: status, Took: 300 * time.Millisecond}
	}
	text := written(t, model.Snapshot{}, activity.By(noon), sent("Konnect", "GET", 200), sent("Konnect", "GET", 200), sent("Azure", "PUT", 0),
		sent("Nobody", "BREW", 999), model.Activity{Kind: model.ActivityNote, Service: "you"})
	has(
		t, text,
		`peerdeck_requests_total{code="200",method="GET",service="Konnect"} 2`, `peerdeck_requests_total{code="none",method="PUT",service="Azure"} 1`,
		`peerdeck_requests_total{code="other",method="other",service="other"} 1`, `peerdeck_request_duration_seconds_count{service="Konnect"} 2`,
		`peerdeck_request_duration_seconds_bucket{service="Konnect",le="0.25"} 0`, `peerdeck_request_duration_seconds_bucket{service="Konnect",le="0.5"} 2`,
	)
}

// Prometheus' own tool has nothing to say against them.
func TestPromtoolChecksThem(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("there is no promtool: Debian has it in the package prometheus")
	}
	n := whole("n1", "eu-prod")
	n.Probed = &model.Probed{At: noon(), Domains: 1}
	n.PrivateDNS = []model.PrivateDNSStatus{{PrivateDNS: model.PrivateDNS{ID: word("d"), Name: word("corp"), State: model.PrivateDNSReady}}}
	check := exec.CommandContext(t.Context(), tool, "check", "metrics")
	check.Stdin = strings.NewReader(written(t, snapshot(n), activity.By(noon), model.Activity{Kind: model.ActivityRequest, Service: "Konnect", Method: "GET", Status: 200}))
	if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v: %s", err, out)
	}
}

// many is a world of networks with two peerings each.
func many(networks int) model.Snapshot {
	list := make([]*model.NetworkStatus, networks)
	for i := range list {
		list[i] = whole(fmt.Sprint("n", i), fmt.Sprint("network-", i))
		second := list[i].Peerings[0]
		second.ID = word(fmt.Sprint("q", i))
		list[i].Peerings = append(list[i].Peerings, second)
	}
	return snapshot(list...)
}

func TestTooManyNetworks(t *testing.T) {
	t.Parallel()
	longtest.Only(t) // twenty thousand networks take a moment
	has(t, written(t, many(metrics.MostNetworks+3), nil), "peerdeck_networks_without_series 3", fmt.Sprintf(`peerdeck_networks{severity="broken"} %d`, metrics.MostNetworks+3))
}

// BenchmarkScrape10000 is a scrape of 10,000 networks with 20,000 peerings.
func BenchmarkScrape10000(b *testing.B) {
	s := many(10_000)
	m, err := metrics.New(metrics.Options{Latest: func() model.Snapshot { return s }})
	if err != nil {
		b.Fatal(err)
	}
	var size counter
	for b.Loop() {
		size = 0
		if err := m.Write(&size); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size)/(1<<20), "MB")
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func TestServing(t *testing.T) {
	t.Parallel()
	s := snapshot(whole("n1", "eu-prod"))
	m, err := metrics.New(metrics.Options{Latest: func() model.Snapshot { return s }, Process: true})
	if err != nil {
		t.Fatal(err)
	}
	complain := func(err error) { t.Error(err) }
	server, err := metrics.Listen(t.Context(), m, "127.0.0.1:0", complain, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if server.Open {
		t.Error("it is said to be open to others")
	}
	client := http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for _, c := range []struct {
		method, path, accept string
		status               int
		says                 string
	}{
		{"GET", "/metrics", "", 200, "peerdeck_network_severity{"},
		{"GET", "/metrics", "application/openmetrics-text;version=1.0.0", 200, "# EOF"},
		{"GET", "/metrics", "", 200, "go_goroutines"},
		{"GET", "/healthz", "", 200, "ok"},
		{"GET", "/", "", 200, "/metrics"},
		{"GET", "/other", "", 404, ""},
		{"POST", "/metrics", "", 405, ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, strings.TrimSuffix(server.URL, "/metrics")+c.path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", c.accept)
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(response.Body)
		_ = response.Body.Close()
		if err != nil || response.StatusCode != c.status || !strings.Contains(body.String(), c.says) {
			t.Errorf("%s %s: %s, %v, %.200s", c.method, c.path, response.Status, err, body.String())
		}
	}
	if _, err := metrics.Listen(t.Context(), m, strings.TrimSuffix(strings.TrimPrefix(server.URL, "http://"), "/metrics"), complain, nil); err == nil {
		t.Error("one address was had twice")
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	t.Parallel()
	m, err := metrics.New(metrics.Options{Latest: func() model.Snapshot { return model.Snapshot{} }})
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"", "9480", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:70000", "127.0.0.1:-1", "[::1:9480"} {
		server, err := metrics.Listen(t.Context(), m, address, nil, nil)
		if err == nil {
			server.Close()
			t.Errorf("%q: no error", address)
		} else if !strings.HasPrefix(err.Error(), "--listen") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
