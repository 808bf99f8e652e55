package keep_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

func mode(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// A file that is there keeps its mode, a new one has that of its kind.
func TestModes(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a mode says nothing there")
	}
	dir := t.TempDir()
	for _, want := range []fs.FileMode{0o600, 0o640, 0o644, 0o666, 0o700} {
		path := filepath.Join(dir, want.String())
		write(t, path, "old")
		if err := os.Chmod(path, want); err != nil {
			t.Fatal(err)
		}
		for _, fresh := range []fs.FileMode{keep.Private, keep.Shared} {
			if err := (keep.Disk{}).Replace(path, []byte("new"), fresh); err != nil || mode(t, path) != want || text(t, path) != "new" {
				t.Errorf("%s became %s, %v", want, mode(t, path), err)
			}
		}
	}
	usual := filepath.Join(dir, "usual")
	if err := os.WriteFile(usual, nil, keep.Shared); err != nil { // with the system's mask
		t.Fatal(err)
	}
	for name, f := range map[string]func(string, fs.FileMode) error{
		"replaced": func(p string, m fs.FileMode) error { return keep.Disk{}.Replace(p, nil, m) },
		"created":  func(p string, m fs.FileMode) error { return keep.Disk{}.Create(p, nil, m) },
	} {
		shared, private := filepath.Join(dir, name+"-shared"), filepath.Join(dir, name+"-private")
		if err := errors.Join(f(shared, keep.Shared), f(private, keep.Private)); err != nil || mode(t, shared) != mode(t, usual) || mode(t, private) != 0o600 {
			t.Errorf("%s: %s and %s, %v", name, mode(t, shared), mode(t, private), err)
		}
	}
	deep := filepath.Join(dir, "a", "b")
	if err := (keep.Disk{}).MakeFolder(deep); err != nil || mode(t, deep) != 0o700 || mode(t, filepath.Dir(deep)) != 0o700 {
		t.Error(err)
	}
}

// A link stays; what it leads to is replaced, or made.
func TestFault61Links(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target := filepath.Join(dir, "there", "target")
	if err := os.Mkdir(filepath.Dir(target), 0o700); err != nil {
		t.Fatal(err)
	}
	first, second := filepath.Join(dir, "first"), filepath.Join(dir, "second")
	if err := os.Symlink(filepath.Join("there", "target"), first); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("first", second); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"made", "replaced"} {
		if err := (keep.Disk{}).Replace(second, []byte(content), keep.Private); err != nil || text(t, target) != content {
			t.Errorf("%q, %v", text(t, target), err)
		}
	}
	for _, l := range []string{first, second} {
		if info, err := os.Lstat(l); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is %v, %v", l, info.Mode(), err)
		}
	}
	if err := (keep.Disk{}).Create(second, nil, keep.Private); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := (keep.Disk{}).Replace(loop, nil, keep.Private); err == nil {
		t.Error("a link to itself was replaced")
	}
}

func TestFault61WhatCannotBeReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	protected := filepath.Join(dir, "protected")
	write(t, protected, "mine")
	if err := os.Chmod(protected, 0o400); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{dir: keep.ErrNoFile, protected: keep.ErrReadOnly, "": fs.ErrNotExist, filepath.Join(dir, "no", "x"): fs.ErrNotExist} {
		if err := (keep.Disk{}).Replace(path, []byte("x"), keep.Private); !errors.Is(err, want) {
			t.Errorf("%q: %v", path, err)
		}
	}
	if err := (keep.Disk{}).Create(dir, nil, keep.Private); !errors.Is(err, keep.ErrNoFile) {
		t.Error(err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 || text(t, protected) != "mine" {
		t.Errorf("left behind: %v", files)
	}
}

func TestReadIsBounded(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "f")
	write(t, path, "12345")
	if data, err := keep.Read(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := keep.Read(path, 4); !errors.As(err, new(keep.TooLong)) || !strings.Contains(err.Error(), "longer than 4 bytes") {
		t.Error(err)
	}
	if _, err := keep.Read(filepath.Dir(path), 5); !errors.Is(err, keep.ErrNoFile) {
		t.Error(err)
	}
	_, err := keep.Read(path+"x", 5)
	if !errors.Is(err, fs.ErrNotExist) || strings.Contains(keep.Reason(err).Error(), path) {
		t.Error(err)
	}
}

// A folder and its stand-in in memory do the same.
func TestFolders(t *testing.T) {
	t.Parallel()
	type files interface {
		Put(name string, data []byte) error
		Get(name string) ([]byte, error)
		List(folder string) ([]string, error)
		Remove(name string) error
		Aside(name string, now time.Time) (string, error)
		Where(name string) string
	}
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	for name, f := range map[string]files{"folder": keep.Folder{Dir: filepath.Join(t.TempDir(), "x"), Limit: 10}, "memory": keep.NewMemory()} {
		if list, err := f.List("a"); err != nil || len(list) > 0 {
			t.Errorf("%s: %v, %v", name, list, err)
		}
		if err := errors.Join(f.Put("a/2", []byte("two")), f.Put("a/1", []byte("one")), f.Put("b/3", nil), f.Put("a/2", []byte("zwei")), f.Remove("a/none")); err != nil {
			t.Fatal(err)
		}
		list, err := f.List("a")
		if err != nil || !slices.Equal(list, []string{"a/1", "a/2"}) {
			t.Errorf("%s: %v, %v", name, list, err)
		}
		if data, err := f.Get("a/2"); err != nil || string(data) != "zwei" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		to, err := f.Aside("a/2", now)
		if data, gerr := f.Get(to); err != nil || gerr != nil || string(data) != "zwei" || !strings.HasPrefix(to, "a/2.damaged-2026") {
			t.Errorf("%s: %s, %v, %v", name, to, err, gerr)
		}
		if err := f.Remove("a/1"); err != nil {
			t.Error(err)
		}
		for _, gone := range []string{"a/1", "a/2", "c"} {
			if _, err := f.Get(gone); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: %s, %v", name, gone, err)
			}
		}
		if _, err := f.Aside("a/2", now); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.HasSuffix(f.Where("b/3"), filepath.FromSlash("b/3")) {
			t.Error(f.Where("b/3"))
		}
	}
}

// What a killed program has left half written goes in time; what is being written stays.
func TestHalfWrittenFilesGo(t *testing.T) {
	t.Parallel()
	f := keep.Folder{Dir: t.TempDir(), Limit: 100}
	for i, name := range []string{".new-old", ".new-young", "kept", "other"} {
		write(t, f.Where(name), "x")
		if at := time.Now().Add(-2 * time.Hour); i != 1 {
			if err := os.Chtimes(f.Where(name), at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	if list, err := f.List(""); err != nil || !slices.Equal(list, []string{"kept", "other"}) {
		t.Errorf("%v, %v", list, err)
	}
	if left, _ := filepath.Glob(f.Where(".new-*")); len(left) != 1 || filepath.Base(left[0]) != ".new-young" {
		t.Error(left)
	}
}

func TestBound(t *testing.T) {
	t.Parallel()
	f := keep.Folder{Dir: t.TempDir()}
	for i, name := range []string{"x-old", "x-older", "x-new", "y"} {
		write(t, f.Where(name), "x")
		at := time.Unix([]int64{2000, 1000, 3000, 0}[i], 0)
		if err := os.Chtimes(f.Where(name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		most int
		want []string
	}{{9, []string{"x-new", "x-old", "x-older", "y"}}, {2, []string{"x-new", "x-old", "y"}}, {1, []string{"x-new", "y"}}} {
		if err := f.Bound("", "x-", c.most); err != nil {
			t.Fatal(err)
		}
		if list, _ := f.List(""); !slices.Equal(list, c.want) {
			t.Errorf("%d: %v", c.most, list)
		}
	}
	if err := f.Bound("none", "", 1); err != nil {
		t.Error(err)
	}
}

// A log that has grown long begins anew, and the one before stays beside it.
func TestStream(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	add := func(line string) {
		t.Helper()
		f, err := keep.Disk{}.Stream(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.WriteString(line)
		if err = errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	add("one\n")
	add("two\n")
	if text(t, path) != "one\ntwo\n" || (runtime.GOOS != "windows" && mode(t, path) != 0o600) {
		t.Errorf("%q, %s", text(t, path), mode(t, path))
	}
	if err := os.Truncate(path, 64<<20+1); err != nil { // a hole takes no room
		t.Fatal(err)
	}
	add("three\n")
	if info, err := os.Stat(path + ".1"); err != nil || info.Size() != 64<<20+1 || text(t, path) != "three\n" {
		t.Errorf("%q, %v", text(t, path), err)
	}
}
