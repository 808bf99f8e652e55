// Package setup holds a set-up as values: what is wanted, what is wrong with it before
// anything is asked of a cloud, the steps of a run and how they stand. It does nothing
// itself: services/setup/run carries runs out.
package setup
