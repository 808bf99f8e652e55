package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// events prints a run as it happens: as lines for people, or as one JSON object a
// line for programs.
type events struct {
	out   io.Writer
	json  bool
	steps map[setup.StepID]setup.StepState
	plans map[string]bool
	cures map[string]bool
	state setup.RunState // how it stands, empty before it began
	now   setup.Run
}

func newEvents(out io.Writer, asJSON bool) *events {
	return &events{out: out, json: asJSON, steps: map[setup.StepID]setup.StepState{}, plans: map[string]bool{}, cures: map[string]bool{}}
}

// event is one line of JSON. Members that its kind has no use for are left out.
type event struct {
	Event   string          `json:"event"` // log, step, write, end
	At      *time.Time      `json:"at,omitempty"`
	Run     string          `json:"run,omitempty"`
	Step    setup.StepID    `json:"step,omitempty"`
	State   string          `json:"state,omitempty"`
	Text    safe.Text       `json:"text,omitzero"`
	Link    safe.Text       `json:"link,omitzero"`
	Service string          `json:"service,omitempty"`
	Method  string          `json:"method,omitempty"`
	URL     safe.Text       `json:"url,omitzero"`
	Body    json.RawMessage `json:"body,omitempty"`
	Failure *failureEvent   `json:"failure,omitempty"`
	// Findings are the results of the step's checks so far.
	Findings []findingEvent `json:"findings,omitempty"`
	Writes   *int           `json:"writes,omitempty"`
	Exit     *int           `json:"exit,omitempty"`
}

type failureEvent struct {
	Kind      model.FailureKind `json:"kind"`
	Finding   finding.Code      `json:"finding"` // what explain tells of
	Cause     safe.Text         `json:"cause"`
	Cure      safe.Text         `json:"cure,omitzero"`
	Code      safe.Text         `json:"code,omitzero"`
	TraceID   safe.Text         `json:"trace_id,omitzero"`
	RequestID safe.Text         `json:"request_id,omitzero"`
}

type findingEvent struct {
	ID       string       `json:"id"`
	Code     finding.Code `json:"code"`
	Because  finding.Code `json:"because,omitempty"` // of the failure for which it is not known
	Severity string       `json:"severity"`
	Stops    bool         `json:"stops,omitempty"`
	Title    safe.Text    `json:"title"`
	Text     safe.Text    `json:"text"`
	Cure     safe.Text    `json:"cure,omitzero"`
}

func (e *events) put(v event) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)                        //nolint:errchkjson // it is made of texts and numbers
	_, _ = e.out.Write(safe.JSON(b.Bytes())) // nobody is left to tell when standard output is gone
}

// line prints a line of the log.
func (e *events) line(l model.LogLine) {
	if e.json {
		e.put(event{Event: "log", At: &l.At, Step: setup.StepID(l.Step), Text: l.Text})
		return
	}
	_, _ = fmt.Fprintf(e.out, "%s  %-22s %s\n", l.At.Format("15:04:05"), setup.StepID(l.Step).Title(), l.Text)
}

// run prints what has changed of the steps.
func (e *events) run(r setup.Run) {
	e.state, e.now = r.State, r
	for i := range r.Steps {
		e.requests(r, &r.Steps[i])
		e.step(r, &r.Steps[i])
	}
}

// requests prints the requests that a step has planned.
func (e *events) requests(r setup.Run, s *setup.Step) {
	for _, w := range s.Plan {
		e.plan(r, s, w)
	}
}

// step prints how a step stands, when that is news.
func (e *events) step(r setup.Run, s *setup.Step) {
	if e.steps[s.ID] == s.State || s.State == setup.StepPending {
		return
	}
	e.steps[s.ID] = s.State
	if !e.json {
		e.people(s)
		return
	}
	v := event{Event: "step", Run: r.ID, Step: s.ID, State: string(s.State), Text: safe.New(s.Summary)}
	if s.Asks != nil {
		v.Text, v.Link = safe.New(s.Asks.Text), s.Asks.Link
	}
	if f := s.Failure; f != nil {
		v.Failure = &failureEvent{Kind: f.Kind, Finding: f.FindingCode(), Cause: f.Cause, Cure: safe.New(f.Cure), Code: f.Code, TraceID: f.TraceID, RequestID: f.RequestID}
	}
	for _, f := range s.Findings {
		v.Findings = append(v.Findings, findingEvent{f.Key(), f.Code, f.Because, f.Severity.String(), f.Stops, safe.New(f.Title), safe.New(f.Cause), safe.New(f.Next.Line())})
	}
	e.put(v)
}

// people prints what the log does not tell: how to mend what was found, once, and
// the link to open.
func (e *events) people(s *setup.Step) {
	for _, f := range s.Findings {
		key, cure := string(s.ID)+f.Key()+f.Cause, f.Next.Line()
		if cure == "" || !f.Severity.NeedsPerson() || e.cures[key] {
			continue
		}
		e.cures[key] = true
		_, _ = fmt.Fprintf(e.out, "          %-22s %s\n", "", safe.Clean("to mend: "+cure+" ("+f.Title+")"))
	}
	if s.Asks != nil && !s.Asks.Link.IsEmpty() {
		_, _ = fmt.Fprintf(e.out, "          %-22s %s\n", "", s.Asks.Link)
	}
}

// planned prints what belongs before a line of the log. For programs these are the steps
// before the line's own, with their requests, and the requests of that one: a snapshot
// may have skipped what was between. For people these are the requests of the steps that
// were over by then.
func (e *events) planned(r setup.Run, l model.LogLine) {
	for i := range r.Steps {
		s := &r.Steps[i]
		over := l.Step != string(s.ID) && !s.EndedAt.IsZero() && !l.At.Before(s.EndedAt)
		if e.json || over {
			e.requests(r, s)
		}
		if e.json && string(s.ID) == l.Step {
			return
		}
		if e.json && over {
			e.step(r, s)
		}
	}
}

// plan prints a request before it is sent, once.
func (e *events) plan(r setup.Run, s *setup.Step, w model.Write) {
	key := string(s.ID) + w.Key()
	if e.plans[key] {
		return
	}
	e.plans[key] = true
	if e.json {
		e.put(event{Event: "write", Run: r.ID, Step: s.ID, Service: string(w.Service), Method: w.Method, URL: w.URL, Body: w.BodyJSON()})
		return
	}
	if r.DryRun { // otherwise the log tells when it is sent
		_, _ = fmt.Fprintf(e.out, "          %-22s would send: %s %s\n", s.ID.Title(), w.Method, w.URL)
	}
}

// last takes the last word of a run that this program has ended. A run that failed,
// or that waited for somebody, is told of as that.
func (e *events) last(r setup.Run) {
	e.now = r
	if e.state == setup.RunRunning {
		e.state = r.State
	}
}

// end prints how it ended. By a signal, the exit code is not this command's to
// tell.
func (e *events) end(code int, err error, signalled bool) {
	if e.json {
		v := event{Event: "end", Run: e.now.ID, State: string(e.state)}
		if err != nil {
			v.Text = safe.New(err.Error())
		}
		if e.state != "" {
			v.Writes = &e.now.Writes
		}
		if !signalled {
			v.Exit = &code
		}
		e.put(v)
		return
	}
	if e.state != "" {
		_, _ = fmt.Fprintf(e.out, "%s: %d of %d steps, %d writes\n", e.state, over(e.now), len(e.now.Steps), e.now.Writes)
	}
}

func over(r setup.Run) int {
	n, _ := r.Progress()
	return n
}
