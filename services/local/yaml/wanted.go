package yaml

import "reflect"

// Wanted says what should stand where a value has the wrong type, in the words of
// somebody who writes YAML.
func Wanted(t reflect.Type) string {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == nil:
		return "another value"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Slice:
		return "a list"
	case t.Kind() == reflect.Struct:
		return "a group of keys"
	default:
		return "a text"
	}
}
