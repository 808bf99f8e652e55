package safe_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model/safe"
)

// encoded writes a text in UTF-16.
func encoded(text string, order binary.AppendByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func TestDecode(t *testing.T) {
	const text = "corp.example.com -> 10.1.0.4 # größer, 東京, 😀\nb\n"
	const plain = "network: eu-prod\n"
	windows := strings.ReplaceAll(text, "\n", "\r\n")
	var utf32 []byte
	for _, r := range "\ufeff" + text {
		utf32 = binary.LittleEndian.AppendUint32(utf32, uint32(r))
	}
	for name, c := range map[string]struct{ in, want string }{
		"UTF-8":                        {text, text},
		"UTF-8 with a mark, CRLF":      {"\ufeff" + windows, text},
		"two files behind each other":  {"\ufeffa\n\ufeffb\n", "a\nb\n"},
		"UTF-16, small end first":      {string(encoded(windows, binary.LittleEndian, true)), text},
		"UTF-16, great end first":      {string(encoded(windows, binary.BigEndian, true)), text},
		"UTF-16 without a mark":        {string(encoded(plain, binary.LittleEndian, false)), plain},
		"the other, without a mark":    {string(encoded(plain, binary.BigEndian, false)), plain},
		"UTF-32":                       {string(utf32), text},
		"UTF-16, cut off":              {"\xff\xfea\x00b", "a\ufffd"},
		"a zero byte alone":            {"a\x00b and more of it", "a\x00b and more of it"},
		"bytes that are no text":       {"a\xe9b", "a\xe9b"},
		"blanks that do not break":     {"a:\u00a0b\u202fc\u3000d", "a: b c d"},
		"no width at the edges":        {"\u200ba.example\u200b -> \u200e10.0.0.1\u202c,\ufeff10.0.0.2\u2060", "a.example -> 10.0.0.1,10.0.0.2"},
		"no width within a word":       {"a.ex\u200bample", "a.ex\u200bample"},
		"what turns a text round":      {"\u202ea", "\u202ea"},
		"a tab stays":                  {"a\tb", "a\tb"},
		"turned quotation marks":       {"zone “a.example” { };", `zone "a.example" { };`},
		"turned ones beside straight":  {`{"note": "the “hub”"}`, `{"note": "the “hub”"}`},
		"single turned ones":           {"-Name ‘a.example’", "-Name 'a.example'"},
		"an apostrophe":                {"# the network’s", "# the network’s"},
		"a mark of width before marks": {"“\u200ba\u200b”", `"a"`},
		"nothing":                      {"", ""},
	} {
		if got := safe.Decode([]byte(c.in)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Whatever comes, it is read once: what came out of it goes through as it is, and no line
// is lost. UTF-16 says the same as UTF-8.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"", "a\r\nb", "\xff\xfea\x00", "\xfe\xff\x00a", "“a” ‘b’", "a\u200b\u200b b\u00a0", "\xff\xfe\x00\x00a\x00\x00\x00", "a\x00b\x00", "\u200b\u200f“\u200bx”"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := safe.Decode(data)
		if strings.ContainsAny(got, "\r\u0085\u2028\u2029\u00a0") || len(got) > 3*len(data)+3 {
			t.Fatalf("%q became %q", data, got)
		}
		if again := safe.Decode([]byte(got)); again != got && !strings.Contains(got, "\x00") && utf8.ValidString(got) {
			t.Fatalf("%q became %q, and that %q", data, got, again)
		}
		if text := string(data); utf8.ValidString(text) && !strings.Contains(text, "\x00") && !strings.HasPrefix(text, "\ufeff") {
			if wide := safe.Decode(encoded(text, binary.BigEndian, true)); wide != got {
				t.Fatalf("%q is %q, and %q in UTF-16", text, got, wide)
			}
			if lines := strings.Count(safe.LineEnds(text), "\n"); strings.Count(got, "\n") != lines {
				t.Fatalf("%q has %d lines, %q others", text, lines, got)
			}
		}
	})
}
