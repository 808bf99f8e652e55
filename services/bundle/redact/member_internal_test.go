package redact

import (
	"encoding/json"
	"strings"
	"testing"
)

// No member is of two classes, and each is written in the spelling that is looked for.
func TestMembers(t *testing.T) {
	t.Parallel()
	seen := map[string]class{}
	for c, list := range members() {
		for name := range strings.FieldsSeq(list) {
			if was, twice := seen[name]; twice {
				t.Errorf("%s is of the classes %d and %d", name, was, c)
			}
			if memberName(name) != name || secretMember(name) || free(name) {
				t.Errorf("%s is never looked for", name)
			}
			seen[name] = c
		}
	}
}

// Whatever the document, what comes out is one, no secret is in it, and its shape stays.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{}`, `[1,"a",{"name":"x","tags":{"a.b":"c"}}]`, `{"dns_config":{"a.example":{"s":["10.0.0.1"]}}}`, `{"token":{"a":[1,null,true]}}`, `"{\"password\":\"x\"}"`, `{"a":"\ud800"}`} {
		f.Add(s, "name", "value")
	}
	f.Fuzz(func(t *testing.T, document, member, text string) {
		wrapped, err := json.Marshal(map[string]any{"client_secret": "zQ8wCANARY", "message": text + " kpat_zQ8wCANARY " + text, member + "x": text})
		if err != nil {
			return
		}
		for _, raw := range []string{document, string(wrapped)} {
			for _, keep := range []bool{false, true} {
				r := New(Options{Key: Key{9}, KeepNames: keep})
				out, err := r.json([]byte(raw), names)
				if (err == nil) != json.Valid([]byte(raw)) {
					t.Fatalf("%q: %v", raw, err)
				}
				if err == nil && (!json.Valid(out) || strings.Contains(string(out), "zQ8wCANARY") && !strings.Contains(document+member+text, "zQ8w")) {
					t.Errorf("%q became %q", raw, out)
				}
			}
		}
	})
}
