package ranges

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The prefix lengths of a network's range on Azure, and the one that is looked for where
// none is asked for: twice the addresses that a network in all zones needs. From Kong's
// documentation; Konnect's availability document has no lengths.
const (
	Widest      = model.WidestRange
	Narrowest   = model.NarrowestRange
	DefaultSize = 20
)

// Limits are what Konnect allows for the range of a network on Azure.
type Limits struct {
	Region  safe.Text      // empty: what every region on Azure allows
	Blocks  []netip.Prefix // the range must lie in one of them
	Kept    []netip.Prefix // Konnect keeps them for itself
	BuiltIn bool           // from Kong's documentation, because Konnect's document was not read
	Failure *model.Failure // why it was not
}

// builtIn are the figures of Kong's documentation.
func builtIn() Limits {
	return Limits{
		Blocks:  prefixes("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15"),
		Kept:    prefixes("10.100.0.0/16", "172.17.0.0/16"),
		BuiltIn: true,
	}
}

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = model.NewPrefix(safe.New(s)).Range()
	}
	return out
}

// Reserved are the ranges that Konnect keeps for itself where its availability document
// tells none.
func Reserved() []model.Prefix {
	var out []model.Prefix
	for _, p := range builtIn().Kept {
		out = append(out, shown(p))
	}
	return out
}

// LimitsIn returns what Konnect allows in a region of Azure, in all of them where none is
// named. Where its availability document was not read (failure), it is what Kong's
// documentation says. The error names a region that Konnect does not have.
func LimitsIn(a model.Availability, failure *model.Failure, region safe.Text) (Limits, error) {
	plain := builtIn()
	plain.Region = region
	if failure != nil {
		plain.Failure = failure
		return plain, nil //nolint:nilerr // that it was not read is in the limits
	}
	if region.IsEmpty() {
		return everywhere(a), nil
	}
	r, ok := a.Region(model.ProviderAzure, region)
	switch {
	case !ok && !slices.ContainsFunc(a.Regions, func(r model.CloudRegion) bool { return r.Provider == model.ProviderAzure }):
		return plain, nil // a document that names no region of Azure does not say that this one is none
	case !ok:
		return Limits{}, noRegion(a, region)
	}
	out := Limits{Region: r.ID, Blocks: outer(ranges(r.CIDRs)), Kept: ranges(r.Reserved)}
	if len(out.Blocks) == 0 { // a document without figures is none
		return plain, nil
	}
	return out, nil
}

// everywhere is what is allowed in each region on Azure.
func everywhere(a model.Availability) Limits {
	out := Limits{}
	some := false
	for _, r := range a.Regions {
		list := ranges(r.CIDRs)
		if r.Provider != model.ProviderAzure || len(list) == 0 {
			continue
		}
		if out.Blocks = both(out.Blocks, list); !some {
			out.Blocks, some = outer(list), true
		}
		out.Kept = append(out.Kept, ranges(r.Reserved)...)
	}
	if !some {
		return builtIn()
	}
	slices.SortFunc(out.Kept, netip.Prefix.Compare)
	out.Kept = slices.Compact(out.Kept)
	return out
}

// both is what two lists of ranges have in common.
func both(these, those []netip.Prefix) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range these {
		for _, q := range those {
			switch {
			case !p.Overlaps(q):
			case p.Bits() >= q.Bits():
				out = append(out, p)
			default:
				out = append(out, q)
			}
		}
	}
	return outer(out)
}

// outer sorts ranges and leaves out those that lie in another. Two that touch stay two: a
// network's range must lie in one.
func outer(list []netip.Prefix) []netip.Prefix {
	list = slices.Clone(list)
	slices.SortFunc(list, netip.Prefix.Compare)
	var out []netip.Prefix
	for _, p := range list {
		if n := len(out); n == 0 || !out[n-1].Overlaps(p) {
			out = append(out, p)
		}
	}
	return out
}

func noRegion(a model.Availability, region safe.Text) error {
	var names []string
	for _, r := range a.Regions {
		if r.Provider == model.ProviderAzure {
			names = append(names, r.ID.String())
		}
	}
	slices.Sort(names)
	cure := "it has " + phrase.And(names)
	if meant := near.Names(region.Raw(), names); len(meant) > 0 {
		cure = "did you mean " + phrase.Or(meant) + "? " + phrase.Capital(cure)
	}
	return fmt.Errorf("Konnect has no region %s on Azure: %s", region.Quoted(), cure) //nolint:staticcheck // a name begins it
}

// ranges are those of a list that are ranges.
func ranges(list []model.Prefix) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range list {
		if p.Valid() {
			out = append(out, p.Range())
		}
	}
	return out
}

func shown(p netip.Prefix) model.Prefix { return model.NewPrefix(safe.New(p.String())) }

// Allows says why Konnect would not take a range for a network; empty where it would.
func (l Limits) Allows(p netip.Prefix) string {
	where := "on Azure"
	if !l.Region.IsEmpty() {
		where = "in " + l.Region.String()
	}
	switch {
	case !p.IsValid() || !p.Addr().Is4():
		return p.String() + " is no IPv4 range, and a network has no other"
	case SizeProblem(p) != "":
		return SizeProblem(p)
	case !slices.ContainsFunc(l.Blocks, func(b netip.Prefix) bool { return b.Bits() <= p.Bits() && b.Overlaps(p) }):
		return fmt.Sprintf("%s does not lie in %s, which is what Konnect allows %s", p, phrase.Or(phrase.Strings(l.Blocks)), where)
	}
	for _, k := range l.Kept {
		if k.Overlaps(p) {
			return fmt.Sprintf("%s meets %s, which Konnect keeps for itself", p, k)
		}
	}
	return ""
}

// Source says where the limits are from, as a sentence.
func (l Limits) Source() string {
	switch {
	case l.Failure != nil:
		return "Konnect's availability was not read (" + l.Failure.Error() + "), so the figures of Kong's documentation were used"
	case l.BuiltIn:
		return "Konnect's availability gives no figures, so those of Kong's documentation were used"
	case l.Region.IsEmpty():
		return "what Konnect's availability allows in every region on Azure"
	default:
		return "what Konnect's availability allows in " + l.Region.String()
	}
}

// SizeProblem says why no network on Azure can have a range of this size; empty where it can.
func SizeProblem(p netip.Prefix) string {
	if p.Bits() < Widest || p.Bits() > Narrowest {
		return fmt.Sprintf("%s is a /%d; Konnect takes /%d to /%d on Azure", p, p.Bits(), Widest, Narrowest)
	}
	return ""
}

// Note is what a person must know of the limits where they are not Konnect's own word; empty
// where they are.
func (l Limits) Note() string {
	if !l.BuiltIn {
		return ""
	}
	return phrase.Capital(l.Source()) + ". "
}
