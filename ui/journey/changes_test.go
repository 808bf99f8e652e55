//go:build unix

package journey_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// clouds is a sandbox in this process, and what a program that is to use it has in its
// environment.
func clouds(t *testing.T) (*sandbox.Server, []string) {
	t.Helper()
	s := sandboxtest.Start(t, sandbox.Options{PeeringTime: 30 * time.Millisecond})
	return s, []string{
		"KONNECT_TOKEN=" + sandbox.Token, "PEERDECK_AZURE_TOKEN=" + s.World.HomeToken(), "PEERDECK_KONNECT_URL=" + s.Konnect, "PEERDECK_ARM_URL=" + s.ARM,
		"PEERDECK_LOGIN_URL=" + s.Login, "PEERDECK_GRAPH_URL=" + s.Graph, "PEERDECK_DNS_VIA=socks5://127.0.0.1:9",
	}
}

// cut deletes Azure's half of the peering of us-west, as somebody in the portal does, and
// returns when it is gone.
func cut(t *testing.T, s *sandbox.Server) {
	t.Helper()
	ask := func(method string) int {
		half := s.ARM + s.World.VNetID("acme-prod", "vnet-inventory") + "/virtualNetworkPeerings/kong-" + s.World.NetworkID("us-west")[:8] + "?api-version=2024-05-01"
		r, err := http.NewRequestWithContext(t.Context(), method, half, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+s.World.HomeToken())
		r.Close = true
		resp, err := new(http.Client).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := resp.Body.Close(); err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode
	}
	if status := ask(http.MethodDelete); status != http.StatusAccepted {
		t.Fatalf("got %d", status)
	}
	for ask(http.MethodGet) != http.StatusNotFound { //nolint:revive // Azure ends it by itself
	}
}

// A network breaks while the person is on another screen, in another window. They come
// back, see at the tab that something broke, and two keys later they are at the network.
// After a restart the time line has it all the same, and it is new no longer.
func TestItBreaksWhileThePersonLooksElsewhere(t *testing.T) {
	t.Parallel()
	w, env := clouds(t)
	s := start(t, 80, 24, env)
	s.up()
	s.keys("/", "us-west", "enter")
	s.until("▌● us-west") // both halves are read
	s.keys("2")
	s.until("› DNS")
	s.keys("\x1b[O") // the window loses the focus
	cut(t, w)
	s.keys("\x1b[I")
	s.until("5 Activity ✖ 1")
	s.keys("5")
	s.until("Azure Connected → no peering from Kong")
	s.until("1 broke")
	s.keys("enter")
	s.until("Networks › us-west")
	s.keys("ctrl+c")
	s.end(0)
	kept, err := filepath.Glob(filepath.Join(s.home, ".local/state/peerdeck/history-*"))
	if err != nil || len(kept) == 0 {
		t.Fatalf("%v, %v", kept, err)
	}
	for _, path := range kept {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	again := start(t, 80, 24, append(env, "HOME="+s.home))
	again.up()
	again.keys("5")
	again.until("Azure Connected → no peering from Kong")
	again.until("since you last looked")
	if text := again.vt.text(); strings.Contains(text, "1 broke") {
		t.Errorf("the person has looked:\n%s", text)
	}
	again.keys("q")
	again.end(0)
}
