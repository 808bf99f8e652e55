// Package strictyaml reads YAML that people write: an unknown key is an error,
// and no file can end the program.
package strictyaml

import (
	"bytes"
	"errors"
	"io"

	"github.com/goccy/go-yaml"
)

// ErrNotUnderstood is returned for YAML on which the decoder itself fails. It
// does, up to 1.19 at least, on a tag without a value where a list is expected.
var ErrNotUnderstood = errors.New("this YAML cannot be understood; look for a tag (!) or an anchor (& or *) without a value")

// Decode reads a document into a value. An empty one gives the zero value. Where the
// error is a [yaml.Error] it knows line and column.
func Decode(data []byte, into any) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrNotUnderstood
		}
	}()
	err = yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(into)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
