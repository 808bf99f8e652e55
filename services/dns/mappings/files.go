package mappings

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsfile "github.com/peerdeck/peerdeck/services/dns/file"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/saved"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// Parse reads a text of whatever format, as it was pasted.
func (*Writer) Parse(text string) dnstable.Imported { return dnsfile.Read("", []byte(text), "") }

// ReadFile reads a file of whatever format.
func (*Writer) ReadFile(_ context.Context, path string) (dnstable.Imported, error) {
	return Read(path, "")
}

// ReadFrom reads a text from a stream, such as standard input. An empty format is found
// by the contents.
func ReadFrom(in io.Reader, format dnstable.Format) (dnstable.Imported, error) {
	data, err := io.ReadAll(io.LimitReader(in, dnsfile.MaxBytes+1)) // one more, so that it is seen to be too long
	if err != nil {
		return dnstable.Imported{}, err
	}
	return dnsfile.Read("", data, format), nil
}

// Read reads a file. An empty format is found by the name and the contents.
func Read(path string, format dnstable.Format) (dnstable.Imported, error) {
	path = typed.Path(path)
	fail := func(cause, cure string) (dnstable.Imported, error) {
		return dnstable.Imported{}, model.Failure{
			Kind: model.FailureInvalid, Operation: "read the file", Subject: safe.New(path), Cause: safe.New(cause), Cure: cure,
		}
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fail("there is no file of this name", "Check the name and the folder.")
	case err != nil:
		return fail(keep.Reason(err).Error(), "Check the name, and whether you may read the file.")
	case !info.Mode().IsRegular():
		return fail("it is no file", "Give the name of a file.")
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(keep.Reason(err).Error(), "Check whether you may read the file.")
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, dnsfile.MaxBytes+1)) // one more, so that it is seen to be too long
	if err != nil {
		return fail(keep.Reason(err).Error(), "Try again, or copy the file elsewhere.")
	}
	return dnsfile.Read(path, data, format), nil
}

// Format writes the rows of a table in a format. The notes say what has no place in it
// and is left out.
func (*Writer) Format(format dnstable.Format, t dnstable.Target, rows []dnstable.Row) (text string, notes []string, err error) {
	return Format(format, t, rows)
}

// Format writes the rows of a table in a format: those of one group together, where the
// format knows groups. The notes say what has no place in it and is left out.
func Format(format dnstable.Format, t dnstable.Target, rows []dnstable.Row) (text string, notes []string, err error) {
	o := dnsfile.Options{Name: t.ResolverName, Network: t.NetworkName, NetworkID: t.Network, Extra: map[safe.Text][]dnstable.Member{}}
	for _, r := range rows {
		if len(r.Extra) > 0 {
			o.Extra[r.Key] = r.Extra
		}
	}
	table := dnstable.ToMappings(rows)
	if format != dnstable.FormatKonnectMap {
		table, _ = dnstable.ToList(rows) // what has no place there is in the notes
	}
	text, err = dnsfile.Write(format, table, o)
	if err != nil {
		return "", nil, model.Failure{
			Kind: model.FailureInvalid, Operation: "write the table as", Subject: safe.New(string(format)), Cause: safe.New(err.Error()),
			Cure: model.CureFormat,
		}
	}
	return text, dnsfile.LeftOut(format, table, o), nil
}

// WriteFile writes rows to a file. A new one everybody may read whom the system lets; one
// that is there keeps its mode, and is left alone unless overwrite says otherwise. After
// a crash there is the old content or the new one.
func (d *Writer) WriteFile(_ context.Context, path string, format dnstable.Format, t dnstable.Target, rows []dnstable.Row, overwrite bool) error {
	text, _, err := d.Format(format, t, rows)
	if err != nil {
		return err
	}
	return saved.Shared(path, text, overwrite)
}
