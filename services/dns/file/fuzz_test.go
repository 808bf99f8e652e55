package file_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsfile "github.com/peerdeck/peerdeck/services/dns/file"
	"github.com/peerdeck/peerdeck/services/run/longtest"
)

// fuzz reads anything as a format. Whatever it is, each line is a mapping or has a
// problem, numbers are those of the text, what is kept is bounded by what was given, and
// what was read can be written and read again.
func fuzz(f *testing.F, format dnstable.Format) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "testdata", "dns", "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(data)
		}
	}
	f.Add([]byte("\ufeffsep=;\n\"a;\"\"b\";'=c\n"))
	f.Add([]byte("a: &x [*x]\n<<: *x\n? - - b\n: !c |\n  d\n"))
	f.Add([]byte(`{"a":{"remote_dns_server_ip_addresses":["\ud800"]},"a":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got := dnsfile.Read("", data, format)
		if format != "" && got.Format == "" || got.Problem != "" && len(got.Lines) > 0 {
			t.Fatalf("%+v", got)
		}
		lines := strings.Count(safe.Decode(data), "\n") + 1
		for _, l := range got.Lines {
			if l.Refused() == (len(l.Domains) > 0 && len(l.Servers) > 0) || l.Refused() && len(l.Domains)+len(l.Servers) > 0 {
				t.Fatalf("neither read nor refused: %+v", l)
			}
			if l.Line < 1 || l.Line > lines || len(l.Source.Raw()) > 400 {
				t.Fatalf("line %d of %d, %d bytes", l.Line, lines, len(l.Source.Raw()))
			}
			if l.Problem != safe.Clean(l.Problem) || slices.ContainsFunc(l.Notes, func(n string) bool { return n != safe.Clean(n) }) || len(l.Problem) > 700 {
				t.Fatalf("not fit for a screen: %q %q", l.Problem, l.Notes)
			}
		}
		if size := len(fmt.Sprint(got.Lines)); size > 2000*(lines+len(data))+10_000 {
			t.Fatalf("%d bytes became %d", len(data), size)
		}
		if got.Problem != safe.Clean(got.Problem) || slices.ContainsFunc(got.Notes, func(n string) bool { return n != safe.Clean(n) }) {
			t.Fatalf("not fit for a screen: %q %q", got.Problem, got.Notes)
		}
		fromTheText(t, safe.Decode(data), got)
		again(t, got)
	})
}

// fromTheText fails for a domain or a server that does not stand in the text: nothing is
// made up. Reverse zones are made of ranges; texts with escapes write words otherwise, and
// programs put an origin behind a name, and words of several lines together.
func fromTheText(t *testing.T, text string, got dnstable.Imported) {
	t.Helper()
	if strings.ContainsAny(text, "\\\"'$") || got.Format == dnstable.FormatYAML || got.Format == dnstable.FormatTechnitium {
		return
	}
	lower := strings.ToLower(text)
	for _, m := range got.Mappings() {
		for _, d := range m.Domains {
			if !strings.Contains(lower, strings.ToLower(d.Raw())) && !strings.HasSuffix(d.Raw(), ".arpa") {
				t.Fatalf("%s: the domain %q does not stand in\n%s", got.Format, d.Raw(), text)
			}
		}
		for _, s := range m.Servers {
			if address, _ := dnstable.NormalServer(s.Raw()); !strings.Contains(lower, strings.ToLower(s.Raw())) && address == "" {
				t.Fatalf("%s: the server %q does not stand in\n%s", got.Format, s.Raw(), text)
			}
		}
	}
}

// again writes what was read in the formats that can say anything, and reads it.
func again(t *testing.T, got dnstable.Imported) {
	t.Helper()
	for _, format := range []dnstable.Format{dnstable.FormatKonnectList, dnstable.FormatYAML} {
		text, err := dnsfile.Write(format, got.Mappings(), dnsfile.Options{})
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if len(text) > dnsfile.MaxBytes {
			continue
		}
		read := dnsfile.Read("", []byte(text), format)
		if !slices.EqualFunc(read.Mappings(), got.Mappings(), func(a, b model.DNSMapping) bool {
			return slices.Equal(a.Domains, b.Domains) && slices.Equal(a.Servers, b.Servers)
		}) {
			t.Fatalf("%s: %s\ncame back as\n%s", format, text, words(read))
		}
	}
}

func FuzzDetect(f *testing.F)  { fuzz(f, "") }
func FuzzPairs(f *testing.F)   { fuzz(f, dnstable.FormatPairs) }
func FuzzCSV(f *testing.F)     { fuzz(f, dnstable.FormatCSV) }
func FuzzYAML(f *testing.F)    { fuzz(f, dnstable.FormatYAML) }
func FuzzJSON(f *testing.F)    { fuzz(f, dnstable.FormatKonnectMap) }
func FuzzAzure(f *testing.F)   { fuzz(f, dnstable.FormatAzureRuleset) }
func FuzzDnsmasq(f *testing.F) { fuzz(f, dnstable.FormatDnsmasq) }
func FuzzCoreDNS(f *testing.F) { fuzz(f, dnstable.FormatCoreDNS) }
func FuzzUnbound(f *testing.F) { fuzz(f, dnstable.FormatUnbound) }
func FuzzBIND(f *testing.F)    { fuzz(f, dnstable.FormatBIND) }

func FuzzKubernetes(f *testing.F)     { fuzz(f, dnstable.FormatKubernetes) }
func FuzzWindows(f *testing.F)        { fuzz(f, dnstable.FormatWindows) }
func FuzzResolved(f *testing.F)       { fuzz(f, dnstable.FormatResolved) }
func FuzzNetworkManager(f *testing.F) { fuzz(f, dnstable.FormatNetworkM) }
func FuzzMacOS(f *testing.F)          { fuzz(f, dnstable.FormatMacOS) }
func FuzzAdGuard(f *testing.F)        { fuzz(f, dnstable.FormatAdGuard) }
func FuzzBlocky(f *testing.F)         { fuzz(f, dnstable.FormatBlocky) }
func FuzzPihole(f *testing.F)         { fuzz(f, dnstable.FormatPihole) }
func FuzzPowerDNS(f *testing.F)       { fuzz(f, dnstable.FormatPowerDNS) }
func FuzzKnot(f *testing.F)           { fuzz(f, dnstable.FormatKnot) }
func FuzzTechnitium(f *testing.F)     { fuzz(f, dnstable.FormatTechnitium) }
func FuzzInfoblox(f *testing.F)       { fuzz(f, dnstable.FormatInfoblox) }
func FuzzAWS(f *testing.F)            { fuzz(f, dnstable.FormatAWS) }
func FuzzGCP(f *testing.F)            { fuzz(f, dnstable.FormatGCP) }
func FuzzOCI(f *testing.F)            { fuzz(f, dnstable.FormatOCI) }

// large is a table of as many mappings as one text may hold.
func large() []model.DNSMapping {
	out := make([]model.DNSMapping, dnsfile.MaxLines)
	for i := range out {
		out[i] = model.DNSMapping{
			Domains: texts(fmt.Sprintf("zone-%04d.corp.example.com", i)),
			Servers: texts(fmt.Sprintf("10.%d.%d.4", i/250, i%250), fmt.Sprintf("10.%d.%d.5", i/250, i%250)),
		}
	}
	return out
}

// As much as is promised goes through every format.
func TestTheLargestTable(t *testing.T) {
	t.Parallel()
	for _, info := range both() {
		text, err := dnsfile.Write(info.Format, large(), dnsfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if info.Format == dnstable.FormatAzureRuleset {
			if got := dnsfile.Read("", []byte(text), ""); !strings.Contains(got.Problem, "split it") {
				t.Errorf("%d bytes of Azure's rules: %q", len(text), got.Problem)
			}
			continue
		}
		if got := dnsfile.Read("", []byte(text), ""); got.Problem != "" || len(got.Mappings()) != dnsfile.MaxLines {
			t.Errorf("%s, %d bytes: %d mappings, %s", info.Format, len(text), len(got.Mappings()), got.Problem)
		}
	}
}

// Texts that are long in the worst way for a format are read to their end, or refused: none
// is looked at again and again from its beginning.
func TestLongTextsComeToAnEnd(t *testing.T) {
	t.Parallel()
	long := dnsfile.MaxBytes / 8 / longtest.Step(4)
	many := func(head, line string) string {
		return head + strings.Repeat(line, max(1, (long-len(head))/len(line)))
	}
	numbered := func(head, format string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < long; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		format dnstable.Format
		text   string
	}{
		"a list of Windows that goes on":  {dnstable.FormatWindows, many("ZoneName : a.example\n", " x\n")},
		"a table of Windows that goes on": {dnstable.FormatWindows, many("ZoneName A\n-------- -\na        x\n", "         x\n")},
		"a command that goes on":          {dnstable.FormatWindows, many("", "Get-DnsServerZone `\n")},
		"stub domains":                    {dnstable.FormatKubernetes, numbered("{", `"a%d.example":["10.0.0.1"],`) + `"z.example":["10.0.0.1"]}`},
		"AdGuard on one line":             {dnstable.FormatAdGuard, numbered("[/", "*.a%d.example/") + "]10.0.0.1"},
		"zones on one line":               {dnstable.FormatPowerDNS, numbered("forward-zones=", "a\x01%d.example=10.0.0.1,")},
		"lists that are not closed":       {dnstable.FormatPihole, many("", "revServers = [\n")},
		"a setting that goes on":          {dnstable.FormatResolved, many("[Resolve]\n", "DNS=a \\\n")},
		"policies that are not closed":    {dnstable.FormatKnot, many("", "policy.add(")},
		"ranges":                          {dnstable.FormatDnsmasq, many("", "rev-server=10.0.0.0/9,10.0.0.1\n")},
		"other ranges":                    {dnstable.FormatDnsmasq, numbered("", "rev-server=10.0.0.0/25,10.0.%d.1\n")},
		"ranges as zones":                 {dnstable.FormatCoreDNS, many("", "10.0.0.0/9, ")},
		"imports":                         {dnstable.FormatCoreDNS, numbered("", "import a%d\n")},
		"snippets":                        {dnstable.FormatCoreDNS, many("(s) {\n"+strings.Repeat("forward . 10.0.0.1\n", 5000)+"}\n", "a {\nimport s\n}\n")},
		"arguments":                       {dnstable.FormatCoreDNS, "(s) {\n" + strings.Repeat("forward . {args[0]}\n", 5000) + "}\na {\nimport s " + strings.Repeat("x ", 100_000) + "\n}\n"},
		"rules of AWS":                    {dnstable.FormatAWS, numbered("[", `{"RuleType":"SYSTEM","DomainName":"a%d"},`) + "{}]"},
		"records":                         {dnstable.FormatTechnitium, numbered("", "a%d 1 IN FWD Udp x\n")},
		"one line of JSON":                {dnstable.FormatKonnectMap, numbered("{", `"a%d":{"remote_dns_server_ip_addresses":["\u0001"]},`) + `"z":{}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, format := range []dnstable.Format{c.format, ""} {
				got := dnsfile.Read("", []byte(c.text), format)
				if len(got.Notes) > 50 || len(got.Lines) > dnsfile.MaxLines {
					t.Errorf("%d notes, %d lines", len(got.Notes), len(got.Lines))
				}
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for _, info := range both() {
		mappings := large()
		if info.Format == dnstable.FormatAzureRuleset {
			mappings = mappings[:2500] // as much as 1 MB holds
		}
		text, err := dnsfile.Write(info.Format, mappings, dnsfile.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(info.Format), func(b *testing.B) {
			data := []byte(text)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if got := dnsfile.Read("", data, ""); len(got.Lines) != len(mappings) {
					b.Fatal(got.Problem)
				}
			}
		})
	}
}
