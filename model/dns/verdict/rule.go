package verdict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
)

// rule is a row of the table of symptoms: what the catalogue's entry with its code is
// about is looked for in a case.
type rule struct {
	code finding.Code
	// when returns the finding, or false. One that has a code already is what a cloud's
	// own facts say: it stands as it is.
	when func(c Case) (symptom, bool)
}

// symptom is a finding under way.
type symptom struct{ finding.Finding }

// Diagnose returns what there is to say of a case: what stops everything first, then what
// is broken, what could not be found out and what is worth a note, the surer before the less sure, and otherwise in
// the order in which a person would look. What Konnect and Azure say of the network, its
// peering, its resolver and the servers stands there in their own findings.
func Diagnose(c Case) []finding.Finding { return c.findings(rules()) }

// findings are what the clouds say, and what some rules do.
func (c Case) findings(of []rule) []finding.Finding {
	list := c.clouds()
	for _, f := range c.ofAzure() {
		list = list.with(ranked{f, rankNeeds})
	}
	for _, r := range of {
		s, fits := r.when(c)
		if !fits {
			continue
		}
		f := s.Finding
		if f.Code == "" {
			f = c.finished(f, r.code)
		}
		rank := rankNeeds
		switch {
		case !f.NeedsPerson():
			rank = rankNote
		case f.Severity == finding.Unknown:
			rank = rankDoubt
		}
		list = list.with(ranked{f, rank})
	}
	return c.rowChanges(list.sorted())
}

// Codes are the codes of the table of symptoms, in the order in which a person would look:
// the table, the way, the answers. Numbers up to 28 are those of the notes; 4, 5 and 26
// are not given any more, because the clouds' own findings say more.
func Codes() []finding.Code {
	var out []finding.Code
	for _, r := range rules() {
		out = append(out, r.code)
	}
	return out
}

func rules() []rule {
	return slices.Concat(tableRules(), cloudRules(), gatewayRules(), wayRules(), privateRules(), placeRules(), codeRules(), faultRules(), answerRules(), replicaRules(), transportRules(), timeRules())
}

// finished gives the finding of a symptom its code, a whole sentence, and the command that
// its step needs or that shows more.
func (c Case) finished(f finding.Finding, code finding.Code) finding.Finding {
	f.Code, f.Word, f.Cause = code, f.Severity.String(), sentence(f.Cause)
	if f.Next.Command == "" && len(f.Servers) > 0 && !c.Name.IsEmpty() {
		f.Next.Command = digs(f.Servers, c.Name, code == codeNotHere || code == codeSilent)
	}
	switch {
	case f.Next.Kind != finding.NextNone || f.Severity == finding.OK:
	case f.Next.Command != "":
		f.Next.Kind = finding.NextCommand
	default:
		f.Next.Kind = finding.NextAdmin
	}
	return f
}

// found begins a finding.
func found(c finding.Confidence, s finding.Severity, cause string, args ...any) symptom {
	return symptom{finding.Finding{Confidence: c, Severity: s, Cause: fmt.Sprintf(cause, args...)}}
}

// next adds the next step.
func (s symptom) next(format string, args ...any) symptom {
	s.Next.Text = fmt.Sprintf(format, args...)
	return s
}

// sort says which sort of next step it is.
func (s symptom) sort(k finding.NextKind) symptom {
	s.Next.Kind = k
	return s
}

// run adds the command of the next step.
func (s symptom) run(command string) symptom {
	s.Next.Command = command
	return s
}

// at names the servers.
func (s symptom) at(reports ...Report) symptom {
	for _, r := range reports {
		s.Servers = append(s.Servers, r.Server)
	}
	return s
}

// without notes a fact that is missing. A finding that rests on it is only possible.
func (s symptom) without(what, why string) symptom {
	s.Missing = append(s.Missing, what+" is not known: "+why)
	return s
}

// none is what a rule returns that does not fit.
func none() (symptom, bool) { return symptom{}, false }

// sentence begins a clause with a capital letter, unless it begins with a name, and ends
// it with a full stop.
func sentence(clause string) string {
	first, _, _ := strings.Cut(clause, " ")
	if clause == "" {
		return ""
	}
	if !strings.ContainsAny(first, ".:") && clause[0] >= 'a' && clause[0] <= 'z' {
		clause = strings.ToUpper(clause[:1]) + clause[1:]
	}
	return strings.TrimRight(clause, ". ") + "."
}
