package look_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/look"
)

func TestAShareNeverLeavesItsBounds(t *testing.T) {
	for _, c := range []struct{ at, steps, want int }{
		{50, 1, 55}, {50, -1, 45}, {78, 1, look.Most}, {look.Most, 9, look.Most}, {22, -1, look.Least}, {0, -3, look.Least},
	} {
		if got := look.More(c.at, c.steps); got != c.want {
			t.Errorf("%d by %d steps is %d, want %d", c.at, c.steps, got, c.want)
		}
	}
}

func TestSane(t *testing.T) {
	for _, c := range []struct{ in, want look.Look }{
		{look.Look{}, look.Look{}},
		{look.Look{Order: "name", Reverse: true, Share: 40, Tall: 60}, look.Look{Order: "name", Reverse: true, Share: 40, Tall: 60}},
		{look.Look{Share: -7, Tall: 4000}, look.Look{Share: look.Least, Tall: look.Most}},
	} {
		if got := c.in.Sane(); got != c.want {
			t.Errorf("%+v is %+v, want %+v", c.in, got, c.want)
		}
	}
}
