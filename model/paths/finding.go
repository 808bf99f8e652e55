package paths

import (
	"cmp"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The codes of the findings that paths give by themselves.
const (
	CodeInternet    finding.Code = "path-internet"
	CodeUnmapped    finding.Code = "path-unmapped"
	CodePrivateLink finding.Code = "path-privatelink"
	CodeUnreachable finding.Code = "path-unreachable"
	CodeOwnRange    finding.Code = "path-own-range"
	CodeSpecial     finding.Code = "path-special-address"
	CodeBadHost     finding.Code = "path-bad-host"
	CodeReference   finding.Code = "path-reference"
	CodeBadPort     finding.Code = "path-bad-port"
	CodeNoTarget    finding.Code = "path-no-target"
	CodeNotCarried  finding.Code = "path-not-carried"
	CodePeering     finding.Code = "path-peering"
	CodeNetwork     finding.Code = "path-network"
	CodeResolver    finding.Code = "path-resolver"
	CodeTLSName     finding.Code = "path-tls-name"
	CodePlaneUnread finding.Code = "path-plane-unread"
	CodePlaneGone   finding.Code = "path-plane-gone"
	CodeNameUnasked finding.Code = "path-name-unasked"
	CodeNameFails   finding.Code = "path-name-fails"
	CodeNotKnown    finding.Code = "path-not-known"
)

// found makes a finding.
func found(code finding.Code, s finding.Severity, word, cause string) finding.Finding {
	return finding.Finding{Code: code, Severity: s, Word: word, Cause: sentence(cause)}
}

// next adds a step without a command.
func next(f finding.Finding, kind finding.NextKind, text string) finding.Finding {
	f.Next = finding.Next{Kind: kind, Text: text}
	return f
}

// run adds a step with the command that does it, or that tells more.
func run(f finding.Finding, kind finding.NextKind, text, command string) finding.Finding {
	f.Next = finding.Next{Kind: kind, Text: text, Command: command}
	return f
}

// because is what is not known for a failure: its way out is the next step.
func because(cause string, f model.Failure) finding.Finding {
	out := f.AsFinding()
	out.Because, out.Code, out.Severity, out.Word = out.Code, CodeNotKnown, finding.Unknown, "cannot tell"
	out.Cause = sentence(cause + ": " + f.Cause.Or("it was not read").String())
	return out
}

// sentence makes a sentence of a clause; one that begins with a name keeps it as it is.
func sentence(clause string) string { return azurenet.Sentence(clause) }

// urgent orders findings by how urgent they are.
func urgent(list []finding.Finding) []finding.Finding {
	slices.SortStableFunc(list, func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	return list
}

// quoted is a text in a sentence, cut where it is long.
func quoted(t safe.Text) string {
	const most = 60
	if r := []rune(t.String()); len(r) > most {
		return "\"" + string(r[:most]) + "…\""
	}
	return "\"" + t.String() + "\""
}
