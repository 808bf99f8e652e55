// Package build tells which program this is: its version, the commit that it was made
// of, and what made it.
package build

import (
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
)

// released is the newest version of CHANGELOG.md, which a test holds it to. It is the
// version of every build that the Go tool gives none.
const released = "0.9.0"

// Info tells what was built. What the Go tool did not write down is empty: without
// version control there is no commit.
type Info struct {
	Version  string // without the v: "0.5.0"
	Commit   string // the whole id
	Date     string // of the commit, RFC 3339
	Modified bool   // files were changed since that commit
	Go       string // the release of Go that made it: "go1.26.0"
	Platform string // what it was made for: "linux/amd64"
}

// Read tells what the running program was built of.
func Read() Info {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return of(info)
}

// Short is the commit as people write it.
func (i Info) Short() string {
	const enough = 12
	return i.Commit[:min(enough, len(i.Commit))]
}

// of reads what the Go tool wrote down. A program that was installed by its version,
// or built at a tag, is of that version; any other is what the next release grows from.
func of(info *debug.BuildInfo) Info {
	out := Info{Version: released, Go: info.GoVersion, Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if v, isRelease := release(info.Main.Version); isRelease {
		out.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			out.Commit = s.Value
		case "vcs.time":
			out.Date = s.Value
		case "vcs.modified":
			out.Modified = s.Value == "true"
		}
	}
	return out
}

// release reads the version of a module when it is one that was released: not
// "(devel)", and none that the Go tool has made of a commit, with or without a tag
// before it. Such a one names the commit, which is told by itself.
func release(version string) (string, bool) {
	bare, dirty := strings.CutSuffix(version, "+dirty")
	number, ok := strings.CutPrefix(bare, "v")
	if !ok || dirty || regexp.MustCompile(`[-.]\d{14}-[0-9a-f]{12}$`).MatchString(number) {
		return "", false
	}
	return number, regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`).MatchString(number)
}
