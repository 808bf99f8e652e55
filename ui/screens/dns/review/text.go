package review

import (
	"fmt"
	"strings"
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/theme"
)

// cleanLine makes a text harmless that may hold words from outside.
func cleanLine(text string) string { return safe.Clean(text) }

// elapsed writes a time that runs as a clock does: "0:08", "12:40", "1:02:03".
func elapsed(d time.Duration) string {
	d = max(0, d)
	h, m, s := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	if h > 0 {
		return fmt.Sprintf("%d:%02d:%02d", h, m, s)
	}
	return fmt.Sprintf("%d:%02d", m, s)
}

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

// join writes a list as a sentence does.
func join(list []string) string {
	switch n := len(list); n {
	case 0:
		return ""
	case 1:
		return list[0]
	default:
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
}

// servers writes addresses in their order.
func serverList(list []safe.Text) string {
	if len(list) == 0 {
		return "no server"
	}
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = s.String()
	}
	return strings.Join(words, ", ")
}
