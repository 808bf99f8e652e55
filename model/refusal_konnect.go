package model

import "github.com/peerdeck/peerdeck/model/safe"

// CodeQuota is the code of a refusal because Konnect's quota is used up: Konnect has no
// codes, and tells it by the title.
const CodeQuota = "Quota Exceeded"

// refusedByKonnect are refusals of Konnect, which has no codes: they are told by status.
// The clients of Konnect give them a code where the title says more.
func refusedByKonnect() []refusal {
	return []refusal{
		{
			codes: []string{CodeQuota}, kind: FailurePermission, finding: "refused-quota", cure: "What nobody uses can make room. Ask Kong for more otherwise.",
			who: "Kong's support", send: "Our organization's quota in Konnect is used up: {message}. Please raise it.",
		},
	}
}

// konnectRefusals are the rows for Konnect's statuses, the narrower first. They are for a
// call of Konnect alone. What it says in words is in no contract; its own words stand in
// the cause whatever row is taken.
func konnectRefusals(c RefusedCall) []refusal {
	const support = "Kong's support"
	plan := refusal{
		kind: FailurePermission, finding: "refused-plan",
		cure: "Dedicated cloud gateways belong to some plans of Konnect alone: which one the organization has stands in Konnect (https://cloud.konghq.com) under Plan and Usage.",
		who:  "whoever administers the organization's plan in Konnect", send: "Konnect refuses me because of our plan: {message}. Please check that it has dedicated cloud gateways with private networking.",
	}
	unpaid, without := plan, plan
	unpaid.status = statusPayment
	without.status, without.says = statusForbidden, []string{"your plan", "current plan", "plan does", "plan is", "pricing tier", "upgrade your", "entitle", "license", "trial"}
	forbidden := refusal{
		status: statusForbidden, kind: FailurePermission, finding: "refused-konnect-role", cure: "The token's owner needs the Konnect role Network Admin (Network Viewer does not see private DNS).",
		who: "an administrator of the organization in Konnect", send: "Please give me, or the token that I use, the role {role}.",
	}
	if c.Role != "" {
		forbidden.cure = "The token's owner needs the Konnect role {role}."
	}
	return []refusal{
		{status: statusSignIn, kind: FailureAuth, finding: "refused-konnect-token", cause: "Konnect refuses the token (401)", cure: "It is wrong, expired or revoked: {token}"},
		unpaid, without,
		forbidden,
		{
			status: statusInvalid, says: []string{"overlap"}, kind: FailureInvalid, finding: "refused-overlap",
			cure: "Two sides of a peering cannot share addresses, and a network cannot reach one range in two VNETs. Compare the ranges of the VNET (az network vnet list --query \"[].[name,join(' ',addressSpace.addressPrefixes)]\" -o tsv) with the network's range and its other peerings (peerdeck status): one of them needs another range (peerdeck ranges offers free ones for a new network).",
			who:  support, send: "Konnect refuses a peering because ranges overlap: {message}. Which range of ours is in its way?",
		},
		{
			status: statusInvalid, says: []string{"type: unique"}, kind: FailureConflict, finding: "refused-konnect-conflict",
			cure: "{place} has one with the same name or id already: look at it, or choose another name.",
		},
		{status: statusInvalid, kind: FailureInvalid, finding: "refused-konnect-invalid", cure: "Mend what it names; sent again as it is, it gets the same answer."},
		{status: statusUnprocessable, kind: FailureInvalid, finding: "refused-konnect-invalid", cure: "Mend what it names; sent again as it is, it gets the same answer."},
		{status: statusNotFound, kind: FailureNotFound, cure: "It may have been deleted elsewhere."},
		{status: statusGone, kind: FailureNotFound, cure: "It may have been deleted elsewhere."},
		{status: statusConflict, kind: FailureConflict, finding: "refused-konnect-conflict", passes: passesChanges, cure: "Something of this name may be there already, or it is changing just now: look again, then try again."},
	}
}

// ofKonnect finds the row of a refusal of Konnect that has no code.
func (f Failure) ofKonnect(c RefusedCall) (refusal, bool) {
	for _, r := range konnectRefusals(c) {
		if r.fits(f, c) {
			return r, true
		}
	}
	return refusal{}, false
}

// NoKonnectToken says that the source of the token gives none. Help says where another one
// comes from.
func NoKonnectToken(why safe.Text, help string) Failure {
	return Failure{Kind: FailureAuth, Finding: "konnect-token-missing", Cause: why, Cure: "Give a Konnect token: " + help, Retryable: true}
}

// refusedByStatus are for codes that no other row knows: whoever reads it is told that it
// is not known, what the service says, and who can be asked.
func refusedByStatus() []refusal {
	const not = "peerdeck does not know this refusal; the service's own words say why, and sent again as it is, it gets the same answer."
	return []refusal{
		{status: statusSignIn, kind: FailureAuth, cure: signAgain},
		{
			status: statusForbidden, kind: FailurePermission, finding: "refused-unknown", cure: not, who: "whoever is Owner of {place}",
			send: "{service} refuses me to {do} {place}: {message}. Please give me what it takes, or do it yourself.",
		},
		{status: statusNotFound, kind: FailureNotFound, cure: "Check the names; it may have been deleted."},
		{status: statusGone, kind: FailureNotFound, cure: "Check the names; it may have been deleted."},
		{status: statusTimeout, kind: FailureTimeout, passes: passes, cure: "It took the service too long: look again in a while."},
		{status: statusConflict, write: true, kind: FailureConflict, cure: "Somebody else may be changing the same thing. Look again, then try again."},
		{status: statusPrecondition, kind: FailureConflict, cure: "Somebody else has changed it meanwhile. Look again, then try again."},
		{
			finding: "refused-unknown", cure: not, who: "whoever administers {place}", send: "{service} refuses to let this set-up {do} {place}: {message}. What does it take?",
		},
	}
}
