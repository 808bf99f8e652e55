package model_test

import (
	"errors"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Each kind of failure has its entry in the catalogue, and only what may have reached the
// service leaves it open whether a change was made.
func TestFailureKinds(t *testing.T) {
	kinds := map[model.FailureKind]struct {
		code   finding.Code
		unsure bool
	}{
		model.FailureAuth:        {"failure-auth", false},
		model.FailurePermission:  {"failure-permission", false},
		model.FailureNotFound:    {"failure-not-found", false},
		model.FailureConflict:    {"failure-conflict", false},
		model.FailureInvalid:     {"failure-invalid", false},
		model.FailureThrottled:   {"failure-throttled", false},
		model.FailureUnreachable: {"failure-unreachable", true},
		model.FailureTimeout:     {"failure-timeout", true},
		model.FailureServer:      {"failure-server", true},
		model.FailureContract:    {"failure-contract", true},
		model.FailureCancelled:   {"failure-cancelled", true},
		model.FailureBug:         {"failure-bug", true},
	}
	seen := map[finding.Code]bool{}
	for kind, want := range kinds {
		f := model.Failure{Kind: kind}
		e, found := finding.Lookup(string(f.FindingCode()))
		if f.FindingCode() != want.code || !found || e.Subject != finding.OfFailure || f.Unsure() != want.unsure {
			t.Errorf("%s: %s, in the catalogue %v as one of %q, unsure %v", kind, f.FindingCode(), found, e.Subject, f.Unsure())
		}
		seen[want.code] = true
	}
	for _, e := range finding.Entries() {
		if e.Subject == finding.OfFailure && !seen[e.Code] && !e.Retired() {
			t.Errorf("%s is of no kind", e.Code)
		}
	}
	if f, is := model.AsFailure(errors.New("what is this")); !is || f.FindingCode() != "failure-bug" || f.Cause.String() != "what is this" {
		t.Errorf("an error that nobody described is %+v", f)
	}
}
