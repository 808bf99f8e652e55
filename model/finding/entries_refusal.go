package finding

// refusalEntries are the refusals that have a row of their own in the model's table of
// refusals. The failure itself carries the cause with the real names, the command and the
// sentence for whoever must act.
func refusalEntries() []Entry {
	entry := func(code Code, title, means, next, source string) Entry {
		return Entry{Code: code, Severities: []Severity{Unknown}, Title: title, Means: means, Next: next, Reads: "the code and the words of the service's answer", Source: source}
	}
	const (
		policy   = "Microsoft: RequestDisallowedByPolicy, policy exemptions"
		azure    = "Microsoft: mandatory multifactor authentication for Azure; public reports of RequestDisallowedByAzure"
		provider = "Microsoft: resolve errors for resource provider registration"
		lock     = "Microsoft: lock your resources"
		limits   = "Microsoft: troubleshoot Azure RBAC limits"
		graph    = "Microsoft: Graph error codes; service principals"
		konnect  = "Kong: Konnect Cloud Gateways API v2; its words are documented nowhere"
	)
	return about(OfRefusal, []Entry{
		entry("refused-deny-assignment", "A deny assignment forbids it", "Deny assignments come from managed applications, deployment stacks and blueprints. No role outweighs one.", "Ask whoever owns the application or the stack to take the account off it.", sourceRBAC),
		entry("refused-condition", "A right that was given with a condition does not reach so far", "A right to assign roles can exclude roles and principals. The condition is not shown among the rights.", "Ask whoever gave the right to widen it, or to assign the role.", sourceRBAC),
		entry("refused-writing", "The account may not change this in Azure", "It has no role that allows it there, or the role is eligible through Privileged Identity Management and not activated, or was given minutes ago.", "Activate the role at https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/azurerbac, or send the sentence to whoever is Owner.", sourceRBAC),
		entry("refused-reading", "The account may not read this in Azure", "It has no role that allows it there, or the role is eligible through Privileged Identity Management and not activated, or was given minutes ago.", "Activate the role at https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/azurerbac, or ask for the role Reader.", sourceRBAC),
		entry("refused-policy", "An Azure Policy forbids it", "A policy holds for everybody, whatever roles they have.", "Ask whoever keeps the policies for an exemption.", policy),
		entry("refused-second-factor", "Azure takes no write without a second factor", "Azure demands multifactor authentication of people who change something, whatever their tenant asks for.", "Sign out and in again with the second factor; a program signs in as a workload.", azure),
		entry("refused-region", "Azure does not open the region to the subscription", "Some regions take new customers only when Microsoft lets them in.", "Take another region, or ask at https://aka.ms/locationineligible.", azure),
		entry("refused-by-azure", "Azure itself forbids it", "It is what a write without a second factor gets, and what some regions answer.", "Sign out and in again with the second factor, then look at the message.", azure),
		entry("refused-not-registered", "The subscription is not registered for the resource provider", "A provider is registered once for each subscription before its resources can be read or made.", "Register it: az provider register --namespace Microsoft.Network --wait.", provider),
		entry("refused-no-provider", "No resource provider answers for this in the subscription", "It is not registered, or this cloud or region does not have it in the version that is asked for.", "Look at its registration: az provider show --namespace Microsoft.Network.", provider),
		entry("refused-lock", "A lock forbids changes", "A lock on the resource, its group or its subscription holds for everybody.", "Have it lifted for some minutes and put back afterwards.", lock),
		entry("refused-subscription-disabled", "The subscription is disabled and read-only", "Everything in it can be read and nothing changed, usually because of billing.", "Have its owner enable it again.", sourceSubscription),
		entry("refused-linked-tenant", "What the request leads to is in another tenant", "Azure takes a token of one tenant for resources of that tenant alone.", "Check the ids, and sign in to the tenant of the resource.", sourceRBAC),
		entry("refused-role-scopes", "The account may not write the role in all of its scopes", "Who changes a role needs the right in every subscription that the role names.", "Have somebody change it who has the right there, or take another role name.", sourceRBAC),
		entry("refused-linked", "The account may not read what the thing leads to", "Azure checks what is linked as well.", "Ask for the role Reader on both.", sourceRBAC),
		entry("refused-role-name", "The tenant has another role of this name", "Names of roles are unique in a tenant, and a role shows only in the subscriptions that it names.", "Add the subscription to that role, or take another name.", sourceRBAC),
		entry("refused-role-limit", "The tenant has as many custom roles as Azure allows", "A tenant holds 5000 custom roles (2000 in Azure China).", "Use one that is there, or have unused ones found.", limits),
		entry("refused-role-in-use", "Somebody has the role", "A role that is assigned cannot be deleted, nor lose a scope that an assignment needs.", "Look who has it before anything else.", sourceRBAC),
		entry("refused-role-unknown", "Azure does not know the role, or not yet", "A new role takes minutes to be known everywhere.", "Wait some minutes, then look whether it was deleted.", sourceRBAC),
		entry("refused-assignment-there", "The principal has this role here already", "An assignment of another name gives the same role to the same principal.", "Compare principal, role and scope; where they are the same, nothing is to be done.", sourceRBAC),
		entry("refused-assignment-other", "An assignment of this name gives something else", "Azure does not change the role or the principal of an assignment.", "Find out who made it and what for.", sourceRBAC),
		entry("refused-assignment-limit", "The subscription has as many role assignments as Azure allows", "It holds 4000, and those of principals that are gone count.", "Have the assignments of principals that are gone found.", limits),
		entry("refused-principal", "Azure does not know the principal, or not yet", "A new service principal takes seconds to minutes to be known to Azure Resource Manager.", "Wait a minute; then check the object id and the tenant.", sourceRBAC),
		entry("refused-principal-kind", "The principal is of another kind", "A role is given to the service principal of an application in the tenant, by its object id.", "Look the object id up: az ad sp show --id APPLICATION-ID --query id.", sourceRBAC),
		entry("refused-no-subscription", "Azure knows no such subscription, or does not show it", "It is in another tenant, was moved or deleted, or the account has no right in it.", "Check the id and the tenant that is signed in to.", sourceSubscription),
		entry("refused-busy", "Something is changing there just now", "Azure takes one change of a thing at a time.", "Look again in a minute.", sourcePeerFaults),
		entry("refused-directory-writing", "The account may not add applications to the tenant", "It takes a directory role, which may be eligible and not activated.", "Activate it at https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles, or use the consent page.", graph),
		entry("refused-directory-reading", "The account may not read the applications of the tenant", "Whether Kong's application is there is not known. Guests often may not see it.", "Ask for Directory Readers, or have the object id looked up.", graph),
		entry("refused-application-there", "The application is in the tenant already", "Graph may take minutes to show what was added.", "Look again.", graph),
		entry("refused-directory-full", "The directory holds as many objects as it may", "A directory has a quota of objects.", "Have room made, or the quota raised.", graph),
		entry("refused-konnect-token", "Konnect refuses the token", "It is wrong, expired or revoked.", "Make another and put it where this one came from.", konnect),
		entry("refused-plan", "The organization's plan in Konnect does not have it", "Dedicated cloud gateways and private networking belong to some plans alone.", "Have whoever administers the plan look.", konnect),
		entry("refused-quota", "The organization's quota in Konnect is used up", "Konnect limits how many of a kind there are.", "Make room, or ask Kong for more.", konnect),
		entry("refused-konnect-role", "The token's owner has no Konnect role that allows it", "Private DNS and changes need the role Network Admin.", "Ask an administrator of the organization for it.", konnect),
		entry("refused-overlap", "Konnect refuses because ranges overlap", "Both sides of a peering, and all VNETs that a network is peered with, need ranges of their own.", "Compare the ranges; one of them needs another.", konnect),
		entry("refused-konnect-invalid", "Konnect refuses the request as wrong", "Sent again as it is, it gets the same answer.", "Mend what the message names.", konnect),
		entry("refused-konnect-conflict", "Something in Konnect is in the way", "A thing of the same name is there, or it is being changed.", "Look again, then try again.", konnect),
		entry("refused-unknown", "The service refuses with a code that peerdeck does not know", "The service's own words say why.", "Send the sentence to whoever administers it, with the id of the request.", sourceNone),
	})
}
