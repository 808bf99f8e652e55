package verdict

import (
	"cmp"
	"hash/fnv"
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// maxRecords bounds what is kept of one answer: more fits on no screen.
const maxRecords = 32

// Compact returns the first records of an answer, its aliases before the others, how many more there are, and a sum
// over all of them that does not depend on their order, nor on their TTL: two answers
// with equal sums say the same.
func Compact(records []Record) (kept []Record, more int, sum uint64) {
	if len(records) == 0 {
		return nil, 0, 0
	}
	lines := make([]string, len(records))
	for i, r := range records {
		lines[i] = strings.Join([]string{r.Name.Raw(), r.Type, r.Value.Raw()}, " ")
	}
	slices.Sort(lines)
	h := fnv.New64a()
	for _, line := range slices.Compact(lines) {
		_, _ = h.Write([]byte(line + "\n")) // a hash takes everything
	}
	if len(records) > maxRecords {
		first := slices.Clone(records)
		slices.SortStableFunc(first, func(a, b Record) int { return aliasFirst(a) - aliasFirst(b) })
		return slices.Clone(first[:maxRecords]), len(records) - maxRecords, h.Sum64()
	}
	return records, 0, h.Sum64()
}

// mostCover is how many ranges the addresses of a large answer may lie in.
const mostCover = 512

// CoverOf returns the ranges that the IPv4 addresses of a large answer lie in, for what is
// not kept of it. It returns none for an answer that is kept whole, and for one whose
// addresses lie too far apart.
func CoverOf(records []Record) model.Space {
	if len(records) <= maxRecords {
		return nil
	}
	var list []netip.Prefix
	for _, r := range records {
		if a, err := netip.ParseAddr(r.Value.Raw()); r.Type == "A" && err == nil {
			list = append(list, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	out := model.NewSpace(list...)
	if len(out) > mostCover {
		return nil
	}
	return out
}

// aliasFirst puts aliases before what they lead to: without them nothing else of a large
// answer belongs to the name.
func aliasFirst(r Record) int {
	if r.Type == "CNAME" {
		return 0
	}
	return 1
}

// sortAddresses orders addresses by their number, so that sets compare by their text.
func sortAddresses(list []safe.Text) {
	slices.SortFunc(list, func(a, b safe.Text) int {
		x, errX := netip.ParseAddr(a.Raw())
		y, errY := netip.ParseAddr(b.Raw())
		if errX != nil || errY != nil {
			return a.Compare(b)
		}
		return cmp.Or(cmp.Compare(x.BitLen(), y.BitLen()), x.Compare(y))
	})
}

// few writes the first of many texts in one line: large answers have dozens.
func few(list []safe.Text) string {
	const shown = 4
	if len(list) <= shown+1 {
		return phrase.List(list)
	}
	return phrase.Few(phrase.Strings(list), shown)
}

// PublicOnly reports whether a server gives addresses for the name, and none but those of
// the internet.
func PublicOnly(r Report) bool {
	list := r.Chain().Addresses
	return len(list) > 0 && !slices.ContainsFunc(list, func(a safe.Text) bool { return !public(a) })
}

// public reports whether a text is an address that the whole internet can use. Ranges
// for providers, measurements and documents are not.
func public(t safe.Text) bool {
	a, err := netip.ParseAddr(t.Raw())
	if err != nil {
		return false
	}
	a = a.Unmap()
	if a.IsPrivate() || !a.IsGlobalUnicast() {
		return false
	}
	for _, special := range []netip.Prefix{
		netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64}), 10),
		netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 0, 0}), 24),
		netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 0, 2}), 24),
		netip.PrefixFrom(netip.AddrFrom4([4]byte{198, 18}), 15),
		netip.PrefixFrom(netip.AddrFrom4([4]byte{198, 51, 100}), 24),
		netip.PrefixFrom(netip.AddrFrom4([4]byte{203, 0, 113}), 24),
		netip.PrefixFrom(netip.AddrFrom4([4]byte{240}), 4),
	} {
		if special.Contains(a) {
			return false
		}
	}
	return true
}
