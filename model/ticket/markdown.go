package ticket

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// prose makes plain words of a text: what Markdown would read as markup is escaped, and the
// text is one line. An at sign before a letter would call a person on most trackers.
func prose(text string) string {
	b := &strings.Builder{}
	runes := []rune(strings.Join(strings.Fields(safe.Clean(text)), " "))
	for i, r := range runes {
		switch {
		case strings.ContainsRune("\\`*_[]<>#|~", r):
			b.WriteRune('\\')
		case r == '@' && i+1 < len(runes) && runes[i+1] != ' ':
			b.WriteString("@\u200b")
			continue
		case i == 0 && strings.ContainsRune("-+=", r):
			b.WriteRune('\\')
		default:
		}
		b.WriteRune(r)
	}
	return b.String()
}

// code makes a code span, whose fence is longer than any in the text.
func code(text string) string {
	text = strings.Join(strings.Fields(safe.Clean(text)), " ")
	fence := strings.Repeat("`", longest(text)+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return fence + text + fence
}

// fenced makes a block of code, line by line as it is.
func fenced(language, text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		indent := len(l) - len(strings.TrimLeft(l, " \t"))
		lines[i] = l[:indent] + safe.Clean(l[indent:])
	}
	text = strings.Join(lines, "\n")
	fence := strings.Repeat("`", max(3, longest(text)+1))
	return fence + language + "\n" + text + "\n" + fence + "\n"
}

// longest is the length of the longest run of backticks.
func longest(text string) int {
	most, run := 0, 0
	for _, r := range text {
		if r == '`' {
			run++
		} else {
			run = 0
		}
		most = max(most, run)
	}
	return most
}

// cell keeps a text within its cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, " | ", " \\| ") }
