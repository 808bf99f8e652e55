package report_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/ui/report"
)

func TestVersionText(t *testing.T) {
	t.Parallel()
	v := report.Version{Version: "0.4.0", Commit: "0123456789abcdef", Date: "2026-11-28T10:00:00Z", Go: "go1.26.0", Platform: "linux/amd64"}
	for want, v := range map[string]report.Version{
		"peerdeck 0.4.0\ncommit   0123456789abcdef\ndate     2026-11-28T10:00:00Z\ngo       go1.26.0\nplatform linux/amd64\n": v,
		"peerdeck 0.4.0\ncommit   not known: it was built without version control\ndate     not known\ngo       go1.26.0\nplatform linux/amd64\n": {
			Version: "0.4.0", Go: "go1.26.0", Platform: "linux/amd64",
		},
	} {
		if got := v.Text(); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	if v.Modified = true; !strings.Contains(v.Text(), "0123456789abcdef, with changes that are not committed\n") {
		t.Errorf("got\n%s", v.Text())
	}
}

func TestVersionDocument(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := report.WriteDocument(&b, report.JSON, report.Version{Version: "0.4.0", Go: "go1.26.0", Platform: "linux/amd64"}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(strings.Fields(b.String()), ""); got != `{"version":"0.4.0","modified":false,"go":"go1.26.0","platform":"linux/amd64"}` {
		t.Errorf("got %s", b.String())
	}
}
