package app_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// How terminals and programs end the lines of a paste: tmux with CR, Windows with CRLF.
func lineEnds() map[string]string {
	return map[string]string{"LF": "\n", "blanks that do not break": "\u00a0\n", "CR": "\r", "CRLF": "\r\n", "U+2028": "\u2028"}
}

func endedBy(text, end string) tea.PasteMsg {
	return tea.PasteMsg{Content: strings.ReplaceAll(text, "\n", end)}
}

// A paste of several lines is the same to everybody, whatever its line ends are.
func TestAPasteHasLinesWhateverTheirEndsAre(t *testing.T) {
	for name, end := range lineEnds() {
		t.Run(name, func(t *testing.T) {
			play(t, 80, 24, func(s *stage) { // the mapping table
				s.know(dnsWorld())
				onDNS()(s)
				s.send(endedBy(pastedRows, end))
				s.hides("two arrows")
				s.keys("A")
				s.shows("3 changes not applied", "shop.acme.internal")
			})
			play(t, 80, 24, func(s *stage) { // one row, in the table
				s.know(dnsWorld())
				onDNS("a")(s)
				s.send(endedBy("shop.acme.internal -> 10.20.0.4, 10.20.0.6\n", end))
				s.shows("shop.acme.internal", "10.20.0.4, 10.20.0.6")
			})
			play(t, 80, 24, func(s *stage) { // the output of dig
				s.know(dnsWorld())
				traced(healthy)(s)
				s.send(endedBy("; <<>> DiG 9.18\n;; ->>HEADER<<- opcode: QUERY\n", end))
				if len(s.tracer.pasted) != 1 || strings.Count(s.tracer.pasted[0], "\n") != 2 || strings.ContainsAny(s.tracer.pasted[0], "\r\u2028") {
					t.Errorf("read as %q", s.tracer.pasted)
				}
			})
			play(t, 80, 24, func(s *stage) { // the form of the set-up
				s.know(world())
				load(s)
				s.keys("a")
				s.send(endedBy("a.acme.net -> 10.20.0.4\n# a remark\nb.acme.net -> 10.20.0.4\n", end))
				s.shows("a.acme.net → 10.20.0.4", "b.acme.net → 10.20.0.4")
			})
		})
	}
}
