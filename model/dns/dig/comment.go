package dig

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// comment reads a line that begins with a semicolon, inside an exchange.
func (p *parser) comment(line string) {
	b := &p.b
	text := strings.TrimSpace(strings.TrimLeft(line, ";"))
	low := strings.ToLower(text)
	switch {
	case strings.HasPrefix(low, "flags:"):
		p.setFlags(text)
	case strings.HasSuffix(low, "section:"):
		b.section = sections(low)
	case strings.HasPrefix(low, "query time:"):
		b.took = since(field(text, "time:"), low)
	case strings.HasPrefix(low, "server:"):
		p.from(strings.TrimSpace(text[len("server:"):]))
		b.closed = true
	case strings.HasPrefix(low, "from ") && strings.Contains(low, " in "): // kdig
		words := strings.Fields(text)
		p.from(words[1])
		if len(words) > 4 {
			b.took = since(words[3], words[4])
		}
		b.closed = true
	case strings.HasPrefix(low, "msg size"):
		b.r.Size, _ = strconv.Atoi(field(text, "rcvd:"))
		b.closed = true
	case strings.HasPrefix(low, "received ") && strings.HasSuffix(low, " b"): // kdig
		b.r.Size, _ = strconv.Atoi(strings.Fields(text)[1])
	case b.section == sectionOPT:
		p.option(text)
	case b.section == sectionQuestion && b.name == "":
		p.question(text)
	}
}

func sections(low string) section {
	switch strings.Fields(low)[0] {
	case "question":
		return sectionQuestion
	case "answer":
		return sectionAnswer
	case "authority":
		return sectionAuthority
	case "opt", "edns":
		return sectionOPT
	default:
		return sectionAdditional
	}
}

func (p *parser) setFlags(text string) {
	list, _, _ := strings.Cut(text[len("flags:"):], ";")
	if p.b.flags == nil {
		p.b.flags = map[string]bool{}
	}
	for f := range strings.FieldsSeq(strings.ToLower(list)) {
		switch f {
		case "qr", "aa", "tc", "rd", "ra":
			p.b.flags[f] = true
		}
	}
}

// since reads a time with its unit, such as "12 msec" or "12.5 ms".
func since(number, unit string) time.Duration {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n >= 0 && n < 1e9) {
		return 0
	}
	switch {
	case strings.Contains(unit, "usec"), strings.Contains(unit, "us"):
		return time.Duration(n * float64(time.Microsecond))
	case strings.Contains(unit, "msec"), strings.Contains(unit, "ms"):
		return time.Duration(n * float64(time.Millisecond))
	default:
		return time.Duration(n * float64(time.Second))
	}
}

// from reads the server that answered, such as 10.1.0.4#53(10.1.0.4) (UDP).
func (p *parser) from(text string) {
	switch {
	case strings.Contains(text, "(TCP)"):
		p.b.over = dnsverdict.TCP
	case strings.Contains(text, "(UDP)"):
		p.b.over = dnsverdict.UDP
	}
	word, _, _ := strings.Cut(text, " ")
	p.b.server = address(word)
}

// question reads the question that an answer repeats.
func (p *parser) question(text string) {
	w := strings.Fields(text)
	if len(w) < 2 || !knownType(strings.ToUpper(w[len(w)-1])) {
		return
	}
	p.b.name, p.b.kind = clip(w[0]), strings.ToUpper(w[len(w)-1])
	if p.b.name == "." {
		p.b.name = ""
	}
}

const (
	maxErrors = 4
	maxValue  = 256
)

// option reads what EDNS brought.
func (p *parser) option(text string) {
	low, r := strings.ToLower(text), &p.b.r
	switch {
	case strings.HasPrefix(low, "edns:"), strings.HasPrefix(low, "version:"):
		r.UDPSize, _ = strconv.Atoi(field(low, "udp:"))
		if size := field(low, "udp size:"); size != "" { // kdig
			r.UDPSize, _ = strconv.Atoi(size)
		}
		if code := field(text, "ext-rcode:"); code != "" && code != string(dnsverdict.NoError) {
			r.Code = dnsverdict.RCode(safe.Clean(code))
		}
	case strings.HasPrefix(low, "nsid:"):
		r.NSID = nsid(text[len("nsid:"):])
	case strings.HasPrefix(low, "ede:"):
		if e, ok := extended(text[len("ede:"):]); ok && len(r.Errors) < maxErrors {
			r.Errors = append(r.Errors, e)
		}
	}
}

// nsid reads the bytes of an identifier, in hexadecimal with or without blanks.
func nsid(text string) safe.Text {
	digits, _, _ := strings.Cut(text, "(")
	digits, _, _ = strings.Cut(digits, `"`)
	raw, err := hex.DecodeString(strings.TrimPrefix(strings.Join(strings.Fields(digits), ""), "0x"))
	if err != nil {
		return safe.Text{}
	}
	return shorten(string(raw))
}

// extended reads an error such as "18 (Prohibited): (blocked)", or kdig's
// "18 (Prohibited), 'blocked'".
func extended(text string) (dnsverdict.ExtendedError, bool) {
	text = strings.TrimSpace(text)
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	code, err := strconv.Atoi(text[:digits])
	if err != nil || code > 0xffff {
		return dnsverdict.ExtendedError{}, false
	}
	e := dnsverdict.ExtendedError{Code: code}
	rest := strings.TrimSpace(text[digits:])
	if strings.HasPrefix(rest, "(") {
		name, more, _ := strings.Cut(rest[1:], ")")
		e.Name, rest = safe.Clean(name), more
	}
	rest = strings.TrimSpace(strings.TrimLeft(rest, ":, "))
	for _, pair := range []string{"()", "''", `""`} {
		if len(rest) >= 2 && rest[0] == pair[0] && rest[len(rest)-1] == pair[1] {
			rest = rest[1 : len(rest)-1]
			break
		}
	}
	e.Text = shorten(rest)
	return e, true
}

func shorten(s string) safe.Text {
	if len(s) > maxValue {
		s = strings.ToValidUTF8(s[:maxValue], "") + "…"
	}
	return safe.New(s)
}
