package model

// Pages of the portal on which a person activates a role that is theirs through Privileged
// Identity Management. Source: Microsoft, activate Azure resource roles, activate Entra roles.
const (
	linkAzureRoles = "https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/azurerbac"
	linkEntraRoles = "https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles"
)

const (
	activate  = "If the right is yours through Privileged Identity Management, activate it first at {azure-roles}; what was given just now takes minutes to act."
	signAgain = "Run {login}, or sign in with a device code."
)

// refusedRights are about what the signed-in account may do.
func refusedRights() []refusal {
	return []refusal{
		{
			codes: []string{"DenyAssignmentAuthorizationFailed"}, kind: FailurePermission, finding: "refused-deny-assignment",
			cause: "a deny assignment ({deny}) forbids it on {place}, whatever roles you have ({code})",
			cure:  "Deny assignments come from managed applications, deployment stacks and blueprints; no role outweighs one. In the portal they stand under Access control (IAM) of {place}, in the tab Deny assignments.",
			who:   "whoever owns the managed application or the deployment stack at {place}", send: "The deny assignment {deny} forbids me to {do} {place}. Please take me off it as an excluded principal, or make the change yourself.",
		},
		{
			codes: []string{"AuthorizationFailed"}, says: []string{"abac condition"}, write: true, kind: FailurePermission, finding: "refused-condition",
			cause: "you may not do this on {place}, or a condition on your own role forbids it ({code})",
			cure:  "It takes {roles}. " + activate + " If your right to assign roles was given with a condition, it may exclude this role or this principal: ask who gave it.",
			who:   "whoever gave you the right", send: "My right to assign roles on {place} has a condition that excludes this role or this principal. Please widen it, or assign the role yourself.",
		},
		{
			codes: []string{"AuthorizationFailed"}, write: true, kind: FailurePermission, finding: "refused-writing", cause: "you may not do this on {place} ({code})",
			cure: "You need {roles} on {place}. Role Based Access Control Administrator can assign roles but not make them. " + activate,
			who:  "whoever is Owner there", send: "Please give me {roles} on {place} for the time of this set-up, or do this step yourself.",
		},
		{
			codes: []string{"AuthorizationFailed"}, kind: FailurePermission, finding: "refused-reading", cause: "you may not read {place} ({code})",
			cure: activate, who: "the administrator of {place}", send: "Please give me {reading} on {place}.",
		},
	}
}

// refusedByRules are refusals of the platform that no role outweighs.
func refusedByRules() []refusal {
	return []refusal{
		{
			codes: []string{"RequestDisallowedByPolicy"}, kind: FailurePermission, finding: "refused-policy", cause: "{policies} forbids it on {place} ({code}): {message}",
			cure: "A policy holds for everybody, whatever roles they have: it takes an exemption. What is assigned: az policy assignment list --subscription {subscription-id} --disable-scope-strict-match -o table.",
			who:  "whoever keeps the policies of {subscription}", send: "Please exempt {place} from {policies}, which forbids this set-up to {do} it.",
		},
		{
			codes: []string{"RequestDisallowedByAzure"}, says: []string{"mfa", "multi-factor", "multifactor"}, kind: FailurePermission, finding: "refused-second-factor",
			cause: "Azure takes no write from a person whose sign-in had no second factor ({code}): {message}",
			cure:  "Sign in again with the second factor: az logout; {login}. A program signs in as a workload identity, a managed identity or a service principal instead.",
		},
		{
			codes: []string{"RequestDisallowedByAzure"}, says: []string{"region", "location"}, kind: FailurePermission, finding: "refused-region",
			cause: "Azure does not open this region to {subscription} ({code}): {message}",
			cure:  "No role and no policy of yours decides that. Use what is in another region, or ask for this one at https://aka.ms/locationineligible.",
			who:   "Microsoft's support", send: "Please open the region that the message names to {subscription}: {message}.",
		},
		{
			codes: []string{"RequestDisallowedByAzure"}, kind: FailurePermission, finding: "refused-by-azure", cause: "Azure itself forbids it ({code}): {message}",
			cure: "It is what a write gets whose sign-in had no second factor, which Azure demands of people; in some subscriptions also what a region gets that is not open to them. Sign in again with the second factor: az logout; {login}. A program signs in as a workload identity instead.",
		},
		{
			codes: []string{"MissingSubscriptionRegistration", "SubscriptionNotRegistered", "MissingRegistrationForType", "MissingRegistrationForLocation"}, kind: FailureConflict, finding: "refused-not-registered",
			cause: "{subscription} is not registered for {provider} ({code})",
			cure:  "Registering takes minutes and costs nothing: az provider register --namespace {provider} --subscription {subscription-id} --wait. Then retry.",
			who:   "whoever is Owner or Contributor of {subscription}", send: "Please register the resource provider {provider} in {subscription}.",
		},
		{
			codes: []string{"NoRegisteredProviderFound"}, kind: FailureConflict, finding: "refused-no-provider",
			cause: "{subscription} is not registered for {provider}, or this cloud does not have it in this version ({code}): {message}",
			cure:  "az provider show --namespace {provider} --subscription {subscription-id} --query registrationState tells which. Not registered: az provider register --namespace {provider} --subscription {subscription-id} --wait. Registered: the cloud does not offer it there.",
		},
		{
			codes: []string{"ScopeLocked"}, kind: FailureConflict, finding: "refused-lock", cause: "a lock forbids changes at {place}: {locked} is locked ({code})",
			cure: "The step goes on with R when the lock is lifted; it can be put back right after. What is locked: az lock list --subscription {subscription-id} -o table.",
			who:  "whoever is Owner or User Access Administrator of it", send: "The lock on {locked} forbids this set-up to change {place}. Please lift it for some minutes and put it back afterwards.",
		},
		{
			codes: []string{"ReadOnlyDisabledSubscription", "SubscriptionDisabled", "DisabledSubscription"}, kind: FailureConflict, finding: "refused-subscription-disabled",
			cause: "the subscription is disabled: it can be read and not changed ({code})", cure: "That is usually a matter of billing: az account show --subscription {subscription-id} --query state -o tsv tells how it stands.",
			who: "the subscription's owner", send: "{subscription} is disabled. Please enable it again in Cost Management + Billing.",
		},
	}
}

// refusedRoles are about role definitions.
func refusedRoles() []refusal {
	return []refusal{
		{
			codes: []string{"LinkedAuthorizationFailed"}, says: []string{"current tenant"}, kind: FailurePermission, finding: "refused-linked-tenant",
			cause: "the sign-in is for one tenant, and what it leads to is in another ({code}): {message}",
			cure:  "{place} names something of another tenant than its own. Check the ids. " + signAgain,
		},
		{
			codes: []string{"LinkedAuthorizationFailed"}, write: true, kind: FailurePermission, finding: "refused-role-scopes",
			cause: "you may not write this role in all of its scopes: not in {linked} ({code})",
			cure:  "To change a role you need {roles} in every subscription that it names. Or give this set-up another role name. " + activate,
			who:   "whoever has that", send: "Please add {subscription} to the assignable scopes of the custom role for Kong's peering, which is also used in {linked}.",
		},
		{
			codes: []string{"LinkedAuthorizationFailed"}, kind: FailurePermission, finding: "refused-linked", cause: "you may not read {place}, or what it leads to ({code})",
			cure: activate, who: "the administrator of {place}", send: "Please give me the role Reader on {place}, and on {linked}.",
		},
		{
			codes: []string{"RoleDefinitionWithSameNameExists"}, kind: FailureConflict, finding: "refused-role-name", cause: "the tenant has another role of this name ({code})",
			cure: "Names are unique in a tenant, and a role is only shown in the subscriptions that it names, and for some minutes after it was written not even there. Add this subscription to it, or give another role name.",
		},
		{
			codes: []string{"RoleDefinitionLimitExceeded"}, finding: "refused-role-limit",
			cure: "A tenant holds 5000 custom roles (2000 in Azure China). A role that is there can be used: give its name to this set-up. Those that are there: az role definition list --custom-role-only true --query '[].roleName' -o tsv.",
			who:  "whoever administers the tenant {tenant}", send: "The tenant has as many custom roles as Azure allows. Please find some that nobody uses, so that one for Kong's peering can be made.",
		},
		{
			codes: []string{"RoleDefinitionHasAssignments"}, kind: FailureConflict, finding: "refused-role-in-use",
			cure: "Somebody still has this role. Neither the role nor a scope of it can go before its last assignment there is gone. Who has it: az role assignment list --all --subscription {subscription-id} -o table.",
		},
		{
			codes: []string{"RoleDefinitionDoesNotExist"}, kind: FailureNotFound, passes: passesWrites, finding: "refused-role-unknown", cause: "Azure does not know the role, or not yet ({code})",
			cure: "A new role takes up to some minutes to be known everywhere. If it stays so, somebody deleted it.",
		},
	}
}

// refusedAssignments are about role assignments.
func refusedAssignments() []refusal {
	return []refusal{
		{
			codes: []string{"RoleAssignmentExists"}, kind: FailureConflict, finding: "refused-assignment-there",
			cure: "Azure says that the principal has this role here already, by an assignment of another name. If principal, role and scope are the same, nothing is to be done.",
		},
		{
			codes: []string{"RoleAssignmentUpdateNotPermitted"}, kind: FailureConflict, finding: "refused-assignment-other",
			cure: "An assignment of this name is there with another role or principal, and Azure does not change one. Find out who made it and what for.",
		},
		{
			codes: []string{"RoleAssignmentLimitExceeded"}, finding: "refused-assignment-limit",
			cure: "A subscription holds 4000 role assignments; those of principals that are gone count too, and have no name: az role assignment list --all --subscription {subscription-id} --query \"[?principalName==''].id\" -o tsv.",
			who:  "whoever is Owner of {subscription}", send: "The subscription has as many role assignments as Azure allows. Please find some of principals that are gone, so that Kong's application can be given its role on {place}.",
		},
		{
			codes: []string{"PrincipalNotFound"}, kind: FailureNotFound, passes: passes, finding: "refused-principal", cause: "Azure does not know the service principal, or not yet ({code})",
			cure: "A new one takes seconds to minutes to be known. If it stays so, check its object id, and that it is of this tenant: az ad sp show --id {principal}.",
		},
		{
			codes: []string{"UnmatchedPrincipalType", "InvalidPrincipalType", "InvalidPrincipalId"}, kind: FailureInvalid, finding: "refused-principal-kind", cause: "the principal is of another kind than a service principal ({code}): {message}",
			cure: "The role is for the service principal of Kong's application, not for the application or a person: az ad sp show --id {kong-app} --query id -o tsv prints its object id.",
		},
	}
}

// refusedPlaces are about what is not there, or at work.
func refusedPlaces() []refusal {
	return []refusal{
		{
			codes: []string{"SubscriptionNotFound", "InvalidSubscriptionId"}, kind: FailureNotFound, finding: "refused-no-subscription", cause: "Azure knows no {sub}, or does not show it to you ({code})",
			cure: "Check the subscription id, and that you are signed in to its tenant {tenant}; a subscription can move to another tenant. Those that you see: az account list --all --refresh -o table.",
		},
		{codes: []string{"MissingSubscription"}, finding: "refused-no-subscription", cure: "Check the subscription id, and that you are signed in to its tenant {tenant}."},
		{
			codes: []string{"AnotherOperationInProgress", "RetryableError", "ReferencedResourceNotProvisioned", "ResourceGroupBeingDeleted", "OperationNotAllowedWhileUpdating"}, write: true, kind: FailureConflict,
			finding: "refused-busy", passes: passesWrites, cure: "Something is changing there just now. If it stays so for some minutes, look at {place} in the portal.",
		},
	}
}
