package safe_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model/safe"
)

func TestCleanMakesTheInvisibleVisible(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"ordinary":          {"vnet-hub", "vnet-hub"},
		"other scripts":     {"münchen-東京", "münchen-東京"},
		"escape sequence":   {"\x1b]52;c;ZXZpbA==\a", `\u{1b}]52;c;ZXZpbA==\u{7}`},
		"device control":    {"\x1bPtmux;\x1b\\", `\u{1b}Ptmux;\u{1b}\`},
		"C1 as UTF-8":       {"a\u009b31m", `a\u{9b}31m`},
		"raw C1 byte":       {"a\x9b31m", "a\ufffd31m"},
		"bidi override":     {"safe\u202egpj.exe", `safe\u{202e}gpj.exe`},
		"zero width":        {"a\u200bb", `a\u{200b}b`},
		"variation":         {"a\ufe0fb", `a\u{fe0f}b`},
		"line break":        {"one\ntwo", "one two"},
		"carriage return":   {"abc\rX", `abc\u{d}X`},
		"tab":               {"a\tb", "a b"},
		"no-break space":    {"a\u00a0b", "a b"},
		"line separator":    {"a\u2028b", `a\u{2028}b`},
		"delete":            {"a\x7f", `a\u{7f}`},
		"private use":       {"\ue0b0", `\u{e0b0}`},
		"blank letter":      {"a\u3164", `a\u{3164}`},
		"leading mark":      {"\u0301a", `\u{301}a`},
		"many marks":        {"e" + strings.Repeat("\u0301", 300), "e" + strings.Repeat("\u0301", 4)},
		"nothing":           {"", ""},
		"language tag char": {"a\U000e0041", `a\u{e0041}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := safe.Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCleanCutsEndlessText(t *testing.T) {
	got := safe.Clean(strings.Repeat("x", 10_000))
	if n := utf8.RuneCountInString(got); n != 2001 || !strings.HasSuffix(got, "x…") {
		t.Errorf("10,000 characters became %d ending %q", n, got[len(got)-6:])
	}
}

func TestTextPrintsCleanInEveryForm(t *testing.T) {
	text := safe.New("net\x1b[2J")
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%10s"} {
		if out := fmt.Sprintf(verb, text); strings.ContainsRune(out, 0x1b) {
			t.Errorf("%s printed an escape: %q", verb, out)
		}
	}
	if text.Raw() != "net\x1b[2J" {
		t.Errorf("Raw changed the bytes: %q", text.Raw())
	}
}

func TestTextJSON(t *testing.T) {
	for _, raw := range []string{"plain", "q\"b\\", "\x1b[31m", "a\u202eb", "\u009b", "line\nbreak", "\U000e0041", "<&>", "ü", ""} {
		data, err := json.Marshal(safe.New(raw))
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		for _, r := range string(data) {
			if !unicode.IsPrint(r) {
				t.Errorf("%q was written with %U", raw, r)
			}
		}
		var back safe.Text
		if err := json.Unmarshal(data, &back); err != nil || back.Raw() != raw {
			t.Errorf("%q came back as %q (%v)", raw, back.Raw(), err)
		}
	}
}

func TestTextKeepsUnexpectedJSONTypes(t *testing.T) {
	for in, want := range map[string]string{`42`: "42", `{"a":1}`: `{"a":1}`, `null`: "", `true`: "true", `"s"`: "s"} {
		var got safe.Text
		if err := json.Unmarshal([]byte(in), &got); err != nil || got.Raw() != want {
			t.Errorf("%s became %q (%v), want %q", in, got.Raw(), err, want)
		}
	}
}

func TestCompareIsTotal(t *testing.T) {
	a, b := safe.New("Net"), safe.New("net")
	if a.Compare(b) == 0 || a.Compare(b) != -b.Compare(a) {
		t.Error("texts that differ only in case must have an order")
	}
	if safe.New("alpha").Compare(safe.New("Beta")) >= 0 {
		t.Error("case must not decide before letters do")
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "a", "\x1b[31m", "\u202e", "e\u0301\u0301\u0301\u0301\u0301", "\xff\xfe", "\U000e0041"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out := safe.Clean(in)
		if !utf8.ValidString(out) {
			t.Fatalf("%q is no UTF-8", out)
		}
		for _, r := range out {
			if !unicode.IsPrint(r) {
				t.Fatalf("%q kept %U", out, r)
			}
		}
		if again := safe.Clean(out); again != out {
			t.Fatalf("cleaning twice changed %q to %q", out, again)
		}
		if utf8.RuneCountInString(out) > 2001 {
			t.Fatalf("%d characters", utf8.RuneCountInString(out))
		}
	})
}

// A document keeps its meaning and loses what a terminal could obey.
func TestJSONDocument(t *testing.T) {
	t.Parallel()
	hostile := "{\n  \"name\": \"a\u009b31m\u202e\x7f\u00e9 \U000e0001\"\n}"
	got := safe.JSON([]byte(hostile))
	var before, after any
	if err := errors.Join(json.Unmarshal([]byte(hostile), &before), json.Unmarshal(got, &after)); err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("%v: %s", err, got)
	}
	if bytes.ContainsAny(got, "\u009b\u202e\x7f\U000e0001") || !bytes.Contains(got, []byte("é")) || bytes.Count(got, []byte("\n")) != 2 {
		t.Errorf("%q", got)
	}
}
