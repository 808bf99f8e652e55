package file

import (
	"errors"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// maxFile bounds a file: a thousand domains take some sixty kilobytes.
const maxFile = 256 << 10

// ErrEmpty is returned for a file that says nothing.
var ErrEmpty = errors.New("it is empty; peerdeck's README shows what a set-up file looks like")

// Read reads a set-up file. Whether what it asks for can be done is another
// question: see [setup.Request.Problems].
func Read(path string) (setup.Request, error) { return whole().Read(path) }

// ReadFrom reads a set-up file that is open already; name says what it is in an
// error.
func ReadFrom(r io.Reader, name string) (setup.Request, error) { return whole().From(r, name) }

// whole is how the file as such is read.
func whole() strictyaml.File[setup.Request] {
	return strictyaml.File[setup.Request]{Kind: "set-up file", Most: maxFile, Parse: Parse}
}

// Parse reads the content of a set-up file. Without a group dns there are no
// mappings.
func Parse(data []byte) (setup.Request, error) {
	var d document
	if err := strictyaml.Decode(data, &d); err != nil {
		return setup.Request{}, explain(err)
	}
	if d == (document{}) {
		return setup.Request{}, ErrEmpty
	}
	if d.Azure.VNet != "" && d.Azure.Hub != "" {
		return setup.Request{}, fmt.Errorf("azure names a vnet (%s) and a virtual_hub (%s), and a peering is with one of them; take the other one away", short(string(d.Azure.VNet)), short(string(d.Azure.Hub)))
	}
	return d.request(), nil
}

// explain says where an error is, and what may stand there.
func explain(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return errors.New(safe.Clean(err.Error()))
	}
	at := y.GetToken().Position
	where := fmt.Sprintf("line %d, column %d", at.Line, at.Column)
	word := short(y.GetToken().Value)
	var unknown *yaml.UnknownFieldError
	var wrong *yaml.TypeError
	var node *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("%s: there is no key %q; there are network, create_network (with region, zones, cidr, account), peering, azure (with tenant_id, subscription_id, resource_group, vnet or virtual_hub, role_name, app_id), dns (with mode and mappings, each with domains and servers) and route (with control_plane, geo, service with name, url or protocol, host, port, path, and route with name, protocols, paths, hosts, methods, snis, strip_path)", where, word)
	case errors.As(err, &wrong):
		return fmt.Errorf("%s: %q is of the wrong type; %s is wanted", where, word, strictyaml.Wanted(wrong.DstType))
	case errors.As(err, &node) && node.Expected == ast.SequenceType:
		return fmt.Errorf("%s: %q stands alone; a list is wanted, such as [%s]", where, word, word)
	case errors.As(err, &node) && node.Expected == ast.MappingType:
		return fmt.Errorf("%s: %q stands alone; a group of keys is wanted, each on a line of its own below", where, word)
	default:
		return fmt.Errorf("%s: %s", where, strictyaml.Message(y))
	}
}

// short is a word of a file, for a sentence.
func short(word string) string {
	const most = 40
	if runes := []rune(safe.Clean(word)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return safe.Clean(word)
}
