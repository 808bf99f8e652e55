package action

import (
	"slices"
	"strings"
)

// Letter is a key that stands for one thing on every screen.
type Letter struct {
	Key   string
	Means string // in a few words, as people say it
	// For names what it does, by the last part of the actions' ids ("filter" of
	// "networks.filter"), or by a whole id.
	For []string
	// Only marks what is on no other key: who knows the letter knows the way.
	Only bool
	// Others are the places where it stands for something else.
	Others []Other
}

// Other is a place where a letter stands for something else, and why.
type Other struct {
	Means string
	Why   string
	For   []string // as of a Letter
}

// LetterOf finds the letter of a key.
func LetterOf(key string) (Letter, bool) {
	for _, l := range Letters() {
		if l.Key == key {
			return l, true
		}
	}
	return Letter{}, false
}

// Has reports whether the letter may be the key of an action of that id.
func (l Letter) Has(id string) bool {
	return names(l.For, id) || slices.ContainsFunc(l.Others, func(o Other) bool { return names(o.For, id) })
}

// Stands reports whether an action does what the letter means in the first place.
func (l Letter) Stands(id string) bool { return names(l.For, id) }

// Has reports whether an action of that id is meant.
func (o Other) Has(id string) bool { return names(o.For, id) }

func names(list []string, id string) bool {
	return slices.Contains(list, id) || slices.Contains(list, id[strings.LastIndexByte(id, '.')+1:])
}

// Letters is the one table of what the letters mean. Who gives a new action a key looks
// here first: a letter that means it already is the one to take, and one that means
// something else needs a reason that stands here, too.
func Letters() []Letter {
	return slices.Concat(taking(), going(), changing(), showing())
}

// taking are the letters that take something along.
func taking() []Letter {
	return []Letter{
		{Key: "c", Means: "copy the command that mends", For: []string{"command", "commands", "try"}, Only: true},
		{Key: "y", Means: "copy the thing itself", For: []string{"copy", "link"}, Only: true},
		{Key: "Y", Means: "copy a ticket in Markdown: conclusion, since when, next step, ids, details", For: []string{"ticket"}, Only: true},
		{Key: "C", Means: "copy the command for another place", For: []string{"elsewhere", "rule"}, Others: []Other{
			{Means: "empty the form", Why: "a form has no other place to copy a command for", For: []string{"clear"}},
		}},
		{Key: "p", Means: "put in: a paste, a copy of the row", For: []string{"paste", "clone"}, Others: []Other{
			{Means: "set the peering up", Why: "a list of networks takes no paste, and peering begins with it", For: []string{"peering.setup"}},
		}},
	}
}

// going are the letters that lead to another place, or to another row.
func going() []Letter {
	return []Letter{
		{Key: "t", Means: "trace a name", For: []string{"trace", "trace.name", "anywhere"}, Only: true, Others: []Other{
			{Means: "theirs", Why: "a merge asks one question only, whose side is right, and its two answers are m and t", For: []string{"merge.theirs"}},
		}},
		{Key: "n", Means: "next match, problem or open question", For: []string{"next", "problem", "open"}},
		{Key: "N", Means: "match or problem before", For: []string{"previous"}},
		{Key: "j", Means: "down", For: []string{"down", "trace.next"}},
		{Key: "k", Means: "up", For: []string{"up", "trace.previous"}},
		{Key: "g", Means: "to the first", For: []string{"first"}},
		{Key: "G", Means: "to the last", For: []string{"last"}},
		{Key: "J", Means: "the details further down", For: []string{"wayin.down"}, Others: []Other{
			{Means: "journal of the run", Why: "a run has no details that scroll by themselves", For: []string{"journal"}},
		}},
		{Key: "K", Means: "the details further up", For: []string{"wayin.up"}},
		{Key: "h", Means: "to the left", For: []string{"left"}, Others: []Other{
			{Means: "hand-off", Why: "a set-up has nothing at its left", For: []string{"handoff"}},
		}},
		{Key: "l", Means: "to the right", For: []string{"right"}, Others: []Other{
			{Means: "link", Why: "a run has nothing at its right; y copies the link, too", For: []string{"link"}},
		}},
		{Key: "[", Means: "the one before: peering, network, target, trace", For: []string{"previous", "previousnetwork", "older"}},
		{Key: "]", Means: "the next one: peering, network, target, trace", For: []string{"next", "nextnetwork", "newer"}},
		{Key: "o", Means: "open another: network, file, link, region", For: []string{"network", "load", "open", "region"}, Others: []Other{
			{Means: "omit what Konnect does not know", Why: "while an order is under way no other one can be opened", For: []string{"apply.without"}},
		}},
		{Key: "b", Means: "back to what it was, or where one came from", For: []string{"revert", "review", "form"}, Others: []Other{
			{Means: "only what bypasses the peerings", Why: "nothing is changed on Paths, so nothing is brought back", For: []string{"paths.past"}},
		}},
		{Key: "i", Means: "import", For: []string{"import"}, Others: []Other{
			{Means: "way in", Why: "nothing is imported on Paths", For: []string{"paths.wayin"}},
			{Means: "object id", Why: "nothing is imported into a run", For: []string{"run.object"}},
		}},
		{Key: "E", Means: "earlier ones", For: []string{"earlier"}, Others: []Other{
			{Means: "edit the servers of several rows", Why: "the table keeps its earlier ones as restore points, on R", For: []string{"dns.servers"}},
		}},
		{Key: "q", Means: "back, or leave", For: []string{"back", "leave", "quit"}},
	}
}

// changing are the letters that change something, here or outside.
func changing() []Letter {
	return []Letter{
		{Key: "F", Means: "mend", For: []string{"mend"}, Only: true},
		{Key: "a", Means: "acknowledge: take what is shown as known or as proposed", For: []string{"acknowledge", "accept"}, Others: []Other{
			{Means: "add", Why: "a list that a person makes grows by a, as everywhere; what is wrong with its rows is mended, not acknowledged", For: []string{"add", "mapping"}},
		}},
		{Key: "A", Means: "apply: send it, or put it into the edits", For: []string{"apply", "done", "stage", "send"}, Others: []Other{
			{Means: "sign in", Why: "Networks and Set-up apply nothing, and the cures of refusals name this key", For: []string{"signin"}},
		}},
		{Key: "e", Means: "edit", For: []string{"edit", "fill"}, Others: []Other{
			{Means: "ask Azure what is in effect", Why: "nothing is edited on Paths", For: []string{"effective"}},
		}},
		{Key: "x", Means: "remove, or stop what is being read", For: []string{"remove", "confirm", "stop", "probe.cancel", "trace.cancel"}},
		{Key: "X", Means: "end an order; what it made stays", For: []string{"cancel"}},
		{Key: "T", Means: "tear down", For: []string{"teardown"}, Others: []Other{
			{Means: "the rest theirs", Why: "a merge tears nothing down, and t is theirs", For: []string{"merge.alltheirs"}},
		}},
		{Key: "u", Means: "undo", For: []string{"undo"}, Only: true},
		{Key: "U", Means: "redo", For: []string{"redo"}, Only: true},
		{Key: "M", Means: "make a new one", For: []string{"new", "make", "another", "principal"}, Others: []Other{
			{Means: "merge", Why: "where two sides or groups meet, they are brought together; new rows are added by a", For: []string{"merge"}},
			{Means: "the rest mine", Why: "in a merge m is mine", For: []string{"merge.allmine"}},
		}},
		{Key: "R", Means: "run, or run again", For: []string{"run", "retry", "resume", "repeat", "goon"}, Others: []Other{
			{Means: "restore", Why: "a table is applied, not run", For: []string{"restore"}},
			{Means: "free ranges", Why: "nothing is run on Paths", For: []string{"paths.ranges"}},
		}},
		{Key: "P", Means: "probe all", For: []string{"probe"}, Others: []Other{
			{Means: "paths", Why: "no name is asked on Networks, and paths begin with it", For: []string{"network.paths"}},
			{Means: "run in steps", Why: "a set-up probes by itself; a pause before each change is what P stands for there", For: []string{"setup.steps"}},
		}},
		{Key: "D", Means: "the difference: what would change", For: []string{"diff", "dry"}, Others: []Other{
			{Means: "DNS table", Why: "nothing is changed on Networks and Paths, and DNS begins with it", For: []string{"mappings", "table"}},
		}},
		{Key: "W", Means: "accept all warnings", For: []string{"diff.all"}},
		{Key: "r", Means: "read or ask again", For: []string{"refresh", "again", "read"}, Only: true},
		{Key: "m", Means: "mouse on and off", For: []string{"mouse"}, Others: []Other{
			{Means: "map", Why: "the mouse has its switch on every other screen, and in the palette", For: []string{"paths.map"}},
			{Means: "move to another group", Why: "the mouse has its switch on every other screen, and in the palette", For: []string{"dns.move"}},
			{Means: "mine", Why: "a merge asks one question only, whose side is right", For: []string{"merge.mine"}},
		}},
		{Key: "*", Means: "select the group", For: []string{"group"}},
	}
}

// showing are the letters that show something, or show it otherwise.
func showing() []Letter {
	return []Letter{
		{Key: "/", Means: "filter, or find in a text", For: []string{"filter"}, Others: []Other{
			{Means: "is this range free", Why: "it is looked for among all that are taken", For: []string{"ranges.check"}},
		}},
		{Key: ":", Means: "type a command", For: []string{"words"}, Only: true},
		{Key: "?", Means: "help of the screen", For: []string{"help"}, Only: true},
		{Key: "d", Means: "describe: all that is known", For: []string{"describe", "details", "show", "open"}},
		{Key: "f", Means: "only what needs a look", For: []string{"problems", "failures", "doors", "import.filter"}, Others: []Other{
			{Means: "follow the run", Why: "the steps of a run are few and all in sight", For: []string{"run.follow"}},
		}},
		{Key: "s", Means: "sort", For: []string{"sort"}, Only: true, Others: []Other{
			{Means: "skip", Why: "the steps of a run have one order", For: []string{"run.skip"}},
		}},
		{Key: "S", Means: "turn the order round", For: []string{"reverse"}, Only: true, Others: []Other{
			{Means: "pause at the step", Why: "the steps of a run have one order", For: []string{"run.stop"}},
		}},
		{Key: "v", Means: "the other view: of the page, of a request, of all findings", For: []string{"view", "aside", "body", "request", "requests", "preview", "findings"}, Others: []Other{
			{Means: "select a range of rows", Why: "the table has one view, and hands that know vim select so", For: []string{"dns.range"}},
		}},
		{Key: "V", Means: "what is not known", For: []string{"unknown"}},
		{Key: "L", Means: "the whole list, or log", For: []string{"log", "paths.findings"}},
		{Key: "Q", Means: "QR code", For: []string{"qr"}},
		{Key: "w", Means: "more room", For: []string{"wide"}, Others: []Other{
			{Means: "watch the order in hand", Why: "a form needs no more room", For: []string{"watch", "order"}},
			{Means: "accept the warning", Why: "warnings wrap, so that none needs more room", For: []string{"diff.accept"}},
			{Means: "the whole table, or add and change", Why: "a text to be imported is shown whole", For: []string{"import.whole"}},
			{Means: "what if", Why: "the columns of Paths fit themselves to the window", For: []string{"paths.whatif"}},
		}},
		{Key: "+", Means: "more: room for the list, a wider range", For: []string{"more", "wider"}},
		{Key: "=", Means: "the same as +, without shift", For: []string{"more", "wider"}},
		{Key: "-", Means: "less: room for the list, a narrower range", For: []string{"less", "narrower"}},
	}
}
