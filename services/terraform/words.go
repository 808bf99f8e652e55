package terraform

import (
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Identifier makes the name of a resource: letters, digits and _, a letter first. What
// begins with none gets the word before it.
func Identifier(t safe.Text, before string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return unicode.ToLower(r)
		default:
			return '_'
		}
	}, t.Raw())
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		name = before + "_" + name
	}
	return name[:min(longest, len(name))]
}

// longest is the most that the name of a resource has, in bytes: it is read beside its type.
const longest = 60

// given are the names that resources have, each with its type before it.
type given map[string]bool

// of gives a resource a name of its own among those of its type.
func (g given) of(kind string, t safe.Text, before string) string {
	name := model.FreeName(Identifier(t, before), "_", longest, func(name string) bool { return g[kind+"."+name] })
	g[kind+"."+name] = true
	return name
}

// quoted is a text between quotation marks, as the language wants it.
func quoted(t safe.Text) hclwrite.Tokens { return hclwrite.TokensForValue(cty.StringVal(t.Raw())) }

func word(s string) hclwrite.Tokens { return hclwrite.TokensForValue(cty.StringVal(s)) }

func list(texts []safe.Text) hclwrite.Tokens {
	var all []hclwrite.Tokens
	for _, t := range texts {
		all = append(all, quoted(t))
	}
	return hclwrite.TokensForTuple(all)
}

// member is a member of an object.
type member struct {
	name  hclwrite.Tokens
	value hclwrite.Tokens
}

// named is a member whose name is a word of the provider.
func named(name string, value hclwrite.Tokens) member {
	return member{hclwrite.TokensForIdentifier(name), value}
}

func object(members ...member) hclwrite.Tokens {
	var all []hclwrite.ObjectAttrTokens
	for _, m := range members {
		all = append(all, hclwrite.ObjectAttrTokens{Name: m.name, Value: m.value})
	}
	return hclwrite.TokensForObject(all)
}

// reference is a path such as konnect_cloud_gateway_network.eu.id.
func reference(parts ...string) hclwrite.Tokens {
	return hclwrite.TokensForIdentifier(strings.Join(parts, "."))
}

// comment writes a remark, a line for each of the text.
func comment(b *hclwrite.Body, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		b.AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte(strings.TrimRight("# "+safe.Clean(line), " ") + "\n")}})
	}
}
