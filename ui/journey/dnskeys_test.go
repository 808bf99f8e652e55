//go:build unix

package journey_test

import "testing"

// counted presses keys and counts them. What is typed or pasted into a field counts for
// nothing: it is the same whatever leads to the field.
type counted struct {
	*terminal

	n int
}

func (c *counted) press(keys ...string) {
	c.n += len(keys)
	c.keys(keys...)
}

func (c *counted) atMost(n int, job string) {
	c.t.Helper()
	if c.n > n {
		c.t.Errorf("%s took %d keys, %d are wanted", job, c.n, n)
	}
	c.n = 0
}

// From the dashboard to the cause: t, a pasted URL, enter. From the cause to the mended row:
// F, the servers, enter. Esc leads back to the trace, and from there to the dashboard.
func TestFromAPastedNameToTheMendedRow(t *testing.T) {
	t.Parallel()
	s := &counted{terminal: start(t, 80, 24, nil, "--demo")}
	s.up()
	s.press("t")
	s.until("Which name does not resolve")
	s.paste("https://www.hr.example.org:8443/staff?id=7")
	s.until("Asked as  www.hr.example.org")
	s.until("Network   eu-prod")
	s.press("enter")
	s.until("10.20.0.5 refuses")
	s.atMost(2, "from the dashboard to the cause, beside the paste,")
	s.press("F")
	s.until("enter stage")
	s.keys("ctrl+u", "10.20.0.4")
	s.press("enter")
	s.until("1 change not applied")
	s.atMost(4, "from the cause to the mended row")
	s.keys("esc")
	s.until("10.20.0.5 refuses")
	s.keys("esc")
	s.gone("› trace")
	s.keys("ctrl+c")
	s.until("Leave peerdeck")
	s.keys("ctrl+c")
	s.end(0)
}

// Five edits with review and apply, with a warning to accept on the way.
func TestFiveEditsInTenKeys(t *testing.T) {
	t.Parallel()
	s := &counted{terminal: start(t, 80, 24, nil, "--demo")}
	s.up()
	s.mappingsOf("eu-prod")
	s.until("corp.example.org")
	s.press("e", "tab")
	for i, servers := range []string{"10.20.0.4, 10.20.0.6", "10.20.0.5, 10.20.0.6", "10.20.0.6, 10.20.0.4", "10.20.0.6, 8.8.8.8", "10.20.0.4, 10.20.0.5, 10.20.0.6"} {
		s.until("enter stage")
		s.keys("ctrl+u", servers)
		if i < 4 {
			s.press("down")
		}
	}
	s.press("enter")
	s.until("5 changes not applied")
	s.press("A")
	s.until("› changes")
	s.press("A")
	s.until("accept and apply")
	s.press("y")
	s.until("Done. The table was read back and is as it was sent")
	s.atMost(10, "five edits with review and apply")
	s.keys("ctrl+c")
	s.end(0)
}
