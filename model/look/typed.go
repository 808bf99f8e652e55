package look

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// MostTyped bounds how many commands are kept, and how long one may be.
const (
	MostTyped   = 100
	longCommand = 300
)

// Commands lists what was typed, the newest last: each once, where it was typed last.
func (l Look) Commands() []string {
	var list []string
	for line := range strings.SplitSeq(l.Typed, "\n") {
		if line = strings.TrimSpace(safe.Clean(line)); line != "" && len(line) <= longCommand {
			list = append(slices.DeleteFunc(list, func(other string) bool { return other == line }), line)
		}
	}
	return list[max(0, len(list)-MostTyped):]
}

// With is the look with a command that was typed just now.
func (l Look) With(command string) Look {
	l.Typed = strings.Join(append(l.Commands(), strings.ReplaceAll(command, "\n", " ")), "\n")
	return l.Sane()
}
