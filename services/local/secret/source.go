package secret

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Source gives a token. It is asked again when the service refuses a token, so
// that a token renewed in a file, a keyring or a helper is taken up while the
// program runs.
type Source interface {
	Token(ctx context.Context) (Secret, error)
	// Describe says where the token comes from, for messages.
	Describe() string
	// Kind is the sort of place that it comes from.
	Kind() model.IdentitySource
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

// Kind is that of a variable.
func (s Static) Kind() model.IdentitySource { return model.FromVariable }

// Variable is a token in a variable, as the person wrote it there.
type Variable struct{ Name, Value string }

// Token takes the token out of the variable.
func (v Variable) Token(context.Context) (Secret, error) {
	if Clean(v.Value) == "" {
		why := "is not set"
		if v.Value != "" {
			why = "is empty"
		}
		return Secret{}, fmt.Errorf("the variable %s %s, so there is %w in it; set it: export %s=kpat_…", v.Name, why, ErrNone, v.Name)
	}
	return Parse(v.Value, v.Name)
}

// Describe says where the token comes from.
func (v Variable) Describe() string { return v.Name }

// Kind is that of a variable.
func (v Variable) Kind() model.IdentitySource { return model.FromVariable }

// File is a token in a file.
type File struct {
	Path string
	// By is what names the file, such as KONNECT_TOKEN_FILE; empty where that is plain.
	By string
}

// Token reads the file. What people put around a token is dropped; see [Clean].
func (f File) Token(context.Context) (Secret, error) {
	name := "the token file " + f.Path
	if f.By != "" {
		name += " (" + f.By + ")"
	}
	info, err := os.Stat(f.Path)
	if err != nil {
		return Secret{}, fmt.Errorf("%s cannot be read: %w", name, keep.Reason(err))
	}
	if !info.Mode().IsRegular() && info.IsDir() {
		return Secret{}, fmt.Errorf("%s is no regular file but a folder", name)
	}
	data, err := keep.Read(f.Path, maxToken)
	if errors.Is(err, keep.ErrNoFile) {
		return Secret{}, fmt.Errorf("%s is no regular file", name)
	}
	if _, long := errors.AsType[keep.TooLong](err); long {
		return Secret{}, fmt.Errorf("%s holds %d bytes; a token is shorter", name, info.Size())
	}
	if err != nil {
		return Secret{}, fmt.Errorf("%s cannot be read: %w", name, keep.Reason(err))
	}
	return Parse(string(data), name)
}

// Describe says where the token comes from.
func (f File) Describe() string { return "the file " + f.Path }

// Kind is that of a file.
func (f File) Kind() model.IdentitySource { return model.FromFile }

// Warning tells when others may read the file, and how to stop that. It is
// empty when all is well, and on Windows, where a mode says nothing.
func (f File) Warning() string {
	info, err := os.Stat(f.Path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return ""
	}
	return fmt.Sprintf("other users of this machine may read the token file %s (mode %04o); run: chmod 600 %s",
		f.Path, info.Mode().Perm(), model.ShellQuote(filepath.Clean(f.Path)))
}
