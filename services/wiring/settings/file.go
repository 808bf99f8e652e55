package settings

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// File is the configuration file, in the context that was chosen. Members that are not
// written are nil.
type File struct {
	Part     `yaml:",inline"`
	Contexts contextNodes `yaml:"contexts"`
	// HelperTimeout is the most that a program may take that is asked for a token.
	HelperTimeout *string `yaml:"helper_timeout"`
	LogFile       *string `yaml:"log_file"`
	Mouse         *bool   `yaml:"mouse"`
	ASCII         *bool   `yaml:"ascii"`
	Theme         *string `yaml:"theme"`
	// Notify is what a person is told who looks elsewhere.
	Notify notifyFile `yaml:"notify"`

	path     string
	contexts []Context
	context  *Context // the one that was chosen, nil for the top of the file
}

const maxFile = 64 << 10

// ReadFile reads a configuration file. A file that is not there is empty, unless
// the user named it.
func ReadFile(path string, named bool) (File, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return File{}, nil
	case err != nil:
		return File{}, fmt.Errorf("the configuration file %s cannot be read: %w", path, keep.Reason(err))
	case info.Size() > maxFile:
		return File{}, fmt.Errorf("the configuration file %s has %d bytes; it should have some lines", path, info.Size())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return File{}, fmt.Errorf("the configuration file %s cannot be read: %w", path, keep.Reason(err))
	}
	f, err := ParseFile(data)
	if err != nil {
		return File{}, fmt.Errorf("the configuration file %s, %w", path, err)
	}
	f.path = path
	return f, nil
}

// ParseFile reads the content of a configuration file. An error tells the line
// and the column, and for a key that does not exist the nearest one that does. What is
// wrong with one context stands with that context.
func ParseFile(data []byte) (File, error) {
	var f File
	if err := strictyaml.DecodeNamed(data, &f, "contexts"); err != nil {
		return File{}, explain(err, reflect.TypeFor[File]())
	}
	contexts, err := f.Contexts.read(data)
	if err != nil {
		return File{}, err
	}
	f.Contexts, f.contexts = contextNodes{}, contexts
	return f, cmp.Or(kongctlName(f.Konnect), tokenNames(f.Konnect))
}

func position(line, column int) string { return fmt.Sprintf("line %d, column %d", line, column) }

// explain puts what is wrong with a text that should be of a type into words.
func explain(err error, of reflect.Type) error {
	where := "somewhere"
	var y yaml.Error
	if !errors.As(err, &y) {
		return fmt.Errorf("%s: %s", where, safe.Clean(err.Error()))
	}
	word := ""
	if t := y.GetToken(); t != nil {
		where = position(t.Position.Line, t.Position.Column)
		word = t.Value
	}
	var unknown *yaml.UnknownFieldError
	var wrong *yaml.TypeError
	switch {
	case errors.As(err, &unknown):
		if word == "token" {
			return fmt.Errorf("%s: a token does not stand in this file; name where it is: token_file, token_command, token_variable (the name of a variable) or keyring (the user in it)", where)
		}
		best, edits := nearest(word, of)
		if edits > (len(word)+1)/2 {
			return fmt.Errorf("%s: there is no setting %q; there are %s", where, word, strings.Join(keys(of), ", "))
		}
		return fmt.Errorf("%s: there is no setting %q; the nearest is %q", where, word, best)
	case errors.As(err, &wrong):
		return fmt.Errorf("%s: %q is of the wrong type; %s is wanted", where, word, strictyaml.Wanted(wrong.DstType))
	default:
		return fmt.Errorf("%s: %s", where, strictyaml.Message(y))
	}
}

// keys lists all keys of the file.
func keys(t reflect.Type) []string {
	var out []string
	for field := range t.Fields() {
		name, inline := strings.CutSuffix(field.Tag.Get("yaml"), ",inline")
		if !field.IsExported() {
			continue
		}
		if !inline {
			out = append(out, name)
		}
		if field.Type.Kind() == reflect.Struct && field.Type != reflect.TypeFor[contextNodes]() {
			out = append(out, keys(field.Type)...)
		}
	}
	return out
}

// nearest returns the key that takes the fewest edits to reach, and how many.
func nearest(word string, of reflect.Type) (best string, least int) {
	least = 1 << 30
	for _, k := range keys(of) {
		if d := distance(strings.ToLower(word), k); d < least {
			best, least = k, d
		}
	}
	return best, least
}

// distance is the number of single-letter edits between two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
