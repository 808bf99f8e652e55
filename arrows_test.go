package main

import (
	"slices"
	"strings"
	"testing"
)

// group is one group of rooms on a floor, the groups of the same floor that it may
// import, and why it stands where it does. A group stands below those that import it:
// the table is read from the ground up, so an arrow can lead to an earlier line only.
type group struct {
	room string
	may  []string
	why  string
}

// groups are the groups of every floor, from the ground up.
func groups() []group {
	return []group{
		{"model/safe", nil, "every text from outside is one of these"},
		{"model/phrase", nil, "numbers with their nouns, lists and durations are words alone"},
		{"model/near", nil, "how far two names are apart is told by their letters alone"},
		{"model/azurecloud", nil, "the clouds of Azure are addresses and names, and know no subject"},
		{"model/names", []string{"model/safe"}, "what can be called by a name is told by ids and names alone"},
		{"model/look", []string{"model/safe"}, "how a screen is arranged is told by names and numbers, and by commands that were typed"},
		{"model/finding", []string{"model/safe", "model/azurecloud"}, "the catalogue says what can be thought of any subject, and knows none"},
		{"model", []string{"model/safe", "model/phrase", "model/finding", "model/azurecloud"}, "networks, peerings and their judgement come before what is made of them"},
		{"model/known", []string{"model", "model/finding", "model/phrase", "model/safe"}, "what somebody knows of is a finding of a network"},
		{"model/azurenet", []string{"model", "model/finding", "model/phrase", "model/safe"}, "what Azure lets through is asked for any port, and DNS is one"},
		{"model/dns", []string{"model", "model/azurecloud", "model/azurenet", "model/finding", "model/near", "model/phrase", "model/safe"}, "a mapping belongs to a network"},
		{"model/gateway", []string{"model", "model/phrase", "model/safe"}, "services and routes are those of a control plane"},
		{"model/paths", []string{"model", "model/azurecloud", "model/azurenet", "model/dns", "model/finding", "model/gateway", "model/near", "model/phrase", "model/safe"}, "a path leads from a gateway's services over a network, by mapped names, through Azure's rules"},
		{"model/setup", []string{"model", "model/azurecloud", "model/azurenet", "model/dns", "model/finding", "model/gateway", "model/paths", "model/phrase", "model/safe"}, "a set-up makes a peering with its mappings, and mends what Azure keeps from it"},
		{"model/ticket", []string{"model/finding", "model/phrase", "model/safe"}, "a ticket is made of findings and texts, of any subject"},
		{"model/changes", []string{"model", "model/finding", "model/phrase", "model/safe", "model/ticket"}, "a change is of a state or a finding of what is watched"},
		{"model/telling", []string{"model", "model/changes", "model/phrase", "model/safe"}, "what is told is what changed"},
		{"model/doctor", []string{"model", "model/finding", "model/phrase", "model/safe", "model/setup"}, "what the ways in are is judged by what a run needs"},

		{"services/run", nil, "goroutines, tries and channels know no subject"},
		{"services/local", []string{"services/run"}, "this machine is there without any cloud"},
		{"services/known", []string{"services/local"}, "what somebody knows of is a file of this machine, or of a repository"},
		{"services/cloud", []string{"services/run", "services/local"}, "a client signs in with a secret, and knows nothing of what its answers are for"},
		{"services/sandbox", []string{"services/run", "services/local"}, "the simulated clouds share no code with the clients that are tested on them"},
		{"services/terraform", nil, "a configuration is made of what others have read"},
		{"services/dns", []string{"services/run", "services/local", "services/cloud", "services/terraform"}, "tables are written to a cloud and kept on this machine"},
		{"services/paths", []string{"services/run", "services/local", "services/cloud"}, "the readers put together what the clouds tell; what-if files are read on this machine"},
		{"services/bundle", []string{"services/run", "services/local", "services/cloud", "services/dns"}, "what is recorded passes between clients and clouds, and between the prober and servers; what it is for is for others to say"},
		{"services/watch", []string{"services/run", "services/local", "services/cloud"}, "the watcher reads clouds and keeps a history"},
		{"services/setup", []string{"services/run", "services/local", "services/cloud", "services/dns", "services/paths"}, "a set-up has its mappings written by the one writer, and makes its route as the screen does"},
		{"services/metrics", []string{"services/run"}, "what is known is handed to the metrics, which know no client"},
		{"services/doctor", []string{"services/run"}, "the doctor asks by what is handed to it, and knows no client"},
		{"services/wiring", []string{"services/run", "services/local", "services/known", "services/cloud", "services/sandbox", "services/dns", "services/watch", "services/setup", "services/doctor", "services/paths", "services/bundle"}, "here the services are put together"},

		{"ui/kit", nil, "what all screens share knows none of them"},
		{"ui/report", []string{"ui/kit"}, "a text for a pipe is no screen"},
		{"ui/screens", []string{"ui/kit"}, "screens never know each other, nor the frame"},
		{"ui/app", []string{"ui/kit"}, "the frame knows no screen by name"},
		{"ui/program", []string{"ui/kit", "ui/screens"}, "the list of the screens"},
		{"ui/linear", []string{"ui/kit", "ui/report", "ui/screens"}, "the face without a screen asks for what the screens show, and says it in their words"},
		{"ui/command", []string{"ui/kit", "ui/report", "ui/app", "ui/program", "ui/linear"}, "the command line opens the frame with the screens of the list, or the conversation"},
	}
}

// groupOf returns the group that a package of peerdeck belongs to: its first folder under
// the floor, or the floor itself.
func groupOf(pkg string) string {
	parts := strings.Split(pkg, "/")
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// forTests reports whether a package only helps tests, which may put together what the
// program keeps apart.
func forTests(pkg string) bool {
	return strings.HasSuffix(pkg, "test") || pkg == "ui/journey" || pkg == "services/sandbox/faultproxy"
}

// What helps tests is in no program.
func TestHelpersOfTestsAreForTests(t *testing.T) {
	for _, s := range sources(t) {
		pkg := s.path[:max(0, strings.LastIndex(s.path, "/"))]
		if s.tests || forTests(pkg) {
			continue
		}
		for _, imported := range s.imports() {
			if path, ours := strings.CutPrefix(imported, "peerdeck/"); ours && forTests(path) {
				t.Errorf("%s imports %s, which is for tests", s.path, path)
			}
		}
	}
}

// The arrows between the groups of one floor lead down, and those that the table allows
// are used.
func TestArrowsBetweenGroups(t *testing.T) {
	table := groups()
	used := map[string]bool{}
	for i, g := range table {
		for _, m := range g.may {
			if at := slices.IndexFunc(table, func(o group) bool { return o.room == m }); at < 0 || at >= i {
				t.Errorf("%s may import %s, which does not stand below it: %s", g.room, m, g.why)
			}
		}
	}
	for _, s := range sources(t) {
		pkg := s.path[:max(0, strings.LastIndex(s.path, "/"))]
		if s.tests || pkg == "" || forTests(pkg) || len(s.file.Imports) == 0 {
			continue
		}
		from := groupOf(pkg)
		at := slices.IndexFunc(table, func(g group) bool { return g.room == from })
		if at < 0 {
			t.Errorf("%s is in %s, which is in no line of the table of groups: give it one, with its reason", s.path, from)
			continue
		}
		for _, imported := range s.imports() {
			path, ours := strings.CutPrefix(imported, "peerdeck/")
			to := groupOf(path)
			if !ours || to == from || floor(to) != floor(from) {
				continue
			}
			used[from+" "+to] = true
			if !slices.Contains(table[at].may, to) {
				t.Errorf("%s imports %s: %s", s.path, path, table[at].why)
			}
		}
	}
	for _, g := range table {
		for _, m := range g.may {
			if !used[g.room+" "+m] {
				t.Errorf("%s imports nothing of %s: take the arrow out of the table", g.room, m)
			}
		}
	}
}

// floor is the first folder of a room.
func floor(room string) string {
	name, _, _ := strings.Cut(room, "/")
	return name
}

// A screen is a room of its own: what several need is in ui/kit or model. The pages of a
// screen lie in folders below it.
func TestScreensDoNotKnowEachOther(t *testing.T) {
	const screens = "ui/screens/"
	of := func(path string) string {
		name, _, _ := strings.Cut(strings.TrimPrefix(path, screens), "/")
		return name
	}
	for _, s := range sources(t) {
		if s.tests || !strings.HasPrefix(s.path, screens) {
			continue
		}
		for _, imported := range s.imports() {
			path, ours := strings.CutPrefix(imported, "peerdeck/")
			if ours && strings.HasPrefix(path, screens) && of(path) != of(s.path) {
				t.Errorf("%s imports %s: a screen asks for another by a message", s.path, path)
			}
		}
	}
}
