package settings

import (
	"context"
	"fmt"
	"os/exec"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

// careful reports whether the context lets nothing be changed. The environment does not
// loosen that: it was set for all contexts, and this one was made careful on purpose.
func (f File) careful() bool {
	return f.context != nil && f.context.Part.ReadOnly != nil && *f.context.Part.ReadOnly
}

// inContext takes the name of the context into the settings, and says where flags and
// variables go before what the context itself says: they hold for every context, and may
// have been meant for another one.
func inContext(s *Settings, file File, flags Flags, env Environment) {
	if file.context == nil {
		return
	}
	c := *file.context
	s.Context = model.Context{Name: safe.New(c.Name), Colour: c.Colour}
	if file.ownsToken() {
		for _, v := range []string{tokenVariable, tokenFileVariable, kongctlVariable} {
			if env(v) != "" {
				s.Warnings = append(s.Warnings, fmt.Sprintf("%s is set and not used: the context %s has a token of its own", v, c.Name))
			}
		}
	}
	for _, o := range []struct{ flag, flagName, variable, key string }{
		{flags.Konnect, "--konnect-url", "PEERDECK_KONNECT_URL", "konnect.url"},
		{flags.Cloud, "--azure-cloud", "PEERDECK_AZURE_CLOUD", "azure.cloud"},
		{flags.ARM, "--arm-url", "PEERDECK_ARM_URL", "azure.arm_url"},
		{flags.Graph, "--graph-url", "PEERDECK_GRAPH_URL", "azure.graph_url"},
		{flags.Login, "--login-url", "PEERDECK_LOGIN_URL", "azure.login_url"},
		{flags.SignIn, "--azure-sign-in", "PEERDECK_AZURE_SIGN_IN", "azure.sign_in"},
		{"", "", "PEERDECK_DNS_VIA", "dns.via"},
		{flags.Proxy, "--proxy", "PEERDECK_PROXY", "proxy"},
		{flags.CAFile, "--ca-file", "PEERDECK_CA_FILE", "ca_file"},
		{flags.Known, "--known-file", "PEERDECK_KNOWN_FILE", "known_file"},
	} {
		switch {
		case !c.Part.says(o.key):
		case o.flag != "":
			s.Warnings = append(s.Warnings, fmt.Sprintf("%s goes before %s of the context %s", o.flagName, o.key, c.Name))
		case env(o.variable) != "":
			s.Warnings = append(s.Warnings, fmt.Sprintf("%s goes before %s of the context %s", o.variable, o.key, c.Name))
		}
	}
}

// Contexts lists the contexts of the configuration file, the broken ones too, each with
// what is known against it. Nothing is asked that may take time or ask a person: a helper
// is looked for and not run, a keyring is not opened.
func Contexts(ctx context.Context, f Flags, env Environment) ([]model.Context, error) {
	file, err := load(f, env)
	if err != nil {
		return nil, err
	}
	current, _, err := chosen(f, env, StateDir(env))
	if err != nil {
		return nil, err
	}
	out := make([]model.Context, 0, len(file.contexts))
	for _, c := range file.contexts {
		out = append(out, file.describe(ctx, c, f, env))
	}
	if at, err := file.Find(current); err == nil && current != "" {
		for i := range out {
			out[i].Current = file.contexts[i].Line == at.Line && file.contexts[i].Name == at.Name
		}
	}
	return out, nil
}

// describe says what is known of a context without using it.
func (f File) describe(ctx context.Context, c Context, flags Flags, env Environment) model.Context {
	out := model.Context{Name: safe.New(c.Name), Colour: c.Colour}
	if c.Name == "" {
		out.Name = safe.New(fmt.Sprintf("(line %d)", c.Line))
	}
	if c.Err != nil {
		out.Problem = safe.New(c.Err.Error())
		return out
	}
	f.Part, f.context = c.Part.under(f.Part), &c
	flags.Kongctl = "" // it is for a run, not for what stands here
	var s Settings
	for _, load := range []func(*Settings, Flags, Environment, File) error{addresses, manner} {
		if err := load(&s, flags, env, f); err != nil {
			out.Problem = safe.New(err.Error())
			return out
		}
	}
	out.Konnect, out.Cloud, out.ReadOnly = safe.New(s.Konnect.Host()), s.Cloud, s.ReadOnly
	out.Token, out.Problem = f.describeToken(ctx, env, s.Konnect, s.takenOver)
	return out
}

// describeToken says where the token comes from, and what is missing there.
func (f File) describeToken(ctx context.Context, env Environment, konnect endpoint.Endpoint, t *takenOver) (words, problem safe.Text) {
	source := candidates(&Settings{Konnect: konnect, takenOver: t}, env, f)[0].Source
	words = safe.New(source.Describe())
	switch source := source.(type) {
	case secret.Command:
		if _, err := exec.LookPath(source.Argv[0]); err != nil {
			problem = safe.New(fmt.Sprintf("the token command %s is not there", source.Argv[0]))
		}
	case secret.Keyring:
	default:
		if _, err := source.Token(ctx); err != nil {
			problem = safe.New(err.Error())
		}
	}
	return words, problem
}
