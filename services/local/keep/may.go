package keep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Place is what is known of a folder before anything is written there.
type Place struct {
	There bool   // the folder is there
	Last  string // the folder itself, or the nearest above that is there
	// Err is why nothing can be written there, nil where it can as far as the system says
	// without trying.
	Err error
}

// Look looks whether files can be kept in a folder, and makes nothing.
func Look(dir string) Place {
	p := Place{Last: filepath.Clean(dir)}
	for {
		info, err := os.Stat(p.Last)
		switch {
		case err == nil && !info.IsDir():
			p.Err = errors.New("a file stands there in its place")
			return p
		case err == nil:
			p.There = p.Last == filepath.Clean(dir)
			p.Err = Reason(mayWrite(p.Last))
			return p
		case !errors.Is(err, fs.ErrNotExist):
			p.Err = Reason(err)
			return p
		}
		above := filepath.Dir(p.Last)
		if above == p.Last {
			p.Err = Reason(err)
			return p
		}
		p.Last = above
	}
}
