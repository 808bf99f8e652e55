package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/doctor"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// fakeDoctor counts the looks; a test hands over the reports.
type fakeDoctor struct {
	looks chan doctor.Report
	times int
}

func (f *fakeDoctor) Look() { f.times++ }

// looked hands over a report.
func (s *stage) looked(r doctor.Report) {
	s.doctor.looks <- r
	s.drain()
}

// desk is a report of a usual desk.
func desk() doctor.Report {
	tenants := []safe.Text{text(tenant)}
	r := doctor.Report{At: noon, Version: "1.2.3", Over: true}
	r.Checks = doctor.Settings(doctor.SettingsFacts{File: text("/home/alice/.config/peerdeck/config.yaml"), There: true, Context: text("production"), Variables: []safe.Text{text("KONNECT_TOKEN"), text("HTTPS_PROXY")}})
	r.Checks = append(r.Checks,
		doctor.State(doctor.StateFacts{Dir: text("/home/alice/.local/state/peerdeck"), There: true, Writable: true}),
		doctor.Terminal(doctor.TerminalFacts{There: true, Name: text("xterm-256color"), Width: 160, Height: 48, Colours: doctor.TrueColour, Multiplexer: "tmux", Mouse: true}),
		doctor.Program(doctor.ProgramFacts{Version: "1.2.3", Commit: "0123456789ab", Platform: "linux/amd64"}),
		doctor.Keyring(doctor.KeyringFacts{Entry: text("entry of the service peerdeck, user global.api.konghq.com"), Empty: true}),
		doctor.Token(doctor.KonnectFacts{Source: text("KONNECT_TOKEN"), Organization: model.Organization{Name: text("acme-corp")}, User: model.User{Email: text("alice@acme.example")}}),
		doctor.Roles(model.User{ID: text("u")}, []model.KonnectRole{{Name: text("Network Admin"), Kind: text("Networks"), Region: text("*")}}, nil),
		doctor.Gateways(doctor.Networks(), 7, nil),
		doctor.Gateways(doctor.Peerings(), 9, nil),
		doctor.Gateways(doctor.PrivateDNSes(), 3, nil),
	)
	for _, t := range tenants {
		r.Checks = append(r.Checks,
			doctor.SignIn(model.Identity{Service: model.WriteARM, Tenant: t, Source: model.FromAzureCLI, Account: text("alice@acme.example"), Until: noon.Add(52 * time.Minute)}, noon),
			doctor.Subscriptions(t, make([]model.Subscription, 3), nil),
			doctor.Directory(t, true, nil))
	}
	ref := model.VNetRef{Name: text("vnet-hub")}
	f := doctor.VNetFacts{Ref: ref}
	for _, right := range setup.RightsFor(ref, text("/subscriptions/s")) {
		f.Rights = append(f.Rights, right.Judge([]model.PermissionSet{{Actions: []safe.Text{text("*/read")}}}, nil))
	}
	r.Checks = append(r.Checks, doctor.VNet(f), doctor.Hop(safe.Text{}, nil))
	return r
}

// shut is a desk at which some doors are shut.
func shut() doctor.Report {
	r := desk()
	refused := model.Failure{
		Kind: model.FailurePermission, Cause: text("you may not read vnet-vault (AuthorizationFailed)"), RequestID: text("7c9e6679-7425-40de-944b-e07fc1f90ae7"),
		Cure: "If the right is yours through Privileged Identity Management, activate it first.",
	}
	r.Checks = append(r.Checks,
		doctor.VNet(doctor.VNetFacts{Ref: model.VNetRef{Name: text("vnet-vault")}, Failure: &refused}),
		doctor.State(doctor.StateFacts{Dir: text("/nowhere/peerdeck"), Parent: text("/"), Why: text("read-only file system")}))
	return r
}

func doctorScenes() []scene {
	open := func(r *doctor.Report, more ...string) func(s *stage) {
		return func(s *stage) {
			s.keys(":", `"doctor"`, "enter")
			if r != nil {
				s.looked(*r)
			}
			s.keys(more...)
		}
	}
	well, closed, part, odd := desk(), shut(), desk(), desk()
	part.Over, part.Open, part.Checks = false, []string{"VNET vnet-hub", "networks", "token"}, part.Checks[:5]
	odd.Checks = append(odd.Checks, doctor.Failed(doctor.Azure, "VNET", longNames().Networks[0].Name, model.Failure{Kind: model.FailureContract, Cause: longNames().Networks[0].Name, Cure: strings.Repeat("word ", 60)}))
	return []scene{
		{name: "doctor/loading", know: world, act: open(nil)},
		{name: "doctor/growing", know: world, act: open(&part)},
		{name: "doctor/normal", know: world, act: open(&well)},
		{name: "doctor/error", know: world, act: open(&closed)},
		{name: "doctor/problems", know: world, act: open(&closed, "f")},
		{name: "doctor/end", know: world, act: open(&closed, "G")},
		{name: "doctor/long_names", know: world, act: open(&odd, "f")},
		{name: "doctor/help", know: world, act: open(&well, "?")},
	}
}

// The page looks when it opens and when it is asked, copies what it shows, and is not opened
// twice.
func TestTheDoctorsPage(t *testing.T) {
	play(t, 100, 30, func(s *stage) {
		s.know(world())
		s.keys(":", `"doctor"`, "enter")
		if s.doctor.times != 1 {
			t.Errorf("looked %d times", s.doctor.times)
		}
		s.looked(shut())
		s.keys("r", "y")
		if s.doctor.times != 2 || !strings.Contains(s.copied, "vnet-vault") {
			t.Errorf("looked %d times, copied %q", s.doctor.times, s.copied)
		}
		s.keys(":", `"doctor"`, "enter", "esc")
		if strings.Contains(s.frame(), "Doctor") {
			t.Errorf("it was opened twice:\n%s", s.frame())
		}
	})
}
