package telling_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model/telling"
)

func TestWhatIsChosenInWords(t *testing.T) {
	night := telling.Hours{From: 22 * time.Hour, To: 7 * time.Hour}
	for want, c := range map[string]struct {
		rules telling.Rules
		shown telling.Terminal
	}{
		"changes are told on the screen alone": {telling.Rules{Quiet: night}, telling.Off},
		"changes are told by the bell, notifications (osc99), a count in the title and the program /bin/tell, not in 22:00-07:00": {
			telling.Rules{Bell: true, Title: true, Terminal: telling.Auto, Command: []string{"/bin/tell", "x"}, Quiet: night}, telling.OSC99,
		},
		"changes are told on the screen alone; this terminal is not known to show notifications: if it does, name the way (osc9, osc777 or osc99) in notify.terminal": {
			telling.Rules{Terminal: telling.Auto}, telling.Off,
		},
		"changes are told by the bell; this terminal would print a notification (osc9), so it gets none": {telling.Rules{Bell: true, Terminal: telling.OSC9}, telling.Off},
	} {
		if got := c.rules.Words(c.shown); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
