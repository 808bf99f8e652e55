package dig

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// envelope is what Azure returns of a command that ran on a virtual machine.
type envelope struct {
	Value []struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"value"`
	Error *struct {
		Message safe.Text `json:"message"`
	} `json:"error"`
}

// message is an answer after RFC 8427, as kdig writes it with +json.
type message struct {
	QName     *string    `json:"QNAME"`
	QType     int        `json:"QTYPE"`
	QTypeName string     `json:"QTYPEname"`
	RCode     int        `json:"RCODE"`
	AA        int        `json:"AA"`
	TC        int        `json:"TC"`
	RD        int        `json:"RD"`
	RA        int        `json:"RA"`
	Answer    []jsonData `json:"answerRRs"`
	Authority []jsonData `json:"authorityRRs"`
}

// jsonData is a record; the name of the member with its data depends on its type.
type jsonData map[string]json.RawMessage

// document reads a JSON document: an envelope, an answer, or a list of answers.
func (p *parser) document(doc json.RawMessage) {
	var e envelope
	if json.Unmarshal(doc, &e) == nil && (len(e.Value) > 0 || e.Error != nil) {
		p.unwrap(e)
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(doc, &list) != nil {
		list = []json.RawMessage{doc}
	}
	for _, d := range list {
		var m message
		if json.Unmarshal(d, &m) != nil || m.QName == nil {
			p.result.notef("the JSON in the text is neither an answer (RFC 8427) nor the result of az vm run-command")
			continue
		}
		p.answer(m)
	}
}

func (p *parser) unwrap(e envelope) {
	if e.Error != nil {
		p.result.notef("Azure could not run the command: %s", e.Error.Message)
	}
	for _, v := range e.Value {
		out, failed := v.Message, ""
		if _, rest, ok := strings.Cut(out, "[stdout]"); ok {
			out = rest
		}
		if before, rest, ok := strings.Cut(out, "[stderr]"); ok {
			out, failed = before, strings.TrimSpace(rest)
		}
		before := len(p.result.Exchanges)
		p.lines(out)
		p.end()
		if len(p.result.Exchanges) == before && failed != "" {
			p.result.notef("the command failed on the virtual machine: %s", failed)
		}
		if len(v.Message) >= maxRunCommand {
			p.result.notef("Azure returns the last %d characters only; the first answers may be missing", maxRunCommand)
		}
	}
}

// maxRunCommand is how much of the output of a command Azure returns.
const maxRunCommand = 4096

func (p *parser) answer(m message) {
	p.end()
	p.open = true
	b := &p.b
	b.reply, b.closed = true, true
	b.flags = map[string]bool{"qr": true, "aa": m.AA != 0, "tc": m.TC != 0, "rd": m.RD != 0, "ra": m.RA != 0}
	b.r.Code = code(m.RCode)
	b.name, b.kind = clip(*m.QName), first(strings.ToUpper(clip(m.QTypeName)), typeName(m.QType))
	b.section = sectionAnswer
	b.addJSON(m.Answer)
	b.section = sectionAuthority
	b.addJSON(m.Authority)
	p.end()
}

func (b *block) addJSON(list []jsonData) {
	for _, d := range list {
		r := raw{name: clip(d.text("NAME")), kind: strings.ToUpper(clip(d.text("TYPEname")))}
		n, _ := strconv.Atoi(d.text("TYPE"))
		r.kind = first(r.kind, typeName(n))
		ttl, _ := strconv.ParseUint(d.text("TTL"), 10, 32)
		r.ttl, r.data = uint32(ttl), d.text("rdata"+r.kind)
		b.add(r)
	}
}

// text returns a member as text, whether it is a string or a number.
func (d jsonData) text(name string) string {
	var s string
	if json.Unmarshal(d[name], &s) == nil {
		return s
	}
	return string(d[name])
}

// typeName names the types that the verdicts look at.
func typeName(n int) string {
	switch n {
	case 1:
		return "A"
	case 2:
		return "NS"
	case 5:
		return "CNAME"
	case 6:
		return "SOA"
	case 12:
		return "PTR"
	case 28:
		return "AAAA"
	default:
		return fmt.Sprintf("TYPE%d", n)
	}
}

// code names a code as dig does.
func code(n int) dnsverdict.RCode {
	list := []dnsverdict.RCode{dnsverdict.NoError, dnsverdict.FormErr, dnsverdict.ServFail, dnsverdict.NXDomain, dnsverdict.NotImp, dnsverdict.Refused, "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"}
	if n >= 0 && n < len(list) {
		return list[n]
	}
	return dnsverdict.RCode(fmt.Sprintf("RCODE %d", n))
}
