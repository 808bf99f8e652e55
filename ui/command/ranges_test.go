package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/ui/report"
)

// The exit code and what is said of ranges: free, taken and by whom, and what was not read.
func TestRangesCommand(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"ranges", 0, "ranges of the size /20 are free for a network on Azure."},
		{"ranges --size 21 --region eastus2", 0, "ranges of the size /21 are free for a network in eastus2."},
		{"ranges --check 10.20.4.0/20", 1, "--check: 10.20.4.0/20 begins inside of a range: the range that it lies in is 10.20.0.0/20"},
		{"ranges --check 10.20.0.0/20", 2, "10.20.4.0/24 VNET vnet-hub (acme-prod)"},
		{"ranges --check 10.100.0.0/20", 2, "10.100.0.0/20 meets 10.100.0.0/16, which Konnect keeps for itself"},
		{"ranges --check 10.192.0.0/20", 0, "10.192.0.0/20 is free: nothing that can be seen has any of it"},
		{"ranges --size /22", 1, "--size: the size /22 cannot be had: Konnect takes /16 to /21 for a network on Azure"},
		{"ranges --size wide", 1, `--size: "wide" is no size of a range`},
		{"ranges --region eastus", 1, `--region: Konnect has no region "eastus" on Azure: did you mean eastus2`},
		{"ranges -o xml", 1, `there is no form "xml"`},
	} {
		got := against(t, s, strings.Fields(c.args)...)
		if flat := strings.Join(strings.Fields(got.out+got.errs), " "); got.code != c.code || !strings.Contains(flat, c.says) {
			t.Errorf("%s: exit %d, want %d with %q\n%s%s", c.args, got.code, c.code, c.says, got.out, got.errs)
		}
	}
}

// A document for programs has what was not read, and says of each offer what lies nearest.
func TestRangesDocument(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	s.World.AddFault(sandbox.Fault{Service: "arm", Path: "/subscriptions/" + s.World.SubscriptionID("acme-data") + "/providers/Microsoft.Network/virtualNetworks", Status: 403, Code: "AuthorizationFailed"})
	got := against(t, s, "ranges", "-o", "json", "--check", "10.20.0.0/20")
	var d report.Ranges
	if err := json.Unmarshal([]byte(got.out), &d); err != nil || got.errs != "" || got.code != 2 {
		t.Fatalf("%v, exit %d\n%s%s", err, got.code, got.out, got.errs)
	}
	if d.Whole || len(d.Unread) != 1 || d.Unread[0].What != "the VNETs of subscription acme-data" || d.Unread[0].NextStep == "" || !strings.Contains(d.Conclusion, "as far as can be seen") {
		t.Errorf("%+v %s", d.Unread, d.Conclusion)
	}
	if len(d.Offers) != 5 || d.Check == nil || d.Check.Free || len(d.Check.TakenBy) != 2 {
		t.Errorf("%+v %+v", d.Offers, d.Check)
	}
	for _, o := range d.Offers {
		if o.Below == nil && o.Above == nil {
			t.Errorf("%s has no neighbours", o.Range)
		}
	}
}
