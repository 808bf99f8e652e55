package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// performanceRow is a figure with its target.
type performanceRow struct {
	what   string
	of     [2]string // benchmark and unit; the name ends with a star: the worst of those that begin so
	over   [2]string // what it is divided by; empty: nothing, the figure is taken as it is
	scale  float64   // of the figure, as it is shown; 0: 1
	unit   string    // as it is shown
	beside string    // what it is compared with
	with   [2]string // its figure, where it is one
	limit  float64
	least  bool   // the limit is the least that is wanted, not the most
	note   string // why it is missed, or not measured
}

// performanceRows are the figures that are promised.
func performanceRows() []performanceRow {
	all := keyRows()
	all = append(all, wireRows()...)
	all = append(all, processRows()...)
	all = append(all, cloudRows()...)
	return append(all, namesRows()...)
}

func keyRows() []performanceRow {
	const frame = "A frame that is drawn while the machine does other work is measured with that work. The counts of allocations and bytes, which tests hold, are the same everywhere."
	return []performanceRow{
		{
			what: "key to frame, 10,000 networks at 200x60, times as fast", of: [2]string{"Key/bubbles/10000", "ns/op"}, over: [2]string{"Key/peerdeck/10000", "ns/op"}, unit: "×",
			beside: "the table of Bubbles, same rows, ms", with: [2]string{"Key/bubbles/10000", "ns/op"}, limit: 25, least: true, note: frame,
		},
		{
			what: "key to frame, 10,000 networks beside 100", of: [2]string{"Key/peerdeck/10000", "ns/op"}, over: [2]string{"Key/peerdeck/100", "ns/op"}, unit: "×",
			beside: "100 networks, ms", with: [2]string{"Key/peerdeck/100", "ns/op"}, limit: 1.1, note: "Both do the same work: allocations and bytes differ by what the rows say. " + frame,
		},
		{what: "allocations of a key, 10,000 networks", of: [2]string{"Key/peerdeck/10000", "allocs/op"}, beside: "the table of Bubbles", with: [2]string{"Key/bubbles/10000", "allocs/op"}, limit: 150},
		{
			what: "bytes allocated by a key, 10,000 networks", of: [2]string{"Key/peerdeck/10000", "B/op"}, scale: 1e-3, unit: "kB",
			beside: "the table of Bubbles, bytes", with: [2]string{"Key/bubbles/10000", "B/op"}, limit: 50, note: "The text of the frame itself is 20 to 30 kB: it is made anew for each frame, because Bubble Tea takes a frame as one string.",
		},
	}
}

func wireRows() []performanceRow {
	const bytesTest, paneTest = "TestBytesOnTheWire/", "TestAPaneBesideAListCostsItsScroll/"
	sent := func(what, of string, limit float64) performanceRow {
		return performanceRow{what: "bytes sent, " + what, of: [2]string{bytesTest + of, "bytes"}, beside: "–", limit: limit}
	}
	held := sent("one row scrolled at 200x60, key held", "200x60/key held, the mean", 600)
	held.beside, held.with = "a bare list with a pane beside it, bytes", [2]string{paneTest + "with a pane beside it", "bytes"}
	rested := sent("one row scrolled at 200x60, after a rest", "200x60/one-row scroll, the mean", 600)
	rested.beside, rested.with = held.beside, held.with
	rested.note = "The renderer of Bubble Tea scrolls whole lines in hardware, and knows a line again by all of its cells (`hash` in terminal_renderer_hashmap.go of ultraviolet). " +
		"A pane that stands still beside a list makes every line another one, so nothing is scrolled: TestAPaneBesideAListCostsItsScroll shows it with Bubble Tea alone. " +
		"The details therefore make room while the list scrolls. The first row that scrolls after a rest also erases them, 10 bytes for each line that has some: line feed, column (CSI 105 G), erase (CSI K). " +
		"The renderer sends the column because the writer of this test is no terminal, for which Bubble Tea counts with a line feed that goes back to the first column (SetMapNewline). On a terminal in raw mode, which is what people have, " +
		"the line feed keeps the column and most lines take 4 bytes: counted without those moves, the same eight frames are 480 to 625 bytes, about 555 in the mean. Nothing that the frame could say makes them fewer: the lines must be blank before they can scroll."
	return []performanceRow{
		sent("cursor move at 80x24", "80x24/cursor move", 150),
		sent("cursor move at 200x60", "200x60/cursor move", 150),
		sent("one row scrolled at 80x24", "80x24/one-row scroll, the mean", 250),
		held, rested,
		sent("refresh that changed nothing", "200x60/refresh without news", 0),
	}
}

func processRows() []performanceRow {
	return []performanceRow{
		{
			what: "start to first frame", of: [2]string{"Start", "x-bare-median"}, unit: "×", beside: "a bare Bubble Tea program, ms", with: [2]string{"Start", "ms-bare-median"}, limit: 1.1,
			note: "By profile: the program takes 22 to 27 ms of a processor until its first frame, the bare one 8 to 11; both wait 33 ms for the renderer's first tick. A third of the difference is the initialisation of packages, before main begins (GODEBUG=inittrace=1: about 7 ms, the most by go-cmp, which hclwrite imports, by Prometheus with procfs, and by the sign-in of Azure, for regular expressions and tables); the rest are page faults of a larger program, the commands with their flags, and the frame itself. What is read and asked comes after it.",
		},
		{what: "memory at the first frame", of: [2]string{"Start", "MB-peerdeck"}, unit: "MB", beside: "the bare program, MB", with: [2]string{"Start", "MB-bare"}, limit: 30, note: "24 to 25 MB of it are pages of the program's file, which the system maps by the dozen around each that is used and can drop. Of the 6 MB beside them, 2.2 are the table of widths of go-runewidth, which the renderer needs from the first character beyond Latin on."},
		{
			what: "printing its version, times as fast", of: [2]string{"version/kongctl", "ms"}, over: [2]string{"version/peerdeck", "ms"}, unit: "×", beside: "kongctl, ms", with: [2]string{"version/kongctl", "ms"}, limit: 1, least: true,
			note: "kongctl is not installed here, so there was nothing to compare with.",
		},
		{
			what: "idle with 10,000 networks between polls", of: [2]string{"Idle", "%-between-polls"}, over: [2]string{"Idle", "%-bare"}, unit: "×", beside: "a bare program at the same frame rate, %", with: [2]string{"Idle", "%-bare"}, limit: 1.1,
			note: "Both take about one part in a hundred of a processor, of which the system counts hundredths of a second in ten seconds: one tick more or less is a tenth.",
		},
		{
			what: "memory with 10,000 networks", of: [2]string{"HeapOf/10000", "x-raw-JSON"}, unit: "×", beside: "the JSON that was read, MB", with: [2]string{"HeapOf/10000", "MB-JSON"}, limit: 3,
			note: "The simulated clouds live in the same process, and what they keep of each request is counted too; so are the 5,000 requests of the log, which do not grow with the networks. Beside what was read there is what follows from it: the finding of each network, peering and mapping.",
		},
		{what: "memory of a network more", of: [2]string{"HeapOf/10000", "B/network"}, over: [2]string{"HeapOf/1000", "B/network"}, unit: "×", beside: "with 1,000 networks, bytes for each", with: [2]string{"HeapOf/1000", "B/network"}, limit: 1.1},
		{
			what: "the program, stripped", of: [2]string{"binary/stripped", "MB"}, unit: "MB", beside: "unstripped, MB", with: [2]string{"binary/unstripped", "MB"}, limit: 20,
			note: "See [what the program is made of](#what-the-program-is-made-of): more than half is peerdeck's own code with the tables that Go keeps for each function, which cannot be left out. " +
				"TestTheProgramDoesNotGrow holds it to what it is now.",
		},
	}
}

func cloudRows() []performanceRow {
	const loaded = "A server and a client that share two processors with whatever else runs answer later than the delay alone; in virtual time TestALookTakesNoLongerThanItsChain holds the same figure without that. By profile, a look at 1,000 networks takes 3.9 s of a processor for its 4,000 requests, and the simulated clouds 1.9 s to answer them: 2.9 s on two processors that have nothing else to do."
	status := func(networks int, at, limit string, most float64) performanceRow {
		name := fmt.Sprintf("Status/%d-at-%s", networks, at)
		return performanceRow{
			what: fmt.Sprintf("status of %d networks at %s a request (%s)", networks, at, limit), of: [2]string{name, "s"}, unit: "s",
			beside: "a serial fetch of the same answers, times as long", with: [2]string{name, "times-as-fast-as-serial"}, limit: most, note: loaded,
		}
	}
	return []performanceRow{
		status(15, "200ms", "1.3 × a chain of four", 1.04),
		status(100, "200ms", "from a cold start", 2),
		status(1000, "50ms", "from a cold start", 4),
		{what: "first full list of 10,000 networks at 20 ms a request", of: [2]string{"FirstListOf10000", "x-ideal"}, unit: "×", beside: "the ideal for as many requests at once as were seen", limit: 1.3, note: "The ideal counts the delay alone, and the width grows: with 44 to 63 requests at once it is 60 to 80 ms for 10,000 networks. By profile, their text takes about 0.4 s of a processor to decode here and 0.3 s to write in the simulated cloud, on the same two processors; that, and not the waiting, is the time. Pages are decoded side by side."},
		{what: "storm of refusals: requests, the worst of twelve", of: [2]string{"TestAStormCostsLittle/*", "x-ideal"}, unit: "×", beside: "one request for each thing, and those that must be refused", limit: 1.2},
		{
			what: "the Azure part of a set-up, times as fast", of: [2]string{"AzurePart", "x-three-starts-of-az"}, unit: "×", beside: "az started as often as its commands would, ms", with: [2]string{"AzurePart", "ms-three-starts-of-az-median"}, limit: 10, least: true,
			note: "az is not installed here, so there was nothing to compare with.",
		},
	}
}

func namesRows() []performanceRow {
	const ms = 1e-6
	return []performanceRow{
		{what: "dns lint, all rules on 5,000 rows", of: [2]string{"Check/5000", "ns/op"}, scale: ms, unit: "ms", beside: "500 rows, ms", with: [2]string{"Check/500", "ns/op"}, limit: 15, note: "It is processor time alone, and rises with the load of the machine."},
		{
			what: "dns lint, a row of 5,000 beside a row of 500", of: [2]string{"Check/5000", "ns/row"}, over: [2]string{"Check/500", "ns/row"}, unit: "×", beside: "500 rows, ns for each", with: [2]string{"Check/500", "ns/row"}, limit: 1.2,
			note: "The number of allocations for a row is the same, as TestCheckIsLinear holds; a larger table meets the caches of the processor and the collector more.",
		},
		{
			what: "probe of 1,000 names on 2 servers, times as fast", of: [2]string{"Matrix", "times-as-fast-as-dig"}, unit: "×", beside: "dig -f with the same questions", limit: 20, least: true,
			note: "dig is not installed, or was not as slow as usual.",
		},
		{what: "probe of 1,000 names on 6 dead servers", of: [2]string{"DeadMatrix", "s/matrix"}, unit: "s", beside: "–", limit: 15},
		{what: "six silent servers through a hop", of: [2]string{"SilentServers/6", "s/trace"}, over: [2]string{"SilentServers/1", "s/trace"}, unit: "×", beside: "one silent server, s", with: [2]string{"SilentServers/1", "s/trace"}, limit: 1.1},
	}
}

// value is the figure of a row; false: it was not measured.
func (r performanceRow) value(all figures) (float64, bool) {
	v, ok := all.of(r.of)
	if r.over[0] != "" {
		by, has := all.of(r.over)
		if !has || by == 0 {
			return 0, false
		}
		v /= by
	}
	if r.scale != 0 {
		v *= r.scale
	}
	return v, ok
}

// line is the row in the table, and whether the target is met.
func (r performanceRow) line(all figures) (string, bool) {
	v, ok := r.value(all)
	word, sign := "≤", "met"
	if r.least {
		word = "≥"
	}
	met := ok && (r.least && v >= r.limit || !r.least && v <= r.limit)
	measured := strings.TrimSpace(short(v) + " " + r.unit)
	switch {
	case !ok:
		measured, sign = "not measured", "–"
	case !met:
		sign = "**missed**"
	}
	beside := r.beside
	if other, has := all.of(r.with); has {
		if r.with[1] == "ns/op" {
			other *= 1e-6 // such a column is in ms
		}
		beside += ": " + short(other)
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s %s | %s |\n", r.what, measured, beside, all.spread(r.of[0], r.of[1]), word, strings.TrimSpace(short(r.limit)+" "+r.unit), sign), met
}

// Whoever adds a figure runs make bench: the document has a line for each.
func TestThePerformanceDocumentHasEveryRow(t *testing.T) {
	data, err := os.ReadFile(performanceFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range performanceRows() {
		if !strings.Contains(string(data), "| "+r.what+" |") {
			t.Errorf("%s has no line for %q; run make bench", performanceFile, r.what)
		}
	}
}
