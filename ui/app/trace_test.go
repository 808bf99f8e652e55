package app_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
)

// traceActions lists the actions of the pages that look into names, for docs/keys.md.
func traceActions(s *stage) []action.Action {
	s.know(dnsWorld())
	traced(healthy)(s)
	list := s.app.Actions()
	s.keys("P")
	s.probes(usual())
	list = append(list, s.app.Actions()...)
	s.keys("esc", "esc", "esc", "1")
	return list
}

func TestANameIsAskedForAsItWasTyped(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		typing("https://orders.db.acme.internal:8443/x")(s)
		s.shows("Asked as  orders.db.acme.internal", "db.acme.internal →")
		s.keys("enter")
		if len(s.tracer.asked) != 1 || s.tracer.asked[0].Text != "https://orders.db.acme.internal:8443/x" || s.tracer.asked[0].Network != id("network", "eu-prod") {
			t.Fatalf("asked: %+v", s.tracer.asked)
		}
		s.shows("begins in a moment")
	})
}

func TestWhatIsNoNameIsNotAskedFor(t *testing.T) {
	for _, wrong := range []string{"orders db.acme.internal", "10.20.3.10", strings.Repeat("x", 300), "a\x1b[31mb.example", ""} {
		play(t, 80, 24, func(s *stage) {
			s.know(dnsWorld())
			typing(wrong)(s)
			s.keys("enter")
			if len(s.tracer.asked) != 0 {
				t.Errorf("%q was asked for: %+v", wrong, s.tracer.asked)
			}
			harmless(t, "the typed name", s.app.View().Content)
		})
	}
}

func TestTheReverseNameIsOneKeyAway(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		typing("10.20.3.10:443")(s)
		s.keys("tab", "enter")
		if len(s.tracer.asked) != 1 || s.tracer.asked[0].Text != "10.3.20.10.in-addr.arpa" {
			t.Errorf("asked: %+v", s.tracer.asked)
		}
	})
}

func TestEscapeLeadsBackFromTheNameAndFromTheTrace(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("t", "esc")(s)
		s.shows("› DNS › eu-prod")
		s.hides("› trace")
		traced(healthy)(s)
		s.keys("t", `"abc"`, "esc")
		s.shows("Both servers answer 10.20.3.10")
		s.keys("esc")
		s.shows("› DNS › eu-prod")
		s.hides("› trace")
	})
}

func TestNamesAndTracesOfBeforeComeBack(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		traced(healthy)(s)
		s.keys("t", `"db.acme.internal"`, "enter")
		s.traces(traceOf(2, "db.acme.internal", []dnsverdict.Report{refusedReport("10.20.0.4", "db.acme.internal", "db.acme.internal")}))
		s.shows("Name      db.acme.internal")
		s.keys("[")
		s.shows("Name      www.corp.acme.internal", "Both servers answer")
		s.keys("[")
		s.shows("not now")
		s.keys("]")
		s.shows("Name      db.acme.internal")
		s.keys("t", "up")
		s.shows("› db.acme.internal")
		s.keys("up")
		s.shows("› www.corp.acme.internal")
		s.keys("down", "down")
		s.hides("› www.corp.acme.internal", "› db.acme.internal")
	})
}

func TestOnlyTheTraceThatWasAskedForIsShown(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		traced(healthy)(s)
		elsewhere := closedTrace(7)
		elsewhere.Network = id("network", "us-prod")
		s.traces(elsewhere)
		s.shows("Both servers answer")
		s.traces(closedTrace(8))
		s.shows("Both servers answer") // nobody on this page asked for it
		s.keys("r")
		s.traces(healthyTrace()) // a late state of the one before
		s.shows("begins")
		s.traces(closedTrace(9))
		s.shows("DenyTcp")
	})
}

func TestTheFirstRedIsShownUntilSomethingElseIsChosen(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		traced(closed)(s)
		s.shows("✖‹TCP 53 failed›", "✖ TCP 53 from 10.0.0.0/16 is denied by the rule DenyTcp")
		s.keys("j")
		s.hides("‹TCP 53 failed›")
		s.shows("‹private zone›")
		s.traces(closedTrace(1))
		s.shows("‹private zone›") // a new state takes nothing away
		s.keys("r")
		s.traces(closedTrace(2))
		s.shows("✖‹TCP 53 failed›") // a new trace begins at the first red
		seen := 0
		for range 40 {
			s.keys("j")
			if strings.Contains(s.frame(), "▌✖ 10.20.0.5") {
				seen++
			}
		}
		if seen == 0 {
			t.Errorf("j does not come to the servers:\n%s", s.frame())
		}
	})
}

// The command that a key copies is the one that stands beside the key.
func TestTheCommandThatIsShownIsTheOneThatIsCopied(t *testing.T) {
	play(t, 160, 48, func(s *stage) {
		s.know(dnsWorld())
		traced(closed)(s)
		s.keys("c")
		const seen = 40 // cells: a screen cuts the end of a long one
		s.shows("c copies  " + s.copied[:min(seen, len(s.copied))])
	})
}

func TestWhatIsCopiedIsForATicketOrAShell(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		traced(closed)(s)
		s.keys("Y")
		for _, want := range []string{"Trace of www.corp.acme.internal on the network eu-prod", "DenyTcp", "10.20.0.5"} {
			if !strings.Contains(s.copied, want) {
				t.Errorf("the ticket lacks %q:\n%s", want, s.copied)
			}
		}
		s.keys("c")
		if !strings.HasPrefix(s.copied, "dig @10.20.0.4") && !strings.HasPrefix(s.copied, "az ") {
			t.Errorf("the command is %q", s.copied)
		}
		s.keys("C")
		if s.copied != "dig @10.20.0.5 "+corpName+" A\n" {
			t.Errorf("the script is %q", s.copied)
		}
	})
}

func TestAPasteOnTheTraceIsTakenAsOutput(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		traced(healthy)(s)
		s.send(pasted("q\nx\n; <<>> DiG 9.18\n"))
		if len(s.tracer.pasted) != 1 || s.quit || s.tracer.cancels != 0 {
			t.Fatalf("pasted: %q", s.tracer.pasted)
		}
		s.traces(func() dnstrace.Trace { v := closedTrace(2); v.Pasted = true; return v }())
		s.shows("answers from a pasted output")
		s.keys("p")
		s.send(pasted("again"))
		if len(s.tracer.pasted) != 2 {
			t.Errorf("pasted: %q", s.tracer.pasted)
		}
	})
}

func TestARefusalStandsOnThePageAndCanBeTriedAgain(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.tracer.err = model.Failure{Kind: model.FailureInvalid, Operation: "trace", Cause: text("no way"), Cure: "Wait."}
		onTrace(corpName)(s)
		s.shows("Trace: no way", "→ Wait.")
		s.tracer.err = nil
		s.keys("t", `"`+corpName+`"`, "enter")
		s.traces(healthyTrace())
		s.shows("Both servers answer")
	})
}

func TestTheTimeOfATraceRuns(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		running := func() dnstrace.Trace {
			return traceOf(1, corpName, []dnsverdict.Report{{Server: text("10.20.0.4")}}, goesOn("asking 1 server"))
		}
		traced(running)(s)
		s.rest(3 * time.Second)
		s.shows("running 0:03", "Asking 1 server")
		s.keys("x")
		if s.tracer.cancels != 1 {
			t.Error("it was not cancelled")
		}
	})
}

func TestHostileAnswersAreHarmless(t *testing.T) {
	one, all := closedTrace(1), usual()
	if n := poison(reflect.ValueOf(&one).Elem()) + poison(reflect.ValueOf(&all).Elem()); n < 60 {
		t.Fatalf("only %d texts were poisoned", n)
	}
	one.Network, all.Network = id("network", "eu-prod"), id("network", "eu-prod")
	one.Servers[0].Standing, one.Findings[0].Cause, one.Findings[0].Next.Text, one.Ladder[3].Text, one.Vantage = hostile, hostile, hostile, hostile, hostile
	all.Vantage, all.Lines[0].Cells[0].Cell.Text, all.Lines[0].Cells[0].Cell.Word, all.Lines[1].Agreement.Word = hostile, hostile, hostile, hostile
	for _, size := range [][2]int{{80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			s.know(dnsWorld())
			onTrace(corpName)(s)
			s.traces(one)
			check := func(what string) { harmless(t, what, s.app.View().Content) }
			check("the trace")
			for _, k := range []string{"j", "j", "enter", "G", "esc", "v", "G", "esc", "k", "k", "enter", "esc", "t", "esc", "P"} {
				s.keys(k)
				check("after " + k)
			}
			s.probes(all)
			for _, k := range []string{"j", "k", "d", "G", "esc", "space", "right", "d", "esc", "o", "right", "esc", "esc", "f", "esc", "w", "enter"} {
				s.keys(k)
				check("probe, after " + k)
			}
		})
	}
}

// What the last trace has read of private resolvers lets the table name a loop.
func TestATraceLetsTheTableNameALoop(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("g", "d")(s)
		s.hides("Possible resolution loop")
		s.keys("esc")
		read := healthyTrace()
		vnet := text("/subscriptions/x/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet-hub")
		read.Endpoints = []dnstable.Endpoint{{Address: text("10.20.0.4"), VNet: vnet}}
		read.Rulesets = []dnstable.Ruleset{{Name: text("fwd-hub"), Targets: texts("10.20.0.4"), VNets: []safe.Text{vnet}}}
		s.traces(read)
		s.keys("g", "d")
		s.shows("Possible resolution loop")
	})
}
