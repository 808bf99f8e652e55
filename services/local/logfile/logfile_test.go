package logfile_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/peerdeck/peerdeck/services/local/logfile"
)

// silent answers every request without sending it, and says back what it was sent.
type silent struct{}

func (silent) Do(r *http.Request) (*http.Response, error) {
	says := io.NopCloser(strings.NewReader(`{"error":{"code":"No","message":"refused: ` + r.Header.Get("Authorization") + `","client_secret":"canary"}}`))
	return &http.Response{StatusCode: http.StatusForbidden, Status: "403 Forbidden", Body: says, Header: http.Header{}, Request: r}, nil
}

// ask sends a request with a secret in a header through a pipeline of the SDK.
func ask(t *testing.T) {
	t.Helper()
	pipeline := runtime.NewPipeline("test", "1", runtime.PipelineOptions{}, &policy.ClientOptions{Transport: silent{}})
	r, err := runtime.NewRequest(t.Context(), http.MethodGet, "https://management.example/subscriptions")
	if err != nil {
		t.Fatal(err)
	}
	r.Raw().Header.Set("Authorization", "Bearer Canary-1.canary")
	answer, err := pipeline.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if err := runtime.NewResponseError(answer); err == nil || !strings.Contains(err.Error(), "refused") {
		t.Fatal(err)
	}
}

func TestOpen(t *testing.T) {
	// The listener of the SDK is one for the process: it says nothing after this test.
	t.Cleanup(func() { _ = logfile.Open("") })
	path := filepath.Join(t.TempDir(), "log")
	if err := logfile.Open(path); err != nil {
		t.Fatal(err)
	}
	ask(t)
	written, err := os.ReadFile(path)
	if text := string(written); err != nil || !strings.Contains(text, "management.example/subscriptions") || !strings.Contains(text, "refused: Bearer ***") || strings.Contains(text, "canary") {
		t.Errorf("%s, %v", written, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := logfile.Open(""); err != nil {
		t.Fatal(err)
	}
	ask(t)
	if after, err := os.ReadFile(path); err != nil || len(after) != len(written) {
		t.Errorf("the log goes on after its end: %s, %v", after, err)
	}
}

func TestOpenNamesTheSetting(t *testing.T) {
	err := logfile.Open(filepath.Join(t.TempDir(), "no", "folder"))
	if err == nil || !strings.HasPrefix(err.Error(), "the log ") {
		t.Errorf("a log without a folder: %v", err)
	}
}
