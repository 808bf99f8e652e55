package model

import "strconv"

// FreeName returns a name that is not taken and has at most so many bytes: the one that is given,
// or as much of it as a number leaves room for. The number begins at 2 and follows the mark.
// Most is at least the length of the mark and of all numbers that there can be.
func FreeName(name, mark string, most int, taken func(string) bool) string {
	free := name[:min(len(name), most)]
	for n := 2; taken(free); n++ {
		end := mark + strconv.Itoa(n)
		free = name[:min(len(name), most-len(end))] + end
	}
	return free
}
