package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestBodyLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1500)
	for name, tt := range map[string]struct {
		body string
		want []string
	}{
		"none":              {"", nil},
		"keeps its layout":  {"{\n  \"a\": 1\n}\n", []string{"{", "  \"a\": 1", "}"}},
		"each line is safe": {"{\n  \"\x1b[2J\"\n}", []string{"{", "  \"\\u{1b}[2J\"", "}"}},
		"of any length":     {long + "\n" + long, []string{long, long}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := (model.Write{Body: safe.New(tt.body)}).BodyLines(); !slices.Equal(got, tt.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}
