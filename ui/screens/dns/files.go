package dns

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	dnsreview "github.com/peerdeck/peerdeck/ui/screens/dns/review"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// imported brings a text that was read.
type imported struct {
	network *workspace.Network
	got     dnstable.Imported
	err     error
}

// Paste reads a pasted text as a table, and shows what it is read as before anything is
// staged. It is never read as keys.
func (s *Screen) Paste(text string) tea.Cmd {
	if why := s.noAdd(); why != "" {
		return screen.Say(screen.Toast{Text: "The pasted text is not read: " + why + "."})
	}
	n := s.network()
	return func() tea.Msg { return imported{network: n, got: s.work.Texts().Parse(text)} }
}

// askImport asks for the file to read.
func (s *Screen) askImport() tea.Cmd {
	n := s.network()
	return screen.Say(screen.Show{Dialog: dialog.NewInput(s.th, dialog.Field{
		Title: "Import mappings", What: "read",
		Text: "The path of a file: pairs, CSV, YAML, JSON of Konnect, Azure and other clouds, Windows, Kubernetes, or a DNS program's own. Nothing is staged before you have seen what is in it. A paste on the table does the same.",
		Do: func(path string) tea.Cmd {
			return func() tea.Msg {
				got, err := s.work.Texts().ReadFile(s.ctx, path)
				return imported{n, got, err}
			}
		},
	})})
}

// openImport shows what a text was read as.
func (s *Screen) openImport(msg imported) tea.Cmd {
	switch {
	case msg.err != nil:
		f, _ := model.AsFailure(msg.err)
		return screen.Say(screen.Toast{Text: f.Error() + ". " + f.Cure, Trouble: true})
	case msg.network != s.network() || s.noAdd() != "":
		return screen.Say(screen.Toast{Text: "The text is not taken: another table is shown now."})
	}
	open := msg.network.OpenTables()
	if len(msg.network.Tables()) == 0 {
		open = []*workspace.Table{msg.network.NewTable()}
	}
	return s.withTable("Import into which resolver", open, func(t *workspace.Table) tea.Cmd {
		return push(dnsreview.NewImport(s.env, s.th, t, msg.got))
	})
}

// export shows the table in each format, to be copied or saved.
func (s *Screen) export() tea.Cmd {
	n := s.network()
	if len(n.Tables()) == 0 {
		return s.exportRows(n.NewTable().Target(), n.Status().Name.Or("network").String(), s.shownRows())
	}
	return s.withTable("Export the table of which resolver", n.Tables(), func(t *workspace.Table) tea.Cmd {
		return s.exportRows(t.Target(), t.Name(), t.Draft().Rows())
	})
}

// shownRows are the rows on the screen, of whatever origin.
func (s *Screen) shownRows() []dnstable.Row {
	var rows []dnstable.Row
	for _, l := range s.rows.shown {
		if !l.zone {
			rows = append(rows, l.row)
		}
	}
	return rows
}

func (s *Screen) exportRows(t dnstable.Target, name string, rows []dnstable.Row) tea.Cmd {
	in := dialog.ExportInput{
		What: "the table of " + name,
		Text: func(format string) (string, []string) {
			text, notes, err := s.work.Texts().Format(dnstable.Format(format), t, rows)
			if f, bad := model.AsFailure(err); bad {
				return "", []string{f.Error() + ". " + f.Cure}
			}
			return text, notes
		},
		Path: func(format string) string {
			info, _ := dnstable.Format(format).Info()
			ending := ".txt"
			if len(info.Extensions) > 0 {
				ending = info.Extensions[0]
			}
			return strings.ReplaceAll(name, "/", "-") + ending
		},
		Save: func(path, format string) tea.Cmd { return s.writeFile(path, dnstable.Format(format), t, rows, false) },
	}
	for _, f := range dnstable.Formats() {
		if f.Writable {
			in.Formats = append(in.Formats, dialog.ExportFormat{Format: string(f.Format), Title: f.Title})
		}
	}
	return screen.Say(screen.Show{Dialog: dialog.NewExport(s.th, in)})
}

// writeFile writes rows to a file, and asks before it replaces one.
func (s *Screen) writeFile(path string, format dnstable.Format, t dnstable.Target, rows []dnstable.Row, overwrite bool) tea.Cmd {
	return func() tea.Msg {
		err := s.work.Texts().WriteFile(s.ctx, path, format, t, rows, overwrite)
		switch f, bad := model.AsFailure(err); {
		case bad && f.Kind == model.FailureConflict && !overwrite:
			return screen.Show{Dialog: dialog.NewAsk(s.th, dialog.Question{
				Title: "There is a file of this name", Text: []string{safe.Clean(path) + " is there already. Replace it?"}, Yes: "replace it", No: "leave it",
				Do: s.writeFile(path, format, t, rows, true),
			})}
		case bad:
			return screen.Toast{Text: f.Error() + ". " + f.Cure, Trouble: true}
		default:
			return screen.Toast{Text: "Saved to " + safe.Clean(path) + "."}
		}
	}
}
