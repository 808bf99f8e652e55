package names_test

import (
	"slices"
	"testing"

	"github.com/peerdeck/peerdeck/model/names"
	"github.com/peerdeck/peerdeck/model/safe"
)

func thing(id, name string) names.Thing {
	return names.Thing{ID: safe.New(id), Name: safe.New(name)}
}

// A name is offered where it means one thing and can be typed; else the id is all there is.
func TestWordsThatMeanOneThing(t *testing.T) {
	things := []names.Thing{
		thing("id-4", "zeta"), thing("id-1", "eu prod's \"one\" $HOME"), thing("id-2", "twin"), thing("id-3", "twin"),
		thing("id-5", "evil\x1b[31m"), thing("id-6", ""), thing("", "no id"), thing("id-7\n", "broken id"),
	}
	want := []names.Word{
		{"broken id", ""},
		{"eu prod's \"one\" $HOME", ""},
		{"no id", ""},
		{"zeta", ""},
		{"id-1", "eu prod's \"one\" $HOME"},
		{"id-2", "twin"},
		{"id-3", "twin"},
		{"id-4", "zeta"},
		{"id-5", safe.New("evil\x1b[31m").String()},
		{"id-6", ""},
	}
	if got := names.Words(things); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestANetworkIsCalledByNameOrID(t *testing.T) {
	list := []names.Network{{Thing: thing("a", "one")}, {Thing: thing("b", "two")}, {Thing: thing("c", "two")}}
	for typed, want := range map[string]int{"": 3, "one": 1, "a": 1, "two": 2, "b": 1, "on": 0} {
		if got := names.Called(list, typed); len(got) != want {
			t.Errorf("%q means %d networks: %v", typed, len(got), got)
		}
	}
	if got := names.All(list); len(got) != 3 || got[2] != thing("c", "two") {
		t.Error(got)
	}
}
