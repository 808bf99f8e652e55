package file

import (
	"regexp"
	"slices"
	"strings"
)

// isCommand reports whether a line is a command of Windows about DNS, with a prompt before
// it or without.
func isCommand(line string) bool {
	name := commandName(line)
	return name == "dnscmd" || name == "dnscmd.exe" || strings.HasPrefix(name, "get-dns") || strings.HasPrefix(name, "add-dns") || strings.HasPrefix(name, "set-dns") || strings.HasPrefix(name, "remove-dns") || name == "import-module"
}

// innerCommand finds a command that adds a forwarder within a line: in a loop, or in a
// block that is run elsewhere. It is -1 where there is none.
func innerCommand(line string) int {
	lower := strings.ToLower(line)
	for _, name := range []string{"add-dnsserverconditionalforwarderzone", "set-dnsserverconditionalforwarderzone", "add-dnsclientnrptrule"} {
		if i := strings.Index(lower, name); i >= 0 && len(lower) == len(line) {
			return i
		}
	}
	return -1
}

// scripted reports a line of a script that is no command about DNS.
func scripted(line string) bool {
	word, _, _ := strings.Cut(strings.ToLower(line), " ")
	return strings.HasPrefix(line, "$") || strings.HasPrefix(line, "}") || strings.HasPrefix(line, "{") || strings.HasPrefix(word, "write-") ||
		slices.Contains([]string{"foreach", "for", "if", "else", "try", "catch", "param", "@echo", "echo", "rem", "invoke-command"}, strings.TrimRight(word, "({"))
}

// commandName is the first word of a line behind a prompt, in small letters.
func commandName(line string) string {
	word, _, _ := strings.Cut(withoutPrompt(line), " ")
	return strings.ToLower(strings.Trim(word, `&"'`))
}

// withoutPrompt takes PS C:\> or C:\> away.
func withoutPrompt(line string) string {
	line = strings.TrimSpace(line)
	if i := strings.IndexByte(line, '>'); i > 0 && (strings.HasPrefix(strings.ToLower(line), "ps ") || len(line) > 2 && line[1] == ':') && strings.IndexByte(line[:i], '|') < 0 {
		line = strings.TrimSpace(line[i+1:])
	}
	return line
}

// windowsCommand reads one command, which may go on in the next lines, and returns how
// many it has.
func (r *reader) windowsCommand(lines []windowsLine) int {
	n := 1
	text := withoutPrompt(lines[0].text)
	if at := innerCommand(text); at > 0 && !isCommand(text) { // within a loop or a block: what is around it ends with it
		text, _, _ = strings.Cut(text[at:], "}")
	}
	for n < len(lines) && len(text) < maxCell && (strings.HasSuffix(text, "`") || strings.HasSuffix(text, "^") || strings.HasSuffix(text, "|") || strings.HasSuffix(text, ",")) {
		text = strings.TrimRight(text, "`^") + " " + lines[n].text
		n++
	}
	for command := range strings.SplitSeq(text, ";") {
		if command = strings.TrimSpace(command); command == "" {
			continue
		}
		e := entry{from: lines[0].from, to: lines[n-1].to}
		words, open := commandWords(command)
		if open {
			e.failf("a quotation mark is opened and not closed; close it")
		}
		r.commandOf(e, words)
	}
	return n
}

// commandOf reads a command by its name.
func (r *reader) commandOf(e entry, words []string) {
	name := strings.ToLower(words[0])
	switch {
	case name == "dnscmd" || name == "dnscmd.exe":
		r.dnscmd(e, words[1:])
	case strings.HasPrefix(name, "get-") || strings.HasPrefix(name, "remove-") || name == "import-module":
		if e.problem != "" {
			r.put(e)
			return
		}
		r.pass(words[0])
	case name == "add-dnsserverconditionalforwarderzone" || name == "set-dnsserverconditionalforwarderzone":
		r.parameters(e, words, "Name", "MasterServers")
	case name == "add-dnsserverstubzone":
		e.notef(stubNote)
		r.parameters(e, words, "Name", "MasterServers")
	case name == "add-dnsclientnrptrule" || name == "set-dnsclientnrptrule":
		r.parameters(e, words, "Namespace", "NameServers")
	case name == "add-dnsserverforwarder" || name == "set-dnsserverforwarder":
		e.failf("these forwarders are for all names without a zone; a mapping has a domain: write lines such as: corp.example.com -> 10.1.0.4")
		r.put(e)
	default:
		r.pass(words[0])
	}
}

// parameters reads -Name corp.example.com -MasterServers 10.1.0.4,10.1.0.5 of a command.
// A parameter may be cut short, as long as it is told from others.
func (r *reader) parameters(e entry, words []string, domain, servers string) {
	found := map[string][]string{}
	current := ""
	for _, w := range words[1:] {
		if w == "|" {
			break
		}
		if strings.HasPrefix(w, "@") {
			e.failf("its values stand in the variable %s; write the values themselves behind the names of the parameters", quoted(w))
		}
		value := w
		if p, behind, isParameter := parameter(w); isParameter {
			current, value = whichParameter(p, domain, servers), behind
		}
		if current != "" && value != "" {
			found[current] = append(found[current], value)
		}
	}
	e.valued(found, words[0], domain, servers)
	if domain == "Namespace" {
		w := windowsRecord{entry: e}
		w.set("nameservers", strings.Join(found[servers], " "))
		r.nrptRule(w, strings.Join(found[domain], " "))
		return
	}
	for _, d := range found[domain] {
		e.domains = append(e.domains, undot(d))
	}
	e.servers = found[servers]
	r.put(e)
}

// whichParameter tells which of some parameters is meant by a name that may be cut short;
// empty for another one.
func whichParameter(name string, known ...string) string {
	for _, k := range known {
		if len(name) > 3 && strings.HasPrefix(strings.ToLower(k), name) || strings.EqualFold(name, k) {
			return k
		}
	}
	return ""
}

// valued refuses a command in which a parameter is missing, or has a variable as its value.
func (e *entry) valued(found map[string][]string, command string, parameters ...string) {
	for _, p := range parameters {
		for _, v := range found[p] {
			if strings.HasPrefix(v, "$") {
				e.failf("%s is a variable, whose value is not here; write the value itself", quoted(v))
			}
		}
		if len(found[p]) == 0 {
			e.failf("there is no -%s in %s; write it with its value", p, short(command))
		}
	}
}

// parameter reads -Name or -Name:value, with whatever dash a word processor has made.
func parameter(word string) (name, value string, ok bool) {
	for _, dash := range []string{"-", "–", "—", "―"} {
		if rest, found := strings.CutPrefix(word, dash); found && rest != "" && (rest[0] >= 'a' && rest[0] <= 'z' || rest[0] >= 'A' && rest[0] <= 'Z') {
			name, value, _ = strings.Cut(rest, ":")
			return strings.ToLower(name), value, true
		}
	}
	return "", "", false
}

// dnscmd reads dnscmd [SERVER] /ZoneAdd ZONE /Forwarder ADDRESS... [/TimeOut N] [/Slave].
func (r *reader) dnscmd(e entry, words []string) {
	at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "/") })
	if at < 0 || at+1 >= len(words) {
		r.pass("dnscmd")
		return
	}
	verb := strings.ToLower(words[at])
	rest := words[at+1:]
	switch verb {
	case "/zoneadd":
		if len(rest) < 2 || !strings.EqualFold(rest[1], "/forwarder") && !strings.EqualFold(rest[1], "/dsforwarder") && !strings.EqualFold(rest[1], "/stub") && !strings.EqualFold(rest[1], "/dsstub") {
			r.pass("dnscmd /ZoneAdd of a zone that does not forward")
			return
		}
		if strings.Contains(strings.ToLower(rest[1]), "stub") {
			e.notef(stubNote)
		}
		e.domains, rest = []string{undot(rest[0])}, rest[2:]
	case "/zoneresetmasters":
		e.domains, rest = []string{undot(rest[0])}, rest[1:]
	case "/resetforwarders":
		e.failf("these forwarders are for all names without a zone; a mapping has a domain: write lines such as: corp.example.com -> 10.1.0.4")
	default:
		r.pass("dnscmd " + words[at])
		return
	}
	for i := 0; i < len(rest); i++ {
		switch option := strings.ToLower(rest[i]); {
		case option == "/timeout" || option == "/dp":
			e.notef("%s was left out", short(rest[i]))
			i++
		case strings.HasPrefix(option, "/"):
			e.notef("%s was left out", short(rest[i]))
		case strings.HasPrefix(option, "%") || strings.HasPrefix(option, "$"):
			e.failf("%s is a variable, whose value is not here; write the value itself", quoted(rest[i]))
		default:
			e.servers = append(e.servers, rest[i])
		}
	}
	r.put(e)
}

// commandWords parts a command at blanks and commas outside quotation marks. Brackets of
// a list are no part of a word.
func commandWords(text string) (words []string, open bool) {
	word := regexp.MustCompile(`"([^"]*)"|'([^']*)'|\||[^\s,"'|]+`)
	open = strings.Count(text, `"`)%2 == 1 || strings.Count(strings.ReplaceAll(text, `"`, ""), "'")%2 == 1
	for _, m := range word.FindAllStringSubmatch(text, -1) {
		w := m[0]
		switch {
		case m[1] != "":
			w = m[1]
		case m[2] != "":
			w = m[2]
		default:
			w = strings.TrimPrefix(w, "@(")
			w = strings.Trim(w, "()")
		}
		if w != "" {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		words = []string{"?"}
	}
	return words, open
}
