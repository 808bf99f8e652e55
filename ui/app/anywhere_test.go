package app_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
)

// anywhereWorld has two networks that map names, one the more general ones.
func anywhereWorld() model.Snapshot {
	w := dnsWorld()
	b := network("us-prod", "eastus2", "10.8.0.0/16").peer("orders", "vnet-orders", []string{"10.9.0.0/20"})
	b.resolver("us-dns", 3, mapping("10.9.0.4", "acme.internal"), mapping("10.9.0.4", "hr.acme.internal"))
	w.Networks[7] = b.done()
	w.Networks[7].ID = id("network", "us-prod")
	w.Networks[7].Peerings[0].ID = text("0b7c5a70-1111-4222-8333-444455556666")
	return w
}

// From every screen, t and a pasted name trace it on the network whose mapping fits it
// best, and esc leads back.
func TestANameIsTracedFromAnywhere(t *testing.T) {
	for _, from := range []string{"1", "2", "3", "4", "5"} {
		for name, c := range map[string]struct{ pasted, network string }{
			"a name":                   {"x.pay.acme.internal", "eu-prod"},
			"a shorter mapping":        {"x.shop.acme.internal", "us-prod"},
			"a URL":                    {"https://api.corp.acme.internal:8443/orders?x=1\n", "eu-prod"},
			"a host with its port":     {"db.acme.internal:5432", "eu-prod"},
			"in another spelling":      {"  X.Pay.ACME.internal. ", "eu-prod"},
			"that only one maps whole": {"shop.acme.internal", "us-prod"},
		} {
			t.Run(from+" "+name, func(t *testing.T) {
				play(t, 80, 24, func(s *stage) {
					s.know(anywhereWorld())
					s.keys(from)
					before := s.frame()
					s.keys("t", "ctrl+u") // the row's own domain stands there on the screen of the table
					s.send(tea.PasteMsg{Content: c.pasted})
					s.keys("enter")
					if len(s.tracer.asked) != 1 || s.tracer.asked[0].Network != id("network", c.network) {
						t.Fatalf("asked %+v:\n%s", s.tracer.asked, s.frame())
					}
					s.shows(c.network + " › trace")
					s.keys("esc")
					if from != "2" && s.frame() != before {
						t.Errorf("esc leads elsewhere:\n%s", s.frame())
					}
				})
			})
		}
	}
}

// Of networks that map a name equally well the one goes first where the person is, and a
// key takes the other.
func TestEquallyGoodNetworks(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(anywhereWorld())
		s.keys("/", `"us-prod"`, "enter", "t", `"x.hr.acme.internal"`)
		s.shows("Network   us-prod", "ctrl+n eu-prod")
		s.keys("ctrl+n")
		s.shows("Network   eu-prod", "ctrl+n us-prod")
		s.keys("enter")
		if len(s.tracer.asked) != 1 || s.tracer.asked[0].Network != id("network", "eu-prod") {
			t.Errorf("asked %+v", s.tracer.asked)
		}
	})
}

// A name that no network maps is looked into where the person was, and what may be meant
// is offered whichever network has it.
func TestANameThatNobodyMaps(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(anywhereWorld())
		s.keys("/", `"us-prod"`, "enter", "t", `"x.mainframe.acme.internl"`)
		s.shows("no network maps the name", "tab takes it")
		s.keys("tab", "enter")
		if len(s.tracer.asked) != 1 || s.tracer.asked[0].Network != id("network", "eu-prod") {
			t.Errorf("asked %+v", s.tracer.asked)
		}
	})
}

// An address opens the peering that leads to it, an id the object that has it, wherever it
// is pasted; what no object and no request has stays a text.
func TestAnIDOpensWhatItBelongsTo(t *testing.T) {
	w := anywhereWorld()
	vnet := "/subscriptions/" + w.Networks[7].Peerings[0].VNet.SubscriptionID.String() + "/resourceGroups/" + w.Networks[7].Peerings[0].VNet.ResourceGroup.String() + "/providers/Microsoft.Network/virtualNetworks/vnet-orders"
	for name, c := range map[string]struct{ pasted, shows string }{
		"an address":                   {"10.9.3.7", "Networks › us-prod"},
		"an address with a port":       {"10.9.3.7:443", "Networks › us-prod"},
		"an address of the gateway":    {"10.8.200.1", "Networks › us-prod"},
		"a peering":                    {"0b7c5a70-1111-4222-8333-444455556666", "us-prod › orders"},
		"in the address of a page":     {"https://cloud.konghq.com/eu/networks/0B7C5A70-1111-4222-8333-444455556666/edit", "us-prod › orders"},
		"a VNET":                       {vnet, "us-prod › orders"},
		"a VNET in another spelling":   {vnet + "/subnets/x", "us-prod › orders"},
		"a request":                    {"4f6d1c2b9a8e7d6c", "Activity › requests"},
		"a request that was not heard": {"4f6d1c2b9a8e7d6d", "is in the activity"},
	} {
		for _, byHand := range []bool{true, false} {
			play(t, 80, 24, func(s *stage) {
				s.log.add(model.Activity{Kind: model.ActivityRequest, Service: "Konnect", Method: "GET", Target: text("/v2/x"), Status: 500, Trace: text("4f6d1c2b9a8e7d6c")})
				s.know(w)
				s.keys("3")
				if byHand {
					s.keys("t")
				}
				s.send(tea.PasteMsg{Content: c.pasted})
				if byHand {
					s.keys("enter")
				} else if c.shows == "is in the activity" || c.pasted[:3] == "10." {
					s.shows("Set-up") // a paste is no command, and this is nothing that is known
					return
				}
				s.shows(c.shows)
				if len(s.tracer.asked) > 0 {
					t.Errorf("%s: asked %+v", name, s.tracer.asked)
				}
				s.keys("esc", "esc")
				s.shows("Set-up")
			})
		}
	}
}

// Where t has traced the name of a row already, a name that is pasted then is the next one.
func TestANameIsPastedOnATrace(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(anywhereWorld())
		traced(healthy)(s)
		s.send(tea.PasteMsg{Content: "x.shop.acme.internal\n"})
		s.shows("Network   us-prod")
		asked := len(s.tracer.asked)
		s.keys("enter")
		if len(s.tracer.asked) != asked+1 || s.tracer.asked[asked].Network != id("network", "us-prod") || len(s.tracer.pasted) > 0 {
			t.Errorf("asked %+v, pasted %q", s.tracer.asked, s.tracer.pasted)
		}
	})
}
