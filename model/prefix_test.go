package model_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
)

func TestMadeOf(t *testing.T) {
	whole := model.NewPrefix(text("10.4.0.0/16"))
	for name, c := range map[string]struct {
		parts []model.Prefix
		want  bool
	}{
		"itself":        {prefixes("10.4.0.0/16"), true},
		"two halves":    {prefixes("10.4.128.0/17", "10.4.0.0/17"), true},
		"three parts":   {prefixes("10.4.0.0/17", "10.4.128.0/18", "10.4.192.0/18"), true},
		"a half":        {prefixes("10.4.0.0/17"), false},
		"one twice":     {prefixes("10.4.0.0/17", "10.4.0.0/17"), false},
		"itself twice":  {prefixes("10.4.0.0/16", "10.4.0.0/16"), true},
		"one in it":     {prefixes("10.4.3.0/24", "10.4.0.0/16"), true},
		"and text":      {prefixes("10.4.0.0/16", "soon"), false},
		"more than it":  {prefixes("10.4.0.0/15"), false},
		"and another":   {prefixes("10.4.0.0/16", "10.9.0.0/16"), false},
		"nothing":       {nil, false},
		"not a range":   {prefixes("soon"), false},
		"another world": {prefixes("fd00::/16"), false},
	} {
		if got := whole.MadeOf(c.parts); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if model.NewPrefix(text("soon")).MadeOf(prefixes("soon")) {
		t.Error("text is made of nothing")
	}
}
