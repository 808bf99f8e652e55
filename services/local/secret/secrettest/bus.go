// Package secrettest plays a keyring for tests: a D-Bus session with a Secret Service
// behind a socket, which can be shut in every way that a real one can.
package secrettest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"github.com/peerdeck/peerdeck/services/run/work"
)

// Ring is a keyring.
type Ring struct {
	// Items are the tokens, by "service user".
	Items map[string]string
	// Refuse is the name of the error that the Secret Service gives to everything, such as
	// org.freedesktop.DBus.Error.ServiceUnknown; empty for none.
	Refuse string
	// Locked: its collection is locked. Hidden: a locked one does not show its items.
	Locked, Hidden bool
	// NoneMade: there is only what ends with the session.
	NoneMade bool
	// Silent: it takes calls and never answers.
	Silent bool
	// Shy: it does not even let in.
	Shy bool
}

const (
	collection = "/org/freedesktop/secrets/collection/login"
	passing    = "/org/freedesktop/secrets/collection/session"
)

// Serve plays the keyring until the test ends, and returns the address of its session, for
// DBUS_SESSION_BUS_ADDRESS.
func Serve(tb testing.TB, r Ring) string {
	tb.Helper()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	b := &bus{ring: r, open: map[net.Conn]bool{}}
	group := work.NewGroup(context.Background(), func(p work.Panic) { tb.Error(p) })
	group.Go("playing a keyring", func(context.Context) {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			group.Go("a conversation with a keyring", func(context.Context) { b.talk(conn) })
		}
	})
	tb.Cleanup(func() {
		_ = listener.Close()
		b.close()
		group.Wait()
	})
	host, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	return "tcp:host=" + host + ",port=" + port
}

type bus struct {
	ring Ring
	mu   sync.Mutex
	open map[net.Conn]bool
}

func (b *bus) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for conn := range b.open {
		_ = conn.Close()
	}
}

func (b *bus) talk(conn net.Conn) {
	b.mu.Lock()
	b.open[conn] = true
	b.mu.Unlock()
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	if !b.letIn(in, conn) {
		return
	}
	for {
		call, err := dbus.DecodeMessage(in)
		if err != nil {
			return
		}
		if call.Type != dbus.TypeMethodCall {
			continue
		}
		if answer := b.answer(call); answer != nil && !send(conn, answer) {
			return
		}
	}
}

// letIn is the greeting of D-Bus.
func (b *bus) letIn(in *bufio.Reader, out io.Writer) bool {
	if _, err := in.ReadByte(); err != nil {
		return false
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		var answer string
		switch line = strings.TrimSpace(line); {
		case b.ring.Shy:
			continue
		case line == "BEGIN":
			return true
		case strings.HasPrefix(line, "AUTH EXTERNAL"):
			answer = "OK 00000000000000000000000000000001"
		case strings.HasPrefix(line, "AUTH"):
			answer = "REJECTED EXTERNAL"
		default:
			answer = "ERROR"
		}
		if _, err := io.WriteString(out, answer+"\r\n"); err != nil {
			return false
		}
	}
}

// answer is what the bus or the keyring says to a call; nil for nothing.
func (b *bus) answer(call *dbus.Message) *dbus.Message {
	to, _ := call.Headers[dbus.FieldDestination].Value().(string)
	member, _ := call.Headers[dbus.FieldMember].Value().(string)
	path, _ := call.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	switch {
	case to == "org.freedesktop.DBus":
		return reply(call, ":1.1")
	case b.ring.Silent:
		return nil
	case b.ring.Refuse != "":
		return refuse(call, b.ring.Refuse)
	}
	switch member {
	case "OpenSession":
		return reply(call, dbus.MakeVariant(""), dbus.ObjectPath("/session"))
	case "SearchItems":
		return b.search(call)
	case "GetSecret":
		return b.secret(call, path)
	case "Get":
		return b.property(call)
	default:
		return refuse(call, "org.freedesktop.DBus.Error.UnknownMethod")
	}
}

// items are the paths of the tokens, by their number.
func (b *bus) search(call *dbus.Message) *dbus.Message {
	attributes, _ := call.Body[0].(map[string]string)
	found, none := []dbus.ObjectPath{}, []dbus.ObjectPath{}
	if _, has := b.ring.Items[attributes["service"]+" "+attributes["username"]]; has && (!b.ring.Locked || !b.ring.Hidden) {
		found = append(found, dbus.ObjectPath(collection+"/"+escape(attributes["service"]+" "+attributes["username"])))
	}
	if b.ring.Locked {
		return reply(call, none, found)
	}
	return reply(call, found, none)
}

func (b *bus) secret(call *dbus.Message, path dbus.ObjectPath) *dbus.Message {
	for name, token := range b.ring.Items {
		if strings.HasSuffix(string(path), "/"+escape(name)) {
			return reply(call, struct {
				Session     dbus.ObjectPath
				Parameters  []byte
				Value       []byte
				ContentType string
			}{"/session", []byte{}, []byte(token), "text/plain"})
		}
	}
	return refuse(call, "org.freedesktop.Secret.Error.NoSuchObject")
}

func (b *bus) property(call *dbus.Message) *dbus.Message {
	switch name, _ := call.Body[1].(string); name {
	case "Collections":
		all := []dbus.ObjectPath{passing}
		if !b.ring.NoneMade {
			all = append(all, collection)
		}
		return reply(call, dbus.MakeVariant(all))
	default: // Locked
		return reply(call, dbus.MakeVariant(b.ring.Locked))
	}
}

// escape makes a name a part of a path of D-Bus.
func escape(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
}

func reply(call *dbus.Message, values ...any) *dbus.Message {
	return &dbus.Message{
		Type: dbus.TypeMethodReply, Body: values,
		Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldReplySerial: dbus.MakeVariant(call.Serial()), dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(values...)),
			dbus.FieldSender: dbus.MakeVariant(":1.2"),
		},
	}
}

func refuse(call *dbus.Message, name string) *dbus.Message {
	m := reply(call, "refused by a test")
	m.Type = dbus.TypeError
	m.Headers[dbus.FieldErrorName] = dbus.MakeVariant(name)
	return m
}

// send writes a message with a number of its own, which the library leaves out.
func send(out io.Writer, m *dbus.Message) bool {
	var text bytes.Buffer
	if m.EncodeTo(&text, binary.LittleEndian) != nil {
		return false
	}
	const number = 8
	binary.LittleEndian.PutUint32(text.Bytes()[number:], 1)
	_, err := out.Write(text.Bytes())
	return err == nil
}
