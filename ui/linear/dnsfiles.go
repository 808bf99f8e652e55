package linear

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/report"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// anyText takes every text.
func anyText(string) string { return "" }

// dnsImport reads a file, says what is in it, and stages it when that is agreed to.
func (s *session) dnsImport(n *workspace.Network) error {
	t, err := s.dnsTable(n, "Into which table?")
	if err != nil {
		return err
	}
	path, err := s.text("The path of the file:", "Pairs, CSV, YAML, JSON of Konnect, Azure and other clouds, or a DNS program's own. Nothing is staged before you have heard what is in it.", "", false, anyText)
	if err != nil {
		return err
	}
	got, err := s.tables.Texts().ReadFile(s.ctx, path)
	if s.trouble(err) {
		return nil
	}
	if got.Problem != "" {
		s.sayf("This text cannot be used: %s", got.Problem)
		return nil
	}
	s.sayf("Read as %s. %s", got.Format.Label(), got.Guess())
	for _, note := range got.Notes {
		s.sayf("  %s", note)
	}
	p := dnstable.NewPreview(got, t.Order().Rows, false)
	for _, l := range p.Lines {
		s.previewLine(l)
	}
	count := p.Count()
	text := fmt.Sprintf("%d new, %d changed, %d as it is already, %d refused.", count[dnstable.OutcomeNew], count[dnstable.OutcomeChanged], count[dnstable.OutcomeSame], count[dnstable.OutcomeRefused])
	if count[dnstable.OutcomeNew]+count[dnstable.OutcomeChanged] == 0 {
		s.sayf("%s There is nothing to stage.", text)
		return nil
	}
	yes, err := s.agree(text+" Nothing that is there goes. Stage them?", "stage them", "leave it")
	if err != nil || !yes {
		return err
	}
	s.stage(n, t, t.Draft().Replace("the import of "+safe.Clean(path), p.Rows), "the import of "+path)
	return nil
}

// previewLine says what becomes of a line, but of one that is there already.
func (s *session) previewLine(l dnstable.PreviewLine) {
	where := ""
	if l.Line > 0 {
		where = fmt.Sprintf("line %d, ", l.Line)
	}
	switch {
	case l.Outcome == dnstable.OutcomeRefused:
		s.sayf("  %srefused: %s %s", where, l.Source, l.Reason())
	case l.Outcome != dnstable.OutcomeSame && l.After != nil:
		s.sayf("  %s%s: %s to %s", where, l.Outcome, report.DomainText(l.Domain), dnstable.ServerList(l.After.Servers))
	}
	for _, note := range l.Notes {
		s.sayf("    %s", note)
	}
}

// dnsExport writes a table to a file.
func (s *session) dnsExport(n *workspace.Network) error {
	t, err := s.dnsTable(n, "Which table?")
	if err != nil {
		return err
	}
	q := question{text: "Which format?", long: true, help: "The format of the file."}
	var formats []dnstable.FormatInfo
	for _, f := range dnstable.Formats() {
		if f.Writable {
			formats = append(formats, f)
			q.items = append(q.items, item{word: string(f.Format), text: string(f.Format) + ", " + f.Title + "."})
		}
	}
	a, err := s.ask(q)
	if err != nil {
		return err
	}
	ending := ".txt"
	if list := formats[a.index].Extensions; len(list) > 0 {
		ending = list[0]
	}
	path, err := s.text("The path of the file:", "Where to write it. A file that is there is replaced only when you say so.", strings.ReplaceAll(t.Name(), "/", "-")+ending, false, anyText)
	if err != nil {
		return err
	}
	rows := t.Draft().Rows()
	err = s.tables.Texts().WriteFile(s.ctx, path, formats[a.index].Format, t.Target(), rows, false)
	if f, bad := model.AsFailure(err); bad && f.Kind == model.FailureConflict {
		yes, asked := s.agree(path+" is there already. Replace it?", "replace it", "leave it")
		if asked != nil || !yes {
			return asked
		}
		err = s.tables.Texts().WriteFile(s.ctx, path, formats[a.index].Format, t.Target(), rows, true)
	}
	if s.trouble(err) {
		return nil
	}
	s.sayf("%s written to %s.", capital(phrase.Count(len(rows), "domain")), path)
	return nil
}
