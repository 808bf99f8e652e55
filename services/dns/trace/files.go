package trace

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Save writes a text to a file that is not there yet, readable by its owner alone.
func (*Tracer) Save(_ context.Context, path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return badFile("write the file", path, errors.New("it is there already"), "Give another name.")
	}
	if err == nil {
		_, err = f.WriteString(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return badFile("write the file", path, err, "Give another name, or make room on the disk.")
	}
	return nil
}

// maxText bounds what is read of a tool's output.
const maxText = 2 << 20

// ReadText reads what a tool has printed, from a file, or from the stream for "-". Each
// line ends with "\n".
func ReadText(path string, stream io.Reader) (string, error) {
	in := stream
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", badFile("read the file", path, err, "Check the name, and whether you may read the file.")
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxText+1)) // one more, so that it is seen to be too long
	if err != nil {
		return "", badFile("read the file", path, err, "Check the name, and whether you may read the file.")
	}
	return safe.LineEnds(string(data)), nil
}

func badFile(doing, path string, err error, cure string) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	return model.Failure{Kind: model.FailureInvalid, Operation: doing, Subject: safe.New(path), Cause: safe.New(err.Error()), Cure: cure}
}
