package watch

import "testing"

// Each kind of job has a name and words for what it does: a job that is cut off is told by them.
func TestEveryKindOfJobHasWords(t *testing.T) {
	t.Parallel()
	for k := range jobKind(jobKinds) {
		if k.String() == "" || k.operation() == "" {
			t.Errorf("the kind %d: %q, %q", int(k), k.String(), k.operation())
		}
	}
}
