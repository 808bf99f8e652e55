package model

import (
	"time"
)

// Verdict is what peerdeck makes of a state: how urgent it is, one sentence
// that says what is going on, and the next step.
type Verdict struct {
	Rule     string // the id of the rule that decided, stable across releases
	Severity Severity
	Word     string // one or two words for a table
	Sentence string
	Next     Next
}

// NextKind is the sort of a next step: screens bind a key to each.
type NextKind int

// The kinds of next step.
const (
	NextNone    NextKind = iota // nothing to do
	NextWait                    // it goes on by itself
	NextSetUp                   // continue the set-up of the peering
	NextSignIn                  // sign in to Azure
	NextCommand                 // run the command
	NextKonnect                 // act in Konnect
	NextAdmin                   // ask the person who administers the VNET
	NextSupport                 // ask Kong
)

// Next is what to do now.
type Next struct {
	Kind    NextKind
	Text    string
	Command string // a command line that runs as it stands, empty when none helps
}

// The times after which a state that should pass is called too long. Kong says
// that a network takes 30 to 40 minutes; it publishes no figure for a peering,
// so an hour is peerdeck's own choice and the sentence does not call it usual.
const (
	networkTooLong = 60 * time.Minute
	peeringTooLong = 60 * time.Minute
)

// Judge holds the rules. Each list is read from the top; the first rule whose
// condition holds decides, and the last one of each always does.
type Judge struct {
	network    []rule[NetworkFacts]
	peering    []rule[PeeringFacts]
	azureVNet  []rule[PeeringFacts]
	privateDNS []rule[PrivateDNS]
}

type rule[F any] struct {
	id       string
	when     func(F) bool
	severity Severity
	word     string
	say      func(F) string
	next     func(F) Next
}

// NewJudge returns a judge with all rules.
func NewJudge() *Judge {
	return &Judge{
		network:    networkRules(),
		peering:    konnectRules(),
		azureVNet:  azureRules(),
		privateDNS: privateDNSRules(),
	}
}

func decide[F any](rules []rule[F], facts F) Verdict {
	for _, r := range rules {
		if !r.when(facts) {
			continue
		}
		v := Verdict{Rule: r.id, Severity: r.severity, Word: r.word, Sentence: r.say(facts)}
		if r.next != nil {
			v.Next = r.next(facts)
		}
		return v
	}
	return Verdict{Rule: "none", Severity: SeverityUnknown, Word: "not known", Sentence: "peerdeck has no rule for this state."}
}

// RuleIDs lists the ids of all rules in the order in which they are asked.
func (j *Judge) RuleIDs() []string {
	var ids []string
	ids = appendIDs(ids, j.network)
	ids = appendIDs(ids, j.peering)
	ids = appendIDs(ids, j.azureVNet)
	return appendIDs(ids, j.privateDNS)
}

func appendIDs[F any](ids []string, rules []rule[F]) []string {
	for _, r := range rules {
		ids = append(ids, r.id)
	}
	return ids
}

// always is the condition of the last rule of a list.
func always[F any](F) bool { return true }

// step makes a next step that does not depend on the facts.
func step[F any](kind NextKind, text string) func(F) Next {
	return func(F) Next { return Next{Kind: kind, Text: text} }
}

// tooLong reports whether a state has lasted beyond its limit. An unknown start
// counts as none.
func tooLong(since, now time.Time, limit time.Duration) bool {
	return !since.IsZero() && now.Sub(since) > limit
}
