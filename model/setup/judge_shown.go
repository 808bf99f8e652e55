package setup

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Readers of both clouds learn of a write late: a list may leave out for minutes what is
// there, or show it and hide it again. So what was not shown is told with the looks that
// did not show it, and never as what is not there. Source: recordings of Azure, in which a
// role is missing from its list seconds after it was written.

// Looks is what was looked at for one thing, and for how long.
type Looks struct {
	// Ways are the looks that did not show it: "the list by its name". Places are where
	// each of them looked, empty where the way says it.
	Ways, Places []string
	// Unread is what could not be looked at, and may have it: subscriptions by their id.
	Unread []safe.Text
	For    time.Duration
}

// Text says where was looked, as half a sentence.
func (l Looks) Text() string {
	const most = 8
	text := "not shown by " + phrase.And(l.Ways)
	if len(l.Places) > 0 {
		text += " in " + phrase.Few(l.Places, most)
	}
	if l.For > 0 {
		text += " within " + phrase.Span(l.For)
	}
	if len(l.Unread) > 0 {
		names := make([]string, len(l.Unread))
		for i, u := range l.Unread {
			names[i] = u.String()
		}
		text += "; not looked in, because you may not read it: " + phrase.Few(names, most)
	}
	return text
}

// Unseen is something that a service says exists already, and that no look has shown.
type Unseen struct {
	Kind    model.ObjectKind
	Name    safe.Text
	Said    model.Failure // the refusal
	Looks   Looks
	Request Request
}

// Judge says what is known of it, and who can find it. A second one is never made of it:
// the first is there, whatever the lists say.
func (u Unseen) Judge() Checked {
	said := u.Said.Code.Or("409").String()
	if id := u.Said.RequestID.Or(u.Said.TraceID.String()); !id.IsEmpty() {
		said += ", request " + id.String()
	}
	cause := fmt.Sprintf("A %s %s exists already, says %s (%s), and it is %s.", u.Kind, u.Name, u.by(), said, u.Looks.Text())
	c := warning("setup-exists-unseen", phrase.Capital(string(u.Kind)), cause, u.next())
	c.About = string(u.Kind) + " " + u.Name.String()
	return c
}

func (u Unseen) by() string {
	if u.Kind == model.ObjectRole || u.Kind == model.ObjectAssignment {
		return "Azure"
	}
	return "Konnect"
}

func (u Unseen) next() finding.Next {
	ref := u.Request.VNet
	switch u.Kind {
	case model.ObjectRole:
		return finding.Next{
			Kind: finding.NextAdmin,
			Text: fmt.Sprintf("Look again in some minutes. If it stays so, send this to whoever administers the tenant: \"Please find the custom role %s of tenant %s, which is in a subscription that I cannot see, and add /subscriptions/%s to its assignable scopes.\" Or give this set-up another role name.",
				u.Name, ref.TenantID, ref.SubscriptionID),
			Command: "az role definition list --custom-role-only true --name " + model.ShellQuote(u.Name.String()),
		}
	case model.ObjectAssignment:
		return finding.Next{
			Kind:    finding.NextAdmin,
			Text:    fmt.Sprintf("Look again in some minutes. If it stays so, have whoever is Owner of %s look for it.", ref.Name),
			Command: "az role assignment list --scope " + model.ShellQuote(ref.ID().String()) + " --include-inherited --output table",
		}
	default:
		return konnect("Look again in some minutes, and in Konnect, at the networking of " + u.Request.Network.String() + ".")
	}
}

// AnswerLost is for a request whose answer never came: what it should have made was not
// shown since, which does not say that it is not there.
func AnswerLost(kind model.ObjectKind, name safe.Text, l Looks) Checked {
	c := warning("setup-answer-lost", phrase.Capital(string(kind)),
		fmt.Sprintf("Konnect was asked for the %s %s, and what became of that is not known: it is %s.", kind, name, l.Text()),
		konnect("Look in Konnect before it is asked for again: two would be worse than none."))
	c.About = string(kind) + " " + name.String()
	return c
}

// Unsteady is for something that was written and that some looks show and others do not:
// it is there, and has not reached every reader yet.
func Unsteady(kind model.ObjectKind, name safe.Text, shown, looks int, d time.Duration) Checked {
	c := warning("setup-shown-unsteadily", phrase.Capital(string(kind)),
		fmt.Sprintf("Azure took the %s %s, and %d of %d looks in %s showed it: it is there, and some readers do not know of it yet.", kind, name, shown, looks, phrase.Span(d)),
		finding.Next{Kind: finding.NextWait, Text: "What needs it may be refused for some minutes, and is sent again."})
	c.About, c.Asks = string(kind)+" "+name.String(), false
	return c
}

// NotShown is the failure for something that was written and that no look has shown since.
func NotShown(kind model.ObjectKind, name safe.Text, l Looks) model.Failure {
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "read back " + string(kind), Subject: name, Finding: "setup-not-shown", Retryable: true,
		Cause: safe.New("Azure took it, and it is " + l.Text()),
		Cure:  "Retry in some minutes: what is there is found, and nothing is made twice.",
	}
}

// OtherAssignment is the failure for an assignment that has the id which this set-up gives
// it and is another one: Azure does not change the principal, the role or the scope of one.
func OtherAssignment(want, there model.RoleAssignment) model.Failure {
	var other []string
	for _, d := range []struct {
		what      string
		want, has safe.Text
		same      bool
	}{
		{"principal", want.PrincipalID, there.PrincipalID, want.PrincipalID.EqualFold(there.PrincipalID)},
		{"role", want.RoleDefinitionID, there.RoleDefinitionID, model.SameRole(want.RoleDefinitionID, there.RoleDefinitionID)},
		{"scope", want.Scope, there.Scope, want.Scope.EqualFold(there.Scope)},
	} {
		if !d.same {
			other = append(other, fmt.Sprintf("the %s is %s and not %s", d.what, d.has, d.want))
		}
	}
	return model.Failure{
		Kind: model.FailureConflict, Operation: "assign role", Subject: model.LastSegment(want.Scope), Finding: "setup-assignment-other",
		Cause: safe.New("there is an assignment " + model.LastSegment(there.ID).Raw() + " in its place: " + strings.Join(other, ", ")),
		Cure:  "Find out who made it and what for. Azure changes neither principal, role nor scope of an assignment, so this set-up cannot use it.",
	}
}

// PeeringGone is the failure for a peering that a run watches and that is not shown any
// more, neither by its id nor by the list.
func PeeringGone(name safe.Text, l Looks) model.Failure {
	return model.Failure{
		Kind: model.FailureNotFound, Operation: "watch peering", Subject: name, Finding: "setup-peering-gone",
		Cause: safe.New("the peering is not there any more, " + l.Text() + ": somebody deleted it, or its network"),
		Cure:  "Retry the run from its beginning to make it again.",
	}
}

// NetworkGone is the failure for a network that was there when the run began.
func NetworkGone(f model.Failure, network safe.Text) model.Failure {
	f.Finding = "setup-network-gone"
	f.Subject = network.Or(f.Subject.Raw())
	f.Cause, f.Cure = safe.New("the network is not there any more"), "Choose another network."
	return f
}

// StillThere is the failure for something that was deleted and does not go.
func StillThere(kind model.ObjectKind, name safe.Text, d time.Duration) model.Failure {
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "remove " + string(kind), Subject: name, Finding: "setup-still-there", Retryable: true,
		Cause: safe.New("its deletion was taken, and it is still shown after " + phrase.Span(d)),
		Cure:  "Retry: it is looked at again before anything is sent. If it stays, look at it where it is.",
	}
}

// ListNotWhole is the failure for a list of Konnect that has holes, where a missing item
// would lead to a second object, or to a wrong "there is none".
func ListNotWhole(what string, network safe.Text, would string) model.Failure {
	return model.Failure{
		Kind: model.FailureContract, Operation: "list " + what, Subject: network, Finding: "setup-list-not-whole", Retryable: true,
		Cause: safe.New("the list is not whole, so " + would), Cure: "Retry in a moment.",
	}
}

// NoNetwork is the failure for a name that no network has, of those that the token may see.
func NoNetwork(want safe.Text, among int) model.Failure {
	return model.Failure{
		Kind: model.FailureNotFound, Operation: "find network", Subject: want, Finding: "setup-network",
		Cause: safe.New(fmt.Sprintf("Konnect has no network %s among the %d that this token may see", want, among)),
		Cure:  "Check the name; it is compared letter by letter.",
	}
}

// SeveralNetworks is the failure for a name that more than one network has.
func SeveralNetworks(want safe.Text, n int) model.Failure {
	return model.Failure{
		Kind: model.FailureInvalid, Operation: "find network", Subject: want, Finding: "setup-network",
		Cause: safe.New(fmt.Sprintf("%d networks have the name %s", n, want)), Cure: "Give the id of the one that is meant.",
	}
}

// NothingToWatch is the failure for a run that comes to watching without a peering.
func NothingToWatch() model.Failure {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "watch peering", Finding: "setup-without",
		Cause: safe.New("there is no peering to watch"), Cure: "Retry the run from its beginning.",
	}
}

// NothingToAssign is the failure for a role assignment without its principal or its role,
// because the step that finds it was skipped.
func NothingToAssign(vnet safe.Text, principal bool) model.Failure {
	f := model.Failure{
		Kind: model.FailureConflict, Operation: "assign role", Subject: vnet, Finding: "setup-without",
		Cause: safe.New("there is no role to assign, because its step was skipped"),
		Cure:  "Retry the run when the role is there, or skip this step if somebody else assigns it.",
	}
	if !principal {
		f.Cause = safe.New("the object id of Kong's application is not known, because the consent was skipped")
		f.Cure = "Retry the run when the consent is given, or skip this step if somebody else assigns the role."
	}
	return f
}

// SecondRole is the question whether to make a role of another name beside one that was
// read and may not be changed.
func SecondRole(there, second, code safe.Text) string {
	return fmt.Sprintf("The role %s is in a subscription where you may not change it (%s). Instead, a role %s can be made for this subscription alone.", there, code, second)
}

// Stopped is the failure for a refusal that a check explains: what it found is why.
func Stopped(operation string, subject safe.Text, c Checked, refused model.Failure) model.Failure {
	refused.Kind, refused.Operation, refused.Subject, refused.Retryable = model.FailureConflict, operation, subject, false
	refused.Finding, refused.Cause, refused.Cure = c.Code, safe.New(c.Cause), c.Next.Line()
	return refused
}
