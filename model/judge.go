package model

import "github.com/peerdeck/peerdeck/model/finding"

// Judge holds the rules. Each list is read from the top; the first rule whose
// condition holds decides, and the last one of each always does.
type Judge struct {
	network    []rule[NetworkFacts]
	whose      []rule[PeeringFacts]
	peering    []rule[PeeringFacts]
	privateDNS []rule[PrivateDNSFacts]
}

type rule[F any] struct {
	code     finding.Code
	when     func(F) bool
	severity Severity
	word     string
	say      func(F) string
	next     func(F) finding.Next
	because  func(F) finding.Code // nil: no failure stands behind it
}

// NewJudge returns a judge with all rules.
func NewJudge() *Judge {
	return &Judge{
		network:    networkRules(),
		whose:      whoseRules(),
		peering:    peeringRules(),
		privateDNS: privateDNSRules(),
	}
}

func decide[F any](rules []rule[F], facts F) finding.Finding {
	for _, r := range rules {
		if !r.when(facts) {
			continue
		}
		v := finding.Finding{Code: r.code, Severity: r.severity, Word: r.word, Cause: r.say(facts)}
		if r.next != nil {
			v.Next = r.next(facts)
		}
		if r.because != nil {
			v.Because = r.because(facts)
		}
		return v
	}
	return finding.Finding{Code: "none", Severity: SeverityUnknown, Word: "not known", Cause: "peerdeck has no rule for this state."}
}

// Codes lists the codes of all rules in the order in which they are asked.
func (j *Judge) Codes() []finding.Code {
	var codes []finding.Code
	codes = appendCodes(codes, j.network)
	codes = appendCodes(codes, j.peering)
	return appendCodes(codes, j.privateDNS)
}

func appendCodes[F any](codes []finding.Code, rules []rule[F]) []finding.Code {
	for _, r := range rules {
		codes = append(codes, r.code)
	}
	return codes
}

// always is the condition of the last rule of a list.
func always[F any](F) bool { return true }

// step makes a next step that does not depend on the facts.
func step[F any](kind finding.NextKind, text string) func(F) finding.Next {
	return func(F) finding.Next { return finding.Next{Kind: kind, Text: text} }
}
