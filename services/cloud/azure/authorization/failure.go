package authorization

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// The roles that may do what a set-up does.
const (
	mayBoth   = "Owner or User Access Administrator"
	mayAssign = mayBoth + ", or Role Based Access Control Administrator"
)

// about is what a request is about, for words.
type about struct {
	operation string
	subject   safe.Text
	scope     safe.Text
	write     bool
	kind      model.ObjectKind
}

// writing makes the words for a write. The subject is what the role is for, as people call it.
func writing(operation string, w model.Write) about {
	path := w.URL.Raw()
	if u, err := url.Parse(path); err == nil {
		path = u.Path
	}
	scope, _, _ := strings.Cut(path, "/providers/Microsoft.Authorization/")
	a := about{operation: operation, scope: safe.New(scope), write: true, kind: w.Kind}
	a.subject = a.place()
	return a
}

// place is the scope as people call it: the last part of its id.
func (a about) place() safe.Text {
	last := model.LastSegment(a.scope)
	if strings.HasSuffix(strings.ToLower(a.scope.Raw()), "/subscriptions/"+strings.ToLower(last.Raw())) {
		return safe.New("the subscription " + last.Raw())
	}
	return last
}

func (c *Client) failure(err error, tenant safe.Text, about about) model.Failure {
	if other, ok := errors.AsType[noObject](err); ok {
		err = c.rest.Unreadable(other.Error())
	}
	f := c.rest.Describe(err, tenant)
	f.Operation, f.Subject = about.operation, about.subject
	if !explainRights(&f, about) && !explainRole(&f, about) {
		explainAssignment(&f, about)
	}
	return f
}

// IsGone reports whether what was to be deleted is not there. A subscription that
// is not shown, or a 404 of something before Azure, does not say so.
func IsGone(f model.Failure) bool {
	switch f.Code.Raw() {
	case "", "SubscriptionNotFound", "InvalidSubscriptionId":
		return false
	default:
		return f.Kind == model.FailureNotFound
	}
}

// explainRights puts refusals into words. Azure says the same to who lacks a role
// and to who has one that is not activated.
func explainRights(f *model.Failure, about about) bool {
	message := f.Cause.Raw()
	switch f.Code.Raw() {
	case "AuthorizationFailed":
		f.Cause = safe.New(fmt.Sprintf("you may not do this on %s (%s)", about.place().Raw(), f.Code.Raw()))
		f.Cure = cureRights(about)
		if strings.Contains(message, "ABAC condition") {
			f.Cause = safe.New(fmt.Sprintf("you may not do this on %s, or a condition on your own role forbids it (%s)", about.place().Raw(), f.Code.Raw()))
			f.Cure += " If your right to assign roles was given with a condition, it may exclude this role or this principal: ask who gave it."
		}
	case "LinkedAuthorizationFailed":
		f.Cause = safe.New(fmt.Sprintf("you may not write this role in all of its scopes: not in %s (%s)", linkedScopes(message), f.Code.Raw()))
		f.Cure = "To change a role you need " + mayBoth + " in every subscription that it names. Ask whoever has it, or give this set-up another role name."
	default:
		return false
	}
	f.Retryable = false
	return true
}

func cureRights(about about) string {
	const activate = " If it is yours through Privileged Identity Management, activate it first; what was given just now takes minutes to act."
	switch {
	case !about.write:
		return "Ask the administrator of " + about.place().String() + " for the role Reader there." + activate
	case about.kind == model.ObjectAssignment:
		return "You need " + mayAssign + " on " + about.place().String() + "." + activate
	default:
		return "You need " + mayBoth + " on " + about.place().String() + "; Role Based Access Control Administrator can assign roles but not make them." + activate
	}
}

// linkedScopes takes the scopes out of Azure's message, which quotes them.
func linkedScopes(message string) string {
	_, rest, found := strings.Cut(message, "linked scope(s) '")
	scopes, _, ended := strings.Cut(rest, "'")
	if !found || !ended {
		return "those that its message names: " + message
	}
	return scopes
}

// explainRole puts the codes of role definitions into words.
func explainRole(f *model.Failure, about about) bool {
	switch f.Code.Raw() {
	case "RoleDefinitionWithSameNameExists":
		f.Kind = model.FailureConflict
		f.Cause = safe.New("the tenant has another role of this name (" + f.Code.Raw() + ")")
		f.Cure = "Names are unique in a tenant, and a role is only shown in the subscriptions that it names: it is in one that was not looked in, or that you cannot see. Add this subscription to it, or give another role name."
	case "RoleDefinitionLimitExceeded":
		f.Cure = "A tenant holds 5000 custom roles. Delete some that nobody uses, or use a role that is there."
	case "RoleDefinitionHasAssignments":
		f.Kind = model.FailureConflict
		f.Cure = "Somebody still has this role. Neither the role nor a scope of it can go before its last assignment there is gone."
	case "RoleDefinitionDoesNotExist":
		f.Kind = model.FailureNotFound
		f.Cause = safe.New("Azure does not know the role, or not yet (" + f.Code.Raw() + ")")
		f.Cure = "A new role takes up to some minutes to be known everywhere. If it stays so, somebody deleted it."
		f.Retryable = about.write
	default:
		return false
	}
	return true
}

// explainAssignment puts the codes of role assignments into words.
func explainAssignment(f *model.Failure, about about) {
	switch f.Code.Raw() {
	case "RoleAssignmentExists":
		f.Kind = model.FailureConflict
		f.Cure = "The principal has this role here already, by an assignment of another name. Nothing is to be done."
	case "RoleAssignmentUpdateNotPermitted":
		f.Kind = model.FailureConflict
		f.Cure = "An assignment of this name is there with another role or principal, and Azure does not change one. Delete it, then try again."
	case "RoleAssignmentLimitExceeded":
		f.Cure = "A subscription holds 4000 role assignments. Remove some that nobody needs; those of principals that are gone count too."
	case "PrincipalNotFound":
		f.Kind = model.FailureNotFound
		f.Cause = safe.New("Azure does not know the service principal, or not yet (" + f.Code.Raw() + ")")
		f.Cure = "A new one takes seconds to minutes to be known. If it stays so, check its object id, and that it is of this tenant."
		f.Retryable = true
	default:
		if f.Status == http.StatusConflict && about.write && f.Cure == "" {
			f.Cure = "Somebody else may be changing the same thing. Look again, then try again."
		}
	}
}
