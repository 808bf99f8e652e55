package doctor_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

func text(s string) safe.Text { return safe.New(s) }

func wrong() *model.Failure {
	return &model.Failure{Kind: model.FailurePermission, Cause: text("you may not"), Cure: "Ask.", TraceID: text("t1"), RequestID: text("r1")}
}

// Each fact has its finding, and each near one has not.
func TestChecks(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	terminal := doctor.TerminalFacts{There: true, Name: text("xterm-256color"), Width: 80, Height: 24, Colours: doctor.TrueColour}
	odd := func(change func(*doctor.TerminalFacts)) []doctor.Check {
		f := terminal
		change(&f)
		return []doctor.Check{doctor.Terminal(f)}
	}
	one := func(c doctor.Check) []doctor.Check { return []doctor.Check{c} }
	alice := model.User{ID: text("u"), Email: text("alice@acme.example")}
	vnet := model.VNetRef{Name: text("vnet-hub")}
	for name, c := range map[string]struct {
		checks []doctor.Check
		codes  []string
		says   string
	}{
		"no token":                    {one(doctor.NoToken(doctor.NoTokenFacts{Asked: []doctor.Source{{From: "the keyring", Why: "it is locked"}}, Help: "set KONNECT_TOKEN"})), []string{"konnect-token-missing"}, "No source"},
		"a token that was pointed at": {one(doctor.NoToken(doctor.NoTokenFacts{Asked: []doctor.Source{{From: "KONNECT_TOKEN", Why: "it is no token"}}, NotAsked: []string{"the keyring"}, Leave: "unset KONNECT_TOKEN"})), []string{"konnect-token-missing"}, "No source"},
		"the way":                     {doctor.ToService(model.Way{Service: "Konnect", Host: text("k.example"), Proxy: model.Proxy{Address: text("http://proxy:3128"), From: "HTTPS_PROXY"}, TLS: "TLS 1.3", Protocol: "HTTP/2.0", Certificates: []model.Certificate{{Subject: text("k.example"), Issuer: text("CA"), NotAfter: now.Add(24 * time.Hour)}}, Root: text("Root"), OwnRoot: true}, now), []string{"way-open"}, "through the proxy http://proxy:3128"},
		"a way with a wrong clock":    {doctor.ToService(model.Way{Service: "Azure", Host: text("a.example"), Clock: model.Clock{Here: now.Add(time.Hour), There: now}}, now), []string{"way-open", "clock-off"}, "directly"},
		"a shut way":                  {doctor.ToService(model.Way{Service: "Azure", Host: text("a.example"), Failure: wrong()}, now), []string{"failure-permission"}, "You may not"},
		"settings":                    {doctor.Settings(doctor.SettingsFacts{File: text("/c"), There: true, Context: text("prod"), Flags: []safe.Text{text("theme")}, Variables: []safe.Text{text("KONNECT_TOKEN")}}), []string{"settings-read"}, "Read from /c"},
		"no file":                     {doctor.Settings(doctor.SettingsFacts{File: text("/c")}), []string{"settings-read"}, "no /c"},
		"a warning":                   {doctor.Settings(doctor.SettingsFacts{File: text("/c"), Warnings: []string{"other users may read it"}}), []string{"settings-read", "settings-warning"}, "Other users"},
		"wrong settings":              {doctor.Settings(doctor.SettingsFacts{File: text("/c"), Problem: "line 2: no"}), []string{"settings-unreadable"}, "line 2"},
		"state":                       {one(doctor.State(doctor.StateFacts{Dir: text("/s"), There: true, Writable: true})), []string{"state-writable"}, "/s"},
		"state to be made":            {one(doctor.State(doctor.StateFacts{Dir: text("/s/x"), Parent: text("/s"), Writable: true})), []string{"state-writable"}, "is made"},
		"no state":                    {one(doctor.State(doctor.StateFacts{})), []string{"state-none"}, "Nothing"},
		"closed state":                {one(doctor.State(doctor.StateFacts{Dir: text("/s/x"), Parent: text("/s"), Why: text("permission denied")})), []string{"state-unwritable"}, "permission denied"},
		"closed state, by name":       {one(doctor.State(doctor.StateFacts{Dir: text("/s"), There: true, From: text("XDG_STATE_HOME")})), []string{"state-unwritable"}, "may not be written"},
		"keyring":                     {one(doctor.Keyring(doctor.KeyringFacts{Entry: text("entry e"), Found: true})), []string{"keyring-holds"}, "entry e"},
		"an empty one":                {one(doctor.Keyring(doctor.KeyringFacts{Entry: text("entry e"), Empty: true})), []string{"keyring-empty"}, "no entry e"},
		"a closed one":                {one(doctor.Keyring(doctor.KeyringFacts{Why: text("it is locked"), Needed: true})), []string{"keyring-closed"}, "it is locked"},
		"a closed one, for nothing":   {one(doctor.Keyring(doctor.KeyringFacts{Why: text("it is locked")})), []string{"keyring-unused"}, "elsewhere"},
		"not asked":                   {one(doctor.Keyring(doctor.KeyringFacts{Skipped: true})), []string{"keyring-unused"}, "not asked"},
		"version":                     {one(doctor.Program(doctor.ProgramFacts{Version: "1.2.3", Commit: "abc", Modified: true})), []string{"version"}, "1.2.3"},
		"terminal":                    {one(doctor.Terminal(terminal)), []string{"terminal-fit"}, "80x24"},
		"tmux": {odd(func(f *doctor.TerminalFacts) {
			f.Multiplexer, f.Remote, f.Mouse, f.ASCII, f.NoColour = "tmux", true, true, true, true
		}), []string{"terminal-fit"}, "xterm"},
		"a pipe":                     {odd(func(f *doctor.TerminalFacts) { f.There = false }), []string{"terminal-none"}, "no terminal"},
		"a dumb one":                 {odd(func(f *doctor.TerminalFacts) { f.Name = text("dumb") }), []string{"terminal-dumb"}, "dumb"},
		"a small one":                {odd(func(f *doctor.TerminalFacts) { f.Width = 59 }), []string{"terminal-small"}, "59x24"},
		"one just large enough":      {odd(func(f *doctor.TerminalFacts) { f.Width, f.Height = 60, 15 }), []string{"terminal-fit"}, "60x15"},
		"GNU screen":                 {odd(func(f *doctor.TerminalFacts) { f.Multiplexer = "screen" }), []string{"terminal-no-clipboard"}, "clipboard"},
		"token":                      {one(doctor.Token(doctor.KonnectFacts{Source: text("KONNECT_TOKEN"), Organization: model.Organization{Name: text("acme")}, User: alice})), []string{"konnect-token-accepted"}, "alice@acme.example"},
		"a system account":           {one(doctor.Token(doctor.KonnectFacts{Organization: model.Organization{ID: text("o1")}})), []string{"konnect-token-accepted"}, "no person"},
		"a token that is refused":    {one(doctor.Token(doctor.KonnectFacts{Failure: wrong()})), []string{"failure-permission"}, "You may not"},
		"roles":                      {one(doctor.Roles(alice, []model.KonnectRole{{Name: text("Network Admin"), Kind: text("Networks"), Region: text("eu")}}, nil)), []string{"konnect-roles"}, "Network Admin of Networks in eu"},
		"roles by team":              {one(doctor.Roles(alice, nil, nil)), []string{"konnect-roles"}, "teams"},
		"no roles":                   {one(doctor.Roles(model.User{}, nil, nil)), []string{"konnect-roles-untold"}, "no person"},
		"roles not told":             {one(doctor.Roles(alice, nil, wrong())), []string{"konnect-roles-untold"}, "you may not"},
		"networks":                   {one(doctor.Gateways(doctor.Networks(), 1, nil)), []string{"konnect-readable"}, "1 network can"},
		"no private DNS":             {one(doctor.Gateways(doctor.PrivateDNSes(), 0, wrong())), []string{"failure-permission"}, "You may not"},
		"peerings":                   {one(doctor.Gateways(doctor.Peerings(), 2, nil)), []string{"konnect-readable"}, "2 peerings"},
		"signed in":                  {one(doctor.SignIn(model.Identity{Service: model.WriteARM, Tenant: text("t"), Source: model.FromAzureCLI, Account: text("bob"), Until: now.Add(time.Hour)}, now)), []string{"azure-signed-in"}, "bob"},
		"signed out":                 {one(doctor.SignIn(model.Identity{Service: model.WriteARM, Failure: wrong(), Tried: []model.Tried{{Source: model.FromAzureCLI, Failure: *wrong()}, {Source: model.FromManaged, Failure: *wrong()}}}, now)), []string{"failure-permission"}, "You may not"},
		"subscriptions":              {one(doctor.Subscriptions(text("t"), make([]model.Subscription, 2), nil)), []string{"azure-readable"}, "2 subscriptions"},
		"no subscriptions":           {one(doctor.Subscriptions(text("t"), nil, wrong())), []string{"failure-permission"}, "You may not"},
		"directory":                  {one(doctor.Directory(text("t"), true, nil)), []string{"graph-readable"}, "is in the tenant"},
		"directory, no consent":      {one(doctor.Directory(text("t"), false, nil)), []string{"graph-readable"}, "is not in the tenant"},
		"no directory":               {one(doctor.Directory(text("t"), false, wrong())), []string{"failure-permission"}, "You may not"},
		"VNET":                       {one(doctor.VNet(doctor.VNetFacts{Ref: vnet})), []string{"azure-vnet-readable"}, "vnet-hub can be read"},
		"no VNET":                    {one(doctor.VNet(doctor.VNetFacts{Ref: vnet, Failure: wrong()})), []string{"failure-permission"}, "You may not"},
		"hop":                        {one(doctor.Hop(text("ssh:jump"), nil)), []string{"dns-hop-open"}, "ssh:jump"},
		"no hop":                     {one(doctor.Hop(safe.Text{}, nil)), []string{"dns-no-hop"}, "--via"},
		"a shut hop":                 {one(doctor.Hop(text("ssh:jump"), wrong())), []string{"failure-permission"}, "You may not"},
		"what did not answer at all": {one(doctor.CutShort(doctor.Azure, "VNET x", 30*time.Second)), []string{"doctor-cut"}, "30 s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var codes []string
			said := ""
			for _, c := range c.checks {
				codes = append(codes, string(c.Code))
				said += c.Cause + " "
				judge(t, c)
			}
			if !slices.Equal(codes, c.codes) || !strings.Contains(said, c.says) {
				t.Errorf("%v: %s", codes, said)
			}
		})
	}
}

// judge holds a check to what holds for all: an entry, a severity that the entry names, and
// a next step where somebody is needed.
func judge(t *testing.T, c doctor.Check) {
	t.Helper()
	e, known := finding.Lookup(string(c.Code))
	if !known || !slices.Contains(e.Severities, c.Severity) {
		t.Errorf("%s is %s, and its entry says %v", c.Code, c.Severity, e.Severities)
	}
	if c.NeedsPerson() != (c.Next.Text != "") || c.Topic == "" || c.Area == "" || c.Cause == "" {
		t.Errorf("%+v", c)
	}
}

// What a set-up would need beside reading is said in a line, and is no fault.
func TestRightsOfASetUp(t *testing.T) {
	t.Parallel()
	ref := model.VNetRef{Name: text("vnet-hub")}
	all := []model.PermissionSet{{Actions: []safe.Text{text("*")}}}
	reader := []model.PermissionSet{{Actions: []safe.Text{text("*/read")}}}
	for name, c := range map[string]struct {
		sets []model.PermissionSet
		says string
	}{"owner": {all, "likely has the rights"}, "reader": {reader, "you may not assign the role"}} {
		f := doctor.VNetFacts{Ref: ref}
		for _, r := range setup.RightsFor(ref, text("/subscriptions/s")) {
			f.Rights = append(f.Rights, r.Judge(c.sets, nil))
		}
		got := doctor.VNet(f)
		said := ""
		for _, d := range got.Details {
			said += d.String() + "; "
		}
		if got.Severity != finding.OK || !strings.Contains(said, c.says) {
			t.Errorf("%s: %s, %q", name, got.Severity, said)
		}
	}
}

func TestConclusion(t *testing.T) {
	t.Parallel()
	good := doctor.Hop(safe.Text{}, nil)
	bad := doctor.Hop(text("ssh:jump"), wrong())
	for want, r := range map[string]doctor.Report{
		"Looking: 1 check so far, 1 question not answered yet.":      {Checks: []doctor.Check{good}, Open: []string{"token"}},
		"Every way in is open: 1 check, all well.":                   {Checks: []doctor.Check{good}, Over: true},
		"One of 2 checks needs somebody: hop ssh:jump.":              {Checks: []doctor.Check{good, bad}, Over: true},
		"2 of 2 checks need somebody: hop ssh:jump.":                 {Checks: []doctor.Check{bad, bad}, Over: true},
		"Every way in is open: 0 checks, all well.":                  {Over: true},
		"One of 1 check needs somebody: state folder /nowhere/else.": {Over: true, Checks: []doctor.Check{doctor.State(doctor.StateFacts{Dir: text("/nowhere/else")})}},
	} {
		if got := r.Conclusion(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	r := doctor.Report{Checks: []doctor.Check{good, bad}, Over: true}
	if !r.NeedsPerson() || r.Worst() != finding.Unknown || len(r.Lines(true)) >= len(r.Lines(false)) {
		t.Errorf("%v", r.Lines(true))
	}
	if (doctor.Report{Over: true}).NeedsPerson() || !(doctor.Report{Cut: true}).NeedsPerson() {
		t.Error("what was cut short is not known to be well")
	}
}
