package doctor

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// ToService judges what stands between this machine and a service: all that is wrong with
// it, or that it is open.
func ToService(w model.Way, now time.Time) []Check {
	var out []Check
	for _, f := range w.Findings() {
		f.Cause = sentence(f.Cause)
		out = append(out, Check{Area: Way, Topic: w.Service, Subject: w.Host, Finding: f, Details: wayDetails(w, now)})
	}
	if w.Failure == nil {
		by := "directly"
		if !w.Proxy.IsZero() {
			by = fmt.Sprintf("through the proxy %s (set by %s)", w.Proxy.Address, w.Proxy.From)
		}
		open := Check{Area: Way, Topic: w.Service, Subject: w.Host, Finding: ok("way-open", "open", fmt.Sprintf("%s answers, %s.", w.Host, by)), Details: wayDetails(w, now)}
		out = append([]Check{open}, out...)
	}
	return out
}

// wayDetails are the certificate, the protocol and the clock.
func wayDetails(w model.Way, now time.Time) []safe.Text {
	var out []safe.Text
	add := func(format string, args ...any) { out = append(out, safe.New(fmt.Sprintf(format, args...))) }
	switch {
	case len(w.Certificates) > 0:
		c := w.Certificates[0]
		root := w.Root.Or(w.Certificates[len(w.Certificates)-1].Issuer.Raw())
		text := fmt.Sprintf("certificate of %s, signed by %s", c.Subject.Or(w.Host.Raw()), c.Issuer)
		if !root.IsEmpty() && root != c.Issuer {
			text += fmt.Sprintf(" below %s", root)
		}
		if w.OwnRoot {
			text += " (of --ca-file)"
		}
		if left := c.NotAfter.Sub(now); !c.NotAfter.IsZero() && left > 0 {
			text += ", for " + phrase.Span(left) + " more"
		}
		add("%s", text)
	case w.Failure == nil:
		add("plain http: it is on this machine")
	}
	var how []string
	if w.TLS != "" {
		how = append(how, w.TLS)
	}
	if w.Protocol != "" {
		how = append(how, w.Protocol, fmt.Sprintf("%d ms", w.Took.Milliseconds()))
	}
	if !w.Clock.There.IsZero() && !w.Clock.Wrong() {
		how = append(how, "this machine's clock agrees")
	}
	if len(how) > 0 {
		add("%s", strings.Join(how, ", "))
	}
	return out
}

// Source is a place that was asked for Konnect's token, and why it has none.
type Source struct{ From, Why string }

// NoTokenFacts say why there is no token of Konnect.
type NoTokenFacts struct {
	Asked []Source
	// NotAsked are the sources that were not asked, because a person pointed at another one;
	// Leave is the command that has them asked.
	NotAsked []string
	Leave    string
	Help     string // how to get one; may be empty
}

// NoToken judges that no source has a token of Konnect.
func NoToken(f NoTokenFacts) Check {
	c := Failed(Konnect, "token", safe.Text{}, model.NoKonnectToken(safe.New("no source has a token, so Konnect cannot be asked"), f.Help))
	if f.Help == "" {
		c.Next.Text = "Put a token where one was looked for, or name another place."
	}
	if f.Leave != "" {
		c.Next.Text = "Put right what it points at. No other token is taken in its place; to have " + strings.Join(f.NotAsked, ", ") + " asked:"
		c.Next.Command = f.Leave
	}
	for _, s := range f.Asked {
		c.Details = append(c.Details, safe.New(s.From+": "+s.Why))
	}
	return c
}
