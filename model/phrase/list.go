package phrase

import (
	"fmt"
	"strconv"
	"strings"
)

// And writes a list as a sentence does: "a", "a and b", "a, b and c".
func And(list []string) string { return joined(list, " and ") }

// Or writes a choice as a sentence does: "a, b or c".
func Or(list []string) string { return joined(list, " or ") }

// Few writes a list as And does, of a long one the first ones and how many more there
// are: "a, b and 3 more".
func Few(list []string, most int) string {
	if len(list) <= most {
		return And(list)
	}
	return strings.Join(list[:most], ", ") + " and " + strconv.Itoa(len(list)-most) + " more"
}

// List writes values in their order as a cell does: "10.1.0.4, 10.1.0.5".
func List[T fmt.Stringer](list []T) string { return strings.Join(Strings(list), ", ") }

// Strings are values as they are shown, for And and Few.
func Strings[T fmt.Stringer](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.String()
	}
	return out
}

func joined(list []string, last string) string {
	n := len(list)
	if n < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:n-1], ", ") + last + list[n-1]
}
