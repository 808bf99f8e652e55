package table_test

import (
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// An order is asked about for what it touches, and never sent with an error anywhere.
func TestConcerning(t *testing.T) {
	t.Parallel()
	d := dnstable.NewDraft(table("a.corp.example 10.0.0.4", "b.corp.example 10.0.0.4"))
	edited := d.Set(d.Rows()[1].ID, "b.corp.example", []string{"10.0.0.5"})
	a, b := edited.Rows()[0].ID, edited.Rows()[1].ID
	problems := []dnstable.Problem{
		{Rule: "S15", Severity: dnstable.Warning, Row: a},
		{Rule: "S15", Severity: dnstable.Warning, Row: b},
		{Rule: "S01", Severity: dnstable.Error, Row: a},
		{Rule: "D29", Severity: dnstable.Warning},
	}
	got := dnstable.Order{Base: edited.Base(), Rows: edited.Rows()}.Concerning(problems)
	if len(got) != 3 || got[0].Row != b || got[1].Severity != dnstable.Error || got[2].Rule != "D29" {
		t.Errorf("%+v", got)
	}
}
