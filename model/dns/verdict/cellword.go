package verdict

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Mark is the severity that a cell shows. A server that cannot be talked to stands out
// among those that only give an answer to look at.
func (c Cell) Mark() model.Severity {
	for _, dead := range []string{"TIMEOUT", "UNREACH", "WRONG", "HUNG UP", "INVALID"} {
		if strings.HasPrefix(c.Word, dead) {
			return model.SeverityBroken
		}
	}
	return c.Severity
}

// Short is a cell in a word for a narrow column. Of what is fine, the time is enough:
// "12 ms".
func (c Cell) Short() string {
	word := safe.Clean(c.Word)
	if took, fine := strings.CutPrefix(word, "OK "); fine {
		return strings.Replace(took, "ms", " ms", 1)
	}
	return word
}

// Plain is a cell in a word for people: "silent", "refused", "12 ms".
func (c Cell) Plain() string {
	word := c.Short()
	switch {
	case strings.HasPrefix(word, "TIMEOUT"):
		return "silent"
	case strings.HasSuffix(word, " ms"):
		return word
	default:
		return strings.ToLower(word)
	}
}

// Short is an agreement in a word for a narrow column: "same", "2 answers", "1/2 heard".
func (a Agreement) Short() string {
	word := safe.Clean(a.Word)
	if heard, found := strings.CutSuffix(word, " heard"); found {
		return strings.Replace(heard, " of ", "/", 1) + " heard"
	}
	return strings.TrimPrefix(word, "differs: ")
}
