package safe

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Decode returns a text that a person or another program wrote: a file, standard input,
// a paste. It is UTF-8 afterwards, without a mark at its beginning, with "\n" at each
// line's end, and its blanks are blanks. The number of lines stays what a person sees.
//
//   - UTF-8, UTF-16 and UTF-32 are told by the mark at the beginning, and UTF-16 also by
//     the zero bytes that stand in every second place. What is none of them stays as it
//     is; bytes that are no text are refused by whoever reads the words.
//   - Blanks of other widths and those that do not break (U+00A0 and its like) become a
//     blank. Characters without width that stand at the edge of a word are taken away;
//     within a word they stay, because there the rules have to speak of them.
//   - Quotation marks that a word processor has turned become straight ones, where the
//     text has no straight one: in one that has both, they are part of a value.
//
// It is called once, where a text comes in.
func Decode(data []byte) string {
	return straight(blanks(LineEnds(unicodeText(data))))
}

// unicodeText reads UTF-16 and UTF-32.
func unicodeText(data []byte) string {
	s := string(data)
	switch {
	case strings.HasPrefix(s, "\xff\xfe\x00\x00") && len(data)%4 == 0:
		return wide(data[4:], binary.LittleEndian)
	case strings.HasPrefix(s, "\x00\x00\xfe\xff") && len(data)%4 == 0:
		return wide(data[4:], binary.BigEndian)
	case strings.HasPrefix(s, "\xff\xfe"):
		return pairs(data[2:], binary.LittleEndian)
	case strings.HasPrefix(s, "\xfe\xff"):
		return pairs(data[2:], binary.BigEndian)
	}
	switch evens, odds := zeros(data); {
	case odds == 0 && evens > 0 && mostly(evens, len(data)):
		return pairs(data, binary.BigEndian)
	case evens == 0 && odds > 0 && mostly(odds, len(data)):
		return pairs(data, binary.LittleEndian)
	default:
		return s // a mark at its beginning has no width, and goes with the blanks
	}
}

// mostly reports whether zero bytes fill nearly every second place of a text: what is
// written in the letters of these formats has them there.
func mostly(zeros, length int) bool { return length%2 == 0 && zeros*2 >= length*9/10 }

// zeros counts zero bytes in even and in odd places, the first place being even.
func zeros(data []byte) (evens, odds int) {
	for i, b := range data {
		switch {
		case b != 0:
		case i%2 == 0:
			evens++
		default:
			odds++
		}
	}
	return evens, odds
}

func pairs(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) > 1; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	text := string(utf16.Decode(units))
	if len(data) > 0 {
		text += string(utf8.RuneError) // half a character: it was cut off
	}
	return text
}

func wide(data []byte, order binary.ByteOrder) string {
	var b strings.Builder
	for ; len(data) > 3; data = data[4:] {
		r := rune(utf8.RuneError)
		if u := order.Uint32(data); u <= unicode.MaxRune {
			r = rune(u)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// blanks makes every blank a usual one, and takes away what has no width at the edge of a
// word: copied from a page or a chat, a text is full of both.
func blanks(text string) string {
	if isASCII(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	edge := true // what was written last is no part of a word
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
			edge = true
		case weightless(r) && (edge || endsWord(text[i:])):
		default:
			b.WriteString(text[i : i+size])
			edge = parts(r)
		}
		i += size
	}
	return b.String()
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// weightless reports the characters without width that programs leave in what is copied:
// places for a line break, the mark of an encoding, and marks of a direction. Those that
// turn a text round are not among them: they are never there by chance.
func weightless(r rune) bool {
	switch r {
	case '\u200b', '\u2060', '\ufeff', '\u200e', '\u200f', '\u202a', '\u202c':
		return true
	default:
		return false
	}
}

// endsWord reports whether nothing of a word comes behind the characters without width at
// the beginning of a text.
func endsWord(text string) bool {
	rest := strings.TrimLeftFunc(text, weightless)
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || parts(r)
}

// parts reports what stands between words.
func parts(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`,;"'“”„‟‘’()[]{}<>=`, r)
}

// straight makes turned quotation marks straight.
func straight(text string) string {
	if isASCII(text) {
		return text
	}
	if strings.ContainsAny(text, "“”„‟") && !strings.Contains(text, `"`) {
		text = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`).Replace(text)
	}
	if strings.Contains(text, "‘") && !strings.Contains(text, "'") && strings.Count(text, "‘") == strings.Count(text, "’") {
		text = strings.NewReplacer("‘", "'", "’", "'").Replace(text)
	}
	return text
}
