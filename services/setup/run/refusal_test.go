package run_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// A write that is refused ends its step with who must act and what can be sent to them. It
// was sent again exactly where the failure says that it may pass; and when what was in the
// way is gone, a retry finishes the run.
func TestEachRefusal(t *testing.T) {
	t.Parallel()
	const policy = "Deny peerings outside the hub"
	for name, c := range map[string]struct {
		code   finding.Code // that explain tells of
		on     string       // part of the path of the write
		fault  sandbox.Fault
		step   setup.StepID
		says   string
		cure   string
		passes bool
	}{
		"deny assignment": {"refused-deny-assignment", "roleDefinitions", sandbox.Fault{Status: 403, Code: "DenyAssignmentAuthorizationFailed", Message: "… because of the deny assignment with name 'stack-1' and Id '7'."}, setup.StepRole, "deny assignment (stack-1)", "Send this to whoever owns", false},
		"policy":          {"refused-policy", "roleAssignments", sandbox.Fault{Status: 403, Code: "RequestDisallowedByPolicy", Message: "Resource 'x' was disallowed by policy.", Policies: policy}, setup.StepAssignment, policy, "exempt vnet-labs from the Azure Policy " + policy, false},
		"MFA":             {"refused-second-factor", "roleDefinitions", sandbox.Fault{Status: 403, Code: "RequestDisallowedByAzure", Message: "Multi-factor authentication is needed."}, setup.StepRole, "no second factor", "az logout; az login", false},
		"provider":        {"refused-not-registered", "roleDefinitions", sandbox.Fault{Status: 409, Code: "MissingSubscriptionRegistration", Message: "… to use namespace 'Microsoft.Authorization'."}, setup.StepRole, "not registered for Microsoft.Authorization", "az provider register --namespace Microsoft.Authorization", false},
		"provider, older": {"refused-no-provider", "roleDefinitions", sandbox.Fault{Status: 400, Code: "NoRegisteredProviderFound", Message: "None."}, setup.StepRole, "not registered for", "az provider register", false},
		"lock":            {"refused-lock", "roleAssignments", sandbox.Fault{Status: 409, Code: "ScopeLocked", Message: "… following scope(s) are locked: '/subscriptions/x'. Please remove the lock."}, setup.StepAssignment, "/subscriptions/x is locked", "put it back afterwards", false},
		"disabled":        {"refused-subscription-disabled", "roleDefinitions", sandbox.Fault{Status: 409, Code: "ReadOnlyDisabledSubscription"}, setup.StepRole, "read and not changed", "the subscription's owner", false},
		"role limit":      {"refused-role-limit", "roleDefinitions", sandbox.Fault{Status: 400, Code: "RoleDefinitionLimitExceeded", Message: "Full."}, setup.StepRole, "Full", "whoever administers the tenant", false},
		"given limit":     {"refused-assignment-limit", "roleAssignments", sandbox.Fault{Status: 400, Code: "RoleAssignmentLimitExceeded", Message: "Full."}, setup.StepAssignment, "Full", "principals that are gone", false},
		"no principal":    {"refused-principal", "roleAssignments", sandbox.Fault{Status: 400, Code: "PrincipalNotFound"}, setup.StepAssignment, "or not yet", "object id", true},
		"at work":         {"refused-busy", "roleDefinitions", sandbox.Fault{Status: 409, Code: "AnotherOperationInProgress", Message: "Busy."}, setup.StepRole, "Busy", "changing there just now", true},
		"a new code":      {"refused-unknown", "roleDefinitions", sandbox.Fault{Status: 403, Code: "ForbiddenByTomorrow", Message: "Not on a Sunday."}, setup.StepRole, "Not on a Sunday", "Azure refuses me to change the subscription", false},
		"a new status":    {"refused-unknown", "roleAssignments", sandbox.Fault{Status: 422, Code: "Odd", Message: "Odd."}, setup.StepAssignment, "Odd", "does not know this refusal", false},
		"region":          {"refused-region", "roleDefinitions", sandbox.Fault{Status: 403, Code: "RequestDisallowedByAzure", Message: "A set of regions is kept where the subscription can deploy."}, setup.StepRole, "does not open this region", "aka.ms/locationineligible", false},
		"not activated":   {"refused-writing", "roleDefinitions", sandbox.Fault{Status: 403}, setup.StepRole, "you may not do this", "ActivationMenuBlade/~/azurerbac", false},
		"condition":       {"refused-condition", "roleAssignments", sandbox.Fault{Status: 403, Code: "AuthorizationFailed", Message: "The client does not have authorization or an ABAC condition not fulfilled to perform the action."}, setup.StepAssignment, "a condition on your own role", "Please widen it", false},
		"principal, kind": {"refused-principal-kind", "roleAssignments", sandbox.Fault{Status: 400, Code: "UnmatchedPrincipalType", Message: "It is a user."}, setup.StepAssignment, "another kind", "az ad sp show --id 207b296f", false},
		"Konnect's plan":  {"refused-plan", "transit-gateways", sandbox.Fault{Status: 402, Message: "Not in this plan."}, setup.StepPeering, "Not in this plan", "some plans of Konnect", false},
		"plan, forbidden": {"refused-plan", "transit-gateways", sandbox.Fault{Status: 403, Message: "Your plan does not have private networking."}, setup.StepPeering, "Your plan", "some plans of Konnect", false},
		"Konnect's role":  {"refused-konnect-role", "transit-gateways", sandbox.Fault{Status: 403}, setup.StepPeering, "permission", "Network Admin", false},
		"ranges overlap":  {"refused-overlap", "transit-gateways", sandbox.Fault{Status: 400, Code: "Bad Request", Message: "The range 10.20.0.0/22 overlaps 10.20.0.0/16."}, setup.StepPeering, "overlaps 10.20.0.0/16", "cannot share addresses", false},
		"Konnect's quota": {"refused-quota", "transit-gateways", sandbox.Fault{Status: 403, Code: "Quota Exceeded", Message: "at most 5 transit gateways"}, setup.StepPeering, "at most 5", "Send this to Kong's support", false},
		"Konnect's form":  {"refused-konnect-invalid", "transit-gateways", sandbox.Fault{Status: 400}, setup.StepPeering, "name is not valid", "Mend what it names", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 3)
			p := consented(t)
			f := c.fault
			f.Path, f.Method = c.on, http.MethodPut
			if c.step == setup.StepPeering {
				f.Method = http.MethodPost
			}
			p.event(sandbox.Event{Fault: &f})
			run := p.start(p.runner, p.request(setup.DNSNone), nobody)
			p.must(run, setup.RunFailed)
			got := run.Step(c.step).Failure
			if run.Current != c.step || got == nil {
				t.Fatalf("at %s: %+v\n%s", run.Current, got, p.story(p.runner))
			}
			if _, known := finding.Lookup(string(c.code)); got.Finding != c.code || !known {
				t.Errorf("its code is %q, not %q, of which explain knows: %v", got.Finding, c.code, known)
			}
			if !strings.Contains(got.Cause.String(), c.says) || !strings.Contains(got.Cure, c.cure) || strings.Contains(got.Cure, "by itself") {
				t.Errorf("%q; cure %q", got.Cause, got.Cure)
			}
			if id := got.RequestID.Or(got.TraceID.Raw()); id.IsEmpty() || strings.Contains(got.Cure, "Send this to") != strings.Contains(got.Cure, id.String()) {
				t.Errorf("the id %q is not in what is to be sent: %q", id, got.Cure)
			}
			tries := strings.Count(p.story(p.runner), f.Method+" ") - map[setup.StepID]int{setup.StepAssignment: 1}[c.step]
			if got.Retryable != c.passes || (tries > 1) != (c.passes || c.code == "refused-writing") { // a right that shows is waited for
				t.Errorf("sent %d times; it is said to pass: %v\n%s", tries, got.Retryable, p.story(p.runner))
			}
			p.world.ClearFaults()
			// A right that was granted a moment ago is tried again without a person too, and
			// that may be under way already.
			if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandRetry}); err != nil && c.code != "refused-writing" {
				t.Fatal(err)
			}
			p.must(p.follow(p.runner, patient), setup.RunDone)
			p.onceEach(setup.DNSNone)
		})
	}
}
