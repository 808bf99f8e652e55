package konnect_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// paged serves a list of networks as the function says: for the n-th request of
// a page it gives the ids, the size and the total.
func paged(t *testing.T, answer func(page, nth int) (ids []int, size, total int)) (*konnect.Client, *atomic.Int32) {
	t.Helper()
	var requests atomic.Int32
	var mu sync.Mutex
	asked := map[int]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		page, _ := strconv.Atoi(r.URL.Query().Get("page[number]"))
		mu.Lock()
		asked[page]++
		nth := asked[page]
		mu.Unlock()
		ids, size, total := answer(page, nth)
		data := []map[string]any{}
		for _, id := range ids {
			data = append(data, map[string]any{"id": fmt.Sprint("id-", id), "name": fmt.Sprint("net-", id)})
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"meta": map[string]any{"page": map[string]any{"number": page, "size": size, "total": total}}, "data": data,
		})
	}))
	t.Cleanup(server.Close)
	sender := transport.New()
	t.Cleanup(sender.Close)
	return konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, server.URL), Token: token("x"), Sender: sender, Version: "test"}), &requests
}

func span(from, to int) []int {
	var out []int
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

// Fault 31: pages of a list repeat, shrink under the reader, end with an empty one, hold what
// another held, or tell an absurd total.
// Seen: every object once, and the right number; where the list did not come whole that is
// said, and nothing counts as gone.
func TestFault31Paging(t *testing.T) {
	for name, c := range map[string]struct {
		answer          func(page, nth int) ([]int, int, int)
		items, requests int
		complete        bool
	}{
		"one page":    {func(int, int) ([]int, int, int) { return span(0, 7), 100, 7 }, 7, 1, true},
		"no item":     {func(int, int) ([]int, int, int) { return nil, 100, 0 }, 0, 1, true},
		"three pages": {func(p, _ int) ([]int, int, int) { return span((p-1)*100, min(p*100, 250)), 100, 250 }, 250, 3, true},
		"a cap on the page, said": {func(p, _ int) ([]int, int, int) {
			return span((p-1)*20, min(p*20, 90)), 20, 90
		}, 90, 5, true},
		"a cap on the page, not said": {func(p, _ int) ([]int, int, int) {
			return span((p-1)*20, min(p*20, 90)), 100, 90
		}, 90, 5, true},
		"the same page again and again": {func(int, int) ([]int, int, int) { return span(0, 100), 100, 250 }, 100, 6, false},
		"an empty last page":            {func(p, _ int) ([]int, int, int) { return span((p-1)*100, min(p*100, 200)), 100, 201 }, 200, 6, false},
		"a total that shrinks": {func(p, nth int) ([]int, int, int) {
			if p < 3 && nth == 1 {
				return span((p-1)*100, p*100), 100, 250
			}
			return span((p-1)*100, min(p*100, 240)), 100, 240
		}, 240, 6, true},
		"a total that changes at every page": {func(p, nth int) ([]int, int, int) {
			return span((p-1)*100, p*100), 100, 200 + p + nth
		}, 300, 6, false},
		"an item that slipped to a page already read": {func(p, nth int) ([]int, int, int) {
			// After the first sweep's page 1, item 0 is deleted: 100 moves to page 1.
			if p == 1 && nth == 1 {
				return span(0, 100), 100, 150
			}
			if p == 1 {
				return span(1, 101), 100, 149
			}
			return span(101, 150), 100, 149
		}, 150, 4, true},
		"two items that slipped": {func(p, nth int) ([]int, int, int) {
			if p == 1 && nth == 1 {
				return span(0, 100), 100, 154
			}
			if p == 1 {
				return span(2, 102), 100, 152
			}
			return span(102, 154), 100, 152
		}, 154, 4, true},
		"duplicates": {func(p, _ int) ([]int, int, int) {
			return append(span((p-1)*50, p*50), span((p-1)*50, p*50)...), 100, 100
		}, 50, 2, false},
		"a monster total": {func(p, _ int) ([]int, int, int) { return span((p-1)*2, p*2), 2, 1 << 30 }, 4000, 4000, false},
	} {
		t.Run(name, func(t *testing.T) {
			client, requests := paged(t, c.answer)
			list, err := client.Networks(context.Background(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Items) != c.items || list.Complete != c.complete || int(requests.Load()) != c.requests {
				t.Errorf("%d items, complete %v, %d requests; want %d, %v, %d", len(list.Items), list.Complete, requests.Load(), c.items, c.complete, c.requests)
			}
		})
	}
}

func TestEveryPageIsHandedOnAsItComes(t *testing.T) {
	client, _ := paged(t, func(p, _ int) ([]int, int, int) { return span((p-1)*100, min(p*100, 950)), 100, 950 })
	pages, items := 0, 0
	list, err := client.Networks(context.Background(), func(ns []model.Network, total int) {
		pages++
		items += len(ns)
		if total != 950 || (pages == 1 && ns[0].Name.Raw() != "net-0") {
			t.Errorf("page %d of %d items, total %d", pages, len(ns), total)
		}
	})
	if err != nil || pages != 10 || items != 950 || len(list.Items) != 950 {
		t.Errorf("%d pages, %d items, %v", pages, items, err)
	}
}

func TestFault13OneBadItem(t *testing.T) {
	body := `{"meta":{"page":{"number":1,"size":100,"total":6}},"data":[
		{"id":"a","name":"good","state":"ready","brand_new":{"x":[1]},"transit_gateway_count":"many","created_at":"soon","provider_metadata":{"vpc_id":"v","vlan":7}},
		{"id":"b","name":42,"state":"levitating","state_metadata":null,"cidr_block":null,"availability_zones":null,"provider_metadata":null},
		{"name":"no id"}, "not an object", null,
		{"id":"c","availability_zones":"not a list"}]}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write([]byte(body))
	}))
	defer server.Close()
	sender := transport.New()
	defer sender.Close()
	c := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, server.URL), Token: token("x"), Sender: sender, Version: "test"})
	list, err := c.Networks(context.Background(), nil)
	if err != nil || len(list.Items) != 2 || len(list.Problems) != 4 || !list.Complete {
		t.Fatalf("%d items, %d problems, %v", len(list.Items), len(list.Problems), err)
	}
	a, b := list.Items[0], list.Items[1]
	if a.Name.Raw() != "good" || len(a.Extra) != 2 || a.Extra[0].Value.Raw() != `{"x":[1]}` || a.Extra[1].Label.Raw() != "provider_metadata.vlan" || a.PeeringCount != -1 || !a.CreatedAt.IsZero() {
		t.Errorf("got %+v", a)
	}
	if b.Name.Raw() != "42" || b.State != "levitating" || b.CIDR.Valid() {
		t.Errorf("got %+v", b)
	}
	if !strings.Contains(list.Problems[0].Error(), "item 3 of page 1") {
		t.Errorf("got %v", list.Problems[0])
	}
}

func TestFault13UnknownKinds(t *testing.T) {
	body := `{"meta":{"page":{"number":1,"size":100,"total":3}},"data":[
		{"id":"a","name":"x","state":"ready","transit_gateway_attachment_config":{"kind":"ibm-satellite","orbit":{"km":400}},"dns_config":null},
		{"id":"b","name":"y","state":"ready","transit_gateway_attachment_config":{"kind":"azure-vnet-peering-attachment","vnet_name":"v","brand_new":true},
		 "dns_config":{"b.example":{"remote_dns_server_ip_addresses":["10.0.0.4"]},"a.example":{"remote_dns_server_ip_addresses":["10.0.0.5"]},"b.example":{"remote_dns_server_ip_addresses":["10.0.0.6"]}}},
		{"id":"c","name":"z","state":"ready","transit_gateway_attachment_config":{"kind":"aws-resource-endpoint-attachment","resource_config":"odd"},"dns_config":[]}]}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body))
	}))
	defer server.Close()
	sender := transport.New()
	defer sender.Close()
	c := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, server.URL), Token: token("x"), Sender: sender, Version: "test"})
	list, err := c.Peerings(context.Background(), safe.New("n"))
	if err != nil || len(list.Items) != 3 || len(list.Problems) != 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	if p := list.Items[0]; p.Kind != "ibm-satellite" || len(p.Target) != 1 || p.Target[0].Value.Raw() != `{"km":400}` {
		t.Errorf("got %+v", p)
	}
	p := list.Items[1]
	if len(p.Target) != 2 || p.Target[1].Label.Raw() != "brand_new" || p.VNet.Name.Raw() != "v" {
		t.Errorf("got %+v", p)
	}
	// A map where a list is due is read all the same, and no domain is lost.
	if len(p.DNS) != 3 || p.DNS[0].Domains[0].Raw() != "a.example" || p.DNS[1].Servers[0].Raw() != "10.0.0.4" || p.DNS[2].Servers[0].Raw() != "10.0.0.6" {
		t.Errorf("got %+v", p.DNS)
	}
	if p := list.Items[2]; len(p.Target) != 1 || p.Target[0].Value.Raw() != "odd" {
		t.Errorf("got %+v", p)
	}
}

func TestFault31TenThousandNetworks(t *testing.T) {
	if testing.Short() {
		t.Skip("a large world")
	}
	s := sandboxtest.Start(t, sandbox.Options{Networks: 10_000})
	list, err := client(t, s, token(sandbox.Token)).Networks(context.Background(), nil)
	if err != nil || len(list.Items) != 10_000 || !list.Complete || s.World.Requests("konnect") != 100 {
		t.Errorf("%d networks in %d requests, %v", len(list.Items), s.World.Requests("konnect"), err)
	}
}
