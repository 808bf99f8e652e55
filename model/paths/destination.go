package paths

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Destination is a place that requests are sent to, as it is written, and who sends them.
type Destination struct {
	Plane     safe.Text // id of the control plane whose data planes are meant; empty for any
	Host      safe.Text
	Port      int
	Transport string // tcp, udp
}

// String writes the destination as it is typed.
func (d Destination) String() string {
	host := d.Host.String()
	if strings.Contains(host, ":") {
		host = "[" + strings.Trim(host, "[]") + "]"
	}
	out := host + ":" + strconv.Itoa(d.Port)
	if d.Transport == "udp" {
		return "udp://" + out
	}
	return out
}

// usualPort is the port that a scheme of an address stands for, 0 for none.
func usualPort(scheme string) int {
	switch scheme {
	case "http", "ws":
		return 80
	case "https", "wss", "grpcs", "tls":
		return 443
	case "grpc":
		return 80
	default:
		return 0
	}
}

// ReadDestination reads HOST:PORT as it is typed: a name, an address (one of IPv6 in
// brackets), or a URL; udp:// before it asks for UDP. The error says what is wrong with it.
func ReadDestination(text string) (Destination, error) {
	const form = "give HOST:PORT, such as orders.example.org:443, 10.1.0.4:8080 or [fd00::7]:443"
	rest, d := strings.TrimSpace(text), Destination{Transport: "tcp"}
	scheme, after, isURL := strings.Cut(rest, "://")
	port := 0
	if isURL {
		scheme = strings.ToLower(scheme)
		rest, port = after, usualPort(scheme)
		if scheme == "udp" {
			d.Transport = "udp"
		}
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			rest = rest[:i]
		}
		if strings.Contains(rest, "@") {
			return Destination{}, errors.New("there is an account in it; " + form)
		}
	}
	host, typed, err := parted(rest)
	switch {
	case err != nil:
		return Destination{}, fmt.Errorf("%w; %s", err, form)
	case typed == "" && port == 0:
		return Destination{}, errors.New("there is no port in it; " + form)
	case typed != "":
		if port, err = strconv.Atoi(typed); err != nil || port < 1 || port > 65535 {
			return Destination{}, fmt.Errorf("%q is no port; one is a number from 1 to 65535", safe.Clean(typed))
		}
	}
	d.Host, d.Port = safe.New(host), port
	if _, address := addressOf(d.Host); !address {
		if problem := gateway.HostProblem(d.Host); problem != "" && !strings.HasSuffix(host, ".") {
			return Destination{}, errors.New(problem)
		}
	}
	return d, nil
}

// parted parts a host from its port; the port is empty where there is none.
func parted(text string) (host, port string, err error) {
	if a, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return a.WithZone("").String(), "", nil
	}
	if inner, found := strings.CutPrefix(text, "["); found {
		inner, rest, closed := strings.Cut(inner, "]")
		port, colon := strings.CutPrefix(rest, ":")
		if a, err := netip.ParseAddr(inner); err == nil && closed && colon {
			return a.WithZone("").String(), port, nil
		}
		return "", "", fmt.Errorf("%q is no address in brackets with a port", safe.Clean(text))
	}
	host, port, _ = strings.Cut(text, ":")
	if host == "" {
		return "", "", errors.New("there is no host in it")
	}
	return host, port, nil
}
