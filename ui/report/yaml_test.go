package report

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
	"pgregory.net/rapid"
)

// What is written as YAML reads back as the JSON that it was made of, whatever
// the texts hold, and a terminal can obey nothing of it.
func TestYAMLSaysWhatJSONSays(t *testing.T) {
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		scalars := []*rapid.Generator[any]{
			rapid.String().AsAny(), rapid.SampledFrom([]string{"", "yes", "Null", "12", "1e3", "a: b", "- x", "#", "\x1b[2J", "\u202e", "10.0.0.0/16", "~", " ", "a\nb", `"`}).AsAny(),
			rapid.Just(any(nil)),
		}
		if depth == 0 {
			return rapid.OneOf(scalars...)
		}
		deeper := slices.Concat(scalars, []*rapid.Generator[any]{
			rapid.SliceOfN(value(depth-1), 0, 4).AsAny(),
			rapid.MapOfN(rapid.StringMatching(`[a-z_]{1,8}`).Filter(func(s string) bool { return s != "y" && s != "n" && s != "no" && s != "on" }), value(depth-1), 0, 4).AsAny(),
		})
		return rapid.OneOf(deeper...)
	}
	rapid.Check(t, func(t *rapid.T) {
		in := map[string]any{"root": value(3).Draw(t, "value")}
		document, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := writeYAML(&out, document); err != nil {
			t.Fatal(err)
		}
		for _, r := range out.String() {
			if r != '\n' && !unicode.IsPrint(r) {
				t.Fatalf("%U in %q", r, out.String())
			}
		}
		var want, got any
		if err := json.Unmarshal(document, &want); err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal([]byte(out.String()), &got); err != nil {
			t.Fatalf("%v:\n%s", err, out.String())
		}
		if again, err := json.Marshal(got); err != nil || !sameJSON(again, want) {
			t.Fatalf("%v\n%s\nwas %s, is %s", err, out.String(), document, again)
		}
	})
}

func sameJSON(data []byte, want any) bool {
	var got any
	return json.Unmarshal(data, &got) == nil && reflect.DeepEqual(got, want)
}
