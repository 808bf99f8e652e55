package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestAllIsProbedOnceWhenThePageOpens(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("P")(s)
		if len(s.tracer.probed) != 1 || s.tracer.probed[0].Network != id("network", "eu-prod") {
			t.Fatalf("probed: %+v", s.tracer.probed)
		}
		s.probes(matrixOf(1, func(m *dnstrace.Matrix) { m.State = dnstrace.Running }))
		s.keys("esc", "P")
		if len(s.tracer.probed) != 1 {
			t.Error("it was asked for again while it ran")
		}
		s.probes(usual())
		s.keys("r")
		if len(s.tracer.probed) != 2 {
			t.Error("r did not ask again")
		}
	})
}

func TestTheLastProbeStandsBesideEachRow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		s.hides("PROBE")
		s.keys("P")
		s.probes(usual())
		s.keys("esc")
		s.shows("PROBE", "✖ silent", "▲ refused", "▲ differ")
		s.keys("a", `"shop.acme.internal"`, "tab", `"10.20.0.4"`, "enter")
		s.shows("○ new")
	})
}

func TestAProbeOfAnEarlierSessionIsShown(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.tracer.last[id("network", "eu-prod")] = usual()
		s.know(dnsWorld())
		onDNS()(s)
		s.shows("PROBE", "✖ silent")
		if s.tracer.askedFor > 2 {
			t.Errorf("the last one was asked for %d times", s.tracer.askedFor)
		}
	})
}

func TestItIsRepeatedAsLongAsThePageIsOpen(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		probed(usual, "R")(s)
		s.shows("every 5 s", "again in")
		s.rest(5 * time.Second)
		if len(s.tracer.probed) != 2 {
			t.Fatalf("probed %d times", len(s.tracer.probed))
		}
		s.rest(time.Minute)
		if len(s.tracer.probed) != 2 {
			t.Error("it was asked for again before the one before was over")
		}
		s.probes(matrixOf(2))
		s.rest(5 * time.Second)
		if len(s.tracer.probed) != 3 {
			t.Errorf("probed %d times", len(s.tracer.probed))
		}
		s.probes(matrixOf(3))
		s.keys("R", "R", "R") // 30 s, 60 s, off
		s.hides("every")
		s.rest(2 * time.Minute)
		if len(s.tracer.probed) != 3 {
			t.Error("it goes on though it was turned off")
		}
		s.keys("R", "esc")
		s.rest(time.Minute)
		if len(s.tracer.probed) != 3 {
			t.Error("it goes on though the page is closed")
		}
	})
}

func TestTheMatrixShowsOnlyWhatIsAskedFor(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		probed(usual)(s)
		s.shows("✖ 3 bad · 4 fine", "corp.acme.internal")
		s.keys("f")
		s.hides("pay.acme.internal")
		s.shows("hr.acme.internal", "old.acme.internal")
		s.keys("esc", "/", `"server:10.20.0.9"`, "enter")
		s.shows("old.acme.internal")
		s.hides("hr.acme.internal")
		s.keys("esc")
		if first := strings.Index(s.frame(), "old.acme"); first < 0 || first > strings.Index(s.frame(), "corp.acme") {
			t.Errorf("the worst is not first:\n%s", s.frame())
		}
	})
}

func TestACellLeadsToItsLadder(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		probed(usual, "s", "right", "enter")(s) // by servers, the second one
		if len(s.tracer.asked) != 1 || s.tracer.asked[0].Text != corp {
			t.Fatalf("asked: %+v", s.tracer.asked)
		}
		s.traces(traceOf(4, corp, []dnsverdict.Report{healthyReport("10.20.0.4", corp, corp, 4, 1, "10.20.3.1"), healthyReport("10.20.0.5", corp, corp, 4, 1, "10.20.3.1")}))
		s.shows("▌● 10.20.0.5")
		s.keys("esc")
		s.shows("probe all", "AGREE")
	})
}

func TestTwoCellsAreHeldAgainstEachOther(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		probed(usual, "s", "j", "d")(s)
		s.shows("db.acme.internal at 10.20.0.4", "query time")
		s.keys("esc", "space", "right", "d")
		s.shows("Two cells", "serial 2026112201 and 2026112198")
		s.keys("esc", "esc")
		s.hides("marked:")
	})
}

func TestTheMatrixIsCopiedAndSaved(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		probed(usual, "ctrl+s", "y")(s)
		if !strings.HasPrefix(s.copied, "domain,server,result") || strings.Count(s.copied, "\n") != 10 {
			t.Errorf("the CSV is:\n%s", s.copied)
		}
		s.keys("ctrl+s", "right", "s", "enter")
		if got := s.tracer.saved["probe-eu-prod.json"]; !strings.Contains(got, `"vantage": "from this machine (VPN)"`) {
			t.Errorf("saved: %v", s.tracer.saved)
		}
		s.shows("Saved to probe-eu-prod.json")
		s.tracer.err = model.Failure{Kind: model.FailureInvalid, Operation: "write the file", Cause: text("file exists"), Cure: "Give another name."}
		s.keys("ctrl+s", "s", "enter")
		s.shows("It was not saved", "Give another name")
	})
}

func TestTheChosenServerStaysOnTheScreen(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		probed(longMatrix)(s)
		for i := range 6 {
			s.keys("right")
			if !strings.Contains(s.frame(), "›") {
				t.Fatalf("after %d the chosen cell is not on the screen:\n%s", i+1, s.frame())
			}
		}
		s.shows("10.20.0.8", "more server")
		for range 6 {
			s.keys("left")
		}
		s.shows("10.20.0.4")
	})
}

// thousand is a matrix of a thousand domains at two servers.
func thousand() dnstrace.Matrix {
	n := dnsWorld().Networks[2]
	m := dnstrace.Matrix{Number: 1, Network: n.ID, NetworkName: n.Name, State: dnstrace.Done, Begun: noon, Ended: noon}
	var rules []dnstrace.Rule
	for i := range 1000 {
		rules = append(rules, dnstrace.Rule{Domain: safe.New(fmt.Sprintf("d%04d.acme.internal", i)), Servers: texts("10.20.0.4", "10.20.0.5")})
	}
	m = m.Start(rules)
	for i := range m.Lines {
		for k := range m.Columns {
			m = put(m, i, k, probeReport(m.Lines[i].Domain.String(), m.Columns[k].Server.String()))
		}
	}
	return m.Counted()
}

func TestAThousandDomains(t *testing.T) {
	m := thousand()
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		probed(func() dnstrace.Matrix { return m }, "G")(s)
		s.shows("d0999.acme.internal")
		s.hides("d0900.acme.internal")
		s.keys("/", `"d0500"`, "enter")
		s.shows("d0500.acme.internal")
	})
}

// Once something was probed, the rules of the table know of it while a row is edited.
func TestTheRulesKnowTheLastProbe(t *testing.T) {
	play(t, 120, 40, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		edit := []string{"j", "j", "e", "tab", `", 10.20.0.77"`, "enter"}
		s.keys(edit...)
		s.hides("T06")
		s.keys("u", "P")
		s.probes(usual())
		s.keys("esc", "g")
		s.keys(edit...)
		s.keys("d")
		s.shows("T06")
	})
}
