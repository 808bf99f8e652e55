package model_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The command asks for a range that the network could have had: of its size where Azure
// takes that, in its region.
func TestFreeRanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ cidr, region, want string }{
		{"10.0.0.0/20", "eastus2", "peerdeck ranges --size /20 --region eastus2"},
		{"10.0.0.0/23", "us-east-1", "peerdeck ranges --region us-east-1"},
		{"nonsense", "", "peerdeck ranges"},
		{"10.0.0.0/16", "a b", "peerdeck ranges --size /16 --region 'a b'"},
	} {
		n := model.Network{CIDR: model.NewPrefix(safe.New(c.cidr)), Region: safe.New(c.region)}
		if got := model.FreeRanges(n); got != c.want {
			t.Errorf("%s in %s: %s", c.cidr, c.region, got)
		}
	}
}
