package near

import "strings"

// labelSlips is how far the labels of a name are from those of a domain. Labels are held
// against each other one by one; one in the middle may be missing, or one too many. A dot
// that is missing, or a hyphen in its place, is one slip of the whole.
func labelSlips(name, domain []string) int {
	if len(name) == len(domain) {
		if d := endSwapped(name, domain); d < far {
			return d
		}
		total := 0
		for i := range domain {
			total += slips(name[i], domain[i])
		}
		return within(total)
	}
	if d := letters(strings.Join(name, "."), strings.Join(domain, ".")); d <= 1 {
		return d
	}
	long, short := name, domain
	if len(domain) > len(name) {
		long, short = domain, name
	}
	best := far
	for i := 1; i < len(long)-1; i++ { // never the first nor the last: they say what it is
		total := missing
		for k := range short {
			at := k
			if k >= i {
				at++
			}
			total += slips(short[k], long[at])
		}
		best = min(best, within(total))
	}
	return best
}

// missing is what a label in the middle costs that is not there; widest is the distance
// beyond which nothing is near.
const (
	missing = 2
	widest  = 3
)

func within(d int) int {
	if d > widest {
		return far
	}
	return d
}

// endSwapped is for names that are the same but for their last label: example.com for
// example.org says little, and corp.example.com for corp.example.org a lot.
func endSwapped(name, domain []string) int {
	last := len(domain) - 1
	if last < 2 || name[last] == domain[last] {
		return far
	}
	for i := range last {
		if name[i] != domain[i] {
			return far
		}
	}
	return min(missing, letters(name[last], domain[last]))
}

// slips is how many letters differ between two words, far where that is too many for
// their length.
func slips(a, b string) int {
	d, length := letters(a, b), max(len([]rune(a)), len([]rune(b)))
	allowed := 0
	switch {
	case length >= 9:
		allowed = 3
	case length >= 6:
		allowed = 2
	case length >= 3:
		allowed = 1
	}
	if d > allowed {
		return far
	}
	return d
}

// letters counts the letters that are to be put in, taken away, replaced or swapped with
// their neighbour to make one word of the other (optimal string alignment).
func letters(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, row := []int(nil), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			change := 1
			if x[i] == y[j] {
				change = 0
			}
			next[j+1] = min(row[j]+change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(y)]
}
