package setup

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Asked is what the servers of one mapped domain said when they were asked for it.
type Asked struct {
	Network model.Network
	Domain  safe.Text
	Reports []dnsverdict.Report // in the order of the mapping
	// Ways tells of each server whether this machine has a way to it.
	Ways map[safe.Text]dnsverdict.Known[bool]
}

// Judge says how the domain stands at its servers: what a trace of the domain would say,
// and one line for all of them where nothing is wrong. Good counts the servers that serve
// the domain, each by itself: that two of them disagree is a finding, and both serve it.
func (a Asked) Judge() (out []Checked, good int) {
	c := dnsverdict.Case{
		Name: a.Domain, Domain: a.Domain, Reports: a.Reports, Ways: a.Ways,
		Facts: dnsverdict.Facts{
			Vantage: "this machine", Network: dnsverdict.Know(model.NetworkStatus{Network: a.Network}),
			Row: dnsverdict.Know(dnsverdict.Row{Domain: a.Domain}),
		},
	}
	for _, r := range a.Reports {
		if dnsverdict.CellOf(r, []dnsverdict.Report{r}, a.Ways[r.Server]).Severity == model.SeverityOK {
			good++
		}
	}
	for _, f := range dnsverdict.Diagnose(c) {
		out = append(out, Checked{Title: a.Domain.String(), About: a.Domain.String(), Finding: f})
	}
	if good == len(a.Reports) && !slices.ContainsFunc(out, func(c Checked) bool { return c.NeedsPerson() }) {
		out = append(out, a.answers())
	}
	return out, good
}

func (a Asked) answers() Checked {
	return Checked{
		Title: a.Domain.String(), About: a.Domain.String(),
		Finding: finding.Finding{Code: "setup-dns-answers", Severity: model.SeverityOK, Word: "answers", Cause: "answered by " + servers(a.Reports)},
	}
}

func servers(reports []dnsverdict.Report) string {
	list := make([]safe.Text, len(reports))
	for i, r := range reports {
		list[i] = r.Server
	}
	return phrase.List(list)
}
