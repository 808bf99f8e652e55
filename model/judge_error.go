package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
)

// errorRules judge a peering that Konnect reports in error, by what its reason is about.
// Whether Konnect hands Azure's codes on is not documented; see [readReason].
func errorRules() []rule[PeeringFacts] {
	about := func(kinds ...reasonKind) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool {
			return f.Peering.State == PeeringError && slices.Contains(kinds, f.reasonKind())
		}
	}
	row := func(code finding.Code, when func(PeeringFacts) bool) rule[PeeringFacts] {
		return rule[PeeringFacts]{
			code: code, when: when, severity: SeverityBroken, word: "broken",
			say:  func(f PeeringFacts) string { return f.reason().cause() },
			next: func(f PeeringFacts) finding.Next { return f.reason().next() },
		}
	}
	return []rule[PeeringFacts]{
		{
			code: "peering-error-overlap",
			when: func(f PeeringFacts) bool {
				return f.Peering.State == PeeringError && (len(f.Overlaps) > 0 || about(reasonOverlap)(f))
			},
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				if len(f.Overlaps) > 0 {
					return "Azure refuses this peering: " + f.Overlaps[0].String() + "."
				}
				return f.reason().cause()
			},
			next: func(f PeeringFacts) finding.Next {
				if len(f.Overlaps) > 0 {
					return OverlapNext(f.Network)
				}
				return f.reason().next()
			},
		},
		row("peering-error-rights", about(reasonRights, reasonLinked)),
		{
			code: "peering-error-old-half",
			when: func(f PeeringFacts) bool {
				return about(reasonLeft, reasonTaken)(f) || about(reasonNone, reasonUnknown)(f) && deadHalf(f)
			},
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				if r := f.reason(); r.kind == reasonTaken && !deadHalf(f) {
					return r.cause()
				}
				return fmt.Sprintf("An old half in %s is in the way. Konnect reported: %s", f.vnet(), reasonText(f))
			},
			next: func(f PeeringFacts) finding.Next {
				if deadHalf(f) || f.reasonKind() == reasonLeft {
					return deleteBoth(f)
				}
				return f.reason().next()
			},
		},
		{
			code: "peering-error-busy", when: about(reasonBusy, reasonThrottled, reasonTimeout, reasonBroken),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string { return f.reason().cause() },
			next: func(f PeeringFacts) finding.Next {
				next := f.reason().next()
				if f.nothingLives() {
					next = f.mendable(next, finding.MendRemake)
				}
				return next
			},
		},
		row("peering-error-lock", about(reasonLock)),
		row("peering-error-policy", about(reasonPolicy, reasonDeny)),
		row("peering-error-subscription", about(reasonSubscription)),
		row("peering-error-provider", about(reasonProvider)),
		row("peering-error-consent", about(reasonConsent)),
		row("peering-error-gone", about(reasonNoTenant, reasonNoSubscription, reasonNoGroup, reasonNoVNet)),
		row("peering-error-limit", about(reasonLimit)),
		{
			code: "peering-error-connected",
			when: func(f PeeringFacts) bool {
				return f.Peering.State == PeeringError && f.Azure.Status == HalfPresent && !half(VNetInitiated)(f) && !half(VNetDisconnected)(f) && (f.Azure.Hub == nil || f.Azure.Carries())
			},
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure's half in %s is %s, so traffic may pass, and Konnect reported an error: %s", f.vnet(), azureState(f), reasonText(f))
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind:    finding.NextSupport,
					Text:    "Delete neither half while it carries traffic. " + f.reason().ask.Text,
					Command: f.showOwnHalf(),
				}
			},
		},
		row("peering-error", inState(PeeringError)),
	}
}

// deadHalf: the half that was found is disconnected.
func deadHalf(f PeeringFacts) bool {
	return f.Azure.Status == HalfPresent && f.Azure.Peering.State == VNetDisconnected
}

// reasonRules judge a peering that Konnect has not made yet, or still waits for, where
// its reason can be read: then it says what is missing, and nothing has to be guessed.
func reasonRules() []rule[PeeringFacts] {
	waits := inState(PeeringPendingUserAction, PeeringPendingAcceptance)
	return []rule[PeeringFacts]{{
		code: "peering-reason",
		when: func(f PeeringFacts) bool {
			return inState(PeeringCreated, PeeringInitializing, PeeringPendingUserAction, PeeringPendingAcceptance, PeeringTerminating)(f) &&
				f.Peering.Kind.Cloud() == ProviderAzure && len(f.Overlaps) == 0 && !deadHalf(f) && f.Azure.Status != HalfNoVNet &&
				f.Azure.Peering.State != VNetConnected && f.reasonKind() > reasonUnknown && (waits(f) || !f.reasonKind().passes())
		},
		severity: SeverityAttention, word: "waiting",
		say: func(f PeeringFacts) string {
			return fmt.Sprintf("%s Konnect still reported %s.", f.reason().cause(), f.Peering.State)
		},
		next: func(f PeeringFacts) finding.Next { return f.reason().next() },
	}}
}

// troubleNext is what to do about trouble that Konnect reports beside a state that is fine.
func troubleNext(r reasonOf) finding.Next {
	if r.kind > reasonUnknown {
		return r.next()
	}
	return r.ask
}
