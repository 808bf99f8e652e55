package model_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
)

func TestFreeNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 70)
	for _, c := range []struct{ name, taken, want string }{
		{"hub", "", "hub"},
		{"hub", "hub", "hub_2"},
		{"hub", "hub hub_2 hub_3", "hub_4"},
		{"hub_2", "hub_2", "hub_2_2"},
		{long, "", long[:60]},
		{long, long[:60], long[:58] + "_2"},
		{long[:59], long[:59], long[:58] + "_2"},
		{long + "b", long[:60] + " " + long[:58] + "_2", long[:58] + "_3"},
	} {
		taken := map[string]bool{}
		for name := range strings.FieldsSeq(c.taken) {
			taken[name] = true
		}
		if got := model.FreeName(c.name, "_", 60, func(name string) bool { return taken[name] }); got != c.want {
			t.Errorf("%s beside %s: %s, want %s", c.name, c.taken, got, c.want)
		}
	}
}
