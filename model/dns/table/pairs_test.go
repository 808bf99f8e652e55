package table_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestParseMappings(t *testing.T) {
	const text = "# all of them\r\n" +
		"example.com, example2.com -> 192.168.1.1, 192.168.1.2   # both\r\n" +
		"\n" +
		"a.example => 10.0.0.1\n" +
		"b.example,c.example → 10.0.0.1 10.0.0.2\n" +
		"d.example=10.0.0.1;10.0.0.2\n" +
		"g.example: 10.0.0.1, 10.0.0.2\n" +
		"e.example f.example fd00::1 10.0.0.2"
	const want = "example.com, example2.com -> 192.168.1.1, 192.168.1.2\n" +
		"a.example -> 10.0.0.1\n" +
		"b.example, c.example -> 10.0.0.1, 10.0.0.2\n" +
		"d.example -> 10.0.0.1, 10.0.0.2\n" +
		"g.example -> 10.0.0.1, 10.0.0.2\n" +
		"e.example, f.example -> fd00::1, 10.0.0.2\n"
	got, problems := dnstable.ParseMappings(text)
	if len(problems) != 0 || dnstable.FormatMappings(got) != want {
		t.Errorf("%v\n%s", problems, dnstable.FormatMappings(got))
	}
}

func TestParseMappingsThatCannotBe(t *testing.T) {
	const text = "a.example -> 10.0.0.1\n" +
		"b.example\n" +
		"-> 10.0.0.1\n" +
		"c.example ->\n" +
		"d.example -> 10.0.0.1 -> 10.0.0.2\n" +
		"e.ex\x1bample -> 10.0.0.1\n" +
		"10.0.0.1\n" +
		"f.example -> 10.0.\u200b0.1\n" +
		"g.example -> 10.0.0.1\xff\n" +
		"h.ex\u202eample -> 10.0.0.1\n"
	want := []struct {
		line       int
		rule, says string
	}{
		{2, "S01", "no server"},
		{3, "D01", "no domain"},
		{4, "S01", "no server"},
		{5, "", "two arrows"},
		{6, "D05", "U+001B"},
		{7, "D01", "no domain"},
		{8, "S02", `\u{200b}`},
		{9, "S02", "bytes that are no text"},
		{10, "D05", "U+202E"},
	}
	got, problems := dnstable.ParseMappings(text)
	if len(got) != 1 || len(problems) != len(want) {
		t.Fatalf("%v, %v", got, problems)
	}
	for i, w := range want {
		if problems[i].Line != w.line || problems[i].Rule != w.rule || !strings.Contains(problems[i].Text, w.says) {
			t.Errorf("%+v, want %+v", problems[i], w)
		}
	}
}

// A word of a sentence, of a command, of a record or of a setting is no domain; a domain of
// one label is one where an arrow or a comma shows that it stands by itself.
func TestProseIsNoDomain(t *testing.T) {
	for _, line := range []string{
		"ask 10.0.0.1", "Hello, for corp.example.com please ask 10.0.0.1", "nameserver=10.0.0.1", "DNS = 10.0.0.1", "nameserver: 10.0.0.1",
		"nslookup corp.example.com 10.0.0.1", "www.example.com. 300 IN A 10.0.0.1", "Conditional forwarder corp.example.com -> 10.0.0.1",
		"Add-DnsServerConditionalForwarderZone -Name corp.example.com -MasterServers 10.0.0.1", "corp 10.0.0.1", "e.g. 10.0.0.1", "$zone 10.0.0.1",
	} {
		if got, problems := dnstable.ParseMappings(line); len(got) != 0 || len(problems) != 1 {
			t.Errorf("%q: %v, %v", line, got, problems)
		}
	}
	for line, want := range map[string]string{
		"corp -> 10.0.0.1": "corp -> 10.0.0.1\n", "corp, intranet => 10.0.0.1": "corp, intranet -> 10.0.0.1\n", ". -> 10.0.0.1": ". -> 10.0.0.1\n", ". 10.0.0.1": ". -> 10.0.0.1\n",
		"_msdcs.corp.example.com *.db.example.com 10.0.0.1": "_msdcs.corp.example.com, *.db.example.com -> 10.0.0.1\n",
	} {
		if got, problems := dnstable.ParseMappings(line); dnstable.FormatMappings(got) != want || len(problems) != 0 {
			t.Errorf("%q: %v, %v", line, got, problems)
		}
	}
}

// What the rules take with a warning is read: they say what becomes of it.
func TestAnUnseenCharacterIsTheRules(t *testing.T) {
	got, problems := dnstable.ParseMappings("a.ex\u200bample.net -> 10.0.0.1, 10.0.0.2\n")
	if len(problems) != 0 || len(got) != 1 {
		t.Fatalf("%v, %v", got, problems)
	}
	if found := dnstable.Check(dnstable.FromMappings(got), dnstable.Surroundings{}); len(found) == 0 || found[0].Rule != "D13" || found[0].Severity != dnstable.Warning {
		t.Errorf("%+v", found)
	}
}

func FuzzParseMappings(f *testing.F) {
	for _, seed := range []string{"a.example -> 10.0.0.1", "a b 10.0.0.1 c", "a=b", "# x", "a -> -> b", "\x00", "a,,b ->c#d", "a-> b=", "->", "a\u2028b -> c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, problems := dnstable.ParseMappings(in)
		for _, p := range problems {
			if p.Line < 1 || p.Text == "" || safe.Clean(p.Text) != p.Text {
				t.Fatalf("%q: %+v", in, p)
			}
		}
		for _, m := range got {
			if len(m.Domains) == 0 || len(m.Servers) == 0 {
				t.Fatalf("%q gave %v", in, m)
			}
		}
		text := dnstable.FormatMappings(got)
		again, more := dnstable.ParseMappings(text)
		if len(more) != 0 || dnstable.FormatMappings(again) != text {
			t.Fatalf("%q (%v) became %q, and that %v (%v)", in, problems, text, again, more)
		}
	})
}

func TestMappingsComeBackAsTheyWere(t *testing.T) {
	domain := rapid.Custom(func(t *rapid.T) string {
		return rapid.StringMatching(`[a-z_][a-z0-9-]{0,5}[a-z]\.(com|münchen|in-addr\.arpa)\.?`).Draw(t, "domain")
	})
	server := rapid.OneOf(rapid.StringMatching(`10\.[1-9]\.0\.[1-9]`), rapid.StringMatching(`fd00::[1-9a-f]`), rapid.StringMatching(`[a-z]{1,8}`))
	rapid.Check(t, func(t *rapid.T) {
		var want []model.DNSMapping
		for range rapid.IntRange(0, 5).Draw(t, "mappings") {
			want = append(want, model.DNSMapping{
				Domains: safe.Texts(rapid.SliceOfN(domain, 1, 4).Draw(t, "domains")...), Servers: safe.Texts(rapid.SliceOfN(server, 1, 4).Draw(t, "servers")...),
			})
		}
		got, problems := dnstable.ParseMappings(dnstable.FormatMappings(want))
		if len(problems) != 0 || len(got) != len(want) {
			t.Fatalf("%v, %v", got, problems)
		}
		for i := range want {
			if g, w := dnstable.FormatMappings(got[i:i+1]), dnstable.FormatMappings(want[i:i+1]); g != w {
				t.Fatalf("%q came back as %q", w, g)
			}
		}
	})
}
