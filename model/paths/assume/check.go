package assume

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Problem is what keeps a change from being read, by itself: nothing in it is compared with
// the network.
type Problem struct {
	Key  Key // empty: the change as a whole
	Text string
}

// Check looks at a change by itself: whether its keys belong to it, whether what it needs is
// there, and whether values can be what they are for.
func Check(c Change) []Problem {
	fields := Fields(c.Verb, c.Kind)
	if len(fields) == 0 {
		return []Problem{{Text: unheard(c)}}
	}
	var out []Problem
	for _, key := range keysOf(c) {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Key == key }) {
			out = append(out, Problem{key, "to " + string(c.Verb) + " a " + c.Kind.Label() + " there is no " + safe.Clean(string(key)) + "; there are " + phrase.And(keyNames(fields))})
		}
	}
	for _, f := range fields {
		values := c.Values[f.Key]
		switch {
		case len(values) == 0 && f.Need:
			out = append(out, Problem{f.Key, string(f.Key) + " is missing: " + f.Help})
		case len(values) > 1 && !f.Many:
			out = append(out, Problem{f.Key, string(f.Key) + " takes one value, not " + strconv.Itoa(len(values))})
		}
		for _, v := range values {
			if text := f.problem(v); text != "" {
				out = append(out, Problem{f.Key, text})
			}
		}
	}
	if text := c.lacks(); text != "" && len(out) == 0 {
		out = append(out, Problem{Text: text})
	}
	return out
}

// lacks is what a change is without, where each key alone may be left out.
func (c Change) lacks() string {
	said := 0
	for k := range c.Values {
		if !slices.Contains(c.Kind.names(), k) {
			said++
		}
	}
	switch {
	case c.Verb == Alter && said == 0:
		return "it does not say what is to be changed: " + phrase.Or(keyNames(Fields(c.Verb, c.Kind)))
	case c.Verb == Add && c.Kind == Peering && said == 0:
		return "a new peering needs the VNET that it leads to, or its address ranges: vnet or prefixes"
	case c.Kind == Route && c.Has(KeyNextHop) && strings.EqualFold(c.One(KeyNextHop).Raw(), "VirtualAppliance") && c.Verb == Add && !c.Has(KeyAddress):
		return "a route to an appliance needs the address of the appliance"
	default:
		return ""
	}
}

// unheard says what is wrong with verb or kind.
func unheard(c Change) string {
	kinds := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		kinds = append(kinds, string(k))
	}
	if !slices.Contains(Kinds(), c.Kind) {
		text := "there is no kind " + safe.New(string(c.Kind)).Quoted() + "; there are " + phrase.And(kinds)
		if meant := near.Names(string(c.Kind), kinds); len(meant) > 0 {
			text = "there is no kind " + safe.New(string(c.Kind)).Quoted() + "; " + phrase.Or(meant) + " may be meant"
		}
		return text
	}
	var verbs []string
	for _, v := range Verbs(c.Kind) {
		verbs = append(verbs, string(v))
	}
	return fmt.Sprintf("a %s cannot be assumed with %s; what can be is %s", c.Kind.Label(), safe.New(string(c.Verb)).Quoted(), phrase.Or(verbs))
}

func keysOf(c Change) []Key {
	out := make([]Key, 0, len(c.Values))
	for k := range c.Values {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func keyNames(fields []Field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = string(f.Key)
	}
	return out
}

// The priorities that a user's rule of a security group can have.
const (
	LeastPriority = 100
	MostPriority  = 4096
)

// problem says what is wrong with one value.
func (f Field) problem(v safe.Text) string {
	of := string(f.Key) + " " + v.Quoted()
	switch {
	case v.IsEmpty():
		return string(f.Key) + " is empty"
	case len(f.Words) > 0:
		if !slices.ContainsFunc(f.Words, func(w string) bool { return strings.EqualFold(w, v.Raw()) }) {
			return of + " is none of " + phrase.And(f.Words)
		}
		return ""
	}
	switch f.Form {
	case FormPrefix:
		return prefixProblem(of, v)
	case FormAddress:
		if a, err := netip.ParseAddr(v.Raw()); err != nil || a.Zone() != "" {
			return of + " is no address"
		}
	case FormPriority:
		if n, err := strconv.Atoi(v.Raw()); err != nil || n < 1 || n > MostPriority {
			return fmt.Sprintf("%s is no number from 1 to %d", of, MostPriority)
		}
	case FormPorts:
		if !IsPorts(v.Raw()) {
			return of + " is no port, no range of ports such as 8000-8010, and not *"
		}
	case FormPlaces:
		if strings.ContainsAny(v.Raw(), " ,;") {
			return of + " is more than one; write a list"
		}
		if strings.Contains(v.Raw(), "/") && !strings.HasPrefix(v.Raw(), "/") {
			return prefixProblem(of, v)
		}
	case FormYesNo:
		if _, ok := yesNo(v); !ok {
			return of + " is neither yes nor no"
		}
	case FormText, FormDomain:
	}
	return ""
}

// prefixProblem says what is wrong with a range. One with bits behind its length is refused
// as Azure refuses it.
func prefixProblem(of string, v safe.Text) string {
	p, err := netip.ParsePrefix(v.Raw())
	switch {
	case err != nil:
		return of + " is no address range"
	case p.Masked() != p:
		return of + " has bits behind its length; " + p.Masked().String() + " is the range"
	default:
		return ""
	}
}

// IsPorts reports whether a text is a port, a range of ports, or * for all.
func IsPorts(text string) bool {
	if text == "*" {
		return true
	}
	first, last, isRange := strings.Cut(text, "-")
	low, err := strconv.ParseUint(first, 10, 16)
	if err != nil || !isRange {
		return err == nil
	}
	high, err := strconv.ParseUint(last, 10, 16)
	return err == nil && low <= high
}

func yesNo(v safe.Text) (model.Ternary, bool) {
	switch strings.ToLower(v.Raw()) {
	case "yes", "true", "on":
		return model.Yes, true
	case "no", "false", "off":
		return model.No, true
	default:
		return model.Unstated, false
	}
}
