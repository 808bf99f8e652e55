package trace

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// showEvidence shows all that is known of the check or the server that is chosen.
func (p *Trace) showEvidence() tea.Cmd {
	at := max(0, p.at())
	e := p.list[at]
	if e.isServer() {
		s := p.trace.Servers[e.server]
		return p.showText(s.Report.Server.String(), "what "+s.Report.Server.String()+" said", serverText(s))
	}
	lines := []string{phrase.Capital(string(e.rung.State)) + ": " + safe.Clean(e.rung.Text)}
	if about := slices.DeleteFunc(slices.Clone(p.trace.Findings), func(f finding.Finding) bool { return f.Code != e.rung.Code }); len(about) > 0 {
		lines = append(append(lines, ""), findingFacts(about)...)
	}
	for _, s := range p.trace.Servers {
		if e.group == groupAzure {
			lines = append(lines, azureText(s)...)
			continue
		}
		var said []string
		for _, x := range s.Report.InOrder() {
			if belongs(e.rung.Check, x) {
				said = append(append(said, ""), exchangeText(x)...)
			}
		}
		lines = append(lines, said...)
	}
	return p.showText(safe.Clean(e.rung.Title), "the evidence for "+safe.Clean(e.rung.Title), lines)
}

// belongs reports whether a check rests on an exchange.
func belongs(check dnsverdict.Check, e dnsverdict.Exchange) bool {
	switch check {
	case dnsverdict.CheckUDP:
		return e.Step == dnsverdict.StepSOA && e.Transport == dnsverdict.UDP
	case dnsverdict.CheckTCP:
		return e.Step == dnsverdict.StepSOA && e.Transport == dnsverdict.TCP
	case dnsverdict.CheckEDNS:
		return e.Step == dnsverdict.StepSOA
	case dnsverdict.CheckWilling:
		return e.Step == dnsverdict.StepSOA || e.Step == dnsverdict.StepAuthority
	case dnsverdict.CheckName, dnsverdict.CheckWay, dnsverdict.CheckAgreement:
		return e.Step == dnsverdict.StepA || e.Step == dnsverdict.StepAAAA
	case dnsverdict.CheckRandom:
		return e.Step == dnsverdict.StepRandom
	default:
		return false
	}
}

// serverText is a server with its three verdicts, and everything that it said.
func serverText(s dnstrace.Server) []string {
	lines := []string{}
	for _, v := range s.Verdicts() {
		lines = append(lines, fmt.Sprintf("%s %s: %s", verdictSymbol(v.Is), v.Title, safe.Clean(orElse(v.Why, "not known yet"))))
	}
	if s.Standing != "" {
		lines = append(lines, "; "+safe.Clean(s.Standing))
	}
	lines = append(lines, azureText(s)...)
	return append(append(lines, ""), digText(s.Report)...)
}

func verdictSymbol(t model.Ternary) string {
	switch t {
	case model.Yes:
		return theme.Symbol(model.SeverityOK) + " yes,"
	case model.No:
		return theme.Symbol(model.SeverityBroken) + " no,"
	default:
		return theme.Symbol(model.SeverityUnknown) + " not known,"
	}
}

// azureText is what Azure says of a server.
func azureText(s dnstrace.Server) []string {
	if len(s.Azure) == 0 {
		return nil
	}
	lines := []string{"", "; Azure about " + s.Report.Server.String()}
	for _, f := range s.Azure {
		lines = append(lines, fmt.Sprintf("%s: %s, %s", safe.Clean(f.Title), f.Outcome, safe.Clean(f.Why)))
		if next := f.Finding.Next; next.Text != "" {
			lines = append(lines, "→ "+safe.Clean(next.Text))
		}
	}
	return lines
}

// showFindings shows all findings.
func (p *Trace) showFindings() tea.Cmd {
	return p.showText("Findings", "the findings", findingFacts(p.trace.Findings))
}

// showText opens a window of lines, which can be copied as they are.
func (p *Trace) showText(title, what string, text []string) tea.Cmd {
	return screen.Say(screen.Show{Dialog: textDialog(p.th, title, what, text)})
}

// textDialog is a window of lines. A line that goes on keeps its indent.
func textDialog(th *theme.Theme, title, what string, text []string) *dialog.Text {
	for i := range text {
		indent := len(text[i]) - len(strings.TrimLeft(text[i], " "))
		text[i] = text[i][:indent] + safe.Clean(text[i][indent:])
	}
	return dialog.NewText(title, what, strings.Join(text, "\n")+"\n", func(width int) []string {
		var lines []string
		for _, t := range text {
			bare := strings.TrimLeft(t, " ")
			indent := min(len(t)-len(bare), width/2)
			tone := theme.Plain
			if strings.HasPrefix(bare, ";") {
				tone = theme.Muted
			}
			for _, part := range cell.Wrap(bare, width-indent, 0) {
				lines = append(lines, cell.NewLine(th, width).Space(indent).Put(tone, part).String())
			}
		}
		return lines
	})
}
