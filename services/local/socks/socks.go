// Package socks speaks SOCKS5 as a client, over a connection that is there. What it
// cannot do is an [Error] that says which part of the proxy refused; the words for it are
// those of whoever asks.
package socks

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"

	"github.com/peerdeck/peerdeck/services/local/secret"
)

// Numbers of RFC 1928 and RFC 1929.
const (
	version       = 5
	authNone      = 0
	authPassword  = 2
	authNobody    = 0xff
	connect       = 1
	addressIPv4   = 1
	addressDomain = 3
	addressIPv6   = 4
	maxName       = 255
)

// Kind is what a proxy would not do.
type Kind int

// The kinds of error.
const (
	NoSOCKS     Kind = iota // what answers speaks something else
	OtherSignIn             // it wants a way of signing in that was not offered
	WrongSignIn             // it refuses the user or the password
	Refused                 // it does not connect; Code says why
	NoTarget                // the address cannot be asked for
)

// Error is why a proxy does not connect.
type Error struct {
	Kind Kind
	Code byte   // the reply of RFC 1928, for Refused
	Text string // what is known beside
}

func (e Error) Error() string { return e.Text }

// Login is the user of a proxy; without a name none is offered. Name and password have
// at most 255 bytes.
type Login struct {
	Name     string
	Password secret.Secret
}

// SignIn begins the exchange. An error that is no Error is one of the connection.
func SignIn(conn net.Conn, l Login) error {
	hello := []byte{version, 1, authNone}
	if l.Name != "" {
		hello = []byte{version, 2, authNone, authPassword}
	}
	reply, err := exchange(conn, hello, 2)
	switch {
	case err != nil:
		return err
	case reply[0] != version:
		return noSOCKS(reply)
	case reply[1] == authNone:
		return nil
	case reply[1] == authNobody || l.Name == "":
		return Error{Kind: OtherSignIn, Text: "the proxy wants another way of signing in"}
	case reply[1] != authPassword:
		return Error{Kind: NoSOCKS, Text: fmt.Sprintf("it chose the way %d of signing in, which was not offered", reply[1])}
	}
	word := l.Password.Reveal()
	if len(l.Name) > maxName || len(word) > maxName {
		return Error{Kind: WrongSignIn, Text: "the user or the password is longer than 255 bytes"}
	}
	login := append([]byte{1, byte(len(l.Name))}, l.Name...) //nolint:gosec // at most 255
	login = append(append(login, byte(len(word))), word...)  //nolint:gosec // the same
	reply, err = exchange(conn, login, 2)
	if err != nil {
		return err
	}
	if reply[1] != 0 {
		return Error{Kind: WrongSignIn, Text: "the proxy refuses the user or the password"}
	}
	return nil
}

// noSOCKS keeps how an answer begins, where it is text: that of an HTTP proxy is.
func noSOCKS(reply []byte) Error {
	text := fmt.Sprintf("it answers with version %d", reply[0])
	if reply[0] == 'H' {
		text = "it answers as an HTTP proxy does"
	}
	return Error{Kind: NoSOCKS, Text: text}
}

// Connect asks for a connection to a host and a port. A name is for the proxy to resolve.
func Connect(conn net.Conn, address string) error {
	to, err := target(address)
	if err != nil {
		return Error{Kind: NoTarget, Text: err.Error()}
	}
	const head = 5 // as far as the length of what follows is told
	reply, err := exchange(conn, append([]byte{version, connect, 0}, to...), head)
	switch {
	case err != nil:
		return err
	case reply[0] != version:
		return noSOCKS(reply)
	case reply[1] != 0:
		return Error{Kind: Refused, Code: reply[1], Text: reason(reply[1])}
	}
	var rest int // of the address that the proxy sends from, and the port
	switch reply[3] {
	case addressIPv4:
		rest = 4 - 1 + 2
	case addressIPv6:
		rest = 16 - 1 + 2
	case addressDomain:
		rest = int(reply[4]) + 2
	default:
		return Error{Kind: NoSOCKS, Text: fmt.Sprintf("it answers with an address of kind %d", reply[3])}
	}
	_, err = io.ReadFull(conn, make([]byte, rest))
	return err
}

// target is an address as it stands in a request.
func target(address string) ([]byte, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	const bits = 16
	number, err := strconv.ParseUint(port, 10, bits)
	if err != nil {
		return nil, err
	}
	var out []byte
	if a, err := netip.ParseAddr(host); err == nil {
		a = a.Unmap()
		kind := byte(addressIPv6)
		if a.Is4() {
			kind = addressIPv4
		}
		out = append([]byte{kind}, a.AsSlice()...)
	} else {
		if host == "" || len(host) > maxName {
			return nil, errors.New("a name has 1 to 255 bytes")
		}
		out = append([]byte{addressDomain, byte(len(host))}, host...) //nolint:gosec // at most 255
	}
	return binary.BigEndian.AppendUint16(out, uint16(number)), nil
}

// reason is what a code of the proxy means, in the words of RFC 1928.
func reason(code byte) string {
	switch code {
	case 2:
		return "connection not allowed by ruleset"
	case 3:
		return "network unreachable"
	case 4:
		return "host unreachable"
	case 5:
		return "connection refused"
	case 6:
		return "TTL expired"
	case 7:
		return "command not supported"
	case 8:
		return "address type not supported"
	default:
		return fmt.Sprintf("general failure (code %d)", code)
	}
}

// exchange sends a message and reads an answer of a fixed size.
func exchange(conn net.Conn, message []byte, size int) ([]byte, error) {
	if _, err := conn.Write(message); err != nil {
		return nil, err
	}
	reply := make([]byte, size)
	_, err := io.ReadFull(conn, reply)
	return reply, err
}
