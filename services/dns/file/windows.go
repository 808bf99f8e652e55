package file

import (
	"slices"
	"strings"
)

// windows reads what the DNS commands of Windows print, as a table, a list, CSV or JSON,
// and the commands that add forwarders, in any order, as a copied window has them.
func (r *reader) windows() {
	if bracketed(r.text) {
		r.json()
		return
	}
	lines := r.windowsLines()
	for i := 0; i < len(lines); {
		l := lines[i]
		switch {
		case l.text == "" || strings.HasPrefix(l.text, "#") && !strings.HasPrefix(strings.ToUpper(l.text), "#TYPE"):
			i++
		case windowsTableHead(l.text) || strings.HasPrefix(strings.ToUpper(l.text), "#TYPE"):
			i += r.windowsCSV(lines[i:])
		case isCommand(l.text) || innerCommand(l.text) >= 0:
			i += r.windowsCommand(lines[i:])
		case scripted(l.text):
			r.pass("a line of the script around the commands")
			i++
		case i+1 < len(lines) && dashes(lines[i+1].text):
			i += r.windowsTable(lines[i:])
		case propertyOf(l.whole) != "":
			i += r.windowsList(lines[i:])
		default:
			e := entry{from: l.from, to: l.to}
			e.failf("%s is neither a DNS command of Windows nor what one prints; print it with Format-List, or write the mapping as: corp.example.com -> 10.1.0.4", quoted(l.text))
			r.put(e)
			i++
		}
	}
	r.notePassed("part")
}

// windowsLine is a line of the text.
type windowsLine struct {
	from, to int
	whole    string // with the blanks before it
	text     string
}

func (r *reader) windowsLines() []windowsLine {
	var out []windowsLine
	at := 0
	for line := range strings.Lines(r.text) {
		whole := strings.TrimRight(line, "\n")
		out = append(out, windowsLine{at, at + len(whole), whole, strings.TrimSpace(whole)})
		at += len(line)
	}
	return out
}

// windowsSign tells what the DNS commands of Windows print, and those commands.
func windowsSign(s sample) bool {
	for i, l := range s.lines {
		switch {
		case isCommand(l), innerCommand(l) >= 0, windowsTableHead(l):
			return true
		case strings.HasPrefix(l, "zonename ") || strings.HasPrefix(l, "masterservers ") || strings.HasPrefix(l, "namespace ") || strings.HasPrefix(l, "nameservers "), strings.HasPrefix(l, "useroothint "), strings.HasPrefix(l, "reorderedipaddress "):
			if strings.Contains(l, ":") && propertyOf(l) != "" {
				return true
			}
			fallthrough
		default:
			if i+1 < len(s.lines) && dashes(s.lines[i+1]) && windowsColumns(strings.Fields(l)) {
				return true
			}
		}
	}
	return false
}

// windowsColumns reports whether names are columns of what a DNS command prints.
func windowsColumns(names []string) bool {
	known := 0
	for _, n := range names {
		if slices.Contains([]string{"zonename", "zonetype", "masterservers", "namespace", "nameservers", "isdsintegrated", "isautocreated", "usereroothint", "useroothint", "reorderedipaddress"}, strings.ToLower(strings.Trim(n, `"`))) {
			known++
		}
	}
	return known > 0
}

// windowsTableHead reports the first line of a CSV or TSV of what a DNS command prints.
func windowsTableHead(line string) bool {
	for _, separator := range []string{",", "\t", ";"} {
		if cells := strings.Split(line, separator); len(cells) > 1 && windowsColumns(cells) {
			return true
		}
	}
	return false
}

// dashes reports the line between the names and the rows of a table.
func dashes(line string) bool {
	return strings.Trim(line, "- ") == "" && strings.Contains(line, "--")
}

// propertyOf returns the name before the colon of a line that Format-List prints.
func propertyOf(line string) string {
	before, _, found := strings.Cut(line, ":")
	name := strings.TrimSpace(before)
	if !found || name == "" || strings.ContainsAny(name, " \t{}\"'/\\.") || before[0] == ' ' {
		return ""
	}
	return name
}

// windowsRecord is one object that a command has printed.
type windowsRecord struct {
	entry

	fields map[string]string // by the name in small letters
}

func (w *windowsRecord) set(name, value string) {
	if w.fields == nil {
		w.fields = map[string]string{}
	}
	w.fields[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
}

func (w *windowsRecord) first(names ...string) string {
	for _, n := range names {
		if v := w.fields[n]; v != "" {
			return v
		}
	}
	return ""
}

// windowsList reads the lines "name : value" of one object. A value may go on in lines
// that begin with blanks.
func (r *reader) windowsList(lines []windowsLine) int {
	w := windowsRecord{entry: entry{from: lines[0].from}}
	name := ""
	n := 0
	for ; n < len(lines) && lines[n].text != "" && !isCommand(lines[n].text); n++ {
		l := lines[n]
		w.to = l.to
		if p := propertyOf(l.whole); p != "" {
			if _, again := w.fields[strings.ToLower(p)]; again {
				break // the next object, without a line between
			}
			_, value, _ := strings.Cut(l.whole, ":")
			name = p
			w.set(name, value)
			continue
		}
		if l.whole[0] != ' ' && l.whole[0] != '\t' {
			w.failf("%s is no line \"name : value\" as Format-List prints them", quoted(l.text))
		}
		if l.to-w.from > maxList {
			w.failf("it is too long for one object; print it with Format-List")
			continue
		}
		w.set(name, w.fields[strings.ToLower(name)]+" "+l.text)
	}
	if n > 0 && w.to == 0 {
		w.to = lines[n-1].to
	}
	r.windowsObject(w)
	return max(1, n)
}

// windowsTable reads a table whose columns begin where the dashes do. A row goes on in
// lines whose first column is empty.
func (r *reader) windowsTable(lines []windowsLine) int {
	starts := columnStarts(lines[1].whole)
	names := cutColumns(lines[0].whole, starts)
	var rows []*windowsRecord
	n := 2
	for ; n < len(lines) && lines[n].text != "" && !isCommand(lines[n].text); n++ {
		cells := cutColumns(lines[n].whole, starts)
		if cells[0] != "" || len(rows) == 0 {
			rows = append(rows, &windowsRecord{entry: entry{from: lines[n].from}})
		}
		w := rows[len(rows)-1]
		w.to = lines[n].to
		if w.to-w.from > maxList {
			w.failf("it is too long for one row; print it with Format-List")
			continue
		}
		for i, c := range cells {
			w.set(names[i], w.fields[strings.ToLower(names[i])]+" "+c)
		}
		if crosses(lines[n].whole, starts) {
			w.failf("a value in it reaches into the next column, so they cannot be told apart; print it with Format-List")
		}
	}
	for _, w := range rows {
		r.windowsObject(*w)
	}
	return n
}

// columnStarts are the places at which columns begin, told by the line of dashes.
func columnStarts(line string) []int {
	var starts []int
	rule := []rune(line)
	for i, c := range rule {
		if c == '-' && (i == 0 || rule[i-1] != '-') {
			starts = append(starts, i)
		}
	}
	return starts
}

// cutColumns cuts a line where columns begin.
func cutColumns(line string, starts []int) []string {
	runes := []rune(line)
	cells := make([]string, len(starts))
	for i, from := range starts {
		to := len(runes)
		if i+1 < len(starts) {
			to = min(to, starts[i+1])
		}
		if from < to {
			cells[i] = strings.TrimSpace(string(runes[from:to]))
		}
	}
	return cells
}

// crosses reports whether a word stands where a column begins and goes on from the one
// before.
func crosses(line string, starts []int) bool {
	runes := []rune(line)
	for _, s := range starts[1:] {
		if s < len(runes) && s > 0 && runes[s] != ' ' && runes[s-1] != ' ' {
			return true
		}
	}
	return false
}

// windowsCSV reads what Export-Csv and ConvertTo-Csv write, up to an empty line.
func (r *reader) windowsCSV(lines []windowsLine) int {
	n := 0
	for n < len(lines) && strings.HasPrefix(lines[n].text, "#") {
		n++
	}
	if n == len(lines) {
		return n
	}
	separator := byte(',')
	for _, s := range []byte("\t;,") {
		if strings.IndexByte(outsideQuotes(lines[n].whole), s) >= 0 {
			separator = s
			break
		}
	}
	_, names, at := r.record(lines[n].from, separator)
	for at < len(r.text) && strings.TrimSpace(r.text[at:at+upTo(r.text[at:], "\n")]) != "" {
		e, cells, next := r.record(at, separator)
		w := windowsRecord{entry: e}
		for i, c := range cells {
			if i < len(names) {
				w.set(names[i], c)
			}
		}
		if len(cells) > len(names) {
			w.failf("it has %d cells and the first line %d names; a list stands between quotation marks", len(cells), len(names))
		}
		r.windowsObject(w)
		at = next
	}
	for n < len(lines) && lines[n].from < at {
		n++
	}
	return n
}

// windowsObject makes a mapping of an object.
func (r *reader) windowsObject(w windowsRecord) {
	zone, space := w.first("zonename", "name"), w.first("namespace")
	zoneType := strings.ToLower(w.first("zonetype"))
	switch {
	case w.problem != "":
	case space != "":
		r.nrptRule(w, space)
		return
	case w.fields["useroothint"]+w.fields["reorderedipaddress"] != "" || zone == "" && w.fields["ipaddress"] != "":
		w.failf("these forwarders are for all names without a zone; a mapping has a domain: Get-DnsServerZone lists the zones that forward")
	case zone == "":
		w.failf("there is no ZoneName and no Namespace in it; print it with Select-Object ZoneName, MasterServers, or Namespace, NameServers")
	case zoneType != "" && zoneType != "forwarder" && zoneType != "stub":
		r.pass("the zone " + zone + " of the type " + zoneType)
		return
	}
	if cutOff(zone) {
		w.failf("the name %s is cut off; print it whole: Format-List ZoneName, ZoneType, MasterServers", quoted(zone))
	}
	w.domains = []string{undot(zone)}
	if zoneType == "stub" {
		w.notef(stubNote)
	}
	servers := w.first("masterservers", "ipaddress", "forwarders")
	if servers == "" || servers == "{}" {
		w.failf("its servers are not printed; Get-DnsServerZone -Name %s | Format-List ZoneName, ZoneType, MasterServers prints them", short(zone))
	}
	w.servers = w.listed(servers)
	r.put(w.entry)
}

// nrptRule makes a mapping of a rule of the name resolution policy. Without a dot before
// it, a name there is that name alone.
func (r *reader) nrptRule(w windowsRecord, space string) {
	for _, d := range w.listed(space) {
		suffix, below := strings.CutPrefix(d, ".")
		if !below {
			w.notef("%s is meant for that name alone there; a mapping is for the names below it too", short(d))
			suffix = d
		}
		if suffix == "" {
			suffix = "."
		}
		w.domains = append(w.domains, undot(suffix))
	}
	servers := w.first("nameservers", "directaccessdnsservers")
	w.servers = w.listed(servers)
	if len(w.servers) == 0 {
		w.failf("the rule has no NameServers, so these names are asked as usual; Konnect has no such entry: give servers, or leave it out")
	}
	r.put(w.entry)
}

// cutOff reports a value that the width of a window, or a limit of lists, has cut.
func cutOff(text string) bool {
	return strings.Contains(text, "...") || strings.Contains(text, "…") || strings.Count(text, "{") != strings.Count(text, "}")
}

// listed reads {10.1.0.4, 10.1.0.5}, with braces or without. What was cut off is refused.
func (e *entry) listed(text string) []string {
	switch {
	case cutOff(text):
		e.failf("the list %s is cut off; print it whole: Format-List, or set $FormatEnumerationLimit = -1 first", quoted(text))
	case strings.Contains(text, "[]") || strings.HasPrefix(text, "System.") || strings.HasPrefix(text, "Microsoft."):
		e.failf("Export-Csv wrote the kind of the list, %s, in place of what is in it; put @{n='MasterServers';e={$_.MasterServers -join ' '}} into Select-Object before it", quoted(text))
	}
	var out []string
	for _, w := range splitCell(strings.NewReplacer("{", " ", "}", " ", `"`, " ").Replace(text)) {
		out = append(out, strings.Trim(w, "'"))
	}
	return out
}

// windowsObject is what ConvertTo-Json makes of an object.
func windowsObject(n node) bool {
	return n.has("ZoneName") && n.has("ZoneType", "MasterServers") || n.has("Namespace") && n.has("NameServers")
}

// windowsDocument reads what ConvertTo-Json wrote.
func (r *reader) windowsDocument(root node) {
	for _, n := range find(root, windowsObject) {
		w := windowsRecord{entry: entry{from: n.from, to: n.to}}
		for _, m := range n.members {
			w.set(m.name, strings.Join(windowsWords(m.value), " "))
		}
		r.windowsObject(w)
	}
	r.notePassed("part")
}

// windowsWords are the texts of a value: of a list, also of addresses as objects.
func windowsWords(n node) []string {
	switch n.kind {
	case kindText, kindBare:
		return []string{n.text}
	case kindObject:
		for _, name := range []string{"IPAddressToString", "value", "CimInstanceProperties"} {
			if inner, ok := n.get(name); ok {
				return windowsWords(inner)
			}
		}
	case kindList:
		var out []string
		for _, i := range n.items {
			out = append(out, windowsWords(i)...)
		}
		return out
	case kindNull, kindOther:
	}
	return nil
}
