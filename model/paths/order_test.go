package paths_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// hostOf makes a host as the judgement would.
func hostOf(name, plane, host string, by paths.By, back string, severity finding.Severity) *paths.Host {
	h := &paths.Host{
		Key: plane + "/" + name, Plane: model.ControlPlane{ID: safe.New("id-" + plane), Name: safe.New(plane), Geo: safe.New("eu")},
		Service: gateway.Service{ID: safe.New("id-" + name), Name: safe.New(name), Protocol: safe.New("https"), Host: safe.New(host), Port: 443, Tags: []safe.Text{safe.New("team-a")}},
		Routes:  []gateway.Route{{Name: safe.New("route-" + name), Paths: []safe.Text{safe.New("/" + name)}}},
		Places:  []paths.Place{{Host: safe.New(host), Port: 443, By: by, VNet: safe.New("vnet-hub"), Subnet: safe.New("snet-a"), Domain: safe.New("corp.example.org")}},
		By:      by, Word: "word-" + string(by), Back: back,
	}
	if severity > finding.OK {
		h.Findings = []finding.Finding{{Code: "path-x", Severity: severity, Word: "bypass"}}
	}
	return h
}

func sample() []*paths.Host {
	return []*paths.Host{
		hostOf("orders", "b", "z.example.org", paths.ByPeering, "direct", finding.OK),
		hostOf("billing", "b", "y.example.org", paths.ByInternet, "", finding.Broken),
		hostOf("ledger", "a", "10.20.4.10", paths.ByPeering, "appliance", finding.Attention),
		hostOf("billing", "a", "x.example.org", paths.ByNothing, "", finding.Unknown),
	}
}

func TestSortHosts(t *testing.T) {
	for by, want := range map[paths.HostOrder]string{
		paths.ByUrgency:        "b/billing a/ledger a/billing b/orders",
		paths.ByService:        "a/billing b/billing a/ledger b/orders",
		paths.ByHost:           "a/ledger a/billing b/billing b/orders",
		paths.ByWay:            "b/billing a/billing a/ledger b/orders",
		paths.ByBack:           "a/billing b/billing a/ledger b/orders",
		paths.ByPlane:          "a/billing a/ledger b/billing b/orders",
		paths.HostOrder("???"): "a/billing b/billing a/ledger b/orders",
	} {
		list := sample()
		paths.SortHosts(list, by, false)
		if got := keysOf(list); got != want {
			t.Errorf("by %s: %s, want %s", by, got, want)
		}
		paths.SortHosts(list, by, true)
		slices.Reverse(list)
		if got := keysOf(list); got != want {
			t.Errorf("by %s, turned round: %s", by, got)
		}
	}
}

func keysOf(list []*paths.Host) string {
	var out []string
	for _, h := range list {
		out = append(out, h.Key)
	}
	return strings.Join(out, " ")
}

// Each key finds a host by a value of it, and not by that of another key.
func TestHostFields(t *testing.T) {
	h := *hostOf("billing", "b", "y.example.org", paths.ByInternet, "gateway", finding.Broken)
	want := map[string]string{
		"service": "billing", "host": "y.example.org", "by": "internet", "back": "gateway", "plane": "b", "severity": "broken", "code": "path-x",
		"vnet": "vnet-hub", "subnet": "snet-a", "domain": "corp.example.org", "route": "/billing", "protocol": "https", "port": "443", "tag": "team-a", "id": "id-billing",
	}
	for _, key := range paths.HostKeys() {
		if !slices.Contains(paths.HostFields(h, key), want[key]) {
			t.Errorf("%s: %q, want %s", key, paths.HostFields(h, key), want[key])
		}
		if key != "service" && slices.Contains(paths.HostFields(h, key), "billing") {
			t.Errorf("%s names the service", key)
		}
	}
	for _, word := range []string{"billing", "y.example.org", "word-internet", "gateway", "b", "bypass"} {
		if !slices.Contains(paths.HostFields(h, ""), word) {
			t.Errorf("a plain word does not find %s", word)
		}
	}
	if len(paths.HostFields(h, "colour")) != 0 {
		t.Error("a key that there is not has values")
	}
	h.Upstream = safe.New("pool")
	if !slices.Contains(paths.HostFields(h, "host"), "pool") {
		t.Error("an upstream is not found by its name")
	}
}
