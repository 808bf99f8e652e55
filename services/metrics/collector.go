package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// MostNetworks is how many networks have series of their own; the rest is counted only.
// It is above what the screen is measured with, so that a list without an end does not
// fill a store of metrics.
const MostNetworks = 20_000

// collector makes the metrics of the latest snapshot when they are asked for.
type collector struct {
	latest func() model.Snapshot
	codes  codes
	d      descriptions
}

func newCollector(latest func() model.Snapshot) *collector {
	return &collector{latest: latest, codes: catalogue(), d: describe()}
}

// Describe lists every metric, as Prometheus' registry wants.
func (c *collector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range c.d.all() {
		out <- d
	}
}

// Collect gives what is known now.
func (c *collector) Collect(out chan<- prometheus.Metric) {
	s := c.latest()
	w := writer{out: out}
	c.sources(w, s)
	if !s.Progress.ListedAll {
		return // a list that was not read says nothing, and least of all that nothing is wrong
	}
	c.totals(w, s)
	seen := make(map[safe.Text]bool, len(s.Networks))
	for _, n := range s.Networks {
		if seen[n.ID] || len(seen) == MostNetworks {
			continue
		}
		seen[n.ID] = true
		c.network(w, n)
	}
	w.gauge(c.d.leftOut, float64(len(s.Networks)-len(seen)))
}

// sources tells of the connections to the clouds.
func (c *collector) sources(w writer, s model.Snapshot) {
	for _, src := range []struct {
		name   string
		status model.SourceStatus
	}{{"konnect", s.Konnect}, {"azure", s.Azure}} {
		// A cloud of which there is nothing to ask is not down.
		if src.status.State != model.SourceIdle {
			w.gauge(c.d.up, truth(src.status.State == model.SourceLive), src.name)
		}
		if at := src.status.LastOK; !at.IsZero() {
			w.gauge(c.d.lastGood, float64(at.UnixMilli())/1000, src.name)
		}
	}
	w.gauge(c.d.complete, truth(s.Progress.Complete()))
	for _, f := range distinct(s.Failures, func(f model.Failure) finding.Code { return f.FindingCode() }) {
		w.gauge(c.d.failing, float64(f.count), c.codes.label(f.key))
	}
}

// totals counts the networks of each severity.
func (c *collector) totals(w writer, s model.Snapshot) {
	counts := s.Count()
	for _, severity := range model.Severities() {
		w.gauge(c.d.networks, float64(counts[severity]), severity.String())
	}
}

// writer gives metrics away.
type writer struct{ out chan<- prometheus.Metric }

func (w writer) gauge(d *prometheus.Desc, value float64, labels ...string) {
	m, err := prometheus.NewConstMetric(d, prometheus.GaugeValue, value, labels...)
	if err != nil {
		m = prometheus.NewInvalidMetric(d, err)
	}
	w.out <- m
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// counted is a key with how often it was there.
type counted[K comparable] struct {
	key   K
	count int
}

// distinct counts what has the same key, in the order of its first.
func distinct[V any, K comparable](list []V, key func(V) K) []counted[K] {
	var out []counted[K]
	at := map[K]int{}
	for _, v := range list {
		k := key(v)
		i, there := at[k]
		if !there {
			i = len(out)
			at[k], out = i, append(out, counted[K]{key: k})
		}
		out[i].count++
	}
	return out
}
