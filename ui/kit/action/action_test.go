package action_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/ui/kit/action"
)

func TestForKey(t *testing.T) {
	list := []action.Action{
		{ID: "a", Keys: []string{"j", "down"}},
		{ID: "b", Keys: []string{"x"}, Why: func() string { return "not now" }},
	}
	if a, ok := action.ForKey(list, "down"); !ok || a.ID != "a" || a.Disabled() != "" || a.AllKeys() != "j ↓" {
		t.Errorf("got %+v", a)
	}
	if a, ok := action.ForKey(list, "x"); !ok || a.Disabled() != "not now" || a.Key() != "x" {
		t.Errorf("got %+v", a)
	}
	if _, ok := action.ForKey(list, "q"); ok {
		t.Error("q does nothing")
	}
	if (action.Action{}).Key() != "" {
		t.Error("an action without a key has none to show")
	}
}
