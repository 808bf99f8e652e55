package bundle

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Encode makes the file of a bundle, and the manifest that is in it: the entries are
// filled in, and the format is that of this peerdeck. Equal bundles give equal bytes.
func Encode(b Bundle) ([]byte, Manifest, error) {
	m := b.Manifest
	m.Format, m.Minor, m.Entries = Format, Minor, []Entry{}
	parts, err := b.parts()
	if err != nil {
		return nil, m, tooMuch(err.Error())
	}
	var total int64
	seen := map[string]bool{manifestName: true}
	for _, p := range parts {
		size := int64(len(p.data))
		total += size
		switch {
		case !entryName(p.name) || seen[p.name]:
			return nil, m, tooMuch("an entry cannot have the name " + safe.New(p.name).Quoted())
		case size > maxEntry || total > maxTotal || len(parts) >= maxEntries:
			return nil, m, tooMuch(p.name + " would make it larger than anybody can open")
		}
		seen[p.name] = true
		m.Entries = append(m.Entries, Entry{Name: p.name, Size: size, SHA256: sum(p.data)})
	}
	head, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, m, tooMuch(err.Error())
	}
	data, err := pack(m, append([]part{{manifestName, append(head, '\n')}}, parts...))
	if err == nil && len(data) > MaxFile {
		err = fmt.Errorf("it has %d MiB, and %d MiB are the most that is opened", len(data)>>20, MaxFile>>20)
	}
	if err != nil {
		return nil, m, tooMuch(err.Error())
	}
	return data, m, nil
}

// Write writes the file of a bundle.
func Write(w io.Writer, b Bundle) error {
	data, _, err := Encode(b)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func tooMuch(cause string) error {
	return model.Failure{
		Kind: model.FailureInvalid, Operation: "make the bundle", Cause: safe.New(cause),
		Cure: model.CureShorterRecording,
	}
}

// pack writes the zip. Its comment is the hash of the manifest, which has the hashes of
// all others.
func pack(m Manifest, parts []part) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		packed, err := deflate(p.data)
		if err != nil {
			return nil, err
		}
		method := zip.Deflate
		if bomb(int64(len(p.data)), int64(len(packed))) || len(packed) >= len(p.data) {
			method, packed = zip.Store, p.data
		}
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: p.name, Method: method, Modified: m.MadeAt.UTC(), CRC32: checksum(p.data),
			CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(p.data)),
		})
		if err == nil {
			_, err = w.Write(packed)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := z.SetComment(sum(parts[0].data)); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func deflate(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
