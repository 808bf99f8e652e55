package telling

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Sequence makes what a terminal is sent to show a notification; empty for a way that
// shows none. Text from outside cannot end it, and begins with a name: some terminals take
// a number at the beginning for another order.
func Sequence(way Terminal, title, body string) string {
	const begin, end = "\x1b]", "\x1b\\"
	title, body = bounded("peerdeck: "+title), bounded(body)
	switch way {
	case OSC9:
		if body != "" {
			title += ": " + body
		}
		return begin + "9;" + title + end
	case OSC777:
		return begin + "777;notify;" + strings.ReplaceAll(title, ";", ",") + ";" + strings.ReplaceAll(body, ";", ",") + end
	case OSC99:
		return begin + "99;i=peerdeck:d=0;" + title + end + begin + "99;i=peerdeck:d=1:p=body;" + body + end
	case Off, Auto:
		return ""
	default:
		return ""
	}
}

// bounded is a text that a notification has room for, without a control character.
func bounded(text string) string {
	const most = 200 // runes
	runes := []rune(safe.Clean(text))
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}

// Known is the way that a terminal is known to have, by the variables that terminals set;
// Off where none is known. What a multiplexer passes on is a bell alone.
func Known(env func(string) string) Terminal {
	term, program := strings.ToLower(env("TERM")), strings.ToLower(env("TERM_PROGRAM"))
	switch {
	case env("TMUX") != "" || strings.HasPrefix(term, "tmux") || strings.HasPrefix(term, "screen"):
		return Off
	case strings.Contains(term, "kitty") || env("KITTY_WINDOW_ID") != "":
		return OSC99
	case program == "iterm.app" || program == "wezterm" || program == "ghostty" || strings.Contains(term, "ghostty") || env("WT_SESSION") != "" || env("ConEmuPID") != "":
		return OSC9
	case strings.HasPrefix(term, "foot") || strings.HasPrefix(term, "rxvt"):
		return OSC777
	default:
		return Off
	}
}

// Shows reports whether a terminal may be sent a notification at all: one that knows no
// such sequence would print it.
func Shows(env func(string) string) bool {
	term := strings.ToLower(env("TERM"))
	return term != "" && term != "dumb" && term != "linux" && !strings.HasPrefix(term, "vt")
}
