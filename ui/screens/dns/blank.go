package dns

import (
	"fmt"
	"time"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/screens/dns/workspace"
)

// blankPage reports whether there is no table to draw.
func (s *Screen) blankPage(b *workspace.Network) bool { return b == nil || len(s.rows.all) == 0 }

// blank says why there is no table, and what to do; nil when there is one.
func (s *Screen) blank(now time.Time) []string {
	b := s.network()
	if !s.blankPage(b) {
		return nil
	}
	var lines []string
	put := func(tone theme.Tone, text string) {
		for _, part := range cell.Wrap(text, min(s.width-6, 90), 4) {
			lines = append(lines, cell.NewLine(s.th, s.width).Space(3).Put(tone, part).String())
		}
	}
	gap := func() { lines = append(lines, "") }
	k := s.snapshot.Konnect
	switch {
	case b == nil && k.Failure != nil && k.State != model.SourceLive:
		gap()
		put(theme.Bad, "✖ "+k.Failure.Cause.String())
		gap()
		put(theme.Plain, k.Failure.Cure)
		if wait := k.NextTry.Sub(now); wait > 0 {
			gap()
			put(theme.Muted, fmt.Sprintf("Next try in %s; r tries now.", phrase.Span(wait)))
		}
	case b == nil && len(s.snapshot.Networks) == 0 && s.snapshot.Progress.ListedAll:
		gap()
		put(theme.Plain, "There is no network in this organization, so there is no mapping table.")
		gap()
		put(theme.Muted, "Create one in Konnect at cloud.konghq.com/global/networks; it is here within a minute.")
	case b == nil:
		gap()
		put(theme.Busy, "◐ Asking Konnect for its networks and their mappings…")
	default:
		lines = s.blankNetwork(b, put, gap, &lines)
	}
	return lines
}

// blankNetwork says why a network has no row to show.
func (s *Screen) blankNetwork(b *workspace.Network, put func(theme.Tone, string), gap func(), lines *[]string) []string {
	name := b.Name()
	f := b.Status().PrivateDNSRead.Failure
	gap()
	switch {
	case !b.Read() && f != nil:
		put(theme.Bad, "✖ The private DNS of "+name+" cannot be read: "+f.Cause.String())
		gap()
		put(theme.Plain, f.Cure)
		if !f.TraceID.IsEmpty() {
			put(theme.Muted, "Trace "+f.TraceID.String())
		}
	case !b.Read():
		put(theme.Busy, "◐ Reading the mappings of "+name+"…")
	default:
		put(theme.Strong, "No private domain is mapped on "+name+".")
		gap()
		put(theme.Plain, "Its gateways ask the platform's own DNS for every name, so private names do not resolve.")
		gap()
		if why := s.shut(); why != "" {
			put(theme.Warn, "▲ Nothing can be edited here: "+why+".")
			break
		}
		for _, key := range [][2]string{
			{"a", "add a domain and the servers that are asked for it"},
			{"i", "read a file; or paste a table here, in any of the usual formats"},
			{"o", "show another network"},
		} {
			*lines = append(*lines, cell.NewLine(s.th, s.width).Space(3).Put(theme.Accent, key[0]).Space(2).Put(theme.Muted, key[1]).String())
		}
		if len(b.Tables()) == 0 {
			gap()
			put(theme.Muted, "The network has no outbound resolver yet; applying makes one.")
		}
	}
	return *lines
}
