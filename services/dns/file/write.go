package file

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Options are what some formats say beside the mappings. Each may be empty.
type Options struct {
	Name          safe.Text // of the resolver
	Network       safe.Text // whose table it is, for a remark at the top
	NetworkID     safe.Text // for Terraform
	ResourceGroup safe.Text // of the Azure ruleset, for az
	Ruleset       safe.Text // for az
	// Extra are the members of the entries of a resolver's map that peerdeck does not
	// know, by domain as the mappings have it. Only konnect-map has a place for them,
	// see [LeftOut].
	Extra map[safe.Text][]dnstable.Member
}

// Write writes mappings in a format. A mapping that cannot be said in it is an error
// that names the value and the way out.
func Write(format dnstable.Format, mappings []model.DNSMapping, o Options) (string, error) {
	write, single := writerOf(format)
	if write == nil {
		_, problem := dnstable.FormatNamed(string(format))
		return "", errors.New(problem)
	}
	w := &writer{format: format, mappings: mappings, options: o}
	w.check(single)
	if w.problem == nil {
		write(w)
	}
	if w.problem != nil {
		return "", w.problem
	}
	return w.b.String(), nil
}

// LeftOut says what Write leaves out in a format, a sentence for each part; most often
// there is nothing.
func LeftOut(format dnstable.Format, mappings []model.DNSMapping, o Options) []string {
	var out []string
	if format == dnstable.FormatKonnectMap {
		return nil
	}
	for _, row := range dnstable.FromMappings(mappings) {
		for _, x := range o.Extra[row.Key] {
			out = append(out, fmt.Sprintf("%s: the member %s has no place in the format %s and is left out", short(row.Key.Raw()), short(x.Name.Raw()), format))
		}
	}
	return out
}

// writerOf returns the function that writes a format, and whether a domain can stand in
// it once only.
func writerOf(f dnstable.Format) (write func(*writer), single bool) {
	switch f {
	case dnstable.FormatPairs:
		return writePairs, false
	case dnstable.FormatCSV:
		return writeCSV, false
	case dnstable.FormatYAML:
		return writeYAML, false
	case dnstable.FormatKonnectList:
		return writeKonnectList, false
	case dnstable.FormatKonnectMap:
		return writeKonnectMap, true
	case dnstable.FormatDnsmasq:
		return writeDnsmasq, true
	case dnstable.FormatCoreDNS:
		return writeCoreDNS, true
	case dnstable.FormatUnbound:
		return writeUnbound, true
	case dnstable.FormatBIND:
		return writeBIND, true
	case dnstable.FormatAzureRuleset:
		return writeAzureRuleset, true
	case dnstable.FormatAzureCommands:
		return writeAzureCommands, true
	case dnstable.FormatTerraform:
		return writeTerraform, true
	default:
		return nil, false
	}
}

// writer writes one text.
type writer struct {
	format   dnstable.Format
	mappings []model.DNSMapping
	options  Options
	b        strings.Builder
	problem  error
}

func (w *writer) line(s string) { w.b.WriteString(s + "\n") }

// head writes a remark that says whose table it is.
func (w *writer) head(mark string) {
	if !w.options.Network.IsEmpty() {
		w.line(mark + " The DNS mappings of the network " + short(w.options.Network.Raw()) + ", written by peerdeck.")
	}
}

func (w *writer) rows() []dnstable.Row { return dnstable.FromMappings(w.mappings) }

func (w *writer) failf(format string, args ...any) {
	if w.problem == nil {
		w.problem = fmt.Errorf(format, args...)
	}
}

// check refuses what the format cannot say: nothing may be read as something else.
func (w *writer) check(single bool) {
	seen := map[string]bool{}
	for i, m := range w.mappings {
		if len(m.Domains) == 0 || len(m.Servers) == 0 {
			w.failf("mapping %d has no domain or no server; complete it, or take it out", i+1)
		}
		for k, t := range append(slices.Clip(m.Domains), m.Servers...) {
			w.word(t, k >= len(m.Domains))
		}
		for _, d := range m.Domains {
			label := dnstable.Row{Key: d}.Label()
			if single && seen[label] {
				w.failf("the domain %s stands twice; the format %s holds one entry for a domain: put its servers into one mapping", quoted(d.Raw()), w.format)
			}
			seen[label] = true
		}
	}
}

// word refuses a word that would not be read again as it is.
func (w *writer) word(t safe.Text, server bool) {
	if _, problem := refusedWord(t.Raw(), server); problem != "" {
		w.failf("%s", problem)
	}
	special := w.special()
	if what := model.Unseen(t.Raw()); special != "" && what != "" {
		w.failf("the word %s holds %s, which is not read again from the format %s; correct it first, or choose konnect-map", quoted(t.Raw()), what, w.format)
	}
	if strings.ContainsAny(t.Raw(), special) || special != "" && strings.Contains(t.Raw(), "->") {
		w.failf("the word %s holds a character that has a meaning in the format %s; correct it first, or choose konnect-map", quoted(t.Raw()), w.format)
	}
}

// special are the characters that part words or begin a remark. There are none where
// words stand between quotation marks.
func (w *writer) special() string {
	switch w.format {
	case dnstable.FormatYAML, dnstable.FormatKonnectMap, dnstable.FormatKonnectList, dnstable.FormatAzureRuleset, dnstable.FormatAzureCommands, dnstable.FormatTerraform:
		return ""
	case dnstable.FormatCSV:
		return " ,;#"
	default:
		return " ,;#/\\\"'`()[]{}<>|&=@$→"
	}
}
