package redact

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Key is what stand-ins are made with. Whoever has it can tell an address from its
// stand-in, and can try names.
type Key [32]byte

// digest is a pseudo-random function of a text. The kind keeps the uses apart.
func (k Key) digest(kind, text string) [sha256.Size]byte {
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte(kind))
	mac.Write([]byte{0})
	mac.Write([]byte(text))
	return [sha256.Size]byte(mac.Sum(nil))
}
