package keep

import (
	"os"
	"path/filepath"
)

// Place is what is known of a folder in which things are to be kept.
type Place struct {
	There bool   // the folder is there
	Last  string // the folder itself, or the nearest above that is there
	Err   error  // why nothing can be kept there; nil where something can
}

// Look looks whether files can be kept in a folder, as [Disk.Writable] does.
func Look(dir string) Place {
	p := Place{Last: filepath.Clean(dir), Err: Disk{}.Writable(dir)}
	for {
		if _, err := os.Stat(p.Last); err == nil || filepath.Dir(p.Last) == p.Last {
			p.There = err == nil && p.Last == filepath.Clean(dir)
			return p
		}
		p.Last = filepath.Dir(p.Last)
	}
}
