package trace

import (
	"context"
	"errors"
	"os"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Save writes a text to a file that is not there yet, readable by its owner alone.
func (*Desk) Save(_ context.Context, path, text string) error {
	fail := func(err error) error {
		if inner, ok := errors.AsType[*os.PathError](err); ok {
			err = inner.Err
		}
		return model.Failure{
			Kind: model.FailureInvalid, Operation: "write the file", Subject: safe.New(path), Cause: safe.New(err.Error()),
			Cure: "Give another name, or make room on the disk.",
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // the user's own choice
	if err != nil {
		return fail(err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return fail(err)
	}
	return nil
}
