package app_test

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/table"
	tea "charm.land/bubbletea/v2"
)

// BenchmarkKey is a key press and the frame that follows from it (Update and
// View), at 200x60: this program, and the table of Bubbles with the same rows and
// columns. Both walk down and up the list, so that most presses scroll.
func BenchmarkKey(b *testing.B) {
	for _, count := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("peerdeck/%d", count), func(b *testing.B) {
			a := fleetApp(b, count)
			if !strings.Contains(a.View().Content, "fleet-000") {
				b.Fatalf("the fleet is not on the screen:\n%s", a.View().Content)
			}
			walk(b, count, func(key tea.KeyPressMsg) { a.Update(key); keep(b, a.View().Content) })
		})
		b.Run(fmt.Sprintf("bubbles/%d", count), func(b *testing.B) {
			t := bubblesTable(count)
			walk(b, count, func(key tea.KeyPressMsg) { t, _ = t.Update(key); keep(b, t.View()) })
		})
	}
}

// walk presses j until the end of the list is near, then k, and so on.
func walk(b *testing.B, count int, press func(tea.KeyPressMsg)) {
	b.Helper()
	b.ReportAllocs()
	key, at := "j", 0
	for b.Loop() {
		press(tea.KeyPressMsg{Code: rune(key[0]), Text: key})
		at++
		if at == min(count, 2000)-1 {
			at = 0
			key = map[string]string{"j": "k", "k": "j"}[key]
		}
	}
}

func keep(tb testing.TB, frame string) {
	tb.Helper()
	if frame == "" {
		tb.Fatal("there is no frame")
	}
}

// bubblesTable is what a program with the table of Bubbles would show.
func bubblesTable(count int) table.Model {
	rows := make([]table.Row, 0, count)
	for _, n := range fleet(count).Networks {
		rows = append(rows, table.Row{
			n.Finding.Severity.String(), n.Name.String(), n.Region.String(), n.CIDR.String(), string(n.State), "2 ready", "1 rule", "acme-eu", "3 months",
		})
	}
	columns := []table.Column{
		{Title: "", Width: 10},
		{Title: "NETWORK", Width: 24},
		{Title: "REGION", Width: 16},
		{Title: "CIDR", Width: 18},
		{Title: "STATE", Width: 14},
		{Title: "PEERINGS", Width: 24},
		{Title: "DNS", Width: 12},
		{Title: "CONTROL PLANES", Width: 20},
		{Title: "AGE", Width: 10},
	}
	return table.New(table.WithColumns(columns), table.WithRows(rows), table.WithFocused(true), table.WithWidth(200), table.WithHeight(55))
}
