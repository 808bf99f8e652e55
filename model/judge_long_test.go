package model_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// What goes on becomes a matter for a person when it has gone on for longer than it
// should, for certain, and not a moment earlier.
func TestWhatGoesOnForTooLong(t *testing.T) {
	j := model.NewJudge()
	halfSince := func(state model.VNetPeeringState, p model.ProvisioningState, ago time.Duration) finding.Finding {
		return j.Peering(facts(azure(func(h *model.VNetPeering) { h.State, h.Provisioning = state, p }), func(f *model.PeeringFacts) {
			f.HalfSince = model.SinceExactly(now.Add(-ago))
		}))
	}
	peering := func(state model.PeeringState, ago time.Duration) finding.Finding {
		return j.Peering(facts(konnect(state, ""), func(f *model.PeeringFacts) {
			f.Since, f.NetworkSince = model.SinceExactly(now.Add(-ago)), model.SinceExactly(now.Add(-time.Hour*1000))
		}))
	}
	dns := func(state model.PrivateDNSState, ago time.Duration) finding.Finding {
		return j.PrivateDNS(model.PrivateDNSFacts{PrivateDNS: model.PrivateDNS{State: state}, Since: model.SinceExactly(now.Add(-ago)), Now: now})
	}
	for about, c := range map[string]struct {
		long, soon finding.Finding
		code       finding.Code
	}{
		"a half that is being made": {halfSince(model.VNetInitiated, model.ProvisioningUpdating, 20*time.Minute), halfSince(model.VNetInitiated, model.ProvisioningUpdating, time.Minute), "azure-initiating-long"},
		"a write to a half":         {halfSince(model.VNetConnected, model.ProvisioningUpdating, 20*time.Minute), halfSince(model.VNetConnected, model.ProvisioningUpdating, time.Minute), "azure-writing-long"},
		"a deletion":                {peering(model.PeeringTerminating, 48*time.Hour), peering(model.PeeringTerminating, time.Minute), "peering-terminating-long"},
		"a resolver that starts":    {dns(model.PrivateDNSInitializing, time.Hour), dns(model.PrivateDNSInitializing, time.Minute), "dns-working-long"},
		"a resolver that goes":      {dns(model.PrivateDNSTerminating, 48*time.Hour), dns(model.PrivateDNSTerminating, time.Minute), "dns-terminating-long"},
	} {
		if c.long.Code != c.code || c.long.Severity != model.SeverityAttention || c.long.Next.Text == "" {
			t.Errorf("%s, long: %s %s %+v", about, c.long.Code, c.long.Severity, c.long.Next)
		}
		if c.soon.Severity != model.SeverityWorking || c.soon.Code == c.code {
			t.Errorf("%s, soon: %s %s %s", about, c.soon.Code, c.soon.Severity, c.soon.Cause)
		}
	}
}
