package debugger

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// span is one span, whatever form it came in.
type span struct {
	name       string
	attributes map[string]any // plain values: string, json.Number, bool, []any, map[string]any
	start, end time.Time      // zero where it does not say
	failed     bool
	message    string // of its failure, empty where none is given
}

// walker looks for spans wherever they lie.
type walker struct {
	spans int
	found []span
}

// walk looks into a value. It returns false where there is too much.
func (w *walker) walk(value any, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch v := value.(type) {
	case []any:
		return !slices.ContainsFunc(v, func(item any) bool { return !w.walk(item, depth+1) })
	case map[string]any:
		return w.object(v, depth)
	default:
		return true
	}
}

func (w *walker) object(o map[string]any, depth int) bool {
	if s, is := spanOf(o); is {
		if w.spans++; w.spans > maxSpans {
			return false
		}
		w.found = append(w.found, s)
	}
	for _, member := range slices.Sorted(maps.Keys(o)) {
		if member != "attributes" && member != "events" && !w.walk(o[member], depth+1) {
			return false
		}
	}
	return true
}

// spanOf reads an object as a span: it has a name of the gateway's, and something that only
// spans have.
func spanOf(o map[string]any) (span, bool) {
	name, _ := first(o, "name", "operationName", "spanName").(string)
	if name != "kong" && !strings.HasPrefix(name, "kong.") {
		return span{}, false
	}
	s := span{name: name, attributes: attributes(first(o, "attributes", "tags"))}
	s.start = instant(first(o, "startTimeUnixNano", "start_time_unix_nano", "startTime", "start_time", "start", "timestamp"))
	s.end = instant(first(o, "endTimeUnixNano", "end_time_unix_nano", "endTime", "end_time", "end"))
	return s.withStatus(first(o, "status"), first(o, "events", "logs")), true
}

// first returns the first member that is there.
func first(o map[string]any, names ...string) any {
	for _, n := range names {
		if v, there := o[n]; there && v != nil {
			return v
		}
	}
	return nil
}

// withStatus reads whether the span failed, and in which words.
func (s span) withStatus(status, events any) span {
	const failed = 2 // STATUS_CODE_ERROR of OpenTelemetry
	switch v := status.(type) {
	case map[string]any:
		code := strings.ToUpper(text(first(v, "code", "status_code")))
		s.failed = code == strconv.Itoa(failed) || strings.HasSuffix(code, "ERROR")
		s.message = text(first(v, "message", "description"))
	case string:
		s.failed = strings.HasSuffix(strings.ToUpper(v), "ERROR")
	case json.Number:
		s.failed = v.String() == strconv.Itoa(failed)
	}
	if list, is := events.([]any); is {
		for _, e := range list {
			o, _ := e.(map[string]any)
			of := attributes(first(o, "attributes", "fields"))
			if message := text(first(of, "exception.message", "message", "error.message")); message != "" && (text(first(o, "name")) == "exception" || s.failed) {
				s.failed = true
				s.message = or(s.message, message)
			}
		}
	}
	if message := text(first(s.attributes, "exception.message", "error.message", "error")); message != "" && message != "false" {
		s.failed = true
		if message != "true" {
			s.message = or(s.message, message)
		}
	}
	return s
}

// of returns the value of an attribute by the end of its name: gateways put their own word
// before it, or none.
func (s span) of(names ...string) any {
	for _, n := range names {
		for _, full := range []string{"proxy.kong." + n, "kong." + n, n} {
			if v, there := s.attributes[full]; there {
				return v
			}
		}
	}
	return nil
}

func (s span) text(names ...string) string { return text(s.of(names...)) }

func (s span) number(names ...string) int {
	n, err := strconv.ParseFloat(s.text(names...), 64)
	if err != nil || n < 0 || n > math.MaxInt32 {
		return 0
	}
	return int(n)
}

// took is how long the span was, 0 where it does not say.
func (s span) took() time.Duration {
	if s.start.IsZero() || s.end.Before(s.start) {
		return 0
	}
	return s.end.Sub(s.start)
}

// attributes reads attributes: OpenTelemetry's list of keys with typed values, or an object.
func attributes(value any) map[string]any {
	out := map[string]any{}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			o, _ := item.(map[string]any)
			if key, is := first(o, "key", "name").(string); is {
				out[key] = plain(o["value"], 0)
			}
		}
	case map[string]any:
		for key, inner := range v {
			out[key] = plain(inner, 0)
		}
	}
	return out
}

// plain takes the type away that OpenTelemetry writes around a value.
func plain(value any, depth int) any {
	if depth > maxDepth {
		return nil
	}
	o, is := value.(map[string]any)
	if !is {
		return value
	}
	if v := first(o, "stringValue", "string_value", "intValue", "int_value", "doubleValue", "double_value", "boolValue", "bool_value"); v != nil {
		return v
	}
	if list, is := first(o, "arrayValue", "array_value").(map[string]any); is {
		values, _ := list["values"].([]any)
		out := make([]any, 0, len(values))
		for _, v := range values {
			out = append(out, plain(v, depth+1))
		}
		return out
	}
	if list, is := first(o, "kvlistValue", "kvlist_value").(map[string]any); is {
		out := map[string]any{}
		values, _ := list["values"].([]any)
		for _, item := range values {
			pair, _ := item.(map[string]any)
			if key, is := pair["key"].(string); is {
				out[key] = plain(pair["value"], depth+1)
			}
		}
		return out
	}
	if inner, there := o["value"]; there && len(o) <= 2 { // {"type": …, "value": …}
		return plain(inner, depth+1)
	}
	return o
}

// text writes a plain value that is one word or number.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	default:
		return ""
	}
}

// instant reads a time: a text, or a number of nano-, micro-, milliseconds or seconds since
// 1970, told apart by their size.
func instant(value any) time.Time {
	raw := text(value)
	if at, err := time.Parse(time.RFC3339Nano, raw); err == nil {
		return at.UTC()
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || n <= 0 || n > math.MaxInt64 {
		return time.Time{}
	}
	const nano, micro, milli, second = 1e17, 1e14, 1e11, 1e8
	switch {
	case n >= nano:
		if whole, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return time.Unix(0, whole).UTC()
		}
		return time.Unix(0, int64(n)).UTC()
	case n >= micro:
		return time.UnixMicro(int64(n)).UTC()
	case n >= milli:
		return time.UnixMilli(int64(n)).UTC()
	case n >= second:
		return time.Unix(int64(n), 0).UTC()
	default:
		return time.Time{}
	}
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
