//go:build unix

package journey_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// A person practises the cures for Azure's half: what the commands that peerdeck prints ask of
// Azure is asked of the sandbox, and status shows what has become of the half.
func TestTheCuresForAHalfCanBePractised(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{PeeringTime: 30 * time.Millisecond, Events: []sandbox.Event{
		{Network: "us-west", Peering: "inventory", Sync: "LocalNotInSync"},
	}})
	token := s.World.HomeToken()
	status := func() string {
		out, errs, _ := command(t, []string{
			"KONNECT_TOKEN=" + sandbox.Token, "PEERDECK_AZURE_TOKEN=" + token, "PEERDECK_KONNECT_URL=" + s.Konnect, "PEERDECK_ARM_URL=" + s.ARM,
			"PEERDECK_LOGIN_URL=" + s.Login, "PEERDECK_GRAPH_URL=" + s.Graph, "PEERDECK_DNS_VIA=socks5://127.0.0.1:9",
		}, "status", "-o", "json", "--network", "us-west")
		if errs != "" {
			t.Log(errs)
		}
		return out
	}
	half := s.ARM + s.World.VNetID("acme-prod", "vnet-inventory") + "/virtualNetworkPeerings/kong-" + s.World.NetworkID("us-west")[:8] + "?api-version=2024-05-01"
	ask := func(method, address string, body []byte) (int, http.Header, []byte) {
		r, err := http.NewRequestWithContext(t.Context(), method, address, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		r.Close = true
		resp, err := new(http.Client).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, resp.Header, text
	}
	// finish asks after an operation until it has ended, as the Azure CLI does.
	finish := func(header http.Header) {
		for {
			_, _, text := ask(http.MethodGet, header.Get("Azure-Asyncoperation"), nil)
			var operation struct {
				Status string `json:"status"`
			}
			if err := json.Unmarshal(text, &operation); err != nil || operation.Status == "" {
				t.Fatalf("%v: %s", err, text)
			}
			if operation.Status != "InProgress" {
				return
			}
		}
	}
	if out := status(); !strings.Contains(out, "azure-local-behind") {
		t.Errorf("before the sync: %s", out)
	}
	_, _, body := ask(http.MethodGet, half, nil)
	code, header, answer := ask(http.MethodPut, half+"&syncRemoteAddressSpace=true", body)
	if code != http.StatusOK {
		t.Fatalf("%d %s", code, answer)
	}
	finish(header)
	if out := status(); strings.Contains(out, "azure-local-behind") || !strings.Contains(out, "FullyInSync") {
		t.Errorf("after the sync: %s", out)
	}
	if code, header, answer = ask(http.MethodDelete, half, nil); code != http.StatusAccepted {
		t.Fatalf("%d %s", code, answer)
	}
	finish(header)
	if out := status(); strings.Contains(out, "FullyInSync") || !strings.Contains(out, "azure-absent") {
		t.Errorf("after it was deleted: %s", out)
	}
}
