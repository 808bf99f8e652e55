package file

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Each sample has the signs of its own format and of no other, or of none; every format
// that is read has a sample that is found without its name.
func TestSamplesHaveTheSignsOfOneFormat(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "testdata", "dns", "*"))
	if err != nil || len(files) < 50 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	found := map[dnstable.Format]bool{}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		text := safe.Decode(data)
		if other := otherFile(data, text); other != "" {
			continue
		}
		name := filepath.Base(path)
		format, certain := detect("", text)
		found[format] = true
		if read := Read(name, data, ""); read.Format != format || read.Guessed == certain {
			t.Errorf("%s is %s (certain: %v), and was read as %s (guessed: %v)", name, format, certain, read.Format, read.Guessed)
		}
		var claimed []dnstable.Format
		if bracketed(text) {
			root, _, problem := parseJSON(text)
			if problem == "" {
				for _, s := range shapes() {
					if s.is(root) || s.deep && len(find(root, s.is)) > 0 {
						claimed = append(claimed, s.format)
					}
				}
			}
		}
		if len(claimed) == 0 {
			for _, s := range signs() {
				if s.certain(newSample(text)) {
					claimed = append(claimed, s.format)
				}
			}
		}
		if len(claimed) > 1 || len(claimed) == 1 && claimed[0] != format {
			t.Errorf("%s is %s and has the signs of %v", name, format, claimed)
		}
	}
	for _, info := range dnstable.Formats() {
		if info.Readable && !found[info.Format] {
			t.Errorf("there is no sample of %s", info.Format)
		}
	}
}

// What peerdeck writes has the signs of its format and of no other.
func TestWhatIsWrittenHasTheSignsOfOneFormat(t *testing.T) {
	t.Parallel()
	table := Read("", []byte("corp.example.com, db.example.com -> 10.1.0.4, 10.1.0.5\n10.in-addr.arpa -> 10.1.0.6\n"), dnstable.FormatPairs).Mappings()
	for _, info := range dnstable.Formats() {
		if !info.Writable {
			continue
		}
		text, err := Write(info.Format, table, Options{Network: safe.New("eu-prod")})
		if err != nil {
			t.Fatal(err)
		}
		if f, certain := detect("", text); f != info.Format || !certain {
			t.Errorf("%s is taken for %s (certain: %v):\n%s", info.Format, f, certain, text)
		}
		if bracketed(text) || info.Format == dnstable.FormatPairs {
			continue
		}
		var claimed []dnstable.Format
		for _, s := range signs() {
			if s.certain(newSample(text)) {
				claimed = append(claimed, s.format)
			}
		}
		if !slices.Equal(claimed, []dnstable.Format{info.Format}) {
			t.Errorf("%s has the signs of %v:\n%s", info.Format, claimed, text)
		}
	}
}
