package trace

import (
	"io"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/debugger"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// seen reads what the gateway saw of the name of a request; nil where no trace of it was
// given. One that cannot be used, or is about other names, is a failure at once.
func (d *Tracer) seen(r dnstrace.Request) (*dnsverdict.GatewayView, error) {
	if r.Seen == "" {
		return nil, nil //nolint:nilnil // there is nothing to read, and nothing is wrong with that
	}
	q := dnstrace.Read(r.Text)
	read, problem := debugger.Read(r.Seen)
	view := dnsverdict.GatewayView{}
	if problem == "" && q.OK() {
		view, problem = read.About(q.Asked(), d.o.Time.Now())
	}
	if problem != "" {
		return nil, model.Failure{
			Kind: model.FailureInvalid, Operation: "read the gateway's trace", Cause: safe.New(problem),
			Cure: model.CureSaveTrace,
		}
	}
	return &view, nil
}

// ReadSaved reads a trace that Konnect's Debugger has saved, from a file, or from the stream
// for "-".
func ReadSaved(path string, stream io.Reader) (string, error) {
	return readText(path, stream, debugger.MaxText)
}
