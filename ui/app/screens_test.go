package app_test

import (
	"fmt"
	"image/color"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// scene is a screen in a state: what is known, and what is pressed.
type scene struct {
	name string // screen/case
	know func() model.Snapshot
	act  func(s *stage)
	edit func(*setting)
	ansi bool // keep the colours
}

func keys(k ...string) func(*stage) { return func(s *stage) { s.keys(k...) } }

func blank(edit func(*model.Snapshot)) func() model.Snapshot {
	return func() model.Snapshot {
		s := model.Snapshot{At: noon, Organization: model.Organization{Name: text("acme-corp")}, Konnect: model.SourceStatus{State: model.SourceLive, LastOK: noon}}
		edit(&s)
		return s
	}
}

func changed(edit func(*model.Snapshot)) func() model.Snapshot {
	return func() model.Snapshot { s := world(); edit(&s); return s }
}

func entries(s *stage) {
	refused := model.Failure{
		Kind: model.FailurePermission, Operation: "list private DNS of network", Subject: text("eu-prod"), Cause: text("You do not have permission to perform this action (403)"),
		Cure: "The token's owner needs the Konnect role Network Admin (Network Viewer does not see private DNS).", TraceID: text("konnect:trace:2822394689570210664"), Status: 403,
	}
	for i := range 4 {
		s.log.add(model.Activity{At: noon.Add(time.Duration(i-40) * time.Minute), Kind: model.ActivityRequest, Service: "Konnect", Method: "GET", Target: text("/v2/cloud-gateways/networks?page%5Bnumber%5D=1"), Status: 200, Took: 42 * time.Millisecond})
	}
	s.log.add(model.ProblemActivity(refused, noon.Add(-9*time.Minute)))
	s.log.add(model.Activity{At: noon.Add(-2 * time.Minute), Kind: model.ActivityNote, Service: "you", Text: "copied the id of eu-prod"})
	s.log.add(model.Activity{At: noon.Add(-time.Minute), Kind: model.ActivityRequest, Service: "Azure", Method: "GET", Target: text("/subscriptions/50000000-0000-4000-8000-000000000001/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub?api-version=2025-05-01"), Status: 429, Took: 18 * time.Millisecond, Trace: text("7c9e6679-7425-40de-944b-e07fc1f90ae7")})
	s.know(world())
}

func scenes() []scene {
	signedOut := model.Failure{Kind: model.FailureAuth, Operation: "list networks", Cause: text("Konnect refuses the token (401)"), Cure: "It is wrong, expired or revoked: make one at cloud.konghq.com/global/account/tokens and put it where this one came from (KONNECT_TOKEN).", TraceID: text("kong:trace:8347343766220159418")}
	down := model.Failure{Kind: model.FailureUnreachable, Operation: "list networks", Cause: text("global.api.konghq.com refuses the connection"), Cure: "Check the address and the port."}
	return append(slices.Concat(setupScenes(), reviewScenes(), importScenes(), dnsScenes(), traceScenes(), probeScenes(), pathsScenes(), wayInScenes(), whatIfScenes(), pathMapScenes(), makingScenes(), rangesScenes(), contextScenes(), doctorScenes(), recalledScenes()), []scene{
		{name: "networks/start", know: nil},
		{name: "networks/loading", know: blank(func(s *model.Snapshot) { s.Konnect.State = model.SourceConnecting })},
		{name: "networks/first_page", know: changed(func(s *model.Snapshot) { s.Progress = model.Progress{Listed: 9, Total: 950, DetailTotal: 7} })},
		{name: "networks/reading", know: changed(func(s *model.Snapshot) {
			s.Progress.Details, s.Progress.DetailTotal, s.Progress.HalfTotal = 1200, 9000, 18000
			n := network("zz-unread", "uksouth", "10.70.0.0/16").done()
			n.PeeringCount, n.PeeringsRead = 2, model.Part{}
			n.Finding = model.NewJudge().RollUp(*n)
			s.Networks = append(s.Networks, n)
		}), act: keys("G")},
		{name: "networks/empty", know: blank(func(s *model.Snapshot) { s.Progress.ListedAll = true })},
		{name: "networks/error_token", know: blank(func(s *model.Snapshot) {
			s.Konnect = model.SourceStatus{State: model.SourceSignedOut, Failure: &signedOut, NextTry: noon.Add(30 * time.Second)}
		})},
		{name: "networks/error_unreachable", know: blank(func(s *model.Snapshot) {
			s.Konnect = model.SourceStatus{State: model.SourceDown, Failure: &down, NextTry: noon.Add(8 * time.Second)}
		})},
		{name: "networks/normal", know: world, edit: untouched},
		{name: "networks/changes", know: world, edit: untouched, act: told},
		{name: "networks/many", know: func() model.Snapshot { return fleet(40) }, edit: untouched, act: told},
		{name: "networks/less_room", know: world, edit: untouched, act: keys("-", "-")},
		{name: "networks/unused", know: world, act: keys("j", "j", "j", "j", "j", "j", "G", "k", "k")},
		{name: "networks/waiting", know: world, act: keys("j", "j", "j")},
		{name: "networks/broken", know: world, act: keys("G")},
		{name: "networks/overlap", know: world, act: keys("G", "k")},
		{name: "networks/dns_broken", know: world, act: keys("j")},
		{name: "networks/signed_out", know: world, act: keys("j", "j", "j", "j")},
		{name: "networks/no_peering", know: world, act: keys("j", "j", "j", "j", "j", "j")},
		{name: "networks/building", know: world, act: keys("j", "j", "j", "j", "j")},
		{name: "networks/stale", know: changed(func(s *model.Snapshot) {
			s.Konnect = model.SourceStatus{State: model.SourceDown, LastOK: noon.Add(-5 * time.Minute), Failure: &down, NextTry: noon.Add(41 * time.Second)}
		})},
		{name: "networks/throttled", know: changed(func(s *model.Snapshot) {
			s.Konnect = model.SourceStatus{State: model.SourceThrottled, LastOK: noon, NextTry: noon.Add(9 * time.Second)}
		})},
		{name: "networks/long_names", know: longNames},
		{name: "networks/filter", know: world, act: keys("/", `"!severity:ok eu"`)},
		{name: "networks/filter_wrong", know: world, act: keys("/", `"regoin:"`)},
		{name: "networks/filter_none", know: world, act: keys("/", `"nothing-like-it"`, "enter")},
		{name: "networks/problems", know: world, act: keys("f")},
		{name: "networks/known", know: acknowledged, act: keys("G")},
		{name: "networks/acknowledge", know: world, act: keys("G", "a", `"the firewall"`), edit: func(o *setting) { o.Known = &fakeKnown{} }},
		{name: "networks/wide", know: world, act: keys("w", "s")},
		{name: "networks/wide_right", know: world, act: keys("w", "right", "right", "right")},
		{name: "networks/help", know: world, act: keys("?")},
		{name: "networks/palette", know: world, act: keys(":", `"sort"`)},
		{name: "networks/describe", know: world, act: keys("G", "d")},
		{name: "networks/toast", know: world, act: func(s *stage) {
			s.keys("y")
			s.send(screen.Toast{Text: "other users of this machine may read the token file /home/alice/token (mode 0644); run: chmod 600 /home/alice/token", Trouble: true})
		}},
		{name: "networks/signin", know: world, act: func(s *stage) { s.keys("j", "j", "j", "j", "A") }, edit: withCode},
		{name: "networks/demo", know: world, edit: func(o *setting) { o.Demo, o.ReadOnly = true, true }},
		{name: "networks/ascii", know: longNames, edit: func(o *setting) { o.ASCII = true }},
		{name: "network/normal", know: world, act: keys("j", "j", "enter")},
		{name: "network/waiting", know: world, act: keys("j", "j", "j", "enter")},
		{name: "network/broken", know: world, act: keys("G", "enter")},
		{name: "network/changes", know: world, act: func(s *stage) { told(s); s.keys("G", "enter") }},
		{name: "network/timeline", know: world, act: keys("G", "enter", "v")},
		{name: "network/no_peering", know: world, act: keys("j", "j", "j", "j", "j", "j", "enter")},
		{name: "network/long_names", know: longNames, act: keys("g", "enter")},
		{name: "network/gone", know: world, act: func(s *stage) {
			s.keys("j", "j", "enter")
			s.know(changed(func(m *model.Snapshot) { m.Networks = m.Networks[:2] })())
		}},
		{name: "network/unreadable", know: changed(func(s *model.Snapshot) {
			n := network("eu-closed", "northeurope", "10.9.0.0/16").done()
			n.PeeringCount, n.PeeringsRead = 2, model.Part{Failure: &model.Failure{Cause: text("You do not have permission to perform this action (403)"), Cure: "The token's owner needs the Konnect role Network Admin."}}
			n.Finding = model.NewJudge().RollUp(*n)
			s.Networks = append([]*model.NetworkStatus{n}, s.Networks...)
		}), act: keys("/", `"closed"`, "enter", "enter")},
		{name: "activity/empty", know: world, act: keys("5")},
		{name: "activity/changes", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5") }},
		{name: "activity/broke", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "j", "j") }},
		{name: "activity/flapped", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "/", `"shared"`, "enter") }},
		{name: "activity/not_from_here", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "/", `"kind:dns"`, "enter") }},
		{name: "activity/oldest", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "G", "k") }},
		{name: "activity/only_problems", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "f") }},
		{name: "activity/changes_typed", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "/", `"sense:broke"`) }},
		{name: "activity/changes_none", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "/", `"zzz"`, "enter") }},
		{name: "activity/reader", know: world, act: func(s *stage) {
			v := happened()
			v.Reader, v.Entries = true, v.Entries[:3]
			s.tell(v)
			s.keys("5")
		}},
		{name: "activity/help", know: world, act: func(s *stage) { s.tell(happened()); s.keys("5", "?") }},
		{name: "activity/long_names", know: longNames, act: func(s *stage) { s.tell(longChanges()); s.keys("5", "j") }},
		{name: "activity/requests", know: world, act: func(s *stage) { entries(s); s.keys("5", "v") }},
		{name: "activity/problem", know: world, act: func(s *stage) { entries(s); s.keys("5", "v", "j", "j") }},
		{name: "activity/filter", know: world, act: func(s *stage) { entries(s); s.keys("5", "v", "/", `"kind:problem"`) }},
		{name: "activity/filter_none", know: world, act: func(s *stage) { entries(s); s.keys("5", "v", "/", `"zzz"`, "enter") }},
		{name: "activity/saved", know: world, act: func(s *stage) { entries(s); s.keys("5", "v", "ctrl+s") }},
		{name: "activity/save_error", know: world, act: func(s *stage) { entries(s); s.log.saveErr = fs.ErrPermission; s.keys("5", "v", "ctrl+s") }},
		{name: "theme/dark", know: world, act: keys("G"), ansi: true},
		{name: "theme/light", know: world, act: keys("G"), ansi: true, edit: func(o *setting) { o.Theme = theme.Light }},
		{name: "theme/mono", know: world, act: keys("G"), ansi: true, edit: func(o *setting) { o.Theme = theme.Mono }},
		{name: "theme/auto_light", know: world, ansi: true, edit: func(o *setting) { o.Theme = theme.Auto }, act: func(s *stage) {
			s.send(tea.BackgroundColorMsg{Color: color.White})
			s.keys("G")
		}},
	}...)
}

func withCode(o *setting) { o.SignIn = signInThatWaits }

// untouched are the looks of a screen that nobody has arranged.
func untouched(o *setting) { o.Looks = nil }

// told hands over a time line of several networks, with what broke since the person last
// looked, what was mended, and a time in which nobody watched.
func told(s *stage) {
	s.tell(changes.Make(past(), changes.Mark{At: noon.Add(-40 * time.Minute)}))
	s.rest(200 * time.Millisecond)
}

func past() []model.Change {
	w := world()
	of := func(n *model.NetworkStatus, ago time.Duration, aspect model.Aspect, from, to string) model.Change {
		c := model.Change{At: noon.Add(-ago), Network: n.ID, NetworkName: n.Name, Aspect: aspect, From: text(from), To: text(to)}
		if len(n.Peerings) > 0 && aspect != model.AspectNetwork {
			p := n.Peerings[len(n.Peerings)-1]
			c.Object, c.ObjectName = p.ID, p.Name
		}
		return c
	}
	prod, stage, building, west := w.Networks[2], w.Networks[3], w.Networks[5], w.Networks[8]
	return []model.Change{
		of(west, 51*time.Hour, model.AspectKonnect, "initializing", "ready"),
		of(prod, 5*time.Hour, model.AspectSync, "FullyInSync", "RemoteNotInSync"),
		of(prod, 4*time.Hour, model.AspectSync, "RemoteNotInSync", "FullyInSync"),
		of(building, 33*time.Minute, model.AspectNetwork, "created", "initializing"),
		of(west, 26*time.Minute, model.AspectAzure, "Connected", "Disconnected"),
		of(stage, 12*time.Minute, model.AspectKonnect, "initializing", "pending-user-action"),
	}
}

// everySize are the scenes that are drawn in every size of window: those of each screen
// that show most.
func everySize() []string {
	return []string{
		"activity/changes", "context/pick", "dns/normal", "dns/problems", "dnsreview/diff_small", "dnsreview/merge_some", "doctor/normal", "hops/open", "making/preview",
		"network/changes", "network/normal", "networks/changes", "networks/many", "networks/normal", "paths/map", "paths/normal", "probe/normal", "ranges/normal",
		"setup/filled", "setup/running", "trace/silent", "wayin/normal", "whatif/better",
	}
}

func sizesOf(name string) []struct{ w, h int } {
	all := []struct{ w, h int }{{80, 24}, {160, 48}, {120, 40}, {220, 60}}
	if slices.Contains(everySize(), name) {
		return all
	}
	return all[:2]
}

func TestScreens(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, sc := range scenes() {
		for _, size := range sizesOf(sc.name) {
			name := fmt.Sprintf("%s_%dx%d.txt", sc.name, size.w, size.h)
			if used[name] {
				t.Fatalf("two scenes are called %s", name)
			}
			used[name] = true
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				edits := []func(*setting){}
				if sc.edit != nil {
					edits = append(edits, sc.edit)
				}
				play(t, size.w, size.h, func(s *stage) {
					if sc.know != nil {
						s.know(sc.know())
					}
					if sc.act != nil {
						sc.act(s)
					}
					if sc.ansi {
						s.compare(name, strings.ReplaceAll(s.app.View().Content, "\x1b", "␛")+"\n")
						return
					}
					s.golden(name)
				}, edits...)
			})
		}
	}
	used["small/window_50x12.txt"], used["networks/least_60x15.txt"] = true, true
	used["setup/least_form_60x15.txt"], used["setup/least_run_60x15.txt"] = true, true
	t.Run("small window", func(t *testing.T) {
		play(t, 80, 24, func(s *stage) {
			s.know(world())
			s.keys("G", "/", `"us"`)
			before := s.frame()
			s.resize(50, 12)
			s.golden("small/window_50x12.txt")
			s.resize(80, 24)
			if s.frame() != before {
				t.Errorf("something was lost on the way:\n%s", s.frame())
			}
		})
	})
	t.Run("least window", func(t *testing.T) {
		play(t, 60, 15, func(s *stage) { s.know(world()); s.keys("G"); s.golden("networks/least_60x15.txt") })
	})
	t.Run("least window of the set-up", func(t *testing.T) {
		play(t, 60, 15, func(s *stage) { s.know(world()); load(s); s.golden("setup/least_form_60x15.txt") })
		play(t, 60, 15, func(s *stage) { s.know(world()); s.watches(run()); s.golden("setup/least_run_60x15.txt") })
	})
	used["trace/least_60x15.txt"], used["probe/least_60x15.txt"], used["probe/least_filter_60x15.txt"] = true, true, true
	t.Run("least window of the traces", func(t *testing.T) {
		play(t, 60, 15, func(s *stage) { s.know(dnsWorld()); traced(closed)(s); s.golden("trace/least_60x15.txt") })
		play(t, 60, 15, func(s *stage) {
			s.know(dnsWorld())
			probed(usual)(s)
			s.golden("probe/least_60x15.txt")
			s.keys("/", `"cell:refused"`)
			s.golden("probe/least_filter_60x15.txt")
		})
	})
	for _, name := range everySize() {
		if !used[name+"_220x60.txt"] {
			t.Errorf("there is no scene %s", name)
		}
	}
	if t.Failed() {
		return
	}
	if err := filepath.WalkDir(goldenDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(goldenDir, path)
		if err == nil && !used[filepath.ToSlash(name)] {
			t.Errorf("%s belongs to no scene: delete it", path)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

func (s *stage) resize(w, h int) {
	s.width, s.height = w, h
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
}
