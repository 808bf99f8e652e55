package azure

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/services/azure/signin"
	"peerdeck/services/transport"
)

// IsNoVNet reports whether a failure means that the VNET, or its resource group,
// is not there. Azure says so only to who may look.
func IsNoVNet(f model.Failure) bool {
	switch f.Code.Raw() {
	case "ResourceNotFound", "ResourceGroupNotFound", "NotFound":
		return f.Kind == model.FailureNotFound
	default:
		return false
	}
}

func (c *Client) failure(err error, ref model.VNetRef) model.Failure {
	f := c.describe(err, ref)
	f.Operation, f.Subject = "read VNET", ref.Name
	return f
}

func (c *Client) describe(err error, ref model.VNetRef) model.Failure {
	if answer, ok := errors.AsType[*azcore.ResponseError](err); ok {
		return answered(answer, ref)
	}
	var (
		failed   *azidentity.AuthenticationFailedError
		required *azidentity.AuthenticationRequiredError
		signIn   interface{ NonRetriable() }
	)
	if errors.As(err, &failed) || errors.As(err, &required) || errors.As(err, &signIn) {
		return signin.Failure(err, ref.TenantID)
	}
	var (
		syntax *json.SyntaxError
		shape  *json.UnmarshalTypeError
	)
	if errors.As(err, &syntax) || errors.As(err, &shape) || strings.Contains(err.Error(), "unmarshalling type") {
		return noVNetInIt("it cannot be understood")
	}
	host := "Azure"
	if !c.endpoint.IsZero() {
		host = c.endpoint.Host()
	}
	return transport.WireFailure(err, "Azure", host)
}

// noVNetInIt describes an answer that says that all is well and holds no VNET.
func noVNetInIt(why string) model.Failure {
	return model.Failure{
		Kind: model.FailureContract, Retryable: true, Cause: safe.New("the answer is no VNET: " + why),
		Cure: "Something between here and Azure may have answered, such as a proxy's sign-in page; peerdeck keeps trying.",
	}
}

// answered describes an error that Azure sent. The SDK's own text is a block of
// lines with the whole body in it; what is taken is the code and the message.
func answered(e *azcore.ResponseError, ref model.VNetRef) model.Failure {
	kind, retryable := transport.StatusKind(e.StatusCode)
	f := model.Failure{Kind: kind, Retryable: retryable, Status: e.StatusCode, Code: safe.New(e.ErrorCode)}
	var body struct {
		Error struct {
			Message safe.Text `json:"message"`
		} `json:"error"`
	}
	if e.RawResponse != nil {
		f.RequestID = safe.New(e.RawResponse.Header.Get("X-Ms-Correlation-Request-Id"))
		if payload, err := runtime.Payload(e.RawResponse); err == nil {
			_ = json.Unmarshal(payload, &body) // a proxy's answer has no such body
		}
		if kind == model.FailureThrottled || kind == model.FailureServer {
			f.RetryAfter = transport.RetryAfter(e.RawResponse.Header, time.Now())
		}
	}
	f.Cause = safe.New(fmt.Sprintf("%s (%s)", body.Error.Message.Or(http.StatusText(e.StatusCode)).Raw(), e.ErrorCode))
	explain(&f, ref)
	return f
}

// explain puts Azure's codes into words. Azure's own messages name ids of a
// hundred characters before they come to the point.
func explain(f *model.Failure, ref model.VNetRef) {
	login := "Run az login --tenant " + model.ShellQuote(ref.TenantID.String()) + ", or sign in with a device code."
	switch f.Code.Raw() {
	case "AuthorizationFailed", "LinkedAuthorizationFailed":
		f.Cause = safe.New(fmt.Sprintf("you may not read %s (%s)", ref.Name.Raw(), f.Code.Raw()))
		f.Cure = fmt.Sprintf("Ask its administrator for the role Reader on %s; a role that was activated just now takes minutes.", ref.Name)
	case "InvalidAuthenticationTokenTenant":
		f.Kind = model.FailureAuth
		f.Cause = safe.New("the sign-in is for another tenant than " + ref.TenantID.Raw())
		f.Cure = login
	case "ExpiredAuthenticationToken", "InvalidAuthenticationToken", "AuthenticationFailed":
		f.Kind = model.FailureAuth
		f.Cause = safe.New("Azure refuses the sign-in (" + f.Code.Raw() + ")")
		f.Cure = login
	case "SubscriptionNotFound", "InvalidSubscriptionId":
		f.Cause = safe.New(fmt.Sprintf("Azure knows no subscription %s, or does not show it to you", ref.SubscriptionID.Raw()))
		f.Cure = "Check the subscription id of the peering, and that you are signed in to its tenant."
	case "ResourceNotFound", "ResourceGroupNotFound", "NotFound":
		f.Cure = "Check the names; it may have been deleted."
	default:
		if f.Kind == model.FailureThrottled || f.Kind == model.FailureServer {
			f.Cure = "peerdeck tries again by itself."
		}
	}
}
