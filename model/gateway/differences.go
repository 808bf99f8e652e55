package gateway

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Difference is one field in which what is there is not what is wanted.
type Difference struct {
	Field      Field
	Want, Have safe.Text // as a person reads them; empty for none
}

// String words the difference: "host is ledger.example.com, orders.example.com is wanted".
func (d Difference) String() string {
	return fmt.Sprintf("%s is %s, %s is wanted", d.Field, d.Have.Or("none"), d.Want.Or("none"))
}

// Words joins differences to a sentence without its full stop; empty for none.
func Words(list []Difference) string {
	return strings.Join(phrase.Strings(list), "; ")
}

// ServiceDifferences compares a service that is there with one that is wanted, in what a
// draft says of it. Whatever else it has is its owner's.
func ServiceDifferences(want, have Service) []Difference {
	var d differences
	d.text(FieldService, want.Name, have.Name)
	d.text(FieldProtocol, want.Protocol, have.Protocol)
	d.text(FieldHost, want.Host, have.Host)
	d.text(FieldPort, number(want.Port), number(have.Port))
	d.text(FieldPath, want.Path, have.Path)
	if want.Enabled && !have.Enabled {
		d = append(d, Difference{Field: "service.enabled", Want: safe.New("true"), Have: safe.New("false")})
	}
	return d
}

// RouteDifferences compares a route that is there with one that is wanted, in what a
// draft says of it, and in the service that it leads to. The order of a list means nothing.
func RouteDifferences(want, have Route) []Difference {
	var d differences
	d.text(FieldRoute, want.Name, have.Name)
	d.list(FieldProtocols, want.Protocols, have.Protocols)
	d.list(FieldPaths, want.Paths, have.Paths)
	d.list(FieldHosts, want.Hosts, have.Hosts)
	d.list(FieldMethods, want.Methods, have.Methods)
	d.list(FieldSNIs, want.SNIs, have.SNIs)
	d.text(FieldStripPath, truth(want.StripPath), truth(have.StripPath))
	d.text("route.expression", want.Expression, have.Expression)
	d.text("route.service", want.ServiceID, have.ServiceID)
	return d
}

type differences []Difference

func (d *differences) text(field Field, want, have safe.Text) {
	if want != have {
		*d = append(*d, Difference{Field: field, Want: want, Have: have})
	}
}

func (d *differences) list(field Field, want, have []safe.Text) {
	sorted := func(list []safe.Text) []safe.Text {
		return slices.Compact(slices.SortedFunc(slices.Values(list), safe.Text.Compare))
	}
	if !slices.Equal(sorted(want), sorted(have)) {
		d.text(field, joined(want), joined(have))
	}
}

func joined(list []safe.Text) safe.Text {
	raw := make([]string, len(list))
	for i, t := range list {
		raw[i] = t.Raw()
	}
	return safe.New(strings.Join(raw, ", "))
}

func number(n int) safe.Text {
	if n == noPort {
		return safe.Text{}
	}
	return safe.New(strconv.Itoa(n))
}

func truth(yes bool) safe.Text { return safe.New(strconv.FormatBool(yes)) }
