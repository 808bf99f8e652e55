package dig

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// usualPatience is how long dig waits for one try when nobody says otherwise.
const usualPatience = 5 * time.Second

// args is what a command line of dig asks for.
type args struct {
	seen         bool
	server       string
	name, kind   string
	tcp          bool
	noRecursion  bool
	noEDNS       bool
	short, other bool // +short, or another form that is not read
	patience     time.Duration
}

func (a *args) over() dnsverdict.Transport {
	if a.tcp {
		return dnsverdict.TCP
	}
	return dnsverdict.UDP
}

// command reads a line of a shell in which dig or kdig is called, with or without a
// prompt before it.
func command(line string) (args, bool) {
	words := strings.Fields(line)
	for i, w := range words {
		if i > 3 {
			break
		}
		tool := w[strings.LastIndexByte(w, '/')+1:]
		if tool != "dig" && tool != "kdig" {
			continue
		}
		rest := words[i+1:]
		if i > 0 && !prompt(words[i-1]) || len(rest) == 0 || strings.HasSuffix(rest[0], ":") {
			continue
		}
		return parseArgs(rest), true
	}
	return args{}, false
}

// prompt reports whether a word may stand before a command: the end of a prompt, or
// sudo.
func prompt(w string) bool {
	return strings.ContainsAny(w[len(w)-1:], "$#>%+❯") && !strings.HasPrefix(w, ";") || w == "sudo" || w == "time"
}

// parseArgs reads the arguments of dig. Those after the first question are left out.
func parseArgs(words []string) args {
	a := args{seen: true}
	for i := 0; i < len(words); i++ {
		w := strings.Trim(words[i], `'"`)
		switch {
		case w == ";" || w == "&&" || w == "|" || strings.HasPrefix(w, ">") || strings.HasPrefix(w, "2>"):
			return a
		case strings.HasPrefix(w, "@"):
			if a.server == "" {
				a.server = address(w[1:])
			}
		case strings.HasPrefix(w, "+"):
			a.option(w[1:])
		case w == "-p" || w == "-b" || w == "-k" || w == "-y" || w == "-c" || w == "-f":
			i++
		case w == "-t" || w == "-q":
			if i++; i < len(words) {
				a.word(words[i], w == "-t")
			}
		case strings.HasPrefix(w, "-"):
		default:
			a.word(w, false)
		}
	}
	return a
}

// word takes a word that is a type, a class or a name.
func (a *args) word(w string, isType bool) {
	up := strings.ToUpper(w)
	switch {
	case isType || a.name != "" && knownType(up):
		if a.kind == "" {
			a.kind = clip(up)
		}
	case up == "IN" || up == "CH" || up == "HS":
	case knownType(up) && !strings.Contains(w, ".") && a.kind == "" && a.name == "":
		a.kind = up
	case a.name == "":
		a.name = clip(w)
	}
}

func (a *args) option(w string) {
	name, value, _ := strings.Cut(w, "=")
	switch strings.ToLower(name) {
	case "tcp", "vc":
		a.tcp = true
	case "notcp", "novc":
		a.tcp = false
	case "norec", "norecurse", "nordflag":
		a.noRecursion = true
	case "rec", "recurse", "rdflag":
		a.noRecursion = false
	case "noedns", "noed":
		a.noEDNS = true
	case "short":
		a.short = true
	case "yaml":
		a.other = true
	case "time", "timeout":
		if n, err := strconv.Atoi(value); err == nil && n > 0 && n < 3600 {
			a.patience = time.Duration(n) * time.Second
		}
	default:
	}
}

// address takes an address out of what dig and kdig write: with a port, with a name in
// brackets, with a zone.
func address(s string) string {
	for _, end := range []string{"#", "@", "("} {
		s, _, _ = strings.Cut(s, end)
	}
	if a, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		return a.Unmap().String()
	}
	return clip(s)
}

// knownType reports whether a word is a type of record.
func knownType(s string) bool {
	switch s {
	case "A", "AAAA", "SOA", "NS", "CNAME", "PTR", "MX", "TXT", "SRV", "CAA", "DS", "DNSKEY", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM",
		"SVCB", "HTTPS", "TLSA", "NAPTR", "DNAME", "LOC", "SSHFP", "HINFO", "SPF", "URI", "ANY", "AXFR", "IXFR", "OPT", "CDS", "CDNSKEY", "RP", "AFSDB", "CERT", "ZONEMD", "OPENPGPKEY", "SMIMEA", "CSYNC", "EUI48", "EUI64":
		return true
	}
	n, ok := strings.CutPrefix(s, "TYPE")
	_, err := strconv.ParseUint(n, 10, 16)
	return ok && err == nil
}

// maxWord bounds a name or a word: names have at most 253 characters, each of which may
// be written with four.
const maxWord = 1100

func clip(s string) string {
	if len(s) > maxWord {
		return s[:maxWord]
	}
	return s
}

// form names the form of output that cannot be read.
func (a *args) form() string {
	if a.short {
		return "short"
	}
	return "yaml"
}
