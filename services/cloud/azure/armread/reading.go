// Package armread reads resources of Azure Resource Manager: one by its id, lists page by
// page, and what Azure has to find out first. It tries again in sight of whoever reads, and
// puts what cannot be read into gaps, each part by itself. It only reads.
package armread

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Reading is one reading of what lies around a VNET. The client below it must not try again
// by itself.
type Reading struct {
	Rest   *rest.Client
	Waiter attempt.Waiter // hears of each wait, from several goroutines
	Ref    model.VNetRef
	// Shared is what others read at the same time; nil for nobody.
	Shared *Shared
}

// Get reads one thing and decodes it. What may pass is asked for again.
func (r Reading) Get(ctx context.Context, address string, into any) error {
	body, err := Try(ctx, r, func(ctx context.Context) ([]byte, error) {
		return r.Rest.Get(ctx, r.Ref.TenantID, address)
	})
	if err != nil {
		return err
	}
	return r.Rest.Decode(body, into)
}

// Glance reads one thing once: what stands beside the rest of the facts, and is not worth
// waiting for.
func (r Reading) Glance(ctx context.Context, address string, into any) error {
	body, err := r.Rest.Get(ctx, r.Ref.TenantID, address)
	if err != nil {
		return err
	}
	return r.Rest.Decode(body, into)
}

// Ask asks with a POST for what Azure tells to no GET, and decodes it.
func (r Reading) Ask(ctx context.Context, address string, body, into any) error {
	got, err := Try(ctx, r, func(ctx context.Context) ([]byte, error) {
		return r.Rest.Ask(ctx, r.Ref.TenantID, address, body)
	})
	if err != nil {
		return err
	}
	return r.Rest.Decode(got, into)
}

// Try asks until it is answered, or will not be.
func Try[T any](ctx context.Context, r Reading, f func(context.Context) (T, error)) (T, error) {
	return attempt.Do(ctx, attempt.Once(), r.Waiter, func(ctx context.Context) (T, error) {
		got, err := f(ctx)
		if err == nil {
			return got, nil
		}
		return got, r.describe(err)
	})
}

func (r Reading) describe(err error) model.Failure {
	failure := r.Rest.Describe(err, r.Ref.TenantID)
	if failure.Operation == "" {
		failure.Operation = "read Azure"
	}
	return failure
}

// How long an answer that Azure has to find out first is waited for: so many looks at most,
// between which Azure is left alone for as long as it asks, but within these bounds.
const (
	mostLooks  = 60
	leastPause = time.Second
	usualPause = 2 * time.Second
	mostPause  = 10 * time.Second
)

// Await asks for what Azure has to find out first, waits for it in sight of whoever reads,
// and decodes it.
func (r Reading) Await(ctx context.Context, what, address string, into any) error {
	return r.AwaitOf(ctx, what, address, nil, into)
}

// AwaitOf is the same for a question that has a body; nil for none.
func (r Reading) AwaitOf(ctx context.Context, what, address string, body, into any) error {
	op, err := Try(ctx, r, func(ctx context.Context) (*rest.Operation, error) {
		return r.Rest.Begin(ctx, r.Ref.TenantID, address, body)
	})
	if err != nil {
		return err
	}
	working := attempt.Begin(attempt.Policy{Tries: mostLooks, Steady: true, First: usualPause, Most: usualPause}, r.Waiter)
	for !op.Over() {
		again, err := Try(ctx, r, op.Look)
		if err != nil {
			return err
		}
		if op.Over() {
			break
		}
		pause := min(max(again, leastPause), mostPause)
		if again == 0 {
			pause = usualPause
		}
		err = working.Again(ctx, model.Failure{
			Kind: model.FailureTimeout, Retryable: true, RetryAfter: pause, Operation: "wait for", Subject: safe.New(what),
			Cause: safe.New("Azure is still finding it out"), Cure: model.CureStartAgain,
		})
		if err != nil {
			return err
		}
	}
	answer, err := op.Result(ctx)
	if err != nil {
		return r.describe(err)
	}
	return r.Rest.Decode(answer, into)
}

// Gap puts an error into words. Subject is empty for a whole part.
func (r Reading) Gap(part azurenet.Part, what string, subject safe.Text, err error) azurenet.Gap {
	f := r.Rest.Describe(err, r.Ref.TenantID)
	name := safe.New(what)
	f.Operation, f.Subject = "read", name
	action := actionOf(part)
	if action != "" && part != azurenet.PartEffective {
		name = r.Ref.Name // it is asked of the VNET, and the right is one on it
	}
	f = f.Explain(model.RefusedCall{Service: string(model.WriteARM), Tenant: r.Ref.TenantID, Subscription: r.Ref.SubscriptionID, Place: name, Action: action})
	if Gone(f) {
		f.Cause = safe.New(fmt.Sprintf("Azure has no more %s (%s)", what, f.Code.Raw()))
		f.Cure = model.CureMoved
	}
	return azurenet.Gap{Part: part, Subject: subject, Failure: f}
}

// actionOf is the action that a part takes which Azure is asked for by a POST: Reader does
// not have it.
func actionOf(part azurenet.Part) string {
	switch part {
	case azurenet.PartAdminRules:
		return "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action"
	case azurenet.PartEffective:
		return "Microsoft.Network/networkInterfaces/effectiveRouteTable/action and effectiveNetworkSecurityGroups/action"
	default:
		return ""
	}
}

// Gone reports whether Azure says that a thing is not there.
func Gone(f model.Failure) bool {
	switch f.Code.Raw() {
	case "ResourceNotFound", "ResourceGroupNotFound", "NotFound":
		return true
	default:
		return false
	}
}

// TooMany is why things behind a bound were not read.
func TooMany() error {
	return model.Failure{Kind: model.FailureInvalid, Cause: safe.New("the subscription has more than are read at once"), Cure: model.CurePortal}
}

// Under is the address of something under an ARM id, with the version of its API.
func (r Reading) Under(id safe.Text, below, version string) (string, error) {
	at, err := Path(id)
	return r.Rest.URL(at+below, url.Values{"api-version": {version}}), err
}

// OfSubscription is the address of a list of a subscription's resources of the network.
func (r Reading) OfSubscription(subscription safe.Text, kind, version string) (string, error) {
	return r.Under(safe.New("/subscriptions/"+subscription.Raw()), "/providers/Microsoft.Network/"+kind, version)
}
