package kongctl

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/secret"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// errNoYAML says nothing of what stands there: it may be a token.
var errNoYAML = errors.New("it is no YAML that can be understood; kongctl get profiles says what is wrong with it")

// config is kongctl's configuration file: its profiles, by name in small letters, because
// kongctl does not tell capitals apart there.
type config map[string]group

// group is what is read of a profile. All else in it is kongctl's.
type group struct {
	region, baseURL string
	pat             secret.Secret
	wrong           string // the path of a value that is no text
}

// parse reads a configuration file. Keys that are not known are no fault: the file is
// kongctl's, and newer ones say more. An error repeats nothing of the text, in which
// tokens may stand.
func parse(data []byte) (config, error) {
	tree, err := strictyaml.ParseTree(data)
	if err != nil {
		return nil, errNoYAML
	}
	out := config{}
	for _, name := range tree.Keys() {
		var g group
		text := func(key string) string {
			node := tree.At(name, "konnect", key)
			if node == nil {
				return ""
			}
			if _, is := node.(*ast.MappingNode); is {
				g.wrong = "konnect." + key
				return ""
			}
			value, err := strictyaml.Single(node)
			if err != nil {
				g.wrong = "konnect." + key
			}
			return value.Raw()
		}
		g.region, g.baseURL, g.pat = text("region"), text("base-url"), secret.New(text("pat"))
		out[strings.ToLower(safe.Clean(name))] = g
	}
	return out, nil
}

func (c config) of(name string) (group, bool) {
	g, there := c[strings.ToLower(name)]
	return g, there
}

func (c config) names() []string { return slices.Sorted(maps.Keys(c)) }
