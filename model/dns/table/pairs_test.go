package table_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

func TestParseMappings(t *testing.T) {
	const text = "# all of them\r\n" +
		"example.com, example2.com -> 192.168.1.1, 192.168.1.2   # both\r\n" +
		"\n" +
		"a.example => 10.0.0.1\n" +
		"b.example,c.example → 10.0.0.1 10.0.0.2\n" +
		"d.example=10.0.0.1;10.0.0.2\n" +
		"e.example f.example fd00::1 10.0.0.2"
	const want = "example.com, example2.com -> 192.168.1.1, 192.168.1.2\n" +
		"a.example -> 10.0.0.1\n" +
		"b.example, c.example -> 10.0.0.1, 10.0.0.2\n" +
		"d.example -> 10.0.0.1, 10.0.0.2\n" +
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
		"e.ex\u200bample -> 10.0.0.1\n" +
		"10.0.0.1\n"
	want := []struct {
		line int
		says string
	}{{2, "no server"}, {3, "no domain"}, {4, "no server"}, {5, "two arrows"}, {6, `\u{200b}`}, {7, "no domain"}}
	got, problems := dnstable.ParseMappings(text)
	if len(got) != 1 || len(problems) != len(want) {
		t.Fatalf("%v, %v", got, problems)
	}
	for i, w := range want {
		if problems[i].Line != w.line || !strings.Contains(problems[i].Text, w.says) {
			t.Errorf("%+v, want line %d and %q", problems[i], w.line, w.says)
		}
	}
}

func FuzzParseMappings(f *testing.F) {
	for _, seed := range []string{"a.example -> 10.0.0.1", "a b 10.0.0.1 c", "a=b", "# x", "a -> -> b", "\x00", "a,,b ->c#d", "a-> b=", "->", "a\u2028b -> c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, problems := dnstable.ParseMappings(in)
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
