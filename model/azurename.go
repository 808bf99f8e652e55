package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	maxGroupName = 90
	minVNetName  = 2
	maxVNetName  = 64
)

// GroupNameProblem says what Azure's naming rules have against the name of a resource
// group: 1 to 90 letters, digits, underscores, hyphens, periods and round brackets,
// no period at the end. Letters and digits may be of any script.
func GroupNameProblem(name safe.Text) string {
	const cure = "az group list --query '[].name' --output tsv lists those that there are"
	s := name.Raw()
	switch n := utf8.RuneCountInString(s); {
	case s == "":
		return "the resource group of the VNET is missing; " + cure
	case n > maxGroupName:
		return fmt.Sprintf("the resource group %s has %d characters; Azure takes %d", name.Quoted(), n, maxGroupName)
	}
	if r, found := foreign(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-.()", r)
	}); found {
		return fmt.Sprintf("the resource group %s holds %s; a group's name is made of letters, digits and _ - . ( ); %s", name.Quoted(), character(r), cure)
	}
	if strings.HasSuffix(s, ".") {
		return fmt.Sprintf("the resource group %s ends with a period, which Azure does not allow; %s", name.Quoted(), cure)
	}
	return ""
}

// VNetNameProblem says what Azure's naming rules have against the name of a VNET: 2 to
// 64 letters, digits, underscores, hyphens and periods, with a letter or digit at
// the beginning, and one or an underscore at the end.
func VNetNameProblem(name safe.Text) string {
	const cure = "az network vnet list --query '[].name' --output tsv lists those that there are"
	s := name.Raw()
	if s == "" {
		return "the name of the VNET is missing; " + cure
	}
	if r, found := foreign(s, func(r rune) bool { return alphanumeric(r) || strings.ContainsRune("_-.", r) }); found {
		return fmt.Sprintf("the VNET %s holds %s; a VNET's name is made of letters, digits and _ - .; %s", name.Quoted(), character(r), cure)
	}
	last := rune(s[len(s)-1])
	switch n := len(s); {
	case n < minVNetName || n > maxVNetName:
		return fmt.Sprintf("the VNET %s has %d characters; Azure takes %d to %d", name.Quoted(), n, minVNetName, maxVNetName)
	case !alphanumeric(rune(s[0])):
		return fmt.Sprintf("the VNET %s begins with %s; Azure wants a letter or a digit there", name.Quoted(), character(rune(s[0])))
	case !alphanumeric(last) && last != '_':
		return fmt.Sprintf("the VNET %s ends with %s; Azure wants a letter, a digit or an underscore there", name.Quoted(), character(last))
	default:
		return ""
	}
}

func alphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// foreign returns the first character that does not belong.
func foreign(s string, belongs func(rune) bool) (rune, bool) {
	i := strings.IndexFunc(s, func(r rune) bool { return !belongs(r) })
	if i < 0 {
		return 0, false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r, true
}

// character names a character for a sentence: what cannot be seen by its code point.
func character(r rune) string {
	switch {
	case r == ' ':
		return "a space"
	case r == '\n' || r == '\r':
		return "a line break"
	case r == '\t':
		return "a tab"
	case r == utf8.RuneError:
		return "bytes that are no text"
	case safe.Clean("a"+string(r)) != "a"+string(r):
		return fmt.Sprintf("the character U+%04X", r)
	default:
		return "the character " + string(r)
	}
}
