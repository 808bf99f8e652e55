package authorization

import (
	"errors"
	"net/url"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
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
	return f.Explain(model.RefusedCall{
		Service: string(model.WriteARM), Tenant: tenant, Subscription: about.subscription(), Place: about.place(), Write: about.write, Creates: about.write, Object: about.kind,
	})
}

// subscription is the one that the scope is in, empty for a management group.
func (a about) subscription() safe.Text {
	_, rest, found := strings.Cut(a.scope.Raw(), "/subscriptions/")
	if !found {
		return safe.Text{}
	}
	id, _, _ := strings.Cut(rest, "/")
	return safe.New(id)
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
