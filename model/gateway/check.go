package gateway

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxName bounds a name. The contract gives no bound; one of this length is in the
// address of every read of it.
const maxName = 128

// Problems lists what is wrong with a draft as far as the draft itself tells, in the order
// of its fields. The rules are those of Konnect's contract, and where that is silent those
// that Kong Gateway states for the same fields.
func (d Draft) Problems() []Problem {
	var p problems
	if d.Plane.IsEmpty() {
		p.wrongf(FieldPlane, "no control plane is given; give the name or the id of one that runs on the network")
	}
	p.service(d.Service)
	service, route := d.Wanted()
	p.route(d.Route, route, service)
	return p.list
}

// problems gathers problems.
type problems struct{ list []Problem }

func (p *problems) wrongf(field Field, format string, args ...any) {
	p.list = append(p.list, Problem{Field: field, Text: fmt.Sprintf(format, args...)})
}

func (p *problems) warnf(field Field, format string, args ...any) {
	p.list = append(p.list, Problem{Field: field, Warning: true, Text: fmt.Sprintf(format, args...)})
}

func (p *problems) service(s ServiceDraft) {
	p.name(FieldService, s.Name, "service", true)
	if !s.URL.IsEmpty() {
		p.url(s)
		if _, ok := readURL(s.URL); !ok {
			return // its parts are not known
		}
	}
	s = s.split()
	if protocol := s.protocol().Raw(); familyOf(protocol) == "" {
		p.protocol(FieldProtocol, s.Protocol)
	}
	p.host(s.Host)
	switch s.port() {
	case noPort:
		p.wrongf(FieldPort, "the port %s is none; a port is a number from 0 to 65535, such as %d", s.Port.Quoted(), UsualPort(s.protocol().Raw()))
	case 0:
		p.warnf(FieldPort, "nothing can be reached at port 0, although Konnect takes it; give the port that the service listens on")
	}
	p.servicePath(s)
}

func (p *problems) url(s ServiceDraft) {
	if !s.Protocol.IsEmpty() || !s.Host.IsEmpty() || !s.Port.IsEmpty() || !s.Path.IsEmpty() {
		p.wrongf(FieldURL, "the URL %s stands beside protocol, host, port or path, which it gives itself; leave out one or the other", s.URL.Quoted())
	}
	if _, ok := readURL(s.URL); !ok {
		p.wrongf(FieldURL, "%s is no address of a service; write PROTOCOL://HOST:PORT/PATH without a user, a query or a fragment, such as https://orders.example.com:8443/v1 (%s)", s.URL.Quoted(), phrase.Or(Protocols()))
	}
}

// protocol says that a word is no protocol, and which one may be meant.
func (p *problems) protocol(field Field, word safe.Text) {
	if lower := strings.ToLower(word.Raw()); lower != word.Raw() && familyOf(lower) != "" {
		p.wrongf(field, "the protocol %s is written in small letters: %s", word.Quoted(), lower)
		return
	}
	p.wrongf(field, "%s is no protocol that Konnect knows; it is one of %s", word.Quoted(), phrase.Or(Protocols()))
}

// name checks a name. Names are how a service and a route are found again, so a draft
// has one for the service at least.
func (p *problems) name(field Field, name safe.Text, noun string, needed bool) {
	raw := name.Raw()
	switch bad := strings.IndexFunc(raw, func(r rune) bool { return !nameRune(r) }); {
	case raw == "" && needed:
		p.wrongf(field, "the %s has no name; give it one, such as orders: it is found again by its name", noun)
	case raw == "":
	case bad >= 0:
		r := []rune(raw[bad:])[0]
		p.wrongf(field, "the name %s has %s in it; a name of a %s is made of letters, digits and . - _ ~", name.Quoted(), safe.New(string(r)).Quoted(), noun)
	case len([]rune(raw)) > maxName:
		p.wrongf(field, "the name has %d characters, %d are the most; shorten it", len([]rune(raw)), maxName)
	case model.IsGUID(raw):
		p.wrongf(field, "the name %s has the form of an id, and Konnect would look for the %s with that id; give it another name", name.Quoted(), noun)
	}
}

// nameRune reports whether a name may have a character: of ASCII letters, digits and a
// few signs, and any letter or digit of other scripts.
func nameRune(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(".-_~", r):
		return true
	case r < 0x80:
		return false
	default:
		return safe.New(string(r)).Visible() && r != '\ufffd'
	}
}
