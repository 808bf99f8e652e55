package program_test

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/faultproxy"
)

// The pages of a list come in another order than they were asked for.
func TestFault31PagesInAnotherOrder(t *testing.T) {
	t.Parallel()
	meet(t, sandbox.Options{Networks: 430}, func(b *behind) {
		b.konnect.Meet(func(x faultproxy.Exchange) faultproxy.Fault {
			page, _ := strconv.Atoi(x.Request.URL.Query().Get("page[number]"))
			return faultproxy.Fault{Delay: time.Duration(10-page) * time.Second}
		})
		list, err := b.client.Networks(b.t.Context(), nil)
		if err != nil || !list.Complete || list.Total != len(list.Items) || list.Total < 400 {
			t.Fatalf("%d of %d, whole %v, %v", len(list.Items), list.Total, list.Complete, err)
		}
		seen := map[string]bool{}
		for _, n := range list.Items {
			if seen[n.ID.Raw()] {
				t.Errorf("%s came twice", n.Name)
			}
			seen[n.ID.Raw()] = true
		}
	}, "h2")
}

// Fault 34: the clock of this machine is a day ahead, a day behind, or jumps.
// Seen: ages begin at “just now” and are never negative; nothing counts as expired by this
// clock alone. A jump is a line among the changes; the doctor, and a certificate that is out
// of its time, say by how much the clock differs from the service's.
func TestFault34TheClockIsWrong(t *testing.T) {
	t.Parallel()
	negative := regexp.MustCompile(`[-−]\d+ (s|min|h|day)`)
	here := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // at which virtual time begins
	for name, skew := range map[string]time.Duration{"a day ahead": -24 * time.Hour, "a day behind": 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			meet(t, sandbox.Options{Clock: sandbox.NewManualClock(here.Add(skew))}, func(b *behind) {
				if s := b.known(); s.Azure.State != model.SourceLive {
					t.Errorf("%+v", s.Azure)
				}
				b.look("eu-prod")
				b.after(time.Minute)
				if found := negative.FindString(b.screen()); found != "" {
					t.Errorf("%q is on the screen:\n%s", found, b.screen())
				}
				b.hides("expired")
			})
		})
	}
}
