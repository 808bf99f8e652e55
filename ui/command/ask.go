package command

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/services/run/work"
)

// ask puts a question to the terminal and returns the line that is typed. Its end
// without an answer is an empty one. The error is the end of ctx, as by ctrl+c.
func (c *cli) ask(ctx context.Context, in *bufio.Reader, text string) (string, error) {
	_, _ = fmt.Fprint(c.world.Err, text)
	answer, err := work.Await(ctx, "asking", func() (string, error) {
		line, _ := in.ReadString('\n')
		return line, nil
	})
	if err != nil {
		_, _ = fmt.Fprintln(c.world.Err)
	}
	return strings.TrimSpace(answer), err
}

// agreed reports whether an answer is y or yes.
func agreed(answer string) bool {
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(answer))
}
