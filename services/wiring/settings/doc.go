// Package settings finds out how the program is to run: flags over environment
// over the configuration file over defaults. Every complaint names the setting
// as the user wrote it, the value, and the way out.
package settings
