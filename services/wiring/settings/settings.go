package settings

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/services/bundle/record"
	"github.com/peerdeck/peerdeck/services/bundle/replay"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/hop"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/local/typed"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// DefaultKonnectURL is the one host of Konnect's Cloud Gateways API.
const DefaultKonnectURL = "https://global.api.konghq.com"

// Flags are what the command line says. Empty means that it says nothing.
type Flags struct {
	Config   string
	Context  string
	Konnect  string
	Kongctl  string // the profile of kongctl's that is taken over
	ARM      string
	Graph    string
	Login    string
	Cloud    string
	SignIn   string
	Proxy    string
	CAFile   string
	LogFile  string
	Theme    string
	Known    string
	ReadOnly bool
	NoMouse  bool
	ASCII    bool
	Linear   string // true or false; empty: nobody says
}

// Settings are how the program is to run.
type Settings struct {
	Context    model.Context // the one that was chosen; without a name for the top of the file
	Konnect    endpoint.Endpoint
	Region     string            // of Konnect, whose control planes alone are asked for; empty for all
	Cloud      azurecloud.Cloud  // of Azure: where it signs in, its services and their tokens
	CloudNamed bool              // somebody said which
	ARM        endpoint.Endpoint // zero for that of the cloud, as the two below
	Graph      endpoint.Endpoint
	Login      endpoint.Endpoint
	Token      secret.Source
	takenOver  *takenOver    // the profile of kongctl's that is used; nil for none
	AzureToken secret.Secret // for services on this machine only
	// AzureTokens are those of single tenants, by id in small letters. They go before
	// AzureToken, to the same services.
	AzureTokens map[string]secret.Secret
	SignIn      signin.Choice
	// Tenant is the one that the environment names (AZURE_TENANT_ID), empty for none.
	Tenant string
	// HelperLimit is the most that a program may take that is asked for a token; 0 for what
	// is usual for each.
	HelperLimit time.Duration
	// DialDNS reaches DNS servers; nil for the network of this machine. The demo\'s
	// servers are on this machine, at addresses of their own.
	DialDNS func(ctx context.Context, network, address string) (net.Conn, error)
	// DNSVia is the hop through which DNS servers are asked where a request names none;
	// nil for none.
	DNSVia *hop.Via
	// Way is how requests to the clouds leave this machine.
	Way      transport.Options
	ReadOnly bool
	LogFile  string
	LogNamed string // what names it, as the user wrote it
	Mouse    bool
	ASCII    bool
	Theme    string
	StateDir string // empty: nothing is kept
	// Known is the file of the problems that somebody knows of; empty keeps them in memory.
	Known string
	// Remembered is the file of the networks as they were read last; empty remembers none.
	Remembered string
	Lively     bool // the demo: ask more often than a cloud should be asked
	Time       attempt.Time
	// Record keeps what passes, Replay gives it back; at most one of them is there.
	Record   *record.Recorder
	Replay   *replay.Replay
	Notify   telling.Rules // what a person is told who looks elsewhere; the zero value: nothing
	Warnings []string      // to be shown, and no reason to stop
}

// Environment looks up a variable; os.Getenv in the program.
type Environment func(name string) string

// Load puts the settings together. Where there is no Konnect token, the error is
// [secret.NoToken], and the settings are whole but for that.
func Load(ctx context.Context, f Flags, env Environment) (Settings, error) {
	file, err := load(f, env)
	if err != nil {
		return Settings{}, err
	}
	s := Settings{StateDir: StateDir(env), Warnings: badPlaces(env)}
	if file, err = file.in(f, env, s.StateDir); err != nil {
		return Settings{}, err
	}
	inContext(&s, file, f, env)
	for _, load := range []func(*Settings, Flags, Environment, File) error{addresses, region, manner, way, azureSignIn, helperLimit, dnsVia, knownFile, rememberedFile, notify} {
		if err := load(&s, f, env, file); err != nil {
			return Settings{}, err
		}
	}
	if tenant := strings.TrimSpace(env("AZURE_TENANT_ID")); model.IsGUID(tenant) {
		s.Tenant = tenant
	}
	return s, konnectToken(ctx, &s, env, file)
}

// knownFile reads where the problems are kept that somebody knows of: in a file of each
// context beside what else is kept, where nobody names another.
func knownFile(s *Settings, f Flags, env Environment, file File) error {
	value, name := choice{f.Known, "--known-file", "PEERDECK_KNOWN_FILE", file.KnownFile, "known_file", ""}.pick(env)
	if strings.TrimSpace(value) != "" {
		path := typed.PathIn(value, env)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return fmt.Errorf("%s: %s is a folder; name a file in it, such as %s", name, safe.Clean(value), filepath.Join(safe.Clean(value), "known.yaml"))
		}
		s.Known = path
		return nil
	}
	if s.StateDir != "" {
		s.Known = filepath.Join(s.StateDir, "known", contextName(s.Context.Name)+".yaml")
	}
	return nil
}

// rememberedFile is where the networks of the context are kept as they were read last.
func rememberedFile(s *Settings, _ Flags, _ Environment, _ File) error {
	if s.StateDir != "" {
		s.Remembered = filepath.Join(s.StateDir, "remembered", contextName(s.Context.Name)+".json")
	}
	return nil
}

// contextName is the name of a context as that of a file.
func contextName(name safe.Text) string {
	if name.IsEmpty() {
		return "default"
	}
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, name.Raw())
	if clean == name.Raw() && clean != "default" {
		return clean
	}
	return clean + "-" + hex.EncodeToString([]byte(name.Raw()))[:min(16, 2*len(name.Raw()))]
}

// helperLimit reads how long a program may take that is asked for a token.
func helperLimit(s *Settings, _ Flags, env Environment, file File) error {
	value, name := choice{"", "", "PEERDECK_HELPER_TIMEOUT", file.HelperTimeout, "helper_timeout", ""}.pick(env)
	if value == "" {
		return nil
	}
	limit, err := time.ParseDuration(value)
	if err != nil || limit <= 0 {
		return fmt.Errorf("%s: %q is no time; give one such as 30s or 2m", name, safe.Clean(value))
	}
	s.HelperLimit = limit
	return nil
}

// dnsVia reads through which machine DNS servers are asked. There is no flag for all
// commands: those that ask have --via.
func dnsVia(s *Settings, _ Flags, env Environment, file File) error {
	value, name := choice{"", "", "PEERDECK_DNS_VIA", file.DNS.Via, "dns.via", ""}.pick(env)
	if value == "" {
		return nil
	}
	v, err := hop.Parse(value)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s.DNSVia = &v
	return nil
}

// Manner loads how the screen is to be, from flags and environment alone: what
// the demo needs, which has no configuration.
func Manner(f Flags, env Environment) (Settings, error) {
	var s Settings
	for _, load := range []func(*Settings, Flags, Environment, File) error{manner, knownFile, notify} {
		if err := load(&s, f, env, File{}); err != nil {
			return s, err
		}
	}
	return s, nil
}

// choice is a setting that may be given in three places.
type choice struct {
	flag, flagName string
	variable       string
	file           *string
	fileName       string
	otherwise      string
}

// pick returns the value and how the user knows it.
func (c choice) pick(env Environment) (value, name string) {
	switch {
	case c.flag != "":
		return c.flag, c.flagName
	case env(c.variable) != "":
		return env(c.variable), c.variable
	case c.file != nil:
		return *c.file, c.fileName + " in the configuration file"
	default:
		return c.otherwise, c.flagName
	}
}

func addresses(s *Settings, f Flags, env Environment, file File) error {
	var err error
	if s.takenOver, err = takeOver(f, env, file); err != nil {
		return err
	}
	for _, a := range []struct {
		to *endpoint.Endpoint
		choice
	}{
		{&s.Konnect, choice{f.Konnect, "--konnect-url", "PEERDECK_KONNECT_URL", file.Konnect.URL, "konnect.url", s.takenOver.konnect()}},
		{&s.ARM, choice{f.ARM, "--arm-url", "PEERDECK_ARM_URL", file.Azure.ARMURL, "azure.arm_url", ""}},
		{&s.Graph, choice{f.Graph, "--graph-url", "PEERDECK_GRAPH_URL", file.Azure.GraphURL, "azure.graph_url", ""}},
		{&s.Login, choice{f.Login, "--login-url", "PEERDECK_LOGIN_URL", file.Azure.LoginURL, "azure.login_url", ""}},
	} {
		value, name := a.pick(env)
		if value == "" {
			continue
		}
		e, err := endpoint.Parse(name, value)
		if err != nil {
			return err
		}
		*a.to = e
		if a.to == &s.Konnect {
			if err := s.takenOver.keeps(e, name); err != nil {
				return err
			}
		}
	}
	return cloud(s, f, env, file)
}

func manner(s *Settings, f Flags, env Environment, file File) error {
	var err error
	if s.ReadOnly, err = flag(f.ReadOnly, "PEERDECK_READ_ONLY", env, file.ReadOnly, false); err != nil {
		return err
	}
	if file.careful() && !s.ReadOnly {
		s.ReadOnly = true
		s.Warnings = append(s.Warnings, "PEERDECK_READ_ONLY does not loosen the context "+file.context.Name+", which is read-only: change read_only there")
	}
	if s.ASCII, err = flag(f.ASCII, "PEERDECK_ASCII", env, file.ASCII, !speaksUTF8(env)); err != nil {
		return err
	}
	quiet, err := flag(f.NoMouse, "PEERDECK_NO_MOUSE", env, negated(file.Mouse), false)
	if err != nil {
		return err
	}
	s.Mouse = !quiet
	if log, name := (choice{f.LogFile, "--log-file", "PEERDECK_LOG_FILE", file.LogFile, "log_file", ""}).pick(env); log != "" {
		s.LogFile, s.LogNamed = typed.PathIn(log, env), name
	}
	theme, name := choice{f.Theme, "--theme", "PEERDECK_THEME", file.Theme, "theme", "auto"}.pick(env)
	if !slices.Contains(Themes(), theme) {
		return fmt.Errorf("%s: there is no theme %q; there are %s", name, theme, strings.Join(Themes(), ", "))
	}
	s.Theme = theme
	return nil
}

// Themes lists the themes. Auto follows the terminal's background.
func Themes() []string { return []string{"auto", "dark", "light", "mono"} }

// SignIns lists the ways to sign in to Azure that can be asked for.
func SignIns() []string {
	var out []string
	for _, c := range signin.Choices() {
		out = append(out, string(c))
	}
	return out
}

func azureSignIn(s *Settings, f Flags, env Environment, file File) error {
	value, name := choice{f.SignIn, "--azure-sign-in", "PEERDECK_AZURE_SIGN_IN", file.Azure.SignIn, "azure.sign_in", string(signin.Auto)}.pick(env)
	s.SignIn = signin.Choice(value)
	if !slices.Contains(signin.Choices(), s.SignIn) {
		return fmt.Errorf("%s: there is no way to sign in called %q; there are %s", name, value, phrase.List(signin.Choices()))
	}
	given := env("PEERDECK_AZURE_TOKEN")
	if given == "" {
		return nil
	}
	if s.ARM.IsZero() || !s.ARM.Loopback() {
		s.Warnings = append(s.Warnings, "PEERDECK_AZURE_TOKEN is not used: it is taken for services on this machine only (--arm-url)")
		return nil
	}
	var err error
	s.AzureToken, s.AzureTokens, err = azureTokens(given)
	return err
}

// flag is a setting that is on or off.
func flag(set bool, variable string, env Environment, file *bool, otherwise bool) (bool, error) {
	if set {
		return true, nil
	}
	if v := env(variable); v != "" {
		on, err := strconv.ParseBool(v)
		if err != nil {
			return false, fmt.Errorf("%s: %q is neither true nor false", variable, v)
		}
		return on, nil
	}
	if file != nil {
		return *file, nil
	}
	return otherwise, nil
}

func negated(b *bool) *bool {
	if b == nil {
		return nil
	}
	not := !*b
	return &not
}

// speaksUTF8 reports whether the terminal's language can show more than ASCII.
// Without a word about it, it is taken to.
func speaksUTF8(env Environment) bool {
	locale := cmp.Or(env("LC_ALL"), env("LC_CTYPE"), env("LANG"))
	if locale == "" {
		return true
	}
	upper := strings.ToUpper(locale)
	return strings.Contains(upper, "UTF-8") || strings.Contains(upper, "UTF8")
}
