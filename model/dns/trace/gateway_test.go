package trace_test

import (
	"testing"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Where no server can be asked and the gateway is seen to resolve the name, that is what
// matters first; as soon as a server was heard, the servers do.
func TestTheGatewaysWordConcludesATrace(t *testing.T) {
	t.Parallel()
	seen := finding.Finding{Code: dnsverdict.CodeGatewayResolved, Severity: finding.OK, Cause: "The gateway itself resolved it."}
	silent := dnstrace.Server{Report: dnsverdict.Report{Exchanges: []dnsverdict.Exchange{{Step: dnsverdict.StepSOA, Outcome: dnsverdict.OutcomeSilent}}}}
	heard := dnstrace.Server{Report: dnsverdict.Report{Exchanges: []dnsverdict.Exchange{{Step: dnsverdict.StepSOA, Outcome: dnsverdict.OutcomeAnswered}}}}
	trace := dnstrace.Trace{Query: dnstrace.Read("one.test"), State: dnstrace.Done, Findings: []finding.Finding{seen}, Servers: []dnstrace.Server{silent}}
	if c := trace.Conclusion(); c.Severity != finding.OK || c.Cause != seen.Cause {
		t.Errorf("%+v", c)
	}
	trace.Servers = append(trace.Servers, heard)
	if c := trace.Conclusion(); c.Cause == seen.Cause {
		t.Errorf("%+v", c)
	}
	trace.Servers, trace.Findings[0].Severity = trace.Servers[:1], finding.Unknown
	if c := trace.Conclusion(); c.Severity != finding.Unknown || c.Code != seen.Code {
		t.Errorf("an old trace: %+v", c)
	}
}
