package build

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestWhatTheGoToolWroteDown(t *testing.T) {
	t.Parallel()
	id := "0123456789abcdef0123456789abcdef01234567"
	stamped := []debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: id}, {Key: "vcs.time", Value: "2026-11-28T10:00:00Z"}, {Key: "vcs.modified", Value: "true"}}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	for name, c := range map[string]struct {
		main     string
		settings []debug.BuildSetting
		want     Info
	}{
		"nothing":                      {"", nil, Info{Version: released}},
		"go build, go run":             {"(devel)", stamped, Info{Version: released, Commit: id, Date: "2026-11-28T10:00:00Z", Modified: true}},
		"go install at a version":      {"v1.2.3", nil, Info{Version: "1.2.3"}},
		"a candidate":                  {"v1.2.3-rc.1", nil, Info{Version: "1.2.3-rc.1"}},
		"built at a tag":               {"v1.2.3", stamped[:3], Info{Version: "1.2.3", Commit: id, Date: "2026-11-28T10:00:00Z"}},
		"changed since the tag":        {"v1.2.3+dirty", stamped, Info{Version: released, Commit: id, Date: "2026-11-28T10:00:00Z", Modified: true}},
		"a commit without a tag":       {"v0.0.0-20261128100000-0123456789ab", nil, Info{Version: released}},
		"a commit behind a tag":        {"v0.4.1-0.20261128100000-0123456789ab", nil, Info{Version: released}},
		"a commit behind a candidate":  {"v0.5.0-rc.1.0.20261128100000-0123456789ab", nil, Info{Version: released}},
		"a changed commit behind one":  {"v0.4.1-0.20261128100000-0123456789ab+dirty", nil, Info{Version: released}},
		"nothing that is any version":  {"main", nil, Info{Version: released}},
		"not a version of three parts": {"v1", nil, Info{Version: released}},
	} {
		c.want.Go, c.want.Platform = "go1.26.0", platform
		if got := of(&debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Version: c.main}, Settings: c.settings}); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
	if short := (Info{Commit: id}).Short(); short != id[:12] {
		t.Errorf("got %s", short)
	}
	if short := (Info{Commit: "abc"}).Short(); short != "abc" {
		t.Errorf("got %s", short)
	}
}
