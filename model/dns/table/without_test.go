package table_test

import (
	"slices"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestUnwanted(t *testing.T) {
	t.Parallel()
	member := func(name string) dnstable.Member {
		return dnstable.Member{Name: safe.New(name), JSON: safe.New("1")}
	}
	rows := []dnstable.Row{{Key: safe.New("a.example.org"), Extra: []dnstable.Member{member("weight"), member("tier")}}, {Key: safe.New("b.example.org"), Extra: []dnstable.Member{member("weight")}}}
	config := []dnstable.Member{member("mode")}
	for _, c := range []struct {
		kind   model.FailureKind
		fields []string
		want   []string
	}{
		{model.FailureInvalid, []string{"private_dns_attachment_config.mode"}, []string{"mode"}},
		{model.FailureInvalid, []string{"dns_config.b.example.org.weight", "mode"}, []string{"mode", "weight"}},
		{model.FailureInvalid, []string{"dns_config.mode.example.org", "dns_config.a.example.org.overweight"}, nil},
		{model.FailureInvalid, nil, nil},
		{model.FailureServer, []string{"mode"}, nil},
	} {
		f := model.Failure{Kind: c.kind}
		for _, field := range c.fields {
			f.Invalid = append(f.Invalid, model.InvalidParameter{Field: safe.New(field)})
		}
		if got := dnstable.Unwanted(f, rows, config); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.fields, got, c.want)
		}
	}
	less := dnstable.RowsWithout(rows, []string{"weight"})
	if len(less[0].Extra) != 1 || len(less[1].Extra) != 0 || len(rows[0].Extra) != 2 || len(rows[1].Extra) != 1 {
		t.Errorf("%+v of %+v", less, rows)
	}
}
