package entra_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/entra"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	app      = "207b296f-cf25-4d23-9eba-9a2c41dc62ca"
	oneJSON  = `{"id":"44444444-4444-4444-8444-444444444444","appId":"207B296F-cf25-4d23-9eba-9a2c41dc62ca","displayName":"kong\u001b[2J","accountEnabled":false,"appOwnerOrganizationId":"o"}`
	elseJSON = `{"id":"x","appId":"another","displayName":"other","accountEnabled":true}`
)

func tenant() safe.Text { return safe.New("11111111-1111-4111-8111-111111111111") }

func TestPrincipal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body  string
		found bool
	}{
		"there":             {`{"value":[` + oneJSON + `]}`, true},
		"none":              {`{"value":[]}`, false},
		"another's":         {`{"value":[` + elseJSON + `]}`, false},
		"the filter passed": {`{"value":[` + elseJSON + `,` + oneJSON + `]}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := resttest.Always(t, 200, c.body)
			client := entra.New(l.Options())
			p, found, err := client.Principal(t.Context(), tenant(), safe.New(app))
			if err != nil || found != c.found || (found && (p.Enabled != model.No || p.Owner.Raw() != "o" || p.ID.IsEmpty() || p.Name.String() != `kong\u{1b}[2J`)) {
				t.Errorf("%+v, %v, %v", p, found, err)
			}
			if _, found, err := client.Deleted(t.Context(), tenant(), safe.New(app)); err != nil || found != c.found {
				t.Errorf("%v, %v", found, err)
			}
			const query = "?%24filter=appId%20eq%20%27" + app + "%27&%24select=id%2CappId%2CdisplayName%2CaccountEnabled%2CappOwnerOrganizationId"
			got := l.Arrived()
			if got[0].URI != "/v1.0/servicePrincipals"+query || got[1].URI != "/v1.0/directory/deletedItems/microsoft.graph.servicePrincipal"+query || got[0].Authorization != "Bearer "+resttest.Token {
				t.Errorf("asked %+v", got)
			}
		})
	}
}

// The application may stand on a later page; a page elsewhere is not followed.
func TestPages(t *testing.T) {
	t.Parallel()
	elsewhere := resttest.Always(t, 200, `{"value":[`+oneJSON+`]}`)
	var l *resttest.Listener
	next := func(r *http.Request) string { return l.URL + r.URL.Path + "?$skiptoken=2" }
	l = resttest.Listen(t, func(r *http.Request) resttest.Answer {
		switch {
		case strings.Contains(r.URL.Path, "deleted"):
			return resttest.Answer{Status: 200, Body: `{"value":[],"@odata.nextLink":"` + elsewhere.URL + `"}`}
		case r.URL.Query().Get("$skiptoken") == "":
			return resttest.Answer{Status: 200, Body: `{"value":[],"@odata.nextLink":"` + next(r) + `"}`}
		default:
			return resttest.Answer{Status: 200, Body: `{"value":[` + oneJSON + `]}`}
		}
	})
	client := entra.New(l.Options())
	if _, found, err := client.Principal(t.Context(), tenant(), safe.New(app)); err != nil || !found {
		t.Errorf("%v, %v", found, err)
	}
	if _, found, err := client.Deleted(t.Context(), tenant(), safe.New(app)); err == nil || found || len(elsewhere.Arrived()) != 0 {
		t.Errorf("%v, %v, %+v", found, err, elsewhere.Arrived())
	}
}

func TestWhatIsShownIsWhatIsSent(t *testing.T) {
	t.Parallel()
	l := resttest.Always(t, 201, oneJSON)
	client := entra.New(l.Options())
	w := client.CreatePrincipalWrite(safe.New(app))
	p, err := client.CreatePrincipal(t.Context(), tenant(), w)
	if err != nil || p.ID.Raw() != "44444444-4444-4444-8444-444444444444" {
		t.Errorf("%+v, %v", p, err)
	}
	l.IsWhatWasShown(t, w)
	if w.URL.Raw() != l.URL+"/v1.0/servicePrincipals" || w.Body.Raw() != "{\n  \"appId\": \""+app+"\"\n}" || w.Service != model.WriteGraph || w.Kind != model.ObjectPrincipal || w.Makes == "" || w.Method != http.MethodPost {
		t.Errorf("got %+v", w)
	}
	if entries := l.Log.Since(0); len(entries) != 1 || entries[0].Service != "Graph" {
		t.Errorf("the log has %+v", entries)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status      int
		body        string
		kind        model.FailureKind
		reads, says string
		cure        string
	}{
		"may not":    {403, `{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}}`, model.FailurePermission, "cannot tell", "may not add", "Application Administrator"},
		"forbidden":  {403, "", model.FailurePermission, "cannot tell", "may not add", "Application Administrator"},
		"exists":     {409, `{"error":{"code":"Request_MultipleObjectsWithSameKeyValue","message":"Already in use."}}`, model.FailureConflict, "in use", "in use", "already"},
		"wrong app":  {400, `{"error":{"code":"Request_BadRequest","message":"The appId does not reference a valid application."}}`, model.FailureInvalid, "valid application", "valid application", ""},
		"signed out": {401, `{"error":{"code":"InvalidAuthenticationToken","message":"No."}}`, model.FailureAuth, "Graph refuses the sign-in", "Graph refuses", "az login"},
		"throttled":  {429, `{"error":{"code":"TooManyRequests","message":"Slow."}}`, model.FailureThrottled, "Slow", "Slow", "ook again in"},
		"broken":     {502, "<html><h1>Bad Gateway</h1>", model.FailureServer, "“Bad Gateway” (502)", "“Bad Gateway”", "ook again in"},
		"a page":     {200, "<html>", model.FailureContract, "web page came in place of Graph", "web page", "proxy"},
		"nothing":    {200, "{}", model.FailureContract, "no list", "no object id", "proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := resttest.Always(t, c.status, c.body)
			client := entra.New(l.Options())
			_, found, err := client.Principal(t.Context(), tenant(), safe.New(app))
			f, failed := model.AsFailure(err)
			if !failed || found || f.Kind != c.kind || !strings.Contains(f.Cause.String(), c.reads) || f.Operation == "" {
				t.Errorf("got %+v", f)
			}
			if strings.Contains(strings.ToLower(f.Error()+f.Cure), "not granted") {
				t.Errorf("what cannot be read is called missing: %+v", f)
			}
			_, err = client.CreatePrincipal(t.Context(), tenant(), client.CreatePrincipalWrite(safe.New(app)))
			f, failed = model.AsFailure(err)
			if !failed || f.Kind != c.kind || !strings.Contains(f.Cause.String(), c.says) || !strings.Contains(f.Cure, c.cure) {
				t.Errorf("got %+v", f)
			}
			if n := len(l.Arrived()); n != 2 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

func FuzzAnswers(f *testing.F) {
	for _, s := range []string{"", oneJSON, `{"value":[` + oneJSON + `]}`, `{"value":[null,{"appId":3}],"@odata.nextLink":"::"}`} {
		f.Add(s, 200)
		f.Add(s, 403)
	}
	f.Fuzz(func(t *testing.T, body string, status int) {
		if status < 200 || status > 599 {
			status = 200
		}
		client := entra.New(resttest.Parrot(t, status, body))
		if _, _, err := client.Principal(t.Context(), tenant(), safe.New(app)); err != nil && err.Error() == "" {
			t.Error("it fails without a word")
		}
		if _, err := client.CreatePrincipal(t.Context(), tenant(), client.CreatePrincipalWrite(safe.New(app))); err != nil && err.Error() == "" {
			t.Error("it fails without a word")
		}
	})
}
