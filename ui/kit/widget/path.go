package widget

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
)

// URLPath is a URL without its scheme, host and query.
func URLPath(url string) string {
	if _, rest, found := strings.Cut(url, "://"); found {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			url = rest[i:]
		}
	}
	url, _, _ = strings.Cut(url, "?")
	return url
}

// PathEnd returns the end of a path in a width: whole segments, and of ids only the
// beginnings where there is no room for them.
func PathEnd(path string, width int) string {
	if cell.Width(path) <= width {
		return path
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		const some = 8
		if model.IsGUID(p) {
			parts[i] = p[:some] + "…"
		}
	}
	out := parts[len(parts)-1]
	for i := len(parts) - 2; i >= 0; i-- {
		longer := parts[i] + "/" + out
		if cell.Width(longer)+2 > width {
			return cell.Cut("…/"+out, width)
		}
		out = longer
	}
	return cell.Cut(out, width)
}
