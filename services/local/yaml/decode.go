// Package yaml reads YAML that people write: an unknown key is an error,
// and no file can end the program.
package yaml

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model/safe"
)

// ErrNotUnderstood is returned for YAML on which the decoder itself fails. It
// does, up to 1.19 at least, on a tag without a value where a list is expected.
var ErrNotUnderstood = errors.New("this YAML cannot be understood; look for a tag (!) or an anchor (& or *) without a value")

// ErrTwoDocuments is returned for a text with more than one document: all but the
// first would be passed over in silence.
var ErrTwoDocuments = errors.New("there is a second document after a line ---; write one document into one file")

// Decode reads a document into a value. An empty one gives the zero value. Where the
// error is a [yaml.Error] it knows line and column, whatever ends the lines and however
// it is encoded.
func Decode(data []byte, into any) error { return decode(data, into) }

func decode(data []byte, into any, more ...yaml.DecodeOption) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrNotUnderstood
		}
	}()
	decoder := yaml.NewDecoder(strings.NewReader(safe.Decode(data)), append(more, yaml.Strict())...)
	err = decoder.Decode(into)
	if errors.Is(err, io.EOF) {
		return nil
	}
	var second any
	if err == nil && !errors.Is(decoder.Decode(&second), io.EOF) && second != nil {
		return ErrTwoDocuments
	}
	return err
}

// Message says what an error found, fit for a screen, and what to do where the decoder
// does not: of a tab at the beginning of a line it only says that nothing begins so.
func Message(y yaml.Error) string {
	message := safe.Clean(y.GetMessage())
	if strings.Contains(y.GetMessage(), "'\t'") {
		return message + ": a tab stands there; YAML takes blanks at the beginning of a line"
	}
	var other *yaml.UnexpectedNodeTypeError
	if errors.As(y, &other) && other.Expected == ast.SequenceType && other.Token != nil {
		return fmt.Sprintf("a list is wanted and no single %q; write it as [first, second]", safe.Clean(other.Token.Value))
	}
	return message
}
