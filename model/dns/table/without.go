package table

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// WithoutMembers returns members without those of some names.
func WithoutMembers(list []Member, names []string) []Member {
	return slices.DeleteFunc(slices.Clone(list), func(m Member) bool { return slices.Contains(names, m.Name.Raw()) })
}

// RowsWithout returns rows whose entries have no member of some names.
func RowsWithout(rows []Row, names []string) []Row {
	if len(names) == 0 {
		return rows
	}
	out := slices.Clone(rows)
	for i := range out {
		out[i].Extra = WithoutMembers(out[i].Extra, names)
	}
	return out
}

// Unwanted lists the members that peerdeck does not know, that were sent back with rows
// and with a configuration, and that a failure names among what was refused.
func Unwanted(f model.Failure, rows []Row, config []Member) []string {
	if f.Kind != model.FailureInvalid {
		return nil
	}
	var names []string
	look := func(list []Member) {
		for _, m := range list {
			name := m.Name.Raw()
			if !slices.Contains(names, name) && slices.ContainsFunc(f.Invalid, func(i model.InvalidParameter) bool { return endsIn(i.Field, name) }) {
				names = append(names, name)
			}
		}
	}
	look(config)
	for _, r := range rows {
		look(r.Extra)
	}
	return names
}

// endsIn reports whether the path of a field ends in a member.
func endsIn(field safe.Text, member string) bool {
	path := field.Raw()
	return path == member || strings.HasSuffix(path, "."+member)
}
