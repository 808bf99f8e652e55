package bundle_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/bundle"
)

// entry is one entry of a bundle that is made by hand.
type entry struct {
	name string
	data string
	mode fs.FileMode
	bare bool // not in the list
}

// forged makes a bundle whose list and hashes are right, whatever is in it.
func forged(tb testing.TB, manifest map[string]any, entries ...entry) []byte {
	tb.Helper()
	list := []map[string]any{}
	for _, e := range entries {
		sum := sha256.Sum256([]byte(e.data))
		if !e.bare {
			list = append(list, map[string]any{"name": e.name, "size": len(e.data), "sha256": hex.EncodeToString(sum[:])})
		}
	}
	m := map[string]any{"format": 1, "minor": 0, "program": "0.9.0", "entries": list}
	maps.Copy(m, manifest)
	head, err := json.Marshal(m)
	if err != nil {
		tb.Fatal(err)
	}
	return zipped(tb, append([]entry{{name: "manifest.json", data: string(head)}}, entries...)...)
}

func zipped(tb testing.TB, entries ...entry) []byte {
	tb.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, e := range entries {
		if i == 0 {
			sum := sha256.Sum256([]byte(e.data))
			if err := z.SetComment(hex.EncodeToString(sum[:])); err != nil {
				tb.Fatal(err)
			}
		}
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(e.data)); err != nil && !strings.HasSuffix(e.name, "/") {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// lying makes a zip whose first entry says that it is shorter than it is.
func lying(tb testing.TB) []byte {
	tb.Helper()
	data := zipped(tb, entry{name: "manifest.json", data: strings.Repeat("x", 100_000)})
	i := bytes.Index(data, []byte("PK\x01\x02"))
	copy(data[i+24:], []byte{10, 0, 0, 0}) // the size in the directory
	return data
}

// great makes a zip whose first entry says that it has 200 MiB.
func great(tb testing.TB) []byte {
	tb.Helper()
	data := zipped(tb, entry{name: "manifest.json", data: "{}"})
	i := bytes.Index(data, []byte("PK\x01\x02"))
	copy(data[i+24:], []byte{0, 0, 0x80, 0x0c})
	return data
}

// Each bundle that is no good is told as what it is, with its name and the way out, and
// nothing of it is believed.
func TestBadBundles(t *testing.T) {
	t.Parallel()
	good := encoded(t, sample())
	exchange := `{"service":"konnect","method":"GET","path":"/","status":200}`
	for name, c := range map[string]struct {
		data  []byte
		says  string
		entry string
	}{
		"nothing":             {nil, "no bundle", ""},
		"a text":              {[]byte("hello"), "no bundle", ""},
		"cut off":             {good[:len(good)/2], "cut off", ""},
		"cut off at its end":  {good[:len(good)-70], "cut off", ""},
		"another zip":         {zipped(t, entry{name: "a.txt", data: "x"}), "no manifest.json", ""},
		"newer":               {forged(t, map[string]any{"format": 2, "program": "3.1.0"}), "written by peerdeck 3.1.0", ""},
		"newer of no shape":   {zipped(t, entry{name: "manifest.json", data: `{"format":7,"program":"9.0.0","entries":"elsewhere"}`}), "peerdeck 9.0.0", ""},
		"no format":           {forged(t, map[string]any{"format": 0}), "no format 0", "manifest.json"},
		"climbs out":          {forged(t, nil, entry{name: "../../etc/cron.d/x", data: "x"}), "leads out", "../../etc/cron.d/x"},
		"climbs within":       {forged(t, nil, entry{name: "a/../../x", data: "x"}), "leads out", "a/../../x"},
		"absolute":            {forged(t, nil, entry{name: "/etc/passwd", data: "x"}), "leads out", "/etc/passwd"},
		"of a drive":          {forged(t, nil, entry{name: `C:\x`, data: "x"}), "leads out", `C:\x`},
		"backwards":           {forged(t, nil, entry{name: `..\x`, data: "x"}), "leads out", `..\x`},
		"hidden":              {forged(t, nil, entry{name: ".ssh/x", data: "x"}), "leads out", ".ssh/x"},
		"a screen command":    {forged(t, nil, entry{name: "a\x1b[2J", data: "x"}), "leads out", `a\u{1b}[2J`},
		"a link":              {forged(t, nil, entry{name: "status.json", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777}), "link", "status.json"},
		"a folder":            {forged(t, nil, entry{name: "journals/", bare: true}), "leads out", "journals/"},
		"a device":            {forged(t, nil, entry{name: "dns.jsonl", data: "x", mode: fs.ModeDevice | 0o600}), "link", "dns.jsonl"},
		"twice":               {forged(t, nil, entry{name: "dns.jsonl"}, entry{name: "dns.jsonl"}), "twice", "dns.jsonl"},
		"two manifests":       {forged(t, nil, entry{name: "manifest.json", data: "{}"}), "twice", "manifest.json"},
		"added":               {forged(t, nil, entry{name: "x.json", data: "{}", bare: true}), "added it", "x.json"},
		"missing":             {forged(t, map[string]any{"entries": []map[string]any{{"name": "dns.jsonl"}}}), "not in the file", "dns.jsonl"},
		"a bomb":              {forged(t, nil, entry{name: "x.bin", data: strings.Repeat("\x00", 20<<20)}), "200 times", "x.bin"},
		"a great one":         {great(t), "256 MiB", "manifest.json"},
		"it lies":             {lying(t), "altered", "manifest.json"},
		"another shape":       {forged(t, nil, entry{name: "exchanges.jsonl", data: exchange + "\n" + `{"status":"ok"}`}), "line 2: status is a JSON string", "exchanges.jsonl"},
		"a list":              {forged(t, nil, entry{name: "status.json", data: `[1]`}), "a JSON array", "status.json"},
		"a number for a line": {forged(t, nil, entry{name: "dns.jsonl", data: `7`}), "line 1 is no JSON object", "dns.jsonl"},
		"no path":             {forged(t, nil, entry{name: "exchanges.jsonl", data: `{"method":"GET","path":"x","status":200}`}), "begins with /", "exchanges.jsonl"},
		"no status":           {forged(t, nil, entry{name: "exchanges.jsonl", data: `{"method":"GET","path":"/x"}`}), "without an answer", "exchanges.jsonl"},
		"an odd status":       {forged(t, nil, entry{name: "exchanges.jsonl", data: `{"method":"GET","path":"/x","status":7}`}), "status 7", "exchanges.jsonl"},
		"no server":           {forged(t, nil, entry{name: "dns.jsonl", data: `{"name":"x."}`}), "without a server", "dns.jsonl"},
		"no text":             {forged(t, nil, entry{name: "status.json", data: "{\"a\":\"\xff\"}"}), "no text", "status.json"},
		"no text in a line":   {forged(t, nil, entry{name: "activity.jsonl", data: "{\"text\":\"\xff\"}"}), "no text", "activity.jsonl"},
		"half a line":         {forged(t, nil, entry{name: "journals/a.jsonl", data: `{"kind":"beg`}), "no JSON", "journals/a.jsonl"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := bundle.Read("/tmp/from-bob.peerdeck", c.data)
			f, failed := model.AsFailure(err)
			if !failed || f.Kind != model.FailureInvalid {
				t.Fatalf("got %+v", err)
			}
			if !strings.Contains(f.Error(), "/tmp/from-bob.peerdeck") || !strings.Contains(f.Error(), c.says) || !strings.Contains(f.Error(), c.entry) || f.Cure == "" {
				t.Errorf("it says %s; %s", f.Error(), f.Cure)
			}
		})
	}
}

// Whichever byte is another, the bundle is refused or what is read of it is the same.
func TestAlteredBytes(t *testing.T) {
	t.Parallel()
	good := encoded(t, sample())
	refused, tried := 0, 0
	for i := 0; i < len(good); i += 3 {
		tried++
		data := bytes.Clone(good)
		data[i] ^= 0x55
		b, err := bundle.Read("x", data)
		if err != nil {
			refused++
			continue
		}
		again, _, err := bundle.Encode(b)
		if err != nil || !bytes.Equal(again, good) {
			t.Fatalf("byte %d is another, and so is what was read: %v", i, err)
		}
	}
	if refused < tried/2 {
		t.Errorf("only %d of %d were found out", refused, tried)
	}
}

// Too many entries are counted, and not looked at.
func TestManyEntries(t *testing.T) {
	t.Parallel()
	list := make([]entry, 1001)
	for i := range list {
		list[i] = entry{name: "a" + strings.Repeat("b", i%100) + "/" + strings.Repeat("c", i/100) + ".x", bare: true}
	}
	if _, err := bundle.Read("x", forged(t, nil, list...)); err == nil || !strings.Contains(err.Error(), "1002 entries") {
		t.Error(err)
	}
}

// A file of a gigabyte is not read.
func TestGreatFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "great")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(1 << 30); err != nil {
		t.Skip(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{path: "longer than 64 MiB", filepath.Join(t.TempDir(), "none"): "no such file", t.TempDir(): "no file"} {
		if _, err := bundle.Open(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// What a newer peerdeck has added is kept or passed over.
func TestNewerMinor(t *testing.T) {
	t.Parallel()
	data := forged(
		t, map[string]any{"minor": 9, "weather": "fine"},
		entry{name: "exchanges.jsonl", data: `{"service":"dataverse","method":"GET","path":"/","status":200,"mood":{"a":1}}`},
		entry{name: "paths.json", data: "{}"},
	)
	b, err := bundle.Read("x", data)
	if err != nil || len(b.Exchanges) != 1 || len(b.Others) != 1 || b.Others[0].Name != "paths.json" {
		t.Errorf("%+v, %v", b, err)
	}
}

// Whatever the bytes are, reading ends with a bundle that can be written again or with a
// failure that says why.
func FuzzRead(f *testing.F) {
	data, _, err := bundle.Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:100])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add(forged(f, nil, entry{name: "exchanges.jsonl", data: "{}"}))
	f.Add(forged(f, nil, entry{name: "../x"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := bundle.Read("fuzz", data)
		if err != nil {
			if failure, _ := model.AsFailure(err); failure.Kind != model.FailureInvalid || failure.Cure == "" {
				t.Errorf("%+v", err)
			}
			return
		}
		if _, _, err := bundle.Encode(b); err != nil {
			t.Error(err)
		}
	})
}
