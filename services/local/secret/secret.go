// Package secret holds tokens, and finds them. A [Secret] prints *** in every
// form, so a token cannot reach a log, an error, a screen or a file by accident.
package secret

import (
	"fmt"
	"log/slog"
)

const mask = "***"

// Secret is a token. Only [Secret.Reveal] gives its value.
type Secret struct{ value string }

// New wraps a token.
func New(value string) Secret { return Secret{value: value} }

// Reveal returns the token, to be put into a request header and nowhere else.
func (s Secret) Reveal() string { return s.value }

// IsEmpty reports whether there is no token.
func (s Secret) IsEmpty() bool { return s.value == "" }

// Equal reports whether two tokens are the same.
func (s Secret) Equal(other Secret) bool { return s.value == other.value }

// String hides the token.
func (s Secret) String() string { return mask }

// GoString hides the token from %#v.
func (s Secret) GoString() string { return mask }

// Format hides the token from every verb of package fmt.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// MarshalText hides the token from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// MarshalJSON hides the token.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + mask + `"`), nil }

// LogValue hides the token from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(mask) }
