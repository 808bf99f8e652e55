package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"unicode/utf8"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

func checksum(data []byte) uint32 { return crc32.ChecksumIEEE(data) }

// Open reads the bundle of a file. Errors are [model.Failure]; they name the file, the
// entry and the way out.
func Open(path string) (Bundle, error) {
	data, err := keep.Read(path, MaxFile)
	switch {
	case errors.As(err, new(keep.TooLong)):
		return Bundle{}, refused(path, "", fmt.Sprintf("it is longer than %d MiB, far more than a bundle of peerdeck", MaxFile>>20), askAgain)
	case err != nil:
		return Bundle{}, refused(path, "", keep.Reason(err).Error(), "Name the file of a bundle; peerdeck bundle writes one.")
	}
	return Read(path, data)
}

// Ways out of a bundle that cannot be read.
const (
	askAgain  = "Ask for the file again, and compare its size with the sender's; a mail or a chat may have changed it."
	noBundle  = "Name a file that peerdeck bundle, or --record, has written."
	untouched = "Nothing of it was unpacked. Ask whoever sent it for a bundle that peerdeck bundle has written."
)

func refused(file, entry, cause, cure string) error {
	if entry != "" {
		cause = "the entry " + safe.New(entry).Quoted() + ": " + cause
	}
	return model.Failure{Kind: model.FailureInvalid, Operation: "open the bundle", Subject: safe.New(file), Cause: safe.New(cause), Cure: cure}
}

// reading is a bundle that is being read.
type reading struct {
	file string // for messages
	left int64  // bytes that may still come
}

// Read reads the bundle in a file's bytes; the name is for messages. Nothing is written
// anywhere, whatever the entries are called. Errors are [model.Failure].
func Read(file string, data []byte) (Bundle, error) {
	r := &reading{file: file, left: maxTotal}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	switch {
	case err != nil && !errors.Is(err, zip.ErrInsecurePath) && bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return Bundle{}, refused(file, "", "it is cut off, or was altered: the end of a bundle is not where it should be", askAgain)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return Bundle{}, refused(file, "", "it is no bundle of peerdeck", noBundle)
	case len(z.File) > maxEntries:
		return Bundle{}, refused(file, "", fmt.Sprintf("it has %d entries; %d are the most", len(z.File), maxEntries), untouched)
	}
	if err := r.look(z.File); err != nil {
		return Bundle{}, err
	}
	files := map[string]*zip.File{}
	for _, f := range z.File {
		files[f.Name] = f
	}
	var b Bundle
	if b.Manifest, err = r.manifest(files[manifestName], z.Comment); err != nil {
		return Bundle{}, err
	}
	for _, e := range b.Manifest.Entries {
		f, there := files[e.Name]
		if !there {
			return Bundle{}, refused(file, e.Name, "it is in the list and not in the file", askAgain)
		}
		delete(files, e.Name)
		if err := r.entry(&b, e, f); err != nil {
			return Bundle{}, err
		}
	}
	delete(files, manifestName)
	for name := range files {
		return Bundle{}, refused(file, name, "it is in the file and not in the list: somebody has added it", askAgain)
	}
	return b, nil
}

// look judges what the entries say of themselves, before anything is unpacked.
func (r *reading) look(list []*zip.File) error {
	seen := map[string]bool{}
	var total uint64
	for _, f := range list {
		total += f.UncompressedSize64
		switch {
		case !entryName(f.Name):
			return refused(r.file, f.Name, "its name leads out of the bundle, or is none of peerdeck's", untouched)
		case seen[f.Name]:
			return refused(r.file, f.Name, "it is there twice", untouched)
		case f.Mode().Type() != 0:
			return refused(r.file, f.Name, "it is a link, a folder or another thing that is no file", untouched)
		case f.UncompressedSize64 > maxEntry || total > maxTotal:
			return refused(r.file, f.Name, fmt.Sprintf("unpacked it would be larger than %d MiB", maxTotal>>20), untouched)
		case bomb(int64(f.UncompressedSize64), int64(min(f.CompressedSize64, MaxFile))):
			return refused(r.file, f.Name, fmt.Sprintf("unpacked it would be more than %d times as large as in the file", maxRatio), untouched)
		}
		seen[f.Name] = true
	}
	return nil
}

// unpack reads an entry. What it says of its size counts as little as its hash.
func (r *reading) unpack(f *zip.File) ([]byte, error) {
	body, err := f.Open()
	if err != nil {
		return nil, refused(r.file, f.Name, "it is packed in a way that peerdeck does not use", askAgain)
	}
	defer func() { _ = body.Close() }()
	most := min(r.left, maxEntry, int64(f.UncompressedSize64)) //nolint:gosec // it is bounded by now
	data, err := io.ReadAll(io.LimitReader(body, most+1))
	switch {
	case int64(len(data)) > most:
		return nil, refused(r.file, f.Name, "it is longer than it says", untouched)
	case err != nil:
		return nil, refused(r.file, f.Name, "it is cut off, or was altered", askAgain)
	}
	r.left -= int64(len(data))
	return data, nil
}

func (r *reading) manifest(f *zip.File, comment string) (Manifest, error) {
	var m Manifest
	if f == nil {
		return m, refused(r.file, "", "it is a zip file, and no bundle of peerdeck: it has no "+manifestName, noBundle)
	}
	data, err := r.unpack(f)
	if err != nil {
		return m, err
	}
	if !utf8.Valid(data) {
		return m, refused(r.file, manifestName, errNoText.Error(), askAgain)
	}
	// The format is read first: that of a newer peerdeck may be of another shape.
	var newer struct {
		Format  int    `json:"format"`
		Program string `json:"program"`
	}
	if err := json.Unmarshal(data, &newer); err != nil {
		return m, refused(r.file, manifestName, shape(err).Error(), noBundle)
	}
	switch {
	case newer.Format > Format:
		return m, refused(r.file, "", fmt.Sprintf("it is of format %d, written by peerdeck %s; this one reads format %d", newer.Format, safe.Clean(newer.Program), Format),
			"Open it with peerdeck "+safe.Clean(newer.Program)+" or a newer one.")
	case newer.Format < Format:
		return m, refused(r.file, manifestName, fmt.Sprintf("there is no format %d of bundles", newer.Format), noBundle)
	case comment != sum(data):
		return m, refused(r.file, manifestName, "it was altered: it is not the one that was written", askAgain)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, refused(r.file, manifestName, shape(err).Error(), askAgain)
	}
	return m, nil
}

func (r *reading) entry(b *Bundle, e Entry, f *zip.File) error {
	data, err := r.unpack(f)
	if err != nil {
		return err
	}
	if int64(len(data)) != e.Size || sum(data) != e.SHA256 {
		return refused(r.file, e.Name, "it was altered: it is not what the list says", askAgain)
	}
	if err := accept(b, part{e.Name, data}); err != nil {
		return refused(r.file, e.Name, err.Error(), askAgain)
	}
	return nil
}
