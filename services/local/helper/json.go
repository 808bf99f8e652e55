package helper

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxLooked bounds how much is read in search of JSON, in bytes over all places at which it
// may begin.
const maxLooked = 16 << 20

// Object finds the JSON object with one of these members in what the program printed.
// Warnings, a mark at the beginning and colours around it are no hindrance. Errors are
// [Error] of the kinds NoJSON and OtherJSON.
func (o Output) Object(wanted ...string) ([]byte, error) {
	text := []byte(o.Text())
	var other map[string]json.RawMessage
	looked := 0
	for at := 0; looked < maxLooked; {
		next := bytes.IndexByte(text[at:], '{')
		if next < 0 {
			break
		}
		at += next
		object, members, length, read := objectAt(text[at:])
		looked += read
		switch {
		case length == 0:
			at++
			continue
		case slices.ContainsFunc(wanted, func(name string) bool { return members[name] != nil && string(members[name]) != "null" }):
			return object, nil
		case other == nil:
			other = members
		}
		at += length
	}
	e := Error{Kind: NoJSON, Program: o.Program, Path: o.Path, Said: o.Said()}
	if other != nil {
		e.Kind, e.Members = OtherJSON, "without "+phrase.Or(wanted)
		if names := slices.Sorted(maps.Keys(other)); len(names) > 0 {
			e.Members += "; it has " + safe.Clean(phrase.Few(names, manyNames))
		}
		e.Said = safe.New(bounded(masked(telling(o.Complaint())))) // its members say more than its first line
	}
	return nil, e
}

// manyNames is the most members that are named.
const manyNames = 6

// objectAt reads an object at the beginning of a text: its bytes, its members, its length
// in bytes (0 when there is none), and how many were looked at.
func objectAt(text []byte) (object []byte, members map[string]json.RawMessage, length, read int) {
	d := json.NewDecoder(bytes.NewReader(text))
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		if wrong, is := errors.AsType[*json.SyntaxError](err); is && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, nil, 0, int(wrong.Offset)
		}
		return nil, nil, 0, len(text) // it has no end
	}
	if json.Unmarshal(raw, &members) != nil {
		return nil, nil, 0, len(raw)
	}
	return raw, members, len(raw), len(raw)
}
