package table_test

import (
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// domain is a hit of a rule about one domain.
func domain(text string, severity dnstable.Severity, says, fix string) hit {
	h := hit{rows: rows(pair(text)), severity: severity, row: 1, says: says}
	if fix != "" {
		h.fix = &dnstable.Fix{Domain: fix}
	}
	return h
}

func domains(texts ...string) []miss {
	var out []miss
	for _, t := range texts {
		out = append(out, miss{rows: rows(pair(t))})
	}
	return out
}

func nameProofs() map[string]proof {
	const e = dnstable.Error
	l63, l64 := strings.Repeat("a", 63), strings.Repeat("a", 64)
	n253 := strings.Repeat("a", 60) + strings.Repeat(".abcdefghijk", 16) + ".b"
	return map[string]proof{
		"D01": {[]hit{domain("", e, "Enter a domain, for example corp.example.com.", ""), domain(" \t", e, "Enter a domain", "")}, domains("a", ".")},
		"D02": {[]hit{domain("a..b", e, `Two dots in a row in "a..b"`, ""), domain("a.b..", e, "Two dots", ""), domain("..", e, "Two dots", ""), domain("a.\u200b.b", e, `"a.\u{200b}.b"`, "")}, domains("a.b.", ".a.b")},
		"D03": {[]hit{domain(l64+".b", e, "is 64 characters; the limit is 63", ""), domain(strings.Repeat("ü", 60), e, "characters; the limit is 63", "")}, domains(l63+".b", strings.Repeat("ü", 30)+".b")},
		"D04": {[]hit{domain(n253+"c", e, "Name is 255 characters; the limit is 253.", "")}, domains(n253[2:], n253[1:], n253[1:]+".")},
		"D05": {
			[]hit{
				domain("a b.com", e, "Character U+0020 (a space) is not allowed", ""),
				domain("a\x1b[2Jb.com", e, "Character U+001B is not allowed in a domain.", ""),
				domain("a\u009bb.com", e, "Character U+009B is not", ""),
				domain("a!.com", e, "Character U+0021 (!)", ""),
				domain("a\u202eb.com", e, "Character U+202E", ""),
				domain("münchen\u202e.com", e, "Character U+202E", ""),
				domain("münchen!.com", e, "Character U+0021 (!)", ""),
				domain("*.*.com", e, "Character U+002A (*)", ""),
				domain("a\xff.com", e, "A byte that is no text", ""),
				domain("0/25.1.168.192.in-addr.arpa", e, "Character U+002F (/)", ""),
				domain("⑴.com", e, "Character U+0028", ""),
			},
			domains("a_b.com", "a-b.com", "*.a.com", "a\u200bb.com"),
		},
		"D06": {[]hit{domain("-a.com", e, `Label "-a" may not start or end with a hyphen.`, ""), domain("b.a-.com", e, `"a-"`, ""), domain("-ü.com", e, "hyphen", "")}, domains("a-b.com", "a--b.com")},
		"D07": {
			[]hit{
				domain("xn--mnchen-3yaz9999.de", e, "an xn-- part does not stand for a name", ""),
				domain("xn--a.de", e, "Not a valid international name", ""),
				domain("שa.com", e, "letters of both directions are mixed", ""),
				domain("\u0301a.com", e, "a part begins with a mark", ""),
				domain("ü\u200db.com", e, "a joining character", ""),
			},
			domains("münchen.de", "xn--mnchen-3ya.de", "שלום.com", "क्\u200dष.com"),
		},
		"D08": {
			[]hit{
				domain("10.0.0.4", e, "This is an address: it belongs to the servers. For reverse lookups use 4.0.0.10.in-addr.arpa.", ""),
				domain("10.0.0.4.", e, "This is an address", ""),
				domain("10.1.0.0/16", e, "use 1.10.in-addr.arpa", ""),
				domain("10.0.0.0/12", e, "It is 16 reverse zones: 0.10.in-addr.arpa to 15.10.in-addr.arpa.", ""),
				domain("192.168.255.128/25", e, "It is 128 reverse zones: 128.255.168.192.in-addr.arpa to 255.255.168.192.in-addr.arpa.", ""),
				domain("255.255.255.128/25", e, "to 255.255.255.255.in-addr.arpa.", ""),
				domain("10.0.0.4/32", e, "This is an address: it belongs to the servers. For reverse lookups use 4.0.0.10.in-addr.arpa.", ""),
				domain("0.0.0.0/0", e, "the range of all addresses", ""),
				domain("fd00::/64", e, "a range of IPv6 addresses", ""),
				domain("10.1.0.4:53", e, "This is an address", ""),
				domain("fd00::1", e, "This is an IPv6 address", ""),
				domain("[fd00::1]:53", e, "This is an IPv6 address", ""),
				domain("１０.0.0.4", e, "This is an address", ""),
				domain("10.1", e, `"10.1" ends with a number`, ""),
				domain("0xa000004", e, "ends with a number", ""),
			},
			domains("10.in-addr.arpa", "10.0.0.4a", "10.example.com", "0x.example.com", "a1"),
		},
		"D09": {
			[]hit{
				domain("https://corp.acme.io/path?q", e, `Enter only the domain, without scheme, port or path. Use "corp.acme.io"?`, "corp.acme.io"),
				domain("corp.acme.io:8443", e, `"corp.acme.io"`, "corp.acme.io"),
				domain("me@Corp.acme.io", e, `"corp.acme.io"`, "corp.acme.io"),
				domain("corp.acme.io/x", e, `"corp.acme.io"`, "corp.acme.io"),
				domain("http://10.0.0.4/", e, "without scheme, port or path.", ""),
				domain("http://a\x1b]52;c;x", e, "without scheme", ""),
			},
			domains("corp.acme.io", "https.acme.io", "0/25.1.168.192.in-addr.arpa"),
		},
		"D12": {
			[]hit{
				domain("Corp.Acme.io", dnstable.Note, "Stored as corp.acme.io. It also covers every name below it.", "corp.acme.io"),
				domain("corp.acme.io.", dnstable.Note, "Stored as", "corp.acme.io"),
				domain("*.corp.acme.io", dnstable.Note, "Stored as", "corp.acme.io"),
				domain(".corp.acme.io", dnstable.Note, "Stored as", "corp.acme.io"),
				domain("münchen.acme.io", dnstable.Note, "Stored as xn--mnchen-3ya.acme.io", "xn--mnchen-3ya.acme.io"),
			},
			domains("corp.acme.io", ".", "ａcorp.acme.io", "A..b"),
		},
		"D13": {
			[]hit{
				domain("ｃorp.münchen.de", dnstable.Warning, "Stored as corp.xn--mnchen-3ya.de, shown as corp.münchen.de. Check that this is the name", "corp.xn--mnchen-3ya.de"),
				domain("ｃorp.acme.io", dnstable.Warning, "stored as corp.acme.io. Check that this is the name you mean.", "corp.acme.io"),
				domain("co\u200brp.acme.io", dnstable.Warning, "Stored as corp.acme.io, without the unseen U+200B.", "corp.acme.io"),
				domain("corp。acme.io", dnstable.Warning, "Check that this", "corp.acme.io"),
			},
			domains("münchen.de", "MÜNCHEN.de.", "Corp.acme.io"),
		},
		"D14": {
			[]hit{
				domain("раураl.com", dnstable.Warning, "раураl.com mixes scripts and may imitate another name.", ""),
				domain("xn--l-7sba6dbr.com", dnstable.Warning, "mixes scripts", ""),
				domain("аррӏе.com", dnstable.Warning, "аррӏе.com looks Latin, is not, and may imitate", ""),
				domain("googlе.com", dnstable.Warning, "mixes scripts", ""),
				domain("ɡoogle.com", dnstable.Warning, "phonetic", ""),
			},
			domains("münchen.de", "пример.com", "例えa.jp", "한글abc.kr", "paypal.com", "ελλάδα.gr", "почта.рф"),
		},
	}
}
