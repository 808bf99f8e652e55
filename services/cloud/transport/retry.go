package transport

import (
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Retry returns the retry options for reading calls of whoever asks again and again,
// such as the watcher. They hide a blink, and no more: see [attempt.Blink].
func Retry() policy.RetryOptions {
	blink := attempt.Blink()
	return policy.RetryOptions{
		MaxRetries: int32(blink.Tries - 1), RetryDelay: blink.First, MaxRetryDelay: blink.Most, //nolint:gosec // it is 1
		ShouldRetry: func(resp *http.Response, err error) bool { return blink.Passes(met(resp, err)) },
	}
}

// Once returns the retry options for writing calls, because after a fault nobody knows
// whether the first one took effect, and for all calls of whoever tries again in sight
// of a person, with package attempt.
func Once() policy.RetryOptions { return policy.RetryOptions{MaxRetries: -1} }

// met is what a request has met, as far as it decides whether it is sent again.
func met(resp *http.Response, err error) model.Failure {
	if err != nil {
		return WireFailure(err, "", "")
	}
	kind, retryable := StatusKind(resp.StatusCode)
	return model.Failure{Kind: kind, Retryable: retryable}
}
