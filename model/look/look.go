// Package look says how a person has arranged a screen: what is kept from one program to
// the next, beside what the screen is about.
package look

import "strings"

// Look is how a screen is arranged. The zero Look is a screen that nobody has touched.
type Look struct {
	// Order is the name of the order of its list; empty: as it is at the start.
	Order string `json:"order,omitempty"`
	// Reverse turns the order round.
	Reverse bool `json:"reverse,omitempty"`
	// Share is the part of the width that the list takes beside the panes, in percent; 0:
	// what the screen gives it.
	Share int `json:"list_width_percent,omitempty"`
	// Tall is the part of the height that the list takes above the panes, in percent; 0:
	// what the screen gives it.
	Tall int `json:"list_height_percent,omitempty"`
	// Typed is what was typed last in its line, a command a line, the newest last; empty:
	// nothing.
	Typed string `json:"typed,omitempty"`
}

// The bounds of a share: neither the list nor what is beside it ever goes.
const (
	Least = 20
	Most  = 80
	Step  = 5 // by which a key changes it
)

// More is a share by so many steps more or less, within the bounds. At is what it is now.
func More(at, steps int) int { return max(Least, min(Most, at+steps*Step)) }

// Sane is a look without what no screen can follow: a file is edited by hand, too.
func (l Look) Sane() Look {
	l.Share, l.Tall = within(l.Share), within(l.Tall)
	l.Typed = strings.Join(l.Commands(), "\n")
	return l
}

func within(share int) int {
	if share == 0 {
		return 0
	}
	return max(Least, min(Most, share))
}
