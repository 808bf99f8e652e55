package finding

// setupEntries are about what a set-up needs before and while it runs, where no other
// subject has it.
func setupEntries() []Entry {
	const (
		reads = "preflight, from Konnect and Azure Resource Manager"
		fine  = "A step looks first; what is fine is told too."
		// What is known of looks that come too early.
		readsLate  = "Konnect and Azure Resource Manager, by list and by id"
		sourceLate = "recordings of Azure; azure-rest-api-specs 2135, azure-cli 20727"
	)
	return about(OfSetup, []Entry{
		{
			Code: "setup-network", Severities: []Severity{Broken}, Title: "Konnect has no network of that name or id, or several",
			Means: "A set-up is for one network.", Next: "Check the name, letter by letter, or give the id.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-provider", Severities: []Severity{Broken}, Title: "The network is on another cloud than Azure",
			Means: "VNET peering is for networks on Azure.", Next: "Choose a network on Azure.", Reads: reads, Source: sourceKonnectDoc,
		},
		{
			Code: "setup-provider-unknown", Severities: []Severity{Attention}, Title: "Konnect does not tell which cloud the network is on",
			Means: "Its provider account is not among those that the token may see.", Next: "Go on only if you know that it is on Azure.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-peerings", Severities: []Severity{OK}, Title: "The network has no peering in the way of the one that is asked for",
			Means: fine, Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-peering-tenant", Severities: []Severity{Broken}, Title: "The VNET is attached already, with another tenant",
			Means: "A VNET is attached to a network once.", Next: "Give that tenant, or delete that peering in Konnect first.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-peering-name", Severities: []Severity{Broken}, Title: "The name of the peering is taken",
			Means: "Another peering of the network has it.", Next: "Choose another name.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-other-name", Severities: []Severity{Attention}, Title: "The peering that is there has another name than the one asked for",
			Means: "A peering cannot be changed; it is used as it is.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-other-mappings", Severities: []Severity{Attention}, Title: "The peering that is there has other mappings than those asked for",
			Means: "The mappings of a peering are fixed when it is made.", Next: "Put the mappings into the resolver, or delete the peering and make it again, which is an outage.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-subscription", Severities: []Severity{OK, Broken}, Title: "The subscription can be read and is of the tenant, or cannot be read",
			Means: fine, Next: "Do what the failure says.", Reads: reads, Source: sourceRBAC,
		},
		{
			Code: "setup-tenant", Severities: []Severity{Broken}, Title: "The subscription is of another tenant than the one given",
			Means: "Consent, role and assignment are made in the tenant of the subscription.", Next: "Give the tenant that the subscription is of, and sign in to it.", Reads: reads, Source: sourceRBAC,
		},
		{
			Code: "setup-subscription-state", Severities: []Severity{Attention}, Title: "The subscription is not enabled",
			Means: "Azure refuses changes in it.", Next: "Have it enabled first.", Reads: reads, Source: sourceSubscription,
		},
		{
			Code: "setup-vnet", Severities: []Severity{OK, Broken}, Title: "The VNET can be read, or cannot",
			Means: fine, Next: "Do what the failure says.", Reads: reads, Source: sourceRBAC,
		},
		{
			Code: "setup-hub", Severities: []Severity{OK, Broken}, Title: "The virtual hub can be read, or cannot",
			Means: fine, Next: "Do what the failure says.", Reads: readsHub, Source: sourceRBAC,
		},
		{
			Code: "setup-hub-routing", Severities: []Severity{Attention, Broken}, Title: "The routing of the virtual hub is not Provisioned",
			Means: "A hub without a router that works takes no connection.", Next: "Whoever administers the hub brings its router up.", Reads: readsHub, Source: sourceHub,
		},
		{
			Code: "setup-hub-role", Severities: []Severity{Attention}, Title: "The role from Konnect's wizard is not seen at the virtual hub",
			Means: "Which actions Kong needs on a hub is not public, so the role is looked for and never made.", Next: "Have it assigned as Konnect's wizard says.", Reads: readsPermissions, Source: sourceHubKong,
		},
		{
			Code: "setup-peerings-room", Severities: []Severity{OK}, Title: "The VNET has room for one peering more", Means: fine, Reads: reads, Source: sourceLimits,
		},
		{
			Code: "setup-peerings-many", Severities: []Severity{Attention}, Title: "The VNET has nearly as many peerings as Azure allows",
			Means: "Azure allows 500 where no Virtual Network Manager manages the VNET.", Next: "There is room, and not much.", Reads: reads, Source: sourceLimits,
		},
		{
			Code: "setup-peerings-full", Severities: []Severity{Broken}, Title: "The VNET has as many peerings as Azure allows",
			Means: "Azure allows 500 where no Virtual Network Manager manages the VNET.", Next: "Remove one that nobody needs.", Reads: reads, Source: sourceLimits,
		},
		{
			Code: "setup-ranges", Severities: []Severity{OK}, Title: "No address range overlaps", Means: fine, Reads: reads, Source: sourcePeerFaults,
		},
		{
			Code: "setup-overlap", Severities: []Severity{Broken}, Title: "Address ranges overlap, so Azure will refuse the peering",
			Means: "Two networks that are peered may not share an address, nor may two that are peered with the same one.", Next: "Give one side another address range; no retry can help before that. That of a network cannot be changed: make a new network with a range that peerdeck ranges offers.", Reads: reads, Source: sourcePeerFaults,
		},
		{
			Code: "setup-reserved", Severities: []Severity{Attention}, Title: "A range of the VNET lies in one that Konnect keeps for itself",
			Means: "Addresses there may not be reached from the gateway.", Next: "Use other ranges for what the gateway must reach.", Reads: reads, Source: sourceKonnectDoc,
		},
		{
			Code: "setup-ranges-unread", Severities: []Severity{Attention}, Title: "An address range is none that peerdeck understands",
			Means: "Whether ranges overlap cannot be told.", Next: "Compare the ranges by eye.", Reads: reads, Source: sourceNone,
		},
		{
			Code: "setup-dns", Severities: []Severity{OK}, Title: "No rule has anything against the mappings, where all facts for it are known", Means: fine, Reads: reads, Source: sourceNone,
		},
		{
			Code: "setup-mapping", Severities: []Severity{Attention, Broken}, Title: "A mapping of the set-up cannot be used as it is",
			Means: "The set-up cannot be run with it.", Next: "Mend the mapping, and start the set-up again.", Reads: "the request, the network and the VNET", Source: sourceNone,
		},
		{
			Code: "setup-unchecked", Severities: []Severity{Unknown}, Title: "A rule could not look at the mappings of the set-up, because a fact for it is missing",
			Means: "The rule is asked when the fact is known.", Next: "Nothing to do; what is missing is named.", Reads: "the request, the network and the VNET", Source: sourceNone,
		},
		{
			Code: "setup-rights", Severities: []Severity{OK}, Title: "The signed-in account likely has a right that a later step needs",
			Means: "Roles that must be activated first, conditions, locks and policies do not show among permissions, so it is likely and no more.", Reads: readsPermissions, Source: sourceRBAC,
		},
		{
			Code: "setup-rights-missing", Severities: []Severity{Attention}, Title: "The signed-in account lacks a right that a later step needs",
			Means: "The step fails unless its goal is met already, or a role is activated before.", Next: "Activate an eligible role (PIM), or hand the Azure part to somebody who has it.", Reads: readsPermissions, Source: sourceRBAC,
		},
		{
			Code: "setup-rights-unread", Severities: []Severity{Unknown}, Title: "Whether the signed-in account has a right cannot be told",
			Means: "The permissions could not be read.", Next: "Go on: the step itself will tell.", Reads: readsPermissions, Source: sourceRBAC,
		},
		{
			Code: "setup-other-assignment", Severities: []Severity{Attention}, Title: "The role is assigned at the VNET to another object too",
			Means: "It may belong to Kong's application as it was before somebody deleted it.", Next: "If so, it does nothing and can go.", Reads: "Azure Resource Manager, role assignments at the VNET", Source: sourceRBAC,
		},
		{
			Code: "setup-exists-unseen", Severities: []Severity{Attention}, Title: "A service says that the thing exists already, and no look shows it",
			Means: "Lists lag behind writes for minutes, and show only what one may see. It was looked for by its name, by its id and in every subscription that can be read. Nothing is made beside it.",
			Next:  "Look again in some minutes; then have somebody who sees more find it.", Reads: readsLate, Source: sourceLate,
		},
		{
			Code: "setup-answer-lost", Severities: []Severity{Attention}, Title: "What became of a request is not known, and what it should have made is not shown",
			Means: "The answer was lost. Lists lag behind writes, so it may be there all the same.", Next: "Look in Konnect before it is asked for again.", Reads: readsLate, Source: sourceLate,
		},
		{
			Code: "setup-shown-unsteadily", Severities: []Severity{Attention}, Title: "Some looks show what was written, and others do not",
			Means: "It is there; Azure has not told all of its readers yet.", Next: "Wait; what needs it is sent again.", Reads: readsLate, Source: sourceLate,
		},
		{
			Code: "setup-not-shown", Severities: []Severity{Unknown}, Title: "A service took a write, and no look has shown it since",
			Means: "The write was answered as done. Readers learn of it late, usually within minutes.", Next: "Retry in some minutes.", Reads: readsLate, Source: sourceLate,
		},
		{
			Code: "setup-assignment-other", Severities: []Severity{Unknown}, Title: "The role assignment that is there has another principal, role or scope",
			Means: "Azure changes none of the three.", Next: "Find out who made it and what for.", Reads: "Azure Resource Manager, the assignment by its id", Source: sourceRBAC,
		},
		{
			Code: "setup-peering-gone", Severities: []Severity{Unknown}, Title: "The peering that a run watches is not shown any more",
			Means: "Neither a read of its id nor the list shows it for some minutes.", Next: "Retry the run from its beginning.", Reads: "Konnect", Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-gone", Severities: []Severity{Unknown}, Title: "The network of a run is not there any more",
			Means: "Konnect answers 404 for what hangs on it.", Next: "Choose another network.", Reads: "Konnect", Source: sourceKonnectAPI,
		},
		{
			Code: "setup-still-there", Severities: []Severity{Unknown}, Title: "A teardown removed something, and it is still shown",
			Means: "The deletion was taken. It may take longer, or somebody made it again.", Next: "Retry, or look at it where it is.", Reads: readsLate, Source: sourceLate,
		},
		{
			Code: "mend-other-now", Severities: []Severity{Unknown}, Title: "What is to be mended has changed",
			Means: "Somebody acted, or a cloud went on, since it was agreed what to do: what was agreed to does not fit any more, and nothing more was changed.", Next: "Look at the peering as it is now, and mend what its finding says.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "mend-half-lives", Severities: []Severity{Unknown}, Title: "The peering is gone in Konnect, and its half in the VNET lives",
			Means: "Kong removes its half with the peering. It may lack the right, or a lock keeps the half; one that lives is never deleted from here.", Next: "Look at Kong's role and at locks of the VNET; then retry.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "mend-half-unchanged", Severities: []Severity{Unknown}, Title: "A half was written, and is as it was",
			Means: "Azure took the write. It may have failed after its answer, or somebody has undone it.", Next: "Look at the VNET's activity log, then retry.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "mend-not-possible", Severities: []Severity{Unknown}, Title: "What is wrong cannot be mended by the known sequence any more",
			Means: "Something before it decides, such as a security admin rule, no number is free, or what is needed to be sure was not read. Nothing was changed.",
			Next:  "Do what the sentence says, or have somebody do it who may.", Reads: readsAzure, Source: sourceGroups,
		},
		{
			Code: "mend-no-effect", Severities: []Severity{Unknown}, Title: "A change was written, and what it was for is as it was",
			Means: "Azure took the write. It may have failed after its answer, or somebody has changed the same since.", Next: "Look at the activity log of what was changed, then retry.", Reads: readsAzure, Source: sourceGroups,
		},
		{
			Code: "mend-looked-after", Severities: []Severity{Attention}, Title: "A program looks after what is to be changed",
			Means: "Tags, or the resource group, say that what is to be changed is made by a program, such as Terraform or a managed service. Its next run may undo what is changed beside it.",
			Next:  "Have the change put into its code too.", Reads: readsAzure, Source: sourceNone,
		},
		{
			Code: "setup-list-not-whole", Severities: []Severity{Unknown}, Title: "A list of Konnect has holes",
			Means: "Something in it could not be read, so \"there is none\" would be a guess.", Next: "Retry in a moment.", Reads: "Konnect", Source: sourceKonnectAPI,
		},
		{
			Code: "setup-table-other", Severities: []Severity{Unknown}, Title: "The mapping table is another one than the run thought, or is being written",
			Means: "Others change the same table, or the resolver is at work.", Next: "Look at the table, agree who goes first, and retry: it is read and compared again.", Reads: "Konnect, before and after the write", Source: sourceNone,
		},
		{
			Code: "setup-without", Severities: []Severity{Unknown}, Title: "A step lacks what an earlier step finds or makes",
			Means: "That step was skipped.", Next: "Retry the run, or skip this step if somebody else does its work.", Reads: "the run itself", Source: sourceNone,
		},
		{
			Code: "setup-dead-half", Severities: []Severity{Attention}, Title: "A teardown left a disconnected half in the VNET",
			Means: "Azure refuses every write to it, so it blocks the next peering.", Next: "Delete it.", Reads: readsAzure, Source: sourcePeerFaults,
		},
		{
			Code: "setup-kept", Severities: []Severity{Attention}, Title: "A teardown left something, and says why",
			Means: "Only what the run made and nobody else uses is removed.", Reads: "the journal of the run, Konnect and Azure", Source: sourceNone,
		},
		{
			Code: "setup-table-changed", Severities: []Severity{Attention}, Title: "Others changed the mapping table while the run wrote to it",
			Means: "Their rows are kept; what could not be is in a restore point.", Next: "Look at the table.", Reads: "Konnect, before and after the write", Source: sourceNone,
		},
		{
			Code: "setup-dns-answers", Severities: []Severity{OK}, Title: "All servers of a mapped domain answer for it", Means: fine, Reads: "the server, asked from here", Source: sourceNone,
		},
	})
}
