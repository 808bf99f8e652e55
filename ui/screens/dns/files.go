package dns

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/screen"
	dnsreview "peerdeck/ui/screens/dns/review"
)

// imported brings a text that was read.
type imported struct {
	book *book
	got  dnstable.Imported
	err  error
}

// Paste reads a pasted text as a table, and shows what it is read as before anything is
// staged. It is never read as keys.
func (s *Screen) Paste(text string) tea.Cmd {
	if why := s.noAdd(); why != "" {
		return screen.Say(screen.Toast{Text: "The pasted text is not read: " + why + "."})
	}
	b := s.book()
	return func() tea.Msg { return imported{book: b, got: s.service.Parse(text)} }
}

// askImport asks for the file to read.
func (s *Screen) askImport() tea.Cmd {
	b := s.book()
	return screen.Say(screen.Show{Dialog: dialog.NewInput(s.th, dialog.Field{
		Title: "Import mappings", What: "read",
		Text: "The path of a file: pairs, CSV, YAML, Konnect's JSON, dnsmasq, CoreDNS, unbound, BIND, or an Azure ruleset. Nothing is staged before you have seen what is in it. A paste on the table does the same.",
		Do: func(path string) tea.Cmd {
			return func() tea.Msg {
				got, err := s.service.ReadFile(s.ctx, path)
				return imported{b, got, err}
			}
		},
	})})
}

// takeImport shows what a text was read as.
func (s *Screen) takeImport(msg imported) tea.Cmd {
	switch {
	case msg.err != nil:
		return failed(msg.err)
	case msg.book != s.book() || s.noAdd() != "":
		return screen.Say(screen.Toast{Text: "The text is not taken: another table is shown now."})
	}
	open := s.openTables()
	if len(msg.book.tables) == 0 {
		open = []*table{stagedTable(msg.book.network)}
	}
	return s.withTable("Import into which resolver", open, func(t *table) tea.Cmd {
		check := func(rows []dnstable.Row) []dnstable.Problem {
			f := find(msg.book, t, rows)
			return f.list
		}
		return push(dnsreview.NewImport(s.env, s.th, t.target, msg.got, t.draft.Rows(), check, func(rows []dnstable.Row) tea.Cmd {
			return s.stage(change{t, t.draft.Replace("import", rows)})
		}))
	})
}

// restore shows the tables as they were before each write.
func (s *Screen) restore() tea.Cmd {
	b := s.book()
	tables := slices.DeleteFunc(slices.Clone(b.tables), (*table).isNew)
	if len(tables) == 0 {
		tables = []*table{stagedTable(b.network)}
	}
	return s.withTable("The restore points of which resolver", tables, func(t *table) tea.Cmd {
		target := t.target
		load := func(ctx context.Context) ([]dnstable.RestorePoint, error) {
			list, err := s.service.RestorePoints(ctx, target.Network)
			list = slices.DeleteFunc(slices.Clone(list), func(p dnstable.RestorePoint) bool {
				return p.Problem == "" && !target.Resolver.IsEmpty() && p.Target.Resolver != target.Resolver
			})
			return list, err
		}
		return push(dnsreview.NewRestore(s.env, s.th, target, load, func(p dnstable.RestorePoint) tea.Cmd {
			if why := s.noAdd(); why != "" {
				return screen.Say(screen.Toast{Text: "It is not staged: " + why + "."})
			}
			return s.restorePoint(b, p)
		}))
	})
}

// export shows the table in each format, to be copied or saved.
func (s *Screen) export() tea.Cmd {
	tables := s.book().tables
	if len(tables) == 0 {
		return s.exportRows(stagedTable(s.book().network).target, s.book().network.Name.Or("network").String(), s.shownRows())
	}
	return s.withTable("Export the table of which resolver", tables, func(t *table) tea.Cmd {
		return s.exportRows(t.target, t.name(), t.draft.Rows())
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
	in := dnsreview.ExportInput{
		What: "the table of " + name,
		Text: func(format string) (string, []string) {
			text, notes, err := s.service.Format(dnstable.Format(format), t, rows)
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
			in.Formats = append(in.Formats, dnsreview.ExportFormat{Format: string(f.Format), Title: f.Title})
		}
	}
	return screen.Say(screen.Show{Dialog: dnsreview.NewExport(s.env, s.th, in)})
}

// writeFile writes rows to a file, and asks before it replaces one.
func (s *Screen) writeFile(path string, format dnstable.Format, t dnstable.Target, rows []dnstable.Row, overwrite bool) tea.Cmd {
	return func() tea.Msg {
		err := s.service.WriteFile(s.ctx, path, format, t, rows, overwrite)
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
