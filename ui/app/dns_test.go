package app_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// last is the draft that was kept last.
func (f *fakeMappings) last(t *testing.T) dnstable.Saved {
	t.Helper()
	if len(f.saved) == 0 {
		t.Fatal("no draft was kept")
	}
	return f.saved[len(f.saved)-1]
}

func domains(rows []dnstable.Row) string {
	words := make([]string, len(rows))
	for i, r := range rows {
		words[i] = r.Key.String()
	}
	return strings.Join(words, " ")
}

// Letters that are typed into a row are text, and no commands.
func TestLettersAreTextWhileARowIsTyped(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("a", `"xquDAnNe?:/12"`)(s)
		s.shows("xquDAnNe?:/12")
		s.hides("not applied", "Keys of", "Leave peerdeck")
		if s.quit || len(s.mappings.orders)+len(s.mappings.saved) > 0 {
			t.Error("a letter was a command")
		}
		s.keys("esc")
		s.hides("xquDAnNe", "not applied")
	})
}

// A paste is looked at, typed or refused, and never read as keys.
func TestAPasteIsNeverACommand(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		s.send(tea.PasteMsg{Content: "xxx"})
		s.hides("not applied")
		if len(s.mappings.parsed) != 1 || s.mappings.parsed[0] != "xxx" {
			t.Errorf("read as a table: %q", s.mappings.parsed)
		}
	})
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("a")(s)
		s.send(tea.PasteMsg{Content: "shop.acme.internal -> 10.20.0.4, 10.20.0.6\n"})
		s.shows("shop.acme.internal", "10.20.0.4, 10.20.0.6")
		s.keys("enter")
		s.shows("1 change not applied")
	})
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		s.send(tea.PasteMsg{Content: "corp -> x"})
		if len(s.mappings.parsed) != 0 {
			t.Error("a table was read that cannot be changed")
		}
	}, readOnly)
}

// Every edit is kept, the newest last, also while an older one is still being written.
func TestEveryEditIsKept(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.mappings.hang = make(chan struct{})
		onDNS("x", "j", "x", "j", "x")(s)
		if len(s.mappings.saved) != 0 {
			t.Fatal("a draft was kept before the one under way")
		}
		close(s.mappings.hang)
		s.rest(time.Second)
		if n := len(s.mappings.saved); n != 2 {
			t.Errorf("%d drafts were written, not the first and the newest", n)
		}
		if got := domains(s.mappings.last(t).Rows); got != "old.acme.internal pay.acme.internal" {
			t.Errorf("kept %s", got)
		}
		s.keys("u", "u", "u")
		s.hides("not applied")
		if len(s.mappings.dropped) == 0 {
			t.Error("the draft lies there although nothing is staged any more")
		}
		s.keys("U")
		s.shows("1 change not applied")
	})
}

// Leaving says what becomes of the edits.
func TestLeavingTellsWhetherEditsAreKept(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("x", "q")(s)
		s.shows("offered again")
	})
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.mappings.saveErr = model.Failure{Kind: model.FailureServer, Cause: text("no space left on device")}
		onDNS("x", "esc", "q")(s)
		s.shows("would be lost")
	})
}

// What others do to the table moves nothing under the hands of who edits it.
func TestOthersDoNotDisturbStagedEdits(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("j", "j", "e", "tab")(s)
		s.retype("10.20.0.6")
		s.know(byOthers())
		s.shows("10.20.0.6", "enter stage")
		s.keys("enter")
		s.shows("changed by someone else", "10.20.0.5 → 10.20.0.6")
		s.hides("error")
		s.keys("D")
		s.shows("merge", "0 of 1 conflict decided")
		s.keys("m", "A")
		s.shows("› changes") // what is to be applied now
		s.keys("esc")
		s.hides("changed by someone else")
		s.shows("10.20.0.7 → 10.20.0.6", "1 change not applied")
	})
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		s.know(byOthers())
		s.shows("10.20.0.7")
		s.hides("not applied", "someone else")
	})
}

// A snapshot that was read before the last write brings nothing old back.
func TestAnOldSnapshotBringsNothingBack(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(byOthers())
		onDNS()(s)
		s.know(dnsWorld())
		s.shows("10.20.0.7")
	})
}

// Apply sends the order of the page, and the table is clean when it was read back.
func TestWhatIsAppliedIsTheBaseOfTheNextEdit(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("j", "j", "j", "x", "A", "A")(s)
		s.keys("W", "y", "A")
		if len(s.mappings.orders) != 1 {
			t.Fatalf("%d orders:\n%s", len(s.mappings.orders), s.frame())
		}
		o := s.mappings.orders[0]
		d := byOthers().Networks[2].PrivateDNS[0].PrivateDNS
		d.DNS = dnstable.ToMappings(o.Rows)
		s.writes(dnstable.Apply{Number: 1, Order: o, State: dnstable.ApplyWaiting, Sent: true})
		s.keys("esc")
		s.shows("being written", "1 change not applied")
		s.writes(dnstable.Apply{Number: 1, Order: o, State: dnstable.ApplyDone, Sent: true, Resolver: d})
		s.shows("applied and read back")
		s.hides("not applied", "old.acme.internal")
		s.keys("u")
		s.hides("not applied")
		if len(s.mappings.dropped) == 0 {
			t.Error("the draft of what was applied lies there still")
		}
	})
}

// A draft of before that others have overtaken is merged, and conflicts wait for a person.
func TestALeftDraftIsOfferedAgain(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		s.shows("3 changes not applied", "staged again from the draft")
		s.keys("u")
		s.hides("not applied")
	}, mappings(left(mapped("pay.acme.internal", "10.20.0.4", "10.20.0.5"), mapped("new.acme.internal", "10.20.0.4"))))
	play(t, 80, 24, func(s *stage) {
		s.know(byOthers())
		onDNS()(s)
		s.shows("2 changes not applied", "has changed since")
		s.hides("someone else")
	}, mappings(func(f *fakeMappings) {
		f.drafts = []dnstable.Saved{draftOf(baseRows(), append(baseRows()[:3], baseRows()[4], mapped("new.acme.internal", "10.20.0.4")))}
	}))
}

// A resolver that is deleted under staged edits takes none of them along.
func TestADeletedResolverLosesNoEdit(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("x")(s)
		s.know(dnsEdit(func(b *builder) { b.n.PrivateDNS = nil })())
		s.shows("4 changes not applied", "db.acme.internal")
		s.keys("A")
		s.shows("A new resolver", "eu-prod-dns")
	})
}

// The rows of a peering are staged beside it, and stay where they are.
func TestRowsOfAPeeringAreStagedInTheResolver(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("G", "e")(s)
		s.shows("an outage", "not documented")
		s.keys("y")
		s.shows("2 changes not applied", "+ ▲ legacy.acme.internal", "peering hub-vnet")
		s.keys("u")
		s.hides("not applied")
	})
}

// One key mends what can be mended by one.
func TestAProblemIsMended(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("a", `"https://shop.acme.internal/x"`, "ctrl+f", "tab", `"10.20.0.4"`, "enter")(s)
		s.shows("+   shop.acme.internal")
		s.hides("https")
	})
}

// Clicks, wheels and messages while a row is typed lose nothing of it.
func TestTypedTextStays(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("a", `"shop.acme"`)(s)
		s.send(tea.MouseClickMsg{X: 10, Y: 8, Button: tea.MouseLeft})
		s.send(tea.MouseWheelMsg{X: 10, Y: 8, Button: tea.MouseWheelDown})
		s.know(dnsWorld())
		s.resize(120, 40)
		s.resize(80, 24)
		s.send(screen.Toast{Text: "hello"})
		s.keys(`".internal"`)
		s.shows("shop.acme.internal")
	})
}

// What an earlier session has left behind is looked at when the program starts, one order
// after the other.
func TestOrdersOfEarlierSessionsAreLookedAt(t *testing.T) {
	o := dnstable.Order{Target: draftOf(nil, nil).Target, Base: baseRows(), Rows: baseRows()[:4]}
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		if got := strings.Join(s.mappings.rechecked, " "); got != "one" {
			t.Fatalf("looked at %q first", got)
		}
		s.writes(dnstable.Apply{Number: 1, Order: o, State: dnstable.ApplyFailed, Failure: &model.Failure{Operation: "apply the mapping table of", Subject: text("eu-prod"), Cause: text("it was not written")}})
		s.shows("could not be applied")
		if got := strings.Join(s.mappings.rechecked, " "); got != "one two" {
			t.Errorf("looked at %q", got)
		}
	}, mappings(func(f *fakeMappings) {
		f.unfinished = []dnstable.Unfinished{{ID: "one", Order: o}, {ID: "two", Order: o}}
	}))
}

// A paste of several rows is looked at, and then staged as one edit.
func TestPastedRowsAreStagedAsOneEdit(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		s.send(tea.PasteMsg{Content: pastedRows})
		s.shows("import")
		s.keys("A")
		s.shows("3 changes not applied", "shop.acme.internal", "10.20.0.4 → 10.20.0.6")
		s.keys("u")
		s.hides("not applied")
	})
}

// A file that is there is replaced only after that was said.
func TestExportAsksBeforeItReplaces(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.mappings.files["eu-prod-dns.txt"] = "precious"
		onDNS("ctrl+s", "s", "enter", "enter")(s)
		if s.mappings.files["eu-prod-dns.txt"] != "precious" {
			t.Fatal("the file was replaced without a word")
		}
		s.keys("ctrl+s", "s", "enter", "y")
		s.shows("Saved to eu-prod-dns.txt")
		if !strings.Contains(s.mappings.files["eu-prod-dns.txt"], "corp.acme.internal -> 10.20.0.4, 10.20.0.5") {
			t.Errorf("saved %q", s.mappings.files["eu-prod-dns.txt"])
		}
	})
}

// A restore point becomes an edit like any other.
func TestARestorePointIsStaged(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("R", "enter")(s)
		s.shows("2 changes not applied", "-   old.acme.internal")
		s.keys("u")
		s.hides("not applied")
	}, mappings(func(f *fakeMappings) {
		f.points = []dnstable.RestorePoint{{ID: "20261120T090000Z", At: noon.Add(-51 * time.Hour), Target: draftOf(nil, nil).Target, Version: 6, Rows: baseRows()[:3], Changes: 2}}
	}))
}

// Who has not moved yet stands at the top when the resolvers have been read.
func TestTheCursorWaitsAtTheTop(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsEdit(func(b *builder) { b.n.PrivateDNS, b.n.PrivateDNSRead = nil, model.Part{} })())
		onDNS()(s)
		s.shows("▌  legacy.acme.internal")
		s.know(dnsWorld())
		s.shows("▌· corp.acme.internal")
	})
}

// A resolver that is deleted while a row of it is typed leaves the row to be finished.
func TestADeletedResolverLeavesTheTypedRow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("j", "j", "e", "tab", "end", `", 10.20.0.6"`)(s)
		s.know(dnsEdit(func(b *builder) { b.n.PrivateDNS = nil })())
		s.shows("10.20.0.5, 10.20.0.6")
		s.keys("enter")
		s.shows("5 changes not applied", "+   hr.acme.internal")
	})
}

// An order that Konnect refuses because of what it has sent itself is given again without
// that, with the same edits.
func TestAnOrderIsGivenAgainWithoutWhatKonnectRefuses(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("a", `"shop.acme.internal"`, "tab", `"10.20.0.4, 10.20.0.5"`, "enter", "A", "W", "y", "A")(s)
		if len(s.mappings.orders) != 1 {
			t.Fatalf("it was not applied:\n%s", s.frame())
		}
		s.writes(dnstable.Apply{Number: 1, Order: s.mappings.orders[0], State: dnstable.ApplyFailed, Unwanted: []string{"mode"}, Failure: &model.Failure{Kind: model.FailureInvalid}})
		s.keys("o")
		s.shows("Not sent back", "mode", "shop.acme.internal")
		s.keys("W", "y", "A")
		if n := len(s.mappings.orders); n != 2 || strings.Join(s.mappings.orders[1].Without, " ") != "mode" {
			t.Errorf("%d orders, the last %+v", n, s.mappings.orders[n-1])
		}
	})
}

// A reason that ends a sentence of its own stands in the notice with one full stop.
func TestAReasonEndsWithOneFullStop(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		w := dnsWorld()
		forbidden(&w)
		s.know(w)
		onDNS("a")(s)
		s.shows("not now, private DNS cannot be read")
		s.hides("..")
	})
}

// The table is that of the network that was selected before, whatever it maps.
func TestTheTableFollowsTheSelectedNetwork(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.keys("j", "j", "2")
		s.shows("DNS › eu-prod")
		s.keys("1", "j", "2") // eu-stage maps nothing
		s.shows("DNS › eu-stage")
		s.keys("1", "k", "k", "2")
		s.shows("DNS › de-core")
		s.keys("o", `"eu-prod"`, "enter", "1", "2") // one that was chosen here stays
		s.shows("DNS › eu-prod")
	})
}

// An edit of a group names the rows that a filter hides before it changes them, and can
// leave them out.
func TestRowsThatAFilterHidesAreNamedBeforeTheyChange(t *testing.T) {
	group := func(s *stage) {
		s.know(dnsWorld())
		onDNS("/", `"corp"`, "enter", "E")(s)
		s.shows("also changes 1 row that the filter hides: db.acme.internal")
	}
	servers := func(s *stage) string {
		var out []string
		for _, r := range s.mappings.last(t).Rows {
			if len(r.Servers) == 1 && r.Servers[0].String() == "10.20.0.7" {
				out = append(out, r.Key.String())
			}
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct {
		key  string
		want string
	}{{"right", "corp.acme.internal"}, {"left", "corp.acme.internal db.acme.internal"}} {
		play(t, 80, 24, func(s *stage) {
			group(s)
			s.keys(c.key, "enter")
			s.retype("10.20.0.7")
			s.keys("enter")
			if got := servers(s); got != c.want {
				t.Errorf("%s changed %q, want %q", c.key, got, c.want)
			}
		})
	}
	play(t, 80, 24, func(s *stage) {
		group(s)
		s.keys("esc")
		s.hides("Servers of", "also changes")
		if len(s.mappings.saved) != 0 {
			t.Error("something was staged")
		}
	})
	// A merge of groups is no other: their other rows are named.
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("/", `"!db !hr"`, "enter", "space", "j", "space", "M")(s)
		s.shows("also changes", "that the filter hides: db.acme.internal")
		s.keys("right", "enter")
		for _, r := range s.mappings.last(t).Rows {
			if r.Key.String() == "db.acme.internal" && len(r.Servers) != 2 {
				t.Errorf("a hidden row was changed: %v", r)
			}
		}
	})
}

// f shows what needs a look on top of what was typed, on this table too.
func TestTheKeyOfProblemsKeepsTheTypedFilterOfTheTable(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("/", `"acme"`, "enter", "f")(s)
		s.shows("/ only problems acme")
		s.keys("f")
		s.shows("/ acme")
		s.keys("esc")
		s.hides("/ acme")
	})
}

// What is said of one change agrees with it, as of several.
func TestWhatIsLeftAgreesWithItsNumber(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"x"}, "has 1 change that is not applied; it is kept as a draft"},
		{[]string{"x", "j", "x"}, "has 2 changes that are not applied; they are kept as a draft"},
	} {
		play(t, 160, 48, func(s *stage) {
			s.know(dnsWorld())
			onDNS(c.keys...)(s)
			s.keys("q")
			text := strings.Join(strings.Fields(strings.ReplaceAll(s.frame(), "│", " ")), " ")
			if !strings.Contains(text, c.want) {
				t.Errorf("%q is not said:\n%s", c.want, s.frame())
			}
		})
	}
}
