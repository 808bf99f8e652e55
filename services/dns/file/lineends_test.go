package file_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/peerdeck/peerdeck/model"
	dnsfile "github.com/peerdeck/peerdeck/services/dns/file"
)

// utf16LE is a text as Windows' own programs save it.
func utf16LE(text string) []byte {
	out := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// A file says the same whatever ends its lines and however it is encoded, in every format: also where the format
// itself has to be found by its lines, and each mapping stands in the same line.
func TestLineEndsOfFiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "testdata", "dns", "*"))
	if err != nil || len(files) < 8 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	for _, path := range files {
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), "\r\n", "\n")
		want := dnsfile.Read("", []byte(text), "")
		for name, end := range map[string]string{"CR": "\r", "CRLF": "\r\n", "U+2028": "\u2028", "UTF-16": "\n", "UTF-16 and CRLF": "\r\n"} {
			data := []byte(strings.ReplaceAll(text, "\n", end))
			if strings.HasPrefix(name, "UTF-16") {
				data = utf16LE(strings.TrimPrefix(string(data), "\ufeff"))
			}
			got := dnsfile.Read("", data, "")
			same := slices.EqualFunc(got.Mappings(), want.Mappings(), func(a, b model.DNSMapping) bool {
				return slices.Equal(a.Domains, b.Domains) && slices.Equal(a.Servers, b.Servers)
			})
			if got.Format != want.Format || got.Problem != want.Problem || len(got.Lines) != len(want.Lines) || !same {
				t.Errorf("%s with %s: %s, %q, %d lines; want %s, %q, %d", path, name, got.Format, got.Problem, len(got.Lines), want.Format, want.Problem, len(want.Lines))
				continue
			}
			for i := range got.Lines {
				if got.Lines[i].Line != want.Lines[i].Line {
					t.Errorf("%s with %s: line %d, want %d", path, name, got.Lines[i].Line, want.Lines[i].Line)
				}
			}
		}
	}
}
