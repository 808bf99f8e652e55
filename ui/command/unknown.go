package command

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// unknown is the error of a flag that names what is not there. Where the name of
// something else differs from it by a slip, that is offered, with the command line as it
// is then.
func (c *cli) unknown(what, name string, there []string) error {
	const some = 12
	said := fmt.Sprintf("--%s: there is no %s %q", what, what, name)
	if meant := near.Names(name, there); len(meant) > 0 {
		return fmt.Errorf("%s; is %s meant?\nTry: %s", said, phrase.Or(meant), c.again(what, name, meant[0]))
	}
	return fmt.Errorf("%s; there are: %s", said, phrase.Few(there, some))
}

// again is the command line with another value for a flag.
func (c *cli) again(flag, before, after string) string {
	words := slices.Clone(c.args)
	for i := range words {
		switch {
		case words[i] == "--"+flag+"="+before:
			words[i] = "--" + flag + "=" + after
		case i > 0 && words[i-1] == "--"+flag && words[i] == before:
			words[i] = after
		}
		words[i] = model.ShellQuote(safe.Clean(withoutPassword(words[i])))
	}
	return strings.Join(append([]string{"peerdeck"}, words...), " ")
}

// withoutPassword is a word without the password of an address in it.
func withoutPassword(word string) string {
	scheme, rest, _ := strings.Cut(word, "://")
	at := strings.LastIndexByte(rest, '@')
	if user, _, secret := strings.Cut(rest[:max(0, at)], ":"); secret {
		return scheme + "://" + user + ":***" + rest[at:]
	}
	return word
}
