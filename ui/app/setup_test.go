package app_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"rsc.io/qr"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

func TestTheFormIsFilledByHandAndRun(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("3", "enter", `"eu-st"`, "enter") // network, from the list
		s.shows("Subscriptions")                 // one who picks goes on picking
		s.keys("esc")
		s.shows("eu-stage", "10.4.0.0/16")
		s.keys("k", "enter", `"zebra"`, "enter") // no tenant has a zebra
		s.hides("Ready")
		s.keys("esc")
		s.keys("enter", "enter") // tenant
		s.keys("enter", "enter") // subscription
		s.keys(`"hub"`, "enter") // VNET, with its group and a name for the peering
		s.shows("rg-network", "vnet-hub", "10.20.0.0/22", subscription, "Ready: R runs it", "no mapping yet")
		s.keys("a", `"corp.example.org -> 10.20.0.4, 10.20.0.5"`, "enter")
		s.shows("Ready: R runs it")
		s.keys("R")
		if len(s.setup.started) > 0 {
			t.Error("R asks first")
		}
		s.keys("enter") // the safe side is chosen
		if len(s.setup.started) > 0 {
			t.Error("enter took the side that is not safe")
		}
		s.keys("R", "y")
		if len(s.setup.started) != 1 || s.setup.started[0].VNet != request().VNet || s.setup.started[0].Peering != text("vnet-hub") || s.setup.options[0].DryRun {
			t.Fatalf("started %+v", s.setup.started)
		}
		s.goes(run())
		s.shows("Role assignment", "3 of 8 steps")
	})
}

func TestTypingInTheForm(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("3", "j", "e", `"qrR5?:x"`)
		s.shows("Peering name    qrR5?:x", "enter done")
		if s.quit || len(s.setup.started) > 0 || s.watcher.refreshed > 0 {
			t.Error("a letter was taken for a command")
		}
		s.keys("esc")
		s.hides("qrR5?:x") // esc puts back what stood there
		s.shows("u brings back what you typed")
		s.keys("u", "1", "3")
		s.know(world())
		s.shows("Peering name    qrR5?:x") // nor does another screen, nor a refresh
		s.keys("j", "e")
		s.send(pasted(" " + tenant + "\n"))
		s.keys("tab", `"half"`, "shift+tab")
		s.shows("Azure tenant    "+tenant, "Subscription    half")
		s.keys("enter", "e", "ctrl+l")
		s.shows("Subscriptions", "acme-prod")
		s.keys("esc")
		s.shows("Subscription    half")
	})
}

func TestAPastedListBecomesMappings(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("a")
		s.send(pasted("a.example.org -> 10.20.0.4\n# a remark\nb.example.org 10.20.0.5\nnot a mapping\n"))
		s.shows("a.example.org → 10.20.0.4", "b.example.org → 10.20.0.5", "corp.example.org", "not a mapping")
		s.keys("u")
		s.hides("a.example.org →")
		s.keys("G", "k", "k", "x")
		s.hides("corp.example.org, db")
		s.keys("u")
		s.shows("corp.example.org, db")
	})
}

func TestTheFormAnswersToAProblem(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.setup.startErr = model.Failure{Kind: model.FailureConflict, Operation: "start", Cause: text("another peerdeck runs this set-up"), Cure: "Wait for it, or end it there."}
		s.keys("R", "y")
		s.shows("✖ Start: another peerdeck runs this set-up", "→ Wait for it, or end it there.", "eu-stage")
		s.keys("esc")
		s.hides("another peerdeck")
	})
}

func TestASetUpFromAPeering(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("j", "j", "j")
		s.shows("→ p")
		s.keys("p")
		s.shows("Set-up › stage-hub", "eu-stage", "vnet-stage-hub", "peered: waiting", "Ready: R runs it")
		s.keys("j", "e", "end", `"2"`, "enter", "1", "j", "j", "j", "p") // uk-lab has no peering
		s.shows("Fill in the form anew")
		s.keys("enter")
		s.shows("stage-hub2") // the safe side keeps what was typed
		s.keys("1", "p", "y")
		s.shows("Subscriptions") // what is wanted next is offered
		s.keys("esc")
		s.shows("uk-lab", "Missing: Peering name")
		s.hides("stage-hub2")
		s.keys("u")
		s.shows("stage-hub2")
	})
}

func TestARunGoesOnBehindOtherScreens(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(run())
		if bar := s.app.View().ProgressBar; bar == nil || bar.State != tea.ProgressBarDefault || bar.Value != 37 {
			t.Errorf("the bar is %+v", bar)
		}
		s.keys("esc")
		s.shows("◐ set-up 3 of 8", "Network")
		s.keys("1")
		s.shows("◐ set-up 3 of 8", "aws-legacy")
		s.goes(waitsForConsent())
		s.shows("▲ set-up 1 of 8 · needs you", "needs you: Admin consent")
		if view := s.app.View(); !strings.HasSuffix(view.WindowTitle, "set-up 1 of 8, needs you") || view.ProgressBar.State != tea.ProgressBarWarning {
			t.Errorf("title %q, bar %+v", view.WindowTitle, view.ProgressBar)
		}
		s.keys("esc")
		s.goes(run(allDone))
		s.shows("The set-up of hub-vnet is done.")
		s.hides("set-up 8 of 8")
		if s.app.View().ProgressBar != nil {
			t.Error("the bar goes when the run is over")
		}
		s.keys("q")
		if !s.quit {
			t.Error("nothing is in hand, so q quits")
		}
	})
}

func TestLeavingWhileARunGoesOn(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.goes(run())
		s.keys("q")
		s.shows("Leave peerdeck", "stops after the request in hand", "to resume")
		s.keys("enter")
		if s.quit {
			t.Error("the safe side is to stay")
		}
		s.keys("ctrl+c")
		s.shows("Leave peerdeck")
		s.keys("n", "q", "y")
		if !s.quit {
			t.Error("y leaves")
		}
		s.quit = false
		s.keys("/", "ctrl+c")
		s.shows("Leave peerdeck")
		s.keys("ctrl+c")
		if !s.quit {
			t.Error("a second ctrl+c leaves at once")
		}
	})
}

func TestLeavingASmallWindow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.goes(run())
		s.resize(50, 12)
		s.keys("q")
		s.shows("y leaves, n stays")
		s.keys("n")
		s.shows("Nothing is lost")
		s.keys("q", "y")
		if !s.quit {
			t.Error("y leaves")
		}
	})
}

// What is drawn is the code of the link, module by module.
func TestTheQRCodeIsThatOfTheLink(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			s.know(world())
			waits := waitsForConsent()
			s.watches(waits)
			s.keys("Q")
			code, err := qr.Encode(waits.Step(setup.StepConsent).Asks.Link.Raw(), qr.L)
			if err != nil {
				t.Fatal(err)
			}
			left, top := -1, -1
			var dark [][]bool
			for line := range strings.SplitSeq(s.frame(), "\n") {
				if strings.Contains(line, "Point a telephone") {
					break
				}
				var upper, lower []bool
				for _, r := range line {
					upper, lower = append(upper, r == '█' || r == '▀'), append(lower, r == '█' || r == '▄')
				}
				dark = append(dark, upper, lower)
			}
			for y, row := range dark {
				if x := slices.Index(row, true); x >= 0 && top < 0 {
					left, top = x, y
				}
			}
			for y := range code.Size {
				for x := range code.Size {
					row := dark[top+y]
					if drawn := left+x < len(row) && row[left+x]; drawn != code.Black(x, y) {
						t.Fatalf("module %d, %d is wrong", x, y)
					}
				}
			}
			if top < 2 || len(dark)-top-code.Size < 2 {
				t.Errorf("the quiet zone is too thin: it begins at %d of %d", top, len(dark))
			}
		})
	}
}

func TestLeavingWithATypedForm(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("3", "j", "e", `"mine"`, "enter", "esc", "1", "q")
		s.shows("values that are in no file")
		s.keys("esc", "3", "ctrl+s", "enter")
		if s.setup.saved["peering.yaml"] != "mine" {
			t.Errorf("saved %v", s.setup.saved)
		}
		s.keys("q")
		if !s.quit {
			t.Error("what is saved is not lost")
		}
	})
}

func TestOrdersToARun(t *testing.T) {
	for name, tt := range map[string]struct {
		run  setup.Run
		keys []string
		want setup.RunCommand
	}{
		"retry":        {run(), []string{"R"}, setup.RunCommand{Kind: setup.CommandRetry}},
		"cancel":       {run(), []string{"X", "y"}, setup.RunCommand{Kind: setup.CommandCancel}},
		"pause":        {run(), []string{"j", "S"}, setup.RunCommand{Kind: setup.CommandStopAt, Step: setup.StepPeering}},
		"after pause":  {run(stands(setup.RunPaused)), []string{"a"}, setup.RunCommand{Kind: setup.CommandContinue}},
		"skip":         {waitsForConsent(), []string{"s", "tab", "enter"}, setup.RunCommand{Kind: setup.CommandSkip}},
		"skip failed":  {fails(), []string{"s", "tab", "enter"}, setup.RunCommand{Kind: setup.CommandSkip}},
		"principal":    {waitsForConsent(), []string{"M", "right", "enter"}, setup.RunCommand{Kind: setup.CommandCreatePrincipal}},
		"tear it down": {run(tearsDown), []string{"x", `"hub-vnet"`, "enter"}, setup.RunCommand{Kind: setup.CommandConfirm, Text: text("hub-vnet")}},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, 80, 24, func(s *stage) {
				s.know(world())
				s.watches(tt.run)
				s.keys(tt.keys...)
				if len(s.setup.orders) != 1 || s.setup.orders[0] != tt.want {
					t.Errorf("the orders are %+v", s.setup.orders)
				}
			})
		})
	}
}

// fails is a run whose role assignment failed because nobody is signed in.
func fails() setup.Run {
	return run(stands(setup.RunFailed), step(setup.StepAssignment, func(st *setup.Step) {
		st.State, st.Failure = setup.StepFailed, &model.Failure{Kind: model.FailureAuth, Cause: text("not signed in")}
	}))
}

// A step that failed because nobody is signed in offers the sign-in, to its tenant.
func TestASignInHelpsARun(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(fails())
		s.shows("A signs in")
		s.keys("A")
		s.shows("H7XK2QPD")
	}, withCode)
}

func TestNothingIsDestroyedByChance(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(run(tearsDown))
		s.keys("x", "enter", "enter", `"hub-vne"`, "enter")
		s.shows("when the name is typed")
		s.send(tea.PasteMsg{Content: "t\n"})
		s.shows("enter remove peering") // a pasted line end is no enter
		if len(s.setup.orders) > 0 {
			t.Fatalf("orders %+v", s.setup.orders)
		}
		s.keys("esc", "X", "enter", "x", "esc")
		if len(s.setup.orders) > 0 {
			t.Errorf("orders %+v", s.setup.orders)
		}
	})
}

func TestTheObjectIdIsAGUID(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(run(rewound(setup.StepConsent), step(setup.StepConsent, consentAsks("Cannot tell.", setup.CommandGivePrincipal)), stands(setup.RunNeedsPerson)))
		s.keys("i", `"kong"`, "enter")
		s.shows("an object id is a GUID")
		for range 4 {
			s.keys("backspace")
		}
		s.send(pasted("9b2f7d3c-1a5e-4c8b-b6d1-0e9f8a7c6b5d"))
		s.keys("enter")
		if len(s.setup.orders) != 1 || s.setup.orders[0].Text != text("9b2f7d3c-1a5e-4c8b-b6d1-0e9f8a7c6b5d") {
			t.Errorf("orders %+v", s.setup.orders)
		}
	})
}

func TestTheLinkOfAConsent(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(waitsForConsent())
		want := "https://login.microsoftonline.com/" + tenant + "/adminconsent?client_id=" + setup.KongAppID
		s.keys("y", "o")
		if s.copied != want || !slices.Equal(s.setup.opened, []string{want}) {
			t.Errorf("copied %q, opened %q", s.copied, s.setup.opened)
		}
		s.keys("Q")
		s.shows("Point a telephone at it", "█▀▀▀▀▀█")
		s.resize(80, 20)
		s.shows("takes 45 columns and 24 lines; this window has 80 and 20", "adminconsent")
		s.keys("esc")
		s.shows("Admin consent")
		s.keys("g", "c")
		s.shows("copy command: not now")
	})
}

func TestTheCommandOfAStep(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(run())
		s.keys("c")
		if !strings.HasPrefix(s.copied, "az rest --method put") || !strings.Contains(s.copied, "roleAssignments/0f3c1d2e") {
			t.Errorf("copied %q", s.copied)
		}
	})
}

func TestReadOnlyWritesNothing(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		load(s)
		s.keys("R", "P")
		s.setup.earlier = summaries()
		s.keys("E", "R", "T", "esc")
		if len(s.setup.started)+len(s.setup.resumed)+len(s.setup.torn) > 0 {
			t.Errorf("started %v, resumed %v, torn %v", s.setup.started, s.setup.resumed, s.setup.torn)
		}
		s.rest(5 * time.Second)
		s.keys("h")
		s.shows("shell script", "az account set")
		s.keys("tab")
		s.shows("Markdown", "# Peering hub-vnet")
		s.keys("y", "esc")
		if !strings.HasPrefix(s.copied, "# Peering") {
			t.Errorf("copied %q", s.copied)
		}
		s.keys("D")
		if len(s.setup.started) != 1 || !s.setup.options[0].DryRun {
			t.Errorf("a dry run is allowed: %v %v", s.setup.started, s.setup.options)
		}
	}, readOnly)
}

func TestEarlierRuns(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.setup.earlier = summaries()
		s.keys("3", "E", "R", "y")
		if !slices.Equal(s.setup.resumed, []string{"a"}) {
			t.Errorf("resumed %v", s.setup.resumed)
		}
		s.keys("esc", "E", "T", "y", "E", "J")
		if !slices.Equal(s.setup.torn, []string{"a"}) {
			t.Errorf("torn down %v", s.setup.torn)
		}
		s.shows("run began: eu-stage, hub-vnet")
		s.keys("esc", "G", "e")
		s.shows("Set-up › hub-vnet", "rg-network")
	})
}

func TestTheLogIsAskedForNowAndThen(t *testing.T) {
	play(t, 160, 48, func(s *stage) {
		s.know(world())
		s.setup.lines = logLines()[:7]
		s.goes(run(func(r *setup.Run) { r.Log = 7 }))
		s.keys("3", "w")
		s.shows("checked: not assigned")
		s.setup.lines = logLines()
		s.goes(run())
		s.goes(run())
		s.rest(time.Second)
		s.shows("404 RoleDefinitionDoesNotExist", "not spread in Azure yet")
	})
}

func TestTheSelectionFollowsTheRunUntilOneMovesIt(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(run())
		s.shows("▌◐ Role assignment")
		s.goes(run(step(setup.StepPeering, func(st *setup.Step) { st.State = setup.StepApplying })))
		s.shows("▌◐ Peering")
		s.keys("g")
		s.goes(run(step(setup.StepReady, func(st *setup.Step) { st.State = setup.StepApplying })))
		s.shows("▌● Preflight")
		s.keys("f")
		s.shows("▌◐ Ready on both sides")
	})
}

func TestASignInHelpsAPickList(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.setup.listErr = model.Failure{Kind: model.FailureAuth, Cause: text("not signed in"), Cure: "Sign in."}
		s.keys("3", "j", "j", "e", `"`+tenant+`"`, "enter", "enter")
		s.shows("✖ not signed in", "enter sign in")
		s.keys("enter")
		s.shows("H7XK2QPD")
		s.keys("esc")
		s.setup.listErr = nil
		s.keys("r")
		s.shows("acme-prod")
	}, withCode)
}

func TestHostileTextIsHarmlessInTheSetUp(t *testing.T) {
	for _, size := range [][2]int{{60, 15}, {80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			w := world()
			poison(reflect.ValueOf(&w).Elem())
			s.setup.hostile = hostile
			s.setup.earlier = summaries()
			for i := range s.setup.earlier {
				poison(reflect.ValueOf(&s.setup.earlier[i]).Elem())
			}
			s.setup.lines = logLines()
			poison(reflect.ValueOf(&s.setup.lines).Elem())
			s.know(w)
			check := func(what string) {
				harmless(t, what, s.app.View().Content)
				harmless(t, what+", title", s.app.View().WindowTitle)
			}
			walk := func(keys ...string) {
				for _, k := range keys {
					s.keys(k)
					check("after " + k)
				}
			}
			load(s)
			walk("enter", "esc", "h", "tab", "esc", "j", "j", "enter", "esc", "j", "enter", "esc", "j", "j", "enter", "esc")
			for _, r := range []setup.Run{run(), waitsForConsent(), run(tearsDown), run(allDone), run(step(setup.StepAssignment, func(st *setup.Step) {
				st.State, st.Failure, st.Findings = setup.StepFailed, noRights(), findings()
			}), stands(setup.RunFailed))} {
				poison(reflect.ValueOf(&r).Elem())
				s.goes(r)
				walk("w", "enter", "esc", "v", "esc", "L", "esc", "Q", "esc", "D", "esc", "J", "esc", "pgdown", "g", "esc", "1", "3", "E", "G", "enter", "esc", "esc")
				s.keys("w")
				s.keys("esc")
			}
			s.keys("j", "e")
			s.send(pasted(hostile))
			check("a pasted value")
		}, withCode)
	}
}

// The notice of unfinished runs goes when a person has followed it, and so does its
// hold on the room of an error.
func TestTheNoticeOfUnfinishedRunsGoesWhenItWasFollowed(t *testing.T) {
	unfinished := service(func(f *fakeSetup) { f.earlier = summaries() })
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.shows("R resumes")
		s.keys("3")
		s.shows("R resumes")
		s.keys("E")
		s.hides("R resumes")
	}, unfinished)
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.shows("R resumes")
		s.goes(run())
		s.hides("R resumes")
	}, unfinished)
}

// The question whether to leave counts the steps as they are done.
func TestTheQuestionWhetherToLeaveCountsTheRun(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.goes(run())
		s.keys("q")
		s.shows("with 3 of 8 steps done")
		s.goes(run(step(setup.StepPeering, func(st *setup.Step) { st.State = setup.StepApplying })))
		s.hides("with 3 of 8 steps done")
		s.shows("with 4 of 8 steps done")
	})
}

func TestNamesWithCharactersThatCannotBeTyped(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		name := safe.New("hub\x1b[31m")
		s.watches(run(tearsDown, func(r *setup.Run) { r.Step(setup.StepRemovePeering).Asks.Confirm = name }))
		s.keys("x")
		s.send(pasted(name.String()))
		s.keys("enter")
		if len(s.setup.orders) != 1 || s.setup.orders[0].Text != name {
			t.Errorf("orders %+v", s.setup.orders)
		}
	})
}

// What a dialog has done is seen while it is open, and so are its keys.
func TestNoticesBesideADialog(t *testing.T) {
	for _, size := range [][2]int{{60, 15}, {80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			s.know(world())
			s.watches(run(allDone))
			s.keys("h", "y")
			s.shows("Sent to the clipboard: the hand-off.", "y copy", "Hand-off for the")
		})
	}
}

// What replaces somebody else's, and what is sent again, has the same key and an
// order of its own, with its own words.
func TestAProposalIsAgreedTo(t *testing.T) {
	for _, k := range []setup.RunCommandKind{setup.CommandContinue, setup.CommandReplace, setup.CommandSendAgain} {
		t.Run(string(k), func(t *testing.T) {
			play(t, 80, 24, func(s *stage) {
				s.know(world())
				s.watches(run(stands(setup.RunNeedsPerson), step(setup.StepAssignment, func(st *setup.Step) {
					st.State, st.Asks = setup.StepPerson, &setup.Ask{Text: "Do it?", Options: []setup.RunCommandKind{k}, Labels: []string{"do this very thing"}}
				})))
				s.shows("a  do this very thing")
				s.keys("a")
				if len(s.setup.orders) != 1 || s.setup.orders[0].Kind != k {
					t.Errorf("the orders are %+v", s.setup.orders)
				}
			})
		})
	}
}

// A run that found something at its end is not simply done.
func TestDoneWithRemarks(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(run(allDone, func(r *setup.Run) {
			st := r.Step(setup.StepDNSCheck)
			st.State, st.Summary = setup.StepNoted, "0 of 6"
		}))
		s.shows("done, with remarks", "Done, but: DNS check 0 of 6")
	})
}

// The code is for a telephone: when the consent is given there, the code goes.
func TestTheQRCodeGoesWithTheConsent(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.watches(waitsForConsent())
		s.keys("Q")
		s.shows("Point a telephone at it")
		s.goes(waitsForConsent())
		s.shows("Point a telephone at it")
		s.goes(run())
		s.hides("Point a telephone at it")
	})
}
