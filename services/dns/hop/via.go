// Package hop asks DNS servers through another machine: over TCP through a SOCKS5 proxy,
// or through SSH, by the system's own ssh, which knows its user's keys, hosts and jumps.
// Neither carries UDP.
package hop

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/local/secret"
)

const (
	socksPort = "1080"
	maxVia    = 512 // characters
	// A hop is signed in to for each question, and may have jumps before it.
	firstTry  = 8 * time.Second
	secondTry = 10 * time.Second
	// Bounds on connections, wide enough that servers that are silent are waited for side by
	// side: each of them holds its connection until its time is over.
	overall   = 64
	perServer = 8
	// sshd turns away more than ten connections that are not signed in yet.
	signingIn = 6
)

// Via is a machine through which is asked.
type Via struct {
	kind     vantage.Kind
	host     string
	port     string // empty for the one that ssh chooses
	user     string
	password secret.Secret
}

// Parse reads socks5://[user:password@]host[:port] and ssh:[user@]host[:port]. The
// errors name what is wrong and never hold a password.
func Parse(via string) (Via, error) {
	via = strings.TrimSpace(via)
	switch scheme, rest, _ := strings.Cut(via, ":"); {
	case via == "":
		return Via{}, problem("nothing", "is given")
	case len(via) > maxVia:
		return Via{}, problem("the text", "has %d characters, which no hop has", len(via))
	case strings.EqualFold(scheme, "socks5") || strings.EqualFold(scheme, "socks5h"):
		return parseSOCKS(rest)
	case strings.EqualFold(scheme, "ssh"):
		return parseSSH(strings.TrimPrefix(rest, "//"))
	default:
		return Via{}, problem("the text", "begins with neither socks5:// nor ssh:")
	}
}

// problem says what is wrong with a hop.
func problem(what, format string, args ...any) error {
	return model.Failure{
		Kind: model.FailureInvalid, Operation: "read the hop",
		Cause: safe.New(what + " " + fmt.Sprintf(format, args...)),
		Cure:  model.CureHop,
	}
}

func parseSOCKS(rest string) (Via, error) {
	rest, ok := strings.CutPrefix(rest, "//")
	if !ok {
		return Via{}, problem("socks5:", "is not followed by //")
	}
	v := Via{kind: vantage.ThroughSOCKS, port: socksPort}
	rest = strings.TrimSuffix(rest, "/")
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		name, password, _ := strings.Cut(rest[:i], ":")
		user, err1 := url.PathUnescape(name)
		word, err2 := url.PathUnescape(password)
		switch {
		case err1 != nil || err2 != nil:
			return Via{}, problem("the user or the password", "has a %% that stands for nothing; write it as %%25")
		case user == "" || len(user) > 255 || len(word) > 255:
			return Via{}, problem("the user or the password", "is empty or too long for SOCKS5, which takes 255 bytes")
		}
		v.user, v.password, rest = user, secret.New(word), rest[i+1:]
	}
	return v.at(rest)
}

func parseSSH(rest string) (Via, error) {
	v := Via{kind: vantage.ThroughSSH}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		v.user, rest = rest[:i], rest[i+1:]
		if strings.Contains(v.user, ":") {
			return Via{}, problem("a password", "cannot be given for SSH; use a key or an agent")
		}
		if why := wrongWord(v.user); why != "" {
			return Via{}, problem("the user", "%s", why)
		}
	}
	return v.at(rest)
}

// at takes the host and the port.
func (v Via) at(rest string) (Via, error) {
	host, port, err := net.SplitHostPort(rest)
	if err != nil {
		host, port = strings.Trim(rest, "[]"), v.port
		if _, six := netip.ParseAddr(host); six != nil && strings.ContainsAny(rest, ":[]") {
			return Via{}, problem("the host", "%q cannot be read; write host:port, or [address]:port for IPv6", safe.Clean(rest))
		}
	} else if n, wrong := strconv.ParseUint(port, 10, 16); wrong != nil || n == 0 || port[0] == '+' {
		return Via{}, problem("the port", "%q is none; ports go from 1 to 65535", safe.Clean(port))
	}
	if a, err := netip.ParseAddr(host); err != nil || a.Zone() != "" {
		word := host
		if err == nil {
			word = a.Zone() // anything may stand there
		}
		if why := wrongWord(word); why != "" {
			return Via{}, problem("the host", "%s", why)
		}
	}
	v.host, v.port = host, port
	return v, nil
}

// wrongWord says why a word is no host or user that a program may be given.
func wrongWord(w string) string {
	switch {
	case w == "":
		return "is missing"
	case strings.HasPrefix(w, "-"):
		return fmt.Sprintf("%q begins with a hyphen, which programs take for an option", safe.Clean(w))
	case len(w) > dnstable.MaxDomain:
		return "is longer than any host name"
	}
	for _, r := range w {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("-_.", r):
		default:
			return fmt.Sprintf("%q holds %s; letters, digits, dots, hyphens and underscores can be used", safe.Clean(w), safe.Clean(strconv.QuoteRune(r)))
		}
	}
	return ""
}

// String names the hop without its user's password.
func (v Via) String() string {
	if v.kind == vantage.ThroughSOCKS {
		return "socks5://" + v.name()
	}
	return "ssh:" + v.name()
}

// name is the host, with the port and the user where they were given.
func (v Via) name() string {
	s := v.host
	if v.port != "" {
		s = net.JoinHostPort(v.host, v.port)
	}
	if v.user != "" && v.kind == vantage.ThroughSSH {
		s = v.user + "@" + s
	}
	return safe.Clean(s)
}

// Facts are what is known of the hop as a place to ask from: nothing but its name.
func (v Via) Facts() vantage.Facts { return vantage.Facts{Kind: v.kind, Name: safe.New(v.name())} }

// Options are those of a prober that asks through the hop. They are for one run: a hop
// that does not let in is not tried again and again.
func (v Via) Options() dnsprobe.Options {
	return dnsprobe.Options{
		Dial: v.Dialer(), NoUDP: v.kind.UDP().Why, FirstTry: firstTry, SecondTry: secondTry, Overall: overall, PerServer: perServer,
	}
}
