// Package build tells which program this is: its version, and the commit that it was
// made of.
package build

import "runtime/debug"

// version is that of the next release while it is being made.
const version = "0.2.0"

// Info tells what was built. Commit and Date are empty where the Go tool did not write
// them down.
type Info struct{ Version, Commit, Date string }

// Read tells what was built, as far as the Go tool wrote it down.
func Read() Info {
	b := Info{Version: version}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value[:min(12, len(s.Value))]
		case "vcs.time":
			b.Date = s.Value
		}
	}
	return b
}
