package app_test

import (
	"context"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/look"
)

// A screen and what it is to show, a network, a name, and leaving are typed behind a colon.
func TestCommandsByName(t *testing.T) {
	for typed, want := range map[string]string{
		"dns us-prod":            "› DNS › us-prod",
		"net us-prod":            "Networks › us-prod",
		"network us-p":           "Networks › us-prod",
		"paths eu-prod":          "› Paths › eu-prod",
		"setup":                  "› Set-up",
		"trace db.acme.internal": "› trace",
		"sort":                   "NETWORK",
	} {
		t.Run(typed, func(t *testing.T) {
			play(t, 80, 24, func(s *stage) {
				s.know(dnsWorld())
				s.keys(":", `"`+typed+`"`, "enter")
				s.hides("esc close")
				s.shows(want)
			})
		})
	}
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.keys(":", `"q"`, "enter")
		if !s.quit {
			t.Error(":q does not leave")
		}
	})
}

// A name that is traced by its name alone goes to the network whose row it falls under.
func TestATraceFindsItsNetwork(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.keys(":", `"trace https://x.pay.acme.internal/y"`, "enter")
		if n := len(s.tracer.asked); n != 1 || s.tracer.asked[0].Network != id("network", "eu-prod") {
			t.Errorf("asked %+v", s.tracer.asked)
		}
	})
}

// What was typed comes back by the arrow, as in a shell, in the next program, too.
func TestCommandsBefore(t *testing.T) {
	kept := newFakeLooks()
	edit := func(o *setting) { o.Looks = kept }
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.keys(":", `"dns us-p"`, "enter", ":", `"net eu-prod"`, "enter")
		s.keys(":", "up")
		s.shows("› net eu-prod")
		s.keys("up")
		s.shows("› dns us-prod") // as it was carried out
		s.keys("down", "down")
		s.hides("› dns us-prod", "› net eu-prod")
	}, edit)
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.keys(":", "up", "up", "enter")
		s.shows("› DNS › us-prod")
	}, edit)
	if kept.saved == 0 {
		t.Error("nothing was kept on the disk")
	}
}

// The tab key completes a word, and lists what goes behind it.
func TestACommandIsCompleted(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.keys(":", `"net"`, "tab")
		s.shows("› net ", "net eu-prod", "net us-prod")
		s.keys(`"us-p"`, "tab", "enter")
		s.shows("Networks › us-prod")
	})
}

// The help is read: its words are found, and its keys close it again.
func TestTheHelpIsSearched(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		s.keys("?", "/", `"suspend"`)
		s.shows("1 of ", "Stop peerdeck until the shell's fg.")
		s.keys("enter", "n", "N", "esc")
		s.shows("Help: Networks") // the search was dropped first
		s.keys("?")
		s.hides("Help: Networks")
	})
}

func TestATicketIsMarkdown(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.keys("G", "Y")
		for _, part := range []string{"## ", "**Broken:** ", "**Since when:** ", "**Next step:** ", "```sh\n", "| network | `", "### Details", "Sync level: FullyInSync"} {
			if !strings.Contains(s.copied, part) {
				t.Errorf("%q is not in the ticket:\n%s", part, s.copied)
			}
		}
	})
}

// A command line of long ago that holds a control character is no command any more.
func TestTypedCommandsAreBounded(t *testing.T) {
	l := look.Look{}
	for range 3 * look.MostTyped {
		l = l.With("dns \x1b[31m" + strings.Repeat("x", len(l.Typed)%50))
	}
	if n := len(l.Commands()); n > look.MostTyped || strings.Contains(l.Typed, "\x1b") {
		t.Errorf("%d commands: %q", n, l.Typed)
	}
}

// fakeLooks keeps looks in memory.
type fakeLooks struct {
	looks map[string]look.Look
	saved int
}

func newFakeLooks() *fakeLooks { return &fakeLooks{looks: map[string]look.Look{}} }

func (f *fakeLooks) Of(name string) look.Look     { return f.looks[name] }
func (f *fakeLooks) Set(name string, l look.Look) { f.looks[name] = l }
func (f *fakeLooks) Save(context.Context) error   { f.saved++; return nil }
