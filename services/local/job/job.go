// Package job stops and continues the program as a job of the shell that has started it.
package job
