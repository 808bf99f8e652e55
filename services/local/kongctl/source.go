package kongctl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Source is the token of a profile, in kongctl's own order: its variable, its file, its
// login. It is read anew each time, so one that kongctl has renewed is taken up.
type Source struct {
	Profile Profile
	Clock   attempt.Clock // nil for that of the machine
}

// Token returns the token that kongctl would use. One that has ended is an error with the
// command that renews it: what renews is kongctl's alone, because how it does that is not
// documented, and where a refresh token is good for one use ours would sign kongctl out.
func (s Source) Token(context.Context) (secret.Secret, error) {
	p := s.Profile
	if name := p.variable("konnect.pat"); name != "" {
		return secret.Parse(p.env(name), name)
	}
	file, err := p.read()
	if err != nil {
		return secret.Secret{}, err
	}
	if said, _ := file.of(p.Name); !said.pat.IsEmpty() {
		return secret.Parse(said.pat.Reveal(), "konnect.pat of the profile "+p.Name+" in "+p.config())
	}
	return s.fromLogin()
}

// Describe says where the token comes from.
func (s Source) Describe() string {
	p := s.Profile
	within := "kongctl's profile " + p.Name
	if name := p.variable("konnect.pat"); name != "" {
		return within + " (" + name + ")"
	}
	if path := s.file(); path == p.config() {
		return within + " (konnect.pat in " + path + ")"
	}
	return within + " (its login in " + p.login() + ")"
}

// Kind is that of kongctl.
func (Source) Kind() model.IdentitySource { return model.FromKongctl }

// Warning tells when others may read the file that holds the token.
func (s Source) Warning() string {
	if path := s.file(); path != "" {
		return secret.File{Path: path}.Warning()
	}
	return ""
}

// file is the one that holds the token; empty where a variable does.
func (s Source) file() string {
	p := s.Profile
	if p.variable("konnect.pat") != "" {
		return ""
	}
	if file, err := p.read(); err == nil {
		if said, _ := file.of(p.Name); !said.pat.IsEmpty() {
			return p.config()
		}
	}
	return p.login()
}

// kept is a login as kongctl keeps it. Source: internal/konnect/auth of kongctl 1.13; the
// place is documented, the members are read from its source, so another form is said to
// be one. The refresh token beside them is not read.
type kept struct {
	Token struct {
		Access    string  `json:"access_token"`
		ExpiresIn float64 `json:"expires_in"`
	} `json:"token"`
	Received string `json:"received_at"`
}

func (s Source) fromLogin() (secret.Secret, error) {
	p := s.Profile
	name := "the login of kongctl's profile " + p.Name + " in " + p.login()
	data, err := keep.Read(p.login(), maxFile)
	_, long := errors.AsType[keep.TooLong](err)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return secret.Secret{}, fmt.Errorf("kongctl's profile %s holds %w: sign in with kongctl login --profile %s, or set konnect.pat in it", p.Name, secret.ErrNone, p.Name)
	case long:
		return secret.Secret{}, fmt.Errorf("%s is longer than %d KiB and is not read", name, maxFile>>10)
	case err != nil:
		return secret.Secret{}, fmt.Errorf("%s cannot be read: %w", name, keep.Reason(err))
	}
	token, ends, err := parseLogin(data)
	if err != nil {
		return secret.Secret{}, fmt.Errorf("%s %w", name, err)
	}
	clock := s.Clock
	if clock == nil {
		clock = attempt.Machine{}
	}
	if !ends.IsZero() && !clock.Now().Before(ends) {
		return secret.Secret{}, fmt.Errorf("%s has expired, at %s; renew it: kongctl get organization --profile %s, and where that fails kongctl login --profile %s",
			name, ends.UTC().Format("2006-01-02 15:04 UTC"), p.Name, p.Name)
	}
	return token, nil
}

// parseLogin reads the token and when it ends; zero where the file does not tell. An error
// repeats nothing of the file.
func parseLogin(data []byte) (token secret.Secret, ends time.Time, err error) {
	var k kept
	if json.Unmarshal(data, &k) != nil {
		return secret.Secret{}, time.Time{}, errors.New("is of another form than the one that peerdeck knows, of kongctl 1.13; give the token in another way, such as KONNECT_TOKEN")
	}
	if token, err = secret.Parse(k.Token.Access, "its member token.access_token"); err != nil {
		return secret.Secret{}, time.Time{}, fmt.Errorf("cannot be used: %w", err)
	}
	const most = 100 * 365 * 24 * 60 * 60 // what is longer is no time, and would turn round
	if received, unknown := time.Parse(time.RFC3339Nano, k.Received); unknown == nil && k.Token.ExpiresIn >= 0 && k.Token.ExpiresIn <= most {
		ends = received.Add(time.Duration(k.Token.ExpiresIn * float64(time.Second)))
	}
	return token, ends, nil
}
