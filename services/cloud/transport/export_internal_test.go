package transport

import (
	"encoding/pem"
	"net/http"
	"net/url"
	"time"
)

// Impatient are the options with a limit that a test can wait for.
func Impatient(o Options, short time.Duration) Options {
	o.limits = limits{connect: short, handshake: short, header: short, exchange: 2 * short}
	return o
}

// Choice is the proxy that an address gets, and where it is set, or why it gets none.
func Choice(p Proxies, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return err.Error()
	}
	through, why := p.choose(u.Scheme, addressed(&http.Request{URL: u}))
	if through == nil {
		return why
	}
	shown := through.shown()
	text := shown.Address.String() + " by " + shown.From
	if shown.SignsIn {
		text += ", signed in"
	}
	return text
}

// DER is the first certificate of a PEM.
func DER(text string) []byte {
	block, _ := pem.Decode([]byte(text))
	return block.Bytes
}

// Allowance is what a service tells of how many requests it still takes.
func Allowance(h http.Header, now time.Time) (int, time.Duration) { return allowance(h, now) }
