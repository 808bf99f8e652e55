package secret

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/services/local/keep"
	"peerdeck/services/run/work"
)

// Source gives a token. It is asked again when the service refuses a token, so
// that a token renewed in a file, a keyring or a helper is taken up while the
// program runs.
type Source interface {
	Token(ctx context.Context) (Secret, error)
	// Describe says where the token comes from, for messages.
	Describe() string
}

// maxToken bounds what is read as a token. Real ones are below 4 KiB.
const maxToken = 64 << 10

// ErrNone is returned by a source that holds no token.
var ErrNone = errors.New("no token")

// Static is a token that is known already.
type Static struct {
	Value Secret
	From  string
}

// Token returns the token.
func (s Static) Token(context.Context) (Secret, error) {
	if s.Value.IsEmpty() {
		return Secret{}, fmt.Errorf("%s: %w", s.From, ErrNone)
	}
	return s.Value, nil
}

// Describe says where the token comes from.
func (s Static) Describe() string { return s.From }

// File is a token in a file.
type File struct{ Path string }

// Token reads the file. White space around the token is dropped.
func (f File) Token(context.Context) (Secret, error) {
	info, err := os.Stat(f.Path)
	if err != nil {
		return Secret{}, fmt.Errorf("the token file %s cannot be read: %w", f.Path, keep.Reason(err))
	}
	if !info.Mode().IsRegular() {
		return Secret{}, fmt.Errorf("the token file %s is no regular file", f.Path)
	}
	if info.Size() > maxToken {
		return Secret{}, fmt.Errorf("the token file %s holds %d bytes; a token is shorter", f.Path, info.Size())
	}
	data, err := os.ReadFile(f.Path)
	if err != nil {
		return Secret{}, fmt.Errorf("the token file %s cannot be read: %w", f.Path, keep.Reason(err))
	}
	return parse(safe.Decode(data), "the token file "+f.Path)
}

// Describe says where the token comes from.
func (f File) Describe() string { return "the file " + f.Path }

// Warning tells when others may read the file, and how to stop that. It is
// empty when all is well, and on Windows, where a mode says nothing.
func (f File) Warning() string {
	info, err := os.Stat(f.Path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return ""
	}
	return fmt.Sprintf("other users of this machine may read the token file %s (mode %04o); run: chmod 600 %s",
		f.Path, info.Mode().Perm(), filepath.Clean(f.Path))
}

// Keyring is a token in the keyring of the operating system.
type Keyring struct{ Service, User string }

// keyringPatience bounds the wait for a keyring, which may be locked, ask its
// owner, or not be there at all.
const keyringPatience = 3 * time.Second

// Token asks the keyring.
func (k Keyring) Token(ctx context.Context) (Secret, error) {
	ctx, cancel := context.WithTimeout(ctx, keyringPatience)
	defer cancel()
	value, err := work.Await(ctx, "asking the keyring", func() (string, error) { return keyring.Get(k.Service, k.User) })
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return Secret{}, fmt.Errorf("the keyring: %w", ErrNone)
	case ctx.Err() != nil:
		return Secret{}, fmt.Errorf("the keyring gave no answer within %s", phrase.Exact(keyringPatience))
	case err != nil:
		return Secret{}, fmt.Errorf("the keyring cannot be asked: %w", err)
	}
	return parse(value, "the keyring")
}

// Describe says where the token comes from.
func (k Keyring) Describe() string {
	return fmt.Sprintf("the keyring (service %s, user %s)", k.Service, k.User)
}

// Command is a token that a helper program prints.
type Command struct{ Argv []string }

// commandPatience bounds a helper, which may ask a person for a password.
const commandPatience = 60 * time.Second

// Token runs the helper, without a shell, and takes what it prints.
func (c Command) Token(ctx context.Context) (Secret, error) {
	if len(c.Argv) == 0 {
		return Secret{}, fmt.Errorf("the token command is empty: %w", ErrNone)
	}
	ctx, cancel := context.WithTimeout(ctx, commandPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Argv[0], c.Argv[1:]...) //nolint:gosec // the user's own configuration names it
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return Secret{}, fmt.Errorf("the token command %s failed: %s", c.Argv[0], firstLine(string(exit.Stderr), exit.Error()))
		}
		return Secret{}, fmt.Errorf("the token command %s cannot be run: %w", c.Argv[0], err)
	}
	if len(out) > maxToken {
		return Secret{}, fmt.Errorf("the token command %s printed %d bytes; a token is shorter", c.Argv[0], len(out))
	}
	return parse(safe.Decode(out), "the token command "+c.Argv[0])
}

// Describe says where the token comes from.
func (c Command) Describe() string {
	return "the command " + strings.Join(c.Argv[:min(1, len(c.Argv))], "")
}

// parse takes one word. Anything else would break the request header, and its
// text is not repeated, because it may be a token with a stray line beside it.
func parse(text, from string) (Secret, error) {
	token := strings.TrimSpace(text)
	if token == "" {
		return Secret{}, fmt.Errorf("%s: %w is in it; put one there", from, ErrNone)
	}
	for _, r := range token {
		if r <= ' ' || r > '~' {
			return Secret{}, fmt.Errorf("%s holds more than a token: it has blanks, line breaks or unusual characters", from)
		}
	}
	return New(token), nil
}

func firstLine(text, otherwise string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if line == "" {
		return otherwise
	}
	return line
}
