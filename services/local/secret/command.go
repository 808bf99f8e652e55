package secret

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/helper"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Command is a token that a helper program prints: alone, or as the member token,
// access_token or accessToken of a JSON object.
type Command struct {
	Argv  []string
	Limit time.Duration // the most that it may take; 0 for a minute
	Clock attempt.Clock // nil for that of the machine
}

// commandPatience bounds a helper, which may ask a person for a password in a window.
const commandPatience = 60 * time.Second

// Token runs the helper, without a shell, and takes what it prints.
func (c Command) Token(ctx context.Context) (Secret, error) {
	if len(c.Argv) == 0 {
		return Secret{}, fmt.Errorf("the token command is empty: %w", ErrNone)
	}
	limit := c.Limit
	if limit == 0 {
		limit = commandPatience
	}
	out, err := helper.Program{Argv: c.Argv, Limit: limit, Most: maxToken, Clock: c.Clock}.Run(ctx)
	if err != nil {
		return Secret{}, fmt.Errorf("the token command: %w", err)
	}
	return taken(out)
}

// Describe says where the token comes from.
func (c Command) Describe() string {
	return "the command " + strings.Join(c.Argv[:min(1, len(c.Argv))], "")
}

// Kind is that of a helper.
func (c Command) Kind() model.IdentitySource { return model.FromHelper }

// taken finds the token in what a helper printed: it may have warned of something first.
func taken(out helper.Output) (Secret, error) {
	text := out.Text()
	if token := Clean(text); oneWord(token) && !strings.HasPrefix(token, "{") {
		return New(token), nil
	}
	from := "the token command " + out.Program
	if strings.Contains(text, "{") {
		token, err := member(out, from)
		if err == nil || !strings.Contains(text, "kpat_") {
			return token, err
		}
	}
	if word := marked(text); word != "" {
		return New(word), nil
	}
	if strings.TrimSpace(text) == "" && !out.Said().IsEmpty() {
		return Secret{}, fmt.Errorf("%s: %w is printed; it said: %s", from, ErrNone, out.Said())
	}
	return Parse(text, from)
}

// marked is the only line of a text that is a token of Konnect by its mark; empty for none,
// or for several.
func marked(text string) string {
	found := ""
	for line := range strings.SplitSeq(text, "\n") {
		word := Clean(line)
		if !regexp.MustCompile(`^[ks]pat_[A-Za-z0-9_.-]+$`).MatchString(word) || word == found {
			continue
		}
		if found != "" {
			return ""
		}
		found = word
	}
	return found
}

// member takes the token out of the JSON that a helper printed.
func member(out helper.Output, from string) (Secret, error) {
	names := []string{"token", "access_token", "accessToken"}
	object, err := out.Object(names...)
	if err != nil {
		return Secret{}, fmt.Errorf("the token command: %w", err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(object, &members); err != nil {
		return Secret{}, fmt.Errorf("%s printed JSON that cannot be read", from)
	}
	for _, name := range names {
		var text string
		if json.Unmarshal(members[name], &text) == nil && text != "" {
			return Parse(text, from)
		}
	}
	return Secret{}, fmt.Errorf("%s printed JSON whose token is no text", from)
}
