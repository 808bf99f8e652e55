// Package services is the room for everything that waits, fails or has a side
// effect. Each outside system has a folder; each function that can wait takes a
// context first and returns values of package model. Nothing here knows a
// screen, a colour or a key.
package services
