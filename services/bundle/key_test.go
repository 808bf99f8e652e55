package bundle_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/services/bundle"
)

// What says nothing of a request does not tell two apart.
func TestTheKeyOfARequest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		one, other string
		same       bool
	}{
		"the order of members":                   {"/x?a=1&b=2", "/x?b=2&a=1", true},
		"escapes":                                {"/x?filter%5Bid%5D%5Boeq%5D=a%2Cb", "/x?filter[id][oeq]=a,b", true},
		"the order of a filter's values":         {"/x?filter[id][oeq]=a,b,c", "/x?filter[id][oeq]=c,a,b", true},
		"the order of parts of a filter's words": {"/x?filter[name][ocontains]=a,b", "/x?filter[name][ocontains]=b,a", true},
		"other values":                           {"/x?filter[id][oeq]=a,b", "/x?filter[id][oeq]=a,c", false},
		"fewer values":                           {"/x?filter[id][oeq]=a,b", "/x?filter[id][oeq]=a", false},
		"the order of anything else":             {"/x?tags=a,b", "/x?tags=b,a", false},
	} {
		one, other := bundle.Exchange{Method: "GET", Path: c.one}, bundle.Exchange{Method: "GET", Path: c.other}
		if got := one.Key() == other.Key(); got != c.same {
			t.Errorf("%s: the same %v", name, got)
		}
	}
}
