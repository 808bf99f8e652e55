package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Sixteen makes a theme for a terminal of 16 colours. They are named, not mixed: what the
// nearest of 16 would be to a mixed one makes a warning look like a fault, and quiet text
// like the background.
func Sixteen(kind Kind, dark bool) *Theme {
	return made(kind.on(dark), map[Kind]func() map[Tone]lipgloss.Style{Dark: darkSixteen, Light: lightSixteen, Mono: monoStyles})
}

// The bright black of many a terminal can hardly be told from its black, so on a dark
// background it is for lines alone, and quiet text is the plain white.
func darkSixteen() map[Tone]lipgloss.Style {
	return sixteen(inks{
		muted: lipgloss.White, faint: lipgloss.BrightBlack, accent: lipgloss.BrightBlue, fine: lipgloss.Green, busy: lipgloss.BrightCyan,
		unsure: lipgloss.BrightMagenta, warn: lipgloss.BrightYellow, bad: lipgloss.BrightRed, on: lipgloss.Black,
	})
}

func lightSixteen() map[Tone]lipgloss.Style {
	return sixteen(inks{
		muted: lipgloss.BrightBlack, faint: lipgloss.White, accent: lipgloss.Blue, fine: lipgloss.Green, busy: lipgloss.Cyan,
		unsure: lipgloss.Magenta, warn: lipgloss.Yellow, bad: lipgloss.Red, on: lipgloss.BrightWhite,
	})
}

// inks are the colours of a theme of 16; on is what is written on a coloured ground.
type inks struct {
	muted, faint, accent, fine, busy, unsure, warn, bad, on color.Color
}

func sixteen(c inks) map[Tone]lipgloss.Style {
	return map[Tone]lipgloss.Style{
		Strong:    lipgloss.NewStyle().Bold(true),
		Muted:     fg(c.muted),
		Faint:     fg(c.faint),
		Accent:    fg(c.accent).Bold(true),
		Fine:      fg(c.fine),
		Busy:      fg(c.busy),
		Unsure:    fg(c.unsure),
		Warn:      fg(c.warn),
		Bad:       fg(c.bad).Bold(true),
		Badge:     fg(c.on).Background(c.accent).Bold(true),
		Mark:      lipgloss.NewStyle().Background(c.accent),
		BadgeWarn: fg(c.on).Background(c.warn).Bold(true),
		Paper:     fg(lipgloss.Black).Background(lipgloss.BrightWhite),
		Ink:       fg(lipgloss.Black).Background(lipgloss.Black),
		Sheet:     fg(lipgloss.BrightWhite).Background(lipgloss.BrightWhite),
	}
}
