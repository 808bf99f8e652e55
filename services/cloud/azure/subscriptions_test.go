package azure_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
)

const (
	home    = "11111111-1111-4111-8111-111111111111"
	subJSON = `{"id":"/subscriptions/s1","subscriptionId":"s1","displayName":"acme\u001b[2J","tenantId":"` + home + `","state":"Warned"}`
	netJSON = `{"id":"/x/vnet-hub","name":"vnet-hub","location":"northeurope","properties":{"addressSpace":{"addressPrefixes":["10.1.0.0/16"]},
		"virtualNetworkPeerings":[{"name":"p","properties":{"peeringState":"Connected"}}]}}`
)

// pages gives two pages of a list.
func pages(t *testing.T, path, first, second string) *resttest.Listener {
	t.Helper()
	var l *resttest.Listener
	l = resttest.Listen(t, func(r *http.Request) resttest.Answer {
		switch {
		case r.URL.Path != path:
			return resttest.Answer{Status: 404, Body: `{"error":{"code":"NotFound","message":"no"}}`}
		case r.URL.Query().Get("page") == "":
			return resttest.Answer{Status: 200, Body: `{"value":[` + first + `,null],"nextLink":"` + l.URL + path + `?page=2"}`}
		default:
			return resttest.Answer{Status: 200, Body: `{"value":[` + second + `]}`}
		}
	})
	return l
}

func TestSubscriptions(t *testing.T) {
	t.Parallel()
	l := pages(t, "/subscriptions", subJSON, strings.ReplaceAll(subJSON, "s1", "s2"))
	got, err := azure.New(l.Options()).Subscriptions(t.Context(), safe.New(home))
	if err != nil || len(got) != 2 || got[0].ID.Raw() != "s1" || got[1].ID.Raw() != "s2" || got[0].State.Raw() != "Warned" || got[0].TenantID.Raw() != home || got[0].Name.String() != `acme\u{1b}[2J` {
		t.Errorf("%+v, %v", got, err)
	}
	one, err := azure.New(resttest.Always(t, 200, subJSON).Options()).Subscription(t.Context(), safe.New(home), safe.New("s1"))
	if err != nil || one != got[0] {
		t.Errorf("%+v, %v", one, err)
	}
}

func TestVNetsOfASubscription(t *testing.T) {
	t.Parallel()
	l := pages(t, "/subscriptions/s1/providers/Microsoft.Network/virtualNetworks", netJSON, strings.ReplaceAll(netJSON, "hub", "spoke"))
	got, err := azure.New(l.Options()).VNets(t.Context(), safe.New(home), safe.New("s1"))
	if err != nil || len(got) != 2 || got[1].Name.Raw() != "vnet-spoke" || len(got[0].Peerings) != 1 || len(got[0].AddressPrefixes) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func lists() map[string]func(ctx context.Context, c *azure.Client) error {
	return map[string]func(ctx context.Context, c *azure.Client) error{
		"subscriptions": func(ctx context.Context, c *azure.Client) error {
			_, err := c.Subscriptions(ctx, safe.New(home))
			return err
		},
		"subscription": func(ctx context.Context, c *azure.Client) error {
			_, err := c.Subscription(ctx, safe.New(home), safe.New("s1"))
			return err
		},
		"VNETs": func(ctx context.Context, c *azure.Client) error {
			_, err := c.VNets(ctx, safe.New(home), safe.New("s1"))
			return err
		},
	}
}

func TestListsThatFail(t *testing.T) {
	t.Parallel()
	for name, list := range lists() {
		for _, c := range []struct {
			status int
			body   string
			kind   model.FailureKind
			cure   string
		}{
			{200, "", model.FailureContract, "proxy"},
			{200, "{}", model.FailureContract, "proxy"},
			{200, "<html>", model.FailureContract, "proxy"},
			{403, `{"error":{"code":"AuthorizationFailed","message":"no"}}`, model.FailurePermission, ""},
			{404, `{"error":{"code":"SubscriptionNotFound","message":"no"}}`, model.FailureNotFound, "subscription id"},
			{401, `{"error":{"code":"InvalidAuthenticationTokenTenant","message":"no"}}`, model.FailureAuth, "az login --tenant " + home},
			{429, "", model.FailureThrottled, "ook again in"},
		} {
			l := resttest.Always(t, c.status, c.body)
			f, failed := model.AsFailure(list(t.Context(), azure.New(l.Options())))
			if !failed || f.Kind != c.kind || f.Operation == "" || f.Subject.IsEmpty() || !strings.Contains(f.Cure, c.cure) || len(l.Arrived()) != 1 {
				t.Errorf("%s, %d: %+v", name, c.status, f)
			}
		}
	}
	client := azure.New(resttest.Always(t, 200, "{}").Options())
	if _, err := client.VNets(t.Context(), safe.New(home), safe.Text{}); err == nil {
		t.Error("the VNETs of no subscription were listed")
	}
	if _, err := client.Subscription(t.Context(), safe.New(home), safe.Text{}); err == nil {
		t.Error("no subscription was read")
	}
}

func FuzzLists(f *testing.F) {
	for _, s := range []string{"", subJSON, `{"value":[` + subJSON + `]}`, `{"value":[` + netJSON + `]}`, `{"value":[null,3]}`} {
		f.Add(s, 200)
	}
	f.Fuzz(func(t *testing.T, body string, status int) {
		if status < 200 || status > 599 {
			status = 200
		}
		client := azure.New(resttest.Parrot(t, status, body))
		for name, list := range lists() {
			if err := list(t.Context(), client); err != nil && err.Error() == "" {
				t.Errorf("%s fails without a word", name)
			}
		}
	})
}
