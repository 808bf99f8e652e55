package model

import "strings"

// IsGUID reports whether s is a GUID as Azure writes it: 32 hexadecimal digits in
// groups of 8, 4, 4, 4 and 12. Braces and other spellings are no GUIDs to Azure's
// APIs.
func IsGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !strings.ContainsRune("0123456789abcdefABCDEF", rune(c)) {
				return false
			}
		}
	}
	return true
}
