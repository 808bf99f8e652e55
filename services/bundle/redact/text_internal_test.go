package redact

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
)

// Words of peerdeck and of the clouds stay; names, known or not, do not.
func TestTexts(t *testing.T) {
	t.Parallel()
	r := New(Options{Key: Key{5}})
	for _, name := range []string{"eu-prod", "vnet-hub", "Hub Network (EU)", "network", "orders.corp", "ready"} {
		_ = r.Name(name)
	}
	w := func(s string) string { return r.word(s) }
	for _, c := range [][2]string{
		{"the network eu-prod is ready", "the network " + w("eu-prod") + " is ready"},
		{"VNET-HUB is not peered", strings.ToUpper(w("vnet-hub")) + " is not peered"},
		{"Hub Network (EU) is ready, and so is vnet-hub", w("Hub Network (EU)") + " is ready, and so is " + w("vnet-hub")},
		{`there is no network "network"`, `there is no network "` + w("network") + `"`},
		{"az network vnet show --name network", "az network vnet show --name " + w("network")},
		{"ask Jane Grzegorz", "ask " + w("Jane") + " " + w("Grzegorz")},
		{"The virtual network 'hub' was not found.", "The virtual network '" + w("hub") + "' was not found."},
		{"after 12.5 ms, at 09:00:00, 3 of 24 (5%)", "after 12.5 ms, at 09:00:00, 3 of 24 (5%)"},
		{"2026-11-28T09:00:00Z AuthorizationFailed", "2026-11-28T09:00:00Z AuthorizationFailed"},
		{"it isn't Konnect's fault", "it isn't Konnect's fault"},
		{"orders.corp does not resolve", w("orders") + ".corp does not resolve"},
		{"Microsoft.Network/virtualNetworks/read is missing for role Network Contributor", "Microsoft.Network/virtualNetworks/read is missing for role Network Contributor"},
		{"run: az role assignment create --role Reader", "run: az role assignment create --role Reader"},
		{"account 123456789012", "account " + r.digits("123456789012")},
		{"the file /home/grzegorz/secret.pem", "the file /home/" + w("grzegorz") + "/secret.pem"},
		{"mail grzegorz@acme.com", "mail " + w("grzegorz") + "@" + w("acme") + ".com"},
	} {
		in, want := c[0], c[1]
		if got := r.Text(in); got != want {
			t.Errorf("%s\nbecame %s\nwant   %s", in, got, want)
		}
	}
}

// The same thing has the same stand-in, wherever it stands.
func TestOneThingOneStandIn(t *testing.T) {
	t.Parallel()
	r := New(Options{Key: Key{5}})
	id := "/subscriptions/2f9c3f0e-3b1d-4a55-9a27-1f6a7b0c9d11/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub/virtualNetworkPeerings/to-kong"
	stand := r.Name(id)
	want := "/subscriptions/" + r.guid("2f9c3f0e-3b1d-4a55-9a27-1f6a7b0c9d11") + "/resourceGroups/" + r.word("rg-net") +
		"/providers/Microsoft.Network/virtualNetworks/" + r.word("vnet-hub") + "/virtualNetworkPeerings/" + r.word("to-kong")
	if stand != want {
		t.Errorf("got %s, want %s", stand, want)
	}
	if got := r.Path(strings.ToUpper(id) + "?api-version=2024-05-01&$filter=atScope()"); !strings.EqualFold(got, want+"?api-version=2024-05-01&$filter=atScope()") {
		t.Errorf("got %s", got)
	}
	if got := r.Text("The resource '" + id + "' is gone"); !strings.Contains(got, want) {
		t.Error(got)
	}
	if got := r.Name("https://management.azure.com" + id); got != "https://management.azure.com"+want {
		t.Error(got)
	}
	ip := r.Name("10.20.30.40")
	if got := r.Text("10.20.30.40:53 said no, 10.20.30.40/32 did not, 10.20.30.40-10.20.30.40"); got != ip+":53 said no, "+ip+"/32 did not, "+ip+"-"+ip {
		t.Error(got)
	}
	if r.Name("Hub") == r.Name("hub") || !strings.EqualFold(r.Name("Hub"), r.Name("hub")) {
		t.Error("the case of letters is lost, or makes two things of one")
	}
	if got := r.Name("Peering - Kong"); !strings.HasSuffix(got, " - Kong") || got == "Peering - Kong" {
		t.Error(got)
	}
	for _, keep := range []string{"Kong Cloud Gateway Peering Creator", "Kong Cloud Gateway Peering Creator - Kong", "207b296f-cf25-4d23-9eba-9a2c41dc62ca", "Owner", "VirtualNetwork", "00000000-0000-0000-0000-000000000000"} {
		if got := r.Name(keep); got != keep {
			t.Errorf("%s became %s", keep, got)
		}
	}
}

// Two bundles of one sender have the same stand-ins, also where a new name came between.
func TestStandInsStay(t *testing.T) {
	t.Parallel()
	first := New(Options{Key: Key{5}})
	stand := first.Name("eu-prod")
	second := New(Options{Key: Key{5}, Names: first.names})
	_ = second.Name("other")
	if got := second.Name("eu-prod"); got != stand {
		t.Errorf("%s, then %s", stand, got)
	}
	if got := New(Options{Key: Key{6}}).Name("eu-prod"); got == stand {
		t.Error("two senders have one stand-in")
	}
	if got := second.Back("is " + strings.ToUpper(stand) + " there, at " + second.Name("10.1.2.3") + "/32 in " + second.Name("10.9.0.0/16") + "?"); got != "is eu-prod there, at 10.1.2.3/32 in 10.9.0.0/16?" {
		t.Error(got)
	}
}

// What the catalogue says of a finding can be read in a bundle.
func TestTheCatalogueStaysReadable(t *testing.T) {
	t.Parallel()
	r := New(Options{Key: Key{5}})
	words, lost := 0, map[string]bool{}
	for _, e := range finding.Entries() {
		was, is := strings.Fields(e.Title+" "+e.Means), strings.Fields(r.Text(e.Title+" "+e.Means))
		if len(was) != len(is) {
			t.Fatalf("%s: %q", e.Code, is)
		}
		for i := range was {
			words++
			if was[i] != is[i] {
				lost[was[i]] = true
			}
		}
	}
	if words < 1000 || len(lost)*50 > words {
		t.Errorf("of %d words these are lost: %v", words, lost)
	}
}
