package transport

import (
	"crypto/tls"
	"errors"
	"net/http"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

// Retries inside one call are few and short: whoever asks again and again, the
// watcher, has a slower and visible back-off of its own.
const (
	extraTries = 1
	retryDelay = 300 * time.Millisecond
	retryLimit = 2 * time.Second
)

// Retry returns the retry options for reading calls. A fault that may pass is
// met with one more try; 429 is not, because a service that asks for fewer
// requests must not get another one at once.
func Retry() policy.RetryOptions {
	return policy.RetryOptions{
		MaxRetries: extraTries, RetryDelay: retryDelay, MaxRetryDelay: retryLimit, ShouldRetry: shouldRetry,
	}
}

// Once returns the retry options for writing calls: after a fault nobody knows
// whether the first one took effect, so the caller looks before it asks again.
func Once() policy.RetryOptions { return policy.RetryOptions{MaxRetries: -1} }

func shouldRetry(resp *http.Response, err error) bool {
	if err != nil {
		var untrusted *tls.CertificateVerificationError
		return !errors.Is(err, ErrTooLarge) && !errors.As(err, &untrusted)
	}
	switch resp.StatusCode {
	case http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return false
	}
}
