package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/typed"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// maxScenario bounds a file of events; a long story has some hundred lines.
const maxScenario = 256 << 10

// Shows is what a scenario is made to show: what peerdeck says once its first events have
// happened. The sandbox keeps to the events; who reads the file, a person or a test, keeps
// to the rest.
type Shows struct {
	About    string   `yaml:"about"`    // one sentence: what is so
	Network  string   `yaml:"network"`  // the name of the network to look at
	Trace    string   `yaml:"trace"`    // a name to trace there; empty for none
	Findings []string `yaml:"findings"` // the codes that status and Networks say, and a trace too
	Status   []string `yaml:"status"`   // the codes of rows that status and Networks say; a trace says what that means for its name
	Traced   []string `yaml:"traced"`   // the codes that the trace says beside them
	Paths    []string `yaml:"paths"`    // the codes that the paths of the network say
	Never    []string `yaml:"never"`    // the codes that nobody may say
	Says     []string `yaml:"says"`     // words that status must have, whatever stands around them
	Hides    []string `yaml:"hides"`    // words that neither status nor the trace may have
	Healthy  bool     `yaml:"healthy"`  // nothing at all may be found
}

// ReadScenario reads a file of events; see [ParseScenario].
func ReadScenario(path string) ([]Event, error) {
	_, events, err := ReadScene(path)
	return events, err
}

// ReadScene reads a file of events and what it is made to show.
func ReadScene(path string) (Shows, []Event, error) {
	path = typed.Path(path)
	f, err := os.Open(path)
	if err != nil {
		return Shows{}, nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxScenario+1))
	if err != nil {
		return Shows{}, nil, err
	}
	if len(data) > maxScenario {
		return Shows{}, nil, fmt.Errorf("%s is longer than %d KiB", path, maxScenario>>10)
	}
	shows, events, err := parseScene(data)
	if err != nil {
		return Shows{}, nil, fmt.Errorf("%s, %w", path, err)
	}
	return shows, events, nil
}

// ParseScenario reads a list of events from YAML:
//
//	events:
//	  - {at: 10s, network: eu-prod, peering: hub-vnet, azure: Disconnected}
//	  - {at: 20s, fault: {service: konnect, status: 503, for: 15s}}
//
// An error tells line and column.
func ParseScenario(data []byte) ([]Event, error) {
	_, events, err := parseScene(data)
	return events, err
}

func parseScene(data []byte) (Shows, []Event, error) {
	var file struct {
		Shows  Shows   `yaml:"shows"`
		Events []Event `yaml:"events"`
	}
	err := strictyaml.Decode(data, &file)
	if err == nil {
		return file.Shows, file.Events, nil
	}
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return Shows{}, nil, wrongTime([]byte(safe.Decode(data)), err)
	}
	at := y.GetToken().Position
	return Shows{}, nil, fmt.Errorf("line %d, column %d: %s", at.Line, at.Column, strictyaml.Message(y))
}

// wrongTime describes an error of the standard library about a span of time: the
// decoder hands it on without its place, so the quoted text is looked for.
func wrongTime(data []byte, err error) error {
	message := safe.Clean(err.Error())
	i := strings.LastIndex(strings.TrimSuffix(message, `"`), `"`)
	if i < 0 {
		return errors.New(message)
	}
	quoted := []byte(strings.Trim(message[i:], `"`))
	before, _, found := bytes.Cut(data, quoted)
	if !found || len(quoted) == 0 || bytes.Count(data, quoted) > 1 {
		return errors.New(message)
	}
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Errorf("line %d, column %d: %s; write a span of time such as 90s or 2m", line, column, strings.TrimPrefix(message, "time: "))
}
