package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model/safe"
)

var errNoText = errors.New("it holds bytes that are no text")

func acceptDocument(data []byte, into *json.RawMessage) error {
	if !utf8.Valid(data) {
		return errNoText
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return shape(err)
	}
	var out bytes.Buffer
	if err := json.Compact(&out, data); err != nil {
		return shape(err)
	}
	*into = out.Bytes()
	return nil
}

func acceptLines[T any](data []byte, into *[]T) error {
	if !utf8.Valid(data) {
		return errNoText
	}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		var v T
		if line[0] != '{' {
			return fmt.Errorf("line %d is no JSON object", number)
		}
		if err := json.Unmarshal(line, &v); err != nil {
			return fmt.Errorf("line %d: %w", number, shape(err))
		}
		if c, ok := any(v).(interface{ check() error }); ok {
			if err := c.check(); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		*into = append(*into, v)
	}
	return nil
}

// shape says why JSON is not of the shape that is wanted.
func shape(err error) error {
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		where := t.Field
		if where == "" {
			where = "it"
		}
		return fmt.Errorf("%s is a JSON %s, which has no place there", safe.Clean(where), safe.Clean(t.Value))
	}
	return fmt.Errorf("it is no JSON: %s", safe.Clean(err.Error()))
}

// check looks at what a replay relies on.
func (e Exchange) check() error {
	switch {
	case e.Method == "" || e.Path == "" || e.Path[0] != '/':
		return errors.New("an exchange without a method, or without a path that begins with /")
	case e.Status == 0 && e.Failure == nil:
		return errors.New("an exchange without an answer and without a failure")
	case e.Status != 0 && (e.Status < 100 || e.Status > 599):
		return fmt.Errorf("the status %d, which HTTP does not have", e.Status)
	}
	return nil
}

// check looks at what a replay relies on.
func (a DNSAnswer) check() error {
	const most = 65535 // bytes of a DNS message
	switch {
	case a.Server == "" || a.Name == "":
		return errors.New("a DNS answer without a server, or without a name")
	case len(a.Wire) > most || len(a.Query) > most:
		return errors.New("a DNS message that is longer than 65,535 bytes")
	case len(a.Wire) == 0 && a.Fault == "":
		return errors.New("a question without an answer and without a fault")
	}
	return nil
}
