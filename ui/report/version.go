package report

import (
	"fmt"
	"strings"
)

// Version is which program this is, as a document and as text. What is not known is
// left out of the document.
type Version struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Date     string `json:"date,omitempty"` // of the commit
	Modified bool   `json:"modified"`       // files were changed since the commit
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// Text writes a line for the version, which programs may read, and one for each of
// the rest.
func (v Version) Text() string {
	commit, date := v.Commit, v.Date
	switch {
	case commit == "":
		commit = "not known: it was built without version control"
	case v.Modified:
		commit += ", with changes that are not committed"
	}
	if date == "" {
		date = "not known"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "peerdeck %s\n", v.Version)
	for _, line := range [][2]string{{"commit", commit}, {"date", date}, {"go", v.Go}, {"platform", v.Platform}} {
		fmt.Fprintf(&b, "%-8s %s\n", line[0], line[1])
	}
	return b.String()
}
