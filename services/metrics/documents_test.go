package metrics_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

const documents = "../../docs"

func document(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(documents, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// everything has each metric that there can be.
func everything(t *testing.T) map[string]bool {
	t.Helper()
	n := whole("n1", "eu-prod")
	n.Probed = &model.Probed{At: noon(), Domains: 1}
	n.PeeringsRead.Failure = &model.Failure{Kind: model.FailureTimeout}
	n.PrivateDNS = []model.PrivateDNSStatus{{PrivateDNS: model.PrivateDNS{ID: safe.New("d"), State: model.PrivateDNSReady}}}
	s := snapshot(n)
	s.Failures = []model.Failure{{Kind: model.FailureTimeout}}
	text := written(t, s, activity.By(noon), model.Activity{Kind: model.ActivityRequest, Service: "Konnect", Method: "GET", Status: 200})
	there := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (peerdeck_\S+)`).FindAllStringSubmatch(text, -1) {
		there[m[1]] = true
	}
	return there
}

// The document tells of each metric, and rules and dashboard ask for none that is not there.
func TestDocumentsKnowTheMetrics(t *testing.T) {
	t.Parallel()
	there := everything(t)
	named := func(file string) []string {
		var list []string
		for _, name := range regexp.MustCompile(`peerdeck_[a-z_]+`).FindAllString(document(t, file), -1) {
			name = strings.TrimSuffix(name, "_bucket")
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
			if !there[name] {
				t.Errorf("%s names %s, which is no metric", file, name)
			}
		}
		return list
	}
	told := named("metrics.md")
	for name := range there {
		if !slices.Contains(told, name) {
			t.Errorf("docs/metrics.md does not tell of %s", name)
		}
	}
	if rules, panels := named("metrics/peerdeck.rules.yaml"), named("metrics/grafana.json"); len(there) < 20 || len(rules) < 8 || len(panels) < 8 {
		t.Errorf("%d metrics, %d in the rules, %d in the dashboard", len(there), len(rules), len(panels))
	}
}

func TestTheDashboardIsOne(t *testing.T) {
	t.Parallel()
	var d struct {
		UID    string `json:"uid"`
		Panels []struct {
			ID      int `json:"id"`
			GridPos struct {
				X int `json:"x"`
				Y int `json:"y"`
				W int `json:"w"`
				H int `json:"h"`
			} `json:"gridPos"`
			Targets []json.RawMessage `json:"targets"`
		} `json:"panels"`
	}
	if err := json.Unmarshal([]byte(document(t, "metrics/grafana.json")), &d); err != nil {
		t.Fatal(err)
	}
	for i, p := range d.Panels {
		if p.ID == 0 || len(p.Targets) == 0 || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %+v", p)
		}
		for _, q := range d.Panels[:i] {
			if a, b := p.GridPos, q.GridPos; p.ID == q.ID || a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("panels %d and %d lie on each other", p.ID, q.ID)
			}
		}
	}
	if d.UID == "" || len(d.Panels) < 8 {
		t.Errorf("%q, %d panels", d.UID, len(d.Panels))
	}
}

// The alert rules do what they say, by the word of Prometheus' own tool.
func TestPromtoolRunsTheRules(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("there is no promtool: Debian has it in the package prometheus")
	}
	for _, args := range [][]string{{"check", "rules", "peerdeck.rules.yaml"}, {"test", "rules", "peerdeck.test.yaml"}} {
		run := exec.CommandContext(t.Context(), tool, args...)
		run.Dir = filepath.Join(documents, "metrics")
		if out, err := run.CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	// Each rule has a test that lets it fire.
	rules := regexp.MustCompile(`(?m)^ +- alert: (\S+)`).FindAllStringSubmatch(document(t, "metrics/peerdeck.rules.yaml"), -1)
	tests := document(t, "metrics/peerdeck.test.yaml")
	for _, r := range rules {
		if !regexp.MustCompile(`alertname: ` + r[1] + `\n +exp_alerts:\n`).MatchString(tests) {
			t.Errorf("no test lets %s fire", r[1])
		}
	}
	if len(rules) < 8 {
		t.Errorf("%d rules were looked at", len(rules))
	}
}
