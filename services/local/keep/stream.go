package keep

import (
	"os"
)

// rotateAt is the length at which a log begins anew.
const rotateAt = 64 << 20

// Stream opens a file that lines are added to as long as the program runs, such as the
// log that a person asks for. A new one is for its owner alone. One that has grown long
// becomes NAME.1, in the place of the one before.
func (d Disk) Stream(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && info.Size() > rotateAt {
		if err := d.rename(path, path+".1"); err != nil {
			return nil, err
		}
	}
	return d.open(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, Private)
}
