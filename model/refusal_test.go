package model_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Each refusal is told with its kind, whether it may pass, who must act and a sentence that
// can be sent to them as it is, with the id of the request in it.
func TestRefusals(t *testing.T) {
	azure := model.RefusedCall{Service: "Azure", Tenant: safe.New("t-1"), Subscription: safe.New("s-1"), Place: safe.New("vnet-hub"), Write: true, Creates: true, Object: model.ObjectRole}
	reads := model.RefusedCall{Service: "Azure", Tenant: safe.New("t-1"), Subscription: safe.New("s-1"), Place: safe.New("vnet-hub")}
	asks := reads
	asks.Action = "Microsoft.Network/x/list/action"
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
		finding finding.Code // empty: as the kind
		passes  bool
		cause   string
		cure    []string // parts of it
	}{
		"by Azure":           {azure, 403, "RequestDisallowedByAzure", "Resource 'x' was disallowed by Azure.", model.FailurePermission, "refused-by-azure", false, "Azure itself forbids it", []string{"second factor", "az login --tenant t-1"}},
		"region":             {azure, 403, "RequestDisallowedByAzure", "A policy keeps a set of regions where the subscription can deploy.", model.FailurePermission, "refused-region", false, "does not open this region", []string{"aka.ms/locationineligible", "Send this to Microsoft's support"}},
		"no registration":    {azure, 409, "SubscriptionNotRegistered", "Not registered.", model.FailureConflict, "refused-not-registered", false, "not registered for Microsoft.Network", []string{"az provider register --namespace Microsoft.Network --subscription s-1"}},
		"linked tenant":      {azure, 403, "LinkedAuthorizationFailed", "The client has permission, however the current tenant 't' is not authorized to access linked subscription 's'.", model.FailurePermission, "refused-linked-tenant", false, "in another", []string{"az login --tenant t-1"}},
		"role name":          {azure, 409, "RoleDefinitionWithSameNameExists", "No.", model.FailureConflict, "refused-role-name", false, "another role of this name", []string{"unique in a tenant"}},
		"role in use":        {azure, 400, "RoleDefinitionHasAssignments", "No.", model.FailureConflict, "refused-role-in-use", false, "No", []string{"az role assignment list --all --subscription s-1"}},
		"assignment there":   {azure, 409, "RoleAssignmentExists", "The role assignment already exists.", model.FailureConflict, "refused-assignment-there", false, "already exists", []string{"nothing is to be done"}},
		"assignment other":   {azure, 400, "RoleAssignmentUpdateNotPermitted", "No.", model.FailureConflict, "refused-assignment-other", false, "No", []string{"Find out who made it"}},
		"assignment limit":   {azure, 400, "RoleAssignmentLimitExceeded", "No.", model.FailureInvalid, "refused-assignment-limit", false, "No", []string{"4000", "az role assignment list --all --subscription s-1"}},
		"principal, its id":  {azure, 400, "PrincipalNotFound", "Principal 207b296fcf254d239eba9a2c41dc62ca does not exist in the directory t-1.", model.FailureNotFound, "refused-principal", true, "or not yet", []string{"az ad sp show --id 207b296f-cf25-4d23-9eba-9a2c41dc62ca"}},
		"principal, hostile": {azure, 400, "PrincipalNotFound", "Principal $(reboot) does not exist.", model.FailureNotFound, "refused-principal", true, "or not yet", []string{"az ad sp show --id OBJECT-ID"}},
		"principal, kind":    {azure, 400, "UnmatchedPrincipalType", "No.", model.FailureInvalid, "refused-principal-kind", false, "another kind", []string{"az ad sp show --id 207b296f-cf25-4d23-9eba-9a2c41dc62ca --query id -o tsv"}},
		"PIM, writing":       {azure, 403, "AuthorizationFailed", "No.", model.FailurePermission, "refused-writing", false, "you may not", []string{"https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/azurerbac"}},
		"PIM, directory":     {graph, 403, "Authorization_RequestDenied", "No.", model.FailurePermission, "refused-directory-writing", false, "you may not", []string{"ActivationMenuBlade/~/aadmigratedroles"}},
		"graph, reading":     {model.RefusedCall{Service: "Graph", Tenant: safe.New("t-1")}, 403, "Authorization_RequestDenied", "No.", model.FailurePermission, "refused-directory-reading", false, "cannot tell", []string{"Directory Readers"}},
		"graph, there":       {graph, 409, "Request_MultipleObjectsWithSameKeyValue", "No.", model.FailureConflict, "refused-application-there", false, "No", []string{"Look again"}},
		"graph, full":        {graph, 403, "Directory_QuotaExceeded", "No.", model.FailureConflict, "refused-directory-full", false, "No", []string{"make room"}},
		"plan, 403":          {konnect, 403, "", "Your plan does not include private networking.", model.FailurePermission, "refused-plan", false, "Your plan", []string{"some plans of Konnect"}},
		"control plane, 403": {konnect, 403, "", "You may not use this control plane.", model.FailurePermission, "refused-konnect-role", false, "control plane", []string{"Network Admin"}},
		"overlap":            {konnect, 400, "", "Invalid Parameters: cidr_blocks overlaps 10.0.0.0/16.", model.FailureInvalid, "refused-overlap", false, "overlaps", []string{"cannot share addresses", "peerdeck status", "az network vnet list"}},
		"konnect 422":        {konnect, 422, "", "No.", model.FailureInvalid, "refused-konnect-invalid", false, "No", []string{"Mend"}},
		"konnect 404":        {konnect, 404, "", "Not Found", model.FailureNotFound, "", false, "Not Found", []string{"deleted elsewhere"}},
		"deny assignment": {
			azure, 403, "DenyAssignmentAuthorizationFailed", "The client 'x' has permission to perform action 'y' on scope 'z'; however, the access is denied because of the deny assignment with name 'System deny for app-1' and Id '7' at scope 'z'.",
			model.FailurePermission, "refused-deny-assignment", false, "a deny assignment (System deny for app-1) forbids it on vnet-hub, whatever roles you have",
			[]string{"managed application", "Send this to whoever owns", "The deny assignment System deny for app-1 forbids me to change vnet-hub", "(DenyAssignmentAuthorizationFailed, request req-7)\""},
		},
		"policy":          {azure, 403, "RequestDisallowedByPolicy", "Resource 'x' was disallowed by policy.", model.FailurePermission, "refused-policy", false, "the Azure Policy No peering forbids it", []string{"whoever keeps the policies of the subscription s-1", "Please exempt vnet-hub from the Azure Policy No peering"}},
		"MFA":             {azure, 403, "RequestDisallowedByAzure", "MFA is required.", model.FailurePermission, "refused-second-factor", false, "no second factor", []string{"second factor: az logout; az login --tenant t-1", "workload identity"}},
		"provider, 409":   {azure, 409, "MissingSubscriptionRegistration", "The subscription is not registered to use namespace 'Microsoft.Network'. See the link.", model.FailureConflict, "refused-not-registered", false, "the subscription s-1 is not registered for Microsoft.Network", []string{"az provider register --namespace Microsoft.Network --subscription s-1 --wait", "Please register the resource provider Microsoft.Network"}},
		"provider, 400":   {azure, 400, "NoRegisteredProviderFound", "No registered resource provider found for location 'x' and API version 'y' for type 'virtualNetworks'.", model.FailureConflict, "refused-no-provider", false, "not registered for Microsoft.Network", []string{"az provider register"}},
		"lock":            {azure, 409, "ScopeLocked", "The scope '/a' cannot perform write operation because following scope(s) are locked: '/subscriptions/s-1/resourceGroups/rg'. Please remove the lock and try again.", model.FailureConflict, "refused-lock", false, "/subscriptions/s-1/resourceGroups/rg is locked", []string{"put it back afterwards", "Send this to"}},
		"disabled":        {azure, 409, "ReadOnlyDisabledSubscription", "Disabled.", model.FailureConflict, "refused-subscription-disabled", false, "can be read and not changed", []string{"the subscription's owner", "enable it again"}},
		"no subscription": {reads, 404, "SubscriptionNotFound", "No.", model.FailureNotFound, "refused-no-subscription", false, "Azure knows no subscription s-1, or does not show it", []string{"tenant t-1", "another tenant"}},
		"linked, writing": {azure, 403, "LinkedAuthorizationFailed", "… not on the linked scope(s) '/subscriptions/s-2' (respectively).", model.FailurePermission, "refused-role-scopes", false, "not in /subscriptions/s-2", []string{"another role name", "also used in /subscriptions/s-2"}},
		"linked, reading": {reads, 403, "LinkedAuthorizationFailed", "… not on the linked scope(s) '/subscriptions/s-2'.", model.FailurePermission, "refused-linked", false, "you may not read vnet-hub", []string{"Reader on vnet-hub, and on /subscriptions/s-2"}},
		"may not write":   {azure, 403, "AuthorizationFailed", "No.", model.FailurePermission, "refused-writing", false, "you may not do this on vnet-hub", []string{"Owner or User Access Administrator", "Privileged Identity Management", "Please give me"}},
		"may not read":    {reads, 403, "AuthorizationFailed", "No.", model.FailurePermission, "refused-reading", false, "you may not read vnet-hub", []string{"the role Reader on vnet-hub"}},
		"may not ask":     {asks, 403, "AuthorizationFailed", "No.", model.FailurePermission, "refused-reading", false, "you may not read vnet-hub", []string{"a role with the action Microsoft.Network/x/list/action (Network Contributor has it, Reader has not", "on vnet-hub"}},
		"condition":       {azure, 403, "AuthorizationFailed", "… or an ABAC condition not fulfilled.", model.FailurePermission, "refused-condition", false, "a condition on your own role", []string{"given with a condition", "Please widen it"}},
		"no principal":    {azure, 400, "PrincipalNotFound", "No.", model.FailureNotFound, "refused-principal", true, "or not yet", []string{"object id"}},
		"role limit":      {azure, 400, "RoleDefinitionLimitExceeded", "No.", model.FailureInvalid, "refused-role-limit", false, "RoleDefinitionLimitExceeded", []string{"5000", "that nobody uses"}},
		"role, writing":   {azure, 404, "RoleDefinitionDoesNotExist", "No.", model.FailureNotFound, "refused-role-unknown", true, "or not yet", []string{"minutes"}},
		"role, reading":   {reads, 404, "RoleDefinitionDoesNotExist", "No.", model.FailureNotFound, "refused-role-unknown", false, "or not yet", []string{"minutes"}},
		"at work":         {azure, 409, "AnotherOperationInProgress", "Busy.", model.FailureConflict, "refused-busy", true, "Busy", []string{"changing there just now"}},
		"MFA at sign-in":  {model.RefusedCall{Service: "Entra", Tenant: safe.New("t-1")}, 0, "AADSTS50076", "", "", "sign-in-mfa", false, "", []string{"second factor", "az login --tenant t-1"}},
		"conditional":     {model.RefusedCall{Service: "Entra", Tenant: safe.New("t-1")}, 0, "AADSTS53003", "", "", "sign-in-policy", false, "conditional access", []string{"Send this to whoever keeps conditional access in the tenant t-1"}},
		"graph, adding":   {graph, 403, "Authorization_RequestDenied", "No.", model.FailurePermission, "refused-directory-writing", false, "you may not add applications", []string{"Application Administrator"}},
		"quota":           {konnect, 403, model.CodeQuota, "transit gateways: maximum is 5", model.FailurePermission, "refused-quota", false, "maximum is 5", []string{"Ask Kong for more", "Send this to Kong's support", "maximum is 5"}},
		"konnect role":    {konnect, 403, "", "No.", model.FailurePermission, "refused-konnect-role", false, "No", []string{"Network Admin", "an administrator of the organization"}},
		"konnect invalid": {konnect, 400, "", "Invalid Parameters", model.FailureInvalid, "refused-konnect-invalid", false, "Invalid Parameters", []string{"Mend what it names"}},
		"konnect taken":   {konnect, 409, "", "In use.", model.FailureConflict, "refused-konnect-conflict", false, "In use", []string{"look again"}},
		"konnect at work": {changes, 409, "", "At work.", model.FailureConflict, "refused-konnect-conflict", true, "At work", []string{"look again"}},
		"konnect token":   {konnect, 401, "", "No.", model.FailureAuth, "refused-konnect-token", false, "refuses the token", []string{"make another."}},
		"a new 403":       {azure, 403, "SomethingNewIsForbidden", "The new rule says no.", model.FailurePermission, "refused-unknown", false, "The new rule says no", []string{"does not know this refusal", "Azure refuses me to change vnet-hub: The new rule says no.", "request req-7"}},
		"a new 422":       {azure, 422, "SomethingNew", "Too blue.", model.FailureInvalid, "refused-unknown", false, "Too blue", []string{"does not know this refusal", "What does it take?"}},
		"plan, 402":       {konnect, 402, "", "Pay first.", model.FailurePermission, "refused-plan", false, "Pay first", []string{"some plans of Konnect", "Konnect refuses me because of our plan: Pay first."}},
	} {
		t.Run(name, func(t *testing.T) {
			f := model.Failure{Kind: c.kind, Status: c.status, Code: safe.New(c.code), Detail: safe.New(c.message), RequestID: safe.New("req-7")}
			if name == "policy" {
				f.Policies = []safe.Text{safe.New("No peering")}
			}
			f = f.Explain(model.RefusedCall{Service: c.call.Service, Tenant: c.call.Tenant}) // as the client does, which knows less
			f = f.Explain(c.call)
			if f.Finding != c.finding {
				t.Errorf("its code is %q, not %q", f.Finding, c.finding)
			}
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
