package safe

import "strings"

// LineEnds returns a text in which every line ends with "\n", whoever wrote it: "\r\n"
// is Windows', "\r" alone is what tmux and old Macs make of a line break in a paste, and
// U+0085, U+2028 and U+2029 are Unicode's own. The number of lines stays what a person
// sees. [Decode] calls it where a text comes in, so that what reads lines has to know one
// end of a line only.
func LineEnds(text string) string {
	if strings.IndexByte(text, '\r') < 0 && (isASCII(text) || !strings.ContainsAny(text, "\u0085\u2028\u2029")) {
		return text
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
}
