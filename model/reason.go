package model

import (
	"slices"
	"strings"
	"unicode"

	"github.com/peerdeck/peerdeck/model/safe"
)

// reasonKind is what a reason of Konnect's is about, as far as its text tells.
type reasonKind int

const (
	reasonNone         reasonKind = iota // Konnect gave none
	reasonUnknown                        // it says something that peerdeck does not know
	reasonLock                           // a lock of Azure's
	reasonDeny                           // a deny assignment
	reasonPolicy                         // a policy
	reasonSubscription                   // a subscription that is disabled or read-only
	reasonLinked                         // no rights across tenants or subscriptions
	reasonThrottled                      // too many requests
	reasonLimit                          // a limit or quota is reached
	reasonProvider                       // a resource provider that is not registered
	reasonNoTenant                       // no such tenant
	reasonConsent                        // no application or service principal in the tenant
	reasonNoSubscription
	reasonNoGroup
	reasonNoVNet
	reasonOverlap // address ranges that meet
	reasonLeft    // a disconnected half is in the way
	reasonTaken   // another peering leads there
	reasonRights  // no rights
	reasonBusy    // another write was under way
	reasonTimeout
	reasonBroken // the service failed
)

// reasonSigns are the signs of one kind. Konnect does not say whether it hands Azure's own
// errors on, puts them into words of its own, or both: so codes and plain words are read.
type reasonSigns struct {
	kind  reasonKind
	codes []string   // parts of a code, in small letters
	words [][]string // groups; all words of one group must be there, in any order
}

// reasonTable is read from the top; codes of the whole table are looked for before words,
// because they leave less room for a mistake.
func reasonTable() []reasonSigns {
	missing := []string{"not found", "could not be found", "cannot be found", "does not exist", "doesn't exist", "not exist", "no such", "was deleted", "has been deleted"}
	gone := func(what ...string) [][]string {
		var groups [][]string
		for _, w := range what {
			for _, m := range missing {
				groups = append(groups, []string{w, m})
			}
		}
		return groups
	}
	return []reasonSigns{
		{reasonLock, []string{"scopelocked"}, [][]string{{"resource lock"}, {"management lock"}, {"locked", "scope"}, {"locked", "resource"}, {"is locked"}, {"cannotdelete"}, {"a lock"}, {"readonly lock"}, {"read only lock"}, {"delete lock"}}},
		{reasonDeny, []string{"denyassignment"}, [][]string{{"deny assignment"}, {"deny assignments"}}},
		{reasonPolicy, []string{"disallowedbypolicy", "policyviolation"}, [][]string{{"by policy"}, {"azure policy"}, {"policy", "disallowed"}, {"policy", "denied"}, {"policy", "not allowed"}, {"policies", "disallowed"}}},
		{reasonSubscription, []string{"disabledsubscription", "subscriptionisdisabled", "subscriptiondisabled", "subscriptionnotactive"}, [][]string{{"subscription", "disabled"}, {"subscription", "read only"}, {"subscription", "readonly"}, {"subscription", "suspended"}, {"subscription", "past due"}, {"subscription", "not active"}, {"subscription", "expired"}}},
		{reasonThrottled, []string{"toomanyrequests", "throttl", "ratelimit"}, [][]string{{"429"}, {"too many requests"}, {"rate limit"}, {"rate limited"}, {"rate exceeded"}}},
		{reasonProvider, []string{"missingsubscriptionregistration", "subscriptionnotregistered"}, [][]string{{"not registered", "namespace"}, {"not registered", "provider"}}},
		{reasonNoTenant, []string{"aadsts90002", "invalidauthenticationtokentenant", "tenantnotfound"}, gone("tenant", "directory")},
		{reasonConsent, []string{"aadsts", "principalnotfound", "unauthorized_client", "invalid_client", "serviceprincipal", "consent_required"}, [][]string{{"service principal"}, {"consent"}, {"application", "not found"}, {"application", "disabled"}, {"principal", "does not exist"}}},
		{reasonLinked, []string{"linkedauthorizationfailed", "linkedaccesscheckfailed", "linkedauthorization"}, [][]string{{"linked", "authorization"}, {"linked", "authorized"}, {"linked", "access"}, {"linked subscription"}}},
		{reasonLimit, []string{"limitexceeded", "limitreached", "quotaexceeded", "exceedslimit", "exceededlimit"}, [][]string{{"quota"}, {"limit", "exceeded"}, {"limit", "exceeds"}, {"limit", "reached"}, {"maximum", "number"}, {"maximum", "peerings"}, {"too many peerings"}}},
		{reasonNoSubscription, []string{"subscriptionnotfound", "invalidsubscriptionid", "missingsubscription"}, gone("subscription")},
		{reasonNoGroup, []string{"resourcegroupnotfound"}, gone("resource group", "resourcegroup")},
		{reasonLeft, []string{"remotepeeringisdisconnected", "peeringisdisconnected"}, [][]string{{"disconnected"}}},
		{reasonTaken, []string{"anotherpeeringalreadyreferences"}, [][]string{{"another peering"}, {"already", "peered"}, {"peering", "already exists"}, {"already references"}}},
		{reasonOverlap, []string{"addressspacesoverlap", "addressspaceoverlaps", "overlap"}, [][]string{{"same address space"}, {"address space", "conflict"}, {"address space", "conflicts"}, {"cidr", "conflict"}, {"cidr", "conflicts"}}},
		{reasonNoVNet, []string{"resourcenotfound", "invalidresourcereference", "virtualnetworknotfound", "vnetnotfound"}, append(gone("virtual network", "vnet", "virtualnetworks", "resource"), []string{"404"}, []string{"notfound"})},
		{reasonRights, []string{"authorizationfailed", "accessdenied", "insufficientprivileges", "authorization_requestdenied"}, [][]string{{"not authorized"}, {"not have authorization"}, {"unauthorized"}, {"forbidden"}, {"403"}, {"permission"}, {"permissions"}, {"access denied"}, {"access is denied"}, {"insufficient privileges"}, {"not have access"}, {"role assignment"}}},
		{reasonBusy, []string{"referencedresourcenotprovisioned", "anotheroperationinprogress", "retryableerror", "operationpreempted", "conflictingconcurrentwrite"}, [][]string{{"another operation"}, {"in progress"}, {"not provisioned"}, {"not in succeeded state"}, {"being updated"}, {"busy"}, {"try again later"}, {"retry later"}}},
		{reasonTimeout, []string{"timeout", "timedout", "deadlineexceeded"}, [][]string{{"timed out"}, {"time out"}, {"deadline exceeded"}, {"504"}}},
		{reasonBroken, []string{"internalservererror", "serviceunavailable", "internalerror"}, [][]string{{"internal server error"}, {"internal error"}, {"service unavailable"}, {"500"}, {"502"}, {"503"}, {"unexpected error"}}},
	}
}

// readReason finds what a reason, and the status beside it, are about. Names are those of
// the objects around, which may well be called after anything: they are no signs.
func readReason(status, reason safe.Text, names ...safe.Text) reasonKind {
	whole := strings.TrimSpace(status.Raw() + " " + reason.Raw())
	switch {
	case reason.IsEmpty() && !telling(status):
		return reasonNone
	case whole == "":
		return reasonNone
	}
	text := withoutNames(strings.ToLower(whole), names)
	table := reasonTable()
	for _, signs := range table {
		if slices.ContainsFunc(signs.codes, func(c string) bool { return strings.Contains(text, c) }) {
			return signs.kind
		}
	}
	plain := plainWords(text)
	for _, signs := range table {
		for _, group := range signs.words {
			if !slices.ContainsFunc(group, func(w string) bool { return !strings.Contains(plain, " "+w+" ") }) {
				return signs.kind
			}
		}
	}
	return reasonUnknown
}

// telling reports whether a status beside a state says more than that something is wrong.
func telling(status safe.Text) bool {
	return !status.IsEmpty() && !slices.Contains([]string{"invalid", "error", "failed", "failure"}, strings.ToLower(status.Raw()))
}

// withoutNames takes paths of resources and the given names out of a text.
func withoutNames(text string, names []safe.Text) string {
	for _, n := range names {
		text = withoutName(text, strings.ToLower(n.Raw()))
	}
	fields := strings.Fields(text)
	for i, f := range fields {
		fields[i], _, _ = strings.Cut(f, "/subscriptions/")
	}
	return strings.Join(fields, " ")
}

// withoutName takes a name out where it stands by itself.
func withoutName(text, name string) string {
	if name == "" {
		return text
	}
	inWord := func(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' }
	var out strings.Builder
	for {
		at := strings.Index(text, name)
		if at < 0 {
			return out.String() + text
		}
		end := at + len(name)
		out.WriteString(text[:at])
		if at > 0 && inWord(text[at-1]) || end < len(text) && inWord(text[end]) {
			out.WriteString(name)
		} else {
			out.WriteByte(' ')
		}
		text = text[end:]
	}
}

// plainWords is a text of small letters as words between single spaces, with a space at
// both ends.
func plainWords(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	for i, w := range words {
		words[i] = strings.Trim(w, "'")
	}
	return " " + strings.Join(words, " ") + " "
}
