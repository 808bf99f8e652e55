package app_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// pathsActions lists the actions of the page behind the paths, for docs/keys.md.
func pathsActions(s *stage) []action.Action {
	s.keys("1", "esc")
	s.know(world())
	onPaths(euPaths(), "enter")(s)
	list := s.app.Actions()
	for _, page := range []string{"i", "w", "M", "m", "R"} {
		s.keys("esc", page)
		list = append(list, s.app.Actions()...)
	}
	s.keys("esc")
	return append(list, s.app.Actions()...)
}

func TestPathsAreReadWhenTheyAreShown(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.keys("4")
		if len(s.paths.asked) != 0 {
			t.Fatalf("asked before anything is known: %v", s.paths.asked)
		}
		s.know(world())
		s.keys("1")
		onPaths(nil)(s)
		eu := id("network", "eu-prod").String()
		asked := func(want int) {
			t.Helper()
			n := 0
			for _, a := range s.paths.asked {
				if a == eu {
					n++
				}
			}
			if n != want {
				t.Errorf("eu-prod was asked for %d times, want %d: %v", n, want, s.paths.asked)
			}
		}
		asked(1)
		s.keys("1", "4") // it is on its way
		asked(1)
		s.reads(euPaths()())
		s.keys("1", "4")
		asked(1)
		s.keys("r")
		asked(2)
		s.reads(euPaths(func(v *paths.View) { v.Number = 2 })())
		// What it rests on has changed: the next visit reads it anew.
		s.know(changed(func(m *model.Snapshot) { m.Networks[2].PrivateDNS[0].EntityVersion++ })())
		asked(2)
		s.shows("have changed since this was read")
		s.keys("1", "4")
		asked(3)
	})
}

func TestPathsThatGaveWayAreReadWhenTheyAreShownAgain(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(stillReading("reading")))(s)
		s.keys("]") // eu-stage takes the place of the reading
		s.reads(euPaths(func(v *paths.View) { v.State = paths.Cancelled })())
		before := len(s.paths.asked)
		s.keys("[")
		if len(s.paths.asked) != before+1 {
			t.Errorf("asked for %v", s.paths.asked)
		}
	})
}

func TestAReadingThatIsStoppedStaysStopped(t *testing.T) {
	for _, key := range []string{"x", "esc"} {
		play(t, 80, 24, func(s *stage) {
			s.know(world())
			onPaths(euPaths(stillReading("reading 2 control planes")))(s)
			s.shows("◐ reading 2 control planes")
			s.keys(key)
			s.reads(euPaths(func(v *paths.View) { v.State = paths.Cancelled })())
			s.keys("1", "4")
			if s.paths.cancels != 1 || len(s.paths.asked) != 1 {
				t.Errorf("%s: stopped %d times, asked for %v", key, s.paths.cancels, s.paths.asked)
			}
			s.shows("The reading was stopped")
			s.keys("r")
			if len(s.paths.asked) != 2 {
				t.Errorf("%s: r reads nothing", key)
			}
		})
	}
}

// A view that comes late, of a reading before or of another network, replaces nothing.
func TestALateViewReplacesNothing(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(func(v *paths.View) { v.Number = 5 }))(s)
		s.reads(euPaths(func(v *paths.View) { v.Number, v.Hosts = 4, nil })())
		s.reads(euPaths(func(v *paths.View) { v.Number, v.Network, v.Hosts = 6, world().Networks[3], nil })())
		s.shows("billing.apps.example.net")
	})
}

func TestTheCommandOfThePathIsCopied(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(), "j", "j", "c")(s)
		if s.copied != tableBack {
			t.Errorf("copied %q", s.copied)
		}
		s.keys("enter", "c")
		if s.copied != tableBack {
			t.Errorf("from the hops, copied %q", s.copied)
		}
		s.keys("Y")
		if !strings.Contains(s.copied, "The replies come home: partly") || !strings.Contains(s.copied, tableBack) {
			t.Errorf("the way as a text is %q", s.copied)
		}
		s.keys("esc", "G", "y") // nothing is wrong with it
		if s.copied != "https://www.example.com" {
			t.Errorf("copied %q", s.copied)
		}
		s.keys("v", "c")
		if s.copied != tableBack {
			t.Errorf("from the subnets, copied %q", s.copied)
		}
		s.keys("j", "y", "Y")
		if !strings.Contains(s.copied, "Subnet: snet-apps") {
			t.Errorf("copied %q", s.copied)
		}
	})
}

func TestANameThatNoRuleCoversIsMappedWithKeys(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(), "a")(s)
		s.shows("› DNS › eu-prod", "Add at least one DNS server address")
		s.keys(`"10.20.0.4"`, "enter")
		s.shows("billing.apps.exampl", "1 change not applied")
		s.keys("4", "j", "j", "a") // an address
		s.shows("the service has an address, and no name")
		s.keys("j", "j", "a")
		s.shows("a rule covers the name already")
	})
}

// A page above the table does not hide what is to be typed, and what is typed already stays.
func TestAMappingIsAskedForAboveAPage(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onDNS("P")(s)
		s.keys("1", "esc")
		onPaths(euPaths(), "a")(s)
		s.shows("Add at least one DNS server address")
		s.keys(`"10.20.0.9"`)
		s.send(screen.Mappings{Network: id("network", "eu-prod"), Add: text("other.example.net")})
		s.shows("10.20.0.9", "A row is being typed here")
		s.keys("enter")
		s.shows("1 change not applied")
	})
}

func TestATableThatCannotBeEditedSaysSo(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(), "a")(s)
		s.shows("No row can be added for billing.apps.example.net", "read-only")
	}, func(o *setting) { o.ReadOnly = true })
}

func TestAPathIsTraced(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(), "t")(s)
		if len(s.tracer.asked) != 1 || s.tracer.asked[0].Text != "billing.apps.example.net" || s.tracer.asked[0].Network != id("network", "eu-prod") {
			t.Fatalf("traced: %+v", s.tracer.asked)
		}
		s.shows("› DNS › eu-prod › trace")
	})
}

func TestFiltersOfThePaths(t *testing.T) {
	play(t, 160, 48, func(s *stage) {
		s.know(world())
		onPaths(euPaths())(s)
		s.shows("6 services", "3 not by peering")
		s.keys("b")
		s.shows("3 of 7", "/ not by peering", "website")
		s.hides("orders.corp", "risk-us")
		s.keys("f")
		s.shows("2 of 7")
		s.hides("website")
		s.keys("/", `"service:part"`, "enter")
		s.shows("1 of 7", "partner")
		s.keys("esc")
		s.shows("6 services")
		s.keys("/", `"back:appliance"`, "enter")
		s.shows("1 of 7", "▌▲ ledger")
		s.keys("esc", "v", "f")
		s.shows("1 of 4", "snet-ledger")
		s.hides("snet-files")
		s.keys("/", `"snet-files"`, "enter")
		s.shows("No subnet passes the filter")
		s.keys("esc", "v")
		s.shows("6 services")
	})
}

func TestProblemsOfThePathsAreWalked(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(), "s")(s) // by name, so that they lie apart
		for _, want := range []string{"▌✖ billing", "▌▲ ledger", "▌✖ partner", "▌○ risk-us", "▌✖ billing"} {
			s.shows(want)
			s.keys("n")
		}
		s.keys("S")
		s.shows("SERVICE ↓", "▌● website")
	})
}

func TestMouseOnThePaths(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths())(s)
		s.send(tea.MouseClickMsg{X: 10, Y: 6, Button: tea.MouseLeft})
		s.shows("▌▲ ledger")
		s.send(tea.MouseClickMsg{X: 10, Y: 6, Button: tea.MouseLeft})
		s.shows("The replies come home")
		s.send(tea.MouseClickMsg{X: 10, Y: 7, Button: tea.MouseLeft})
		s.shows("eu-prod is ready")
		s.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		s.shows("covers it")
		s.keys("esc")
		s.send(tea.MouseClickMsg{X: 18, Y: 3, Button: tea.MouseLeft})
		s.shows("HOST ↑", "▌▲ ledger")
		s.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		s.hides("▌▲ ledger")
	})
}

// The frame law on the paths, at any size and over any keys.
func TestNoFrameOfThePathsIsLargerThanItsWindow(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	walk := []string{"j", "k", "G", "g", "enter", "esc", "]", "[", "d", "esc", "b", "f", "s", "S", "v", "/", "u", "esc", "N", "r", "x", "o", "esc", "y", "Y", "pgdown", "t", "4", "a", "4", "D", "4", "?", "esc"}
	for _, view := range []func() paths.View{euPaths(), longPaths, euPaths(nothingRead), euPaths(stillReading("reading"))} {
		play(t, 80, 24, func(s *stage) {
			s.know(world())
			onPaths(view)(s)
			for i := range 250 / longtest.Step(4) {
				s.resize(1+r.IntN(250), 1+r.IntN(70))
				if i%10 == 5 {
					v := view()
					v.Number = i
					s.reads(v)
				}
				s.send(press(walk[r.IntN(len(walk))]))
			}
			s.resize(80, 24)
			s.quit = false
		})
	}
}

// What a hop or a host is called comes from outside, and does no harm on the screen.
func TestThePathsAreHarmless(t *testing.T) {
	play(t, 160, 48, func(s *stage) {
		s.know(world())
		onPaths(euPaths(func(v *paths.View) {
			for i := range v.Hosts {
				v.Hosts[i].Word, v.Hosts[i].Back, v.Hosts[i].Why = "\x1b[31mred", "a\x07b", "w\u202ey"
				v.Hosts[i].Findings = nil
			}
			v.Doing = "\x1b[2J"
		}))(s)
		for _, k := range []string{"d", "esc", "G", "enter", "esc", "v"} {
			harmless(t, "the paths", s.app.View().Content)
			s.keys(k)
		}
	})
}

// What is read comes while somebody moves: the row stays where it is.
func TestTheSelectedPathStaysWhenMoreIsRead(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(stillReading("reading"), func(v *paths.View) { v.Hosts = v.Hosts[1:3] }), "j", "j")(s)
		s.shows("▌● orders")
		s.reads(euPaths()())
		s.shows("▌● orders")
		s.rest(time.Second)
	})
}

func TestThePaletteShowsATabOfANetwork(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys(":", `"paths eu-"`)
		s.shows("paths eu-prod", "paths eu-stage")
		s.hides("paths us-prod")
		s.keys(`"st"`, "enter")
		s.shows("› Paths › eu-stage")
		if want := id("network", "eu-stage").String(); len(s.paths.asked) == 0 || s.paths.asked[len(s.paths.asked)-1] != want {
			t.Errorf("asked for %v", s.paths.asked)
		}
		s.keys(":", `"dns us-prod"`, "enter")
		s.shows("› DNS › us-prod")
		s.keys(":", `"paths nothing-like-it"`, "enter") // nothing is found, and nothing happens
		s.shows("Command", "Nothing is called that")
	})
}

// A service that is made from here is on the list without being asked for.
func TestAServiceThatIsMadeIsReadAtOnce(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(func(v *paths.View) {
			v.Planes = []gateway.Plane{{ControlPlane: model.ControlPlane{ID: text("plane-" + planeName)}}}
		}))(s)
		made := func(plane string, state gateway.MakingState) {
			s.send(screen.Made{Making: gateway.Making{Order: gateway.Order{Plane: model.ControlPlane{ID: text(plane)}}, State: state}})
		}
		made("plane-"+planeName, gateway.MakingSending)
		made("plane-of-others", gateway.MakingDone)
		if len(s.paths.asked) != 1 {
			t.Fatalf("asked for %v", s.paths.asked)
		}
		made("plane-"+planeName, gateway.MakingDone)
		if len(s.paths.asked) != 2 {
			t.Fatalf("asked for %v", s.paths.asked)
		}
		made("plane-"+planeName, gateway.MakingUndone) // while it is being read: that may have been too early
		s.reads(euPaths(func(v *paths.View) { v.Number = 2 })())
		s.shows("have changed since this was read")
	})
}

func TestAzureIsAskedWhatIsInEffect(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		onPaths(euPaths(), "j", "j", "e")(s)
		if len(s.paths.effect) != 1 || s.paths.effect[0].Host != text("10.20.4.10") || s.paths.effect[0].Port != 8080 {
			t.Fatalf("asked about %+v", s.paths.effect)
		}
		s.keys("enter")
		s.reads(euPaths(func(v *paths.View) { v.Number = 2 }, stillReading("asking Azure what is in effect at 1 network card"))())
		s.shows("◐ asking Azure what is in effect")
		s.keys("e")
		s.shows("ask Azure: not now, the paths are being read")
		s.reads(euPaths(func(v *paths.View) { v.Number = 2 })())
		s.paths.err = model.Failure{Kind: model.FailureInvalid, Operation: "ask what is in effect", Cause: text("no network card was found"), Cure: "Look elsewhere."}
		s.keys("e")
		s.shows("no network card was found", "Look elsewhere.")
	})
}
