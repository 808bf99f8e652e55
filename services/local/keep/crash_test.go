package keep_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

var errDead = errors.New("the program is dead")

// dying is a disk on which nothing is done from the nth step on, not even the tidying
// up: that is what a program leaves that is killed there.
func dying(n int) keep.Disk {
	return keep.Disk{Before: func(keep.Step, string) error {
		if n--; n < 0 {
			return errDead
		}
		return nil
	}}
}

// failing is a disk whose nth step fails, in the middle if it is a write, and no other.
func failing(n int) keep.Disk {
	return keep.Disk{Before: func(keep.Step, string) error {
		if n--; n == -1 {
			return keep.Short{Bytes: 3, Err: syscall.ENOSPC}
		}
		return nil
	}}
}

// watched is a disk that writes down its steps.
func watched(steps *[]keep.Step) keep.Disk {
	return keep.Disk{Before: func(s keep.Step, _ string) error {
		*steps = append(*steps, s)
		return nil
	}}
}

// everywhere does something on disks that end, or fail, at each of its steps, each time
// in a folder of its own, and looks at what is left.
func everywhere(t *testing.T, prepare func(t *testing.T, dir string), do func(d keep.Disk, dir string) error, look func(t *testing.T, dir string, done bool)) {
	t.Helper()
	var steps []keep.Step
	dir := t.TempDir()
	prepare(t, dir)
	if err := do(watched(&steps), dir); err != nil {
		t.Fatal(err)
	}
	look(t, dir, true)
	for name, disk := range map[string]func(int) keep.Disk{"killed": dying, "failed": failing} {
		for n := range len(steps) + 1 {
			at := "the end"
			if n < len(steps) {
				at = string(steps[n])
			}
			t.Run(fmt.Sprintf("%s at %d, %s", name, n, at), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				prepare(t, dir)
				err := do(disk(n), dir)
				look(t, dir, err == nil)
				if left, _ := filepath.Glob(filepath.Join(dir, ".new-*")); name == "failed" && len(left) > 0 && at != string(keep.StepRemove) {
					t.Errorf("left behind: %v", left)
				}
			})
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(data)
}

// Fault 58: the disk is full, or fails, at any step of writing a file.
// Seen: the old file is as it was; what cannot be kept is said where it was to be kept, and
// nothing is sent to a cloud without a journal.
//
// There is the old content or the new one, and the new one when it is said so.
func TestFault58ReplaceIsWhole(t *testing.T) {
	t.Parallel()
	everywhere(
		t,
		func(t *testing.T, dir string) { t.Helper(); write(t, filepath.Join(dir, "f"), "old") },
		func(d keep.Disk, dir string) error {
			return d.Replace(filepath.Join(dir, "f"), []byte("new content"), keep.Shared)
		},
		func(t *testing.T, dir string, done bool) {
			t.Helper()
			got := text(t, filepath.Join(dir, "f"))
			if got != "new content" && (done || got != "old") {
				t.Errorf("done %v: %q", done, got)
			}
		},
	)
}

// There is the whole file or none. Only where links cannot be made it may be there in
// part, and then a program must have died.
func TestCreateIsWhole(t *testing.T) {
	t.Parallel()
	everywhere(
		t, func(*testing.T, string) {},
		func(d keep.Disk, dir string) error {
			return d.Create(filepath.Join(dir, "f"), []byte("content"), keep.Private)
		},
		func(t *testing.T, dir string, done bool) {
			t.Helper()
			if got := text(t, filepath.Join(dir, "f")); got != "content" && (done || got != "") {
				t.Errorf("done %v: %q", done, got)
			}
		},
	)
}

// A file is on the disk before it has its name, and the name is on the disk at the end.
func TestOrderOfSteps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var steps []keep.Step
	d := watched(&steps)
	path := filepath.Join(dir, "f")
	want := []keep.Step{keep.StepOpen, keep.StepWrite, keep.StepSync, keep.StepRename, keep.StepNames}
	if err := d.Replace(path, []byte("x"), keep.Private); err != nil || !slices.Equal(steps, want) {
		t.Errorf("a new file: %v, %v", steps, err)
	}
	steps = nil
	want = slices.Insert(want, 2, keep.StepMode)
	if err := d.Replace(path, []byte("x"), keep.Private); err != nil || !slices.Equal(steps, want) {
		t.Errorf("one that is there: %v, %v", steps, err)
	}
	steps = nil
	want = []keep.Step{keep.StepOpen, keep.StepWrite, keep.StepSync, keep.StepLink, keep.StepRemove, keep.StepNames}
	if err := d.Create(filepath.Join(dir, "g"), []byte("x"), keep.Private); err != nil || !slices.Equal(steps, want) {
		t.Errorf("create: %v, %v", steps, err)
	}
	steps = nil
	want = []keep.Step{keep.StepFolder, keep.StepNames, keep.StepNames}
	if err := d.MakeFolder(filepath.Join(dir, "a", "b")); err != nil || !slices.Equal(steps, want) {
		t.Errorf("folders: %v, %v", steps, err)
	}
}

// Where links cannot be made, a file is made all the same, and nobody's place is taken.
func TestCreateWithoutLinks(t *testing.T) {
	t.Parallel()
	d := keep.Disk{Before: func(s keep.Step, _ string) error {
		if s == keep.StepLink {
			return syscall.ENOTSUP
		}
		return nil
	}}
	path := filepath.Join(t.TempDir(), "f")
	if err := d.Create(path, []byte("mine"), keep.Private); err != nil || text(t, path) != "mine" {
		t.Errorf("%q, %v", text(t, path), err)
	}
	if err := d.Create(path, []byte("other"), keep.Private); !errors.Is(err, os.ErrExist) || text(t, path) != "mine" {
		t.Errorf("%q, %v", text(t, path), err)
	}
}

const messy = "\"one\"\n{{{\n\"two\"\n\n\"way too long for a line\"\n\"three\"\n\"to"

// Wherever the program ends while it sets lines aside, each line is still somewhere, and
// the next start comes to the same end.
func TestSettingAsideLosesNothing(t *testing.T) {
	t.Parallel()
	limits := keep.Limits{Line: 10, File: 1 << 20}
	everywhere(
		t,
		func(t *testing.T, dir string) { t.Helper(); write(t, filepath.Join(dir, "f"), messy) },
		func(d keep.Disk, dir string) error {
			_, _, err := d.OpenLog(filepath.Join(dir, "f"), limits, isJSON)
			return err
		},
		func(t *testing.T, dir string, _ bool) {
			t.Helper()
			path := filepath.Join(dir, "f")
			accounted(t, path, messy)
			if _, _, err := (keep.Disk{}).OpenLog(path, limits, isJSON); err != nil {
				t.Fatal(err)
			}
			accounted(t, path, messy)
			if got := text(t, path); got != "\"one\"\n\"two\"\n\"three\"\n" {
				t.Errorf("the next start keeps %q", got)
			}
		},
	)
}

// accounted checks that each line of a text is in the file or beside it.
func accounted(t *testing.T, path, all string) {
	t.Helper()
	have := map[string]bool{}
	for _, f := range []string{path, path + keep.OddFile, path + keep.TornFile} {
		for line := range strings.SplitSeq(text(t, f), "\n") {
			have[line] = true
		}
	}
	for line := range strings.SplitSeq(all, "\n") {
		if !have[line] {
			t.Errorf("%q is nowhere", line)
		}
	}
}

// An addition that comes to no end leaves what was there, and the next one stands on
// lines of its own.
func TestFault58AppendIsWhole(t *testing.T) {
	t.Parallel()
	limits := keep.Limits{Line: 100, File: 1 << 20}
	everywhere(
		t,
		func(t *testing.T, dir string) { t.Helper(); write(t, filepath.Join(dir, "f"), "\"old\"\n") },
		func(d keep.Disk, dir string) error {
			l, _, err := d.OpenLog(filepath.Join(dir, "f"), limits, isJSON)
			if err != nil {
				return err
			}
			if err = l.Append("new"); err != nil && !errors.Is(err, errDead) {
				return errors.Join(err, l.Append("after"))
			}
			return err
		},
		func(t *testing.T, dir string, done bool) {
			t.Helper()
			path := filepath.Join(dir, "f")
			l, r, err := keep.Disk{}.OpenLog(path, limits, isJSON)
			if err != nil || len(r.Odd) > 0 {
				t.Fatalf("%+v, %v", r, err)
			}
			got := text(t, path)
			if want := "\"old\"\n\"new\"\n"; (done && got != want) || !slices.Contains([]string{"\"old\"\n", want, "\"old\"\n\"after\"\n"}, got) {
				t.Errorf("done %v: %q", done, got)
			}
			if err := l.Append("last"); err != nil || text(t, path) != got+"\"last\"\n" {
				t.Errorf("%q, %v", text(t, path), err)
			}
		},
	)
}

// Where something else takes the file away, cuts it or adds to it, the next lines are
// kept, and what was added stays.
func TestTheFileChangesUnderALog(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(path string) error
		want   string
	}{
		"gone":   {os.Remove, "\"b\"\n"},
		"cut":    {func(p string) error { return os.Truncate(p, 2) }, "\"b\"\n"},
		"longer": {func(p string) error { return os.WriteFile(p, []byte("\"a\"\n\"x\"\n"), 0o600) }, "\"a\"\n\"x\"\n\"b\"\n"},
	} {
		path := filepath.Join(t.TempDir(), "f")
		l, _, err := keep.Disk{}.OpenLog(path, keep.Limits{Line: 100, File: 1000}, isJSON)
		if err == nil {
			err = errors.Join(l.Append("a"), c.change(path), l.Append("b"))
		}
		if err != nil || text(t, path) != c.want {
			t.Errorf("%s: %q, %v", name, text(t, path), err)
		}
	}
}

// A file that is put aside has one of its two names.
func TestFolderAside(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	everywhere(
		t,
		func(t *testing.T, dir string) { t.Helper(); write(t, filepath.Join(dir, "f"), "odd") },
		func(d keep.Disk, dir string) error {
			_, err := keep.Folder{Disk: d, Dir: dir}.Aside("f", now)
			return err
		},
		func(t *testing.T, dir string, done bool) {
			t.Helper()
			files, err := os.ReadDir(dir)
			if err != nil || len(files) != 1 || (done && files[0].Name() == "f") || text(t, filepath.Join(dir, files[0].Name())) != "odd" {
				t.Errorf("%v, %v", files, err)
			}
		},
	)
}

func TestShortWriteOfAReplacement(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "f")
	write(t, path, "old")
	err := failing(1).Replace(path, bytes.Repeat([]byte("x"), 1000), keep.Private)
	if !errors.Is(err, syscall.ENOSPC) || err.Error() != syscall.ENOSPC.Error() || text(t, path) != "old" {
		t.Errorf("%q, %v", text(t, path), err)
	}
}
