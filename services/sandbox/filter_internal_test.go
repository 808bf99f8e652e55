package sandbox

import (
	"slices"
	"strings"
	"testing"
)

func TestParseFilter(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]clause{
		"":                                  nil,
		"  ":                                nil,
		"roleName eq 'x'":                   {{field: "rolename", value: "x"}},
		"roleName eq 'it''s'":               {{field: "rolename", value: "it's"}},
		"roleName eq ''''":                  {{field: "rolename", value: "'"}},
		"roleName eq ''":                    {{field: "rolename"}},
		"atScope()":                         {{field: "atscope", call: true}},
		"assignedTo('a')":                   {{field: "assignedto", call: true, value: "a"}},
		"atScope() and assignedTo('a and')": {{field: "atscope", call: true}, {field: "assignedto", call: true, value: "a and"}},
		"type eq 'x' AND roleName EQ 'y'":   {{field: "type", value: "x"}, {field: "rolename", value: "y"}},
	} {
		got, err := parseFilter(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"x", "'x'", "roleName", "roleName eq", "roleName eq x", "roleName eq 'x", "roleName ne 'x'", "roleName eq'x'", "roleNameeq 'x'", "f(", "f('a'", "f(a)",
		"roleName eq 'x' and", "and", "roleName eq 'x' or type eq 'y'", "roleName eq 'x'type eq 'y'", "principalId%20eq%20'x'", "f('a'')",
	} {
		if got, err := parseFilter(text); err == nil {
			t.Errorf("%q was taken for %v", text, got)
		}
	}
}

// What is understood means the same when it is written out again.
func FuzzParseFilter(f *testing.F) {
	f.Add("roleName eq 'it''s'")
	f.Add("atScope() and assignedTo('x')")
	f.Add("type eq ")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseFilter(text)
		if err != nil {
			return
		}
		var parts []string
		for _, c := range got {
			value := "'" + strings.ReplaceAll(c.value, "'", "''") + "'"
			switch {
			case c.call && c.value == "":
				parts = append(parts, c.field+"()")
			case c.call:
				parts = append(parts, c.field+"("+value+")")
			default:
				parts = append(parts, c.field+" eq "+value)
			}
		}
		again, err := parseFilter(strings.Join(parts, " and "))
		if err != nil || !slices.Equal(got, again) {
			t.Errorf("%q is %v, and written out %v, %v", text, got, again, err)
		}
	})
}

func TestMatches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, action string
		want            bool
	}{
		{"*", "a/b", true},
		{"*/read", "a/b/read", true},
		{"*/read", "a/b/write", false},
		{"a/*", "a/b/c", true},
		{"a/*/c", "a/b/c", true},
		{"a/*/c", "a/b/d", false},
		{"a/b", "a/b", true},
		{"a/b", "a/b/c", false},
		{"", "a", false},
	} {
		if got := matches(c.pattern, c.action); got != c.want {
			t.Errorf("%q on %q: %v", c.pattern, c.action, got)
		}
	}
}
