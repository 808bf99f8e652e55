package trace

import (
	"net/netip"
	"strconv"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxTyped bounds what is looked at: no URL that somebody pastes is longer.
const maxTyped = 4096

// Query is what was typed, and the name that is looked into for it.
type Query struct {
	Typed safe.Text
	Name  dnstable.Name // no ASCII when there is none; then Problem says why
	// Problem is why the text cannot be asked for, a sentence.
	Problem string
	// Address is what was typed in place of a name; not valid for none.
	Address netip.Addr
	// Offer is a name that may be meant instead, empty for none.
	Offer string
	// Notes are what was left out or read into the text, a sentence each.
	Notes []string
}

// OK reports whether there is a name to look into.
func (q Query) OK() bool { return q.Problem == "" && q.Name.ASCII != "" }

// Asked is the name in the form in which it is asked for.
func (q Query) Asked() safe.Text { return safe.New(q.Name.ASCII) }

// Read finds the name in what was typed or pasted: a name, a URL, a host with a port.
// It never fails; what is no name says why, and what may be meant.
func Read(text string) Query {
	cut := len(text) > maxTyped
	if cut {
		text = text[:maxTyped]
	}
	typed := strings.Trim(strings.TrimSpace(text), "\"'`<>")
	typed = strings.TrimSpace(typed)
	q := Query{Typed: safe.New(typed)}
	if cut {
		q.Problem = "This is a text of more than " + strconv.Itoa(maxTyped) + " characters, not a name."
		return q
	}
	if address, found := addressIn(typed); found {
		q.Address = address
		q.Offer = dnstable.ReverseZones(netip.PrefixFrom(address, address.BitLen()))[0]
		q.Problem = address.String() + " is an address and needs no name server. To ask for the name of the address, trace " + q.Offer + "."
		return q
	}
	problem, host := dnstable.Why(typed)
	switch {
	case strings.Contains(typed, `\`) && !strings.Contains(typed, "://"):
		// As zone files and dig write it. What stands before it is another name.
		q.Problem = "A backslash begins an escape, and a name with escapes cannot be asked for here. Type the name without it."
		return q
	case problem == "":
		q.Name = dnstable.Normalise(typed)
	case host != "":
		q.Name = dnstable.Normalise(host)
		q.Notes = append(q.Notes, "Only the host was taken: "+host+".")
	default:
		q.Problem = problem
		q.Offer = joined(typed)
		return q
	}
	if q.Name.ASCII == "." {
		q.Name, q.Problem = dnstable.Name{}, "The root is no name of a server. Type a name such as www.example.com."
		return q
	}
	q.Notes = append(q.Notes, q.notes(typed)...)
	return q
}

// notes tells what the name is in the eyes of DNS, where that may surprise.
func (q Query) notes(typed string) []string {
	var out []string
	note := func(s string) { out = append(out, s) }
	if strings.HasPrefix(typed, "*.") {
		note("A star stands for any name; the domain below it is asked for. Trace one name to see its own answer.")
	}
	if q.Name.Unicode != q.Name.ASCII {
		note("In DNS this name is " + q.Name.ASCII + ".")
	}
	if q.Name.Mapped {
		note("Letters were replaced by those that DNS knows.")
	}
	if !strings.Contains(q.Name.ASCII, ".") {
		note("A name of one label: the gateway has no search list and asks for it as it stands. Is the domain missing?")
	}
	if strings.HasSuffix(q.Name.ASCII, ".local") {
		note("Many systems ask for .local by multicast, so it may resolve on a laptop and not on the gateway.")
	}
	return out
}

// addressIn finds an address, alone, with a port, or as the host of a URL.
func addressIn(typed string) (netip.Addr, bool) {
	host := typed
	if _, rest, found := strings.Cut(host, "://"); found {
		host = rest
		if i := strings.IndexAny(host, "/?#"); i >= 0 {
			host = host[:i]
		}
		host = host[strings.LastIndexByte(host, '@')+1:]
	}
	if ap, err := netip.ParseAddrPort(host); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
	return a.Unmap().WithZone(""), err == nil
}

// joined is the text without its blanks, where that makes a name: line breaks get into
// names that are copied from a mail.
func joined(typed string) string {
	words := strings.Fields(typed)
	if len(words) < 2 || !strings.Contains(typed, ".") {
		return ""
	}
	return dnstable.Normalise(strings.Join(words, "")).ASCII
}
