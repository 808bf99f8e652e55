package netfacts_test

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// What the simulated Azure tells is judged as a person would who has all of it before them.
func TestWhatIsReadIsJudged(t *testing.T) {
	f := start(t)
	got := f.client.Read(t.Context(), f.ref(t, "vnet-orders"), texts("10.9.3.10", "10.9.4.10", "10.9.5.4", "10.9.7.4"), hasty())
	cidr := model.NewPrefixes(texts("10.8.0.0/16"))
	ask := func(net azurenet.Facts, to string, port int) azurenet.Passage {
		return net.Passage(azurenet.Question{
			From: model.NewPrefixes(texts("10.8.0.68/32", "10.8.0.132/32")), Whole: cidr, To: netip.MustParseAddr(to), Protocol: azurenet.TCP, Port: port, Access: model.Yes, Peered: cidr,
		})
	}
	for to, want := range map[string]struct {
		port    int
		outcome azurenet.Outcome
		code    finding.Code
	}{
		"10.9.3.10":   {8080, azurenet.Partly, "back-route-away"},
		"10.9.4.10":   {8000, azurenet.Closed, "back-port-closed"},
		"10.9.5.4":    {443, azurenet.Open, ""},
		"10.9.7.4":    {443, azurenet.Open, ""},
		"10.9.15.200": {443, azurenet.Closed, "back-no-subnet"},
	} {
		p := ask(got, to, want.port)
		coded := slices.ContainsFunc(p.Findings(), func(f finding.Finding) bool { return f.Code == want.code })
		if p.Outcome() != want.outcome || coded != (want.code != "") {
			t.Errorf("%s: %s: %+v", to, p.Outcome(), p.Findings())
		}
	}
	if p := ask(got, "10.9.4.10", 443); p.Outcome() != azurenet.Open {
		t.Errorf("the port that is open: %+v", p.Findings())
	}
	// What is in effect at the card says the same of the asymmetric way.
	card := at(t, got.Cards, named("nic-ledger-us", func(c azurenet.Card) safe.Text { return c.Name }))
	var mu sync.Mutex
	patient := attempt.Waiter{Hold: func(context.Context, model.Wait) error {
		mu.Lock()
		defer mu.Unlock()
		f.clock.Advance(5 * time.Second)
		return nil
	}}
	effective := f.client.Effective(t.Context(), f.ref(t, "vnet-orders"), card.ID, patient)
	if len(effective.Gaps) != 0 {
		t.Fatalf("%+v", effective.Gaps)
	}
	got.Effective = effective.Effective
	s, _ := ask(got, "10.9.3.10", 8080).Step(azurenet.StepBack)
	if s.Outcome != azurenet.Partly || s.Finding.Code != "back-route-away" || s.Name != card.Name {
		t.Errorf("%+v", s)
	}
	subnet, _ := got.SubnetAt(safe.New("10.9.3.10"))
	if back := got.Back(subnet, cidr, cidr); back.Outcome != azurenet.Partly || back.Name != card.Name {
		t.Errorf("%+v", back)
	}
}
