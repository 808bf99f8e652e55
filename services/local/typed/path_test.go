package typed_test

import (
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/peerdeck/peerdeck/services/local/typed"
)

func TestExpand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("written with slashes")
	}
	env := func(name string) string {
		return map[string]string{"HOME": "/home/bob", "DIR": "/srv/secrets", "NESTED": "$HOME"}[name]
	}
	for path, want := range map[string]string{
		"":                       "",
		"-":                      "-",
		"/a/b":                   "/a/b",
		"a/b":                    "a/b",
		"~":                      "/home/bob",
		"~/a b":                  "/home/bob/a b",
		"$HOME/a":                "/home/bob/a",
		"${HOME}/a/${DIR}":       "/home/bob/a//srv/secrets",
		"$DIR/token":             "/srv/secrets/token",
		"$NOT_SET/token":         "$NOT_SET/token",
		"$":                      "$",
		"a$/b":                   "a$/b",
		"$NESTED/a":              "$HOME/a", // what a variable holds is not read again
		` "~/a" ` + "\r\n":       "/home/bob/a",
		"'~/a'":                  "/home/bob/a",
		`"`:                      `"`,
		`it's`:                   `it's`,
		"\ufeff~/a":              "/home/bob/a",
		"a~/b":                   "a~/b",
		"~nobody-of-that-name/a": "~nobody-of-that-name/a",
		"/x/~/a":                 "/x/~/a",
	} {
		if got := typed.PathIn(path, env); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	if who, err := user.Current(); err == nil && who.HomeDir != "" {
		if got := typed.PathIn("~"+who.Username+"/a", env); got != filepath.Join(who.HomeDir, "a") {
			t.Errorf("%q", got)
		}
	}
}

// What is there as it is written is meant so.
func TestAPathThatIsThere(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"~", "$HOME", "'quoted'"} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
		if got := typed.Path(name); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
}
