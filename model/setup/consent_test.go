package setup_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// Fault 46: a set-up names a hostile tenant: a path, another host, a line break.
// Seen: the field is refused, with what a tenant looks like. No link can be made of it that
// leads anywhere but to the sign-in's own consent page.
func TestFault46HostileTenants(t *testing.T) {
	for _, tenant := range []string{"../../evil", "@evil.example", "evil.example/x", "x\r\nHost: evil.example", "%2e%2e", "x?y#z", "//evil.example", "\\\\evil"} {
		r := goodRequest()
		r.VNet.TenantID = safe.New(tenant)
		problems := r.Problems(dnstable.Surroundings{})
		if len(problems) != 1 || problems[0].Field != setup.FieldTenant || !problems[0].Fatal() || safe.Clean(problems[0].Text) != problems[0].Text {
			t.Errorf("%q: %+v", tenant, problems)
		}
		link := setup.ConsentLink(safe.New("https://login.microsoftonline.com/"), safe.New(tenant), safe.New(setup.KongAppID)).Raw()
		u, err := url.Parse(link)
		if err != nil || u.Host != "login.microsoftonline.com" || u.User != nil || u.Fragment != "" || strings.Count(u.EscapedPath(), "/") != 2 || !strings.HasSuffix(u.EscapedPath(), "/adminconsent") {
			t.Errorf("%q leads to %s, %v", tenant, link, err)
		}
	}
}

// Whatever a tenant or an application holds, it stays where it belongs in the link.
func FuzzConsentLink(f *testing.F) {
	for _, seed := range []string{"40000000-0000-4000-8000-000000000001", "a.example", "..", "../../x?y#z", "a/b", "@evil.example", "%2e%2e", "x\r\ny", "ü", "$(id)", ""} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, tenant, app string) {
		link := setup.ConsentLink(safe.New("https://login.microsoftonline.com/"), safe.New(tenant), safe.New(app)).Raw()
		u, err := url.Parse(link)
		if err != nil {
			t.Fatalf("%q: %v", link, err)
		}
		segments := strings.Split(strings.TrimPrefix(u.EscapedPath(), "/"), "/")
		if u.Host != "login.microsoftonline.com" || len(segments) != 2 || segments[1] != "adminconsent" || u.Fragment != "" || u.User != nil {
			t.Fatalf("%q leads elsewhere", link)
		}
		if got, _ := url.PathUnescape(segments[0]); got != tenant {
			t.Fatalf("the tenant %q became %q", tenant, got)
		}
		if q := u.Query(); len(q) != 1 || q.Get("client_id") != app {
			t.Fatalf("the application %q became %v", app, q)
		}
	})
}

func TestSeedLink(t *testing.T) {
	t.Parallel()
	got := setup.ConsentLink(safe.New("https://login.microsoftonline.com"), safe.New("40000000-0000-4000-8000-000000000001"), setup.Request{}.App())
	if want := "https://login.microsoftonline.com/40000000-0000-4000-8000-000000000001/adminconsent?client_id=207b296f-cf25-4d23-9eba-9a2c41dc62ca"; got.Raw() != want {
		t.Errorf("got %s", got)
	}
}

func TestIsGUID(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"207b296f-cf25-4d23-9eba-9a2c41dc62ca": true, "207B296F-CF25-4D23-9EBA-9A2C41DC62CA": true,
		"{207b296f-cf25-4d23-9eba-9a2c41dc62c}": false, "207b296fcf254d239eba9a2c41dc62ca0000": false,
		"207b296f-cf25-4d23-9eba-9a2c41dc62cg": false, "": false, "207b296f-cf25-4d23-9eba-9a2c41dc62ca\n": false,
		"207b296f_cf25_4d23_9eba_9a2c41dc62ca": false,
	} {
		if model.IsGUID(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
