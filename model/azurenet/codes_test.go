package azurenet_test

import (
	"slices"
	"testing"

	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
)

func approved(t *testing.T) azurenet.Facts {
	t.Helper()
	return endpoints(t, "Disabled", "Approved")
}

// Each thing that is wrong on a way has its code, and only then; the catalogue knows all of
// them.
func TestEachStepHasItsCode(t *testing.T) {
	gives := func(f azurenet.Facts, to string, code finding.Code) bool {
		q := question(to, 443)
		if f.VNet.Name.Raw() == "stale" {
			q.Peered = prefixes("10.9.0.0/16")
		}
		return slices.ContainsFunc(f.Passage(q).Findings(), func(f finding.Finding) bool { return f.Code == code && f.Cause != "" })
	}
	for code, c := range map[finding.Code]struct {
		to     string
		world  func(t *testing.T) azurenet.Facts
		change func(f *azurenet.Facts)
	}{
		"back-range-unrouted": {"10.20.4.10", func(t *testing.T) azurenet.Facts {
			t.Helper()
			f := fronts(t)
			f.Tables, f.VNet.Subnets[0].RouteTable = nil, text("")
			return f
		}, func(f *azurenet.Facts) { f.VNet.Name = text("stale") }},
		"back-no-subnet":   {"10.20.4.10", fronts, func(f *azurenet.Facts) { f.VNet.Subnets = nil }},
		"back-admin-rule":  {"10.20.4.10", fronts, func(f *azurenet.Facts) { f.AdminRules = adminRules(t, "No 10 Deny Any * * *") }},
		"back-port-closed": {"10.20.4.10", fronts, func(f *azurenet.Facts) { f.Groups[0] = group(t, "nsg-apps", "No 100 Deny Tcp * * 443") }},
		"back-route-away":  {"10.20.4.10", fronts, func(f *azurenet.Facts) { f.Tables[0].PeeringRoutes = text("All") }},
		"back-endpoint-state": {"10.20.4.10", approved, func(f *azurenet.Facts) {
			f.Endpoints[0].State = text("Pending")
		}},
		"back-address-free": {"10.20.5.77", fronts, func(f *azurenet.Facts) { f.Addresses = []azurenet.Address{{Address: text("10.20.5.77"), Free: true}} }},
		"back-no-backend":   {"10.20.5.4", fronts, func(f *azurenet.Facts) { f.Balancers[0].Pools = nil }},
		"back-probe-closed": {"10.20.5.4", fronts, func(f *azurenet.Facts) { f.Groups[1] = group(t, "nsg-card", "No 100 Deny Tcp AzureLoadBalancer * *") }},
		"back-not-known":    {"10.20.4.10", fronts, func(f *azurenet.Facts) { f.Tables = nil }},
	} {
		f := c.world(t)
		if gives(f, c.to, code) {
			t.Errorf("%s speaks where all is well", code)
		}
		c.change(&f)
		if !gives(f, c.to, code) {
			t.Errorf("%s does not speak: %+v", code, f.Passage(question(c.to, 443)))
		}
		if e, known := finding.Lookup(string(code)); !known || e.Subject != finding.OfBack || e.Means == "" || e.Next == "" {
			t.Errorf("%s: %+v", code, e)
		}
	}
}
