package keep

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Newer is the error of a file whose form a newer peerdeck has made: what it says is not known,
// so it is neither read nor written over, moved or removed. Forms are numbered from 1 on; a file
// that tells none is of the first.
type Newer struct {
	Form  int // of the file
	Knows int // the newest that this program reads
}

// Error says what is so and the ways out. Who returns it names the file.
func (n Newer) Error() string {
	return fmt.Sprintf("a newer peerdeck has written it (form %d; this one reads forms up to %d), so it is left as it is; use the newer peerdeck, or move the file away", n.Form, n.Knows)
}

// known returns [Newer] for a form that is.
func known(form, knows int) error {
	if knows > 0 && form > knows {
		return Newer{form, knows}
	}
	return nil
}

// formOf is the form that a file of one JSON object tells, 0 for none: the member "version", or
// "format" in files of that habit. What is no JSON tells none.
func formOf(data []byte) int {
	var told struct {
		Version json.Number `json:"version"`
		Format  json.Number `json:"format"`
	}
	if json.Unmarshal(data, &told) != nil {
		return 0
	}
	version, _ := strconv.Atoi(told.Version.String())
	format, _ := strconv.Atoi(told.Format.String())
	return max(version, format)
}

// Each line of a log tells its form in its first member, so that it stays told when lines of
// several programs stand in one file.
const (
	formBegins = `{"v":`
	formRoom   = len(formBegins) + 8 // what telling it takes of a line, at most
)

// formOfLine is the form that a line tells, 0 for none.
func formOfLine(line []byte) int {
	rest, told := bytes.CutPrefix(line, []byte(formBegins))
	if !told {
		return 0
	}
	digits := rest[:len(rest)-len(bytes.TrimLeft(rest, "0123456789"))]
	form, _ := strconv.Atoi(string(digits))
	return form
}

// tellForm begins a line, which is a JSON object, with its form.
func tellForm(line []byte, form int) []byte {
	if form == 0 || len(line) < len("{}") || line[0] != '{' {
		return line
	}
	out := append([]byte(formBegins), strconv.Itoa(form)...)
	if line[1] != '}' {
		out = append(out, ',')
	}
	return append(out, line[1:]...)
}
