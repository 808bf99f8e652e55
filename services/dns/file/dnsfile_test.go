package file_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnsfile "github.com/peerdeck/peerdeck/services/dns/file"
)

func sample(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "dns", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// words returns what a text was read as, a line for each line.
func words(i dnstable.Imported) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", i.Format)
	if guess := i.Guess(); guess != "" {
		fmt.Fprintf(&b, "GUESS %s\n", guess)
	}
	if i.Problem != "" {
		fmt.Fprintf(&b, "PROBLEM %s\n", i.Problem)
	}
	for _, l := range i.Lines {
		fmt.Fprintf(&b, "%d:%d ", l.Line, l.Column)
		if l.Refused() {
			fmt.Fprintf(&b, "REFUSED %s\n", l.Problem)
			continue
		}
		b.WriteString(dnstable.FormatMappings([]model.DNSMapping{{Domains: l.Domains, Servers: l.Servers}}))
		for _, x := range l.Extra {
			fmt.Fprintf(&b, "  extra %s=%s\n", x.Name, x.JSON)
		}
		for _, n := range l.Notes {
			fmt.Fprintf(&b, "  note %s\n", n)
		}
	}
	for _, n := range i.Notes {
		fmt.Fprintf(&b, "note %s\n", n)
	}
	return b.String()
}

// samples lists the texts of testdata/dns.
func samples(tb testing.TB) []string {
	tb.Helper()
	all, err := os.ReadDir(filepath.Join("..", "..", "..", "testdata", "dns"))
	if err != nil || len(all) < 50 {
		tb.Fatalf("%d samples, %v", len(all), err)
	}
	var names []string
	for _, f := range all {
		if !f.IsDir() {
			names = append(names, f.Name())
		}
	}
	return names
}

// Each sample has good lines and bad ones; what is told of them stands beside it. With
// UPDATE_SCREENS it is written anew.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, name := range samples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := words(dnsfile.Read(name, sample(t, name), ""))
			if os.Getenv("UPDATE_SCREENS") != "" {
				if err := os.WriteFile(filepath.Join("..", "..", "..", "testdata", "dns", "read", name+".txt"), []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(sample(t, filepath.Join("read", name+".txt"))); got != want {
				t.Errorf("read as\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// A format is found without the name of a file where the text tells it.
func TestDetect(t *testing.T) {
	t.Parallel()
	for _, name := range samples(t) {
		named, bare := dnsfile.Detect(name, sample(t, name)), dnsfile.Detect("", sample(t, name))
		if named != bare {
			t.Errorf("%s is %s by its name and %s by what it holds", name, named, bare)
		}
	}
	for text, want := range map[string]dnstable.Format{
		"a.example 10.0.0.1\n":   dnstable.FormatPairs,
		"a.example,10.0.0.1\n":   dnstable.FormatPairs,
		"a paragraph of words\n": dnstable.FormatPairs,
		"":                       dnstable.FormatPairs,
		"# x {\nport=53\nserver=/a.example/10.0.0.1":     dnstable.FormatDnsmasq,
		"\"a.example\",\"10.0.0.1\"\n":                   dnstable.FormatCSV,
		"Domain\tServers\na.example\t10.0.0.1\n":         dnstable.FormatCSV,
		"zone a.example { type forward; };":              dnstable.FormatBIND,
		"a.example. 3600 IN SOA ns hostmaster 1 2 3 4 5": dnstable.FormatBIND,
		"---\n- domains: [a.example]\n":                  dnstable.FormatYAML,
		`{"mappings": [{"domains": [], "servers": []}]}`: dnstable.FormatYAML,
		"{}":   dnstable.FormatKonnectMap,
		" [ ]": dnstable.FormatKonnectList,
		"#!/bin/sh\naz dns-resolver forwarding-rule create": dnstable.FormatAzureCommands,
		"\ufeffforward-zone:\n  name: a.example\n":          dnstable.FormatUnbound,
	} {
		if got := dnsfile.Detect("", []byte(text)); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// Texts that cannot be used at all, and what is said of them.
func TestTextsThatCannotBe(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 100_000)
	for name, c := range map[string]struct {
		format dnstable.Format
		text   string
		says   string
	}{
		"empty":               {"", " \n\t", "it is empty"},
		"too long":            {"", strings.Repeat("a", dnsfile.MaxBytes+1), "1048577 bytes"},
		"too many":            {"", strings.Repeat("a.example -> 10.0.0.1\n", dnsfile.MaxLines+1), "5001 mappings; 5000"},
		"empty UTF-16":        {"", "\xff\xfe \x00\n\x00", "it is empty"},
		"broken JSON":         {"", "{\n\"a\": }", "line 2: this is no JSON"},
		"JSON cut off":        {"", `{"a": [`, "before it is complete"},
		"two JSON documents":  {"", "{}\n{}", "behind the end of the document"},
		"deep JSON":           {dnstable.FormatKonnectMap, deep, "50 deep"},
		"deep YAML":           {dnstable.FormatYAML, deep, "brackets"},
		"rather deep YAML":    {dnstable.FormatYAML, strings.Repeat("[", 1000), "50 deep"},
		"YAML lists in lists": {dnstable.FormatYAML, strings.Repeat("- ", 100_000) + "a", "50 deep"},
		"broken YAML":         {dnstable.FormatYAML, "mappings:\n  - domains: [a\n", "this is no YAML"},
		"keys without end":    {dnstable.FormatYAML, strings.Repeat("a:\n", 300_000), "300000 keys"},
		"words without end":   {dnstable.FormatYAML, strings.Repeat("- a\n", 200_000), "split it"},
		"two YAML documents":  {dnstable.FormatYAML, "mappings: []\n---\nmappings: []\n", "second document"},
		"a member twice":      {"", "{\"dns_config\": {},\n\"dns_config\": {}}", "line 1 and in line 2"},
		"another document":    {"", `{"a": 1}`, "no mapping table in it"},
		"a page":              {"", `{"data": [{"dns_config": {}}]}`, "page of a list"},
		"a zone file":         {"", "$TTL 3600\n@ IN A 10.0.0.1", "zone file"},
		"deep BIND":           {dnstable.FormatBIND, strings.Repeat("a {", 1000), "deep in each other"},
		"Terraform":           {"", "resource \"konnect_x\" \"y\" {\n}", "written, not read"},
		"az":                  {"", "az dns-resolver forwarding-rule create", "--output json"},
		"a format unknown":    {"toml", "a", "there is no format \"toml\"; there are pairs, csv"},
	} {
		got := dnsfile.Read("", []byte(c.text), c.format)
		if !strings.Contains(got.Problem, c.says) || len(got.Lines) != 0 {
			t.Errorf("%s: %d lines, %q; want %q", name, len(got.Lines), got.Problem, c.says)
		}
	}
}

// What can be seen in no editor is refused by its code point, in every format, unless the
// rules take it with a warning.
func TestWordsThatDoNotShowWhatTheyAre(t *testing.T) {
	t.Parallel()
	for bad, says := range map[string]string{
		"a\u202eb": "U+202E", "a\x01b": "U+0001", "a\x00b": "U+0000", "a\xffb": "bytes that are no text",
		"\u0301a": "mark without a letter", strings.Repeat("a", 600): "600 bytes",
	} {
		for format, text := range map[dnstable.Format]string{
			dnstable.FormatPairs:        "%s -> 10.0.0.1",
			dnstable.FormatCSV:          "%s,10.0.0.1",
			dnstable.FormatDnsmasq:      "server=/%s/10.0.0.1",
			dnstable.FormatCoreDNS:      "%s {\nforward . 10.0.0.1\n}",
			dnstable.FormatUnbound:      "forward-zone:\nname: %s\nforward-addr: 10.0.0.1",
			dnstable.FormatBIND:         `zone "%s" { type forward; forwarders { 10.0.0.1; }; };`,
			dnstable.FormatKonnectMap:   `{"%s": {"remote_dns_server_ip_addresses": ["10.0.0.1"]}}`,
			dnstable.FormatKonnectList:  `[{"domain_proxy_list": ["%s"], "remote_dns_server_ip_addresses": ["10.0.0.1"]}]`,
			dnstable.FormatAzureRuleset: `[{"domainName": "%s.", "targetDnsServers": [{"ipAddress": "10.0.0.1"}]}]`,
			dnstable.FormatYAML:         "- domains: [\"%s\"]\n  servers: [10.0.0.1]",
		} {
			got := dnsfile.Read("", fmt.Appendf(nil, text, bad), format)
			if said := words(got); len(got.Mappings()) != 0 || strings.Contains(said, bad) && len(bad) < 100 {
				t.Errorf("%s with %q:\n%q", format, bad, said)
			}
			if said := words(got); !strings.Contains(said, says) && got.Problem == "" {
				t.Errorf("%s with %q says %q", format, bad, said)
			}
		}
	}
}

// What a refusal offers to write is read itself, in the format of the text or as a plain
// pair, and as one mapping.
func TestWhatRefusalsOfferIsRead(t *testing.T) {
	t.Parallel()
	offer := regexp.MustCompile(`(?:write|write lines such as|write a line such as|write one such as|a mapping has one|write it on a line by itself if it is one): ([^;]+)$`)
	seen := 0
	for _, name := range samples(t) {
		got := dnsfile.Read(name, sample(t, name), "")
		problems := []string{got.Problem}
		for _, l := range got.Lines {
			problems = append(problems, l.Problem)
		}
		for _, problem := range problems {
			m := offer.FindStringSubmatch(problem)
			if m == nil || strings.Contains(m[1], ", a list") {
				continue
			}
			seen++
			read := false
			for _, format := range []dnstable.Format{got.Format, dnstable.FormatPairs} {
				if again := dnsfile.Read("", []byte(m[1]+"\n"), format); len(again.Lines) == 1 && len(again.Mappings()) == 1 {
					read = true
					for _, found := range dnstable.Check(dnstable.FromMappings(again.Mappings()), dnstable.Surroundings{}) {
						if found.Severity == dnstable.Error {
							t.Errorf("%s: %q offers what breaks %s: %s", name, problem, found.Rule, found.Text)
						}
					}
				}
			}
			if !read {
				t.Errorf("%s: what is offered is not read itself: %q", name, problem)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d offers were found: this test does not see what it looks for", seen)
	}
}
