package review

import (
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/theme"
)

// cleanLine makes a text harmless that may hold words from outside.
func cleanLine(text string) string { return safe.Clean(text) }

// path is a URL without its scheme, host and query.
func path(url string) string {
	if _, rest, found := strings.Cut(url, "://"); found {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			url = rest[i:]
		}
	}
	url, _, _ = strings.Cut(url, "?")
	return url
}

// ending returns the end of a path in a width: of ids only the beginnings where there is
// no room for them.
func ending(text string, width int) string {
	if cell.Width(text) <= width {
		return text
	}
	parts := strings.Split(text, "/")
	for i, p := range parts {
		const some = 8
		if model.IsGUID(p) {
			parts[i] = p[:some] + "…"
		}
	}
	text = strings.Join(parts, "/")
	if over := cell.Width(text) - width; over > 0 {
		return "…" + cell.Part(text, over+1, cell.Width(text))
	}
	return text
}

// requestDialog shows a request whole, and the command that does the same.
func requestDialog(th *theme.Theme, w model.Write) *dialog.Text {
	return dialog.NewText("The request", "the command", w.Command(), func(width int) []string {
		var lines []string
		put := func(tone theme.Tone, indent int, text string) {
			for _, part := range cell.Wrap(text, width-indent, 0) {
				lines = append(lines, cell.NewLine(th, width).Space(indent).Put(tone, part).String())
			}
		}
		put(theme.Muted, 0, "For "+cleanLine(w.Makes)+", to "+string(w.Service)+":")
		put(theme.Strong, 0, cleanLine(w.Method)+" "+w.URL.String())
		for _, l := range w.BodyLines() {
			text := strings.TrimLeft(l, " ")
			put(theme.Plain, min(len(l)-len(text), width/2), text)
		}
		lines = append(lines, "")
		put(theme.Muted, 0, "The same from a shell (y copies it):")
		for l := range strings.SplitSeq(w.Command(), "\n") {
			text := strings.TrimLeft(l, " ")
			put(theme.Plain, min(len(l)-len(text), width/2), cleanLine(text))
		}
		return lines
	})
}
