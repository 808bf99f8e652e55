//go:build unix

package journey_test

import (
	"testing"
)

// paste sends a text as a terminal does when something is pasted.
func (s *terminal) paste(text string) {
	s.t.Helper()
	s.keys("\x1b[200~" + text + "\x1b[201~")
}

// network shows the mapping table of a network.
func (s *terminal) mappingsOf(network string) {
	s.t.Helper()
	s.keys("2")
	s.until("› DNS")
	s.keys("o")
	s.until("type to search")
	s.keys(network, "enter")
	s.until("› DNS › " + network)
	s.until("a add") // the drafts of this machine are read too: a row can be typed
}

// The three examples of a mapping, with keys alone: 1-1, N-1 and M-N, undone and done
// again, ten pasted rows with two bad ones, the difference, and the writing until the
// resolver is ready.
func TestMappingsFromTheFirstRowToReady(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.mappingsOf("uk-lab")
	s.until("No private domain is mapped on uk-lab.")

	s.keys("a", "example.com", "tab", "192.168.1.1", "enter")
	s.until("1-1")
	s.until("No spare: one server down means example.com is down.")
	s.keys("a", "example2.com", "tab", "192.168.1.1", "enter")
	s.until("N-1")
	s.keys("*", "E", "ctrl+u", "192.168.1.1, 192.168.1.2", "enter")
	s.until("M-N")
	s.keys("a", "example3.com", "tab", "192.168.1.1", "enter")
	s.until("3 changes not applied")
	s.keys("u")
	s.until("2 changes not applied")
	s.gone("example3.com")
	s.keys("U")
	s.until("3 changes not applied")

	s.paste("one.acme.net -> 10.64.0.4, 10.64.0.5\ntwo.acme.net -> 10.64.0.4, 10.64.0.5\nthree.acme.net -> 10.64.0.4, 10.64.0.5\n" +
		"four.acme.net\nfive.acme.net -> 10.64.0.4, 10.64.0.5\nsix.acme.net -> 10.64.0.4, 10.64.0.5\nseven.acme.net -> 10.64.0.4, 10.64.0.5\n" +
		"-> 10.64.0.4\neight.acme.net -> 10.64.0.4, 10.64.0.5\nnine.acme.net -> 10.64.0.4, 10.64.0.5\n")
	s.until("2 refused")
	s.until("8 new")
	s.keys("A")
	s.until("11 changes not applied")
	s.until("2 lines were refused")
	s.keys("esc")
	s.gone("2 lines were refused")

	s.keys("D")
	s.until("11 new of 0")
	s.keys("A") // a server without a spare is worth knowing, and asks for nothing
	s.until("Done. The table was read back and is as it was sent")
	s.keys("esc")
	s.until("11 rules")
	s.gone("not applied")
	s.keys("ctrl+c")
	s.end(0)
}

// A colleague edits the same table: both edits are there in the end, and what collided
// was decided by hand.
func TestMappingsOfTwoOperators(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.mappingsOf("eu-stage")
	s.until("pay.stage.example.org")
	s.keys("/", "pay", "enter")
	s.until("1 of 3")
	s.keys("e", "tab", "end", ", 8.8.8.8", "enter")
	s.until("1 change not applied")
	s.keys("D")
	s.until("1 changed of 3")
	s.keys("A")
	s.until("y accept and apply") // a public server is warned of
	s.keys("y")
	s.until("Somebody else has changed the table")
	s.keys("enter")
	s.until("0 of 1 conflict decided")
	s.until("qa.stage.example.org")
	s.keys("m")
	s.until("1 of 1 conflict decided")
	s.keys("enter")
	s.until("1 changed of 4")
	s.keys("A") // what was accepted before is not asked for again
	s.until("Done. The table was read back and is as it was sent")
	s.keys("esc")
	s.gone("› apply")
	s.keys("esc") // the filter
	s.until("qa.stage.example.org")
	s.until("10.24.0.4, 8.8.8.8")
	s.keys("ctrl+c")
	s.end(0)
}
