package widget

import tea "charm.land/bubbletea/v2"

// Scroll is the part of a text that is on the screen. Nothing of it is chosen: keys move
// the text.
type Scroll struct {
	top   int // the first line on the screen
	rows  int // lines that there is room for
	count int // lines of the text
	end   bool
}

// Fit says how many lines the text has, and for how many there is room.
func (s *Scroll) Fit(count, rows int) {
	s.count, s.rows = count, max(1, rows)
	if s.end {
		s.top = count
	}
	s.top = max(0, min(s.top, s.count-s.rows))
}

// Window returns the lines on the screen.
func (s *Scroll) Window(lines []string, rows int) []string {
	s.Fit(len(lines), rows)
	return lines[s.top:min(len(lines), s.top+s.rows)]
}

// By scrolls by some lines; beyond the ends is the end.
func (s *Scroll) By(lines int) {
	before := s.top
	s.top = max(0, min(s.top+lines, s.count-s.rows))
	s.end = s.end && s.top >= before // who scrolls back reads on there
}

// Page scrolls by some pages.
func (s *Scroll) Page(pages int) { s.By(pages * s.rows) }

// Start goes to the first line.
func (s *Scroll) Start() { s.top, s.end = 0, false }

// Follow goes to the last line and stays there while the text grows.
func (s *Scroll) Follow() { s.end = true }

// Moves reports whether there is more than the screen shows.
func (s *Scroll) Moves() bool { return s.count > s.rows }

// Below is how many lines are below the screen.
func (s *Scroll) Below() int { return max(0, s.count-s.top-s.rows) }

// Take scrolls by a key or the mouse wheel. It reports whether it was one for it.
func (s *Scroll) Take(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		s.By(Wheel(msg.Button))
		return true
	case tea.KeyPressMsg:
		return s.key(msg.String())
	default:
		return false
	}
}

func (s *Scroll) key(key string) bool {
	switch key {
	case "j", "down":
		s.By(1)
	case "k", "up":
		s.By(-1)
	case "pgdown", "ctrl+d", "space":
		s.Page(1)
	case "pgup", "ctrl+u":
		s.Page(-1)
	case "g", "home":
		s.By(-s.count)
	case "G", "end":
		s.By(s.count)
	default:
		return false
	}
	return true
}

// Top is the first line on the screen.
func (s *Scroll) Top() int { return s.top }

// Show brings a line onto the screen, with some of what stands before it.
func (s *Scroll) Show(line int) {
	if line >= s.top && line < s.top+s.rows {
		return
	}
	s.end = false
	s.top = max(0, min(line-s.rows/3, s.count-s.rows))
}
