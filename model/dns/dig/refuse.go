package dig

import (
	"net/netip"
	"strings"
)

// refusal says why nothing could be taken from a text.
func refusal(text string, notes []string) string {
	low := strings.ToLower(text)
	has := func(list ...string) bool {
		for _, s := range list {
			if strings.Contains(low, s) {
				return true
			}
		}
		return false
	}
	switch {
	case has("dig: command not found", "dig: not found", "'dig' is not recognized", "dig: no such file", "unable to locate package dig"):
		return "dig is not on that machine; install it there (dnsutils, bind9-dnsutils or bind-utils) and run the commands again"
	case len(notes) > 0:
		return strings.Join(notes, "; ")
	case has("type: message", "response_message_data"):
		return "this is what dig prints with +yaml; run it without +yaml, and paste all of it"
	case has("non-authoritative answer", "server:\t\t", "** server can't find", "default server:"):
		return "this is the output of nslookup, which leaves out the code and the flags; run dig instead"
	case has(" has address ", " has ipv6 address", " is an alias for "):
		return "this is the output of host, which leaves out the code and the flags; run dig instead"
	case has("querytype", "namehost", "resolve-dnsname"):
		return "this is the output of Resolve-DnsName, which leaves out the flags; run dig on a Linux machine in the VNET instead"
	case short(text):
		return "these are bare answers, as dig prints them with +short; run it without +short: the code, the flags and the server are needed"
	default:
		return "this is not the output of dig; run the commands as they are printed, and paste all that they print"
	}
}

// short reports whether a text has addresses and names only, one in a line.
func short(text string) bool {
	found := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if _, isCommand := command(line); isCommand || line == "" {
			continue
		}
		_, err := netip.ParseAddr(line)
		name := strings.HasSuffix(line, ".") && !strings.Contains(line, " ")
		if err != nil && !name {
			return false
		}
		found = true
	}
	return found
}
