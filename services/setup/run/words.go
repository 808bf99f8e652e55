package run

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

func cleaned(text string) safe.Text { return safe.New(text) }

// failure returns an error's failure, in any case one.
func failure(err error) model.Failure {
	f, _ := model.AsFailure(err)
	return f
}

// is reports whether an error is of a kind.
func is(err error, kind model.FailureKind) bool {
	return err != nil && failure(err).Kind == kind
}

// code returns the service's own code of an error, empty for none.
func code(err error) string {
	if err == nil {
		return ""
	}
	return failure(err).Code.Raw()
}
