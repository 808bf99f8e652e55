package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/goccy/go-yaml"

	"peerdeck/model/safe"
)

// maxScenario bounds a file of events; a long story has some hundred lines.
const maxScenario = 256 << 10

// ReadScenario reads a file of events; see [ParseScenario].
func ReadScenario(path string) ([]Event, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxScenario+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxScenario {
		return nil, fmt.Errorf("%s is longer than %d KiB", path, maxScenario>>10)
	}
	events, err := ParseScenario(data)
	if err != nil {
		return nil, fmt.Errorf("%s, %w", path, err)
	}
	return events, nil
}

// ParseScenario reads a list of events from YAML:
//
//	events:
//	  - {at: 10s, network: eu-prod, peering: hub-vnet, azure: Disconnected}
//	  - {at: 20s, fault: {service: konnect, status: 503, for: 15s}}
//
// An error tells line and column.
func ParseScenario(data []byte) ([]Event, error) {
	var file struct {
		Events []Event `yaml:"events"`
	}
	err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&file)
	if err == nil || errors.Is(err, io.EOF) {
		return file.Events, nil
	}
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return nil, errors.New(safe.Clean(err.Error()))
	}
	at := y.GetToken().Position
	return nil, fmt.Errorf("line %d, column %d: %s", at.Line, at.Column, safe.Clean(y.GetMessage()))
}
