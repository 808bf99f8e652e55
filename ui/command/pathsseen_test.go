package command_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// What the data planes saw stands beside each service, and where nothing is told, that.
func TestPathsTellWhatTheDataPlanesSaw(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if code, errs := run(t, &out, "paths", "--network", "eu-prod", "-o", "json"); code != 2 {
		t.Fatalf("exit %d, %s", code, errs)
	}
	var doc struct {
		Hosts []struct {
			Service      string `json:"service"`
			ControlPlane string `json:"control_plane"`
			Seen         struct {
				Reaches  string `json:"reaches"`
				Answered int    `json:"answered"`
				MedianMS *int   `json:"median_ms"`
				Text     string `json:"text"`
			} `json:"seen"`
		} `json:"hosts"`
	}
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"ledger": "yes", "partner": "no", "billing": "no", "catalog": "not known"}
	for _, h := range doc.Hosts {
		reaches, there := want[h.Service]
		if !there {
			continue
		}
		delete(want, h.Service)
		if h.Seen.Reaches != reaches || reaches == "not known" && !strings.HasPrefix(h.Seen.Text, "cannot tell: no request") || reaches == "yes" && (h.Seen.Answered != 40 || *h.Seen.MedianMS != 12) {
			t.Errorf("%+v", h)
		}
	}
	if len(want) != 0 {
		t.Errorf("without a service: %v\n%s", want, out.String())
	}
}
