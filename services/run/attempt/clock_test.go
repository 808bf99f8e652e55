package attempt_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Where nothing is said, all times are the machine's; where a recording is opened, it is
// waited by one clock and spoken by another.
func TestTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var machine attempt.Time
		if now := time.Now(); !machine.Now().Equal(now) || !machine.Clock().Now().Equal(now) || !machine.At(now.Add(time.Hour)).Equal(now.Add(time.Hour)) {
			t.Errorf("it is %s, and the machine's time says %s", now, machine.Now())
		}
		noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		recorded := attempt.Time{Says: func() time.Time { return noon }}
		if !recorded.Now().Equal(noon) || !recorded.At(time.Now()).Equal(noon) || recorded.Clock().Now().Equal(noon) {
			t.Errorf("a recording says %s and %s, and waits by %s", recorded.Now(), recorded.At(time.Now()), recorded.Clock().Now())
		}
	})
}
