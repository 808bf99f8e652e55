package app_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

func TestLettersAreDeadWhileTyping(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("/", `"qrx5?:"`)
		if s.quit || s.watcher.refreshed > 0 {
			t.Error("a letter of the filter was taken for a command")
		}
		s.shows("/ qrx5?:", "1 Networks")
		s.keys("esc")
		s.hides("/ qrx")
		s.shows("aws-legacy", "uk-lab")
	})
}

func TestTheFooterShowsWhatWorksNow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.shows("enter open")
		s.keys("/")
		s.hides("enter open", "d describe")
		s.shows("enter keep", "esc cancel")
		s.keys(`"us-`, "enter")
		s.shows("esc show all", "3 of 9 · 2 broken · 1 fine")
		s.keys("d")
		s.hides("enter open", "f problems")
		s.keys("esc", "esc")
		s.hides("show all")
		s.keys("w")
		s.shows("more columns", "→")
	})
}

func TestBothCloudsAway(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		w := world()
		away := model.Failure{Kind: model.FailureUnreachable, Cause: text("no route")}
		w.Konnect = model.SourceStatus{State: model.SourceDown, LastOK: noon.Add(-50 * time.Second), Failure: &away, NextTry: noon.Add(41 * time.Second)}
		w.Azure = model.SourceStatus{State: model.SourceDown, LastOK: noon.Add(-50 * time.Second), Failure: &away, NextTry: noon.Add(11 * time.Second)}
		s.know(w)
		s.shows("✖ no answer, again in 11 s · 50 s old", "r refresh", "eu-prod")
	})
}

func TestAFilterThatCannotWork(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("/", `"sate:`, "enter")
		s.shows(`no key "sate"`, "enter keep") // it stays open, and nothing typed is lost
		s.keys(`"ready`, "enter")
		s.shows(`"sate" is no key`, "esc shows all")
	})
}

func TestSortSkipsWhatIsNotShown(t *testing.T) {
	play(t, 120, 36, func(s *stage) {
		s.know(world())
		for range 12 {
			s.keys("s")
			if !strings.Contains(s.frame(), "↑") && !strings.Contains(s.frame(), "worst first") {
				t.Errorf("nothing tells the order:\n%s", s.frame())
			}
		}
	})
}

func TestASignInKeepsItsPeeringOnTheScreen(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		w := world()
		bank := func(edit func(*model.PeeringStatus)) *model.NetworkStatus {
			return network("fr-pay", "francecentral", "10.36.0.0/16").peer("partner-bank", "vnet-bank", nil, edit).peer("vault", "vnet-vault", nil, signedOut).done()
		}
		w.Networks = []*model.NetworkStatus{bank(signedOut)}
		s.know(w)
		s.keys("A")
		after := world()
		after.Networks = []*model.NetworkStatus{bank(func(*model.PeeringStatus) {})}
		s.know(after)
		s.keys("esc")
		s.shows("fr-pay › partner-bank")
	})
}

func TestThePaletteFindsNamesFirst(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys(":", `"mou`, "enter")
		s.shows("The mouse is off")
	})
}

func TestPasteIsNeverACommand(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.send(tea.PasteMsg{Content: "q5rq"})
		if s.quit || s.watcher.refreshed > 0 {
			t.Error("pasted text was taken for commands")
		}
		s.shows("Pasted text is not read as keys", "aws-legacy")
		s.keys("/")
		s.send(tea.PasteMsg{Content: "us-\x1b[31mpro\nd"})
		s.shows("/ us-")
	})
}

func TestSelectionStaysWithItsNetwork(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("j", "j")
		s.shows("▌● eu-prod")
		more := world()
		more.Networks = append([]*model.NetworkStatus{network("aa-first", "uksouth", "10.1.0.0/16").done(), network("ab-second", "uksouth", "10.2.0.0/16").done()}, more.Networks...)
		s.know(more)
		s.shows("▌● eu-prod", "eu-prod › hub-vnet")
		// In a list that is longer than the screen it stands on the same line as before.
		many := fleet(40)
		s.know(many)
		s.keys("G", "k", "k", "k")
		before := lineOf(s.frame(), "▌")
		many.Networks = append([]*model.NetworkStatus{network("aa-first", "uksouth", "10.1.0.0/16").done(), network("ab-second", "uksouth", "10.2.0.0/16").done()}, many.Networks...)
		s.know(many)
		if line := lineOf(s.frame(), "▌"); line != before || !strings.Contains(s.frame(), "fleet-00036") {
			t.Errorf("it moved from line %d to line %d:\n%s", before, line, s.frame())
		}
		s.know(world())
		s.keys("g", "j", "j")
		less := world()
		less.Networks = slices.DeleteFunc(less.Networks, func(n *model.NetworkStatus) bool { return n.Name.Raw() == "eu-prod" })
		s.know(less)
		s.hides("eu-prod")
		if !strings.Contains(s.frame(), "▌") {
			t.Errorf("nothing is selected:\n%s", s.frame())
		}
	})
}

func lineOf(frame, part string) int {
	for i, l := range strings.Split(frame, "\n") {
		if strings.Contains(l, part) {
			return i
		}
	}
	return -1
}

func TestTheChosenPeeringStaysAcrossRefreshes(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("j", "j", "j")
		s.shows("eu-stage › stage-hub  2 of 2") // the most urgent one
		s.keys("]")
		s.shows("eu-stage › stage-apps  1 of 2")
		s.know(world())
		s.shows("eu-stage › stage-apps  1 of 2")
		s.keys("enter")
		s.shows("Networks › eu-stage", "▌● stage-apps")
		s.keys("j")
		s.shows("▌▲ stage-hub")
		s.keys("esc")
		s.shows("9 networks")
	})
}

func TestDetailsFollowWhenTheCursorRests(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		for range 5 {
			s.send(press("j"))
			s.rest(40 * time.Millisecond)
			s.shows("aws-legacy › core-tgw")
		}
		s.rest(100 * time.Millisecond)
		s.hides("aws-legacy › core-tgw")
		s.shows("Konnect is building the network")
	})
}

func TestAnActionIsAboutTheSelectedNetworkEvenBeforeTheDetailsFollow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.send(press("G"))
		s.send(press("c"))
		if !strings.Contains(s.copied, "--peering inventory") {
			t.Errorf("copied %q", s.copied)
		}
	})
}

func TestEscLeadsOneLevelOut(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("/", `"name:us"`, "enter", "enter")
		s.shows("Networks › us-prod")
		s.keys("d")
		s.shows("esc close")
		s.keys("esc")
		s.shows("Networks › us-prod")
		s.keys("esc")
		s.shows("/ name:us", "2 of 9")
		s.keys("esc")
		s.shows("9 networks")
		s.keys("esc")
		if s.quit {
			t.Error("esc never quits")
		}
		s.keys("q")
		if !s.quit {
			t.Error("q quits at the top")
		}
	})
}

func TestWhatIsNotPossibleSaysWhy(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("p")
		s.shows("set up: not now, the network is on AWS")
		s.keys("j", "j", "c")
		s.shows("copy command: not now, the next step is no command.")
		s.keys("left")
		s.shows("wide table")
		s.rest(5 * time.Second)
		s.hides("not now")
	})
}

func TestEveryKeyOfTheFooterDoesSomething(t *testing.T) {
	all := scenes()
	for i := 0; i < len(all); i += longtest.Step(4) {
		sc := all[i]
		play(t, 160, 48, func(s *stage) {
			if sc.know == nil {
				return
			}
			s.know(sc.know())
			for _, a := range s.app.Reference() {
				if len(a.Keys) == 0 || a.Help == "" || a.Name == "" || a.Run == nil && a.Disabled() == "" {
					t.Errorf("%s: %+v", sc.name, a)
				}
			}
		})
	}
}

func TestKeysAreNotGivenTwice(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		check := func(where string) {
			seen := map[string]string{}
			for _, a := range s.app.Actions() {
				for _, k := range a.Keys {
					if k == "t" && a.Disabled() != "" {
						continue // where a screen has no name to trace, t asks for one
					}
					if other, taken := seen[k]; taken && a.ID != "app.quit" {
						t.Errorf("%s: %s is both %s and %s", where, k, other, a.ID)
					}
					seen[k] = a.ID
				}
			}
		}
		check("list")
		s.keys("enter")
		check("page")
		s.keys("esc", "5")
		check("activity")
		s.keys("4")
		check("paths")
		s.keys("2")
		check("table")
		s.keys("3")
		check("form")
		s.watches(run())
		check("run")
		s.keys("E")
		check("earlier runs")
	})
}

func TestTabs(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		for i, want := range []string{"9 networks", "› DNS ›", "Fill it in, or o loads a file", "› Paths ›", "Activity › changes"} {
			s.keys(string(rune('1' + i)))
			s.shows(want)
		}
		s.keys("tab")
		s.shows("9 networks")
		s.keys("shift+tab")
		s.shows("Activity › changes")
		s.send(tea.MouseClickMsg{X: 24, Y: 0, Button: tea.MouseLeft})
		s.shows("› DNS")
	})
}

func TestMouse(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.send(tea.MouseClickMsg{X: 10, Y: 6, Button: tea.MouseLeft})
		s.shows("▌● eu-prod", "eu-prod › hub-vnet")
		s.send(tea.MouseClickMsg{X: 10, Y: 6, Button: tea.MouseLeft})
		s.shows("Networks › eu-prod")
		s.send(tea.MouseClickMsg{X: 10, Y: 7, Button: tea.MouseLeft})
		s.shows("▌● shared-services")
		s.keys("esc")
		s.send(tea.MouseWheelMsg{X: 10, Y: 8, Button: tea.MouseWheelDown})
		s.rest(time.Second)
		s.shows("▌◐ jp-new")
		s.send(tea.MouseClickMsg{X: 20, Y: 3, Button: tea.MouseLeft})
		s.shows("SINCE ↑", "▌◐ jp-new")
		s.send(tea.MouseClickMsg{X: 20, Y: 3, Button: tea.MouseLeft})
		s.shows("SINCE ↓", "▌◐ jp-new")
		if s.app.View().MouseMode == tea.MouseModeNone {
			t.Error("the mouse is on")
		}
		s.keys("m")
		if s.app.View().MouseMode != tea.MouseModeNone {
			t.Error("m turns the mouse off")
		}
	})
}

func TestRefreshFocusAndAttention(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		if first := s.watcher.attended[len(s.watcher.attended)-1]; len(first) != 9 || first[0] != world().Networks[0].ID {
			t.Errorf("attends to %v", first)
		}
		n := len(s.watcher.attended)
		s.know(world())
		if len(s.watcher.attended) != n {
			t.Error("the watcher is told only of what is new")
		}
		s.keys("G")
		if last := s.watcher.attended[len(s.watcher.attended)-1]; last[0] != world().Networks[8].ID {
			t.Errorf("attends to %v", last)
		}
		s.keys("r")
		s.send(tea.BlurMsg{})
		s.send(tea.FocusMsg{})
		if s.watcher.refreshed != 1 || !slices.Equal(s.watcher.focus, []bool{false, true}) {
			t.Errorf("refreshed %d times, focus %v", s.watcher.refreshed, s.watcher.focus)
		}
	})
}

func TestCopy(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("G", "y")
		if s.copied != id("peering", "inventory").Raw() {
			t.Errorf("copied %q", s.copied)
		}
		s.shows("Sent to the clipboard: the id of inventory.")
		s.keys("Y")
		for _, part := range []string{"Verdict: broken: ", "Sync level: FullyInSync", "Command: peerdeck mend --network us-west --peering inventory", "Remote ranges now: 10.16.0.0/16"} {
			if !strings.Contains(s.copied, part) {
				t.Errorf("%q is not in what was copied:\n%s", part, s.copied)
			}
		}
	})
}

func TestFilterIsKeptOverTabsAndRefreshes(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("f")
		s.shows("6 of 9", "/ only problems")
		s.keys("5", "1")
		s.know(world())
		s.shows("6 of 9")
		s.keys("f")
		s.shows("9 networks")
	})
}

// What needs a look is shown on top of what was typed, and the typed filter stays.
func TestTheKeyOfProblemsKeepsTheTypedFilter(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("/", `"us-"`, "enter", "f")
		s.shows("/ only problems us-", "2 of 9")
		s.keys("f")
		s.shows("/ us-", "3 of 9")
		s.keys("/", "ctrl+u", `"eu-"`, "enter")
		s.shows("/ eu-")
		s.keys("f")
		s.shows("/ only problems eu-", "1 of 9")
		s.keys("esc")
		s.shows("9 networks")
	})
}

// Another order leaves the row under the cursor.
func TestSortingKeepsTheRow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(fleet(200))
		s.keys("G")
		s.keys("S")
		row := strings.Split(s.frame(), "\n")[4]
		if !strings.HasPrefix(row, "▌") || !strings.Contains(row, "fleet-00199") {
			t.Errorf("the row that was chosen is not under the cursor: %q", row)
		}
		s.keys("s")
		s.shows("fleet-00199")
	})
}

func TestPaletteRunsWhatItFinds(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys(":", `"go to activity"`, "enter")
		s.shows("Activity › changes")
		s.keys("1", ":", `"set up"`, "enter")
		s.shows("not now:", "the network is on AWS") // stays open: nothing was done
		s.keys("esc", "f1", "?")
		s.hides("Help: Networks")
	})
}

func TestTroubleStaysUntilItIsDismissed(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.shows("something is wrong with the file")
		s.rest(time.Hour)
		s.shows("something is wrong with the file")
		s.keys("esc")
		s.hides("something is wrong with the file")
		failing := world()
		failing.Failures = []model.Failure{{Operation: "keep the history", Cause: text("disk full"), Cure: "Check."}}
		s.know(failing)
		s.shows("keep the history: disk full")
		s.keys("esc")
		s.know(failing)
		s.hides("disk full")
	}, func(o *setting) { o.Warnings = []string{"something is wrong with the file"} })
}

func TestCountdownsCount(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		waits := world()
		waits.Konnect = model.SourceStatus{State: model.SourceThrottled, LastOK: noon, NextTry: noon.Add(9 * time.Second)}
		s.know(waits)
		s.shows("429 · 9 s")
		s.rest(4 * time.Second)
		s.shows("429 · 5 s")
		s.rest(10 * time.Second)
		s.hides("429 ·")
	})
}

// A service that asks to wait takes no key's place, whichever it is and however long.
func TestThrottlingLeavesTheKeys(t *testing.T) {
	keys := func(frame string) string {
		lines := strings.Split(strings.TrimSpace(frame), "\n")
		at := strings.Index(lines[len(lines)-1], "enter ")
		return lines[len(lines)-1][max(0, at):]
	}
	for _, width := range []int{60, 80, 93, 120, 160, 220} {
		play(t, width, 24, func(s *stage) {
			s.know(world())
			s.shows("● live")
			want := keys(s.frame())
			for _, wait := range []time.Duration{time.Second, 6 * time.Second, 59 * time.Second} {
				for _, edit := range []func(*model.Snapshot, model.SourceStatus){
					func(m *model.Snapshot, waits model.SourceStatus) { m.Konnect = waits },
					func(m *model.Snapshot, waits model.SourceStatus) { m.Azure = waits },
					func(m *model.Snapshot, waits model.SourceStatus) { m.Konnect, m.Azure = waits, waits },
				} {
					edited := world()
					at := noon.Add(time.Since(s.began))
					edit(&edited, model.SourceStatus{State: model.SourceThrottled, LastOK: at, NextTry: at.Add(wait)})
					s.know(edited)
					s.shows("▲ 429 · ")
					if got := keys(s.frame()); got != want {
						t.Errorf("%d columns, %s: %q, want %q", width, wait, got, want)
					}
				}
			}
		})
	}
}

// A terminal of 16 colours gets named ones.
func TestSixteenColoursReachTheScreen(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
		if content := s.app.View().Content; strings.Contains(content, "38;2;") || !strings.Contains(content, "\x1b[93m") {
			t.Errorf("%q", content)
		}
	})
}

func TestASignInCanBeGivenUp(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("j", "j", "j", "j", "A")
		s.shows("H7XK2QPD", "microsoft.com/devicelogin")
		s.keys("y")
		if s.copied != "H7XK2QPD" {
			t.Errorf("copied %q", s.copied)
		}
		s.keys("?")
		s.shows("H7XK2QPD") // the dialog has the keys
		s.keys("esc")
		s.hides("H7XK2QPD")
	}, withCode)
}

func TestAFaultEndsTheProgramInOrder(t *testing.T) {
	var crashes []string
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.send(screen.Push{}) // a page that is none: the frame stumbles over it
		if !s.quit || len(crashes) != 1 {
			t.Errorf("quit %v, crashes %v", s.quit, crashes)
		}
	}, func(o *setting) {
		o.Crashed = func(doing string, _ any, _ []byte) { crashes = append(crashes, doing) }
	})
}

// The frame law at any size, over any keys.
func TestNoFrameIsLargerThanItsWindow(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	walk := []string{"j", "k", "g", "G", "enter", "esc", "w", "right", "]", "d", "esc", "?", "esc", ":", "esc", "s", "S", "f", "tab", "1", "4", "j", "]", "5", "v", "/", "u", "esc", "r", "t", "y", "A", "esc", "pgdown", "3", "p", "w", "E", "D", "Q", "a", "x", "h", "v", "L", "J", "S", "C", "left", "i"}
	for _, know := range []func() model.Snapshot{world, longNames} {
		play(t, 80, 24, func(s *stage) {
			entries(s)
			s.know(know())
			s.setup.earlier = summaries()
			stands := []setup.Run{run(), waitsForConsent(), run(tearsDown), run(allDone), run(dryRun)}
			for i := range 700 / longtest.Step(4) {
				s.resize(1+r.IntN(250), 1+r.IntN(70))
				if i%20 == 10 {
					s.goes(stands[i/20%len(stands)])
				}
				s.send(press(walk[r.IntN(len(walk))]))
			}
			s.resize(0, 0)
			s.resize(80, 24)
			s.quit = false
		}, withCode)
	}
}

// Where Konnect reports what is worse, the page says all the same why Azure's half cannot be
// told and what to do; where the finding is about that, it is not said twice.
func TestWhyAHalfCannotBeToldIsNeverLost(t *testing.T) {
	play(t, 110, 60, func(s *stage) {
		w := world()
		w.Networks = []*model.NetworkStatus{network("us-prod", "eastus2", "10.8.0.0/16").peer("billing", "vnet-billing", nil, overlapping, signedOut).done()}
		s.know(w)
		s.keys("enter")
		s.shows("AZURE'S HALF", "the Azure CLI is not signed in", "Run az login --tenant 40000000-0000-4000-8000-000000000001")
		w.Networks = []*model.NetworkStatus{network("us-prod", "eastus2", "10.8.0.0/16").peer("billing", "vnet-billing", nil, signedOut).done()}
		s.know(w)
		if n := strings.Count(s.frame(), "is not signed in"); n != 1 {
			t.Errorf("it is said %d times:\n%s", n, s.frame())
		}
	})
}
