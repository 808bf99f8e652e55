package app_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/ui/app"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// fakeContexts are contexts of a file that is not there.
type fakeContexts struct {
	list     []model.Context
	err      error
	refuses  map[string]error
	prepared []string
}

func (f *fakeContexts) List(context.Context) ([]model.Context, error) { return f.list, f.err }

func (f *fakeContexts) Prepare(_ context.Context, name string) error {
	f.prepared = append(f.prepared, name)
	return f.refuses[name]
}

func manyContexts() *fakeContexts {
	return &fakeContexts{
		list: []model.Context{
			{Name: text("production"), Konnect: text("global.api.konghq.com"), Token: text("the command pass"), Colour: model.Red, ReadOnly: true, Current: true},
			{Name: text("staging"), Konnect: text("global.api.konghq.com"), Token: text("the file /home/alice/staging"), Colour: model.Green},
			{Name: text("us-gov"), Konnect: text("global.api.konghq.com"), Token: text("GOV_TOKEN"), Cloud: azurecloud.Government},
			{Name: text("old"), Konnect: text("global.api.konghq.com"), Token: text("OLD_TOKEN"), Problem: text("the variable OLD_TOKEN is not set, so there is no token in it; set it: export OLD_TOKEN=kpat_…")},
		},
		refuses: map[string]error{"us-gov": errors.New("there is no Konnect token for the context us-gov: the variable GOV_TOKEN is empty")},
	}
}

func inProduction(o *setting) {
	f := manyContexts()
	o.Context, o.Contexts, o.ReadOnly = f.list[0], f, true
}

func contextScenes() []scene {
	return []scene{
		{name: "context/frame", know: world, edit: inProduction},
		{name: "context/colours", know: world, edit: inProduction, ansi: true},
		{name: "context/no_colours", know: world, ansi: true, edit: func(o *setting) { inProduction(o); o.Theme = theme.Mono }},
		{name: "context/long_name", know: world, edit: func(o *setting) {
			inProduction(o)
			o.Context.Name = text("production of the whole of Western Europe")
		}},
		{name: "context/pick", know: world, edit: inProduction, act: keys(":", `"context"`, "enter", "down")},
		{name: "context/broken", know: world, edit: inProduction, act: keys(":", `"context"`, "enter", `"old"`)},
		{name: "context/palette", know: world, edit: inProduction, act: keys(":", `"context st"`)},
		{name: "context/refused", know: world, edit: inProduction, act: keys(":", `"context us"`, "enter")},
		{name: "context/none", know: world, edit: func(o *setting) { o.Contexts = &fakeContexts{} }, act: keys(":", `"context"`, "enter")},
		{name: "context/unreadable", know: world, act: keys(":", `"context"`, "enter"), edit: func(o *setting) {
			o.Contexts = &fakeContexts{err: errors.New("the configuration file /home/alice/.config/peerdeck/config.yaml, line 3, column 5: there is no setting \"konect\"; the nearest is \"konnect\"")}
		}},
	}
}

// A change ends the frame with the name of the next one, when it is certain that it can
// be opened.
func TestChangingTheContext(t *testing.T) {
	for name, c := range map[string]struct {
		press    []string
		prepared []string
		next     string
		says     string
	}{
		"by name":             {[]string{":", `"context staging"`, "enter"}, []string{"staging"}, "staging", ""},
		"by the short word":   {[]string{":", `"ctx stag"`, "enter"}, []string{"staging"}, "staging", ""},
		"completed":           {[]string{":", `"context st"`, "tab", "enter"}, []string{"staging"}, "staging", ""},
		"from the list":       {[]string{":", `"context"`, "enter", "down", "enter"}, []string{"staging"}, "staging", ""},
		"by a part of it":     {[]string{":", `"context"`, "enter", `"green stag"`, "ctrl+u", `"alice"`, "enter"}, []string{"staging"}, "staging", ""},
		"the one that is":     {[]string{":", `"context"`, "enter", "enter"}, nil, "", "is the one that is shown"},
		"one that is broken":  {[]string{":", `"context"`, "enter", `"old"`, "enter"}, nil, "", "OLD_TOKEN is not set"},
		"one without a token": {[]string{":", `"context us-gov"`, "enter"}, []string{"us-gov"}, "", "GOV_TOKEN is empty"},
		"closed":              {[]string{":", `"context"`, "enter", "esc"}, nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := manyContexts()
			play(t, 160, 48, func(s *stage) {
				s.know(world())
				s.keys(c.press...)
				if s.app.Next() != c.next || s.quit != (c.next != "") || !slices.Equal(f.prepared, c.prepared) {
					t.Errorf("next %q, quit %v, prepared %v\n%s", s.app.Next(), s.quit, f.prepared, s.frame())
				}
				if !strings.Contains(strings.Join(strings.Fields(s.frame()), " "), c.says) {
					t.Errorf("nothing says %q:\n%s", c.says, s.frame())
				}
			}, func(o *setting) { inProduction(o); o.Contexts = f })
		})
	}
}

// What would be lost by leaving would be lost by a change too: the same question is asked.
func TestAChangeAsksAsLeavingDoes(t *testing.T) {
	for _, answer := range []string{"y", "n"} {
		play(t, 100, 30, func(s *stage) {
			s.keys(":", `"context staging"`, "enter")
			s.shows("Change to staging", "1 of 3 steps done.")
			s.keys(answer)
			if changed := answer == "y"; s.quit != changed || (s.app.Next() == "staging") != changed {
				t.Errorf("%s: quit %v, next %q", answer, s.quit, s.app.Next())
			}
		}, inProduction, over(nil, &plain{name: "One", leaving: []string{"1 of 3 steps done."}}))
	}
}

// Leaving is no change.
func TestLeavingNamesNoContext(t *testing.T) {
	play(t, 100, 30, func(s *stage) {
		s.know(world())
		s.keys("q")
		if !s.quit || s.app.Next() != "" {
			t.Errorf("quit %v, next %q", s.quit, s.app.Next())
		}
	}, inProduction)
}

// The name is there wherever one looks: in every tab, in the title of the window, and in a
// window that is too small. A colour never stands alone.
func TestTheContextIsAlwaysNamed(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		for _, tab := range []string{"1", "2", "3", "4", "5"} {
			s.keys(tab)
			if line, _, _ := strings.Cut(s.frame(), "\n"); !strings.Contains(line, "production") {
				t.Errorf("tab %s: %q", tab, line)
			}
		}
		if title := s.app.View().WindowTitle; !strings.Contains(title, "production") {
			t.Errorf("title %q", title)
		}
		s.resize(50, 12)
		s.shows("Context: production")
	}, inProduction)
}

var _ app.Contexts = (*fakeContexts)(nil)
