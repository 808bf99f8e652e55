package rest

import "github.com/peerdeck/peerdeck/model/safe"

// Every member of the SDK's models is a pointer that may be nil.

// Text reads a text of an SDK's model.
func Text(s *string) safe.Text {
	if s == nil {
		return safe.Text{}
	}
	return safe.New(*s)
}

// Texts reads a list of texts of an SDK's model.
func Texts(list []*string) []safe.Text {
	var out []safe.Text
	for _, s := range list {
		if s != nil {
			out = append(out, safe.New(*s))
		}
	}
	return out
}
