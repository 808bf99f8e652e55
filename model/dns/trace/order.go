package trace

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// LineOrder is what the lines of a matrix are sorted by.
type LineOrder string

// The orders of lines. Those that measure begin with the most.
const (
	ByServers   LineOrder = "servers" // lines that ask the same servers stand together
	ByDomain    LineOrder = "domain"
	ByWorst     LineOrder = "worst"
	BySlowest   LineOrder = "slowest"
	ByAgreement LineOrder = "agree"
)

// LineOrders are the orders as one goes through them.
func LineOrders() []LineOrder {
	return []LineOrder{ByWorst, ByServers, ByDomain, BySlowest, ByAgreement}
}

// Sort sorts places of lines; those that are equal keep their order.
func (m Matrix) Sort(places []int, by LineOrder, reverse bool) {
	compare := m.comparer(by)
	slices.SortStableFunc(places, func(a, b int) int {
		if reverse {
			return -compare(a, b)
		}
		return compare(a, b)
	})
}

func (m Matrix) comparer(by LineOrder) func(a, b int) int {
	lines := m.Lines
	switch by {
	case ByDomain:
		return func(a, b int) int { return cmp.Compare(lines[a].Domain.String(), lines[b].Domain.String()) }
	case ByWorst:
		worst := measured(lines, Line.Worst)
		return func(a, b int) int { return cmp.Compare(worst[b], worst[a]) }
	case BySlowest:
		slowest := measured(lines, Line.Slowest)
		return func(a, b int) int { return cmp.Compare(slowest[b], slowest[a]) }
	case ByAgreement:
		return func(a, b int) int { return cmp.Compare(lines[b].Agreement.Severity, lines[a].Agreement.Severity) }
	case ByServers:
		fallthrough
	default:
		first := map[string]int{} // the place of the first line of a set
		sets := measured(lines, Line.serverSet)
		for i, set := range sets {
			if _, there := first[set]; !there {
				first[set] = i
			}
		}
		return func(a, b int) int { return first[sets[a]] - first[sets[b]] }
	}
}

// measured measures each line once: a comparison is made many times.
func measured[T any](lines []Line, measure func(Line) T) []T {
	out := make([]T, len(lines))
	for i, l := range lines {
		out[i] = measure(l)
	}
	return out
}

// Worst is the severity of a line: of its cells and of their agreement.
func (l Line) Worst() model.Severity {
	worst := l.Agreement.Severity
	for _, e := range l.Cells {
		switch {
		case !e.Asked:
		case !e.Known:
			worst = max(worst, model.SeverityWorking)
		default:
			worst = max(worst, e.Cell.Mark())
		}
	}
	return worst
}

// WorstCell is the place of the cell that tells why a line is as bad as it is: the first of
// the most urgent ones that were asked. -1: none was.
func (l Line) WorstCell() int {
	best := -1
	for i, e := range l.Cells {
		if e.Asked && (best < 0 || e.Known && (!l.Cells[best].Known || e.Cell.Mark() > l.Cells[best].Cell.Mark())) {
			best = i
		}
	}
	return best
}

// Slowest is the longest answer of a line, 0 when none came.
func (l Line) Slowest() time.Duration {
	var d time.Duration
	for _, e := range l.Cells {
		if x := e.Report.Deciding(); x.Answered() {
			d = max(d, x.Took)
		}
	}
	return d
}

// serverSet writes which servers a line asks, as a key.
func (l Line) serverSet() string {
	var b strings.Builder
	for i, e := range l.Cells {
		if e.Asked {
			b.WriteString(strconv.Itoa(i) + ",")
		}
	}
	return b.String()
}
