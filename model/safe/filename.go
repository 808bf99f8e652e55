package safe

import "strings"

// FileName is a name as a part of a file's name: letters, digits, hyphens and underscores
// stay, everything else becomes a hyphen.
func FileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, name)
}
