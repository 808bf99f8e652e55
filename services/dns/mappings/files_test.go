package mappings_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	d := mappings.NewWriter(t.Context(), mappings.Options{})
	t.Cleanup(d.Close)
	path := filepath.Join(t.TempDir(), "table.csv")
	rows := []dnstable.Row{row("a.example.org", "10.0.0.4", "10.0.0.5"), row("b.example.org", "10.0.0.4")}
	if err := d.WriteFile(t.Context(), path, dnstable.FormatCSV, dnstable.Target{}, rows, false); err != nil {
		t.Fatal(err)
	}
	got, err := d.ReadFile(t.Context(), path)
	if err != nil || got.Format != dnstable.FormatCSV || !dnstable.Same(got.Rows(), rows) {
		t.Errorf("%+v, %v", got, err)
	}
	f, _ := model.AsFailure(d.WriteFile(t.Context(), path, dnstable.FormatPairs, dnstable.Target{}, rows[:1], false))
	if f.Kind != model.FailureConflict || f.Cure == "" {
		t.Errorf("%+v", f)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	if err := d.WriteFile(t.Context(), link, dnstable.FormatPairs, dnstable.Target{}, rows[:1], true); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if got := d.Parse(string(data)); err != nil || !dnstable.Same(got.Rows(), rows[:1]) {
		t.Errorf("%q, %v", data, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// An export takes the content of a file and leaves it to those whom it was for: what was
// for its owner alone still is.
func TestAnExportKeepsTheMode(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a mode says nothing there")
	}
	d := mappings.NewWriter(t.Context(), mappings.Options{})
	t.Cleanup(d.Close)
	for _, mode := range []os.FileMode{0o600, 0o640, 0o644, 0o400} {
		path := filepath.Join(t.TempDir(), "table.csv")
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		err := d.WriteFile(t.Context(), path, dnstable.FormatCSV, dnstable.Target{}, []dnstable.Row{row("a.example.org", "10.0.0.4")}, true)
		if f, failed := model.AsFailure(err); failed != (mode == 0o400) || (failed && !strings.Contains(f.Cause.Raw(), "read-only")) {
			t.Errorf("%s: %v", mode, err)
		}
		info, serr := os.Stat(path)
		data, rerr := os.ReadFile(path)
		if serr != nil || rerr != nil || info.Mode() != mode || (string(data) == "old") != (mode == 0o400) {
			t.Errorf("%s became %s with %q", mode, info.Mode(), data)
		}
	}
}

func TestFilesThatCannotBe(t *testing.T) {
	t.Parallel()
	d := mappings.NewWriter(t.Context(), mappings.Options{})
	t.Cleanup(d.Close)
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, "none"), ""} {
		_, err := d.ReadFile(t.Context(), path)
		if f, failed := model.AsFailure(err); !failed || f.Cure == "" || f.Kind != model.FailureInvalid {
			t.Errorf("%q: %v", path, err)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "none", "x"), ""} {
		for _, over := range []bool{false, true} {
			f, failed := model.AsFailure(d.WriteFile(t.Context(), path, dnstable.FormatPairs, dnstable.Target{}, []dnstable.Row{row("a.example.org", "10.0.0.4")}, over))
			if !failed || f.Cure == "" || f.Kind == model.FailureBug {
				t.Errorf("%q: %+v", path, f)
			}
		}
	}
	long := filepath.Join(dir, "long")
	if err := os.WriteFile(long, []byte(strings.Repeat("# nothing\n", 1<<17)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := d.ReadFile(t.Context(), long); err != nil || got.Problem == "" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, _, err := d.Format("nonsense", dnstable.Target{}, nil); err == nil {
		t.Error("a format that there is not")
	}
}

// What a format says of the network and the resolver, it says; a group stands together,
// and what is left out is noted.
func TestAnExportNamesItsTable(t *testing.T) {
	t.Parallel()
	target := dnstable.Target{Network: safe.New("6d7cf8af-0000-4000-8000-000000000001"), NetworkName: safe.New("eu-prod"), Resolver: safe.New("r"), ResolverName: safe.New("corp-dns")}
	rows := []dnstable.Row{row("a.example.org", "10.0.0.4"), row("b.example.org", "10.0.0.4")}
	rows[0].Extra = []dnstable.Member{{Name: safe.New("weight"), JSON: safe.New("3")}}
	text, notes, err := mappings.Format(dnstable.FormatTerraform, target, rows)
	if err != nil || len(notes) != 1 || !strings.Contains(notes[0], "weight") {
		t.Errorf("%q, %v", notes, err)
	}
	for _, want := range []string{`network_id = "6d7cf8af-0000-4000-8000-000000000001"`, `name       = "corp-dns"`, "eu-prod"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if text, _, _ = mappings.Format(dnstable.FormatPairs, target, rows); !strings.Contains(text, "a.example.org, b.example.org -> 10.0.0.4") {
		t.Errorf("%s", text)
	}
	if _, notes, err = mappings.Format(dnstable.FormatKonnectMap, target, rows); err != nil || len(notes) != 0 {
		t.Errorf("%q, %v", notes, err)
	}
}
