package metrics

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/prometheus/common/expfmt"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

// Metrics are what can be asked for. They are safe for use by many goroutines.
type Metrics struct{ registry *prometheus.Registry }

// Options of metrics.
type Options struct {
	// Latest gives what is known now; it must not wait.
	Latest func() model.Snapshot
	// Log is where requests are seen; nil leaves them out.
	Log             *activity.Log
	Version, Commit string // of this peerdeck
	Process         bool   // with those of the process: memory, time, files
}

// New returns the metrics.
func New(o Options) (*Metrics, error) {
	m := &Metrics{registry: prometheus.NewRegistry()}
	built := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "peerdeck_build_info", Help: "This peerdeck; always 1.", ConstLabels: prometheus.Labels{"version": o.Version, "commit": o.Commit},
	}, func() float64 { return 1 })
	list := []prometheus.Collector{built, newCollector(o.Latest)}
	if o.Log != nil {
		sent := newRequests()
		o.Log.Each(sent.see)
		list = append(list, sent.count, sent.took)
	}
	if o.Process {
		list = append(list, collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), collectors.NewGoCollector())
	}
	for _, c := range list {
		if err := m.registry.Register(c); err != nil {
			return nil, fmt.Errorf("the metrics cannot be put together: %w", err)
		}
	}
	return m, nil
}

// complaints tells somebody what a scrape has to complain of.
type complaints func(error)

// Println takes a complaint as the handler of scrapes gives it.
func (c complaints) Println(v ...any) {
	c(fmt.Errorf("metrics: %s", strings.TrimSpace(fmt.Sprintln(v...))))
}

// handler answers a scrape. A metric that cannot be given is left out, and the others come.
func (m *Metrics) handler(complain func(error)) http.Handler {
	const atOnce = 4
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorLog: complaints(complain), ErrorHandling: promhttp.ContinueOnError,
		EnableOpenMetrics: true, MaxRequestsInFlight: atOnce,
	})
}

// Write writes all metrics once in Prometheus' text form.
func (m *Metrics) Write(w io.Writer) error {
	families, err := m.registry.Gather()
	if err != nil {
		return fmt.Errorf("the metrics cannot be read: %w", err)
	}
	encoder := expfmt.NewEncoder(w, expfmt.NewFormat(expfmt.TypeTextPlain))
	for _, f := range families {
		if err := encoder.Encode(f); err != nil {
			return fmt.Errorf("the metrics cannot be written: %w", err)
		}
	}
	return nil
}
