package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/ui/command"
)

// What is inside is shown first, and only a yes writes it.
func TestABundleIsAgreedTo(t *testing.T) {
	t.Parallel()
	for answer, c := range map[string]struct {
		code    int
		written bool
	}{"n\n": {command.ExitAttention, false}, "\n": {command.ExitAttention, false}, "": {command.ExitAttention, false}, "y\n": {command.ExitOK, true}} {
		t.Run(strings.TrimSpace(answer), func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			file := filepath.Join(t.TempDir(), "a.zip")
			w := command.World{
				In: strings.NewReader(answer), InTTY: true, Out: &out, Err: &errs,
				Getenv: func(string) string { return "" }, Logging: func(string) error { return nil },
			}
			code := command.Execute(t.Context(), w, []string{"--demo", "bundle", "-o", file})
			list, asked := strings.Index(errs.String(), "exchanges.jsonl"), strings.Index(errs.String(), "[y/N]")
			if list < 0 || asked < list {
				t.Errorf("it was not shown before it was asked for:\n%s", errs.String())
			}
			_, err := os.Stat(file)
			if written := err == nil; written != c.written || code != c.code {
				t.Errorf("exit %d, written %v\n%s", code, written, errs.String())
			}
			if !c.written {
				return
			}
			b, err := bundle.Open(file)
			if err != nil || b.Manifest.Names || len(b.Exchanges) == 0 || len(b.Doctor) == 0 || !strings.HasPrefix(out.String(), file) {
				t.Errorf("%v, %s, %+v", err, out.String(), b.Manifest)
			}
		})
	}
}
