package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// Describe puts an error of the service or of the way to it into words, as far as
// they are the same for every operation. The caller names the operation and the
// subject, and explains the codes of its own.
func (c *Client) Describe(err error, tenant safe.Text) model.Failure {
	return c.describe(err, tenant).In(c.service.cloud)
}

func (c *Client) describe(err error, tenant safe.Text) model.Failure {
	if f, ok := errors.AsType[model.Failure](err); ok {
		return f
	}
	if isRefusedHere(err) {
		return model.Failure{
			Kind: model.FailureContract, Cause: safe.New(err.Error()),
			Cure: model.CureNotSent,
		}
	}
	if why, ok := isNoList(err); ok {
		return c.Unreadable(why)
	}
	if answer, ok := errors.AsType[*azcore.ResponseError](err); ok {
		return c.answered(answer, tenant)
	}
	var (
		failed   *azidentity.AuthenticationFailedError
		required *azidentity.AuthenticationRequiredError
	)
	if errors.As(err, &failed) || errors.As(err, &required) || signin.IsRefusal(err) {
		return signin.Failure(err, tenant)
	}
	var (
		syntax *json.SyntaxError
		shape  *json.UnmarshalTypeError
	)
	if errors.As(err, &syntax) || errors.As(err, &shape) || strings.Contains(err.Error(), "unmarshalling type") {
		return transport.Unreadable(lastLine(err), 0, string(c.service.name), c.host())
	}
	return transport.WireFailure(err, string(c.service.name), c.host())
}

func (c *Client) host() string {
	if u, err := url.Parse(c.base); err == nil {
		return u.Host
	}
	return c.base
}

// Empty describes an answer without anything in it.
func (c *Client) Empty() model.Failure { return transport.Empty(string(c.service.name), c.host()) }

// Unreadable describes an answer that says that all is well and does not hold
// what was asked for.
func (c *Client) Unreadable(why string) model.Failure {
	return transport.Unreadable(errors.New(why), 0, string(c.service.name), c.host())
}

// lastLine is what the decoder says, without what the SDK puts around it.
func lastLine(err error) error {
	if _, after, found := strings.Cut(err.Error(), ": "); found && strings.Contains(err.Error(), "unmarshalling type") {
		return errors.New(after)
	}
	return err
}

// Decode reads the body of a good answer.
func (c *Client) Decode(body []byte, into any) error {
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 || bytes.Equal(trimmed, []byte("null")) {
		return c.Empty()
	}
	if err := json.Unmarshal(trimmed, into); err != nil {
		return transport.Unreadable(err, len(trimmed), string(c.service.name), c.host())
	}
	return nil
}

// answered describes an error that the service sent. The SDK's own text is a
// block of lines with the whole body in it; what is taken is the code and the
// message.
func (c *Client) answered(e *azcore.ResponseError, tenant safe.Text) model.Failure {
	kind, retryable := transport.StatusKind(e.StatusCode)
	f := model.Failure{Kind: kind, Retryable: retryable, Status: e.StatusCode, Code: safe.New(e.ErrorCode)}
	var body problem
	if e.RawResponse != nil {
		header := e.RawResponse.Header
		f.RequestID = safe.New(header.Get("X-Ms-Correlation-Request-Id")).Or(header.Get("Request-Id"))
		if payload, err := runtime.Payload(e.RawResponse); err == nil {
			_ = json.Unmarshal(payload, &body) // a proxy's answer has no such body
		}
		f.Detail, f.Policies = body.Error.Message, body.policies()
		if kind == model.FailureThrottled || kind == model.FailureServer {
			rest := transport.RetryAfter(header, c.now())
			f.RetryAfter, f.Cure = rest, transport.LaterCure(kind, rest)
		}
	}
	f.Cause = safe.New(strings.TrimSuffix(fmt.Sprintf("%s (%s)", body.Error.Message.Or(http.StatusText(e.StatusCode)).Raw(), e.ErrorCode), " ()"))
	if e.StatusCode == http.StatusUnauthorized && e.RawResponse != nil && c.tokens != nil {
		if claims := signin.Claims(e.RawResponse.Header); claims != "" {
			wanted := c.tokens.Challenge(tenant, c.service.Scope(), claims)
			wanted.RequestID = f.RequestID
			return wanted
		}
	}
	call := model.RefusedCall{Service: string(c.service.name), Tenant: tenant}
	if c.tokens != nil {
		call.Source = c.tokens.Identity(tenant).Source
	}
	f = f.Explain(call)
	if e.RawResponse != nil {
		f = f.ByClock(string(c.service.name), safe.New(c.host()), transport.ClockOf(e.RawResponse.Header, c.now()))
	}
	return f
}
