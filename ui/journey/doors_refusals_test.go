//go:build unix

package journey_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// refuses makes the clouds refuse what fits.
func refuses(f sandbox.Fault) func(*testing.T, *desk) {
	return func(_ *testing.T, d *desk) { d.server.World.AddFault(f) }
}

// What Azure and Konnect refuse to show is named alike by every face, with the key.
func TestRefusedReading(t *testing.T) {
	t.Parallel()
	const vnet = "/virtualNetworks/vnet-" // all of them: the screen opens another one than the commands
	azure := func(status int, code, message string) func(*testing.T, *desk) {
		return refuses(sandbox.Fault{Service: "arm", Path: vnet, Status: status, Code: code, Message: message})
	}
	meetAll(t, []door{
		{
			name: "a role that is eligible and not activated", code: "refused-reading", shut: azure(http.StatusForbidden, "", ""),
			says: []string{"you may not read vnet-", "ActivationMenuBlade/~/azurerbac", "the role Reader on vnet-"},
		},
		{
			name: "a deny assignment", code: "refused-deny-assignment",
			shut: azure(http.StatusForbidden, "DenyAssignmentAuthorizationFailed", "The access is denied because of the deny assignment with name 'stack-1' and Id '7' at scope '/'."),
			says: []string{"a deny assignment (stack-1) forbids it", "take me off it"},
		},
		{
			name: "a provider that is not registered", code: "refused-not-registered",
			shut: azure(http.StatusConflict, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.Network'."),
			says: []string{"not registered for Microsoft.Network", "az provider register --namespace Microsoft.Network --subscription"},
		},
		{
			name: "what the VNET leads to may not be read", code: "refused-linked",
			shut: azure(http.StatusForbidden, "LinkedAuthorizationFailed", "The client has permission on the scope; however, it does not have permission to perform action 'read' on the linked scope(s) '/subscriptions/other'."),
			says: []string{"you may not read vnet-", "and on /subscriptions/other"},
		},
		{
			name: "a code of tomorrow", code: "refused-unknown", shut: azure(http.StatusForbidden, "ForbiddenByTomorrow", "Not on a Sunday."),
			says: []string{"Not on a Sunday", "peerdeck does not know this refusal"},
		},
		{
			name: "a plan without gateways", code: "refused-plan",
			shut: refuses(sandbox.Fault{Service: "konnect", Path: "/cloud-gateways/", Status: http.StatusPaymentRequired, Message: "Upgrade the plan."}),
			says: []string{"Upgrade the plan", "some plans of Konnect", "Plan and Usage"},
		},
		{
			name: "a token without the role", code: "refused-konnect-role",
			shut: refuses(sandbox.Fault{Service: "konnect", Path: "/cloud-gateways/", Status: http.StatusForbidden}),
			says: []string{"Konnect role Network Admin", "an administrator of the organization"},
		},
	})
}

// A change of the mapping table that Konnect refuses is named with its code and its key, by
// the command that applies it.
func TestRefusedChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status  int
		message string
		code    string
		says    string
	}{
		"plan":     {http.StatusPaymentRequired, "Upgrade the plan.", "refused-plan", "some plans of Konnect"},
		"quota":    {http.StatusForbidden, "at most 5", "refused-quota", "Kong's support"},
		"role":     {http.StatusForbidden, "", "refused-konnect-role", "Network Admin"},
		"form":     {http.StatusBadRequest, "", "refused-konnect-invalid", "Mend the rows that it names"},
		"conflict": {http.StatusConflict, "", "refused-konnect-conflict", "look again"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "conflict" {
				longtest.Only(t) // it is tried again for a while
			}
			d := newDesk(t)
			f := sandbox.Fault{Service: "konnect", Method: http.MethodPatch, Path: "/private-dns/", Status: c.status, Message: c.message}
			if name == "quota" {
				f.Code = "Quota Exceeded"
			}
			d.server.World.AddFault(f)
			table := d.file(t, "table.yaml", "mappings:\n  - domains: [new.example.org]\n    servers: [10.20.0.4]\n")
			said := d.run(t, "dns", "apply", table, "--network", "eu-prod", "--yes")
			flat := flatten(said)
			if !strings.Contains(flat, strings.ToLower(c.says)) || !strings.Contains(flat, "peerdeck explain "+c.code) {
				t.Errorf("not %q with %s:\n%s", c.says, c.code, said)
			}
			told := d.run(t, "explain", c.code, "-o", "json")
			var entry struct {
				Code string `json:"code"`
			}
			if _, known := finding.Lookup(c.code); !known || json.Unmarshal([]byte(told), &entry) != nil || entry.Code != c.code {
				t.Errorf("explain: %s", told)
			}
			d.leavesNothing(t)
		})
	}
}
