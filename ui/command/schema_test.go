package command_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/peerdeck/peerdeck/ui/command"
)

const schemaFolder = "../../docs/schemas/v1"

// outputOf runs a command in this process, with nothing of this machine, and returns what it
// printed. An end that needs somebody is as good as one that does not.
func outputOf(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	home := t.TempDir()
	w := command.World{
		In: strings.NewReader(""), Out: &out, Err: &errs, Logging: func(string) error { return nil },
		Getenv: func(name string) string {
			return map[string]string{"XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "PEERDECK_DNS_VIA": ""}[name]
		},
	}
	if code := command.Execute(t.Context(), w, args); code == command.ExitFailed {
		t.Errorf("peerdeck %s ends with %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// compiled reads the stored schema of an output.
func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open(filepath.Join(schemaFolder, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	document, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("urn:it", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("urn:it")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fits holds each document of a text to a schema.
func fits(t *testing.T, name string, text io.Reader) {
	t.Helper()
	s := compiled(t, name)
	documents := 0
	var data bytes.Buffer
	if _, err := data.ReadFrom(text); err != nil {
		t.Fatal(err)
	}
	parts := []string{data.String()}
	if name == "setup" { // an event a line
		parts = strings.Split(strings.TrimSpace(data.String()), "\n")
	}
	for _, part := range parts {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(part))
		if err != nil {
			t.Fatalf("%s: %v: %.200s", name, err, part)
		}
		documents++
		if err := s.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if documents == 0 {
		t.Errorf("%s: nothing was looked at", name)
	}
}

// The stored schemas are those of the types; make screens writes them anew.
func TestSchemasAreFresh(t *testing.T) {
	t.Parallel()
	names := strings.Fields(outputOf(t, "schema"))
	for _, name := range names {
		path := filepath.Join(schemaFolder, name+".json")
		text := outputOf(t, "schema", name)
		if os.Getenv("UPDATE_SCREENS") != "" {
			if err := os.MkdirAll(schemaFolder, 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if stored, err := os.ReadFile(path); err != nil || string(stored) != text {
			t.Errorf("%s is not the schema of what is written (%v); make screens writes it anew", path, err)
		}
	}
	stored, err := filepath.Glob(filepath.Join(schemaFolder, "*.json"))
	if err != nil || len(stored) != len(names) || len(names) < 15 {
		t.Errorf("%d schemas are stored, there are %d, %v", len(stored), len(names), err)
	}
}

// What the demo gives fits its schema.
func TestOutputsFitTheirSchemas(t *testing.T) {
	t.Parallel()
	table := filepath.Join(t.TempDir(), "table.yaml")
	if err := os.WriteFile(table, []byte("dns:\n  - domains: [hr.example.org]\n    servers: [10.20.0.4]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, line := range map[string]string{
		"status": "--demo status", "ranges": "--demo ranges", "paths": "--demo paths --network eu-prod",
		"dns-list": "--demo dns list --network eu-prod", "dns-lint": "dns lint " + table, "dns-diff": "--demo dns diff --network eu-prod " + table,
		"dns-apply": "--demo dns apply --dry-run --network eu-prod " + table,
		"dns-trace": "--demo dns trace hr.example.org --network eu-prod", "dns-probe": "--demo dns probe --network eu-prod",
		"doctor": "--demo doctor", "explain": "explain azure-disconnected", "findings": "explain", "known": "--demo known",
		"contexts": "context list", "version": "version", "paths-addresses": "--demo paths addresses --network eu-prod",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fits(t, name, strings.NewReader(outputOf(t, append(strings.Fields(line), "-o", "json")...)))
		})
	}
}

// A document that was written when the version began still fits: whoever reads by the schema
// reads all programs of the version.
func TestOldDocumentsStillFit(t *testing.T) {
	t.Parallel()
	old, err := filepath.Glob("testdata/documents/v1/*.json")
	if err != nil || len(old) < 8 {
		t.Fatalf("%d documents, %v", len(old), err)
	}
	for _, path := range old {
		f, err := os.Open(filepath.Clean(path))
		if err != nil {
			t.Fatal(err)
		}
		fits(t, strings.TrimSuffix(filepath.Base(path), ".json"), f)
		_ = f.Close()
	}
	broken := strings.NewReader(`{"generated_at":"2026-11-29T02:00:00Z","organization":{},"networks":[],"sign_ins":[],"failures":[]}`)
	value, err := jsonschema.UnmarshalJSON(broken)
	if err != nil || compiled(t, "status").Validate(value) == nil {
		t.Errorf("a document without members fits: %v", err)
	}
}
