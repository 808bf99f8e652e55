package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/peerdeck/peerdeck/model"
)

// requests counts what was sent to the services, each try of each request.
type requests struct {
	count *prometheus.CounterVec
	took  *prometheus.HistogramVec
}

func newRequests() *requests {
	return &requests{
		count: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "peerdeck_requests_total",
			Help: "Requests that were sent, each try counted, by service, method and the status of the answer (none where no answer came).",
		}, []string{"service", "method", "code"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "peerdeck_request_duration_seconds",
			Help:    "Time from sending a request to its answer or its failure.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"service"}),
	}
}

// see takes one entry of the activity log.
func (r *requests) see(a model.Activity) {
	if a.Kind != model.ActivityRequest {
		return
	}
	service := known(a.Service, "Konnect", "Azure", "Graph", "Sign-in")
	method := known(a.Method, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
	r.count.WithLabelValues(service, method, status(a.Status)).Inc()
	r.took.WithLabelValues(service).Observe(a.Took.Seconds())
}
