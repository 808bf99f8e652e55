package keep_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

// A file of a newer form is neither read nor written over, moved or removed, and the error
// tells both forms and the way out.
func TestAFileOfANewerFormIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"version":  `{"version": 3, "what": ["nobody", "knows"]}`,
		"format":   `{"Format":3}`,
		"both":     `{"version":1,"format":3}`,
		"very new": `{"version":9223372036854775807}`,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		f := keep.Folder{Dir: dir, Limit: 1 << 10, Form: 2}
		_, read := f.Get("a.json")
		_, aside := f.Aside("a.json", time.Now())
		for what, err := range map[string]error{"read": read, "write": f.Put("a.json", []byte(`{"version":2}`)), "remove": f.Remove("a.json"), "set aside": aside} {
			newer, is := errors.AsType[keep.Newer](err)
			if !is || newer.Form < 3 || newer.Knows != 2 {
				t.Errorf("%s: %s: %v", name, what, err)
			}
			if text := err.Error(); !strings.Contains(text, "a newer peerdeck") || !strings.Contains(text, "up to 2") || !strings.Contains(text, "move the file away") {
				t.Errorf("%s: %s says %q", name, what, text)
			}
		}
		if err := f.Bound("", "a", 0); err != nil {
			t.Errorf("%s: bound: %v", name, err)
		}
		if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
			t.Errorf("%s: %v, %v", name, files, err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != content {
			t.Errorf("%s: the file is %q now, %v", name, data, err)
		}
	}
}

// What is of this form, an older one, or of none is read and written, and so is what is damaged.
func TestAFileOfAKnownFormIsReadAndWritten(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"this one": `{"version":2}`, "an older one": `{"version":1}`, "none": `{}`, "no object": `["a"]`,
		"damaged": `{"version":3`, "another thing": `{"version":"new"}`, "less than nothing": `{"version":-7}`,
	} {
		f := keep.Folder{Dir: t.TempDir(), Limit: 1 << 10, Form: 2}
		if err := f.Put("a.json", []byte(content)); err != nil {
			t.Fatal(err)
		}
		if data, err := f.Get("a.json"); err != nil || string(data) != content {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		if err := f.Put("a.json", []byte(`{}`)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := f.Remove("a.json"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Lines tell their form, lines without one are of the first, and a file with a newer line is
// left as it is: the lines that make no sense to this program too, which would be set aside.
func TestLinesTellTheirForm(t *testing.T) {
	t.Parallel()
	limits := keep.Limits{Line: 20, File: 1 << 10, Form: 1}
	path := filepath.Join(t.TempDir(), "log.jsonl")
	accept := func(line []byte) error {
		if !strings.Contains(string(line), "a") {
			return errors.New("it is odd")
		}
		return nil
	}
	if err := os.WriteFile(path, []byte("{\"a\":1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, _, err := keep.Disk{}.OpenLog(path, limits, accept)
	if err == nil {
		err = l.Append(map[string]string{"a": "longest line"}, struct{}{})
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if want := "{\"a\":1}\n{\"v\":1,\"a\":\"longest line\"}\n{\"v\":1}\n"; err != nil || string(data) != want {
		t.Fatalf("%q, %v", data, err)
	}
	r, err := keep.ReadLines(path, limits, accept)
	if err != nil || r.Good != 2 || r.OddLines() != 1 {
		t.Errorf("%+v, %v", r, err)
	}

	newer := string(data) + "odd\n{\"v\":2,\"b\":1}\n{\"a\":1}\ntor"
	if err := os.WriteFile(path, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	_, read := keep.ReadLines(path, limits, accept)
	_, _, open := keep.Disk{}.OpenLog(path, limits, accept)
	add := l.Append(map[string]string{"a": "more"})
	for what, err := range map[string]error{"read": read, "open": open, "add": add} {
		if n, is := errors.AsType[keep.Newer](err); !is || n != (keep.Newer{Form: 2, Knows: 1}) {
			t.Errorf("%s: %v", what, err)
		}
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if data, _ := os.ReadFile(path); err != nil || string(data) != newer || len(files) != 1 {
		t.Errorf("%q, %v, %v", data, files, err)
	}
}
