package file

import (
	"slices"
	"strings"
)

// formula are the first characters that make a spreadsheet compute a cell. A quote
// before them keeps it from that; one before a quote keeps the two apart.
const formula = "=+-@\t\r'"

// maxCell bounds a cell between quotation marks: one that is not closed must not
// swallow the rest of a file.
const maxCell = 8 << 10

// csv reads tables of the columns domain and servers, with a line of names or without
// one, parted by commas, semicolons or tabs. Several words in a cell are parted by
// blanks, semicolons or commas; servers may stand in several cells.
func (r *reader) csv() {
	separator, at := r.separator()
	columns := columns{domain: 0}
	head := r.headAt(at, separator)
	for at < len(r.text) {
		e, cells, next := r.record(at, separator)
		at = next
		empty := !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
		if e.problem == "" && (empty || strings.HasPrefix(cells[0], "#") || ruled(cells)) {
			continue
		}
		if e.from < head {
			r.pass(strings.TrimSpace(cells[0]))
			continue
		}
		if e.problem == "" && e.from == head {
			columns, _ = header(cells)
			continue
		}
		r.row(e, cells, &columns)
	}
	r.notePassed("line")
	if len(columns.left) > 0 {
		r.note("columns without a counterpart were left out: " + strings.Join(columns.left, ", "))
	}
}

// ruled reports the line of dashes below the names of a table that is drawn with bars.
func ruled(cells []string) bool {
	line := strings.TrimSpace(strings.Join(cells, ""))
	return strings.Contains(line, "--") && strings.Trim(line, "-: ") == ""
}

// maxPreamble is how many lines may stand above the names of the columns.
const maxPreamble = 12

// headAt finds the line of names, which titles may stand above; -1 for none.
func (r *reader) headAt(at int, separator byte) int {
	for n := 0; at < len(r.text) && n < maxPreamble; {
		e, cells, next := r.record(at, separator)
		at = next
		if e.problem != "" || strings.TrimSpace(strings.Join(cells, "")) == "" || strings.HasPrefix(cells[0], "#") {
			continue
		}
		if _, ok := header(cells); ok {
			return e.from
		}
		n++
	}
	return -1
}

func (r *reader) row(e entry, cells []string, c *columns) {
	if kind := c.kindOf(cells); kind != "" {
		r.pass("a row of the type " + kind)
		return
	}
	for i, cell := range cells {
		words := splitCell(cell)
		switch {
		case i == c.domain:
			e.domains = append(e.domains, words...)
		case c.isServer(i):
			e.servers = append(e.servers, words...)
		case len(words) > 0 && i != c.kind-1 && i < len(c.names) && len(c.left) < 8 && !slices.Contains(c.left, short(strings.TrimSpace(c.names[i]))):
			c.left = append(c.left, short(strings.TrimSpace(c.names[i])))
		}
	}
	if len(c.names) == 0 && len(e.servers) > 0 && !slices.ContainsFunc(e.servers, func(s string) bool { return address(s) || addressPort(s) }) {
		e.failf("there is no address in it; if it names the columns, call them domain and servers, else write the address of a server, such as 10.1.0.4")
	}
	if e.problem == "" && len(e.servers) == 0 && len(cells) == 1 {
		e.failf("there is one column in it; the domains stand in the first and the servers in the second, parted by a comma, a semicolon or a tab")
	}
	r.put(e)
}

// columns says which column holds what.
type columns struct {
	domain  int
	kind    int      // 0: none; else one more than the column that says what a row is
	servers []int    // empty: all but that of the domain
	names   []string // as they stand in the first line
	left    []string // that had something in them and were left out
}

func (c columns) isServer(i int) bool {
	return len(c.servers) == 0 && i != c.domain || slices.Contains(c.servers, i)
}

// kindOf is what a row is, where a column says that it does not forward.
func (c columns) kindOf(cells []string) string {
	if c.kind == 0 || c.kind > len(cells) {
		return ""
	}
	switch kind := strings.ToLower(strings.TrimSpace(cells[c.kind-1])); kind {
	case "primary", "master", "secondary", "slave", "hint", "cache", "authoritative", "delegation-only", "delegated":
		return kind
	default:
		return ""
	}
}

// header reads a line of names. One that names no servers is none.
func header(cells []string) (columns, bool) {
	c := columns{domain: -1, names: cells}
	bare := -1 // a column "name", which is the domain where no other is
	for i, cell := range cells {
		name := strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(strings.Join(strings.Fields(cell), " ")))
		name = strings.Trim(strings.TrimPrefix(name, "dnszone "), "0123456789 *")
		switch name {
		case "type", "zone type":
			c.kind = i + 1
		case "domain", "domains", "domain name", "domain names", "domainname", "domain(s)", "zone", "zones", "zone name", "zonename", "suffix", "dns suffix", "fqdn", "namespace", "dns domain":
			if c.domain < 0 {
				c.domain = i
			}
		case "name":
			if bare < 0 {
				bare = i
			}
		case "server", "servers", "server(s)", "dns server", "dns servers", "dnsservers", "name server", "name servers", "nameserver", "nameservers", "dns", "ip", "ips", "ip address", "ip addresses", "ipaddress", "address", "addresses",
			"target", "targets", "target ip", "target ips", "targetips", "forwarder", "forwarders", "forwarder ip", "forwarder ips", "forward to", "forwarding servers", "master", "masters", "master servers", "masterservers":
			c.servers = append(c.servers, i)
		}
	}
	if c.domain < 0 {
		c.domain = bare
	}
	return c, c.domain >= 0 && len(c.servers) > 0
}

// separator finds what parts the cells, and where the table begins. Excel writes it
// into a line of its own where it is unusual.
func (r *reader) separator() (separator byte, at int) {
	line, _, _ := strings.Cut(r.text, "\n")
	if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "sep="); ok && len(rest) == 1 {
		return rest[0], min(len(r.text), len(line)+1)
	}
	for line := range strings.Lines(r.text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		for _, s := range []byte(",\t;|") {
			if strings.IndexByte(outsideQuotes(line), s) >= 0 && (s != '|' || tableHead(line)) {
				return s, 0
			}
		}
	}
	return ',', 0
}

func outsideQuotes(line string) string {
	var b strings.Builder
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	return b.String()
}

// record reads the cells of the record that begins at an offset. One with a mistake
// ends with its first line, so that the next one is read.
func (r *reader) record(at int, separator byte) (e entry, cells []string, next int) {
	e.from = at
	lineEnd := len(r.text)
	if i := strings.IndexByte(r.text[at:], '\n'); i >= 0 {
		lineEnd = at + i + 1
	}
	for {
		cell, end, problem := r.cell(at, separator)
		if problem != "" {
			e.to = lineEnd
			e.failf("%s", problem)
			return e, nil, lineEnd
		}
		cells = append(cells, unguard(cell))
		if end >= len(r.text) || r.text[end] != separator {
			e.to = end
			return e, cells, min(len(r.text), end+1)
		}
		at = end + 1
	}
}

// cell reads one cell and returns where it ended: at a separator, at a line break or
// at the end.
func (r *reader) cell(at int, separator byte) (cell string, end int, problem string) {
	rest := r.text[at:]
	if blank := len(rest) - len(strings.TrimLeft(rest, " ")); !strings.HasPrefix(rest[blank:], `"`) {
		end = strings.IndexFunc(rest, func(c rune) bool { return c == rune(separator) || c == '\n' })
		if end < 0 {
			end = len(rest)
		}
		return rest[:end], at + end, ""
	} else if blank > 0 {
		at += blank
		rest = rest[blank:]
	}
	var b strings.Builder
	for i := 1; i < len(rest) && i < maxCell; i++ {
		if rest[i] != '"' {
			b.WriteByte(rest[i])
			continue
		}
		if strings.HasPrefix(rest[i+1:], `"`) {
			b.WriteByte('"')
			i++
			continue
		}
		after := i + 1 + len(rest[i+1:]) - len(strings.TrimLeft(rest[i+1:], " "))
		if after < len(rest) && rest[after] != separator && rest[after] != '\n' {
			return "", 0, "something stands behind a closing quotation mark; write \"\" for a quotation mark inside a cell"
		}
		return b.String(), at + after, ""
	}
	return "", 0, "a quotation mark is opened and not closed; close it, or write \"\" for a quotation mark inside a cell"
}

func splitCell(cell string) []string {
	return strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(" \t\r\n,;", c) })
}

func guard(cell string) string {
	if cell != "" && strings.IndexByte(formula, cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte(formula, cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

func writeCSV(w *writer) {
	quote := func(cell string) string {
		if cell = guard(cell); strings.ContainsAny(cell, "\",;\t\r\n#") || strings.HasPrefix(cell, " ") {
			return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		return cell
	}
	w.line("domain,servers")
	for _, m := range w.mappings {
		w.line(quote(strings.Join(raws(m.Domains), " ")) + "," + quote(strings.Join(raws(m.Servers), " ")))
	}
}
