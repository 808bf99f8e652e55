package run_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// A peering that is in error because ranges overlap is told with that once: by the finding
// of the peering, which knows of the overlap, and not by the check of the ranges too.
func TestAnOverlapIsSaidOnce(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	request := p.home("acme-data", "rg-billing", "vnet-billing")
	request.Network, request.Peering, request.DNS = safe.New("us-prod"), safe.New("billing"), setup.DNSNone
	run := p.start(p.runner, request, nobody)
	p.must(run, setup.RunFailed)
	s := run.Step(setup.StepPreflight)
	said := 0
	for _, f := range s.Findings {
		if strings.Contains(f.Cause, "10.8.64.0/20 of vnet-billing") {
			said++
		}
	}
	if n := strings.Count(s.Failure.Cause.String(), "10.8.64.0/20 of vnet-billing"); said != 1 || n != 1 {
		t.Errorf("said by %d findings, and %d times in the failure", said, n)
	}
}
