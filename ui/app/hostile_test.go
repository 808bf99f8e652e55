package app_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// hostile is text that a terminal would obey, in every form that was seen to
// pass through the renderer.
const hostile = "a\x1b]52;c;ZXZpbA==\a\x1bPtmux;\x1b\\\u009b31m\x9b31m\u202ereversed\u200b\x1b[8mhidden\x1b]8;;http://evil.example\x1b\\link\rX\tY\x00\x7f\u2028z" +
	"e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\ufe0f\u3164"

// poison puts hostile text into every Text that a value holds, at any depth.
func poison(v reflect.Value) int {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return poison(v.Elem())
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[safe.Text]() && v.CanSet() {
			v.Set(reflect.ValueOf(safe.New(v.Interface().(safe.Text).Raw() + hostile)))
			return 1
		}
		n := 0
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				n += poison(v.Field(i))
			}
		}
		return n
	case reflect.Slice:
		n := 0
		for i := range v.Len() {
			n += poison(v.Index(i))
		}
		return n
	default:
	}
	return 0
}

// harmless checks that a frame holds colours and printable text, nothing else.
func harmless(t *testing.T, what, frame string) {
	t.Helper()
	parser := ansi.NewParser()
	var state byte
	for rest := frame; rest != ""; {
		sequence, width, n, next := ansi.DecodeSequence(rest, state, parser)
		state, rest = next, rest[n:]
		if width > 0 || sequence == "\n" || !strings.ContainsFunc(sequence, func(r rune) bool { return !unicode.IsPrint(r) }) {
			for _, r := range sequence {
				if !unicode.IsPrint(r) && r != '\n' {
					t.Errorf("%s shows %U", what, r)
				}
			}
			continue
		}
		if ansi.HasCsiPrefix(sequence) && strings.HasSuffix(sequence, "m") && !strings.Contains(sequence, "[8m") {
			continue
		}
		t.Errorf("%s sends %q", what, sequence)
		return
	}
}

func TestHostileTextIsHarmlessOnEveryScreen(t *testing.T) {
	snapshot := world()
	if n := poison(reflect.ValueOf(&snapshot).Elem()); n < 200 {
		t.Fatalf("only %d texts were poisoned", n)
	}
	failed := model.Failure{Kind: model.FailureAuth, Operation: "list", Subject: safe.New(hostile), Cause: safe.New(hostile), Cure: "Mend it.", TraceID: safe.New(hostile)}
	snapshot.Failures = []model.Failure{failed}
	// A snapshot that is all failure, for the page without networks.
	none := model.Snapshot{Konnect: model.SourceStatus{State: model.SourceSignedOut, Failure: &failed}, Failures: []model.Failure{failed}, Organization: snapshot.Organization}
	for _, size := range [][2]int{{80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			check := func(what string) {
				harmless(t, what, s.app.View().Content)
				harmless(t, what+", title", s.app.View().WindowTitle)
			}
			s.know(none)
			check("no networks")
			entries(s)
			s.log.add(model.ProblemActivity(failed, noon))
			s.log.add(model.Activity{Kind: model.ActivityRequest, Target: safe.New(hostile), Network: safe.New(hostile), Object: safe.New(hostile), Trace: safe.New(hostile)})
			s.know(snapshot)
			for _, key := range []string{"j", "j", "j", "j", "]", "w", "right", "right", "right", "w", "enter", "v", "d", "G", "esc", "esc", "?", "esc", ":", "esc", "4", "j", "]", "5", "v", "v", "j", "1", "y", "A", "esc"} {
				s.keys(key)
				check("after " + key)
			}
			s.keys("c")
			s.keys("/")
			s.send(pasted(hostile))
			check("a pasted filter")
		}, withCode)
	}
}
