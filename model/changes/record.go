package changes

import (
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// How long the clouds keep their records. Sources: Konnect's audit logs API (August 2026);
// Microsoft: get resource changes with Azure Resource Graph.
const (
	AuditKeeps = 7 * 24 * time.Hour
	GraphKeeps = 14 * 24 * time.Hour
)

// The names of the records, in a sentence.
const (
	AuditLog      = "Konnect's audit log"
	ResourceGraph = "Azure Resource Graph"
)

// Record is a change as a cloud's own records tell of it.
type Record struct {
	At      time.Time
	Who     safe.Text
	From    safe.Text // an address, or a program
	Trace   safe.Text
	Done    safe.Text // what was done, in the words of the cloud; may be empty
	Objects []string  // the ids that it names, in small letters
}

// Teller is one source of records: a cloud, or a tenant of one.
type Teller struct {
	Name    string // AuditLog, ResourceGraph
	Of      string // the id of a tenant, in small letters; empty for all
	Keeps   time.Duration
	Read    time.Time // the last good reading; zero for none
	From    time.Time // the earliest moment of which everything was read
	Failure *model.Failure
	List    []Record
}

// Thing is what an entry is of, for the records of both clouds.
type Thing struct {
	Konnect []string // ids in Konnect, in small letters
	Azure   []string // resource ids, in small letters
	Tenant  string   // in small letters
}

// How far apart the clouds' clocks and this machine's may be, and how long after it was done
// a change is seen at most while somebody watches.
const (
	clocksApart = 2 * time.Minute
	seenWithin  = 20 * time.Minute
)

// Attribute has the entries say who made the change, by the records of the clouds; of says
// what an entry is of. A record counts for an entry where it names the thing and was made
// between the last look before and the first that saw the change.
func (v View) Attribute(tellers []Teller, of func(Entry) Thing) View {
	entries := slices.Clone(v.Entries)
	for i := range entries {
		e := &entries[i]
		if !e.traceable() || !e.By.IsZero() {
			continue
		}
		from, to := v.when(*e)
		thing := of(*e)
		for _, t := range tellers {
			if r, ok := t.find(thing, from, to); ok && (e.By.IsZero() || r.At.After(e.By.At)) {
				e.By = Actor{Who: r.Who, From: r.From, Trace: r.Trace, Source: safe.New(t.Name), At: r.At}
			}
		}
		if e.By.IsZero() && e.Sense != Working {
			e.Unknown = unattributed(tellers, thing, from, to)
		}
	}
	v.Entries = entries
	return v
}

// traceable reports whether somebody may have made it whom a cloud knows.
func (e Entry) traceable() bool {
	return e.Kind == KindState || e.Kind == KindFinding || e.Kind == KindDNS
}

// when is between which moments the change was made: after the last look before it, and not
// after it was first seen.
func (v View) when(e Entry) (from, to time.Time) {
	first := e.At
	if !e.First.IsZero() && e.First.Before(e.At) {
		first = e.First
	}
	from, to = first.Add(-seenWithin), first.Add(clocksApart)
	if !e.Unseen {
		return from, to
	}
	from = time.Time{} // nobody knows since when
	for _, g := range v.Entries {
		if g.Kind == KindGap && !g.First.IsZero() && g.First.Before(first) && !g.At.After(first.Add(seenWithin)) {
			return g.First.Add(-clocksApart), to
		}
	}
	return from, to
}

// find returns the last record of a thing in a time.
func (t Teller) find(thing Thing, from, to time.Time) (Record, bool) {
	ids := thing.Konnect
	if t.Name == ResourceGraph {
		ids = thing.Azure
	}
	var best Record
	found := false
	for _, r := range t.List {
		if r.At.Before(from) || r.At.After(to) || found && !r.At.After(best.At) {
			continue
		}
		if slices.ContainsFunc(r.Objects, func(id string) bool { return slices.Contains(ids, id) }) {
			best, found = r, true
		}
	}
	return best, found
}

// Asks reports whether a source can know of a thing.
func (t Teller) asks(thing Thing) bool {
	if t.Name == ResourceGraph {
		return len(thing.Azure) > 0 && (t.Of == "" || t.Of == thing.Tenant)
	}
	return len(thing.Konnect) > 0
}

// unattributed says why it is not known who made a change between two moments, and what
// would tell; empty where no source can know.
func unattributed(tellers []Teller, thing Thing, from, to time.Time) string {
	var silent, parts []string
	for _, t := range tellers {
		switch {
		case !t.asks(thing):
		case t.Failure != nil && t.Read.IsZero():
			parts = append(parts, t.Name+" cannot be read: "+t.Failure.Cause.String()+". "+t.Failure.Cure)
		case t.Read.IsZero():
			parts = append(parts, t.Name+" was not read yet")
		case to.Before(t.From):
			parts = append(parts, t.Name+" was read back to "+t.From.UTC().Format("2006-01-02 15:04")+" UTC; it keeps "+phrase.Span(t.Keeps))
		case from.Before(t.From):
			parts = append(parts, t.Name+" names nobody, and tells of nothing before "+t.From.UTC().Format("2006-01-02 15:04")+" UTC")
		default:
			silent = append(silent, t.Name)
		}
	}
	if len(silent) > 0 {
		parts = append(parts, phrase.And(silent)+phrase.Either(len(silent), " names", " name")+" no change of it by then; Azure's records may lag")
		if !slices.Contains(silent, ResourceGraph) {
			parts[len(parts)-1] = strings.TrimSuffix(parts[len(parts)-1], "; Azure's records may lag")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "who changed it is not known: " + strings.Join(parts, "; ")
}

// Who says who made the last change that made a thing as it is now, or why that is not
// known: for a finding that is there now. Empty where the time line has nothing of it.
func (v View) Who(network, object safe.Text) string {
	for _, e := range v.Entries {
		if e.Network == network && e.Peering == object && e.traceable() {
			if who := e.By.Words(); who != "" {
				return "changed by " + who
			}
			return e.Unknown
		}
	}
	return ""
}
