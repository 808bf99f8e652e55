package saved

import "os"

// IsFile reports whether there is a file of this name.
func IsFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
