package helper_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/helper"
)

// Fault 37: az prints warnings, colours or other JSON on its standard output before the answer.
// Seen: the answer, as if it had stood alone.
func TestFault37JSONBehindNoise(t *testing.T) {
	t.Parallel()
	const answer = `{"accessToken":"t","n":{"a":"}"}}`
	for name, text := range map[string]string{
		"alone":              answer,
		"a mark":             "\ufeff" + answer + "\r\n",
		"UTF-16 of Windows":  "\xff\xfe" + strings.Join(strings.Split(answer, ""), "\x00") + "\x00",
		"a warning":          "WARNING: a new version is there {2.60}\n" + answer,
		"colours":            "\x1b[33mWARNING\x1b[0m\n\x1b]8;;http://x\x07link\x1b]8;;\x07\x1b[1m{\x1b[0m\"accessToken\":\"t\",\"n\":{\"a\":\"}\"}}",
		"JSON before":        `{"level":"warn","text":"old"}` + "\n" + answer,
		"something behind":   answer + "\nDone. {",
		"within something":   `[` + answer + `]`,
		"an open brace":      "{ not JSON\n" + answer,
		"an array of braces": strings.Repeat("{", 5000) + "\n" + answer,
	} {
		got, err := helper.Output{Program: "az", Out: []byte(text)}.Object("accessToken")
		if err != nil || string(got) != answer {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		out, err string
		kind     helper.Kind
		says     string
	}{
		"nothing":           {"", "", helper.NoJSON, "az printed nothing"},
		"a page":            {"<!DOCTYPE html>\n<h1>Blocked</h1>", "", helper.NoJSON, "az printed no JSON; it said: <!DOCTYPE html>"},
		"a warning alone":   {"", "WARNING: no subscriptions\n", helper.NoJSON, "it said: WARNING: no subscriptions"},
		"cut off":           {`{"accessToken": "canary-of-a-token", "x`, "", helper.NoJSON, `"accessToken": "***`},
		"a bare token":      {"canary-of-a-token\n", "", helper.NoJSON, "one long word, which may be a secret"},
		"another form":      {`{"error":"canary-of-a-token","message":"m"}`, "", helper.OtherJSON, "without accessToken; it has error and message"},
		"the token is null": {`{"accessToken":null}`, "", helper.OtherJSON, "it has accessToken"},
		"empty":             {`{}`, "", helper.OtherJSON, "without accessToken"},
		"hostile":           {`{"\u001b[2J":1}`, "\x1b[31mbad\x1b]0;title\x07\u202e", helper.OtherJSON, `\u{1b}`},
	} {
		_, err := helper.Output{Program: "az", Out: []byte(c.out), Err: []byte(c.err)}.Object("accessToken")
		e, ok := errors.AsType[helper.Error](err)
		if !ok || e.Kind != c.kind || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "canary") || strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheLineThatTells(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                       "",
		"\n\n  \n":                               "",
		"first\nsecond":                          "first",
		"WARNING: old\nnow it fails":             "now it fails",
		"WARNING: old\nERROR: AADSTS1: no\nmore": "AADSTS1: no",
		"\x1b[31mERROR:\x1b[0m red":              "red",
		"WARNING: only this":                     "WARNING: only this",
		"x.py:1: SyntaxWarning: bad\n  a is 1\nend": "end",
		"Traceback (most recent call last):\n  File \"a\", line 1\n    import x\nModuleNotFoundError: No module named 'azure'\n": "ModuleNotFoundError: No module named 'azure'",
		"a bad token: canary":                                "a bad token: ***",
		"The refresh token has expired":                      "The refresh token has expired",
		"Authorization: Bearer canary":                       "Authorization: Bearer ***",
		"+ curl -H Bearer canary":                            "+ curl -H Bearer ***",
		"+ konnect --token canary":                           "+ konnect --token ***",
		"got kpat_canary and eyJcanary.canary":               "got *** and ***",
		"key 0123456789abcdef0123456789abcdef01234567canary": "key ***",
		"AADSTS700082: id 11111111-2222-3333-4444-555555555555 /usr/lib/python3/dist-packages/azure/cli/core/auth": "AADSTS700082: id 11111111-2222-3333-4444-555555555555 /usr/lib/python3/dist-packages/azure/cli/core/auth",
		strings.Repeat("word ", 100): strings.Repeat("word ", 48) + "…",
	} {
		got := helper.Output{Err: []byte(text)}.Said()
		if got.String() != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	// With "set -x" a script repeats what it prints.
	o := helper.Output{Out: []byte("canary-of-a-token\n"), Err: []byte("+ echo canary-of-a-token\n")}
	if got := o.Said(); got.String() != "+ echo ***" {
		t.Errorf("%q", got)
	}
}

func FuzzObject(f *testing.F) {
	for _, s := range []string{"", `{"a":1}`, `{{{`, `{"a":{"a":{"a":`, "\xff\xfe{\x00}\x00", `{"accessToken":"x"`} {
		f.Add([]byte(s), []byte(s))
	}
	f.Fuzz(func(t *testing.T, out, err []byte) {
		o := helper.Output{Program: "az", Out: out, Err: err}
		if _, e := o.Object("accessToken"); e != nil && strings.ContainsAny(e.Error(), "\x1b\n\r") {
			t.Fatalf("%q", e)
		}
	})
}
