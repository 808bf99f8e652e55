package armread

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// BadID is for an id that Azure gave and that cannot be one.
func BadID(id safe.Text) error {
	return model.Failure{
		Kind: model.FailureContract, Cause: safe.New("Azure names it by " + id.String() + ", which is no id of a resource"), Cure: model.CurePortal,
	}
}

// Path makes a path of an ARM id.
func Path(id safe.Text) (string, error) {
	segments := strings.Split(strings.Trim(id.Raw(), "/"), "/")
	odd := func(s string) bool { return s == "" || s == "." || s == ".." }
	if len(segments) < 2 || !strings.EqualFold(segments[0], "subscriptions") || slices.ContainsFunc(segments, odd) {
		return "", BadID(id)
	}
	return transport.Path(segments...), nil
}

// Key is an ARM id in the one spelling in which ids can be compared: Azure does so without
// regard to case, and may end an id with a slash.
func Key(id safe.Text) string { return strings.ToLower(strings.TrimSuffix(id.Raw(), "/")) }

// Within reports whether an ARM id lies below another one.
func Within(id, above safe.Text) bool {
	return !above.IsEmpty() && strings.HasPrefix(Key(id), Key(above)+"/")
}

// Subscription is the subscription in an ARM id, empty for none.
func Subscription(id safe.Text) safe.Text {
	parts := strings.Split(strings.Trim(id.Raw(), "/"), "/")
	if len(parts) > 1 && strings.EqualFold(parts[0], "subscriptions") {
		return safe.New(parts[1])
	}
	return safe.Text{}
}
