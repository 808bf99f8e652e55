package command

import (
	"strings"

	modeldoctor "github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// seen is what the command line knows of where it runs. The session is nil, and why says
// why, where there are no settings.
func (c *cli) seen(s *session, why error) wiring.Seen {
	out := wiring.Seen{
		Settings: settings.Seen(c.flags, c.world.Getenv), Terminal: c.terminal(), Env: c.world.Getenv, StateBy: settings.StateBy(c.world.Getenv),
		Program: modeldoctor.ProgramFacts{
			Version: c.world.Build.Version, Commit: c.world.Build.Short(), Modified: c.world.Build.Modified, Platform: c.world.Build.Platform,
		},
	}
	if why != nil {
		out.Settings.Problem = why.Error()
		return out
	}
	out.Settings.Warnings, out.Settings.Context = s.settings.Warnings, s.settings.Context.Name
	out.Terminal.ASCII, out.Terminal.Mouse = s.settings.ASCII, s.settings.Mouse
	out.Terminal.NoColour = out.Terminal.NoColour || s.settings.Theme == "mono"
	out.Terminal.Telling = safe.New(s.settings.Notify.Words(c.notifyRules(s.settings).Terminal))
	return out
}

// terminal is what the terminal says of itself by its variables. Source of the names:
// terminfo, NO_COLOR, COLORTERM, and the manuals of tmux, GNU screen and OpenSSH.
func (c *cli) terminal() modeldoctor.TerminalFacts {
	env := c.world.Getenv
	f := modeldoctor.TerminalFacts{
		There: c.world.OutTTY, Name: safe.New(env("TERM")), Width: c.world.Width, Height: c.world.Height,
		NoColour: env("NO_COLOR") != "", Remote: env("SSH_TTY") != "" || env("SSH_CONNECTION") != "",
	}
	switch {
	case env("TMUX") != "":
		f.Multiplexer = "tmux"
	case env("STY") != "":
		f.Multiplexer = "screen"
	}
	colour := env("COLORTERM")
	switch {
	case colour == "truecolor" || colour == "24bit":
		f.Colours = modeldoctor.TrueColour
	case strings.Contains(env("TERM"), "256color"):
		f.Colours = modeldoctor.Colours256
	case env("TERM") == "dumb" || strings.HasPrefix(env("TERM"), "vt1") || strings.HasPrefix(env("TERM"), "vt2"):
		f.Colours = modeldoctor.NoColours
	default:
		f.Colours = modeldoctor.Colours16
	}
	return f
}
