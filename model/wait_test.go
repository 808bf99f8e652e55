package model_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

func TestWaitText(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	at := now.Add
	for want, w := range map[string]model.Wait{
		"slow down; next try in 7 s (2 of 6)":              {For: "list networks", Why: "slow down.", Until: at(7 * time.Second), Try: 2, Of: 6},
		"slow down; next try in 2 s (try 3)":               {For: "list networks", Why: "slow down", Until: at(1100 * time.Millisecond), Try: 3},
		"slow down; trying now (2 of 6)":                   {For: "list networks", Why: "slow down", Until: now, Try: 2, Of: 6},
		"slow down; trying now":                            {For: "list networks", Why: "slow down", Until: at(-time.Hour), Try: 1},
		"the resolver is pending; next look in 1 min":      {Why: "the resolver is pending", Until: at(time.Minute)},
		"it is not shown yet; next look in 5 s (look 12)":  {Why: "it is not shown yet", Until: at(5 * time.Second), Try: 12},
		"it is not shown yet; looking now (look 12 of 60)": {Why: "it is not shown yet", Until: now, Try: 12, Of: 60},
		"somebody must sign in":                            {Why: "somebody must sign in"},
		"a\\u{1b}[2Jb; looking now":                        {Why: "a\x1b[2Jb", Until: now},
	} {
		if got := w.Text(now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
