package journal

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Summary tells the run in short. A session without an end was interrupted.
func (r Record) Summary() setup.RunSummary {
	s := setup.RunSummary{ID: r.ID, State: setup.RunInterrupted, Made: r.Made(), Problem: r.Problem()}
	s.Request, _ = r.Request()
	for _, e := range r.Entries {
		s.ChangedAt = e.At
		switch e.Kind {
		case Begin:
			s.Kind, s.State = e.Run, setup.RunInterrupted
			if s.StartedAt.IsZero() {
				s.StartedAt = e.At
			}
		case Step, Intent:
			s.Last = e.Step
		case End:
			s.State = setup.RunState(e.State)
		case Outcome, Found, Accepted, Gone, Place:
		}
	}
	return s
}

// List tells all runs, the newest first. One whose journal cannot be read is in the
// list, with the reason.
func (s *Store) List() ([]setup.RunSummary, error) {
	ids, err := s.IDs()
	if err != nil {
		return nil, err
	}
	var out []setup.RunSummary
	for _, id := range ids {
		r, err := s.Read(id)
		if err != nil {
			out = append(out, setup.RunSummary{ID: id, State: setup.RunInterrupted, Problem: safe.Clean(err.Error())})
			continue
		}
		if s.foreign(&r) {
			continue
		}
		sum := r.Summary()
		if sum.State == setup.RunInterrupted && !sum.Request.VNet.IsZero() {
			sum.Elsewhere = s.held(sum.Request)
		}
		out = append(out, sum)
	}
	return out, nil
}

// Unfinished returns the newest run of the same set-up that has not reached its end.
func (s *Store) Unfinished(r setup.Request) (Record, bool) {
	ids, err := s.IDs()
	if err != nil {
		return Record{}, false // a new journal is begun, or fails with the reason
	}
	for _, id := range ids {
		record, err := s.Read(id)
		if err != nil {
			continue
		}
		was, ok := record.Request()
		if !ok || was.Key() != r.Key() || record.context() != s.in {
			continue
		}
		sum := record.Summary()
		return record, sum.Kind == r.Kind() && sum.State != setup.RunDone
	}
	return Record{}, false
}

// Lines tells the journal as lines for a person.
func (r Record) Lines() []model.LogLine {
	var out []model.LogLine
	for i, e := range r.Entries {
		text, tone := e.line()
		out = append(out, model.LogLine{Number: uint64(i) + 1, At: e.At, Step: string(e.Step), Tone: tone, Text: safe.New(text)})
	}
	if p := r.Problem(); p != "" {
		out = append(out, model.LogLine{Number: uint64(len(out)) + 1, Tone: model.LineTrouble, Text: safe.New("the journal: " + p)})
	}
	return out
}

func (e Entry) line() (string, model.LineTone) {
	switch e.Kind {
	case Begin:
		return string(e.Run) + " begins", model.LinePlain
	case Step:
		return strings.TrimSpace(fmt.Sprintf("%s: %s %s", e.Step.Title(), e.State, e.Text.Raw())), model.LinePlain
	case Intent:
		return fmt.Sprintf("write %d: %s %s", e.Number, e.Method, e.URL.Raw()), model.LineWrite
	case Outcome:
		if e.Unsure {
			return fmt.Sprintf("write %d: no certain answer: %s", e.Number, e.Error.Raw()), model.LineTrouble
		}
		if !e.Error.IsEmpty() {
			return fmt.Sprintf("write %d refused: %s", e.Number, e.Error.Raw()), model.LineTrouble
		}
		return strings.TrimSpace(fmt.Sprintf("write %d done %s", e.Number, e.ID.Raw())), model.LineGood
	case Found:
		return fmt.Sprintf("write %d had taken effect: %s", e.Number, e.ID.Or(e.Name.Raw()).Raw()), model.LineGood
	case Accepted:
		return "accepted: " + strings.Join(e.Findings, ", "), model.LinePlain
	case Gone:
		return fmt.Sprintf("%s %s is gone", e.Object, e.Name.Raw()), model.LineGood
	case Place:
		return "on network " + e.ID.Raw(), model.LinePlain
	case End:
		return "ended: " + e.State, model.LinePlain
	default:
		return string(e.Kind), model.LinePlain
	}
}
