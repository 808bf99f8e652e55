package model_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What a recording does not tell is neither gone nor refused nor down.
func TestWhatIsNotInARecording(t *testing.T) {
	for name, f := range map[string]model.Failure{
		"a request": model.NotRecorded("GET", "/subscriptions/s?api-version=1"), "a sign-in": model.NotSignedInRecorded(safe.New("t")),
		"a person": model.NoSignInToRecording(safe.New("t")),
	} {
		if e, found := finding.Lookup(string(f.FindingCode())); !found || e.Code != "not-in-recording" {
			t.Errorf("%s has the code %s", name, f.FindingCode())
		}
		if f.Kind == model.FailureNotFound || f.Kind == model.FailurePermission || f.Kind == model.FailureServer || f.Cure == "" || !strings.Contains(f.Cause.String(), "recording") {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if f := model.NotRecorded("GET", "/a?secret=1"); strings.Contains(f.Error(), "secret") || f.Retryable {
		t.Errorf("%+v", f)
	}
}
