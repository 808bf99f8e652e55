package file

import (
	"net/netip"
	"strings"
)

// address reports whether a word is an address, with brackets or without.
func address(word string) bool {
	_, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(word, "["), "]"))
	return err == nil
}

// addressPort reports whether a word is an address with a port.
func addressPort(word string) bool {
	_, err := netip.ParseAddrPort(word)
	return err == nil
}
