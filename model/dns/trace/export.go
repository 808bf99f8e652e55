package trace

import (
	"fmt"
	"strings"
	"time"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/safe"
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
	Failure   *FailureEntry `json:"failure"`
	Begun     time.Time     `json:"begun"`
	Took      float64       `json:"took_ms"`
}

// LineEntry is a domain.
type LineEntry struct {
	Domain    safe.Text   `json:"domain"`
	Origin    Origin      `json:"origin"`
	From      safe.Text   `json:"from"`
	Agreement string      `json:"agreement"`
	Cells     []CellEntry `json:"cells"`
}

// CellEntry is a domain at one of its servers.
type CellEntry struct {
	Server   safe.Text `json:"server"`
	Cell     string    `json:"cell"` // "OK 12ms", "TIMEOUT 2/2"; empty while it is not known
	Severity string    `json:"severity"`
	Text     string    `json:"text"`
	Took     float64   `json:"took_ms"`
	Flaps    bool      `json:"flaps"`
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
		Domains: []LineEntry{}, Servers: []ColumnEntry{}, Failure: failure(m.Failure), Begun: m.Begun,
	}
	if !m.Ended.IsZero() {
		d.Took = millis(m.Ended.Sub(m.Begun))
	}
	d.Bad, d.Good, d.Unknown = m.Counts()
	for _, l := range m.Lines {
		e := LineEntry{Domain: l.Domain, Origin: l.Origin, From: l.From, Agreement: l.Agreement.Word, Cells: []CellEntry{}}
		for i, c := range l.Cells {
			if c.Asked {
				e.Cells = append(e.Cells, CellEntry{m.Columns[i].Server, c.Cell.Word, c.severity(), c.Cell.Text, millis(c.Report.Deciding().Took), c.Flaps()})
			}
		}
		d.Domains = append(d.Domains, e)
	}
	for _, c := range m.Columns {
		d.Servers = append(d.Servers, ColumnEntry{
			c.Server, c.Known, c.Heard, c.Good, millis(c.Min), millis(c.Median), millis(c.P95), yesNo(c.TCP), c.EDNS, c.NSID, c.Standing,
		})
	}
	return d
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
	return b.String()
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
