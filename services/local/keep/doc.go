// Package keep is the one place that writes files. Whatever peerdeck leaves on a disk,
// its own state and what a person has it save, goes through here, so that the same
// things hold for all of it:
//
//   - A file that is replaced is whole at any time: after a crash, or a cable that was
//     pulled, there is the old content or the new one.
//   - A file that is there keeps its mode; a new one of peerdeck's own is for its owner
//     alone. A link stays, and what it leads to is replaced.
//   - One lock between programs, which goes with the program that holds it, and which
//     says who that is.
//   - A line that is not understood is set aside in a file beside it, with a word to
//     the person. Nothing is dropped.
//
// A rule over the source (rules_test.go) sees to it that no other package of services
// or ui opens a file to write.
package keep
