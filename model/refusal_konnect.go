package model

// CodeQuota is the code of a refusal because Konnect's quota is used up: Konnect has no
// codes, and tells it by the title.
const CodeQuota = "Quota Exceeded"

// refusedByKonnect are refusals of Konnect, which has no codes: they are told by status.
// The clients of Konnect give them a code where the title says more.
func refusedByKonnect() []refusal {
	return []refusal{
		{
			codes: []string{CodeQuota}, kind: FailurePermission, cure: "What nobody uses can make room. Ask Kong for more otherwise.",
			who: "Kong's support", send: "Our organization's quota in Konnect is used up: {message}. Please raise it.",
		},
	}
}

// konnectStatus are the rows for Konnect's statuses. They are for a call of Konnect alone.
func konnectStatus(status int) (refusal, bool) {
	switch status {
	case statusSignIn:
		return refusal{kind: FailureAuth, cause: "Konnect refuses the token (401)", cure: "It is wrong, expired or revoked: {token}"}, true
	case statusForbidden:
		return refusal{
			kind: FailurePermission, cure: "The token's owner needs the Konnect role Network Admin (Network Viewer does not see private DNS).",
			who: "an administrator of the organization in Konnect", send: "Please give me, or the token that I use, the role Network Admin for dedicated cloud gateways.",
		}, true
	case statusInvalid, statusUnprocessable:
		return refusal{kind: FailureInvalid, cure: "Mend what it names; sent again as it is, it gets the same answer."}, true
	case statusNotFound, statusGone:
		return refusal{kind: FailureNotFound, cure: "It may have been deleted elsewhere."}, true
	case statusConflict:
		return refusal{kind: FailureConflict, passes: passesChanges, cure: "Something of this name may be there already, or it is changing just now: look again, then try again."}, true
	default:
		return refusal{}, false
	}
}

// refusedByStatus are for codes that no other row knows: whoever reads it is told that it
// is not known, what the service says, and who can be asked.
func refusedByStatus() []refusal {
	const not = "peerdeck does not know this refusal; the service's own words say why, and sent again as it is, it gets the same answer."
	return []refusal{
		{status: statusSignIn, kind: FailureAuth, cure: signAgain},
		{
			status: statusForbidden, kind: FailurePermission, cure: not, who: "whoever is Owner of {place}",
			send: "{service} refuses me to {do} {place}: {message}. Please give me what it takes, or do it yourself.",
		},
		{status: statusNotFound, kind: FailureNotFound, cure: "Check the names; it may have been deleted."},
		{status: statusGone, kind: FailureNotFound, cure: "Check the names; it may have been deleted."},
		{status: statusTimeout, kind: FailureTimeout, passes: passes, cure: "It took the service too long: look again in a while."},
		{status: statusConflict, write: true, kind: FailureConflict, cure: "Somebody else may be changing the same thing. Look again, then try again."},
		{status: statusPrecondition, kind: FailureConflict, cure: "Somebody else has changed it meanwhile. Look again, then try again."},
		{
			cure: not, who: "whoever administers {place}", send: "{service} refuses to let this set-up {do} {place}: {message}. What does it take?",
		},
	}
}
