package table

import (
	"strconv"
	"strings"

	"peerdeck/model"
)

// mapField is where the map of a resolver lies in a request, as Konnect names a field
// that it refuses.
const mapField = "private_dns_attachment_config.dns_config"

// Refused tells which row a refused parameter is about, and which of its servers: their
// places from 0, -1 for none. A domain has dots in it as the path of a field has, so
// the longest domain that fits is taken.
func Refused(p model.InvalidParameter, rows []Row) (row, server int) {
	_, path, found := strings.Cut(p.Field.Raw(), mapField)
	if !found {
		return -1, -1
	}
	path = strings.TrimLeft(path, `.["'/`)
	row, length := -1, -1
	for i := range rows {
		for _, name := range []string{rows[i].Key.Raw(), rows[i].Domain()} {
			if name != "" && len(name) > length && fits(path, name) {
				row, length = i, len(name)
			}
		}
	}
	if row < 0 {
		return -1, -1
	}
	return row, serverPlace(path[length:], len(rows[row].Servers))
}

// fits reports whether a path begins with a name, and the name ends there.
func fits(path, name string) bool {
	if len(path) < len(name) || !strings.EqualFold(path[:len(name)], name) {
		return false
	}
	rest := path[len(name):]
	return rest == "" || strings.ContainsAny(rest[:1], `."'/[]`)
}

// serverPlace reads the number at the end of a path, whether it is written with a dot
// or in brackets.
func serverPlace(path string, count int) int {
	path = strings.TrimRight(path, "]")
	at := strings.LastIndexAny(path, ".[/")
	n, err := strconv.Atoi(path[at+1:])
	if err != nil || n < 0 || n >= count {
		return -1
	}
	return n
}
