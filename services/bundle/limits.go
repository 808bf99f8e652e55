package bundle

import "path"

// Limits of a bundle. A whole day of a large organization stays far below them, and what
// they let through fits into the memory of any machine. They hold for what is declared
// and for what really comes.
const (
	MaxFile    = 64 << 20  // bytes of the file
	maxEntry   = 128 << 20 // bytes of one entry, not compressed
	maxTotal   = 256 << 20 // bytes of all entries together
	maxEntries = 1000
	maxName    = 200 // bytes of an entry's name
	// maxRatio is how much longer than its compressed form an entry may be, once it is
	// longer than freeSize. An entry that compresses better is written without
	// compression, so that no bundle of peerdeck's own is refused.
	maxRatio = 200
	freeSize = 4 << 20
)

// bomb reports whether an entry is much longer than what it is made of.
func bomb(size, compressed int64) bool { return size > freeSize && size/maxRatio > compressed }

// entryName reports whether a name stays in the bundle: segments of plain letters,
// nothing that climbs out, leads to a root or a drive, or that a system reads in another
// way.
func entryName(name string) bool {
	if name == "" || len(name) > maxName || path.Clean(name) != name || name[0] == '/' || name[0] == '.' {
		return false
	}
	for _, c := range []byte(name) {
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '/'
		if !plain {
			return false
		}
	}
	return true
}
