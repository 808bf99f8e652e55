package settings

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"peerdeck/services/cloud/endpoint"
	"peerdeck/services/local/secret"
)

// token finds the source of the Konnect token, and asks it once. It does not ask the
// service.
func token(ctx context.Context, env Environment, file File, konnect endpoint.Endpoint) (secret.Source, error) {
	source, err := sourceOf(env, file, konnect)
	if err != nil {
		return nil, err
	}
	if _, err := source.Token(ctx); err != nil {
		if _, ring := source.(secret.Keyring); ring && file.Konnect.Keyring == nil {
			return nil, errNoToken(konnect, file)
		}
		return nil, fmt.Errorf("there is no Konnect token%s: %w", file.forContext(), err)
	}
	return source, nil
}

// sourceOf is where the Konnect token comes from. A context that names a source of its
// own uses that one and no other: a variable that was set for another organization would
// show that organization under this one's name.
func sourceOf(env Environment, file File, konnect endpoint.Endpoint) (secret.Source, error) {
	if !file.ownsToken() {
		if v := env("KONNECT_TOKEN"); strings.TrimSpace(v) != "" {
			return variable("KONNECT_TOKEN", env)
		}
		if path := env("KONNECT_TOKEN_FILE"); path != "" {
			return secret.File{Path: path}, nil
		}
	}
	k := file.Konnect
	switch {
	case k.TokenVariable != nil:
		return variable(*k.TokenVariable, env)
	case k.TokenFile != nil:
		return secret.File{Path: *k.TokenFile}, nil
	case len(k.TokenCommand) > 0:
		return secret.Command{Argv: k.TokenCommand}, nil
	case k.Keyring != nil:
		return secret.Keyring{Service: ringService, User: *k.Keyring}, nil
	default:
		return secret.Keyring{Service: ringService, User: konnect.Host()}, nil
	}
}

// ringService is the name under which the keyring has the tokens.
const ringService = "peerdeck"

// variable is a token in an environment variable.
func variable(name string, env Environment) (secret.Source, error) {
	v := strings.TrimSpace(env(name))
	if strings.ContainsFunc(v, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, fmt.Errorf("%s holds more than a token: it has blanks, line breaks or unusual characters", name)
	}
	if v == "" {
		return unset{name}, nil
	}
	return secret.Static{Value: secret.New(v), From: name}, nil
}

// unset is a variable that holds no token.
type unset struct{ name string }

// Token says what to set.
func (u unset) Token(context.Context) (secret.Secret, error) {
	return secret.Secret{}, fmt.Errorf("the variable %s is not set, so there is %w in it; set it: export %s=kpat_…", u.name, secret.ErrNone, u.name)
}

// Describe says where the token would come from.
func (u unset) Describe() string { return u.name }

// tokenNames refuses a token in the place of the name of a variable. It is not repeated:
// what is shown may be read by others.
func tokenNames(k KonnectPart) error {
	if k.TokenVariable == nil {
		return nil
	}
	name := *k.TokenVariable
	if !regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`).MatchString(name) || regexp.MustCompile(`(?i)^[ks]pat_`).MatchString(name) {
		return errors.New("konnect.token_variable is the name of a variable, such as KONNECT_TOKEN_PROD; what stands there is none, and no token belongs in this file")
	}
	return nil
}

// ownsToken reports whether the context names a source of its own.
func (f File) ownsToken() bool { return f.context != nil && f.context.Part.Konnect.hasToken() }

func (f File) forContext() string {
	if f.context == nil {
		return ""
	}
	return " for the context " + f.context.Name
}

func errNoToken(konnect endpoint.Endpoint, file File) error {
	if file.context != nil {
		return fmt.Errorf("there is no Konnect token%s: it names no source; add one in line %d of %s, such as konnect: {token_file: PATH} or {token_command: [PROGRAM]} or {token_variable: NAME}, or keep one in the keyring (service %s, user %s)",
			file.forContext(), file.context.Line, file.path, ringService, konnect.Host())
	}
	text := fmt.Sprintf("there is no Konnect token; set KONNECT_TOKEN, name a file in KONNECT_TOKEN_FILE, or keep one in the keyring (service %s, user %s). Make one at https://cloud.konghq.com/global/account/tokens, or look around with: peerdeck --demo", ringService, konnect.Host())
	if len(file.contexts) > 0 {
		text += "\nno context is chosen; choose one: peerdeck --context " + cmp.Or(file.contexts[0].Name, "NAME") + ", or peerdeck context use NAME; peerdeck context list shows them"
	}
	return errors.New(text)
}
