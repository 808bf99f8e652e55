package signin

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/helper"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

const (
	// usualCLILimit is the most that the Azure CLI may take. It takes one second, or three
	// where it is cold.
	usualCLILimit = 30 * time.Second
	// atOnce is how many Azure CLIs run at the same time, for as many tenants: each takes
	// 50 MB, and they wait for each other's lock on the file of sign-ins.
	atOnce = 3
)

// cli is the Azure CLI's sign-in. azidentity's own credential for it is not used: it ends
// the shell that it starts and not what that has started, and its errors say too little.
type cli struct {
	limit time.Duration // of one run; 0 for the usual one
	cloud string        // that it is to work in, by its own name; empty for the one it stands at
	clock attempt.Clock // nil for that of the machine
	slots chan struct{}
}

func newCLI(limit time.Duration, cloud string) *cli {
	return &cli{limit: limit, cloud: cloud, slots: make(chan struct{}, atOnce)}
}

func (c *cli) source() model.IdentitySource { return model.FromAzureCLI }
func (c *cli) words() string                { return model.FromAzureCLI.Words() }
func (c *cli) pointed() bool                { return false }

// patience is how long a token by this way may take: longer than one run, so that the
// reason of the run is heard.
func (c *cli) patience() time.Duration { return max(patience, c.most()*2) }

func (c *cli) most() time.Duration {
	if c.limit > 0 {
		return c.limit
	}
	return usualCLILimit
}

func (c *cli) credential(string) (azcore.TokenCredential, error) { return c, nil }

// GetToken runs the Azure CLI. Errors are [model.Failure], or the context's.
func (c *cli) GetToken(ctx context.Context, o policy.TokenRequestOptions) (azcore.AccessToken, error) {
	tenant, scope := safe.New(o.TenantID), strings.Join(o.Scopes, " ")
	switch {
	case o.Claims != "":
		return azcore.AccessToken{}, model.Challenge{
			Service: serviceOf(o.Scopes), Tenant: tenant, Scope: scope, Source: model.FromAzureCLI, Claims: o.Claims,
		}.Failure()
	case !plainWord(o.TenantID) || !plainWord(scope):
		return azcore.AccessToken{}, model.OddTenant(tenant)
	}
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return azcore.AccessToken{}, ctx.Err()
	}
	out, err := c.run(ctx, scope, o.TenantID)
	if err != nil && takesNoTenant(out) {
		out, err = c.run(ctx, scope, "") // its identity has one tenant, which read sees to
	}
	if err != nil {
		return azcore.AccessToken{}, cliFailure(err, out, tenant, scope)
	}
	return readCLI(out, tenant)
}

// plainWord reports whether a text can be handed to any shell: on Windows the Azure CLI is
// a batch file, which has its arguments read by one.
func plainWord(text string) bool {
	return regexp.MustCompile(`^([A-Za-z0-9][A-Za-z0-9._/:-]*)?$`).MatchString(text)
}

// run asks the Azure CLI for a token. The resource is the form of a scope that all of its
// releases know.
func (c *cli) run(ctx context.Context, scope, tenant string) (helper.Output, error) {
	argv := []string{"az", "account", "get-access-token", "--output", "json"}
	if resource, is := strings.CutSuffix(scope, "/.default"); is {
		argv = append(argv, "--resource", resource)
	} else {
		argv = append(argv, "--scope", scope)
	}
	if tenant != "" {
		argv = append(argv, "--tenant", tenant)
	}
	// It says less beside the point, asks nothing, and leaves no process behind that sends
	// statistics.
	env := []string{
		"AZURE_CORE_ONLY_SHOW_ERRORS=true", "AZURE_CORE_NO_COLOR=true", "AZURE_CORE_COLLECT_TELEMETRY=false",
		"AZURE_EXTENSION_USE_DYNAMIC_INSTALL=no", "AZURE_CORE_DISABLE_CONFIRM_PROMPT=true",
	}
	if c.cloud != "" {
		env = append(env, "AZURE_CLOUD_NAME="+c.cloud)
	}
	return helper.Program{Argv: argv, Env: env, Dir: rootFolder(), Limit: c.within(ctx), Clock: c.clock}.Run(ctx)
}

// within is the most that one run may take: less than its caller waits, so that there is
// somebody to tell what became of it.
func (c *cli) within(ctx context.Context) time.Duration {
	most := c.most()
	deadline, bounded := ctx.Deadline()
	if !bounded {
		return most
	}
	const part, of = 3, 4
	if left := (time.Until(deadline) * part / of).Truncate(time.Second); left < most {
		return max(left, time.Second)
	}
	return most
}

// rootFolder is a folder that nobody has put anything into: Python reads modules from the
// one that it is started in.
func rootFolder() string {
	if runtime.GOOS == "windows" {
		return os.Getenv("SYSTEMROOT")
	}
	return "/"
}

// takesNoTenant reports whether the Azure CLI is signed in as a managed identity or in
// Azure's Cloud Shell, where it refuses to be told a tenant.
func takesNoTenant(out helper.Output) bool {
	return strings.Contains(strings.ToLower(out.Complaint()), "tenant shouldn't be specified")
}

// cliFailure says what kept the Azure CLI from giving a token.
func cliFailure(err error, out helper.Output, tenant safe.Text, scope string) error {
	e, is := errors.AsType[helper.Error](err)
	if !is {
		return err // the context's
	}
	switch e.Kind {
	case helper.NotFound:
		return closedError{model.NoAzureCLI(tenant)}
	case helper.NotAllowed, helper.Broken:
		return model.AzureCLIBroken(tenant, e.Error())
	case helper.TimedOut:
		return model.AzureCLISilent(tenant, e.Error())
	case helper.TooMuch, helper.NoJSON, helper.OtherJSON:
		return model.AzureCLIAnswer(tenant, e.Error())
	default:
		return model.AzureCLIRefused(model.AzureCLIComplaint{Tenant: tenant, Scope: scope, Text: out.Complaint(), Said: e.Said, How: e.Error()})
	}
}

// cliAnswer is what the Azure CLI prints. Releases before 2.54 give the end of the token as
// a local time without a zone alone.
type cliAnswer struct {
	Token     string          `json:"accessToken"`
	Epoch     json.RawMessage `json:"expires_on"`
	ExpiresOn string          `json:"expiresOn"`
	Type      string          `json:"tokenType"`
	Tenant    safe.Text       `json:"tenant"`
}

func readCLI(out helper.Output, tenant safe.Text) (azcore.AccessToken, error) {
	answer := func(what string) error { return model.AzureCLIAnswer(tenant, "az printed JSON of another form: "+what) }
	object, err := out.Object("accessToken")
	if e, is := errors.AsType[helper.Error](err); is {
		return azcore.AccessToken{}, model.AzureCLIAnswer(tenant, e.Error())
	}
	if err != nil {
		return azcore.AccessToken{}, err
	}
	var a cliAnswer
	if json.Unmarshal(object, &a) != nil || strings.TrimSpace(a.Token) == "" {
		return azcore.AccessToken{}, answer("its accessToken is no text, or empty")
	}
	if a.Type != "" && !strings.EqualFold(a.Type, "Bearer") {
		return azcore.AccessToken{}, answer("its token is of the type " + safe.New(a.Type).Quoted() + ", and a bearer token is needed")
	}
	known := read(a.Token)
	for _, of := range []safe.Text{known.Tenant, a.Tenant} {
		if model.IsGUID(of.Raw()) && model.IsGUID(tenant.Raw()) && !of.EqualFold(tenant) {
			return azcore.AccessToken{}, model.AzureCLIElsewhere(tenant, of)
		}
	}
	until, ok := a.until(known)
	if !ok {
		return azcore.AccessToken{}, answer("neither expires_on nor expiresOn says when the token ends")
	}
	return azcore.AccessToken{Token: strings.TrimSpace(a.Token), ExpiresOn: until.UTC()}, nil
}

// until is when the token ends: as a number of seconds, as the token itself says, or as a
// time of this place. An hour that the clocks go back over is there twice; the token's own
// word goes before it.
func (a cliAnswer) until(known claims) (time.Time, bool) {
	var seconds json.Number
	if json.Unmarshal(a.Epoch, &seconds) == nil {
		if n, err := seconds.Float64(); err == nil && n > 0 {
			return time.Unix(int64(n), 0), true
		}
	}
	if t := known.expires(); !t.IsZero() {
		return t, true
	}
	for _, form := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999", "2006-01-02T15:04:05.999999"} {
		if t, err := time.ParseInLocation(form, strings.TrimSpace(a.ExpiresOn), time.Local); err == nil { //nolint:gosmopolitan // the Azure CLI means the time of this machine
			return t, true
		}
	}
	return time.Time{}, false
}
