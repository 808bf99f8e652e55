package verdict

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// maxChain is how many aliases are followed. Resolvers stop at 8 to 16; a healthy
// private endpoint has two.
const maxChain = 8

// Chain is the way from a name over its aliases to its addresses, as one answer tells
// it. Nothing beyond the answer is asked.
type Chain struct {
	Aliases   []safe.Text // that the name leads over, in order, without the name itself
	Addresses []safe.Text // at its end, in the order of their numbers
	Note      string      // what is wrong with it
	Loop      bool        // an alias leads back
	Long      bool        // it goes on behind the last alias that was followed
}

// Follow follows a name through the records of an answer, to records of a type such as
// A. Records of other names are passed over.
func Follow(name safe.Text, kind string, records []Record) Chain {
	var c Chain
	at := key(name)
	seen := map[string]bool{at: true}
	for {
		next, aliased := safe.Text{}, false
		for _, r := range records {
			if key(r.Name) != at {
				continue
			}
			switch r.Type {
			case kind:
				c.Addresses = append(c.Addresses, r.Value)
			case "CNAME":
				next, aliased = r.Value, true
			}
		}
		if !aliased || len(c.Addresses) > 0 {
			sortAddresses(c.Addresses)
			return c
		}
		if len(c.Aliases) == maxChain {
			c.Long = true
			c.Note = fmt.Sprintf("the aliases go on after %d; most resolvers give up", maxChain)
			return c
		}
		c.Aliases = append(c.Aliases, next)
		if at = key(next); seen[at] {
			c.Loop = true
			c.Note = fmt.Sprintf("the aliases lead in a circle: %s comes again", next)
			return c
		}
		seen[at] = true
	}
}

// End is the last name of the chain, empty when there are no aliases.
func (c Chain) End() safe.Text {
	if len(c.Aliases) == 0 {
		return safe.Text{}
	}
	return c.Aliases[len(c.Aliases)-1]
}

// Dangling reports whether the chain ends with an alias for which the answer has no
// address.
func (c Chain) Dangling() bool { return len(c.Aliases) > 0 && len(c.Addresses) == 0 }

// key is one spelling for all spellings of a name.
func key(name safe.Text) string { return strings.ToLower(strings.TrimSuffix(name.Raw(), ".")) }

// inside reports whether a name is a domain or lies in it.
func inside(name, domain safe.Text) bool {
	n, d := key(name), key(domain)
	return n != "" && (d == "" || n == d || strings.HasSuffix(n, "."+d))
}
