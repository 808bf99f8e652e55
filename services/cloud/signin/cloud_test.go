package signin_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
)

// overheard notes where requests would go, and lets none leave.
type overheard struct {
	mu    sync.Mutex
	hosts map[string]bool
}

func (o *overheard) Do(r *http.Request) (*http.Response, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.hosts[r.URL.Host] = true
	return nil, errors.New("nothing leaves this test")
}

// A sign-in to a cloud goes to that cloud's own hosts and to no other.
func TestASignInStaysInItsCloud(t *testing.T) {
	t.Parallel()
	for _, c := range azurecloud.All() {
		heard := &overheard{hosts: map[string]bool{}}
		tokens := signin.New(signin.Options{Choice: signin.DeviceCode, Cloud: c, Sender: heard, Env: func(string) string { return "" }})
		err := tokens.SignIn(t.Context(), safe.New("11111111-2222-3333-4444-555555555555"), func(model.DeviceCode) {})
		if err == nil {
			t.Errorf("%s: signed in without anybody", c.Name())
		}
		want := strings.TrimPrefix(c.Login(), "https://")
		for host := range heard.hosts {
			if host != want {
				t.Errorf("%s: asked %s, which is not %s", c.Name(), host, want)
			}
		}
		if !heard.hosts[want] {
			t.Errorf("%s: %s was not asked; asked were %v", c.Name(), want, heard.hosts)
		}
	}
}
