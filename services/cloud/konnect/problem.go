package konnect

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// problem is Konnect's error body, application/problem+json. What a control plane tells its
// data planes is refused in another form: a message, with details of it.
type problem struct {
	Message  safe.Text `json:"message"`
	Details  details   `json:"details"`
	Title    safe.Text `json:"title"`
	Detail   safe.Text `json:"detail"`
	Instance safe.Text `json:"instance"`
	Invalid  []struct {
		Field  safe.Text `json:"field"`
		Rule   safe.Text `json:"rule"`
		Reason safe.Text `json:"reason"`
	} `json:"invalid_parameters"`
}

// details say which fields a message is about. Of another form they are none.
type details []struct {
	Type     safe.Text `json:"type"`
	Field    safe.Text `json:"field"`
	Messages words     `json:"messages"`
}

// UnmarshalJSON reads the details.
func (d *details) UnmarshalJSON(data []byte) error {
	type plain details
	var list plain
	if json.Unmarshal(data, &list) == nil {
		*d = details(list)
	}
	return nil
}

func (c *Client) wireFailure(err error, r call) model.Failure {
	if source, ok := errors.AsType[sourceError](err); ok {
		return model.NoKonnectToken(safe.New(source.Error()), c.tokenHelp())
	}
	return transport.WireFailure(err, "Konnect", r.base.Host())
}

func (c *Client) tokenHelp() string {
	return "make one at cloud.konghq.com/global/account/tokens and put it where this one came from (" + c.token.Describe() + ")."
}

// refusal describes an answer that is no success.
func (c *Client) refusal(r call, resp *http.Response, body []byte) model.Failure {
	var p problem
	_ = json.Unmarshal(body, &p) // an answer of a proxy has no problem body
	kind, retryable := transport.StatusKind(resp.StatusCode)
	f := model.Failure{Kind: kind, Retryable: retryable, Status: resp.StatusCode, TraceID: p.Instance}
	f.Cause = cause(resp.StatusCode, p)
	for _, i := range p.Invalid {
		f.Invalid = append(f.Invalid, model.InvalidParameter{Field: i.Field, Rule: i.Rule, Reason: i.Reason})
	}
	for _, d := range p.Details {
		f.Invalid = append(f.Invalid, model.InvalidParameter{Field: d.Field, Rule: d.Type, Reason: safe.New(phrase.And(phrase.Strings(d.Messages)))})
	}
	if kind == model.FailurePermission && strings.Contains(strings.ToLower(p.Title.Raw()), "quota") {
		f.Code = safe.New(model.CodeQuota)
	}
	switch kind {
	case model.FailureThrottled, model.FailureServer:
		rest := transport.RetryAfter(resp.Header, c.now())
		f.RetryAfter, f.Cure = rest, transport.LaterCure(kind, rest)
		return f
	case model.FailureContract:
		f.Cause = safe.New("Konnect sends this request elsewhere, to " + location(resp))
		f.Cure = model.CureNoFollow
		return f
	default:
		return f.Explain(model.RefusedCall{
			Service: string(model.WriteKonnect), Write: !r.asks && r.method != http.MethodGet, Creates: !r.asks && r.method == http.MethodPost,
			Place: r.place.Or("the network"), Role: r.role, Token: c.tokenHelp(),
		})
	}
}

func cause(status int, p problem) safe.Text {
	text := p.Detail.Or(p.Title.Raw()).Or(p.Message.Raw()).Raw()
	if text == "" {
		text = http.StatusText(status)
	}
	var fields []string
	for _, i := range p.Invalid {
		fields = append(fields, strings.TrimSpace(i.Field.Raw()+" "+strings.TrimPrefix(i.Reason.Raw(), i.Field.Raw()+" ")))
	}
	for _, d := range p.Details {
		fields = append(fields, strings.TrimSpace(d.Field.Raw()+" "+strings.TrimPrefix(phrase.And(phrase.Strings(d.Messages)), d.Field.Raw()+" ")))
	}
	if len(fields) > 0 {
		text += ": " + strings.Join(fields, "; ")
	}
	return safe.New(fmt.Sprintf("%s (%d)", strings.TrimRight(text, ". "), status))
}

// location names the host of a redirect; its path may hold a secret.
func location(resp *http.Response) string {
	if u, err := url.Parse(resp.Header.Get("Location")); err == nil && u.Host != "" {
		return u.Host
	}
	return "another path"
}
