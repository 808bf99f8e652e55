package telling

import "github.com/peerdeck/peerdeck/model/phrase"

// Words say in one line what was chosen and what comes of it in this terminal; Shown is the
// way that is taken here.
func (r Rules) Words(shown Terminal) string {
	var ways []string
	if r.Bell {
		ways = append(ways, "the bell")
	}
	if shown != Off && shown != "" {
		ways = append(ways, "notifications ("+string(shown)+")")
	}
	if r.Title {
		ways = append(ways, "a count in the title")
	}
	if len(r.Command) > 0 {
		ways = append(ways, "the program "+r.Command[0])
	}
	words := "changes are told by " + phrase.And(ways)
	if len(ways) == 0 {
		words = "changes are told on the screen alone"
	}
	if quiet := r.Quiet.String(); quiet != "" && r.On() {
		words += ", not in " + quiet
	}
	switch {
	case shown != Off || r.Terminal == Off || r.Terminal == "":
		return words
	case r.Terminal == Auto:
		return words + "; this terminal is not known to show notifications: if it does, name the way (" + phrase.Or([]string{string(OSC9), string(OSC777), string(OSC99)}) + ") in notify.terminal"
	default:
		return words + "; this terminal would print a notification (" + string(r.Terminal) + "), so it gets none"
	}
}
