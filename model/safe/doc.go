// Package safe holds the one type through which remote, file, environment and
// DNS text may reach a terminal.
//
// A terminal obeys what it is sent: a network whose name holds an escape
// sequence can write to the clipboard, hide text, or answer for the person at
// the keyboard, and the renderer lets several of these forms through. So text
// from outside is a [Text] from the moment it is decoded. Printing a Text gives
// a harmless form in which everything invisible has become visible; the exact
// bytes are reached only by asking for [Text.Raw], which no screen may do.
package safe
