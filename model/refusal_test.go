package model_test

import (
	"strings"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Each refusal is told with its kind, whether it may pass, who must act and a sentence that
// can be sent to them as it is, with the id of the request in it.
func TestRefusals(t *testing.T) {
	azure := model.RefusedCall{Service: "Azure", Tenant: safe.New("t-1"), Subscription: safe.New("s-1"), Place: safe.New("vnet-hub"), Write: true, Creates: true, Object: model.ObjectRole}
	reads := model.RefusedCall{Service: "Azure", Tenant: safe.New("t-1"), Subscription: safe.New("s-1"), Place: safe.New("vnet-hub")}
	graph := model.RefusedCall{Service: "Graph", Tenant: safe.New("t-1"), Write: true}
	konnect := model.RefusedCall{Service: "Konnect", Write: true, Creates: true, Place: safe.New("the network"), Token: "make another."}
	changes := konnect
	changes.Creates = false
	for name, c := range map[string]struct {
		call    model.RefusedCall
		status  int
		code    string
		message string
		kind    model.FailureKind
		passes  bool
		cause   string
		cure    []string // parts of it
	}{
		"deny assignment": {
			azure, 403, "DenyAssignmentAuthorizationFailed", "The client 'x' has permission to perform action 'y' on scope 'z'; however, the access is denied because of the deny assignment with name 'System deny for app-1' and Id '7' at scope 'z'.",
			model.FailurePermission, false, "a deny assignment (System deny for app-1) forbids it on vnet-hub, whatever roles you have",
			[]string{"managed application", "Send this to whoever owns", "The deny assignment System deny for app-1 forbids me to change vnet-hub", "(DenyAssignmentAuthorizationFailed, request req-7)\""},
		},
		"policy":          {azure, 403, "RequestDisallowedByPolicy", "Resource 'x' was disallowed by policy.", model.FailurePermission, false, "the Azure Policy No peering forbids it", []string{"whoever keeps the policies of the subscription s-1", "Please exempt vnet-hub from the Azure Policy No peering"}},
		"MFA":             {azure, 403, "RequestDisallowedByAzure", "MFA is required.", model.FailurePermission, false, "Azure itself forbids it", []string{"second factor: az login --tenant t-1"}},
		"provider, 409":   {azure, 409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.Network'. See the link.", model.FailureConflict, false, "the subscription s-1 is not registered for Microsoft.Network", []string{"az provider register --namespace Microsoft.Network --subscription s-1 --wait", "Please register the resource provider Microsoft.Network"}},
		"provider, 400":   {azure, 400, "NoRegisteredProviderFound", "No registered resource provider found for location 'x' and API version 'y' for type 'virtualNetworks'.", model.FailureConflict, false, "not registered for Microsoft.Network", []string{"az provider register"}},
		"lock":            {azure, 409, "ScopeLocked", "The scope '/a' cannot perform write operation because following scope(s) are locked: '/subscriptions/s-1/resourceGroups/rg'. Please remove the lock and try again.", model.FailureConflict, false, "/subscriptions/s-1/resourceGroups/rg is locked", []string{"put it back afterwards", "Send this to"}},
		"disabled":        {azure, 409, "ReadOnlyDisabledSubscription", "Disabled.", model.FailureConflict, false, "can be read and not changed", []string{"the subscription's owner", "enable it again"}},
		"no subscription": {reads, 404, "SubscriptionNotFound", "No.", model.FailureNotFound, false, "Azure knows no subscription s-1, or does not show it", []string{"tenant t-1", "another tenant"}},
		"linked, writing": {azure, 403, "LinkedAuthorizationFailed", "… not on the linked scope(s) '/subscriptions/s-2' (respectively).", model.FailurePermission, false, "not in /subscriptions/s-2", []string{"another role name", "also used in /subscriptions/s-2"}},
		"linked, reading": {reads, 403, "LinkedAuthorizationFailed", "… not on the linked scope(s) '/subscriptions/s-2'.", model.FailurePermission, false, "you may not read vnet-hub", []string{"Reader on vnet-hub, and on /subscriptions/s-2"}},
		"may not write":   {azure, 403, "AuthorizationFailed", "No.", model.FailurePermission, false, "you may not do this on vnet-hub", []string{"Owner or User Access Administrator", "Privileged Identity Management", "Please give me"}},
		"may not read":    {reads, 403, "AuthorizationFailed", "No.", model.FailurePermission, false, "you may not read vnet-hub", []string{"the role Reader on vnet-hub"}},
		"condition":       {azure, 403, "AuthorizationFailed", "… or an ABAC condition not fulfilled.", model.FailurePermission, false, "a condition on your own role", []string{"given with a condition", "Please widen it"}},
		"no principal":    {azure, 400, "PrincipalNotFound", "No.", model.FailureNotFound, true, "or not yet", []string{"object id"}},
		"role limit":      {azure, 400, "RoleDefinitionLimitExceeded", "No.", model.FailureInvalid, false, "RoleDefinitionLimitExceeded", []string{"5000", "that nobody uses"}},
		"role, writing":   {azure, 404, "RoleDefinitionDoesNotExist", "No.", model.FailureNotFound, true, "or not yet", []string{"minutes"}},
		"role, reading":   {reads, 404, "RoleDefinitionDoesNotExist", "No.", model.FailureNotFound, false, "or not yet", []string{"minutes"}},
		"at work":         {azure, 409, "AnotherOperationInProgress", "Busy.", model.FailureConflict, true, "Busy", []string{"changing there just now"}},
		"MFA at sign-in":  {model.RefusedCall{Service: "Entra", Tenant: safe.New("t-1")}, 0, "AADSTS50076", "", "", false, "", []string{"second factor", "az login --tenant t-1"}},
		"conditional":     {model.RefusedCall{Service: "Entra", Tenant: safe.New("t-1")}, 0, "AADSTS53003", "", "", false, "", []string{"Conditional access", "Send this to whoever keeps conditional access in the tenant t-1"}},
		"graph, adding":   {graph, 403, "Authorization_RequestDenied", "No.", model.FailurePermission, false, "you may not add applications", []string{"Application Administrator"}},
		"quota":           {konnect, 403, model.CodeQuota, "transit gateways: maximum is 5", model.FailurePermission, false, "maximum is 5", []string{"Ask Kong for more", "Send this to Kong's support", "maximum is 5"}},
		"konnect role":    {konnect, 403, "", "No.", model.FailurePermission, false, "No", []string{"Network Admin", "an administrator of the organization"}},
		"konnect invalid": {konnect, 400, "", "Invalid Parameters", model.FailureInvalid, false, "Invalid Parameters", []string{"Mend what it names"}},
		"konnect taken":   {konnect, 409, "", "In use.", model.FailureConflict, false, "In use", []string{"look again"}},
		"konnect at work": {changes, 409, "", "At work.", model.FailureConflict, true, "At work", []string{"look again"}},
		"konnect token":   {konnect, 401, "", "No.", model.FailureAuth, false, "refuses the token", []string{"make another."}},
		"a new 403":       {azure, 403, "SomethingNewIsForbidden", "The new rule says no.", model.FailurePermission, false, "The new rule says no", []string{"does not know this refusal", "Azure refuses me to change vnet-hub: The new rule says no.", "request req-7"}},
		"a new 422":       {azure, 422, "SomethingNew", "Too blue.", model.FailureInvalid, false, "Too blue", []string{"does not know this refusal", "What does it take?"}},
		"a new 402":       {konnect, 402, "", "Pay first.", model.FailureInvalid, false, "Pay first", []string{"does not know this refusal", "Konnect refuses to let this set-up change the network: Pay first."}},
	} {
		t.Run(name, func(t *testing.T) {
			f := model.Failure{Kind: c.kind, Status: c.status, Code: safe.New(c.code), Detail: safe.New(c.message), RequestID: safe.New("req-7")}
			if name == "policy" {
				f.Policies = []safe.Text{safe.New("No peering")}
			}
			f = f.Explain(model.RefusedCall{Service: c.call.Service, Tenant: c.call.Tenant}) // as the client does, which knows less
			f = f.Explain(c.call)
			if f.Retryable != c.passes || (c.kind != "" && f.Kind != c.kind) || !strings.Contains(f.Cause.String(), c.cause) {
				t.Errorf("%s, passes %v: %q", f.Kind, f.Retryable, f.Cause)
			}
			for _, part := range c.cure {
				if !strings.Contains(f.Cure, part) {
					t.Errorf("%q does not say %q", f.Cure, part)
				}
			}
			if strings.Contains(f.Cause.String()+f.Cure, "{") || strings.Contains(f.Cure, "by itself") {
				t.Errorf("%q, %q", f.Cause, f.Cure)
			}
		})
	}
}

// What is no refusal is left as it is: its own words say when it may be asked again.
func TestNoRefusal(t *testing.T) {
	for _, f := range []model.Failure{
		{Kind: model.FailureThrottled, Status: 429, Retryable: true, Cure: "later"},
		{Kind: model.FailureServer, Status: 503, Retryable: true, Cure: "later"},
		{Kind: model.FailureUnreachable, Retryable: true, Cure: "later"},
	} {
		if got := f.Explain(model.RefusedCall{Service: "Azure"}); got.Cure != "later" || !got.Retryable || got.Kind != f.Kind {
			t.Errorf("%+v became %+v", f, got)
		}
	}
}
