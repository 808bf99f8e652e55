package sandboxtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Recorded is what is known of a kind of answer of the real Azure: a file of
// testdata/azure.
type Recorded struct {
	Kind      string              `yaml:"kind"`
	About     string              `yaml:"about"`
	Sources   []string            `yaml:"sources"`
	Status    []int               `yaml:"status"`
	Headers   []string            `yaml:"headers"`
	Sometimes []string            `yaml:"sometimes"`
	Body      map[string]string   `yaml:"body"`   // path of a member and its type
	Values    map[string][]string `yaml:"values"` // words that were seen
}

// ReadRecorded reads all kinds of a folder, by name.
func ReadRecorded(tb testing.TB, dir string) map[string]Recorded {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no facts in %s: %v", dir, err)
	}
	out := map[string]Recorded{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var r Recorded
		if err := yaml.UnmarshalWithOptions([]byte(safe.Decode(data)), &r, yaml.Strict()); err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		if r.Kind+".yaml" != filepath.Base(file) || r.About == "" || len(r.Sources) == 0 || len(r.Status) == 0 {
			tb.Fatalf("%s is not whole", file)
		}
		out[r.Kind] = r
	}
	return out
}

// unrecorded are headers of which recordings say nothing: the recorder leaves them out, or
// they are the server's own.
func unrecorded() []string {
	return []string{
		"Retry-After", "X-Ms-Request-Id", "X-Ms-Correlation-Request-Id", "X-Ms-Routing-Request-Id", "X-Ms-Client-Request-Id", "Client-Request-Id",
		"X-Ms-Ratelimit-Remaining-Subscription-Reads", "X-Ms-Ratelimit-Remaining-Tenant-Reads", "Date", "Content-Length", "Transfer-Encoding", "Connection",
	}
}

// Differs tells how an answer differs from what the real one shows.
func (k Recorded) Differs(status int, header http.Header, body []byte) []string {
	var out []string
	if !slices.Contains(k.Status, status) {
		out = append(out, fmt.Sprintf("status %d, not %v", status, k.Status))
	}
	for _, name := range k.Headers {
		if header.Get(name) == "" {
			out = append(out, "no header "+name)
		}
	}
	for name := range header {
		if !slices.Contains(k.Headers, name) && !slices.Contains(k.Sometimes, name) && !slices.Contains(unrecorded(), name) {
			out = append(out, "a header "+name+" that the real one never sends")
		}
	}
	if len(k.Body) == 0 {
		if len(body) > 0 {
			out = append(out, "a body where the real one sends none")
		}
		return out
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return append(out, "no JSON: "+err.Error())
	}
	out = append(out, k.walk("", value)...)
	slices.Sort(out)
	return slices.Compact(out)
}

// walk compares an object or the items of a list with the members below a path.
func (k Recorded) walk(at string, value any) []string {
	switch v := value.(type) {
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, k.member(at+"[]", item)...)
		}
		return out
	case map[string]any:
		return k.members(at, v)
	default:
		return nil
	}
}

func (k Recorded) members(at string, object map[string]any) []string {
	prefix := ""
	if at != "" {
		prefix = at + "."
	}
	var out []string
	open := true // nothing is known of what is below
	for path, kind := range k.Body {
		name, below := strings.CutPrefix(path, prefix)
		if !below || strings.Contains(strings.TrimPrefix(name, "@odata."), ".") || strings.Contains(name, "[]") {
			continue
		}
		open = false
		if _, has := object[name]; !has && !strings.Contains(kind, "?") {
			out = append(out, path+" is missing")
		}
	}
	if open {
		return nil
	}
	for name, item := range object {
		out = append(out, k.member(prefix+name, item)...)
	}
	return out
}

func (k Recorded) member(path string, value any) []string {
	kind, known := k.Body[path]
	if !known {
		return []string{path + " is a member that the real one never sends"}
	}
	got := jsonType(value)
	kind = strings.ReplaceAll(kind, "?", "")
	if !slices.Contains(strings.Fields(kind), got) {
		return []string{path + " is " + got + ", not " + kind}
	}
	if words, told := k.Values[path]; told && !slices.Contains(words, fmt.Sprint(value)) {
		return []string{fmt.Sprintf("%s is %v, which was never seen", path, value)}
	}
	return k.walk(path, value)
}

func jsonType(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "bool"
	case float64:
		return "number"
	case []any:
		return "list"
	default:
		return "object"
	}
}
