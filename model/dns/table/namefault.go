package table

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/peerdeck/peerdeck/model/safe"
)

// The limits of DNS, RFC 1035.
const (
	MaxDomain = 253 // characters of a name, without the dot at its end
	MaxLabel  = 63  // between two dots
)

// fault is why a text is no domain, or no server.
type fault struct {
	rule string // D01 to D09, S02 to S08
	text string
	fix  string // what was probably meant; empty when nobody can tell
}

// faulty makes a fault whose values are cut to fit the line.
func faulty(rule, format string, values ...string) *fault {
	return &fault{rule: rule, text: fill(format, values...)}
}

// readName returns the normal form of a domain, or why there is none. Parsers of other
// libraries take empty labels, spaces and escape characters, so what may stand in a
// name is looked at here, after the mapping of other scripts.
func readName(text string) (Name, *fault) {
	typed := strings.TrimSpace(text)
	switch typed {
	case "":
		return Name{}, faulty("D01", "Enter a domain, for example corp.example.com.")
	case root:
		return Name{ASCII: root, Unicode: root}, nil
	}
	bare := strings.TrimSuffix(typed, ".")
	if rest, found := strings.CutPrefix(bare, "*."); found {
		bare = rest
	} else {
		bare = strings.TrimPrefix(bare, ".")
	}
	name := bare
	if !plain(bare) {
		if f := otherThing(typed, bare); f != nil {
			return Name{}, f
		}
		name = lower(bare)
	}
	if !ascii(name) || strings.Contains(name, "xn--") {
		return readInternational(typed, name)
	}
	if f := checkLabels(typed, name); f != nil {
		return Name{}, f
	}
	return Name{ASCII: name, Unicode: name, Changed: name != typed}, nil
}

// plain reports whether a text is made of nothing but what stands in a normal form.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; !nameByte(c) && c != '.' {
			return false
		}
	}
	return true
}

func nameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// lower makes ASCII letters small and leaves all others to the mapping, which knows them.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// readInternational maps a name of another script, and one that holds an xn-- form.
func readInternational(typed, name string) (Name, *fault) {
	for _, r := range name {
		if r < utf8.RuneSelf && !nameByte(byte(r)) && r != '.' { //nolint:gosec // below 128
			return Name{}, wrongCharacter(r)
		}
	}
	profile := international(idna.CheckHyphens(false))
	mapped, err := profile.ToASCII(name)
	if err != nil {
		return Name{}, notInternational(name)
	}
	mapped = strings.TrimSuffix(mapped, ".")
	if f := checkLabels(typed, mapped); f != nil {
		return Name{}, f
	}
	if again, err := profile.ToASCII(mapped); err != nil || again != mapped {
		return Name{}, faulty("D07", "Not a valid international name: its xn-- form does not stand for itself.")
	}
	people, err := profile.ToUnicode(mapped)
	if err != nil {
		people = mapped
	}
	for label := range strings.SplitSeq(people, ".") {
		if strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return Name{}, faulty("D06", "Label \"%s\" may not start or end with a hyphen.", label)
		}
	}
	wanted := strings.TrimRight(name, ".")
	return Name{
		ASCII: mapped, Unicode: safe.Clean(people), Changed: mapped != typed,
		Mapped: !ascii(name) && people != wanted && people != strings.ToLower(wanted),
	}, nil
}

// international is how names of other scripts are read: mapped as for a look-up
// (UTS 46, not transitional), their labels and directions checked. It takes any ASCII
// character: what may stand in a name is decided afterwards. Options are added last.
func international(options ...idna.Option) *idna.Profile {
	return idna.New(append([]idna.Option{
		idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(), idna.StrictDomainName(false),
	}, options...)...)
}

// checkLabels looks at a name in ASCII between its dots.
func checkLabels(typed, name string) *fault {
	last := ""
	for label := range strings.SplitSeq(name, ".") {
		if f := checkLabel(typed, label); f != nil {
			return f
		}
		last = label
	}
	if len(name) > MaxDomain {
		return faulty("D04", "Name is %s characters; the limit is 253.", number(len(name)))
	}
	if numeric(last) {
		if f := anAddress(name); f != nil {
			return f
		}
		return faulty("D08", "\"%s\" ends with a number: programs take it for an address. Give a domain.", safe.Clean(typed))
	}
	return nil
}

func checkLabel(typed, label string) *fault {
	if label == "" {
		return faulty("D02", "Two dots in a row in \"%s\". Take one away.", safe.Clean(typed))
	}
	for _, r := range label {
		if r >= utf8.RuneSelf || !nameByte(byte(r)) { //nolint:gosec // the first half of the condition bounds it
			return wrongCharacter(r)
		}
	}
	if len(label) > MaxLabel {
		return faulty("D03", "Label \"%s\" is %s characters; the limit is 63.", label, number(len(label)))
	}
	if label[0] == '-' || label[len(label)-1] == '-' {
		return faulty("D06", "Label \"%s\" may not start or end with a hyphen.", label)
	}
	return nil
}

// numeric reports whether a last label makes programs read the whole name as an IPv4
// address, short and hexadecimal forms included.
func numeric(label string) bool {
	if digits, hex := strings.CutPrefix(label, "0x"); hex {
		return strings.Trim(digits, "0123456789abcdef") == ""
	}
	return strings.Trim(label, "0123456789") == ""
}

// otherThing finds what people put in the place of a domain.
func otherThing(typed, bare string) *fault {
	if f := anAddress(strings.TrimSuffix(typed, ".")); f != nil {
		return f
	}
	if !utf8.ValidString(typed) {
		return faulty("D05", "A byte that is no text is not allowed in a domain. Type the name anew.")
	}
	if !in(lower(bare), "in-addr.arpa") && strings.ContainsAny(bare, ":/@?#\\") {
		f := faulty("D09", "Enter only the domain, without scheme, port or path.")
		if host := hostIn(typed); host != "" {
			f = faulty("D09", "Enter only the domain, without scheme, port or path. Use \"%s\"?", host)
			f.fix = host
		}
		return f
	}
	for _, r := range bare {
		if r < utf8.RuneSelf && !nameByte(byte(r)) && r != '.' && (r < 'A' || r > 'Z') || r >= 0x80 && r < 0xa0 { //nolint:gosec // below 128
			return wrongCharacter(r)
		}
	}
	return nil
}

// hostIn returns the domain in a URL, or in a domain with a port, a path or an account
// at it; empty when there is none.
func hostIn(typed string) string {
	s := typed
	if _, rest, found := strings.Cut(s, "://"); found {
		s = rest
	}
	s = strings.TrimLeft(s, "/\\")
	if i := strings.IndexAny(s, "/?#\\"); i >= 0 {
		s = s[:i]
	}
	s = s[strings.LastIndexByte(s, '@')+1:]
	s, _, _ = strings.Cut(s, ":")
	if n, f := readName(s); f == nil && n.ASCII != root {
		return n.ASCII
	}
	return ""
}

// wrongCharacter names a character by its code point, and shows it only where it is
// harmless.
func wrongCharacter(r rune) *fault {
	code := fmt.Sprintf("%U", r)
	switch {
	case r == '*':
		return faulty("D05", "Character %s (*) is not allowed in a domain; it covers every name below it by itself.", code)
	case r == ' ':
		return faulty("D05", "Character %s (a space) is not allowed in a domain. Take it away.", code)
	case r > ' ' && r < 0x7f:
		return faulty("D05", "Character %s (%s) is not allowed in a domain: letters, digits, hyphen, underscore.", code, string(r))
	default:
		return faulty("D05", "Character %s is not allowed in a domain. Type the name anew.", code)
	}
}

// notInternational says why a name of another script is none. The library's own words
// would quote the name as it came.
func notInternational(name string) *fault {
	profile := func(options ...idna.Option) *idna.Profile {
		return idna.New(append([]idna.Option{idna.MapForLookup(), idna.StrictDomainName(false), idna.CheckHyphens(false)}, options...)...)
	}
	alone := profile(idna.CheckJoiners(false))
	for _, r := range name {
		if _, err := alone.ToASCII("a" + string(r)); r >= utf8.RuneSelf && err != nil {
			return wrongCharacter(r)
		}
	}
	passes := func(options ...idna.Option) bool {
		_, err := profile(options...).ToASCII(name)
		return err == nil
	}
	reason := "a part begins with a mark that belongs to a letter before it"
	switch {
	case passes():
		reason = "letters of both directions are mixed in a part"
	case strings.ContainsAny(name, "\u200c\u200d"):
		reason = "a joining character stands where nothing is joined"
	case strings.Contains(name, "xn--"):
		reason = "an xn-- part does not stand for a name"
	}
	return faulty("D07", "Not a valid international name: %s.", reason)
}
