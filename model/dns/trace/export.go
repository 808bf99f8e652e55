package trace

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// MatrixDocument is a matrix for programs. Its keys are stable.
type MatrixDocument struct {
	Network   safe.Text     `json:"network"`
	NetworkID safe.Text     `json:"network_id"`
	Vantage   string        `json:"vantage"`
	State     State         `json:"state"`
	Done      int           `json:"done"`
	Total     int           `json:"total"`
	Bad       int           `json:"bad"`     // domains
	Good      int           `json:"good"`    // domains
	Unknown   int           `json:"unknown"` // domains
	Domains   []LineEntry   `json:"domains"`
	Servers   []ColumnEntry `json:"servers"`
	// Findings are what the clouds say is wrong with the network, its peerings, its
	// resolvers and the servers; those of a domain stand with it.
	Findings []FindingEntry `json:"findings"`
	Failure  *FailureEntry  `json:"failure"`
	Begun    time.Time      `json:"begun"`
	Took     float64        `json:"took_ms"`
}

// LineEntry is a domain.
type LineEntry struct {
	Domain    safe.Text      `json:"domain"`
	Origin    Origin         `json:"origin"`
	From      safe.Text      `json:"from"`
	Agreement string         `json:"agreement"`
	Cells     []CellEntry    `json:"cells"`
	Findings  []FindingEntry `json:"findings"`
}

// CellEntry is a domain at one of its servers.
type CellEntry struct {
	Server   safe.Text    `json:"server"`
	Cell     string       `json:"cell"` // "OK 12ms", "TIMEOUT 2/2"; empty while it is not known
	Severity string       `json:"severity"`
	Text     string       `json:"text"`
	Took     float64      `json:"took_ms"`
	Flaps    bool         `json:"flaps"`
	Code     finding.Code `json:"code"` // of the first finding about the server that needs a person; empty for none
}

// ColumnEntry is a server with what its cells say together.
type ColumnEntry struct {
	Server safe.Text `json:"server"`
	Cells  int       `json:"cells"`
	Heard  int       `json:"heard"`
	Good   int       `json:"good"`
	Min    float64   `json:"min_ms"`
	Median float64   `json:"median_ms"`
	P95    float64   `json:"p95_ms"`
	TCP    string    `json:"tcp"`
	EDNS   int       `json:"edns"`
	NSID   safe.Text `json:"nsid"`
	Way    string    `json:"way"`
}

// Document returns the matrix for programs.
func (m Matrix) Document() MatrixDocument {
	d := MatrixDocument{
		Network: m.NetworkName, NetworkID: m.Network, Vantage: m.Vantage, State: m.State, Done: m.Done, Total: m.Total,
		Domains: []LineEntry{}, Servers: []ColumnEntry{}, Findings: []FindingEntry{}, Failure: failure(m.Failure), Begun: m.Begun,
	}
	if !m.Ended.IsZero() {
		d.Took = millis(m.Ended.Sub(m.Begun))
	}
	d.Bad, d.Good, d.Unknown = m.Counts()
	for _, l := range m.Lines {
		e := LineEntry{Domain: l.Domain, Origin: l.Origin, From: l.From, Agreement: l.Agreement.Word, Cells: []CellEntry{}, Findings: []FindingEntry{}}
		said := m.Findings(l)
		for _, f := range said {
			e.Findings = append(e.Findings, entryOf(f))
		}
		for i, c := range l.Cells {
			if c.Asked {
				e.Cells = append(e.Cells, CellEntry{m.Columns[i].Server, c.Cell.Word, c.severity(), c.Cell.Text, millis(c.Report.Deciding().Took), c.Flaps(), codeAt(slices.Concat(m.Around, said), m.Columns[i].Server)})
			}
		}
		d.Domains = append(d.Domains, e)
	}
	for _, f := range m.Around {
		d.Findings = append(d.Findings, entryOf(f))
	}
	for _, c := range m.Columns {
		d.Servers = append(d.Servers, ColumnEntry{
			c.Server, c.Known, c.Heard, c.Good, millis(c.Min), millis(c.Median), millis(c.P95), yesNo(c.TCP), c.EDNS, c.NSID, c.Standing,
		})
	}
	return d
}

// codeAt is the code of the first finding about a server that needs a person.
func codeAt(list []finding.Finding, server safe.Text) finding.Code {
	for _, f := range list {
		if f.NeedsPerson() && slices.Contains(f.Servers, server) {
			return f.Code
		}
	}
	return ""
}

func (e Entry) severity() string {
	if !e.Known {
		return model.SeverityUnknown.String()
	}
	return e.Cell.Severity.String()
}

// CSV returns the matrix for a spreadsheet: a line for each domain and server. Cells
// that a spreadsheet would take for a formula begin with an apostrophe.
func (m Matrix) CSV() string {
	var b strings.Builder
	b.WriteString("domain,server,result,severity,took_ms,agreement,vantage,text\n")
	for _, l := range m.Lines {
		for i, c := range l.Cells {
			if !c.Asked {
				continue
			}
			took := ""
			if d := c.Report.Deciding(); d.Answered() {
				took = fmt.Sprintf("%.3f", millis(d.Took))
			}
			row := []string{
				l.Domain.String(), m.Columns[i].Server.String(), c.Cell.Word, c.severity(), took, l.Agreement.Word, m.Vantage, c.Cell.Text,
			}
			for j, field := range row {
				row[j] = csvField(field)
			}
			b.WriteString(strings.Join(row, ",") + "\n")
		}
	}
	return b.String()
}

func csvField(s string) string {
	s = safe.Clean(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		s = "'" + s
	}
	if strings.ContainsAny(s, ",\"") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// Text is the matrix for people: a table of words, the footers of the servers, and what
// the bad cells mean.
func (m Matrix) Text() string {
	b := &page{}
	bad, good, unknown := m.Counts()
	b.linef("%s, %s: %d bad, %d good, %d not known", m.NetworkName.Or(m.Network.Raw()), m.Vantage, bad, good, unknown)
	wide := len("DOMAIN")
	for _, l := range m.Lines {
		wide = max(wide, min(len(l.Domain.String()), 40))
	}
	for _, l := range m.Lines {
		for i, c := range l.Cells {
			if c.Asked {
				b.linef("%-*s  %-15s  %-12s  %-20s%s", wide, l.Domain, m.Columns[i].Server, orDash(c.Cell.Word), l.Agreement.Word, c.remark())
			}
		}
	}
	for _, c := range m.Columns {
		b.linef("%s: %d of %d heard, %d good, median %s, TCP %s; %s", c.Server, c.Heard, c.Known, c.Good, medianOf(c), yesNo(c.TCP), orDash(c.Standing))
	}
	if len(m.Around) > 0 {
		b.linef("")
		b.linef("Around the servers")
		writeFindings(b, m.Around)
	}
	m.explain(b)
	return b.String()
}

// maxExplained is how many domains are explained in a text: one dead server makes all of
// its domains fail for one reason.
const maxExplained = 20

// explain writes what is the likely cause at the domains that are not well.
func (m Matrix) explain(b *page) {
	n := 0
	for _, l := range m.Lines {
		said := m.Findings(l)
		if !slices.ContainsFunc(said, finding.Finding.NeedsPerson) {
			continue
		}
		if n++; n > maxExplained {
			continue
		}
		if n == 1 {
			b.linef("")
			b.linef("Found")
		}
		b.linef("%s", l.Domain)
		writeFindings(b, said)
	}
	if n > maxExplained {
		b.linef("and %s more; the document for programs has them all", phrase.Count(n-maxExplained, "domain"))
	}
}

// remark is what a cell that is not good means.
func (e Entry) remark() string {
	s := ""
	if e.Known && e.Cell.Severity != model.SeverityOK {
		s = "  " + e.Cell.Text
	}
	if e.Flaps() {
		s += "  (it was another result before)"
	}
	return s
}

// medianOf is how long a server takes; one that was never heard takes no time at all.
func medianOf(c Column) string {
	if c.Heard == 0 {
		return "–"
	}
	return dnsverdict.Millis(c.Median)
}
