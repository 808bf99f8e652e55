package verdict

// Known is a fact that may be missing. The zero value is a fact that nobody looked for.
type Known[T any] struct {
	value T
	why   string
	known bool
}

// Know returns a fact that was found out.
func Know[T any](value T) Known[T] { return Known[T]{value: value, known: true} }

// NotKnown returns a fact that could not be found out, with the reason in a few words,
// such as "the subscription cannot be read".
func NotKnown[T any](why string) Known[T] { return Known[T]{why: why} }

// Get returns the fact and whether it is known.
func (k Known[T]) Get() (T, bool) { return k.value, k.known }

// IsKnown reports whether the fact was found out.
func (k Known[T]) IsKnown() bool { return k.known }

// Why says why the fact is not known; it is empty for one that is.
func (k Known[T]) Why() string {
	switch {
	case k.known:
		return ""
	case k.why == "":
		return "it was not looked up"
	default:
		return k.why
	}
}

// is reports whether a fact is known and has a value.
func is[T comparable](k Known[T], value T) bool { return k.known && k.value == value }
