package transport

import (
	"errors"
	"io"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Empty describes an answer that says that all is well and holds nothing, where something
// was asked for. It is never taken for a list of none.
func Empty(service, host string) model.Failure {
	return model.Wire{Kind: model.WireEmpty, Service: service, Host: safe.New(host)}.Failure()
}

// Unreadable describes an answer of some bytes that does not decode: it ends too early, or
// is something else than what was asked for. The error is that of the decoder, or says in a
// clause what is missing.
func Unreadable(err error, bytes int, service, host string) model.Failure {
	w := model.Wire{Kind: model.WireOther, Service: service, Host: safe.New(host), Detail: safe.New(err.Error()), Bytes: int64(bytes)}
	if errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "unexpected end of JSON input") {
		w.Kind, w.Whole = model.WireCut, true
	}
	return w.Failure()
}
