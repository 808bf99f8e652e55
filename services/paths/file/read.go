package file

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// maxFile bounds a file: a thousand changes take some hundred kilobytes.
const maxFile = 1 << 20

// ErrEmpty is returned for a file that says nothing.
var ErrEmpty = errors.New("it is empty; docs/paths-what-if.md shows what a what-if file looks like")

// Read reads a what-if file. Whether what it names is there is another question: see
// [assume.Apply].
func Read(path string) (assume.Proposal, error) { return whole().Read(path) }

// ReadFrom reads a what-if file that is open already; name says what it is in an error.
func ReadFrom(r io.Reader, name string) (assume.Proposal, error) { return whole().From(r, name) }

// whole is how the file as such is read.
func whole() strictyaml.File[assume.Proposal] {
	return strictyaml.File[assume.Proposal]{Kind: "what-if file", Most: maxFile, Parse: Parse}
}

// Parse reads the content of a what-if file. Each change is complete by itself then, or the
// error tells of all that are not.
func Parse(data []byte) (assume.Proposal, error) {
	var d document
	if err := strictyaml.Decode(data, &d); err != nil {
		return assume.Proposal{}, explain(err)
	}
	if d.Network == "" && len(d.Changes) == 0 {
		return assume.Proposal{}, ErrEmpty
	}
	out := assume.Proposal{Network: safe.New(string(d.Network))}
	var wrong []string
	for _, c := range d.Changes {
		change := assume.Change(c)
		for _, p := range assume.Check(change) {
			wrong = append(wrong, fmt.Sprintf("line %d: %s", change.Line, p.Text))
		}
		out.Changes = append(out.Changes, change)
	}
	if len(wrong) > 0 {
		return assume.Proposal{}, errors.New(strings.Join(wrong, "\n"))
	}
	return out, nil
}

// explain says where an error is, and what may stand there.
func explain(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return errors.New(safe.Clean(err.Error()))
	}
	at := y.GetToken().Position
	where := fmt.Sprintf("line %d, column %d", at.Line, at.Column)
	value := strictyaml.Short(y.GetToken().Value)
	var unknown *yaml.UnknownFieldError
	var node *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("%s: there is no key %q; there are network and changes", where, value)
	case errors.As(err, &node) && node.Expected == ast.SequenceType:
		return fmt.Errorf("%s: %q stands alone; changes is a list, whose items begin with add, change or remove", where, value)
	default:
		return fmt.Errorf("%s: %s", where, strictyaml.Message(y))
	}
}
