package keep_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

func isJSON(line []byte) error {
	var s string
	return json.Unmarshal(line, &s)
}

func TestOddLinesAreSetAside(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	limits := keep.Limits{Line: 200, File: 1 << 20}
	long := `"` + strings.Repeat("x", 100_000) + `"`
	write(t, path, "\"a\"\nno\n"+long+"\n\"b\"\nnor this\n\"c\"\n\"to")
	r, err := keep.ReadLines(path, limits, isJSON)
	if err != nil || r.Good != 3 || r.OddLines() != 3 || len(r.Odd) != 2 || r.Torn != 3 || r.Moved {
		t.Errorf("%+v, %v", r, err)
	}
	if w := r.Word("the list"); !strings.Contains(w, "3 lines of the list "+path+" are not understood (lines 2 to 3: ") || !strings.HasSuffix(w, " and line 5) and are passed over") {
		t.Error(w)
	}
	l, r, err := keep.Disk{}.OpenLog(path, limits, isJSON)
	if err != nil || !r.Moved || !strings.HasSuffix(r.Word("the list"), "set aside in "+path+".odd") {
		t.Errorf("%+v, %v", r, err)
	}
	if err := l.Append("d", "e"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"": "\"a\"\n\"b\"\n\"c\"\n\"d\"\n\"e\"\n", ".odd": "no\n" + long + "\nnor this\n", ".torn": "\"to\n"} {
		if got := text(t, path+name); got != want {
			t.Errorf("%s is %.60q", name, got)
		}
	}
	r, err = keep.ReadLines(path, limits, isJSON)
	if err != nil || r.Good != 5 || r.OddLines() != 0 || r.Torn != 0 || r.Earlier != 3 || r.Word("x") != "" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestLimitsOfALog(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	limits := keep.Limits{Line: 10, File: 30}
	if _, err := keep.ReadLines(path, limits, isJSON); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := keep.ReadLines(filepath.Dir(path), limits, isJSON); !errors.Is(err, keep.ErrNoFile) {
		t.Error(err)
	}
	l, _, err := keep.Disk{}.OpenLog(path, limits, isJSON)
	if err != nil {
		t.Fatal(err)
	}
	var long keep.TooLong
	if err := l.Append("short", "far too long"); !errors.As(err, &long) || long.Limit != 10 || text(t, path) != "" {
		t.Errorf("%v, %q", err, text(t, path))
	}
	if err := l.Append(make(chan int)); err == nil || errors.As(err, &long) {
		t.Error(err)
	}
	if err := l.Aside("far too long"); err != nil || text(t, path+".odd") != "\"far too long\"\n" {
		t.Errorf("%v, %q", err, text(t, path+".odd"))
	}
	for range 5 {
		err = l.Append("12345678")
	}
	if !errors.As(err, &long) || long.Limit != 30 || strings.Count(text(t, path), "\n") != 2 {
		t.Errorf("%v, %q", err, text(t, path))
	}
	if err := l.Replace("x"); err != nil || text(t, path) != "\"x\"\n" {
		t.Errorf("%v, %q", err, text(t, path))
	}
	if err := l.Append("y"); err != nil || text(t, path) != "\"x\"\n\"y\"\n" {
		t.Errorf("%v, %q", err, text(t, path))
	}
	write(t, path, strings.Repeat("x", 31))
	if _, _, err := (keep.Disk{}).OpenLog(path, limits, isJSON); !errors.As(err, &long) || len(text(t, path)) != 31 {
		t.Errorf("%v, %q", err, text(t, path))
	}
}

// What goes in is read, or stands beside the file: byte for byte, in its order, once.
func TestNoLineIsLost(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	line := rapid.OneOf(rapid.SampledFrom([]string{"", `"a"`, `"bcdef"`, "{", "\x00", "\r", `"way too long"`}), rapid.StringMatching(`[a-z"\x80-\xff]{0,12}`))
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		data := strings.Join(rapid.SliceOfN(line, 0, 12).Draw(rt, "lines"), "\n")
		limit := rapid.IntRange(3, 9).Draw(rt, "limit")
		var good, odd, torn string
		for line := range strings.SplitAfterSeq(data, "\n") {
			switch whole, ended := strings.CutSuffix(line, "\n"); {
			case !ended && line != "":
				torn = line + "\n"
			case len(whole) <= limit && isJSON([]byte(whole)) == nil:
				good += line
			default:
				odd += line
			}
		}
		path := filepath.Join(dir, strconv.Itoa(n))
		write(t, path, data)
		limits := keep.Limits{Line: limit, File: int64(len(data)) + 100}
		l, r, err := keep.Disk{}.OpenLog(path, limits, isJSON)
		if err != nil || r.Good != strings.Count(good, "\n") || r.OddLines() != strings.Count(odd, "\n") || r.Moved != (odd != "") {
			rt.Fatalf("%+v, %v", r, err)
		}
		if err := l.Append("n"); err != nil {
			rt.Fatal(err)
		}
		for name, want := range map[string]string{"": good + "\"n\"\n", keep.OddFile: odd, keep.TornFile: torn} {
			if got := text(t, path+name); got != want {
				rt.Errorf("%q: %q, not %q", name, got, want)
			}
		}
		if r, err = keep.ReadLines(path, limits, isJSON); err != nil || len(r.Odd) > 0 || r.Torn > 0 || r.Earlier != strings.Count(odd, "\n") {
			rt.Errorf("read again: %+v, %v", r, err)
		}
	})
}
