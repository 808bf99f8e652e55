package model

import (
	"encoding/json"
	"strings"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Write is a request that changes something, as it will be sent: what a screen
// shows before, and a journal keeps. It holds no token.
type Write struct {
	Service WriteService
	Method  string
	URL     safe.Text // whole, with its query
	Body    safe.Text // JSON, indented; empty for none
	// Makes says what comes of it: "the role definition Kong … in acme-prod".
	Makes string
	Kind  ObjectKind
	Sent  bool
}

// ObjectKind is the kind of an object that a run makes.
type ObjectKind string

// The kinds of objects.
const (
	ObjectPrincipal  ObjectKind = "service principal"
	ObjectRole       ObjectKind = "role definition"
	ObjectAssignment ObjectKind = "role assignment"
	ObjectNetwork    ObjectKind = "network"
	ObjectPeering    ObjectKind = "peering"
	ObjectHalf       ObjectKind = "half of a peering"
	ObjectResolver   ObjectKind = "outbound resolver"
	ObjectService    ObjectKind = "gateway service"
	ObjectRoute      ObjectKind = "route"
	ObjectRule       ObjectKind = "security rule"
	ObjectRow        ObjectKind = "mapping row"
	ObjectUserRoute  ObjectKind = "route of a route table"
)

// Kept reports whether a thing of this kind, once made, is the run's to take away again. A
// half is Kong's, and what a row was before is kept as a restore point.
func (k ObjectKind) Kept() bool { return k != ObjectHalf && k != ObjectRow }

// WriteService is the service that a write goes to.
type WriteService string

// The services.
const (
	WriteARM     WriteService = "Azure"
	WriteGraph   WriteService = "Graph"
	WriteKonnect WriteService = "Konnect"
)

// BodyLines returns the body line by line, each in its clean form: what a screen can
// show of a body of any length.
func (w Write) BodyLines() []string {
	if w.Body.IsEmpty() {
		return nil
	}
	lines := strings.Split(strings.TrimRight(w.Body.Raw(), "\n"), "\n")
	for i, l := range lines {
		// A clean form begins at its first letter; the indentation is the layout.
		text := strings.TrimLeft(l, " ")
		lines[i] = l[:len(l)-len(text)] + safe.Clean(text)
	}
	return lines
}

// Command returns a command line for a POSIX shell that sends the same request. The
// Azure CLI adds its own token; for Konnect the token is taken from the variable
// KONNECT_TOKEN, so that the text can be copied and kept.
func (w Write) Command() string {
	var b strings.Builder
	if w.Service == WriteKonnect {
		b.WriteString("curl --fail-with-body --request " + w.Method + " " + ShellQuote(w.URL.Raw()) +
			" \\\n  --header \"Authorization: Bearer $KONNECT_TOKEN\"")
		if !w.Body.IsEmpty() {
			b.WriteString(" \\\n  --header 'Content-Type: application/json' \\\n  --data " + ShellQuote(w.Body.Raw()))
		}
		return b.String()
	}
	c := azurecloud.Of(w.URL.Raw())
	if c != azurecloud.Public {
		b.WriteString(azurecloud.Variable + "=" + c.CLI() + " ")
	}
	b.WriteString("az rest --method " + strings.ToLower(w.Method) + " \\\n  --url " + ShellQuote(w.URL.Raw()))
	if w.Service == WriteGraph {
		b.WriteString(" \\\n  --resource " + c.Graph())
	}
	if !w.Body.IsEmpty() {
		b.WriteString(" \\\n  --body " + ShellQuote(w.Body.Raw()))
	}
	return b.String()
}

// BodyJSON returns the body for a program that reads JSON, nil when there is none. It
// says the same as the body and is harmless to print.
func (w Write) BodyJSON() json.RawMessage {
	if raw := []byte(w.Body.Raw()); json.Valid(raw) {
		return safe.JSON(raw)
	}
	return nil
}

// Key tells writes apart: two with the same key are the same request.
func (w Write) Key() string { return w.Method + " " + w.URL.Raw() + "\n" + w.Body.Raw() }
