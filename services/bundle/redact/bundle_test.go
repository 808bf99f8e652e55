package redact_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
)

// filled sets every text within a value to a canary of its own, with the path to it.
func filled(v reflect.Value, path string) {
	switch {
	case v.Type() == reflect.TypeFor[safe.Text]():
		v.Set(reflect.ValueOf(safe.New(canaryAt(path))))
	case v.Type() == reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte(`{"` + canaryAt(path+"Key") + `":"` + canaryAt(path) + `","name":"` + canaryAt(path+"Name") + `","list":["` + canaryAt(path+"List") + `"]}`))
	case v.Type() == reflect.TypeFor[bundle.Body]():
		v.SetBytes([]byte(`{"properties":{"provisioningState":"` + canaryAt(path) + `99","tags":{"` + canaryAt(path+"Tag") + `":"x"},"description":"` + canaryAt(path+"Text") + `"}}`))
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Unix(1_800_000_000, 0)))
	case v.Type() == reflect.TypeFor[netip.Addr]():
		v.Set(reflect.ValueOf(netip.MustParseAddr("10.77.66.55")))
	case v.Type() == reflect.TypeFor[netip.Prefix]():
		v.Set(reflect.ValueOf(netip.MustParsePrefix("10.77.64.0/20")))
	case v.Kind() == reflect.String:
		v.SetString(canaryAt(path))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i), path+v.Type().Field(i).Name)
		}
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), path)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		v.SetBytes([]byte(canaryAt(path)))
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(v.Index(0), path)
	case v.Kind() == reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		filled(key, path+"Key")
		filled(value, path)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case v.CanInt():
		v.SetInt(200)
	}
}

func canaryAt(path string) string { return "zQ8wCANARYx" + path }

// Whatever is put into whatever text of a bundle, nothing of it is in the redacted one: a
// part that somebody adds is not let through because nobody thought of it.
func TestNothingComesThrough(t *testing.T) {
	t.Parallel()
	var b bundle.Bundle
	filled(reflect.ValueOf(&b).Elem(), "")
	b.Manifest.Program, b.Manifest.Entries, b.Journals[0].ID = "1.0", nil, "20261128-090000-a1"
	out := redact.Bundle(b, redact.Options{Key: redact.Key{1}})
	text := fmt.Sprintf("%+v", out.Bundle) + dump(t, out.Bundle)
	for _, canary := range []string{"CANARY", "canary", "10.77.66.55", "10.77.64.0"} {
		if at := strings.Index(text, canary); at >= 0 {
			t.Errorf("%s came through: %s", canary, text[max(0, at-80):min(len(text), at+80)])
		}
	}
	if len(out.Bundle.Others) != 0 || len(out.Dropped) != 1 {
		t.Errorf("an entry that nobody knows came through: %v", out.Dropped)
	}
	if len(out.Bundle.Exchanges) != 1 || out.Bundle.Session == nil || len(out.Bundle.Probes) != 1 || len(out.Bundle.DNS) != 1 || len(out.Bundle.SignIns) != 1 || len(out.Bundle.Status) == 0 {
		t.Errorf("a part is gone: %+v", out.Bundle)
	}
}

// dump is a bundle as it would be written, unpacked.
func dump(t *testing.T, b bundle.Bundle) string {
	t.Helper()
	var text strings.Builder
	for _, v := range []any{b.Manifest, b.Status, b.Doctor, b.Findings, b.History, b.Journals, b.Activity, b.Probes, b.Exchanges, b.DNS, b.SignIns, b.Session} {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(data)
	}
	return text.String()
}

// A token goes wherever it stands, also where names are kept.
func TestTokensGo(t *testing.T) {
	t.Parallel()
	const token = "kpat_zQ8wCANARY5x"
	var b bundle.Bundle
	filled(reflect.ValueOf(&b).Elem(), "")
	all := dump(t, b)
	for path := range strings.SplitSeq(all, "zQ8wCANARYx") {
		_ = path
	}
	raw := strings.ReplaceAll(all, "zQ8wCANARYx", token+" ")
	b = bundle.Bundle{
		Status: json.RawMessage(`{"cause":` + quoted(raw) + `,"token":"plain-value-77","client_secret":{"a":["hidden-77"]},"nested":"{\"access_token\":\"inner-77\"}"}`),
		Exchanges: []bundle.Exchange{{
			Service: bundle.ARM, Method: "GET", Path: "/x?code=url-77&sig=url-77", Status: 401,
			Header: []bundle.Header{{Name: "Set-Cookie", Value: "cookie-77"}, {Name: "Www-Authenticate", Value: `Bearer claims="claims-77"`}, {Name: "Authorization", Value: "auth-77"}, {Name: "Content-Type", Value: "text/html"}},
			Body:   bundle.Body(`<html>password=html-77 known-77</html>`), Request: bundle.Body(`{"key":"body-77","password":12377}`),
		}},
		Manifest: bundle.Manifest{Command: []string{"status", "--token=argument-77", "--via", "socks5://bob:proxy-77@10.0.0.1:9"}},
	}
	for _, keep := range []bool{false, true} {
		out := redact.Bundle(b, redact.Options{Key: redact.Key{1}, KeepNames: keep, Secrets: []string{"known-77"}})
		text := dump(t, out.Bundle)
		for _, secret := range []string{"kpat_zQ8", "-77", "12377"} {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("names kept %v: %s is there: %s", keep, secret, text[max(0, at-60):min(len(text), at+40)])
			}
		}
		if out.Masked == 0 || !strings.Contains(text, "text/html") {
			t.Errorf("%d masked, %s", out.Masked, text)
		}
	}
}

func quoted(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

// With names kept, what holds no secret is as it was, to the byte.
func TestNamesKept(t *testing.T) {
	t.Parallel()
	b := bundle.Bundle{
		Status:    json.RawMessage(`{"networks": [{"name":"eu-prod",  "n":1.50}]}`),
		Exchanges: []bundle.Exchange{{Service: bundle.Konnect, Method: "GET", Path: "/v2/x?page%5Bsize%5D=100", Status: 200, Body: bundle.Body("{\"a\" : \"b\"}\n"), Header: []bundle.Header{{Name: "Date", Value: "x"}}}},
		History:   []model.Change{{NetworkName: safe.New("eu-prod")}},
	}
	out := redact.Bundle(b, redact.Options{KeepNames: true})
	out.Bundle.Manifest = b.Manifest
	if !reflect.DeepEqual(out.Bundle, b) {
		t.Errorf("got\n%+v\nwant\n%+v", out.Bundle, b)
	}
}

// The time line tells in a bundle what changed, and neither names nor tables.
func TestTheTimeLine(t *testing.T) {
	t.Parallel()
	rows := `{"pay.acme-bank.example":"10.77.1.4"}`
	out := redact.Bundle(bundle.Bundle{History: []model.Change{
		{Aspect: model.AspectTable, Network: safe.New("n-4711"), Object: safe.New("r-4711"), To: safe.New(rows)},
		{Aspect: model.AspectTableRows, Network: safe.New("n-4711"), Object: safe.New("r-4711"), Domain: safe.New("pay.acme-bank.example"), From: safe.New("10.77.1.4"), To: safe.New("10.77.1.5, 10.77.1.4")},
		{Aspect: model.AspectFinding, Network: safe.New("n-4711"), NetworkName: safe.New("acme-bank-prod"), Code: "azure-disconnected", Severity: "broken", To: safe.New("broken"), Reason: safe.New("10.77.1.4 of acme-bank-prod is cut")},
		{Aspect: model.AspectReading, Object: safe.New("Azure"), ObjectName: safe.New("Azure"), To: safe.New("no answer")},
	}}, redact.Options{})
	text := dump(t, out.Bundle)
	for _, secret := range []string{"acme-bank", "10.77.1", "4711"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in %s", secret, text)
		}
	}
	for _, told := range []string{"azure-disconnected", `"severity":"broken"`, `"object_name":"Azure"`, "no answer"} {
		if !strings.Contains(text, told) {
			t.Errorf("%q is not in %s", told, text)
		}
	}
}

// What a DNS server said is told in stand-ins, and stays a message.
func TestMessages(t *testing.T) {
	t.Parallel()
	m := new(dns.Msg).SetQuestion("api.orders.acme.com.", dns.TypeA)
	m.Response = true
	for _, line := range []string{"api.orders.acme.com. 60 IN CNAME lb.acme.com.", "lb.acme.com. 60 IN A 10.20.30.40", "lb.acme.com. 5 IN TXT \"v=spf1 grzegorz\"", "acme.com. 5 IN CAA 0 issue \"grzegorz.com\""} {
		rr, err := dns.NewRR(line)
		if err != nil {
			t.Fatal(err)
		}
		m.Answer = append(m.Answer, rr)
	}
	m.SetEdns0(1232, false)
	m.IsEdns0().Option = append(m.IsEdns0().Option, &dns.EDNS0_EDE{InfoCode: 22, ExtraText: "no route to grzegorz"}, &dns.EDNS0_COOKIE{Code: dns.EDNS0COOKIE, Cookie: "0102030405060708"})
	wire, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	b := bundle.Bundle{DNS: []bundle.DNSAnswer{
		{Server: "10.20.0.4:53", Over: "udp", Name: "api.orders.acme.com.", Type: 1, Wire: wire},
		{Server: "10.20.0.4:53", Over: "udp", Name: "api.orders.acme.com.", Type: 1, Wire: []byte("grzegorz is no message")},
	}}
	out := redact.Bundle(b, redact.Options{Key: redact.Key{1}})
	got := new(dns.Msg)
	if err := got.Unpack(out.Bundle.DNS[0].Wire); err != nil {
		t.Fatal(err)
	}
	if got.Question[0].Name != out.Bundle.DNS[0].Name || got.Answer[0].Header().Name != got.Question[0].Name || got.Answer[0].(*dns.CNAME).Target != got.Answer[1].Header().Name {
		t.Errorf("one name has several stand-ins: %s", got)
	}
	if strings.Contains(got.String(), "grzegorz") || strings.Contains(got.String(), "acme") || strings.Contains(got.String(), "COOKIE") || got.Answer[3].Header().Rrtype != dns.TypeCAA {
		t.Error(got)
	}
	if got.IsEdns0().UDPSize() != 1232 || !strings.HasSuffix(got.Answer[1].(*dns.A).A.String(), ".40") {
		t.Error(got)
	}
	if w := string(out.Bundle.DNS[1].Wire); strings.Contains(w, "grz") || len(w) != len("grzegorz is no message") {
		t.Errorf("%q", w)
	}
}
