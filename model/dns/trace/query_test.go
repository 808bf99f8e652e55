package trace_test

import (
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
)

func TestWhatIsTypedBecomesANameOrASentence(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("abcdefghi.", 30)
	for _, c := range []struct{ typed, name, problem, offer, note string }{
		{"orders.example.org", "orders.example.org", "", "", ""},
		{"  Orders.Example.ORG. ", "orders.example.org", "", "", ""},
		{"\"orders.example.org\"", "orders.example.org", "", "", ""},
		{"https://user:pw@orders.example.org:8443/v1?q=1", "orders.example.org", "", "", "Only the host"},
		{"orders.example.org:443", "orders.example.org", "", "", "Only the host"},
		{"orders.example.org/path", "orders.example.org", "", "", "Only the host"},
		{"*.example.org", "example.org", "", "", "A star"},
		{"orders", "orders", "", "", "one label"},
		{"printer.local", "printer.local", "", "", "multicast"},
		{"münchen.example", "xn--mnchen-3ya.example", "", "", "In DNS this name is xn--"},
		{"10.20.0.5", "", "is an address", "5.0.20.10.in-addr.arpa", ""},
		{"10.20.0.5:53", "", "is an address", "5.0.20.10.in-addr.arpa", ""},
		{"http://10.20.0.5/x", "", "is an address", "5.0.20.10.in-addr.arpa", ""},
		{"[2001:db8::1]:53", "", "is an address", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", ""},
		{"fe80::1%eth0", "", "is an address", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa", ""},
		{"orders.\nexample.org", "", "U+000A", "orders.example.org", ""},
		{"orders example", "", "a space", "", ""},
		{"a\x1b[31mb.example", "", "U+001B", "", ""},
		{"", "", "Enter a domain", "", ""},
		{".", "", "The root", "", ""},
		{long + "example", "", "253", "", ""},
		{strings.Repeat("x", 5000), "", "more than 4096", "", ""},
		{`a\032b.example`, "", "A backslash begins an escape", "", ""},
		{`a\.b.example`, "", "A backslash begins an escape", "", ""},
		{"a..example", "", "Two dots", "", ""},
	} {
		q := dnstrace.Read(c.typed)
		if q.Name.ASCII != c.name || !strings.Contains(q.Problem, c.problem) || (c.problem == "") != (q.Problem == "") || q.Offer != c.offer {
			t.Errorf("%q: %+v", c.typed, q)
		}
		if q.OK() != (c.name != "") {
			t.Errorf("%q: OK is %v", c.typed, q.OK())
		}
		if !strings.Contains(strings.Join(q.Notes, " "), c.note) || (c.note == "") != (len(q.Notes) == 0) {
			t.Errorf("%q: notes %q, want %q", c.typed, q.Notes, c.note)
		}
	}
}

// Whatever is typed, there is a name that can be asked for, or a sentence.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a.b", "http://[::1]:80/", "10.0.0.1", "*.x", "x y.z", "://@:", "xn--a", "\xff.a", "1.2.3.4%x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := dnstrace.Read(text)
		if q.OK() == (q.Problem != "") {
			t.Fatalf("%q: neither a name nor a problem, or both: %+v", text, q)
		}
		if q.OK() && dnstable.Normalise(q.Name.ASCII).ASCII != q.Name.ASCII {
			t.Fatalf("%q: %q is not in its normal form", text, q.Name.ASCII)
		}
		if q.Offer != "" && !dnstrace.Read(q.Offer).OK() {
			t.Fatalf("%q: the offer %q is no name", text, q.Offer)
		}
	})
}
