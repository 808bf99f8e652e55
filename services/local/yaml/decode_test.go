package yaml_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

type document struct {
	Words []string       `yaml:"words"`
	Count int            `yaml:"count"`
	Inner map[string]any `yaml:"inner"`
}

func TestDecode(t *testing.T) {
	t.Parallel()
	var d document
	if err := strictyaml.Decode([]byte("words: [a, b]\ncount: 3\n"), &d); err != nil || len(d.Words) != 2 || d.Count != 3 {
		t.Errorf("%+v, %v", d, err)
	}
	if err := strictyaml.Decode(nil, &d); err != nil || d.Count != 0 {
		t.Errorf("an empty document: %+v, %v", d, err)
	}
	var y yaml.Error
	if err := strictyaml.Decode([]byte("cuont: 3\n"), &d); !errors.As(err, &y) || y.GetToken().Position.Line != 1 {
		t.Errorf("an unknown key: %v", err)
	}
	if err := strictyaml.Decode([]byte("words:\n ! #0000\n"), &d); !errors.Is(err, strictyaml.ErrNotUnderstood) {
		t.Errorf("a tag without a value: %v", err)
	}
	if err := strictyaml.Decode([]byte("\xff\xfec\x00o\x00u\x00n\x00t\x00:\x00 \x003\x00\r\x00\n\x00"), &d); err != nil || d.Count != 3 {
		t.Errorf("UTF-16: %+v, %v", d, err)
	}
	if err := strictyaml.Decode([]byte("\ufeffcount:\u00a04\t# four\n"), &d); err != nil || d.Count != 4 {
		t.Errorf("a mark and a blank that does not break: %+v, %v", d, err)
	}
	if err := strictyaml.Decode([]byte("inner:\n\ta: 1\n"), &d); !errors.As(err, &y) || !strings.Contains(strictyaml.Message(y), "YAML takes blanks") || y.GetToken().Position.Line != 2 {
		t.Errorf("a tab: %v", err)
	}
	if err := strictyaml.Decode([]byte("count: 1\n---\ncount: 2\n"), &d); !errors.Is(err, strictyaml.ErrTwoDocuments) {
		t.Errorf("two documents: %v", err)
	}
	if err := strictyaml.Decode([]byte("---\ncount: 1\n---\n"), &d); err != nil {
		t.Errorf("a line at the end: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("words: [a]\ninner: {b: &x 1, c: *x}\n"))
	f.Add([]byte("count: !!int\nwords: !"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		var d document
		_ = strictyaml.Decode(data, &d) // that it returns is what is tested
	})
}

func TestDecodeKnowsEveryLineEnd(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\n", "\r\n", "\r", "\u2028"} {
		var d document
		text := strings.ReplaceAll("words:\n  - a # first\n  - b\ncount: 3\n", "\n", end)
		if err := strictyaml.Decode([]byte(text), &d); err != nil || len(d.Words) != 2 || d.Words[0] != "a" || d.Count != 3 {
			t.Errorf("%q: %+v, %v", text, d, err)
		}
		var y yaml.Error
		if err := strictyaml.Decode([]byte(strings.ReplaceAll("count: 1\nwords: []\ncuont: 3\n", "\n", end)), &d); !errors.As(err, &y) || y.GetToken().Position.Line != 3 {
			t.Errorf("%q: the place of an error: %v", end, err)
		}
	}
}
