package dialog

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// NewRequests shows requests whole, each with the command that does the same; y copies
// the commands.
func NewRequests(th *theme.Theme, title string, list []model.Write) *Text {
	what, plain := "the command", ""
	if len(list) > 1 {
		what = "the commands"
	}
	for i, w := range list {
		if i > 0 {
			plain += "\n\n"
		}
		plain += w.Command()
	}
	return NewText(title, what, plain, func(width int) []string {
		var lines []string
		for i, w := range list {
			if i > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, requestLines(th, w, width)...)
		}
		return lines
	})
}

func requestLines(th *theme.Theme, w model.Write, width int) []string {
	var lines []string
	put := func(tone theme.Tone, text string) {
		plain := strings.TrimLeft(text, " ")
		indent := min(len(text)-len(plain), width/2)
		for _, part := range cell.Wrap(safe.Clean(plain), width-indent, 0) {
			lines = append(lines, cell.NewLine(th, width).Space(indent).Put(tone, part).String())
		}
	}
	put(theme.Muted, "For "+w.Makes+", to "+string(w.Service)+":")
	put(theme.Strong, w.Method+" "+w.URL.String())
	for _, l := range w.BodyLines() {
		put(theme.Plain, l)
	}
	lines = append(lines, "")
	put(theme.Muted, "The same from a shell (y copies it):")
	for l := range strings.SplitSeq(w.Command(), "\n") {
		put(theme.Plain, l)
	}
	return lines
}
