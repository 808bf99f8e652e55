package saved

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Activity writes entries to files in a folder, for a ticket.
type Activity struct{ Dir string }

// Save writes entries as text, one a line, and returns the path of the file. The
// file is new and readable by its owner only. It holds no token, because no
// entry does.
func (s Activity) Save(entries []model.Activity, now time.Time) (path string, err error) {
	disk := keep.Disk{}
	if err := disk.MakeFolder(s.Dir); err != nil {
		return "", fmt.Errorf("the activity cannot be saved in %s: %w", s.Dir, err)
	}
	var text strings.Builder
	for _, a := range entries {
		fmt.Fprintln(&text, a.Line())
	}
	path = filepath.Join(s.Dir, "activity-"+now.Format("20060102-150405.000")+".log")
	if err := disk.Create(path, []byte(text.String()), keep.Private); err != nil {
		return "", fmt.Errorf("the activity cannot be saved: %w", err)
	}
	return path, nil
}
