package redact

import (
	"strings"
	"unicode"
)

// Names are stand-ins and what they stand for: what the sender keeps, to make the same
// ones next time and to translate back. Keys are stand-ins in small letters.
type Names map[string]string

const (
	consonants = "bdfgklmnprstvz"
	vowels     = "aeiou"
	syllables  = 5
	maxLabel   = 63 // letters of a label of a domain; a longer one is none, and stays none
)

// word returns the stand-in of a name or a label. Names that differ in the case of their
// letters have stand-ins that differ so too, because the clouds hold some of them for one
// and some for two.
func (r *Redactor) word(name string) string {
	small := strings.ToLower(name)
	stand, known := r.words[small]
	if !known {
		stand = r.newWord(small)
		r.words[small] = stand
	}
	if _, there := r.names[stand]; !there {
		r.names[stand] = name
	}
	r.used[stand] = true
	return likeCase(stand, name)
}

// newWord makes a word of syllables that is neither taken nor a word with a meaning.
func (r *Redactor) newWord(small string) string {
	for try := byte(0); ; try++ {
		sum := r.key.digest("word", small+string(rune(try)))
		var b strings.Builder
		for i := range syllables {
			b.WriteByte(consonants[int(sum[2*i])%len(consonants)])
			b.WriteByte(vowels[int(sum[2*i+1])%len(vowels)])
		}
		if len(small) > maxLabel {
			b.WriteString(strings.Repeat("o", len(small)-b.Len()))
		}
		stand := b.String()
		if was, taken := r.names[stand]; (!taken || strings.EqualFold(was, small)) && !r.vocabulary.has(stand) {
			return stand
		}
	}
}

// likeCase gives a stand-in the case of the letters of a name.
func likeCase(stand, name string) string {
	var upper []bool
	some := false
	for _, c := range name {
		if unicode.IsLetter(c) {
			upper = append(upper, unicode.IsUpper(c))
			some = some || unicode.IsUpper(c)
		}
	}
	if !some {
		return stand
	}
	out, changed := []byte(stand), false
	for i := range out {
		if upper[i%len(upper)] {
			out[i] -= 'a' - 'A'
			changed = true
		}
	}
	if !changed {
		out[len(out)-1] -= 'a' - 'A'
	}
	return string(out)
}

// guid returns the stand-in of a GUID, which keeps its version and its case.
func (r *Redactor) guid(id string) string {
	small := strings.ToLower(id)
	if r.known.guids[small] || strings.Trim(small, "0-") == "" {
		return id
	}
	const hex = "0123456789abcdef"
	sum := r.key.digest("guid", small)
	out := []byte(small)
	n := 0
	for i, c := range out {
		if c == '-' {
			continue
		}
		if i != 14 && i != 19 { // the version and the variant
			out[i] = hex[(sum[n/2]>>(4*(n%2)))&15]
		}
		n++
	}
	stand := string(out)
	r.names[stand], r.used[stand] = small, true
	if strings.ToUpper(id) == id {
		return strings.ToUpper(stand)
	}
	return stand
}

// digits returns the stand-in of a long number, such as an account.
func (r *Redactor) digits(number string) string {
	sum := r.key.digest("digits", number)
	out := []byte(number)
	for i := range out {
		out[i] = '1' + sum[i%len(sum)]%9
	}
	stand := string(out)
	r.names[stand], r.used[stand] = number, true
	return stand
}
