package app_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	dnstrace "github.com/peerdeck/peerdeck/ui/screens/dns/trace"
)

// BenchmarkProbeKey is a step of the cursor in the probe of many domains, drawn at
// 160x48. Only the rows on the screen cost anything.
func BenchmarkProbeKey(b *testing.B) {
	whole := thousand()
	for _, count := range []int{100, 1000} {
		b.Run(fmt.Sprintf("domains/%d", count), func(b *testing.B) {
			m := whole
			m.Lines = m.Lines[:count]
			env := screen.Env{Now: func() time.Time { return noon }}
			p := dnstrace.NewMatrix(env, theme.New(theme.Dark, true), dnstrace.NewResults(context.Background(), newFakeTracer()), m.Network)
			p.Resize(160, 43)
			p.Update(screen.Probed{Matrix: m})
			at := 0
			for b.Loop() {
				key := "j"
				if at++; at/(count-1)%2 == 1 {
					key = "k"
				}
				act, _ := action.ForKey(p.Actions(), key)
				act.Run()
				keep(b, p.View(noon))
				p.Head()
			}
		})
	}
}
