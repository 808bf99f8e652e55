package bundle

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Failure is a [model.Failure] as a bundle holds it.
type Failure struct {
	Kind       model.FailureKind `json:"kind"`
	Operation  string            `json:"operation,omitempty"`
	Subject    safe.Text         `json:"subject,omitzero"`
	Cause      safe.Text         `json:"cause,omitzero"`
	Detail     safe.Text         `json:"detail,omitzero"`
	Cure       string            `json:"cure,omitempty"`
	Command    string            `json:"command,omitempty"` // that the cure names
	Cloud      azurecloud.Cloud  `json:"cloud,omitempty"`   // of Azure, which the cure is for
	Unsent     bool              `json:"unsent,omitempty"`
	Retryable  bool              `json:"retryable,omitempty"`
	RetryAfter Duration          `json:"retry_after,omitzero"`
	Status     int               `json:"status,omitempty"`
	Code       safe.Text         `json:"code,omitzero"` // the service's own
	Finding    finding.Code      `json:"finding,omitempty"`
	TraceID    safe.Text         `json:"trace_id,omitzero"`
	RequestID  safe.Text         `json:"request_id,omitzero"`
	Invalid    []Invalid         `json:"invalid,omitempty"`
	Policies   []safe.Text       `json:"policies,omitempty"`
}

// Invalid is a field that Konnect refused.
type Invalid struct {
	Field  safe.Text `json:"field"`
	Rule   safe.Text `json:"rule"`
	Reason safe.Text `json:"reason"`
}

// FailureOf is a failure for a bundle.
func FailureOf(f model.Failure) *Failure {
	out := &Failure{
		Kind: f.Kind, Operation: f.Operation, Subject: f.Subject, Cause: f.Cause, Detail: f.Detail, Cure: f.Cure,
		Command: f.Command, Cloud: f.Cloud, Unsent: f.Unsent,
		Retryable: f.Retryable, RetryAfter: Duration(f.RetryAfter), Status: f.Status, Code: f.Code, Finding: f.Finding,
		TraceID: f.TraceID, RequestID: f.RequestID, Policies: f.Policies,
	}
	for _, p := range f.Invalid {
		out.Invalid = append(out.Invalid, Invalid(p))
	}
	return out
}

// Model is the failure for the program.
func (f Failure) Model() model.Failure {
	out := model.Failure{
		Kind: f.Kind, Operation: f.Operation, Subject: f.Subject, Cause: f.Cause, Detail: f.Detail, Cure: f.Cure,
		Command: f.Command, Cloud: f.Cloud, Unsent: f.Unsent,
		Retryable: f.Retryable, RetryAfter: time.Duration(f.RetryAfter), Status: f.Status, Code: f.Code, Finding: f.Finding,
		TraceID: f.TraceID, RequestID: f.RequestID, Policies: f.Policies,
	}
	for _, p := range f.Invalid {
		out.Invalid = append(out.Invalid, model.InvalidParameter(p))
	}
	return out
}
