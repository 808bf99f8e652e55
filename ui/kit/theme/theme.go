// Package theme gives meanings their looks. The rest of ui names a [Tone], never
// a colour. What is wrong is the brightest thing on a screen; what is fine
// recedes; there is one accent.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Tone is what a piece of text means.
type Tone int

// The tones.
const (
	Plain      Tone = iota // the terminal's own
	Strong                 // a heading, a name that matters
	Muted                  // what may be overlooked
	Faint                  // lines and frames
	Accent                 // where the person is, and keys
	Fine                   // a state that needs nobody
	Busy                   // a state that is changing
	Unsure                 // a state that is not known
	Warn                   // look at this
	Bad                    // broken
	Badge                  // a label such as DEMO
	BadgeWarn              // a label such as STALE
	Mark                   // the mark of the selected row
	Paper                  // a QR code: dark on light, whatever the theme
	Ink                    // all dark, whatever is written on it
	Sheet                  // all light
	ofContexts             // the first of the tones of contexts; see OfContext and LineOfContext
)

// tones is how many tones there are.
const tones = ofContexts + 2*contextTones

// Theme is the set of looks. It is never changed after it was made.
type Theme struct {
	open  [tones]string // escape sequences that begin a tone; empty for none
	fills [tones]bool   // it can be seen on a blank
}

// Reset ends any tone.
const Reset = "\x1b[m"

// Kind is a choice of theme.
type Kind string

// The kinds. Auto is dark or light as the terminal's background is.
const (
	Auto  Kind = "auto"
	Dark  Kind = "dark"
	Light Kind = "light"
	Mono  Kind = "mono"
)

// New makes a theme. Dark tells the terminal's background and matters for Auto.
func New(kind Kind, dark bool) *Theme {
	return made(kind.on(dark), map[Kind]func() map[Tone]lipgloss.Style{Dark: darkStyles, Light: lightStyles, Mono: monoStyles})
}

// on is the kind for a background, where it is left open.
func (k Kind) on(dark bool) Kind {
	switch {
	case k != Auto && k != "":
		return k
	case dark:
		return Dark
	default:
		return Light
	}
}

// made makes a theme of the looks of a kind.
func made(kind Kind, of map[Kind]func() map[Tone]lipgloss.Style) *Theme {
	styles := of[kind]
	if styles == nil {
		styles = of[Dark]
	}
	t := &Theme{}
	looks := styles()
	addContexts(looks, kind)
	for tone, style := range looks {
		t.open[tone] = opening(style)
		_, unset := style.GetBackground().(lipgloss.NoColor)
		t.fills[tone] = !unset || style.GetUnderline() || style.GetReverse()
	}
	return t
}

// opening returns the escape sequence that begins a style. Rendering with
// lipgloss is a matter of microseconds for every cell; a screen has hundreds.
func opening(s lipgloss.Style) string {
	before, _, _ := strings.Cut(s.Render("x"), "x")
	return before
}

// Open returns the escape sequence that begins a tone, empty for Plain.
func (t *Theme) Open(tone Tone) string { return t.open[tone] }

// Same reports whether two tones look the same.
func (t *Theme) Same(one, other Tone) bool { return t.open[one] == t.open[other] }

// Fills reports whether a tone can be seen on a blank.
func (t *Theme) Fills(tone Tone) bool { return t.fills[tone] }

// Paint returns s in a tone.
func (t *Theme) Paint(tone Tone, s string) string {
	if t.open[tone] == "" || s == "" {
		return s
	}
	return t.open[tone] + s + Reset
}

func fg(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c) }

func darkStyles() map[Tone]lipgloss.Style {
	return map[Tone]lipgloss.Style{
		Strong:    lipgloss.NewStyle().Bold(true),
		Muted:     fg(lipgloss.Color("#8b949e")),
		Faint:     fg(lipgloss.Color("#444c56")),
		Accent:    fg(lipgloss.Color("#6cb6ff")).Bold(true),
		Fine:      fg(lipgloss.Color("#6b9e78")),
		Busy:      fg(lipgloss.Color("#8ab4d8")),
		Unsure:    fg(lipgloss.Color("#b39ddb")),
		Warn:      fg(lipgloss.Color("#f0b84d")),
		Bad:       fg(lipgloss.Color("#ff6b6b")).Bold(true),
		Badge:     fg(lipgloss.Color("#0d1117")).Background(lipgloss.Color("#6cb6ff")).Bold(true),
		Mark:      lipgloss.NewStyle().Background(lipgloss.Color("#6cb6ff")),
		BadgeWarn: fg(lipgloss.Color("#0d1117")).Background(lipgloss.Color("#f0b84d")).Bold(true),
		Paper:     fg(lipgloss.Color("#000000")).Background(lipgloss.Color("#ffffff")),
		Ink:       fg(lipgloss.Color("#000000")).Background(lipgloss.Color("#000000")),
		Sheet:     fg(lipgloss.Color("#ffffff")).Background(lipgloss.Color("#ffffff")),
	}
}

func lightStyles() map[Tone]lipgloss.Style {
	return map[Tone]lipgloss.Style{
		Strong:    lipgloss.NewStyle().Bold(true),
		Muted:     fg(lipgloss.Color("#59636e")),
		Faint:     fg(lipgloss.Color("#c4ccd4")),
		Accent:    fg(lipgloss.Color("#0959ba")).Bold(true),
		Fine:      fg(lipgloss.Color("#3c7a4b")),
		Busy:      fg(lipgloss.Color("#2a6fa8")),
		Unsure:    fg(lipgloss.Color("#6e4fa3")),
		Warn:      fg(lipgloss.Color("#8a5a00")),
		Bad:       fg(lipgloss.Color("#c2182b")).Bold(true),
		Badge:     fg(lipgloss.Color("#ffffff")).Background(lipgloss.Color("#0959ba")).Bold(true),
		Mark:      lipgloss.NewStyle().Background(lipgloss.Color("#0959ba")),
		BadgeWarn: fg(lipgloss.Color("#ffffff")).Background(lipgloss.Color("#8a5a00")).Bold(true),
		Paper:     fg(lipgloss.Color("#000000")).Background(lipgloss.Color("#ffffff")),
		Ink:       fg(lipgloss.Color("#000000")).Background(lipgloss.Color("#000000")),
		Sheet:     fg(lipgloss.Color("#ffffff")).Background(lipgloss.Color("#ffffff")),
	}
}

// monoStyles has no colour: every state is a symbol and a word already.
func monoStyles() map[Tone]lipgloss.Style {
	return map[Tone]lipgloss.Style{
		Strong:    lipgloss.NewStyle().Bold(true),
		Muted:     lipgloss.NewStyle().Faint(true),
		Faint:     lipgloss.NewStyle().Faint(true),
		Accent:    lipgloss.NewStyle().Bold(true),
		Mark:      lipgloss.NewStyle().Bold(true),
		Warn:      lipgloss.NewStyle().Bold(true),
		Bad:       lipgloss.NewStyle().Bold(true).Underline(true),
		Badge:     lipgloss.NewStyle().Reverse(true),
		BadgeWarn: lipgloss.NewStyle().Reverse(true),
	}
}
