package file_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsfile "github.com/peerdeck/peerdeck/services/dns/file"
)

func texts(words ...string) []safe.Text {
	var out []safe.Text
	for _, w := range words {
		out = append(out, safe.New(w))
	}
	return out
}

func both() []dnstable.FormatInfo {
	return slices.DeleteFunc(dnstable.Formats(), func(f dnstable.FormatInfo) bool { return !f.Readable || !f.Writable })
}

// flat makes one mapping of each domain, by domain: what a format keeps that has one
// entry for each.
func flat(mappings []model.DNSMapping) []model.DNSMapping {
	out := dnstable.ToMappings(dnstable.FromMappings(mappings))
	slices.SortStableFunc(out, func(a, b model.DNSMapping) int { return a.Domains[0].Compare(b.Domains[0]) })
	return out
}

// tables are tables without mistakes, in the spelling in which they are kept.
func tables() *rapid.Generator[[]model.DNSMapping] {
	label := rapid.StringMatching(`[a-z0-9_]([a-z0-9-]{0,8}[a-z0-9])?|münchen|東京`)
	server := rapid.OneOf(rapid.StringMatching(`10\.[0-9]\.1?[0-9]\.[1-9]`), rapid.StringMatching(`fd00::[1-9a-f]{1,4}`))
	return rapid.Custom(func(t *rapid.T) []model.DNSMapping {
		seen := map[string]bool{}
		var out []model.DNSMapping
		for range rapid.IntRange(0, 6).Draw(t, "mappings") {
			var m model.DNSMapping
			for range rapid.IntRange(1, 4).Draw(t, "domains") {
				d := strings.Join(rapid.SliceOfN(label, 1, 4).Draw(t, "labels"), ".") + "." + rapid.SampledFrom([]string{"example", "com", "no", "arpa"}).Draw(t, "end")
				if key := (dnstable.Row{Key: safe.New(d)}).Label(); !seen[key] {
					seen[key] = true
					m.Domains = append(m.Domains, safe.New(d))
				}
			}
			m.Servers = texts(rapid.SliceOfNDistinct(server, 1, 6, rapid.ID[string]).Draw(t, "servers")...)
			if len(m.Domains) > 0 {
				out = append(out, m)
			}
		}
		return out
	})
}

// What is written is read again as it was, in every format that does both, whether the
// format is named or found.
func TestTablesComeBack(t *testing.T) {
	t.Parallel()
	single := []dnstable.Format{dnstable.FormatKonnectMap, dnstable.FormatUnbound, dnstable.FormatBIND, dnstable.FormatAzureRuleset}
	rapid.Check(t, func(t *rapid.T) {
		want := tables().Draw(t, "table")
		for _, info := range both() {
			text, err := dnsfile.Write(info.Format, want, dnsfile.Options{Network: safe.New("eu-prod { -> ")})
			if err != nil {
				t.Fatalf("%s: %v", info.Format, err)
			}
			read := dnsfile.Read("", []byte(text), info.Format)
			got, wanted := read.Mappings(), want
			if slices.Contains(single, info.Format) {
				got, wanted = flat(got), flat(want)
			}
			if len(got)+len(wanted) > 0 && !reflect.DeepEqual(got, wanted) || len(read.Lines) != len(got) && len(want) > 0 {
				t.Fatalf("%s: %v came back as\n%s\nfrom\n%s", info.Format, wanted, words(read), text)
			}
			if found := dnsfile.Read("", []byte(text), ""); len(want) > 0 && !reflect.DeepEqual(found.Mappings(), read.Mappings()) {
				t.Fatalf("%s was taken for %s:\n%s", info.Format, found.Format, text)
			}
			for _, l := range read.Lines {
				if len(l.Notes) > 0 && info.Format != dnstable.FormatAzureRuleset {
					t.Fatalf("%s: our own text gives a note: %v", info.Format, l.Notes)
				}
			}
		}
	})
}

// Words that hold anything at all come back, or are refused: never is something else
// read from them.
func TestStrangeWordsComeBackOrAreRefused(t *testing.T) {
	t.Parallel()
	word := rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune("ab1. ,;#/\\\"'`()[]{}<>|&=@$%→:*+-~!?^\n\t\u202e\u00a0é")), 0, 8, -1),
		rapid.SampledFrom([]string{"=cmd()", "+1", "@x", "-a", "'=x", "${x}", "%{if}", "$(x)", "a->b", "null", "yes", "1e3", "0x1", "~", "a#b", "//", "/*", "a\xffb", "dns", "value", "dns_config", "mappings", "remote_dns_server_ip_addresses"}),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		m := model.DNSMapping{Domains: texts(word.Draw(t, "domain")), Servers: texts(word.Draw(t, "server"))}
		good := model.DNSMapping{Domains: texts("corp.example.com"), Servers: texts("10.0.0.1")}
		for _, info := range both() {
			text, err := dnsfile.Write(info.Format, []model.DNSMapping{m, good}, dnsfile.Options{})
			if err != nil {
				continue
			}
			want := fmt.Sprintf("%q %q", m.Domains[0].Raw(), m.Servers[0].Raw())
			for _, l := range dnsfile.Read("", []byte(text), info.Format).Mappings() {
				got := fmt.Sprintf("%q %q", l.Domains[0].Raw(), l.Servers[0].Raw())
				dots := strings.NewReplacer(`."`, `"`)
				server := strings.NewReplacer(`:53"`, `"`)
				if !reflect.DeepEqual(l, good) && dots.Replace(server.Replace(got)) != dots.Replace(server.Replace(want)) || len(l.Domains) != 1 || len(l.Servers) != 1 {
					t.Fatalf("%s: %s became %v in\n%s", info.Format, want, l, text)
				}
			}
		}
	})
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	twice := []model.DNSMapping{{Domains: texts("a.example"), Servers: texts("10.0.0.1")}, {Domains: texts("A.example."), Servers: texts("10.0.0.2")}}
	for name, c := range map[string]struct {
		format   dnstable.Format
		mappings []model.DNSMapping
		options  dnsfile.Options
		says     string
	}{
		"unknown format":    {"toml", nil, dnsfile.Options{}, "there is no format"},
		"domain twice":      {dnstable.FormatKonnectMap, twice, dnsfile.Options{}, "stands twice"},
		"no server":         {dnstable.FormatPairs, []model.DNSMapping{{Domains: texts("a.example")}}, dnsfile.Options{}, "mapping 1"},
		"a slash":           {dnstable.FormatDnsmasq, []model.DNSMapping{{Domains: texts("a/b"), Servers: texts("10.0.0.1")}}, dnsfile.Options{}, `"a/b"`},
		"a line break":      {dnstable.FormatKonnectList, []model.DNSMapping{{Domains: texts("a\nb"), Servers: texts("10.0.0.1")}}, dnsfile.Options{}, "a line break"},
		"an empty word":     {dnstable.FormatYAML, []model.DNSMapping{{Domains: texts(""), Servers: texts("10.0.0.1")}}, dnsfile.Options{}, "is empty"},
		"a member not JSON": {dnstable.FormatKonnectMap, twice[:1], dnsfile.Options{Extra: map[safe.Text][]dnstable.Member{safe.New("a.example"): {{Name: safe.New("ttl"), JSON: safe.New("{")}}}}, `"ttl"`},
	} {
		text, err := dnsfile.Write(c.format, c.mappings, c.options)
		if err == nil || !strings.Contains(err.Error(), c.says) || text != "" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if text, err := dnsfile.Write(dnstable.FormatKonnectList, twice, dnsfile.Options{}); err != nil || len(dnsfile.Read("", []byte(text), "").Mappings()) != 2 {
		t.Errorf("a peering's list may hold a domain twice: %v\n%s", err, text)
	}
}

// A member that a newer Konnect has goes through a file and back, and where it cannot,
// that is said.
func TestUnknownMembersAreKept(t *testing.T) {
	t.Parallel()
	read := dnsfile.Read("resolver.json", sample(t, "resolver.json"), "")
	extra := map[safe.Text][]dnstable.Member{}
	for _, row := range read.Rows() {
		if len(row.Extra) > 0 {
			extra[row.Key] = row.Extra
		}
	}
	o := dnsfile.Options{Extra: extra}
	text, err := dnsfile.Write(dnstable.FormatKonnectMap, read.Mappings(), o)
	if err != nil || len(extra) != 1 || !strings.Contains(text, `"ttl_seconds": {"negative":30}`) {
		t.Fatalf("%v, %v\n%s", extra, err, text)
	}
	if again := dnsfile.Read("", []byte(text), ""); !slices.EqualFunc(flat(again.Mappings()), flat(read.Mappings()), func(a, b model.DNSMapping) bool { return reflect.DeepEqual(a, b) }) || words(again) == "" || !strings.Contains(words(again), `extra ttl_seconds={"negative":30}`) {
		t.Errorf("%s", words(again))
	}
	if left := dnsfile.LeftOut(dnstable.FormatKonnectMap, read.Mappings(), o); len(left) != 0 {
		t.Errorf("%v", left)
	}
	if left := dnsfile.LeftOut(dnstable.FormatCSV, read.Mappings(), o); len(left) != 1 || !strings.Contains(left[0], "ttl_seconds") {
		t.Errorf("%v", left)
	}
	yaml := dnsfile.Read("", []byte("dns_config:\n  a.example:\n    remote_dns_server_ip_addresses: [10.0.0.1]\n    ttl: {negative: 30}\n"), "")
	if rows := yaml.Rows(); len(rows) != 1 || len(rows[0].Extra) != 1 || rows[0].Extra[0].JSON.Raw() != `{"negative":"30"}` && rows[0].Extra[0].JSON.Raw() != `{"negative":30}` {
		t.Errorf("%+v", yaml)
	}
}

// A spreadsheet computes what begins with one of these.
func TestCSVDefusesFormulas(t *testing.T) {
	t.Parallel()
	for _, d := range []string{"=1+1", "+a", "-a", "@a", "'=a", "'a"} {
		text, err := dnsfile.Write(dnstable.FormatCSV, []model.DNSMapping{{Domains: texts(d), Servers: texts(d)}}, dnsfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' }) {
			if strings.ContainsAny(strings.Trim(cell, `"`)[:1], "=+-@\t\r") {
				t.Errorf("%q has the cell %q", text, cell)
			}
		}
		if got := dnsfile.Read("x.csv", []byte(text), "").Mappings(); len(got) != 1 || got[0].Domains[0].Raw() != d || got[0].Servers[0].Raw() != d {
			t.Errorf("%q came back as %v", text, got)
		}
	}
}

func TestAzureRuleNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 63) + "." + strings.Repeat("b", 63) + ".example"
	var mappings []model.DNSMapping
	for _, d := range []string{".", "10.in-addr.arpa", "a-b.example", "a.b.example", "_tcp.example", "münchen.example", long, "c." + long, long + ".c", "it's$(x)"} {
		mappings = append(mappings, model.DNSMapping{Domains: texts(d), Servers: texts("10.0.0.1")})
	}
	text, err := dnsfile.Write(dnstable.FormatAzureCommands, mappings, dnsfile.Options{ResourceGroup: safe.New("rg one"), Ruleset: safe.New("$(x)")})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "--name ")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(rest, " ")
		if names[name] || len(name) > 80 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" || name[0] < 'a' || name[0] > 'z' {
			t.Errorf("the name %q", name)
		}
		names[name] = true
	}
	for _, part := range []string{"RESOURCE_GROUP='rg one'\n", "RULESET='$(x)'\n", `--domain-name . `, `--domain-name 'it'\''s$(x).'`} {
		if !strings.Contains(text, part) {
			t.Errorf("there is no %s in\n%s", part, text)
		}
	}
	if len(names) != len(mappings) {
		t.Errorf("%d names of %d", len(names), len(mappings))
	}
}

func TestTerraformQuotes(t *testing.T) {
	t.Parallel()
	text, err := dnsfile.Write(dnstable.FormatTerraform, []model.DNSMapping{{Domains: texts(`a"\${b}%{c}$d`), Servers: texts("10.0.0.1")}},
		dnsfile.Options{Name: safe.New("9 Hub-Resolver\n\u202e"), NetworkID: safe.New("11111111-2222-3333-4444-555555555555")})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"a\"\\$${b}%%{c}$d" = {`, `resource "konnect_cloud_gateway_private_dns" "dns_9_hub_resolver__" {`,
		`name       = "9 Hub-Resolver\n\u202e"`, `network_id = "11111111-2222-3333-4444-555555555555"`,
	} {
		if !strings.Contains(text, part) {
			t.Errorf("there is no %s in\n%s", part, text)
		}
	}
}
