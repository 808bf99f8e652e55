package trace

import (
	"context"
	"io"
	"os"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/saved"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// Save writes a text to a file that is not there yet, readable by its owner alone.
func (*Tracer) Save(_ context.Context, path, text string) error {
	return saved.Private(path, text)
}

// maxText bounds what is read of a tool's output.
const maxText = 2 << 20

// ReadText reads what a tool has printed, from a file, or from the stream for "-", see
// [safe.Decode].
func ReadText(path string, stream io.Reader) (string, error) { return readText(path, stream, maxText) }

func readText(path string, stream io.Reader, most int64) (string, error) {
	in := stream
	if path != "-" {
		path = typed.Path(path)
		f, err := os.Open(path)
		if err != nil {
			return "", badFile("read the file", path, err, "Check the name, and whether you may read the file.")
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, most+1)) // one more, so that it is seen to be too long
	if err != nil {
		return "", badFile("read the file", path, err, "Check the name, and whether you may read the file.")
	}
	return safe.Decode(data), nil
}

func badFile(doing, path string, err error, cure string) error {
	return model.Failure{Kind: model.FailureInvalid, Operation: doing, Subject: safe.New(path), Cause: safe.New(keep.Reason(err).Error()), Cure: cure}
}
