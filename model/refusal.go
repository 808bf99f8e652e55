package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// A service refuses with a code of its own. What the code means, whether the same request
// may be answered otherwise later, who must act and what can be sent to them stands in one
// table: the refusals. Everybody who describes an answer asks it, so that one code is told
// in one way, and what is said to pass is what is tried again.

// The statuses of HTTP that refuse. Source: RFC 9110, RFC 6585.
const (
	statusInvalid       = 400
	statusSignIn        = 401
	statusPayment       = 402
	statusForbidden     = 403
	statusNotFound      = 404
	statusTimeout       = 408
	statusConflict      = 409
	statusGone          = 410
	statusPrecondition  = 412
	statusUnprocessable = 422
	statusThrottled     = 429
	statusBroken        = 500
	statusNetworkSignIn = 511 // the network wants to be signed in to
)

// RefusedCall is what is known of a call that was refused, for the words of it.
type RefusedCall struct {
	Service      string    // how people call it: Azure, Graph, Konnect
	Tenant       safe.Text // that was signed in to; empty where there is none
	Subscription safe.Text // its id, empty where it is not known
	Place        safe.Text // what the call is about, as people call it
	Write        bool      // it would have changed something
	Creates      bool      // it would have made something new
	// Action is the action of Azure that a read takes and the role Reader lacks, because it is
	// asked by a POST; empty where Reader is enough.
	Action string
	Object ObjectKind
	Role   string         // of Konnect that the call takes; empty for those of networks
	Token  string         // where another token of Konnect comes from, as a clause
	Source IdentitySource // of the sign-in, empty where it is not known
	Scope  string         // that a token was asked for
	Client safe.Text      // the id of the application that signs in, empty for none
}

// refusal is one row of the table. Texts may have the words of [RefusedCall.fill].
type refusal struct {
	codes  []string    // of the service; none: any of the status
	status int         // 0: any
	says   []string    // parts of the message, in small letters, one of which is in it; none: any
	write  bool        // for writes alone
	kind   FailureKind // empty: as the status says
	// finding is the code under which the catalogue explains it; empty where another one
	// than this row says what is so, or where nothing more than the kind is known.
	finding finding.Code
	// passes: the same request may be answered otherwise later, without anybody acting.
	// It is what [Failure.Retryable] becomes, so nothing else is tried again.
	passes passing
	cause  string // empty: the service's own words, with the code
	cure   string
	// command is what can be pasted; the cure ends with it. App and appCommand stand in
	// their place where an application signs in, at which nobody can answer a question.
	command, app, appCommand string
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
	f.Cause, f.Detail = f.Cause.Secretless(), f.Detail.Secretless()
	if strings.HasPrefix(string(f.Finding), "sign-in-") && c.Service != entra {
		return f // said already, by who knows what was signed in with
	}
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
	cure, command := words.Replace(r.cure), words.Replace(r.command)
	if r.app != "" && c.Source.IsApplication() {
		cure, command = words.Replace(r.app), words.Replace(r.appCommand)
	}
	if command != "" {
		cure = strings.TrimSpace(cure + " Run: " + command)
	}
	f.Command = f.Cloud.Fit(command)
	if r.send != "" {
		sentence := words.Replace(r.send) + f.reference()
		cure = strings.TrimSpace(cure + " Send this to " + words.Replace(r.who) + ": \"" + sentence + "\"")
	}
	f.Cure = f.Cloud.Fit(cure)
	if f.Finding == "" || isRefusal(f.Finding) {
		f.Finding = r.finding
	}
	f.Retryable = r.passes.of(c)
	return f
}

// row finds what the table says of a refusal. One without a row for its code is told by
// its status.
func (f Failure) row(c RefusedCall) (refusal, bool) {
	if f.ofWay() {
		return refusal{}, false // whoever answered, it was not the service
	}
	if c.Service == string(WriteKonnect) && f.Code.IsEmpty() {
		if r, found := f.ofKonnect(c); found {
			return r, true
		}
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
	if !r.said(f.Detail.Or(f.Cause.Raw()).Raw()) {
		return false
	}
	if len(r.codes) == 0 {
		return f.Status >= statusInvalid && f.Status < statusBroken
	}
	for _, code := range r.codes {
		if strings.EqualFold(code, f.Code.Raw()) || code == anyOfEntra && strings.HasPrefix(f.Code.Raw(), anyOfEntra) {
			return true
		}
	}
	return false
}

// said reports whether a message says what the row is for.
func (r refusal) said(message string) bool {
	message = strings.ToLower(message)
	return len(r.says) == 0 || slices.ContainsFunc(r.says, func(part string) bool { return strings.Contains(message, part) })
}

// isRefusal reports whether a code is that of a row of the table, which a second look may
// tell more closely.
func isRefusal(code finding.Code) bool {
	return strings.HasPrefix(string(code), "refused-") || strings.HasPrefix(string(code), "sign-in-")
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

// entra is the service of a sign-in, for the words of a refusal.
const entra = "Entra"

// anyOfEntra is in a row for every code of Entra's that no other row knows.
const anyOfEntra = "AADSTS"

// fill puts what is known of a refusal into a text.
func (c RefusedCall) fill(f Failure) *strings.Replacer {
	message := f.Detail.Raw()
	do := "read"
	if c.Write {
		do = "change"
	}
	subscription := "the subscription"
	if !c.Subscription.IsEmpty() {
		subscription = "the subscription " + c.Subscription.String()
	}
	tenant := c.Tenant.Or("the tenant").String()
	login := loginCommand(c.Tenant)
	scoped := login
	if c.Scope != "" {
		scoped += " --scope " + ShellQuote(c.Scope)
	}
	policies := "an Azure Policy"
	if len(f.Policies) > 0 {
		policies = "the Azure Policy " + phrase.And(phrase.Strings(f.Policies))
	}
	namespace := provider(message)
	role := c.Role
	if role == "" {
		role = "Network Admin for dedicated cloud gateways"
	}
	return strings.NewReplacer(
		"{service}", c.Service, "{tenant}", tenant, "{subscription}", subscription, "{sub}", strings.TrimPrefix(subscription, "the "), "{subscription-id}", ShellQuote(c.Subscription.Or("SUBSCRIPTION").String()),
		"{place}", c.Place.Or("this").String(), "{do}", do, "{code}", f.Code.Or("no code").String(), "{login}", login, "{scoped}", scoped, "{client}", ShellQuote(c.Client.Or("APPLICATION-ID").String()), "{source}", c.Source.Words(), "{policies}", policies,
		"{message}", strings.TrimRight(f.Detail.Or(f.Cause.Raw()).String(), ". "), "{token}", c.Token, "{role}", role, "{provider}", safe.Clean(namespace), "{roles}", c.roles(), "{reading}", c.reading(),
		"{principal}", safe.Clean(principal(message)), "{kong-app}", KongAppID, "{app-roles}", linkEntraRoles, "{azure-roles}", linkAzureRoles,
		"{locked}", quoted(message, "locked: '").Or("what its message names").String(), "{deny}", quoted(message, "deny assignment with name '").Or("that its message names").String(),
		"{linked}", quoted(message, "linked scope(s) '").Or("those that its message names: "+message).String(),
	)
}

// reading is what a read takes, for a sentence. What is asked by a POST is an action, which
// Reader (*/read) does not have. Source: Azure's built-in roles.
func (c RefusedCall) reading() string {
	if c.Action == "" {
		return "the role Reader"
	}
	return "a role with the action " + c.Action + " (Network Contributor has it, Reader has not; a custom role with it alone is enough)"
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

// principal takes the id of a principal out of a message, as the tools take it: Azure leaves
// out its dashes.
func principal(message string) string {
	_, rest, found := strings.Cut(message, "Principal ")
	id, _, _ := strings.Cut(rest, " ")
	id = strings.ToLower(strings.Trim(id, "'"))
	if !found || strings.Trim(id, "0123456789abcdef-") != "" {
		return "OBJECT-ID"
	}
	if len(id) == 32 {
		return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
	}
	return id
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
