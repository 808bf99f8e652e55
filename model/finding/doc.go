// Package finding is the catalogue of everything that peerdeck thinks about the world.
//
// A [Finding] is one judgement about one thing, with the real names: what is so, how
// urgent that is, what to do next and with which command. Its [Code] leads to the
// [Entry] of the catalogue that says in general what the finding means, where it is read
// from and which document says so.
//
// The rules that decide stand beside their subjects: those of networks and peerings in
// package model, those of mapping tables, DNS servers and Azure's objects below
// model/dns, those of a set-up in model/setup. Each gives findings of this catalogue and
// nothing else words a cause or a next step. This package knows no subject, so that all
// of them can import it.
package finding
