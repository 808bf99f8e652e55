package table_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// line makes a row of a domain as it was written and its servers.
func line(domain string, servers ...string) dnstable.Row {
	return dnstable.Row{Key: safe.New(domain), Servers: texts(servers...)}
}

// pair is a row that no rule of servers has anything against.
func pair(domain string) dnstable.Row { return line(domain, "10.1.0.4", "10.2.0.4") }

// checked gives the rows ids from 1 on and checks them.
func checked(rows []dnstable.Row, s dnstable.Surroundings) []dnstable.Problem {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].ID = dnstable.RowID(i + 1)
	}
	return dnstable.Check(rows, s)
}

// of returns the problems of one rule.
func of(problems []dnstable.Problem, rule string) []dnstable.Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p dnstable.Problem) bool { return p.Rule != rule })
}

// hit is a table in which a rule finds something.
type hit struct {
	rows     []dnstable.Row
	around   dnstable.Surroundings
	severity dnstable.Severity
	row      dnstable.RowID // 0: the whole table
	server   int            // 1 for the first one, 0: not about one
	other    dnstable.RowID
	says     string
	fix      *dnstable.Fix // its Label is not compared
}

// miss is a table that a rule leaves alone, though only a little is different.
type miss struct {
	rows   []dnstable.Row
	around dnstable.Surroundings
}

// proof is what shows that a rule works.
type proof struct {
	hits   []hit
	misses []miss
}

func rows(list ...dnstable.Row) []dnstable.Row { return list }

func proofs() map[string]proof {
	all := map[string]proof{}
	for _, part := range []map[string]proof{nameProofs(), scopeProofs(), tableProofs(), serverProofs(), placeProofs(), changeProofs()} {
		maps.Copy(all, part)
	}
	return all
}

// Every rule of the catalogue has a table that it speaks of and one that it leaves alone.
func TestRules(t *testing.T) {
	t.Parallel()
	all := proofs()
	for _, info := range dnstable.Rules() {
		p := all[info.ID]
		delete(all, info.ID)
		if len(p.hits) == 0 || len(p.misses) == 0 {
			t.Errorf("%s has %d hits and %d misses", info.ID, len(p.hits), len(p.misses))
		}
		seen := map[dnstable.Severity]bool{}
		for _, h := range p.hits {
			seen[h.severity] = true
			checkHit(t, info, h)
		}
		for _, m := range p.misses {
			if found := of(checked(m.rows, m.around), info.ID); len(found) > 0 {
				t.Errorf("%s speaks of %v: %s", info.ID, m.rows, found[0].Text)
			}
		}
		for _, s := range info.Severities {
			if !seen[s] {
				t.Errorf("%s is never shown to be a %s", info.ID, s)
			}
		}
	}
	for id := range all {
		t.Errorf("there is no rule %s", id)
	}
}

func checkHit(t *testing.T, info dnstable.RuleInfo, h hit) {
	t.Helper()
	found := of(checked(h.rows, h.around), info.ID)
	if len(found) == 0 {
		t.Errorf("%s says nothing of %v", info.ID, h.rows)
		return
	}
	at := slices.IndexFunc(found, func(p dnstable.Problem) bool {
		return p.Severity == h.severity && p.Row == h.row && p.Server == h.server-1 && p.Other == h.other && strings.Contains(p.Text, h.says)
	})
	if at < 0 {
		t.Errorf("%s says of %v\n%+v, want %+v", info.ID, h.rows, found, h)
		return
	}
	p := found[at]
	if p.Help != info.Help || !slices.Contains(info.Severities, p.Severity) {
		t.Errorf("%s is not as the catalogue says: %+v", info.ID, p)
	}
	var fix *dnstable.Fix
	if p.Fix != nil {
		bare := *p.Fix
		if bare.Label == "" {
			t.Errorf("%s has a fix without a name", info.ID)
		}
		bare.Label = ""
		fix = &bare
	}
	if !reflect.DeepEqual(fix, h.fix) {
		t.Errorf("%s offers %+v for %v, want %+v", info.ID, fix, h.rows, h.fix)
	}
}

// The ids of the catalogue are D01 to D30, S01 to S19 and T01 to T06, in this order,
// and each rule has what a help needs.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	var want []string
	for _, group := range []struct {
		letter string
		last   int
	}{{"D", 30}, {"S", 19}, {"T", 6}} {
		for i := 1; i <= group.last; i++ {
			want = append(want, group.letter+string(rune('0'+i/10))+string(rune('0'+i%10)))
		}
	}
	var got []string
	for _, r := range dnstable.Rules() {
		got = append(got, r.ID)
		if len(r.Severities) == 0 || !strings.HasSuffix(r.Title, ".") || len(r.Help) < 60 || !strings.HasSuffix(r.Help, ".") {
			t.Errorf("%+v", r)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// Problems stand in the order of the rows, the whole table first; in a row the most
// severe first, then by rule.
func TestOrderOfProblems(t *testing.T) {
	t.Parallel()
	found := checked(rows(line("Com", "10.1.0.4"), pair("fine.acme.internal"), line("a..b", "127.0.0.1", "8.8.8.8")),
		dnstable.Surroundings{Changed: true})
	var got []string
	for _, p := range found {
		got = append(got, string(rune('0'+p.Row))+" "+p.Severity.String()+" "+p.Rule)
	}
	want := []string{
		"0 error T03",
		"1 error D17", "1 warning D23", "1 note D12", "1 note S15",
		"2 note D21",
		"3 error D02", "3 error S06", "3 warning S09", "3 note S09",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if worst, some := dnstable.Worst(found); worst != dnstable.Error || !some {
		t.Errorf("the worst is %s, %v", worst, some)
	}
	if _, some := dnstable.Worst(nil); some {
		t.Error("nothing has a worst")
	}
}

// A table of the examples that people begin with: nothing but what is true of them.
func TestGoodTable(t *testing.T) {
	t.Parallel()
	for _, p := range checked(rows(pair("corp.acme.io"), pair("10.in-addr.arpa"), pair("_msdcs.ad.acme.io")), dnstable.Surroundings{}) {
		t.Errorf("%s %s", p.Rule, p.Text)
	}
	if p := dnstable.Check(nil, dnstable.Surroundings{}); len(p) != 0 {
		t.Errorf("an empty table: %v", p)
	}
}

// fit fails for a text that is not one clean line of 100 columns.
func fit(t interface {
	Errorf(format string, args ...any)
}, p dnstable.Problem,
) {
	texts := []string{p.Text}
	if p.Fix != nil {
		texts = append(texts, p.Fix.Label)
	}
	for _, text := range texts {
		// Half of the scripts of the world stand in one column; a wide letter takes two.
		width := 0
		for _, r := range text {
			width++
			if unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) {
				width++
			}
		}
		if text == "" || safe.Clean(text) != text || width > 100 {
			t.Errorf("%s: %q takes %d columns", p.Rule, text, width)
		}
	}
}

// Whatever stands in a table: no panic, the same answer twice, one clean line each.
func TestCheckTakesAnything(t *testing.T) {
	t.Parallel()
	words := []string{
		"", ".", "..", "*", "*.", "com", "co.uk", "a.test", "b.a.test", "A.test.", "münchen.example", "раураl.com", "xn--zz", "１０.0.0.1",
		"10.0.0.4", "10.0.0.4:53", "10.0.0.04", "::1", "fe80::1%\x1b]52;c;", "10.0.0.0/8", "8.8.8.8", "168.63.129.16", "100.64.0.9", "a\x1b[2Jb", "\xff", "\u202e.com", "a\u200bb.com",
		strings.Repeat("a", 70) + ".test", strings.Repeat("漢字.", 60) + "test", strings.Repeat("long-label.", 20) + "test", "http://a.test/x", "privatelink.blob.core.windows.net", "0/25.1.168.192.in-addr.arpa",
	}
	text := rapid.OneOf(rapid.SampledFrom(words), rapid.String())
	many := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) safe.Text { return safe.New(text.Draw(t, "word")) }), 0, 8)
	one := rapid.Custom(func(t *rapid.T) dnstable.Row {
		return dnstable.Row{ID: dnstable.RowID(rapid.IntRange(0, 9).Draw(t, "id")), Key: safe.New(text.Draw(t, "key")), Servers: many.Draw(t, "servers")}
	})
	table := rapid.SliceOfN(one, 0, 8)
	tables := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) dnstable.Elsewhere {
		return dnstable.Elsewhere{Name: safe.New(text.Draw(t, "name")), Mappings: []model.DNSMapping{{Domains: many.Draw(t, "domains"), Servers: many.Draw(t, "servers")}}}
	}), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		prefixes := model.NewPrefixes(many.Draw(t, "prefixes"))
		s := dnstable.Surroundings{
			Network: model.NewPrefix(safe.New(text.Draw(t, "network"))), NetworkName: safe.New("n"),
			VNets:    []dnstable.NearVNet{{Name: safe.New(text.Draw(t, "vnet")), Prefixes: prefixes, Subnets: []model.Subnet{{Name: safe.New(text.Draw(t, "subnet")), Prefixes: prefixes}}, Read: rapid.Bool().Draw(t, "read")}},
			Peerings: tables.Draw(t, "peerings"), Resolvers: tables.Draw(t, "resolvers"),
			Resolver: &model.PrivateDNS{State: model.PrivateDNSState(text.Draw(t, "state")), Reason: safe.New(text.Draw(t, "reason"))},
			Changed:  rapid.Bool().Draw(t, "changed"), Before: table.Draw(t, "before"),
			Endpoints: []dnstable.Endpoint{{Address: safe.New("10.0.0.4"), VNet: safe.New("v")}},
			Rulesets:  []dnstable.Ruleset{{Name: safe.New(text.Draw(t, "ruleset")), Targets: texts("10.0.0.4"), VNets: texts("V")}},
			Probes:    map[dnstable.ProbeKey]dnstable.ProbeResult{{Domain: "a.test", Server: "8.8.8.8"}: {Answered: true}, {Domain: "a.test", Server: "10.0.0.4"}: {Vantage: text.Draw(t, "vantage")}},
		}
		in := table.Draw(t, "rows")
		first := dnstable.Check(in, s)
		if again := dnstable.Check(in, s); !reflect.DeepEqual(first, again) {
			t.Fatalf("%v, then %v", first, again)
		}
		for _, p := range first {
			fit(t, p)
		}
	})
}

// The texts of the proofs fit the line, too.
func TestTextsFit(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, proof := range proofs() {
		for _, h := range proof.hits {
			for _, p := range checked(h.rows, h.around) {
				fit(t, p)
				if strings.Contains(p.Text, "%s") || strings.Contains(p.Text, "%!") {
					t.Errorf("a place that was not filled: %s", p.Text)
				}
				seen++
			}
		}
	}
	if seen < 100 {
		t.Errorf("%d texts", seen)
	}
}
