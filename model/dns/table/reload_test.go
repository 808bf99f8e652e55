package table_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// Whoever points at a row points at the same domain after the table was read again, or
// at nothing.
func TestReloadKeepsTheRowsApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := dnstable.NewDraft(tables().Draw(t, "base")).Replace("paste", tables().Draw(t, "staged"))
		loaded := tables().Draw(t, "loaded")
		after := before.Reload(loaded)
		if after.Changed() || after.CanUndo() != "" || after.CanRedo() != "" || !slices.Equal(lines(after.Rows()), lines(loaded)) {
			t.Fatalf("%v with %d changes", lines(after.Rows()), len(after.Changes()))
		}
		ids := map[dnstable.RowID]bool{}
		for _, r := range after.Rows() {
			if r.ID == 0 || ids[r.ID] {
				t.Fatalf("the id %d is used twice", r.ID)
			}
			ids[r.ID] = true
			if was, there := before.Row(r.ID); there && was.Label() != r.Label() {
				if base := slices.IndexFunc(before.Base(), func(b dnstable.Row) bool { return b.ID == r.ID && b.Label() == r.Label() }); base < 0 {
					t.Fatalf("row %d was %s and is %s", r.ID, was.Label(), r.Label())
				}
			}
		}
		for _, r := range before.Rows() {
			at := slices.IndexFunc(after.Rows(), func(a dnstable.Row) bool { return a.Label() == r.Label() })
			if at >= 0 && after.Rows()[at].ID != r.ID {
				t.Fatalf("%s was row %d and is row %d", r.Label(), r.ID, after.Rows()[at].ID)
			}
		}
	})
}
