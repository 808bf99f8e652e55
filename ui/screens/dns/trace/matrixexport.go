package trace

import (
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// saved tells how the saving of a text went.
type saved struct {
	page *Matrix
	path string
	err  error
}

// export opens the window in which the matrix is copied or saved.
func (p *Matrix) export() tea.Cmd {
	m := p.matrix // as it is now, whatever comes
	write := func(format string) (string, []string) {
		switch format {
		case "csv":
			return m.CSV(), nil
		case "json":
			text, err := json.MarshalIndent(m.Document(), "", "  ")
			if err != nil {
				return "", []string{"It cannot be written: " + err.Error()}
			}
			return string(safe.JSON(text)) + "\n", nil
		default:
			return m.Text(), nil
		}
	}
	name := "probe-" + safe.FileName(p.networkName())
	in := dialog.ExportInput{
		What:    "the probe of " + p.networkName(),
		Formats: []dialog.ExportFormat{{Format: "csv", Title: "CSV"}, {Format: "json", Title: "JSON"}, {Format: "txt", Title: "Text for a ticket"}},
		Text:    write,
		Path:    func(format string) string { return name + "." + format },
		Save: func(path, format string) tea.Cmd {
			text, _ := write(format)
			return func() tea.Msg { return saved{p, path, p.results.service.Save(p.results.ctx, path, text)} }
		},
	}
	return screen.Say(screen.Show{Dialog: dialog.NewExport(p.th, in)})
}

// savedText says how the saving went.
func (p *Matrix) savedText(msg saved) tea.Cmd {
	if msg.page != p {
		return nil
	}
	if msg.err != nil {
		f, _ := model.AsFailure(msg.err)
		return screen.Say(screen.Toast{Text: "It was not saved: " + f.Error() + ". " + f.Cure, Trouble: true})
	}
	return say("Saved to " + safe.Clean(msg.path) + ".")
}
