package trace

import (
	"strings"
	"testing"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
)

// A check that failed without a finding of its own is a finding all the same: what is red
// is never passed over.
func TestAFailedCheckThatNothingExplains(t *testing.T) {
	failed := dnsverdict.Failed(dnsverdict.CheckAgreement, "differs: 2 answers")
	unknown := dnsverdict.NotLooked(dnsverdict.CheckName, "no server was asked")
	for code, left := range map[finding.Code][]dnsverdict.Rung{
		"trace-failed":    {unknown, failed},
		"trace-not-known": {unknown},
	} {
		got := Trace{}.ofSteps(left)
		if len(got) != 1 || got[0].Code != code || !got[0].NeedsPerson() || !strings.Contains(strings.ToLower(got[0].Cause), strings.ToLower(left[len(left)-1].Text)) {
			t.Errorf("%s: %+v", code, got)
		}
	}
	if got := (Trace{}).ofSteps(nil); len(got) != 0 {
		t.Errorf("nothing is left, and %+v is found", got)
	}
}
