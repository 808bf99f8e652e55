package settings

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/local/kongctl"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

const (
	// The variables that a person points at a token with.
	tokenVariable     = "KONNECT_TOKEN"      //nolint:gosec // the name of a variable
	tokenFileVariable = "KONNECT_TOKEN_FILE" //nolint:gosec // the name of a variable
	// ringService is the name under which the keyring has the tokens.
	ringService = "peerdeck"
)

// konnectToken finds the source of the Konnect token. It does not ask the service.
func konnectToken(ctx context.Context, s *Settings, env Environment, file File) error {
	if v := env(tokenVariable); v != "" && secret.Clean(v) == "" && !file.ownsToken() {
		s.Warnings = append(s.Warnings, tokenVariable+" is set and holds no token; it is passed over")
	}
	notTaken(s, env, file)
	source, asked, err := secret.Pick(ctx, candidates(s, env, file))
	if none, is := errors.AsType[secret.NoToken](err); is {
		none.For, none.Help = file.forContext(), tokenHelp(s.Konnect, file)
		return none
	}
	if err != nil {
		return err
	}
	s.Token = source
	for _, a := range asked {
		s.Warnings = append(s.Warnings, a.Warning(source))
	}
	if file, ok := source.(interface{ Warning() string }); ok {
		if w := file.Warning(); w != "" {
			s.Warnings = append(s.Warnings, w)
		}
	}
	return nil
}

// candidates are the sources that may have the token, in the order in which they are asked.
//
// A variable of the environment is for this run and for one organization: what it points at
// is not replaced. A context that names sources of its own has those and no other: a
// variable that was set for another organization would show that one under this name. The
// configuration file says where tokens usually are, and the keyring is where one may have
// been put: those are asked in turn. A profile of kongctl's that was asked for is the only
// one: it says for which region its token is, too.
func candidates(s *Settings, env Environment, file File) []secret.Candidate {
	var out []secret.Candidate
	if t := s.takenOver; t != nil {
		out = append(out, secret.Candidate{Source: kongctl.Source{Profile: t.Profile, Clock: s.Time.Clock()}, By: t.by, Only: !file.ownsToken(), Leave: t.leave()})
	}
	if !file.ownsToken() {
		if v := env(tokenVariable); secret.Clean(v) != "" {
			out = append(out, secret.Candidate{
				Source: secret.Variable{Name: tokenVariable, Value: v}, By: tokenVariable, Only: true, Leave: "unset " + tokenVariable,
			})
		}
		if path := env(tokenFileVariable); path != "" {
			out = append(out, secret.Candidate{
				Source: secret.File{Path: typed.PathIn(path, env), By: tokenFileVariable}, By: tokenFileVariable, Only: true, Leave: "unset " + tokenFileVariable,
			})
		}
	}
	out = append(out, file.Konnect.candidates(s, env)...)
	if file.Konnect.Keyring == nil && !file.ownsToken() {
		out = append(out, secret.Candidate{Source: secret.Keyring{Service: ringService, User: s.Konnect.Host(), Env: env}})
	}
	return out
}

// candidates are the sources that the configuration file names.
func (k KonnectPart) candidates(s *Settings, env Environment) []secret.Candidate {
	const within = " in the configuration file"
	var out []secret.Candidate
	if name := k.TokenVariable; name != nil {
		out = append(out, secret.Candidate{Source: secret.Variable{Name: *name, Value: env(*name)}, By: "konnect.token_variable" + within})
	}
	if path := k.TokenFile; path != nil {
		const by = "konnect.token_file" + within
		out = append(out, secret.Candidate{Source: secret.File{Path: typed.PathIn(*path, env), By: by}, By: by})
	}
	if argv := k.TokenCommand; len(argv) > 0 {
		argv = append([]string{typed.PathIn(argv[0], env)}, argv[1:]...)
		out = append(out, secret.Candidate{Source: secret.Command{Argv: argv, Limit: s.HelperLimit}, By: "konnect.token_command" + within})
	}
	if user := k.Keyring; user != nil {
		out = append(out, secret.Candidate{Source: secret.Keyring{Service: ringService, User: *user, Env: env}, By: "konnect.keyring" + within})
	}
	return out
}

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

// tokenHelp says how to get a token, and where to put it.
func tokenHelp(konnect endpoint.Endpoint, file File) string {
	if file.ownsToken() {
		return ""
	}
	if file.context != nil {
		return fmt.Sprintf("the context names no source; add one in line %d of %s, such as konnect: {token_file: PATH} or {token_command: [PROGRAM]} or {token_variable: NAME}, or keep one in the keyring (service %s, user %s)",
			file.context.Line, file.path, ringService, konnect.Host())
	}
	text := fmt.Sprintf("set KONNECT_TOKEN, name a file in KONNECT_TOKEN_FILE, or keep one in the keyring (service %s, user %s). Make one at https://cloud.konghq.com/global/account/tokens, or look around with: peerdeck --demo", ringService, konnect.Host())
	if len(file.contexts) > 0 {
		text += "\nno context is chosen; choose one: peerdeck --context " + cmp.Or(file.contexts[0].Name, "NAME") + ", or peerdeck context use NAME; peerdeck context list shows them"
	}
	return text
}
