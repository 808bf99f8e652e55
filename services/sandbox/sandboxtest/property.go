package sandboxtest

import (
	"flag"
	"testing"

	"pgregory.net/rapid"
)

// Property is a test within a property: what it opens it closes at its own end, and it
// fails the property.
type Property struct {
	testing.TB
	Of *rapid.T

	ends []func()
}

// Cleanup has f called by [Property.End].
func (p *Property) Cleanup(f func()) { p.ends = append(p.ends, f) }

// Errorf fails the property.
func (p *Property) Errorf(text string, a ...any) { p.Of.Errorf(text, a...) }

// Error fails the property.
func (p *Property) Error(a ...any) { p.Of.Error(a...) }

// Fatalf fails the property and ends it.
func (p *Property) Fatalf(text string, a ...any) { p.Of.Fatalf(text, a...) }

// Fatal fails the property and ends it.
func (p *Property) Fatal(a ...any) { p.Of.Fatal(a...) }

// Failed reports whether the property has failed.
func (p *Property) Failed() bool { return p.Of.Failed() }

// Logf tells the property's log, which is shown for the case that fails.
func (p *Property) Logf(text string, a ...any) { p.Of.Logf(text, a...) }

// End closes what was opened, the newest first.
func (p *Property) End() {
	for len(p.ends) > 0 {
		last := len(p.ends) - 1
		f := p.ends[last]
		p.ends = p.ends[:last]
		f()
	}
}

// Checks sets how many cases the properties of a process try, and which: a change is held to
// the same cases everywhere. A person who looks for others asks for a number of them with
// -rapid.checks, and gets new ones each time.
func Checks(tb testing.TB, n string) {
	tb.Helper()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" || f.Name == "rapid.seed" })
	if asked {
		return
	}
	for name, value := range map[string]string{"rapid.checks": n, "rapid.seed": "20261129"} {
		if err := flag.Lookup(name).Value.Set(value); err != nil {
			tb.Fatal(err)
		}
	}
}
