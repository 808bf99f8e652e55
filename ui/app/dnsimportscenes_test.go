package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	dnsreview "github.com/peerdeck/peerdeck/ui/screens/dns/review"
)

func read(n int, domains, servers string) dnstable.ImportLine {
	return dnstable.ImportLine{Line: n, Source: text(domains + " -> " + servers), Domains: texts(strings.Fields(domains)...), Servers: texts(strings.Fields(servers)...)}
}

func fiveLines() dnstable.Imported {
	return dnstable.Imported{Format: dnstable.FormatPairs, Lines: []dnstable.ImportLine{
		read(1, "pay.example.org", "10.20.0.4"),
		{Line: 2, Source: text("qa.example.org"), Problem: "there is no server; write the domain, -> and an address"},
		read(3, "hr.example.org", "10.20.0.6"),
		read(4, "Corp.example.org.", "10.20.0.4 10.20.0.5"),
		read(5, "PAY.example.org", "10.20.0.9"),
	}}
}

func manyLines(n int) dnstable.Imported {
	in := dnstable.Imported{Format: dnstable.FormatCSV, Notes: []string{"the heading in line 1 was passed over"}}
	for i := range n {
		in.Lines = append(in.Lines, read(i+2, fmt.Sprintf("d%03d.example.org", i), "10.20.0.4 10.20.0.5"))
	}
	return in
}

func (s *stage) imports(in dnstable.Imported) *reviewed {
	r := &reviewed{order: dnstable.Order{Target: reviewTarget(), Rows: tableBefore()}, problems: warnings()}
	s.keys("2")
	s.push(dnsreview.NewImport(s.env(), theme.New(theme.Dark, true), r, in))
	return r
}

func restorePoints() []dnstable.RestorePoint {
	older := tableBefore()
	older[2].Servers = texts("10.20.0.7")
	return []dnstable.RestorePoint{
		{ID: "20261120T080000Z", Problem: "the file is cut short (unexpected end of JSON input)"},
		{ID: "20261121T090000Z", At: noon.Add(-27 * time.Hour), Target: reviewTarget(), Version: 9, Rows: append(older[:3:3], row(9, "wiki.example.org", "10.20.0.4"))},
		{ID: "20261122T115800Z", At: noon.Add(-2 * time.Minute), Target: reviewTarget(), Version: 12, Rows: tableBefore()},
	}
}

// withTable is the world in which the resolver of the table holds what it held before.
func withTable() model.Snapshot {
	m := world()
	for _, n := range m.Networks {
		if n.ID == reviewTarget().Network {
			n.PrivateDNS = append(n.PrivateDNS[:0:0], model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{ID: reviewTarget().Resolver, Name: text("eu-prod-dns"), Kind: model.KindAzureResolver, DNS: dnstable.ToMappings(tableBefore())}})
		}
	}
	return m
}

func (s *stage) restores(points []dnstable.RestorePoint, err error) *reviewed {
	r := &reviewed{order: dnstable.Order{Target: reviewTarget()}, read: tableBefore(), points: points, pointErr: err}
	s.keys("2")
	s.push(dnsreview.NewRestore(s.env(), theme.New(theme.Dark, true), r))
	return r
}

func (s *stage) exports() *reviewed {
	r := &reviewed{}
	s.keys("5")
	s.send(screen.Show{Dialog: dialog.NewExport(theme.New(theme.Dark, true), dialog.ExportInput{
		What: "the table of eu-prod", Formats: []dialog.ExportFormat{{Format: "pairs", Title: "plain pairs: domain -> server"}, {Format: "csv", Title: "CSV, for a spreadsheet"}},
		Text: func(f string) (string, []string) {
			if f == "csv" {
				return "domain,servers\ncorp.example.org,10.20.0.4;10.20.0.5\n", []string{"members that peerdeck does not know have no place in CSV"}
			}
			return "corp.example.org -> 10.20.0.4, 10.20.0.5\nhr.example.org -> 10.20.0.5\n", nil
		},
		Path: func(f string) string { return "eu-prod-dns." + f },
		Save: func(path, format string) tea.Cmd { r.saved = append(r.saved, path, format); return nil },
	})})
	return r
}

func importScenes() []scene {
	refused := dnstable.Imported{Format: dnstable.FormatBIND, Problem: "it is a zone file, which holds records, and no forwarding; export the forward zones of named.conf instead"}
	failure := model.Failure{Kind: model.FailurePermission, Operation: "read the restore points in", Subject: text("/home/alice/.local/state/peerdeck"), Cause: text("permission denied"), Cure: "Let this account read the folder."}
	return []scene{
		{name: "dnsreview/import_five", know: world, act: func(s *stage) { s.imports(fiveLines()) }},
		{name: "dnsreview/import_whole", know: world, act: func(s *stage) { s.imports(fiveLines()); s.keys("w") }},
		{name: "dnsreview/import_filter", know: world, act: func(s *stage) { s.imports(fiveLines()); s.keys("f") }},
		{name: "dnsreview/import_line", know: world, act: func(s *stage) { s.imports(fiveLines()); s.keys("j", "d") }},
		{name: "dnsreview/import_refused", know: world, act: func(s *stage) { s.imports(refused) }},
		{name: "dnsreview/import_200", know: world, act: func(s *stage) { s.imports(manyLines(200)); s.keys("pgdown") }},
		{name: "dnsreview/restore_none", know: withTable, act: func(s *stage) { s.restores(nil, nil) }},
		{name: "dnsreview/restore_some", know: withTable, act: func(s *stage) { s.restores(restorePoints(), nil); s.keys("j") }},
		{name: "dnsreview/restore_damaged", know: withTable, act: func(s *stage) { s.restores(restorePoints()[:1], nil) }},
		{name: "dnsreview/restore_failed", know: withTable, act: func(s *stage) { s.restores(nil, failure) }},
		{name: "dnsreview/export", know: world, act: func(s *stage) { s.exports() }},
		{name: "dnsreview/export_save", know: world, act: func(s *stage) { s.exports(); s.keys("right", "s") }},
	}
}

func TestATextIsStagedAsOneEdit(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.imports(fiveLines())
		s.shows("2 refused", "1 changed", "1 new", "in line 1")
		s.keys("enter")
		if len(r.rows) != 1 || len(r.rows[0]) != 6 {
			t.Errorf("staged %v", r.rows)
		}
		s.shows("staged")
	})
}

func TestAWholeTableListsWhatGoesFirst(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.imports(fiveLines())
		s.keys("w")
		s.shows("3 domains", "not in it and go", "3 removed")
		s.keys("w", "w", "A")
		if len(r.rows) != 1 || len(r.rows[0]) != 3 {
			t.Errorf("staged %v", r.rows)
		}
	})
}

func TestATextThatChangesNothingIsNotStaged(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.imports(dnstable.Imported{Format: dnstable.FormatPairs, Lines: fiveLines().Lines[1:2]})
		s.keys("enter")
		s.shows("it would change nothing")
		s.keys("w", "enter")
		s.shows("no line could be read")
		s.keys("esc", "esc")
		if len(r.rows) != 0 {
			t.Errorf("staged %v", r.rows)
		}
	})
}

func TestARestorePointBecomesAnEdit(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(withTable())
		r := s.restores(restorePoints(), nil)
		s.shows("It would change nothing")
		s.keys("G", "enter")
		s.shows("this restore point cannot be read")
		s.keys("k", "enter")
		if len(r.staged) != 1 || r.staged[0].Version != 9 {
			t.Errorf("staged %v", r.staged)
		}
	})
}

func TestAnExportIsCopiedOrSaved(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.exports()
		s.keys("right", "s", `"qy"`, "esc", "s", "enter")
		if len(r.saved) != 2 || r.saved[0] != "eu-prod-dns.csv" || r.saved[1] != "csv" {
			t.Errorf("saved %q", r.saved)
		}
		s.exports()
		s.keys("y")
		if !strings.Contains(s.copied, "corp.example.org -> 10.20.0.4") {
			t.Errorf("copied %q", s.copied)
		}
	})
}

func TestHostileFilesAreHarmless(t *testing.T) {
	in := dnstable.Imported{Format: hostile, Notes: []string{hostile}, Lines: []dnstable.ImportLine{
		{Line: 1, Source: safe.New(hostile), Problem: hostile, Notes: []string{hostile}},
		{Line: 2, Source: safe.New(hostile), Domains: []safe.Text{safe.New("a.example.org"), safe.New(hostile)}, Servers: texts("10.0.0.4")},
		{Line: 3, Source: safe.New(hostile), Domains: texts("b.example.org"), Servers: []safe.Text{safe.New(hostile)}},
	}}
	for _, size := range [][2]int{{80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			s.know(withTable())
			s.imports(in)
			for _, key := range []string{"j", "d", "esc", "w", "f", "f"} {
				s.keys(key)
				harmless(t, "the import after "+key, s.app.View().Content)
			}
			s.imports(dnstable.Imported{Problem: hostile})
			harmless(t, "a refused text", s.app.View().Content)
			s.restores([]dnstable.RestorePoint{{ID: hostile, Problem: hostile}, {ID: "2", At: noon, Rows: hostileRows()}}, nil)
			harmless(t, "restore points", s.app.View().Content)
		})
	}
}
