//go:build unix

package journey_test

import (
	"bufio"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// The metrics are served until a signal, and are those of the clouds.
func TestMetricsAreServed(t *testing.T) {
	t.Parallel()
	p := exec.CommandContext(t.Context(), binary, "--demo", "metrics", "--listen", "127.0.0.1:0")
	p.Env = []string{"HOME=" + t.TempDir()}
	says, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	var url string
	for lines := bufio.NewScanner(says); lines.Scan(); {
		if at, found := strings.CutPrefix(lines.Text(), "peerdeck: serving "); found {
			url = at
		}
		if strings.Contains(lines.Text(), "the first reading is complete: ") {
			break
		}
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"peerdeck_first_reading_complete 1\n", `peerdeck_networks{severity="broken"} `, `peerdeck_requests_total{code="200",method="GET",service="Azure"}`, "process_"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("there is no %s in\n%s", want, body)
		}
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, says)
	_ = p.Wait()
	if code := p.ProcessState.ExitCode(); code != 143 {
		t.Errorf("it ended with %d", code)
	}
}
