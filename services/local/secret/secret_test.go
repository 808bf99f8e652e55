package secret_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/services/local/secret"
)

const canary = "kpat_canary"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestSecretIsNeverPrinted(t *testing.T) {
	s := secret.New(canary)
	type holder struct {
		Token secret.Secret
		Deep  struct{ Token *secret.Secret }
	}
	h := holder{Token: s}
	h.Deep.Token = &s
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+verb+verb, s, h, &s)
	}
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "token", s, "holder", h)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "token", s)
	data, err := json.Marshal(h) //nolint:musttag // the names do not matter
	if err != nil {
		t.Fatal(err)
	}
	out.Write(data)
	if strings.Contains(out.String(), canary) || strings.Contains(out.String(), fmt.Sprintf("%x", canary)) {
		t.Errorf("the token was printed: %s", out.String())
	}
	if s.Reveal() != canary {
		t.Error("Reveal must give the token")
	}
}

func write(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFile(t *testing.T) {
	got, err := secret.File{Path: write(t, "  "+canary+"\n", 0o600)}.Token(context.Background())
	if err != nil || got.Reveal() != canary {
		t.Errorf("got %v", err)
	}
	for text, says := range map[string]string{"": "no token", "\n\n": "no token", "two words": "more than a token", "a\x1bb": "more than a token", strings.Repeat("x", 70_000): "a token is shorter"} {
		_, err := secret.File{Path: write(t, text, 0o600)}.Token(context.Background())
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "two words") {
			t.Errorf("%.10q: %v, want %q", text, err, says)
		}
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "none"), t.TempDir()} {
		if _, err := (secret.File{Path: path}).Token(context.Background()); err == nil || strings.Count(err.Error(), path) != 1 {
			t.Errorf("got %v", err)
		}
	}
}

func TestFault61ATokenFileThatOthersRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes say nothing on Windows")
	}
	if w := (secret.File{Path: write(t, canary, 0o644)}).Warning(); !strings.Contains(w, "chmod 600") || !strings.Contains(w, "0644") {
		t.Errorf("got %q", w)
	}
	if w := (secret.File{Path: write(t, canary, 0o600)}).Warning(); w != "" {
		t.Errorf("got %q", w)
	}
}

func TestStatic(t *testing.T) {
	if _, err := (secret.Static{From: "KONNECT_TOKEN"}).Token(context.Background()); !errors.Is(err, secret.ErrNone) {
		t.Errorf("got %v", err)
	}
}

// "echo $env:TOKEN > token" of Windows' own shell writes UTF-16, other programs a mark.
func TestATokenFileOfWindows(t *testing.T) {
	for name, text := range map[string]string{
		"UTF-16": "\xff\xfek\x00p\x00a\x00t\x00_\x00a\x00\r\x00\n\x00", "a mark": "\ufeffkpat_a\r\n",
	} {
		got, err := secret.File{Path: write(t, text, 0o600)}.Token(t.Context())
		if err != nil || got.Reveal() != "kpat_a" {
			t.Errorf("%s: %v, %v", name, got.IsEmpty(), err)
		}
	}
}

func TestCleanTakesOffWhatPeoplePutAroundAToken(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"kpat_a", " kpat_a\r\n", "\ufeffkpat_a", `"kpat_a"`, `'kpat_a'`, "`kpat_a`", "\u201ckpat_a\u201d", `"kpat_a`, "\t\u00a0kpat_a\u200b",
		"Bearer kpat_a", "bearer  kpat_a\n", `"Bearer kpat_a"`, "Authorization: Bearer kpat_a", "KONNECT_TOKEN=kpat_a", `export KONNECT_TOKEN="kpat_a"`,
		`$env:KONNECT_TOKEN = "kpat_a"`, "set KONNECT_TOKEN=kpat_a\r\n", "# of the production\nkpat_a\n", `export KONNECT_TOKEN='kpat_a';`,
	} {
		if got := secret.Clean(text); got != "kpat_a" {
			t.Errorf("%q: %q", text, got)
		}
		if got, err := (secret.Variable{Name: "KONNECT_TOKEN", Value: text}).Token(t.Context()); err != nil || got.Reveal() != "kpat_a" {
			t.Errorf("%q: %v", text, err)
		}
		if got, err := (secret.File{Path: write(t, text, 0o600)}).Token(t.Context()); err != nil || got.Reveal() != "kpat_a" {
			t.Errorf("%q in a file: %v", text, err)
		}
	}
	for text, want := range map[string]string{"": "", `""`: "", "'\n'": "", "# only this": "", "a=b,c=d==": "a=b,c=d==", "eyJ.a-b_c.d=": "eyJ.a-b_c.d="} {
		if got := secret.Clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
