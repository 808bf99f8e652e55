package theme

import (
	"slices"

	"charm.land/lipgloss/v2"

	"github.com/peerdeck/peerdeck/model"
)

// contextTones is how many tones contexts have, of labels and of lines each: one for every
// colour, and one for none.
const contextTones = 8

// OfContext is the tone of the label of a context. It always stands with the name.
func OfContext(c model.Colour) Tone {
	if i := slices.Index(model.Colours(), c); i >= 0 {
		return ofContexts + Tone(i)
	}
	return Badge
}

// LineOfContext is the tone of the line under the head of the frame.
func LineOfContext(c model.Colour) Tone {
	if i := slices.Index(model.Colours(), c); i >= 0 {
		return ofContexts + contextTones + Tone(i)
	}
	return Faint
}

// addContexts adds the looks of all contexts. A theme without colours has those of any
// label and any line: the name tells them apart.
func addContexts(looks map[Tone]lipgloss.Style, kind Kind) {
	for _, c := range model.Colours() {
		if kind == Mono {
			looks[OfContext(c)], looks[LineOfContext(c)] = looks[Badge], looks[Faint]
			continue
		}
		ink, paper := "#ffffff", map[model.Colour]string{
			model.Red: "#b3261e", model.Orange: "#9a4b00", model.Yellow: "#7a6200", model.Green: "#1a6b34", model.Blue: "#0959ba", model.Purple: "#6f3fb0", model.Grey: "#5a626b",
		}[c]
		if kind != Light {
			ink, paper = "#0d1117", map[model.Colour]string{
				model.Red: "#ff7b72", model.Orange: "#f0965a", model.Yellow: "#e3c04b", model.Green: "#6bc47d", model.Blue: "#6cb6ff", model.Purple: "#c297ff", model.Grey: "#a0a8b0",
			}[c]
		}
		looks[OfContext(c)] = lipgloss.NewStyle().Foreground(lipgloss.Color(ink)).Background(lipgloss.Color(paper)).Bold(true)
		looks[LineOfContext(c)] = lipgloss.NewStyle().Foreground(lipgloss.Color(paper))
	}
}
