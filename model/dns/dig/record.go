package dig

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	maxElsewhere = 4    // servers of a referral
	maxRecords   = 4096 // of one answer; a message holds no more addresses
	maxJoined    = 64   // lines of one record in brackets
	maxRecord    = 1 << 17
)

// join adds a line to a record that goes over several, as +multiline writes them.
func (p *parser) join(line string) {
	b := &p.b
	b.joinedLines++
	b.joined += " " + uncomment(line)
	switch {
	case depth(b.joined) <= 0:
		whole := b.joined
		b.joined, b.joinedLines = "", 0
		p.record(whole)
	case b.joinedLines >= maxJoined || len(b.joined) > maxRecord:
		b.joined, b.joinedLines = "", 0
		p.result.notef("a record of %s does not end", b.name)
	}
}

// uncomment takes a comment away that ends a line.
func uncomment(line string) string {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case ';':
			if !quoted {
				return strings.TrimSpace(line[:i])
			}
		}
	}
	return line
}

// depth counts the brackets that are open at the end of a line.
func depth(line string) int {
	n, quoted := 0, false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case '(':
			if !quoted {
				n++
			}
		case ')':
			if !quoted {
				n--
			}
		}
	}
	return n
}

// unbracket takes the brackets away that hold the lines of a record together.
func unbracket(line string) string {
	if !strings.ContainsAny(line, "()") {
		return line
	}
	var b strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line):
			b.WriteByte(c)
			i++
			b.WriteByte(line[i])
		case (c == '(' || c == ')') && !quoted:
			b.WriteByte(' ')
		default:
			quoted = quoted != (c == '"')
			b.WriteByte(c)
		}
	}
	return b.String()
}

// record reads a record of the section that is open. A line that is none ends it.
func (p *parser) record(line string) {
	b := &p.b
	if b.section != sectionAnswer && b.section != sectionAuthority {
		return
	}
	bare := uncomment(line)
	if depth(bare) > 0 {
		b.joined, b.joinedLines = bare, 0
		return
	}
	r, ok := parseRecord(unbracket(bare))
	if !ok {
		b.section = sectionNone
		return
	}
	if r.kind == "OPT" {
		return
	}
	b.add(r)
}

// raw is a record as it is written.
type raw struct {
	name, kind, data string
	ttl              uint32
}

// parseRecord reads a line such as "a.example.com. 300 IN A 10.1.0.5". The TTL and the
// class may be missing.
func parseRecord(line string) (raw, bool) {
	name, rest := word(line)
	r := raw{name: name}
	for range 3 {
		w, more := word(rest)
		switch up := strings.ToUpper(w); {
		case w == "":
			return r, false
		case knownType(up):
			r.kind = up
			r.data = strings.TrimSpace(more)
			return r, len(name) <= maxWord
		case up == "IN" || up == "CH" || up == "HS" || up == "ANY" || up == "NONE" || strings.HasPrefix(up, "CLASS"):
		default:
			ttl, ok := seconds(w)
			if !ok {
				return r, strangeType(&r, up, more)
			}
			r.ttl = ttl
		}
		rest = more
	}
	w, more := word(rest)
	up := strings.ToUpper(w)
	if !knownType(up) {
		return r, strangeType(&r, up, more)
	}
	r.kind, r.data = up, strings.TrimSpace(more)
	return r, true
}

// strangeType takes a type that is not in the list, which is at least one of letters
// and digits behind a name that is written with the dot at its end.
func strangeType(r *raw, up, data string) bool {
	if !strings.HasSuffix(r.name, ".") || up == "" || len(up) > 12 {
		return false
	}
	for _, c := range up {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	r.kind, r.data = up, strings.TrimSpace(data)
	return true
}

func word(s string) (string, string) {
	s = strings.TrimLeft(s, " \t")
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++ // whatever stands behind it belongs to the word
		case ' ', '\t':
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// seconds reads a TTL, also one with units such as 1h30m.
func seconds(w string) (uint32, bool) {
	if n, err := strconv.ParseUint(w, 10, 32); err == nil {
		return uint32(n), true
	}
	d, err := time.ParseDuration(strings.NewReplacer("w", "", "d", "").Replace(strings.ToLower(w)))
	if err != nil || d < 0 || strings.ContainsAny(w, ".") || strings.Contains(w, "us") || strings.Contains(w, "ns") {
		return 0, false
	}
	return uint32(min(d/time.Second, 1<<31)), true
}

// add takes a record as a prober would.
func (b *block) add(r raw) {
	data := strings.Fields(r.data)
	switch {
	case r.kind == "SOA" && len(data) >= 7:
		if b.r.SOA.IsZero() {
			b.r.SOA = soa(r, data, b.section == sectionAuthority)
		}
	case r.kind == "NS" && len(data) > 0 && len(b.servers) < maxElsewhere:
		b.servers = append(b.servers, named(data[0]))
	}
	if b.section == sectionAnswer && len(b.answers) < maxRecords {
		b.answers = append(b.answers, dnsverdict.Record{Name: named(r.name), Type: r.kind, Value: value(r, data), TTL: time.Duration(r.ttl) * time.Second})
	}
}

func soa(r raw, data []string, beside bool) dnsverdict.SOA {
	serial, _ := strconv.ParseUint(data[2], 10, 32)
	minimum, _ := seconds(data[6])
	return dnsverdict.SOA{
		Zone: named(r.name).Or("."), Primary: named(data[0]), Serial: uint32(serial),
		Minimum: time.Duration(min(minimum, r.ttl)) * time.Second, Beside: beside,
	}
}

// value writes the data of a record as the prober does.
func value(r raw, data []string) safe.Text {
	switch {
	case (r.kind == "A" || r.kind == "AAAA") && len(data) == 1:
		if a, err := netip.ParseAddr(data[0]); err == nil {
			return safe.New(a.String())
		}
	case (r.kind == "CNAME" || r.kind == "NS") && len(data) == 1:
		return named(data[0])
	case len(data) > 2 && data[0] == `\#`: // RFC 3597
		return shorten(data[0] + " " + data[1] + " " + strings.ToLower(strings.Join(data[2:], "")))
	case r.kind == "SOA" && len(data) >= 7:
		return shorten(strings.TrimSuffix(data[0], ".") + " " + strings.TrimSuffix(data[1], ".") + " " + data[2])
	}
	return shorten(r.data)
}

// named writes a name as the prober does, which escapes a blank in another way than dig.
func named(s string) safe.Text {
	return safe.New(lower(strings.ReplaceAll(clip(s), `\032`, `\ `)))
}
