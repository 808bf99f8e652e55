package doctor

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Colours is how many colours a terminal shows, in words.
type Colours string

// What a terminal shows.
const (
	TrueColour Colours = "all colours"
	Colours256 Colours = "256 colours"
	Colours16  Colours = "16 colours"
	NoColours  Colours = "no colours"
)

// TerminalFacts are what is known of where the screen would be. What a terminal does with
// the mouse and the clipboard it does not say.
type TerminalFacts struct {
	There         bool // it is a terminal and no pipe
	Name          safe.Text
	Width, Height int // cells; 0 when it does not say
	Colours       Colours
	NoColour      bool // by choice: NO_COLOR, or the theme mono
	ASCII         bool // draws with ASCII only
	Mouse         bool
	Multiplexer   string // tmux or screen; empty for none
	Remote        bool   // over SSH
	// Telling says by which ways a person is told of changes; empty where that is not known.
	Telling safe.Text
}

// The least window that peerdeck works in, in cells; the design size is 80x24.
const (
	leastWide = 60
	leastHigh = 15
)

// Terminal judges the terminal.
func Terminal(f TerminalFacts) Check {
	c := Check{Area: Machine, Topic: "terminal", Subject: f.Name, Details: f.details()}
	next := func(text, command string) finding.Next {
		return finding.Next{Kind: finding.NextCommand, Text: text, Command: command}
	}
	odd := func(code finding.Code, word, cause string, n finding.Next) {
		c.Finding = finding.Finding{Code: code, Severity: finding.Attention, Word: word, Cause: cause, Next: n}
	}
	switch {
	case !f.There:
		c.Finding = ok("terminal-none", "none", "This is no terminal; the dashboard needs one, and the commands do not.")
	case f.Name.IsEmpty() || f.Name.Raw() == "dumb":
		odd("terminal-dumb", "plain", fmt.Sprintf("TERM says %q, so nothing can be drawn.", f.Name.Or("nothing").String()),
			next("Say which terminal it is, or use the commands.", "TERM=xterm-256color peerdeck"))
	case f.Width > 0 && (f.Width < leastWide || f.Height < leastHigh):
		odd("terminal-small", "small", fmt.Sprintf("The window is %dx%d; the dashboard needs %dx%d, and is made for 80x24 and more.", f.Width, f.Height, leastWide, leastHigh),
			next("Make the window larger.", ""))
	case f.Multiplexer == "screen":
		odd("terminal-no-clipboard", "no copying", "GNU screen does not hand on what is copied to the clipboard of the terminal.",
			next("Copy with the mouse: --no-mouse leaves it to the terminal.", "peerdeck --no-mouse"))
	default:
		c.Finding = ok("terminal-fit", "fit", fmt.Sprintf("%s, %dx%d, %s.", f.Name, f.Width, f.Height, f.Colours))
	}
	return c
}

func (f TerminalFacts) details() []safe.Text {
	var out []safe.Text
	add := func(s string) { out = append(out, safe.New(s)) }
	if !f.There {
		return nil
	}
	if f.NoColour {
		add("colours are off by choice")
	}
	if f.ASCII {
		add("drawn with ASCII only: the language of the terminal (LANG) has no UTF-8, or --ascii is given")
	}
	if f.Mouse {
		add("the mouse is taken; --no-mouse leaves it to the terminal")
	}
	switch f.Multiplexer {
	case "tmux":
		add("copying goes through tmux: it needs set -g set-clipboard on")
	case "":
		add("copying is asked of the terminal (OSC 52), which does not say whether it does")
	}
	if f.Remote {
		add("over SSH: the browser for a consent opens here or not at all; its link can be copied")
	}
	if !f.Telling.IsEmpty() {
		out = append(out, f.Telling)
	}
	return out
}
