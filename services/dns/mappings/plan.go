package mappings

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Plan is one change of a resolver's map, made from a look at it. It is a value: what it
// would send can be shown, and a plan that was made from an older look is refused.
type Plan struct {
	Target dnstable.Target // without a resolver: one is made
	// Now is the look that the plan is made from; zero where the network has no resolver.
	Now     model.PrivateDNS
	Rows    []dnstable.Row // the whole table, as it is to be
	Without []string       // members that peerdeck does not know and that are not sent back
	// Delete removes the resolver itself, and with it whatever its table holds.
	Delete bool
}

// Change lists what becomes of each domain.
func (p Plan) Change() []dnstable.Change { return dnstable.Diff(rowsOf(p.Now), p.sent()) }

// sent are the rows as they are written.
func (p Plan) sent() []dnstable.Row {
	if p.Delete {
		return nil
	}
	return sendable(p.Rows, p.Now)
}

// Between tells what the versions before the write and in its answer say of somebody who
// wrote in between; empty for nothing. They are hints: Konnect does not say what it
// counts.
func (p Plan) Between(answer model.PrivateDNS) string {
	switch was, is := p.Now.EntityVersion, answer.EntityVersion; {
	case was == 0 || is == 0 || is == was+1:
		return ""
	case is <= was:
		return fmt.Sprintf("The version did not rise with the write (%d, it was %d); the content is compared.", is, was)
	default:
		return fmt.Sprintf("The version rose from %d to %d with one write: somebody else may have written between the look and the write, and what they wrote then may be overwritten.", was, is)
	}
}

// sameMap reports whether two looks at a resolver show the same: domains, servers and
// their order, spelling, and what peerdeck does not know. The version is no part of it:
// it may rise without a change, or stay with one.
func sameMap(a, b model.PrivateDNS) bool {
	return a.ID == b.ID && dnstable.Same(rowsOf(a), rowsOf(b)) && slices.Equal(a.Unknown, b.Unknown)
}

// name is that of the network, for a sentence.
func (p Plan) name() safe.Text { return p.Target.NetworkName.Or(p.Target.Network.Raw()) }

// failure makes a failure of the change.
func (p Plan) failure(kind model.FailureKind, cause, cure string) model.Failure {
	return model.Failure{Kind: kind, Operation: "apply the mapping table of", Subject: p.name(), Cause: safe.New(cause), Cure: cure}
}

// deleted is the failure of a change whose resolver is not there any more.
func (p Plan) deleted() model.Failure {
	f := p.failure(model.FailureNotFound, "the resolver was deleted meanwhile", "Your edits are kept: apply them as a new resolver, or export them.")
	f.Subject = p.Target.ResolverName.Or(p.Target.Resolver.Raw())
	return f
}

// Beside says of a plan that made a resolver which others the network has, among those that a
// list shows; empty for none. Before it was made there was none, so somebody else has made them
// in the same moment.
func (p Plan) Beside(list []model.PrivateDNS, made safe.Text) string {
	var others []string
	for _, d := range list {
		if stays(d) && d.ID != made {
			others = append(others, d.Name.Or("one without a name").String())
		}
	}
	if !p.Target.Resolver.IsEmpty() || len(others) == 0 {
		return ""
	}
	return fmt.Sprintf("The network has another outbound resolver now (%s), which somebody else has made at the same time. Kong does not say which of several is asked: look at both tables, and agree with them on one.", phrase.And(others))
}
