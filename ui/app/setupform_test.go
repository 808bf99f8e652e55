package app_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// checksFailed is a run that found in its checks what the form can put right.
func checksFailed() setup.Run {
	return run(rewound(setup.StepPreflight), step(setup.StepPreflight, func(st *setup.Step) {
		st.State, st.Failure = setup.StepFailed, &model.Failure{Kind: model.FailureNotFound, Cause: text("there is no VNET vnet-hub")}
	}), stands(setup.RunFailed), func(r *setup.Run) { r.Made, r.Writes = nil, 0 })
}

// What failed in its checks, and a dry run that failed, leave the form free to cure it.
func TestAFailedRunDoesNotLockTheForm(t *testing.T) {
	ended := checksFailed()
	ended.DryRun, ended.EndedAt = true, noon
	for name, tt := range map[string]struct {
		run     setup.Run
		started int
	}{
		"checks":         {checksFailed(), 1},
		"dry run":        {ended, 1},
		"what has begun": {fails(), 0},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, 80, 24, func(s *stage) {
				s.know(world())
				load(s)
				s.watches(tt.run)
				s.keys("esc")
				s.rest(0)
				s.keys("R", "y")
				if len(s.setup.started) != tt.started {
					t.Errorf("started %d runs, not %d:\n%s", len(s.setup.started), tt.started, s.frame())
				}
			})
		})
	}
}

// A failed dry run is over: nobody is asked about it, and no line tells of it.
func TestAFailedDryRunIsNotInHand(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := checksFailed()
		r.DryRun, r.EndedAt = true, noon
		s.goes(r)
		s.hides("dry run 0 of 8")
		s.keys("esc", "q")
		if !s.quit {
			t.Error("q asks about a run that is over")
		}
	})
}

// A subscription brings its tenant with it, and one that is known to be another's is
// said before anything is run.
func TestTheTenantIsThatOfTheSubscription(t *testing.T) {
	const other = "40000000-0000-4000-8000-00000000000f"
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("j", "j", "e")
		for range len(tenant) {
			s.keys("backspace")
		}
		s.keys(`"`+other+`"`, "enter", "k")
		s.shows("✖ Azure tenant", "belongs to the tenant", tenant)
		s.keys("R", "y")
		if len(s.setup.started) > 0 {
			t.Error("a run was started with the tenant of another subscription")
		}
		s.keys("esc", "j", "enter", "enter")
		s.shows("Azure tenant    "+tenant, "Subscription    "+subscription, "The tenant is now that of acme-prod")
		s.keys("u")
		s.shows("Azure tenant    " + other)
	})
}

// The tenants are told apart by what they hold.
func TestTheListOfTenants(t *testing.T) {
	play(t, 160, 48, func(s *stage) {
		s.know(world())
		s.keys("3", "j", "j", "enter")
		s.shows(tenant, "acme-prod, acme-stage, acme-lab")
	})
}

// Somebody who types, tabs and types gives no command by chance.
func TestTabGoesOnTyping(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("3", "e", `"eu-stage"`, "tab", `"1q"`, "down", `"2q"`, "enter", `"3q"`, "enter", `"4q"`)
		s.shows("Peering name    1q", "Azure tenant    2q", "Subscription    3q", "Resource group  4q")
		s.keys("esc", "a", `"corp.example.org"`, "tab", `"10.20.0.4"`, "tab", `"db.example.org 10.20.0.5"`, "enter")
		s.shows("corp.example.org → 10.20.0.4", "db.example.org → 10.20.0.5", "add a mapping")
		s.keys("a", "tab", "1") // an empty mapping is none; behind it no text is typed
		s.shows("NETWORK")
	})
}

// Enter picks in a field that was left empty, and ends the typing before a field
// that holds something.
func TestEnterEndsTypingWhereNothingIsMissing(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("j", "e", "end", `"2"`, "enter", "R")
		s.shows("hub-vnet2", "Run the set-up")
		s.keys("esc", "C", "g", "e", "enter")
		s.shows("Networks on Azure")
	})
}

// Esc puts back what stood there, and u takes back what was typed either way.
func TestTypingCanBeTakenBack(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("j", "e", "right", `"-old"`, "esc")
		s.shows("Peering name    hub-vnet\n")
		s.keys("u")
		s.shows("Peering name    hub-vnet-old")
		s.keys("j", "k", "e", "end", `"er"`, "enter")
		s.shows("Peering name    hub-vnet-older")
		s.keys("u")
		s.shows("Peering name    hub-vnet-old\n")
		s.keys("a", `"corp.example"`, "esc")
		s.hides("corp.example\n")
		s.keys("u")
		s.shows("corp.example\n")
	})
}

// A form that is filled from a peering says how that stands, what a run does about it,
// and that the content before is not lost.
func TestTheFormTellsWhereItCameFrom(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("j", "j", "j", "p")
		s.shows("eu-stage › stage-hub, waiting: Kong has not written", "missing: Role assignment.", "goes on at the first")
		s.hides("u brings back")
		s.keys("j")
		s.hides("missing: Role assignment")
		load(s)
		s.keys("1", "p") // what was loaded is in a file: nobody is asked
		s.shows("u brings back what stood here")
		s.keys("u")
		s.shows("hub-vnet")
	})
}

// The summary names what it counts, and promises nothing that the keys do not do.
func TestTheSummaryOfTheForm(t *testing.T) {
	for name, tt := range map[string]struct {
		do    []string
		shows string
		hides string
	}{
		"ready":             {nil, "● Ready: R runs it, D shows", "to put right"},
		"unknown network":   {[]string{"e", `"-old"`, "enter"}, "✖ To put right: Network", "Ready"},
		"two bad fields":    {[]string{"j", "j", "e", `"x"`, "tab", `"x"`, "enter"}, "✖ To put right: Azure tenant, Subscription", "Ready"},
		"mapping begun":     {[]string{"a"}, "● Ready", "✖"},
		"only one, begun":   {[]string{"G", "k", "k", "x", "a"}, "○ Missing: DNS mapping", "✖"},
		"one thing to see":  {[]string{"G", "k", "k", "e", "end", `", 8.8.8.8, 8.8.4.4"`, "enter"}, "▲ Look at DNS mapping: R runs it", "Ready"},
		"missing, by names": {[]string{"C", "e", `"eu-stage"`, "enter", "esc"}, "○ Missing: Peering name, Tenant, Subscription, Group, VNET", "more"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, 80, 24, func(s *stage) {
				s.know(world())
				load(s)
				s.keys(tt.do...)
				s.rest(5e9)
				s.shows(tt.shows)
				s.hides(tt.hides)
			})
		})
	}
}

func TestTheSummaryKnowsWhatCanBeDone(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.watches(run())
		s.keys("esc")
		s.shows("○ A run is in hand: w watches it")
		s.hides("Ready")
		s.goes(checksFailed())
		s.keys("esc")
		s.shows("● Ready: R runs it anew")
	})
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.shows("● Ready: D shows what it would write")
		s.hides("R runs it")
	}, readOnly)
}

// The network's name is nothing to the Azure administrator.
func TestAHandOffBeforeThereIsANetwork(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("e", `"-new"`, "enter", "h")
		s.shows("shell script")
	})
}

// Whatever may write is asked for, and only that.
func TestARunInStepsIsAskedFor(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("P")
		s.shows("Run the set-up in steps", "Peer eu-stage with vnet-hub in rg-network?", "pauses before each change")
		s.keys("enter")
		if len(s.setup.started) > 0 {
			t.Error("the safe side is chosen first")
		}
		s.keys("P", "y")
		if len(s.setup.started) != 1 || len(s.setup.options[0].StopAt) == 0 {
			t.Errorf("started %v with %+v", s.setup.started, s.setup.options)
		}
		s.keys("esc", "R")
		s.shows("Run the set-up ", "S pauses it")
		s.keys("esc", "D")
		if len(s.setup.started) != 2 || !s.setup.options[1].DryRun {
			t.Errorf("a dry run needs no question: %+v", s.setup.options)
		}
	})
}

// What was said of the form goes when the run takes its place.
func TestTheNoticesOfTheFormStayWithIt(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("3", "o", `"peering.yaml"`, "enter")
		s.shows("Loaded peering.yaml")
		s.keys("D")
		s.goes(run())
		s.shows("Role assignment")
		s.hides("Loaded peering.yaml")
	})
}

// Each thing is said once in the footer, and by the name that it has here.
func TestWordsAroundTheForm(t *testing.T) {
	play(t, 160, 48, func(s *stage) {
		s.know(world())
		load(s)
		s.shows("enter pick  e type")
		s.keys("j")
		s.shows("enter type")
		s.hides("e type", "IN HAND", "LAST RUN")
		s.send(pasted("10.20.0.4"))
		s.shows("Open a field first: e (type).")
		s.hides("(/")
		s.goes(run())
		s.shows("RUN IN HAND")
		s.goes(run(allDone))
		s.shows("LAST RUN")
		s.keys("1")
		s.send(pasted("eu"))
		s.shows("Open a field first: / (filter).")
	})
}

// The last column stays free: what reaches it looks like a part of something else
// beside a dialog.
func TestTheFormHasAMargin(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(longNames())
		load(s)
		long := strings.Repeat("long-domain-of-somebody.example.org, ", 4)
		s.keys("e", `"`+long+`"`, "esc", "u", "a", `"`+long+`"`)
		for range 2 {
			lines := strings.Split(s.frame(), "\n")
			for i, line := range lines[3 : len(lines)-3] {
				if cell.Width(line) == 80 && !strings.HasSuffix(line, "─") {
					t.Errorf("line %d reaches the edge: %q", i, line)
				}
			}
			s.keys("enter")
		}
	})
}
