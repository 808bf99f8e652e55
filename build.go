package main

import (
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"

	azlog "github.com/Azure/azure-sdk-for-go/sdk/azcore/log"

	"peerdeck/ui/command"
)

// version is that of the next release while it is being made.
const version = "0.2.0"

// build tells what was built, as far as the Go tool wrote it down.
func build() command.Build {
	b := command.Build{Version: version}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value[:min(12, len(s.Value))]
		case "vcs.time":
			b.Date = s.Value
		}
	}
	return b
}

// logging writes the requests and answers of both clouds to a file, without
// headers that hold secrets. Without a file there is no log; without this call
// the Azure SDK would print to standard error when AZURE_SDK_GO_LOGGING is set,
// which is the screen.
func logging(path string) error {
	if path == "" {
		azlog.SetListener(func(azlog.Event, string) {})
		return nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("--log-file: %w", err)
	}
	// The file is closed by the end of the process: lines may come until then.
	logger := slog.New(slog.NewJSONHandler(f, nil))
	azlog.SetListener(func(event azlog.Event, text string) { logger.Info(text, "event", string(event)) })
	return nil
}
