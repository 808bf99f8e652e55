package model

import (
	"strings"

	"peerdeck/model/phrase"
	"peerdeck/model/safe"
)

// A service refuses with a code of its own. What the code means, whether the same request
// may be answered otherwise later, who must act and what can be sent to them stands in one
// table: the refusals. Everybody who describes an answer asks it, so that one code is told
// in one way, and what is said to pass is what is tried again.

// The statuses of HTTP that refuse. Source: RFC 9110, RFC 6585.
const (
	statusInvalid       = 400
	statusSignIn        = 401
	statusForbidden     = 403
	statusNotFound      = 404
	statusTimeout       = 408
	statusConflict      = 409
	statusGone          = 410
	statusPrecondition  = 412
	statusUnprocessable = 422
	statusThrottled     = 429
	statusBroken        = 500
)

// RefusedCall is what is known of a call that was refused, for the words of it.
type RefusedCall struct {
	Service      string    // how people call it: Azure, Graph, Konnect
	Tenant       safe.Text // that was signed in to; empty where there is none
	Subscription safe.Text // its id, empty where it is not known
	Place        safe.Text // what the call is about, as people call it
	Write        bool      // it would have changed something
	Creates      bool      // it would have made something new
	Object       ObjectKind
	Token        string // where another token of Konnect comes from, as a clause
}

// refusal is one row of the table. Texts may have the words of [RefusedCall.fill].
type refusal struct {
	codes  []string    // of the service; none: any of the status
	status int         // 0: any
	says   string      // a part of the message, in small letters; empty for any
	write  bool        // for writes alone
	kind   FailureKind // empty: as the status says
	// passes: the same request may be answered otherwise later, without anybody acting.
	// It is what [Failure.Retryable] becomes, so nothing else is tried again.
	passes passing
	cause  string // empty: the service's own words, with the code
	cure   string
	// who must act, where it is somebody else than the reader, and the sentence that can be
	// sent to them as it is.
	who, send string
}

// passing says for which calls a refusal passes by itself.
type passing int

const (
	stays passing = iota
	passes
	passesWrites  // what was written just now is not known everywhere yet
	passesChanges // somebody else is changing the same; not where something new was to be made
)

func (p passing) of(c RefusedCall) bool {
	switch p {
	case passes:
		return true
	case passesWrites:
		return c.Write
	case passesChanges:
		return c.Write && !c.Creates
	case stays:
		return false
	default:
		return false
	}
}

// refusals is the table, the narrower rows first. Sources: Microsoft's troubleshooting
// pages of Azure RBAC, Azure Policy, resource locks and providers; Entra's list of AADSTS
// codes; Konnect's contract; recordings of all of them.
func refusals() []refusal {
	var out []refusal
	for _, part := range [][]refusal{refusedSignIn(), refusedRights(), refusedByRules(), refusedRoles(), refusedAssignments(), refusedDirectory(), refusedPlaces(), refusedByKonnect(), refusedByStatus()} {
		out = append(out, part...)
	}
	return out
}

// Explain says what a refusal means: its kind, its cause in plain words, what to do about
// it or whom to send what, and whether it may pass. What is no refusal stays as it is. It
// may be called again, when more is known of the call.
func (f Failure) Explain(c RefusedCall) Failure {
	r, found := f.row(c)
	if !found {
		return f
	}
	words := c.fill(f)
	if r.kind != "" {
		f.Kind = r.kind
	}
	switch {
	case r.cause != "":
		f.Cause = safe.New(words.Replace(r.cause))
	case f.Status != 0 && !f.Detail.IsEmpty():
		f.Cause = safe.New(strings.TrimSuffix(f.Detail.Raw()+" ("+f.Code.Raw()+")", " ()"))
	}
	cure := words.Replace(r.cure)
	if r.send != "" {
		sentence := words.Replace(r.send) + f.reference()
		cure = strings.TrimSpace(cure + " Send this to " + words.Replace(r.who) + ": \"" + sentence + "\"")
	}
	f.Cure = f.Cloud.Fit(cure)
	f.Retryable = r.passes.of(c)
	return f
}

// row finds what the table says of a refusal. One without a row for its code is told by
// its status.
func (f Failure) row(c RefusedCall) (refusal, bool) {
	if r, found := konnectStatus(f.Status); found && c.Service == string(WriteKonnect) && f.Code.IsEmpty() {
		return r, true
	}
	if f.Status == statusThrottled {
		return refusal{}, false // it says itself when it may be asked again
	}
	for _, r := range refusals() {
		if r.fits(f, c) {
			return r, true
		}
	}
	return refusal{}, false
}

func (r refusal) fits(f Failure, c RefusedCall) bool {
	if r.status != 0 && r.status != f.Status || (r.write && !c.Write) {
		return false
	}
	if !strings.Contains(strings.ToLower(f.Detail.Raw()), r.says) {
		return false
	}
	if len(r.codes) == 0 {
		return f.Status >= statusInvalid && f.Status < statusBroken
	}
	for _, code := range r.codes {
		if strings.EqualFold(code, f.Code.Raw()) {
			return true
		}
	}
	return false
}

// reference is the id under which the service's own people find the request.
func (f Failure) reference() string {
	ids := []string{}
	if !f.Code.IsEmpty() {
		ids = append(ids, f.Code.String())
	}
	if !f.RequestID.IsEmpty() {
		ids = append(ids, "request "+f.RequestID.String())
	}
	if !f.TraceID.IsEmpty() {
		ids = append(ids, "trace "+f.TraceID.String())
	}
	if len(ids) == 0 {
		return ""
	}
	return " (" + strings.Join(ids, ", ") + ")"
}

// fill puts what is known of a refusal into a text.
func (c RefusedCall) fill(f Failure) *strings.Replacer {
	message := f.Detail.Raw()
	do := "read"
	if c.Write {
		do = "change"
	}
	subscription := "the subscription"
	if !c.Subscription.IsEmpty() {
		subscription = "the subscription " + c.Subscription.Raw()
	}
	tenant := c.Tenant.Or("the tenant").Raw()
	login := "az login"
	if !c.Tenant.IsEmpty() {
		login += " --tenant " + ShellQuote(c.Tenant.String())
	}
	policies := "an Azure Policy"
	if len(f.Policies) > 0 {
		policies = "the Azure Policy " + phrase.And(phrase.Strings(f.Policies))
	}
	namespace := provider(message)
	return strings.NewReplacer(
		"{service}", c.Service, "{tenant}", tenant, "{subscription}", subscription, "{sub}", strings.TrimPrefix(subscription, "the "), "{subscription-id}", ShellQuote(c.Subscription.Or("SUBSCRIPTION").String()),
		"{place}", c.Place.Or("this").Raw(), "{do}", do, "{code}", f.Code.Or("no code").Raw(), "{login}", login, "{policies}", policies,
		"{message}", strings.TrimRight(f.Detail.Or(f.Cause.Raw()).Raw(), ". "), "{token}", c.Token, "{provider}", namespace, "{roles}", c.roles(),
		"{locked}", quoted(message, "locked: '").Or("what its message names").Raw(), "{deny}", quoted(message, "deny assignment with name '").Or("that its message names").Raw(),
		"{linked}", quoted(message, "linked scope(s) '").Or("those that its message names: "+message).Raw(),
	)
}

// roles are those that may do what was refused.
func (c RefusedCall) roles() string {
	const both = "Owner or User Access Administrator"
	switch {
	case !c.Write:
		return "Reader"
	case c.Object == ObjectAssignment:
		return both + ", or Role Based Access Control Administrator"
	default:
		return both
	}
}

// quoted takes what stands in quotes behind some words of a message; empty for nothing.
func quoted(message, behind string) safe.Text {
	_, rest, found := strings.Cut(message, behind)
	text, _, ended := strings.Cut(rest, "'")
	if !found || !ended {
		return safe.Text{}
	}
	return safe.New(text)
}

// provider takes the namespace of a resource provider out of a message.
func provider(message string) string {
	for _, word := range strings.FieldsFunc(message, func(r rune) bool { return strings.ContainsRune(" '\"/,;()", r) }) {
		if name, ok := strings.CutPrefix(word, "Microsoft."); ok && name != "" {
			return "Microsoft." + strings.TrimRight(name, ".")
		}
	}
	return "Microsoft.Network"
}
